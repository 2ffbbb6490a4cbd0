"""Scrapy's log lines without the bodies of pages: a visit is told in a few words."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.logformatter import LogFormatter, LogFormatterResult


class LogLines(LogFormatter):
    """Says which page a stage broke on; what goes well is the watcher's to tell."""

    def crawled(self, *args: Any, **kwargs: Any) -> LogFormatterResult | None:  # type: ignore[override]
        return None

    def scraped(self, *args: Any, **kwargs: Any) -> LogFormatterResult | None:  # type: ignore[override]
        return None

    def item_error(self, item: Any, *args: Any, **kwargs: Any) -> LogFormatterResult:
        return {
            "level": logging.ERROR,
            "msg": "%(portal)s: %(url)s could not be saved",
            "args": {"portal": item.portal, "url": item.url},
        }
