"""What a crawl says in the log: pages and lists in trouble, and Scrapy's lines without bodies."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.logformatter import LogFormatter, LogFormatterResult

_log = logging.getLogger("fuhan.crawler")


def warn_of_list(portal: str, url: str, reason: str | None) -> None:
    """A list page that failed, was blocked, or ends the walk of its column."""
    _log.warning("%s: list %s: %s", portal, url, reason, extra={"portal": portal, "url": url})


def warn_of_page(portal: str, url: str, reason: str | None) -> None:
    """A letter's page that failed or was blocked."""
    _log.warning("%s: page %s: %s", portal, url, reason, extra={"portal": portal, "url": url})


def tell_of_file(portal: str, url: str, reason: str) -> None:
    """A linked file that was not kept: no fault of the portal, and seen in `fuhan show`."""
    _log.info("%s: file %s: %s", portal, url, reason, extra={"portal": portal, "url": url})


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
