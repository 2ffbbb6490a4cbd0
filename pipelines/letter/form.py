"""Owns the form a letter may stand in: labels beside the submission's title and its makers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pipelines.letter.addressees import parse_addressees
from pipelines.letter.agencies import agency_alone
from pipelines.letter.assemblies import find_assembly
from pipelines.letter.dates import PRINTED_DATE, date_of
from pipelines.letter.passages import Article, Passage

_MOST_CELLS = 400

# 提案编号:0123 · 案由:… · 领衔代表:王某 · 建议标题:… · 主办单位:…
_LINE = re.compile(
    r"(?:(?:提案|建议|议案) ?(?:编 ?号|号|名 ?称|标 ?题|题 ?目|内容|类别|类型|届次)"
    r"|案 {0,4}号|案 {0,4}由|案 {0,4}题|题 {0,4}目"
    r"|主 ?送(?:单位)?|领衔代表|领衔人|第?一?提案人|提案者|提案委员|建议人|提议人|建议代表"
    r"|提出人|附议人|联名(?:人|代表|委员)|(?:代表|委员)姓名|(?:承|主|会|协)办单位|答复单位"
    r"|(?:答复|交办|办理)(?:时间|日期|期限)|(?:会议)?届 ?次|界 ?别|代表团) ?: ?[^。:\n]{0,120}"
)
# 案由:关于建桥的提案 · 提案题目\t《关于建桥的提案》
_TITLE = re.compile(
    r"(?:^|\t)(?:(?:提案|建议|议案) ?(?:名 ?称|标 ?题|题 ?目)|案 {0,4}由|案 {0,4}题|题 {0,4}目)"
    r" ?[:\t] {0,4}[《“]?(?P<it>[^\t\n《》”:]{4,120})"
)
# 主送:张某某委员 · 领衔代表:李某某 · 提案人\t王某某
_MAKERS = re.compile(
    r"(?:主 ?送(?:单位)?|领衔代表|领衔人|第一提案人|提案人|提案者|提案委员|建议人|提议人"
    r"|建议代表|提出人|代表姓名|委员姓名)"
    r" ?[:\t] {0,4}(?P<who>[^\n\t:]{2,80})"
)


# 届次:市政协十四届三次会议 · 会议届次\t县十八届人大四次会议
_SESSION = re.compile(r"(?:^|\t)(?:会议|提案|建议)?届 {0,4}次 ?[:\t] {0,4}(?P<it>[^\t\n:]{4,60})")
# (市政协八届四次会议第140号提案), a line below a title that names no number
_SUBTITLE = re.compile(
    r"\(?[一-鿿 ]{0,30}(?:会议|大会|政协|人大) ?第 ?(?P<it>[A-Za-z]{0,6}\d[\dA-Za-z-]{0,20}) ?号"
    r"(?:代表|委员|集体|界别)?(?:提案|建议|议案)\)?"
)
# 答复单位:市民政局 · 回复部门\t市民政局(盖章); never 承办单位, for which another may answer
_OFFICE = re.compile(
    r"(?:^|\t)(?:答复|回复) ?(?:单位|部门|机关) ?[:\t] {0,4}"
    r"(?P<it>[^\t\n:;、,()]{3,40})(?: ?\((?:盖章|公章)\)[^\t]{0,80})?(?=\t|$)"
)
# 答复日期:2025年6月3日 · 答复时间\t2025-06-03
_DAY = re.compile(
    rf"(?:^|\t)(?:答复|回复|复函|办复)(?:时间|日期) ?[:\t] {{0,4}}{PRINTED_DATE}(?= |\t|$)"
)


class FormLine(NamedTuple):
    """A line of a letter's head, or a table's row with tabs between its cells."""

    folded: str  # of the same length as the text
    text: str  # as published


def is_form_line(folded: str) -> bool:
    """Whether a passage is one of a form's labels with its value and nothing else."""
    return len(folded) <= 140 and ":" in folded[:10] and bool(_LINE.fullmatch(folded))


def form_lines(article: Article, head: Iterable[Passage], rows_end: int) -> tuple[FormLine, ...]:
    """The rows of tables before an offset, then the passages of the letter's head."""
    rows: dict[int, list[Passage]] = {}
    for passage in article.passages[:_MOST_CELLS] if "\t" in article.text else ():
        if passage.in_row and passage.start < rows_end:
            rows.setdefault(passage.line, []).append(passage)
    singles = [[passage] for passage in head if not passage.in_row]
    return tuple(
        FormLine(
            "\t".join(cell.text for cell in cells),
            "\t".join(article.text[cell.start : cell.end] for cell in cells),
        )
        for cells in (*rows.values(), *singles)
    )


def form_title(lines: Iterable[FormLine]) -> str | None:
    """The submission's title beside 案由, 提案题目 or 建议标题."""
    for line in lines:
        if ("题" in line.folded or "案" in line.folded or "名" in line.folded) and (
            match := _TITLE.search(line.folded)
        ):
            return line.text[slice(*match.span("it"))].strip(" 　") or None
    return None


def form_session(lines: Iterable[FormLine]) -> str | None:
    """The session beside 届次, or of the line under a title that names the submission."""
    for line in lines:
        if "届" not in line.folded:
            continue
        if match := _SESSION.search(line.folded):
            left, right = match.span("it")
        elif _SUBTITLE.fullmatch(line.folded):
            left, right = 0, len(line.folded)
        else:
            continue
        if found := find_assembly(line.folded, left, right):
            return "".join(line.text[slice(*found)].split())
    return None


def subtitle_number(lines: Iterable[FormLine]) -> str | None:
    """The number in a line under the title that is nothing but the submission's designation."""
    texts = (line.folded for line in lines if "号" in line.folded)
    found = (match for text in texts if (match := _SUBTITLE.fullmatch(text)))
    return next((match["it"] for match in found), None)


def form_office(lines: Iterable[FormLine]) -> str | None:
    """The one office that answers, by a form's label: 答复单位."""
    for line in lines:
        match = _OFFICE.search(line.folded) if "复" in line.folded else None
        if match and agency_alone(match["it"].strip()):
            return line.text[slice(*match.span("it"))].strip()
    return None


def form_day(lines: Iterable[FormLine]) -> date | None:
    """The day beside 答复日期 or 答复时间."""
    dated = (line.folded for line in lines if "复" in line.folded)
    matches = (match for text in dated if (match := _DAY.search(text)))
    return next((day for match in matches if (day := date_of(match))), None)


def form_addressees(lines: Iterable[FormLine]) -> tuple[str, ...]:
    """Whom a form names as the one to be answered: 主送, 领衔代表, 提案人."""
    for line in lines:
        match = _MAKERS.search(line.folded)
        if match and (names := parse_addressees(line.text[slice(*match.span("who"))])):
            return names
    return ()
