"""Owns which lines of an article go on in the next one: cut at a margin, or at a paper's end.

Old portals print a paragraph as lines of 20 to 60 characters, by `<br>`, in `<pre>` or as one `<p>`
a line, wherever the paper's margin or a clerk's editor cut it. What tells is the letter itself:
lines of nearly one width, several in a row, that end in the midst of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipelines.fold import fold
from pipelines.letter.addressees import MEMBER
from pipelines.letter.agencies import agency_alone
from pipelines.letter.contacts import is_after_signature, is_contact
from pipelines.letter.dates import DATE_ALONE
from pipelines.letter.margins import (
    CLOSED,
    FEWEST,
    GOES_ON,
    INDENT,
    ITEM,
    LONGEST,
    SHORTEST,
    STOPPED,
    Width,
    find_width,
    is_closed_by,
    is_prose,
    may_go_on,
)
from pipelines.letter.titles import is_letter_title

_MOST_WIDTHS = 3  # of one letter, put together from several
_SLACK = 2  # cells that a line may leave empty though the next word had room
_LONGEST_TITLE = 120
_HALVES = (1, 2, 3, 4)  # characters of a label's first half

# 平建函〔2024〕31号      签发人:乔松, or a table's row
_SET_APART = re.compile(r"\t|\s\s(?:[一-鿿] ?){2,8}[:：]")
# 2024年 · slj@example.gov.cn · 5G-A, and 口。: what a margin does not cut
_WORD = re.compile(r"(?:[0-9A-Za-z.%/@:_+-]+|.)[,。、;:!?)》”’%]*")
# what a heading has none of
_MARK = re.compile("[,。;:]")
# 三、关于推进…运行管理的建议: a heading as wide as the page, and whole
_HEADS = re.compile(
    "(?:建议|提案|意见|问题|情况|工作|方面|措施|打算|安排|考虑|计划|方向|建设|管理)$"
)
# 王晓禾委员: · 张某某、李某某代表:
_SALUTATION = re.compile(rf"[^,。;:]{{2,80}}(?:{MEMBER}们?|同志):")
# 王立新、张海燕、李建|国代表:
_NAMES = re.compile(r"[一-鿿·•. ]+(?:、[一-鿿·•. ]+)+")
# 办理结果:A · 来源:云岭日报
_LABEL = re.compile(r"[一-鿿 ]{2,12}:")
# (此件公开发布)
_NOTE = re.compile(r"\([^()]*\)")


def lines_that_go_on(lines: Sequence[str], turns: Sequence[int] = ()) -> list[int]:
    """The indexes of lines that go on in the next, in order; of most letters none.

    `turns` are indexes of lines above which the number of a paper's page stood. Rows of tables
    hold tabs and stay as they are.
    """
    found = set(_parted_by_number(lines, turns)) if turns else set()
    fitting = [at for at, length in enumerate(map(len, lines)) if SHORTEST <= length <= LONGEST]
    if len(fitting) >= FEWEST:
        found.update(_cut(lines, [at for at in fitting if lines[at][-1] not in CLOSED]))
    return sorted(found)


def _cut(lines: Sequence[str], open_ends: Sequence[int]) -> set[int]:
    """The indexes of lines that were cut at any of the widths that lines without a stop show."""
    found: set[int] = set()
    if len(open_ends) < FEWEST:  # as in most letters
        return found
    behind = len(lines) - 1
    candidates = [at for at in open_ends if at < behind and may_go_on(lines[at], lines[at + 1])]
    for _ in range(_MOST_WIDTHS):
        width = find_width(lines, candidates) if len(candidates) >= FEWEST else None
        if width is None:
            break
        found.update(_Reading(lines, width).cut_lines())
        candidates = [at for at in candidates if at not in found and not width.holds(lines[at])]
    return found


class _Reading:
    """One reading of an article's lines from the first to the last, at one width."""

    def __init__(self, lines: Sequence[str], width: Width) -> None:
        self._lines = lines
        self._width = width
        self._paragraph = ""  # what the line at hand begins or goes on with, folded

    def cut_lines(self) -> list[int]:
        """The indexes of the lines that go on in the next."""
        found: list[int] = []
        for at in range(len(self._lines) - 1):
            line = fold(self._lines[at])
            is_first = not (found and found[-1] == at - 1)
            self._paragraph = line if is_first else self._paragraph[-_LONGEST_TITLE:] + line
            if self._may_be_cut(at) and self._goes_on(at, line, is_first=is_first):
                found.append(at)
        return found

    def _may_be_cut(self, at: int) -> bool:
        """Whether a line and the next are no rows, not set apart, and no wider than the margin."""
        if _SET_APART.search(self._lines[at]) or "\t" in self._lines[at + 1]:
            return False
        wide = self._width.margin + _SLACK  # a mark may hang over it
        return 0 < self._of(at) <= wide and self._of(at + 1) <= wide + 2 * _SLACK

    def _goes_on(self, at: int, line: str, *, is_first: bool) -> bool:
        following = fold(self._lines[at + 1])
        stopped = STOPPED.search(line) is not None and not (line[-1] == ":" and is_contact(line))
        if not stopped and is_closed_by(line, following):
            return True
        if not self._is_full(at, following, stopped=stopped, is_first=is_first):
            return False
        after = fold(self._lines[at + 2]) if at + 2 < len(self._lines) else ""
        if _begins_anew(line, following, self._paragraph, after):
            return False
        if stopped:
            return self._leaves_no_indent(at + 1)
        return not (is_first and self._is_heading(at, line, following))

    def _of(self, at: int) -> int:
        return self._width.of(self._lines[at])

    def _is_full(self, at: int, following: str, *, stopped: bool, is_first: bool) -> bool:
        """Whether the next line's first word had no room in this one; nearly, at an open end."""
        if not stopped and self._width.holds(self._lines[at]):
            return True
        room = self._width.margin - self._of(at)
        if is_first and self._width.is_indented is not False:
            room -= INDENT
        word = _WORD.match(following)
        return room - _SLACK < self._width.of(word[0] if word else "")

    def _leaves_no_indent(self, at: int) -> bool:
        """Whether a line is too wide for the first of a paragraph, which is indented here."""
        return bool(self._width.is_indented) and self._of(at) > self._width.margin - _SLACK

    def _is_heading(self, at: int, line: str, following: str) -> bool:
        """Whether a numbered line as wide as the page is a heading all the same."""
        if not ITEM.match(line) or _MARK.search(line) or self._leaves_no_indent(at + 1):
            return False
        return _HEADS.search(line) is not None and _MARK.search(following) is not None


