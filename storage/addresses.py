"""What makes two written addresses the same address."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

import idna

_DEFAULT_PORTS = {"http": 80, "https": 443}
# %7E is "~", %E5 is not ASCII: only escapes of RFC 3986's unreserved characters are decoded
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@lru_cache(maxsize=8192)  # a page's is asked for at each step of its way
def address_key(url: str) -> str:
    """The key two addresses share exactly when they are one address.

    Host lower-case in A-form, no scheme, default port or fragment, unreserved escapes decoded
    and the others upper-case (RFC 3986, 6.2.2), query order kept. Never raises: an address that
    cannot be parsed is its own key.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    host = _ascii_host(parts.hostname or "")
    if port is not None and port != _DEFAULT_PORTS.get(parts.scheme.lower()):
        host = f"{host}:{port}"
    query = f"?{_decode_unreserved(parts.query)}" if parts.query else ""
    return f"{host}{_decode_unreserved(parts.path or '/')}{query}"


def _ascii_host(host: str) -> str:
    host = host.lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host


def _decode_unreserved(text: str) -> str:
    def decode(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if character in _UNRESERVED else match[0].upper()

    return _ESCAPE.sub(decode, text)
