"""Owns a text whose title stands on one line with what follows it: site, time stamp, letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.page.headings import names_letter

_LONGEST_TITLE = 200  # characters
_LONGEST_REST = 14  # of a title's last piece: …办理情况 的答复函
_LONGEST_SITE = 40
# 关于…的复函 王筱强代表: · 关于…的答复_某某市人民政府 · …复函|某某局 · …答复函 - 某某局
_GAP = re.compile(r"[ \u3000\xa0\t]+(?:[-–—|_]+[ \u3000\xa0\t]*)?|_+|\||-{1,2}(?=[\u4e00-\u9fff])")
_BLANKS = " \u3000\xa0\t"
# 08.06.2016  20:49 · 2016-06-08 20:49 · [2016年6月8日] · 发布时间:2016-06-08 20:49
_STAMP = re.compile(
    r"[\[(（【]?(?:(?:发布|更新|发表)?(?:时间|日期) ?[:：] ?)?"
    r"(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)"
    r"(?:[ \u3000]*\d{1,2}:\d{2}(?::\d{2})?)?[\])）】]?(?=[ \u3000\xa0\t]|$)"
)


def part_title(line: str) -> tuple[str, ...]:
    """The line in its parts, each of them a line: title, the site's name, time stamp, the rest.

    A line that does not begin with a letter's title stays whole. Nothing but blanks and the
    mark before the site's name is lost.
    """
    end = _title_end(line)
    if end is None:
        return (line,)
    rest = line[end:]
    parts = [line[:end], *_behind_title(rest)]
    return tuple(part for each in parts if (part := each.strip(_BLANKS)))


def _title_end(line: str) -> int | None:
    """Where the title ends that a line begins with; None without one, or with nothing behind."""
    end: int | None = None
    start = 0
    for gap in _gaps(line):
        is_piece = end is None or gap.start() - start <= _LONGEST_REST
        if is_piece and names_letter(line[: gap.start()]):
            end = gap.start()
        elif end is not None:
            return end
        if end is not None and gap.group().strip(_BLANKS):  # the site's name follows
            return end
        start = gap.end()
    return end


def _gaps(line: str) -> Iterator[re.Match[str]]:
    return _GAP.finditer(line, 0, _LONGEST_TITLE)


def _behind_title(rest: str) -> Iterator[str]:
    """The site's name behind a mark, then time stamps, then what is left."""
    mark = _GAP.match(rest)
    if mark and mark.group().strip(_BLANKS):
        rest = rest[mark.end() :]
        site = _GAP.search(rest)
        length = site.start() if site else len(rest)
        if length <= _LONGEST_SITE:
            yield rest[:length]
            rest = rest[length:]
    rest = rest.lstrip(_BLANKS)
    while stamp := _STAMP.match(rest):
        yield stamp.group()
        rest = rest[stamp.end() :].lstrip(_BLANKS)
    yield rest
