"""Owns which recorded addresses may become links in a report."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

# Left as they are in a link: RFC 3986's reserved characters and `%`; white space, quotes, angle
# brackets and backslashes become escapes.
_KEPT = "%/:?#[]@!$&()*+,;=~"


def web_address(address: str) -> str | None:
    """The address as a link target; None where it is not http(s): `javascript:`, `file:`."""
    cleaned = address.strip()
    try:
        parts = urlsplit(cleaned)
        usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return quote(cleaned, safe=_KEPT, errors="replace") if usable else None
