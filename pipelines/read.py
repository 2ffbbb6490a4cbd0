"""Owns reading one page from bytes or text to its letter, with the account of every block."""

from __future__ import annotations

from pipelines.letter.account import tell_blocks_apart
from pipelines.letter.letter import parse_letter
from pipelines.page.page import read_parts
from pipelines.page.plain import plain_parts
from pipelines.parts import PageParts
from storage.records import Block, PageReading, Portal, ReplyLetter, SiteProfile


def read_page(
    body: bytes,
    url: str,
    portal: Portal | None = None,
    content_type: str | None = None,
    profile: SiteProfile | None = None,
) -> PageReading:
    """The letter in a page's bytes (after content decoding), or the named refusal; pure.

    Without the account of its blocks, which `explain_page` gives.
    `content_type` is the answer's header value, `profile` what was learnt of the portal's pages
    (`pipelines/page/article/learning.py`). Never raises, whatever the bytes are.
    """
    parts = read_parts(body, url, portal, content_type, profile)
    return _reading(parts, parse_letter(parts, portal), ())


def explain_page(
    body: bytes,
    url: str,
    portal: Portal | None = None,
    content_type: str | None = None,
    profile: SiteProfile | None = None,
) -> PageReading:
    """`read_page`, with an account of all the page's text in its order, furniture included."""
    parts = read_parts(body, url, portal, content_type, profile, whole_page=True)
    return _explained(parts, portal)


def read_text(text: str, url: str, portal: Portal | None = None) -> PageReading:
    """The letter in a page's text as a corpus kept it, furniture lines included; pure."""
    return _explained(plain_parts(text), portal)


def _explained(parts: PageParts, portal: Portal | None) -> PageReading:
    letter = parse_letter(parts, portal)
    return _reading(parts, letter, tuple(tell_blocks_apart(parts.blocks, letter)))


def _reading(parts: PageParts, letter: ReplyLetter, blocks: tuple[Block, ...]) -> PageReading:
    return PageReading(
        letter, blocks, parts.encoding, parts.method, parts.container, parts.decided_by
    )
