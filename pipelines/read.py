"""Owns reading one page from bytes or text to its letter, with the account of every block."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipelines.fold import fold_key
from pipelines.letter.letter import parse_letter
from pipelines.page.page import read_parts
from pipelines.page.plain import plain_parts
from pipelines.parts import PageParts
from storage.records import Block, PageReading, Portal, ReplyLetter

# Raised whenever a page could be read differently by this code than by the code before it.
READER_VERSION = "1"


def read_page(
    body: bytes, url: str, portal: Portal | None = None, content_type: str | None = None
) -> PageReading:
    """The letter in a page's bytes (after content decoding), or the named refusal; pure.

    `content_type` is the answer's header value. Never raises, whatever the bytes are.
    """
    return _reading(read_parts(body, url, portal, content_type), portal)


def read_text(text: str, url: str, portal: Portal | None = None) -> PageReading:
    """The letter in a page's text as a corpus kept it, furniture lines included; pure."""
    return _reading(plain_parts(text), portal)


def reader_id(portal: Portal | None = None) -> str:
    """Names the reader of a portal's pages: code version and what its definition changes."""
    definition: dict[str, object] = {}
    if portal is not None:
        select = portal.select
        definition = {
            "platform": portal.platform,
            "select": [select.body, select.title, select.metadata],
            "labels": sorted(portal.labels.items()),
            "names": [portal.agency, *portal.aliases],
        }
    canonical = json.dumps(definition, ensure_ascii=False, sort_keys=True)
    return f"{READER_VERSION}-{hashlib.sha256(canonical.encode()).hexdigest()[:12]}"


def _reading(parts: PageParts, portal: Portal | None) -> PageReading:
    letter = parse_letter(parts, portal)
    blocks = tuple(_told_apart(parts.blocks, letter))
    return PageReading(letter, blocks, parts.encoding, parts.method)


def _told_apart(blocks: Iterable[Block], letter: ReplyLetter) -> Iterator[Block]:
    """The account, article blocks marked by the field they went to once the letter is divided."""
    body = fold_key(letter.body)
    contacts = fold_key("".join(letter.contacts))
    title = fold_key(letter.title or "")
    for block in blocks:
        key = fold_key(block.text)
        if not block.kept or block.rule != "body" or not key or key in body:
            yield block
        elif letter.body and letter.body in block.text:
            yield from _one_line(block, letter.body)
        elif key in title:
            yield replace(block, rule="title")
        elif key in contacts:
            yield replace(block, rule="contacts")
        else:
            yield replace(block, rule="metadata")


def _one_line(block: Block, body: str) -> Iterator[Block]:
    """The block of a one-line letter in its pieces: head, body, contacts."""
    before, _, behind = block.text.partition(body)
    for text, rule in ((before, "metadata"), (body, "body"), (behind, "contacts")):
        if text.strip():
            yield replace(block, text=text.strip(), rule=rule)