def _begins_anew(line: str, following: str, paragraph: str, after: str) -> bool:
    """Whether a line is the first of something, whatever the line before it looks like."""
    if ITEM.match(following):
        return True
    if line[-1] in GOES_ON:
        return False
    if _LABEL.match(following) and (_LABEL.match(line) or is_after_signature(following)):
        return not _is_label_parted(line, following)
    if _NOTE.fullmatch(following) or DATE_ALONE.fullmatch(following):
        return True
    if _SALUTATION.fullmatch(following):
        return not _NAMES.fullmatch(line)
    if agency_alone(following) and DATE_ALONE.fullmatch(after):
        return True
    whole = len(paragraph) <= _LONGEST_TITLE and not _MARK.search(paragraph)
    return whole and is_letter_title(paragraph)


def _is_label_parted(line: str, following: str) -> bool:
    """Whether a label's first half ends the line: …,电子|邮箱:…"""
    return any(is_contact(line[-length:] + following) for length in _HALVES)


def _parted_by_number(lines: Sequence[str], turns: Iterable[int]) -> Iterator[int]:
    """The lines above a page's number that end within a sentence, and are no heading."""
    for turn in turns:
        if not 0 < turn < len(lines) or "\t" in lines[turn - 1] or "\t" in lines[turn]:
            continue
        line, following = fold(lines[turn - 1]), fold(lines[turn])
        after = fold(lines[turn + 1]) if turn + 1 < len(lines) else ""
        if len(line) < SHORTEST or not is_prose(line) or STOPPED.search(line):
            continue
        if not _begins_anew(line, following, line, after):
            yield turn - 1
