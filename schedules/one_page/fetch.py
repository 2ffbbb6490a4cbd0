"""One page fetched by itself, for `fuhan clean URL` and `fuhan portals check`: careful, bounded."""

from __future__ import annotations

import ipaddress
import socket
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from crawler.network.addresses import Origin, is_public, origin_of
from schedules.one_page.fetch_faults import fetch_fault
from schedules.one_page.page_source import MAX_BYTES, SourcePage
from schedules.words.language import Words, say
from schedules.words.messages import FORBIDDEN, NOT_FETCHED, NOT_HTTP, PRIVATE_ADDRESS, TOO_LARGE
from storage.errors import FetchError, ForbiddenAddress, FuhanError, TooLarge
from storage.records import Capture, Portal

MAX_HOPS = 5
DEADLINE_SECONDS = 60.0
_IDLE_SECONDS = 20.0
_PIECE = 64 * 1024
_FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}

urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)  # the portal's file says so

_BAD_LINK = Words("地址不正确", "no proper address")
_TOO_MANY_HOPS = Words("重定向过多", "too many redirects")
_TOO_SLOW = Words("{seconds:.0f} 秒内未完成", "not done within {seconds:.0f} s")


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one fetch may take, and what it may bring."""

    private_network: bool = False  # private addresses are allowed
    verify_tls: bool = True  # false: the certificate of the address asked for is taken as it is
    any_status: bool = False  # an answer that is an error (404, 503) is an answer
    seconds: float = DEADLINE_SECONDS
    max_bytes: int = MAX_BYTES


def fetch_page(
    url: str,
    *,
    user_agent: str,
    now: datetime,
    limits: FetchLimits = FetchLimits(),
    form: str | None = None,
) -> Capture:
    """The page at `url`, redirects followed, its body content-decoded; one thread, one deadline.

    A `form` (`a=1&b=2`) is posted; where that is redirected, the target is asked for by GET.
    Raises FetchError (which says what happened), TooLarge, or ForbiddenAddress for a scheme
    other than http(s) and, at every hop, for a host that resolves to a private address, unless
    `url` itself names that machine by its IP or as localhost. The connection goes to the address
    that was checked.
    """
    result: list[Capture | FuhanError] = []

    def fetch() -> None:
        try:
            result.append(_follow(url, user_agent, now, limits, form))
        except FuhanError as error:
            result.append(error)

    # a thread of its own: time-outs of sockets count silence, not a byte a second (fault 17)
    thread = threading.Thread(target=fetch, daemon=True)
    thread.start()
    thread.join(limits.seconds)
    if not result:
        raise _failed(url, say(_TOO_SLOW, seconds=limits.seconds))
    if isinstance(result[0], FuhanError):
        raise result[0]
    return result[0]


def fetched_page(
    source: str, url: str | None, portal: Portal | None, *, now: datetime, contact: str | None
) -> SourcePage:
    """The page at an address, private ones only where the portal says so. Raises FetchError."""
    from crawler.settings import user_agent  # Scrapy: not for those who only fetch

    limits = FetchLimits(
        private_network=portal is not None and portal.private_network,
        verify_tls=portal is None or portal.verify_tls,
    )
    capture = fetch_page(source, user_agent=user_agent(contact), now=now, limits=limits)
    kind = capture.content_type
    is_text = (kind or "").lower().startswith("text/plain")
    return SourcePage(capture.body, url or capture.url, is_text, kind)


def _follow(
    url: str, user_agent: str, now: datetime, limits: FetchLimits, form: str | None
) -> Capture:
    headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"}
    asked_for, own = _private_origin(url), origin_of(url)
    for _ in range(MAX_HOPS + 1):
        _check_address(url)
        private = limits.private_network or origin_of(url) == asked_for
        try:
            with (
                _session(private) as session,
                session.request(
                    "GET" if form is None else "POST",
                    url,
                    data=form,
                    headers=headers | (_FORM if form is not None else {}),
                    verify=limits.verify_tls or origin_of(url) != own,
                    stream=True,
                    allow_redirects=False,
                    timeout=_IDLE_SECONDS,
                ) as response,
            ):
                target = response.headers.get("Location")
                if response.is_redirect and target:
                    url, form = _next_hop(url, target), None
                    continue
                return _capture(url, response, now, limits)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise _failed(url, fetch_fault(error)) from error
    raise _failed(url, say(_TOO_MANY_HOPS))


def _private_origin(url: str) -> Origin | None:
    """The origin of an address that names a machine of this network itself: `localhost`, an IP.

    Who types it means it; a name that resolves to such an address, or a redirect to one, is
    somebody else's doing and needs `private_network`.
    """
    origin = origin_of(url)
    if origin is None:
        return None
    host = origin[0].strip("[]")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return origin if host == "localhost" else None
    return origin


def _capture(url: str, response: requests.Response, now: datetime, limits: FetchLimits) -> Capture:
    if not response.ok and not limits.any_status:
        raise _failed(url, f"HTTP {response.status_code}")
    body = bytearray()
    while piece := response.raw.read(_PIECE, decode_content=True):
        body += piece
        if len(body) > limits.max_bytes:
            limit = limits.max_bytes // 2**20
            raise TooLarge(say(TOO_LARGE, url=url, limit=limit), url=url)
    headers = tuple((name, value) for name, value in response.headers.items())
    return Capture(url, response.status_code, headers, bytes(body), now)


def _next_hop(url: str, location: str) -> str:
    """The absolute address of a Location header, whose bytes http.client took for Latin-1."""
    try:
        return urljoin(url, location.encode("latin-1").decode("utf-8", "replace"))
    except ValueError as error:
        raise ForbiddenAddress(say(FORBIDDEN, url=url, reason=say(_BAD_LINK)), url=url) from error


def _check_address(url: str) -> None:
    """ForbiddenAddress for what is not plain http(s): `file:`, `http:\\\\host`, no host."""
    if origin_of(url) is None:
        reason = say(_BAD_LINK if url.startswith(("http:", "https:")) else NOT_HTTP)
        raise ForbiddenAddress(say(FORBIDDEN, url=url, reason=reason), url=url)


def _session(private_network: bool) -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # no proxy, no .netrc: the address that was checked is asked
    adapter = HTTPAdapter(max_retries=0)
    if not private_network:
        adapter.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
    for scheme in ("http://", "https://"):
        session.mount(scheme, adapter)
    return session


def _public_socket(connection: HTTPConnection) -> socket.socket:
    """A connection to the host's first address, all of which must be public (faults 23, 24)."""
    found = socket.getaddrinfo(connection.host, connection.port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not is_public(address):
            reason = say(PRIVATE_ADDRESS, address=address)
            raise ForbiddenAddress(say(FORBIDDEN, url=connection.host, reason=reason))
    return socket.create_connection((addresses[0], connection.port), timeout=_IDLE_SECONDS)


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _public_socket(self)


class _TlsConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _public_socket(self)


class _Pool(HTTPConnectionPool):
    ConnectionCls: Any = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls: Any = _TlsConnection


def _failed(url: str, reason: str) -> FetchError:
    return FetchError(say(NOT_FETCHED, url=url, reason=reason), url=url)
