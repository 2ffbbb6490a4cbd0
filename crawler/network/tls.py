"""Owns which hosts' certificates are taken as they are: those of portals that say so, no other."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from OpenSSL import SSL
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.internet.ssl import CertificateOptions
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.network.addresses import allowed_origins
from storage.records import Portal

_log = logging.getLogger("fuhan.crawler")


def unverified_hosts(portals: Iterable[Portal]) -> frozenset[str]:
    """The hosts of portals with `verify_tls = false`, but for those a stricter portal shares."""
    strict: set[str] = set()
    lax: set[str] = set()
    for portal in portals:
        hosts = {host for host, _ in allowed_origins(portal)}
        (strict if portal.verify_tls else lax).update(hosts)
    return frozenset(lax - strict)


class PortalDownloads(HTTP11DownloadHandler):
    """Scrapy's downloader, certificates verified but on hosts whose portal opted out.

    Each of these is named in the log of every run.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        hosts = unverified_hosts(crawler.settings["FUHAN_SESSION"].portals)
        if hosts:
            policy: Any = PolicyByHost(self._contextFactory, hosts)
            self._contextFactory = policy
            for host in sorted(hosts):
                _log.warning("%s: its certificate is not verified (verify_tls = false)", host)


@implementer(IPolicyForHTTPS)
class PolicyByHost:
    """A strict policy, and none for some hosts."""

    def __init__(self, strict: Any, unverified: frozenset[str]) -> None:
        self._strict = strict
        self._unverified = unverified

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802 — Twisted's name
        if hostname.decode("ascii").lower() in self._unverified:
            return _Unverified(hostname)
        return self._strict.creatorForNetloc(hostname, port)


@implementer(IOpenSSLClientConnectionCreator)
class _Unverified:
    """TLS as the server offers it: encrypted, its name sent, whoever it may be."""

    def __init__(self, hostname: bytes) -> None:
        self._hostname = hostname

    def clientConnectionForTLS(self, tls_protocol: Any) -> SSL.Connection:  # noqa: N802
        connection = SSL.Connection(CertificateOptions(verify=False).getContext(), None)
        if not self._hostname.replace(b".", b"").isdigit():  # SNI holds names, no numbers
            connection.set_tlsext_host_name(self._hostname)
        return connection
