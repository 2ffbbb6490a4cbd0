"""What a request for a page brought, and what it is taken for: the room's records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.answers.page_text import PageText
from crawler.network.addresses import Origin
from storage.addresses import address_key
from storage.records import Answer

CONTENT = frozenset({200, 203})
"""The statuses a page comes with; a page may say all the same that it is none."""

GONE = frozenset({404, 410})
"""The statuses of what is not there."""


@dataclass(frozen=True, slots=True)
class ServerAnswer:
    """One answer after redirects: `asked` is the address wanted, `final` the one that answered."""

    asked: str
    final: str
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    flags: tuple[str, ...] = ()  # Scrapy's: "partial" for a body that ended with its connection
    conditional: bool = False  # validators were sent

    @property
    def page(self) -> PageText:
        """The body as text; worked out anew at each call."""
        return PageText(self.body, self.headers.get("content-type"))

    @property
    def is_led(self) -> bool:
        """Whether another address answered than was asked for."""
        return address_key(self.asked) != address_key(self.final)


@dataclass(frozen=True, slots=True)
class Site:
    """What of a portal is needed to judge where a redirect leads and whether a page is whole."""

    columns: frozenset[str]  # `place_key` of the columns
    origins: frozenset[Origin]
    leaves_open: bool = False  # its pages never close <html>: missing ends prove nothing


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer's kind, why, and the address the letter was redirected to, if any."""

    answer: Answer
    reason: str | None = None
    moved_to: str | None = None


def refuses_more(answer: ServerAnswer) -> bool:
    """429 or 503 with Retry-After: the server wants to be left alone (RFC 9110, 10.2.3)."""
    return answer.status in (429, 503) and bool(answer.headers.get("retry-after", "").strip())
