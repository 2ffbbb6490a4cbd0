"""Owns the account of an article's blocks once its letter is divided: which field each went to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipelines.fold import fold, fold_key
from pipelines.letter.behind_date import is_mark
from pipelines.letter.outcome import tells_class
from storage.records import Block, ReplyLetter

_LONGEST_MARK = 160  # characters of a line that may tell the class


def tell_blocks_apart(blocks: Iterable[Block], letter: ReplyLetter) -> Iterator[Block]:
    """The account, article blocks marked by the field they went to.

    What the outcome class was read from goes under `outcome_class`. What stands behind the
    letter and is neither contact nor annex (the submission, a second letter) is in no field:
    dropped under the rule `behind-letter`.
    """
    body = fold_key(letter.body)
    contacts = fold_key("".join(letter.contacts))
    annex = fold_key("".join(letter.annex))
    title = fold_key(letter.title or "")
    at = 0  # how much of the body the blocks so far hold
    for block in blocks:
        key = fold_key(block.text)
        if not block.kept or block.rule != "body" or not key:
            yield block
            continue
        behind = 0 < len(body) <= at
        if behind and key in annex:
            yield replace(block, rule="annex")
        elif (behind or not at) and _tells_class(block, letter):
            yield replace(block, rule="outcome_class")
        elif not behind and key in body:
            found = body.find(key, at)
            at = found + len(key) if found == 0 or (at and found >= 0) else at
            yield block
        elif letter.body and letter.body in block.text:
            yield from _one_line(block, letter.body)
        elif key in title:
            yield replace(block, rule="title")
        elif key in contacts:
            yield replace(block, rule="contacts")
        elif behind and letter.is_letter and not is_mark(fold(block.text)):
            yield replace(block, kept=False, rule="behind-letter")
        else:
            yield replace(block, rule="metadata")


def _tells_class(block: Block, letter: ReplyLetter) -> bool:
    short = letter.outcome_class is not None and len(block.text) <= _LONGEST_MARK
    return short and tells_class(fold(block.text), letter.outcome_class or "")


def _one_line(block: Block, body: str) -> Iterator[Block]:
    """The block of a one-line letter in its pieces: head, body, contacts."""
    before, _, behind = block.text.partition(body)
    for text, rule in ((before, "metadata"), (body, "body"), (behind, "contacts")):
        if text.strip():
            yield replace(block, text=text.strip(), rule=rule)
