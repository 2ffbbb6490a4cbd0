"""What makes two written addresses the same address."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

import idna

_DEFAULT_PORTS = {"http": 80, "https": 443}
# %7E is "~", %2F no slash: only escapes of RFC 3986's unreserved characters are decoded
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
# what no address holds as it is: 名单.docx, a blank
_UNESCAPED = re.compile(r"[^!-~]+")
_DOTS = re.compile(r"/\.\.?(?:/|$)")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@lru_cache(maxsize=8192)  # a page's is asked for at each step of its way
def address_key(url: str) -> str:
    """The key two addresses share exactly when they are one address.

    Host lower-case in A-form, no scheme, default port or fragment, unreserved escapes decoded
    and the others upper-case, no `/../` (RFC 3986, 6.2.2), what is not ASCII escaped as UTF-8
    (RFC 3987, 3.1), query order kept. Never raises: an address that cannot be parsed is its own
    key.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    host = _ascii_host(parts.hostname or "")
    if port is not None and port != _DEFAULT_PORTS.get(parts.scheme.lower()):
        host = f"{host}:{port}"
    query = f"?{_one_form(parts.query)}" if parts.query else ""
    path = _one_form(parts.path or "/")
    return f"{host}{_without_dots(path) if _DOTS.search(path) else path}{query}"


def _ascii_host(host: str) -> str:
    host = host.lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host


def _one_form(text: str) -> str:
    """A path or query in the one of its forms that RFC 3986 calls normal."""

    def decode(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if character in _UNRESERVED else match[0].upper()

    return _UNESCAPED.sub(_escaped, _ESCAPE.sub(decode, text) if "%" in text else text)


def _without_dots(path: str) -> str:
    """A path whose `.` and `..` are gone through (RFC 3986, 5.2.4)."""
    parts = path.split("/")
    whole: list[str] = []
    for each in parts:
        if each == "..":
            del whole[max(1, len(whole) - 1) :]  # never above the root
        elif each != ".":
            whole.append(each)
    return "/".join([*whole, ""] if parts[-1] in (".", "..") else whole)


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))
