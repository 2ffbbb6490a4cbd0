"""Owns numbers: a submission's (第0959号), and document numbers (发文字号), own or cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.fold import fold_number

_DIGITS = (
    r"[A-Za-z]{0,8}[ -]?\d[\dA-Za-z]{0,24}(?:[-、,./—～~] ?[A-Za-z]{0,4}\d[\dA-Za-z]{0,24}){0,6}"
)

# 第0959号 · 第DH0271号 · 第平0023号 · 第B-031号 · 第161-430号
# · 第 02403 号(医疗卫生类173号) · 第一百二十三号
_ORDERED = (
    rf"第 {{0,3}}(?P<a>(?:[一-鿿](?=\d))?{_DIGITS}|[一二三四五六七八九十百千零〇]{{1,9}}) {{0,3}}号"
)
# (提案编号:0123) · 编号为20230123 · 提案号:45 · 建议编号 123
_LABELLED = (
    rf"(?:编 ?号|(?:提案|建议|议案"
    rf"|案) ?号)[为是]? {{0,3}}[::]? {{0,3}}(?:第 ?)?(?P<b>{_DIGITS}) ?号?"
)
# (72号) · (提案72号) · (建议20230123号)
_BRACKETED = rf"\((?:(?!第)[一-鿿 ]){{0,14}}?(?P<c>{_DIGITS}) ?号"
# 20230123号提案 · 45号代表建议
_BEFORE_WORD = rf"(?<![\dA-Za-z〕\])-])(?P<d>{_DIGITS}) ?号 ?(?:[一-鿿]{{0,4}})(?:提案|建议|议案)"
# 提案20230123号 · 建议0045号
_AFTER_WORD = rf"(?:提案|建议|议案) ?(?P<e>{_DIGITS}) ?号"
# (第0123)号 · (编号0123)
_ODD = rf"\(第 ?(?P<f>{_DIGITS}) ?\)"
# No.123 · NO:0123
_LATIN = rf"[Nn][Oo][.:] ?(?P<g>{_DIGITS})"
_SUBMISSION = re.compile(
    "|".join((_ORDERED, _LABELLED, _BRACKETED, _BEFORE_WORD, _AFTER_WORD, _ODD, _LATIN))
)

# 第 0 3 2 8 号, letter-spaced
_SPACED = re.compile(r"第[ \d]{3,30}号")
# 建提复字〔2023〕|第29号
_YEAR_BEFORE = re.compile(r"[〔(] ?(?:19|20)\d{2} ?年? ?[〕)] {0,3}$")

# 渝科局函|〔2024〕274号 · 临建字|[2020]2号 · 潼民发|【2024】275号 · 建提复字|〔2023〕第29号
# · 渝府办发|(2023)12号; the word before the bracket is looked up backwards
_DOCUMENT = re.compile(
    r" {0,3}[〔(\[【〖] {0,2}(?:19|20)\d{2} {0,2}年? {0,2}[〕)\]】〗] {0,3}(?:第 ?)?"
    r"[A-Za-z]{0,3}\d{1,6}(?:[-—]\d{1,4})? {0,2}号"
)
_WORD = re.compile(r"[一-鿿A-Za-z·]{1,18}$")
# what stands before a document number in running text: 按照|渝府发〔2022〕5号
_LEAD_IN = re.compile(
    r"(?:按照|依据|根据|关于|印发|详见|参照|以及|落实|执行|贯彻|文件|通知|制定|出台|发布|下发"
    r"|和|及|与|见|由|的|了|在|为|对)"
)


def find_submission_number(folded: str, start: int = 0, end: int | None = None) -> str | None:
    """What stands between 第 and 号 in the first submission number of the text, dashes as `-`.

    Quoted titles must be blotted out before; document numbers (`〔2022〕第5号`) are no such number.
    """
    text = fold_number(folded[start : len(folded) if end is None else end])
    text = _SPACED.sub(lambda found: found[0].replace(" ", ""), text)
    for match in _SUBMISSION.finditer(text):
        if match["a"] and _YEAR_BEFORE.search(text[max(0, match.start() - 14) : match.start()]):
            continue
        number = next(group for group in match.groups() if group)
        return number.replace(" ", "")
    return None


# 提案编号:0123 · 建议编号\t第31号
_NUMBER_LABEL = re.compile(
    r"(?:^|\t)(?:提案|建议|议案)?(?:编 ?号|案 ?号|号) ?[::\t] ?"
    r"第?(?P<it>[A-Za-z]{0,6}\d[\dA-Za-z-]{0,20})号?(?=\t|$)"
)


def labelled_number(folded: str) -> str | None:
    """The number a form's line or row names: `提案编号:0123`, `建议编号` and `第31号` in cells."""
    match = _NUMBER_LABEL.search(folded)
    return match["it"] if match else None


def document_numbers(
    folded: str, start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int]]:
    """Spans of document numbers, lead-in words such as 按照 cut off."""
    stop = len(folded) if end is None else end
    for match in _DOCUMENT.finditer(folded, start, stop):
        word = _WORD.search(folded, max(start, match.start() - 18), match.start())
        if word is None:
            continue
        left = word.start()
        for lead_in in _LEAD_IN.finditer(word[0]):
            if lead_in.end() < len(word[0]):
                left = word.start() + lead_in.end()
        yield left, match.end()
