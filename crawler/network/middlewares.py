"""Downloader middlewares: which addresses are asked, in whose name, and where redirects lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response

from crawler.network.addresses import GuardedResolver, check_allowed
from storage.addresses import address_key
from storage.errors import ForbiddenAddress

ORIGINS = "fuhan_origins"
"""Key of `Request.meta`: the hosts a request, its redirects and its robots.txt may go to."""

SLOT = "download_slot"
"""Key of `Request.meta` Scrapy knows: the slot whose pace the request keeps."""

_REMEDY = "where the portal stands on an intranet, its file allows that: private_network = true"
_VALIDATORS = ("If-None-Match", "If-Modified-Since")


class AllowedAddresses:
    """Refuses addresses the portal may not ask for, at every hop, by ForbiddenAddress."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AllowedAddresses:
        return cls()

    def process_request(self, request: Request) -> None:
        check_allowed(request.url, request.meta.get(ORIGINS, frozenset()))

    def process_exception(self, request: Request, exception: Exception) -> None:
        """A name that was held back by the resolver is not one that does not exist."""
        from twisted.internet import reactor  # only when it is installed

        resolver: Any = getattr(reactor, "nameResolver", None)
        host = (urlsplit(request.url).hostname or "").lower()
        if not isinstance(exception, CannotResolveHostError):
            return
        if isinstance(resolver, GuardedResolver) and host in resolver.refused:
            number = resolver.refused[host]
            raise ForbiddenAddress(f"{host} leads to {number}, which is not public; {_REMEDY}")


class CommonRequest:
    """What all requests share: who asks, what is wanted, how long it is waited for.

    Three of Scrapy's in one: every request goes through each of these layers.
    """

    def __init__(self, headers: Mapping[str, str], seconds: float) -> None:
        self._headers = headers
        self._seconds = seconds

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CommonRequest:
        settings = crawler.settings
        headers = settings.getdict("DEFAULT_REQUEST_HEADERS")
        seconds = settings.getfloat("DOWNLOAD_TIMEOUT")
        return cls({**headers, "User-Agent": settings["USER_AGENT"]}, seconds)

    def process_request(self, request: Request) -> None:
        for name, value in self._headers.items():
            request.headers.setdefault(name, value)
        request.meta.setdefault("download_timeout", self._seconds)


class PortalRedirects(RedirectMiddleware):
    """Follows redirects, but not back to where they came from: that answer is handed on as it is.

    A 302 to itself is a firewall's; from http to https, and back, are different addresses here.
    Validators stay behind at an address they were not given for: two files made at once may
    share an ETag, and the other's 304 would say that the first letter stands unchanged. No
    request says where it comes from.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        redirects = cls(crawler.settings)  # Scrapy's own would look for who writes Referer headers
        redirects.crawler = crawler
        return redirects

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        location = response.headers.get("Location")
        if location is not None and 300 <= response.status < 400:
            target = _joined(request.url, location.decode("latin-1"))
            if target is None or target in (request.url, *request.meta.get("redirect_urls", ())):
                return response
            if request.meta.get("redirect_times", 0) >= self.max_redirect_times:
                return response
        followed = super().process_response(request, response)
        if isinstance(followed, Request) and address_key(followed.url) != address_key(request.url):
            for name in _VALIDATORS:
                followed.headers.pop(name, None)
        return followed


def _joined(base: str, location: str) -> str | None:
    try:
        return urljoin(base, location.strip())
    except ValueError:
        return None
