"""Owns an article's passages: paragraphs, cells of tables, the pieces of a one-line letter."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from pipelines.fold import fold
from pipelines.letter.joints import whole_lines
from pipelines.script import is_traditional, simplified

# A line as long as this is no heading, salutation or signature: a gap in it parts two passages.
_LONG_LINE = 200

# …第45号建议的答复| 王刚代表:您提出的…, a title and its letter set on one line
_BEHIND_TITLE = (
    r"(?<=[函复见件)]) +(?=(?:尊敬的)?[一-鿿·、]{2,20}?(?:委员|代表)(?:[:,]|等[\d一-十]))"
)
# 白交函〔2023〕29号| 关于…的答复
_BEHIND_NUMBER = (
    r"(?:(?<=[〕)\]】]\d号)|(?<=[〕)\]】]\d\d号)|(?<=[〕)\]】]\d{3}号)|(?<=[〕)\]】]\d{4}号)) +"
    r"(?=[一-鿿]{0,24}?(?:关于|对))"
)

# 沈晓代表:   您提出的…   一、全市协同创新机制…
_GAP = re.compile(rf" {{2,}}|{_BEHIND_TITLE}|{_BEHIND_NUMBER}")

# 渝科局函〔2024〕274号      签发人:方晓东 · 某某局    2016年4月21日   联 系 人:余某
# · 办理类别:A          白交函〔2023〕29号
_GAP_BEFORE_LABEL = re.compile(
    r" {2,}(?=(?:[12]\d{3} ?[年./-]|[二一][〇○零O0九][一-鿿〇○]{2}年|\(|抄 ?送)"
    r"|(?:[一-鿿] ?){2,6}:[^\n]|[一-鿿]{1,10}[〔\[【﹝](?:19|20)\d\d)"
    rf"|{_BEHIND_TITLE}|{_BEHIND_NUMBER}"
)


# …收悉。现答复如下:   一、…   某某市水利局   2019年7月8日: a whole letter set on one line,
# however short it is
_ANSWERS = re.compile(r"收悉|如下")
_SIGNED = re.compile(r" [一-鿿()、]{3,40} {1,40}(?:[12]\d{3} ?[年./-]|[二一][〇○零O0九])")
# 已建成。| 某某市水利局   2019年7月8日: one blank before the office, more before the date
_GAP_IN_LETTER = re.compile(rf"{_GAP.pattern}|(?<=[。!;)])(?={_SIGNED.pattern}) ")


class Passage(NamedTuple):  # a page has many: a third of the time a frozen dataclass takes
    """A piece of the article that stands by itself; `text` is folded, offsets are the article's."""

    start: int
    end: int
    line: int
    in_row: bool  # a cell of a table's row
    text: str


_START = itemgetter(0)
_passage = partial(tuple.__new__, Passage)  # without the call that names the fields


class Article(NamedTuple):
    """An article as published, its folded copy of equal length, and its passages in order."""

    text: str
    folded: str
    begin: int  # where the article's own lines begin, behind title lines taken out of it
    passages: tuple[Passage, ...]
    breaks: tuple[int, ...] = ()  # where the page ends a line in the midst of a paragraph

    def cut(self, start: int, end: int) -> str:
        """The published text between two offsets, without white space at its ends."""
        return self.text[start:end].strip()

    def printed(self, start: int, end: int) -> str:
        """The text between two offsets in the lines that the page prints."""
        if not self.breaks:
            return self.text[start:end]
        first, behind = bisect_right(self.breaks, start), bisect_left(self.breaks, end)
        ends = [*self.breaks[first:behind], end]
        further = [self.text[left:right].lstrip(" ") for left, right in pairwise(ends)]
        return "\n".join((self.text[start : ends[0]], *further))

    def index_from(self, offset: int) -> int:
        """The index of the first passage that begins at an offset of the text or behind it."""
        return bisect_left(self.passages, offset, key=_START)

    def line_end(self, passage: Passage) -> int:
        """Where the line of a passage ends."""
        end = self.text.find("\n", passage.start)
        return len(self.text) if end < 0 else end


def parse_article(above: Sequence[str], lines: Sequence[str], cut: Sequence[int] = ()) -> Article:
    """The article of these lines: one text joined by line feeds, divided into passages.

    `above` are lines that stood at the article's head and were taken for its title; `cut` are
    the indexes, in order, of the `lines` that go on in the next one: they are read as one.
    """
    head = _lines(above)
    kept = [*head, *_lines(lines)]
    breaks: tuple[int, ...] = ()
    if cut and len(kept) == len(head) + len(lines):  # they stand where they were counted
        kept, breaks = whole_lines(kept, {len(head) + at for at in cut})
    text = "\n".join(kept)
    plains = list(map(fold, kept))
    if is_traditional(text):
        plains = list(map(simplified, plains))
    passages: list[Passage] = []
    start = 0
    for number, (line, plain) in enumerate(zip(kept, plains, strict=True)):
        end = start + len(plain)
        if " " not in plain or _is_whole(plain, line):
            passages.append(_passage((start, end, number, False, plain)))
        else:
            in_row = "\t" in line
            for left, right in _pieces(line, plain):
                piece = plain[left:right].lstrip()
                if bare := piece.rstrip():
                    at = start + right - len(piece)
                    passages.append(_passage((at, at + len(bare), number, in_row, bare)))
        start = end + 1
    begin = min(len(text), len(head) + sum(map(len, head)))
    return Article(text, "\n".join(plains), begin, tuple(passages), breaks)


def _lines(published: Sequence[str]) -> list[str]:
    text = "\n".join(published)
    if text.count("\n") >= len(published):  # one of them holds several
        published = text.split("\n")
    return list(filter(None, map(str.strip, published)))


def _is_whole(folded: str, line: str) -> bool:
    """Whether a line with blanks is one passage as it stands, which nearly all are."""
    if "\t" in line or folded[0] == " " or folded[-1] == " ":
        return False
    return not _may_part(folded)


def _may_part(folded: str) -> bool:
    """Whether a gap can part a line or cell: quicker to tell than to search for one.

    It is two blanks, or one behind a title's or a document number's end.
    """
    return (
        "  " in folded or "号 " in folded or "函 " in folded or "复 " in folded
        or "见 " in folded or "件 " in folded or ") " in folded
    )  # fmt: skip


def _pieces(line: str, folded: str) -> Iterator[tuple[int, int]]:
    """Spans of a line's passages, blanks round them: its cells, and what wide gaps set apart."""
    gap = _gap(folded) if _may_part(folded) else None  # in most tables none is
    start = 0
    for cell in line.split("\t"):
        end = start + len(cell)
        left = start
        if gap and _may_part(folded[start:end]):
            for match in gap.finditer(folded, start, end):
                yield left, match.start()
                left = match.end()
        yield left, end
        start = end + 1


def _gap(folded: str) -> re.Pattern[str]:
    """What parts the passages of a line."""
    if (answers := _ANSWERS.search(folded)) and _SIGNED.search(folded, answers.end()):
        return _GAP_IN_LETTER
    return _GAP if len(folded) >= _LONG_LINE else _GAP_BEFORE_LABEL
