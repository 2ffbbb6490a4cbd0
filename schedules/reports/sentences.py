"""Owns which sentences of a body changed: the passages of a whole diff that a report shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.records import DiffOp

_REACH = 100  # characters of unchanged text shown on each side where a sentence is longer

# "收悉。", "研究，等”。", "（详见附件；）", and the end of a paragraph
_END = re.compile(r"[。！？；!?;\n][”’」』）)]*")


def changed_sentences(diff: Sequence[DiffOp]) -> list[list[DiffOp]]:
    """The passages of a diff without omissions (`full_diff`), each from where its first changed
    sentence begins to where its last one ends; longer ones are cut with `…`.
    """
    found: list[list[DiffOp]] = []
    passage: list[DiffOp] = []
    for place, (sign, text) in enumerate(diff):
        if sign != "=":
            passage.append((sign, text))
            continue
        head = "" if _is_ended(diff, place) else _head(text)
        tail = "" if place == len(diff) - 1 else _tail(text)
        if place and tail and len(head) + len(tail) >= len(text):
            passage.append((sign, text))  # one sentence with two changes, or two that touch
            continue
        if passage:
            found.append([*passage, *_equal(head, cut_after=_is_cut(text, head))])
        passage = _equal(tail, cut_before=_is_cut(text, tail, at_end=True))
    return [*found, passage] if any(sign != "=" for sign, _ in passage) else found


def _is_ended(diff: Sequence[DiffOp], place: int) -> bool:
    """Whether what changed before the piece at `place` ends its sentence, in both texts."""
    before = diff[max(0, place - 2) : place]
    texts = [text for sign, text in before if sign != "="]
    return all(match and match.end() == len(text) for text in texts for match in [_last_end(text)])


def _head(text: str) -> str:
    end = _END.search(text)
    return text[: min(end.end() if end else len(text), _REACH)]


def _tail(text: str) -> str:
    end = _last_end(text)
    return text[max(end.end() if end else 0, len(text) - _REACH) :]


def _last_end(text: str) -> re.Match[str] | None:
    # no sentence's end is looked for further back than a passage may reach
    ends = list(_END.finditer(text, max(0, len(text) - _REACH - 1)))
    return ends[-1] if ends else None


def _is_cut(text: str, part: str, *, at_end: bool = False) -> bool:
    """Whether a sentence goes on beyond `part` of an equal text."""
    if len(part) < _REACH or len(part) == len(text):
        return False
    if at_end:
        return not _END.match(text[-len(part) - 1])
    return not _END.search(part[-2:])


def _equal(text: str, *, cut_before: bool = False, cut_after: bool = False) -> list[DiffOp]:
    shown = text.strip("\n")
    return [("=", "…" * cut_before + shown + "…" * cut_after)] if shown else []
