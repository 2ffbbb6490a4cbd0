"""The settings `scrapy.cfg` names: each portal is a Scrapy spider (`scrapy list`, `scrapy crawl`).

The configuration is the one FUHAN_CONFIG names. A run begun by `scrapy crawl NAME` opens and
settles like any other.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawler.network.addresses import GuardedResolver, private_hosts
from crawler.settings import crawl_settings
from crawler.spider import PortalSpider
from pipelines import stages  # its ITEM_PIPELINES by name here would be taken for a setting
from schedules.cli.invocation import Invocation
from schedules.logs import LogWatcher
from schedules.runs.run import open_session
from storage.records import Portal

BOT_NAME = "fuhan"
SPIDER_LOADER_CLASS = "schedules.scrapy_project.PortalSpiders"
TWISTED_DNS_RESOLVER = "schedules.scrapy_project.ProjectResolver"
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.log_lines.LogLines"


class ProjectResolver(GuardedResolver):
    """The guarded resolver, which is made before a spider, and so a session, is chosen."""

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> ProjectResolver:
        return cls(reactor, private_hosts(known.portal for known in Invocation().known.values()))


class PortalSpiders:
    """Scrapy's spider loader: a spider a portal, by its name."""

    @classmethod
    def from_settings(cls, _settings: BaseSettings) -> PortalSpiders:
        return cls()

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of one portal; KeyError, which Scrapy reports, where there is none.

        Raises ConfigError where its file is wrong.
        """
        sound = Invocation().sound
        if fault := sound.faults.get(spider_name):
            raise fault
        portal = sound.known[spider_name].portal
        return type("OnePortal", (OnePortal,), {"name": spider_name, "portal": portal})

    def find_by_request(self, _request: Request) -> list[str]:
        """None: portals are asked for by name."""
        return []

    def list(self) -> list[str]:
        """The names of all portals whose files are right; raises ConfigError."""
        return [*Invocation().known]


class OnePortal(PortalSpider):
    """The crawl of one portal, with a session of its own that ends with the engine."""

    portal: ClassVar[Portal]
    open_things: ClassVar[ExitStack]

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Opens the session, which needs the run lock, and takes the settings of a crawl."""
        super().update_settings(settings)
        invocation = Invocation()
        invocation.start_logs("info")
        cls.open_things = ExitStack()
        session = cls.open_things.enter_context(
            open_session(
                invocation.config, [cls.portal], clock=invocation.clock, watcher=LogWatcher()
            )
        )
        settings.setdict(crawl_settings(session, stages.ITEM_PIPELINES), priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(cls.close_session, signals.engine_stopped)
        return spider

    @classmethod
    def close_session(cls) -> None:
        """Closes the archive and lets the lock go."""
        cls.open_things.close()
