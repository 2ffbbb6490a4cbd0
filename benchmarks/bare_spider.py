"""A bare Scrapy spider: it downloads the addresses a file lists, and does nothing with them.

python -m benchmarks.bare_spider ADDRESSES.txt
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response


class BareSpider(scrapy.Spider):
    """What Scrapy itself costs a page, at the concurrency it comes with."""

    name = "bare"

    def __init__(self, addresses: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._addresses = addresses
        self._pages = 0

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """One request an address."""
        for address in self._addresses:
            yield scrapy.Request(address, dont_filter=True)

    def parse(self, response: Response) -> None:
        """Counts the page."""
        self._pages += bool(response.body)

    def closed(self, reason: str) -> None:
        """Says how many pages there were."""
        sys.stdout.write(f"{self._pages} pages\n")


def main() -> None:
    """Download them all."""
    addresses = Path(sys.argv[1]).read_text(encoding="utf-8").split()
    process = AsyncCrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False})
    process.crawl(BareSpider, addresses=addresses)
    process.start()


if __name__ == "__main__":
    main()
