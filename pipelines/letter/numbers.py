"""Owns numbers: a submission's (第0959号), and document numbers (发文字号), own or cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.fold import plain_marks

_DIGITS = (
    r"[A-Za-z]{0,8}[ -]?\d[\dA-Za-z]{0,24}(?:[-、,./—～~] ?[A-Za-z]{0,4}\d[\dA-Za-z]{0,24}){0,6}"
)
# 金18 · 平0023 · 农字12 · 社会类173: words a number begins with, none that say 提案, 会议
_HAN = r"(?:社会|(?!编号|案号)[^\W\d_A-Za-z届次会议提建案件条批年月日的第为是])"
# …12|号; never 轨道交通12|号线, 5号楼
_END = r" {0,3}号(?!线|楼|院|地块|井|路|门|桥|令|公告|码|机组|台风|公路|隧道|标段)"

# 第0959号 · 第DH0271号 · 第平0023号 · 第B-031号 · 第161-430号
# · 第 02403 号(医疗卫生类173号) · 第一百二十三号 · 第〔2023〕45号 · 第(城建环保类)025号
# ; never 国务院令第721号
_ORDERED = (  # begins with a plain character, to which `re` leaps
    rf"第(?<!令第)(?<!公告第) {{0,3}}"
    rf"(?P<a>(?:{_HAN}{{0,6}}(?=[A-Za-z\d])|〔\d{{4}}〕 ?|\([一-鿿]{{1,8}}\) ?)?{_DIGITS}"
    rf"|[一二三四五六七八九十百千零〇]{{1,9}}){_END}"
)
# (提案编号:0123) · 编号为20230123 · 提案号:45 · 建议编号 123
_LABELLED = (
    rf"(?:编 ?号|(?:提案|建议|议案"
    rf"|案) ?号)[为是]? {{0,3}}[::]? {{0,3}}(?:第 ?)?(?P<b>{_DIGITS}) ?号?"
)
# (72号) · (金18号) · (提案72号) · (市政协五届五次会议0328号)
_BRACKETED = (
    rf"\((?:[一-鿿 ]{{0,24}}(?:会议|建议|提案|议案|编 ?号|案 ?号|次|[委会]员|代表|类别) ?:?)? ?"
    rf"(?P<c>(?:{_HAN}{{0,6}}(?=[A-Za-z\d]))?{_DIGITS}){_END}"
)
# 20230123号提案 · 45号代表建议 · 会议|杭22号建议 · 11号|、36号、87号提案
_BEFORE_WORD = (
    rf"(?<![\dA-Za-z〕\])-])(?P<d>(?:(?<=会议){_HAN}{{1,3}}(?=[A-Za-z\d]))?{_DIGITS}){_END}"
    r"(?=(?:[、和及] ?\d{1,8}号){0,8} ?[一-鿿]{0,4}(?:提案|建议|议案))"
)
# 提案20230123号 · 建议0045号
_AFTER_WORD = rf"(?:提案|建议|议案) ?(?P<e>{_DIGITS}){_END}"
# (第0123)号 · (编号0123)
_ODD = rf"\(第 ?(?P<f>{_DIGITS}) ?\)"
# No.123 · NO:0123
_LATIN = rf"[Nn][Oo][.:] ?(?P<g>{_DIGITS})"
_ANY = "|".join((_ORDERED, _LABELLED, _BRACKETED, _BEFORE_WORD, _AFTER_WORD, _ODD, _LATIN))
# how all begin: a third of the time
_SUBMISSION = re.compile(rf"(?=[第编案提建议(\dA-Za-z -]|(?<=会议))(?:{_ANY})")
_FIRST_ORDERED = re.compile(_ORDERED)
# (金18号 · 编号:45 · 20230123号提案 · No.123: what all the other forms begin with or end in
_HAS_OTHER = re.compile(r"[(号Oo]")
# 第0328号|、第0411号 · 第12号提案|和第13号提案, answered in one letter
_FURTHER = re.compile(
    rf" ?(?:提案|建议|议案)?[、,和与及 ]{{1,3}}(?:提案|建议|议案)?(?:第 ?|(?=\d))"
    rf"(?P<it>{_DIGITS}){_END}"
)

# 第 0 3 2 8 号, letter-spaced
_SPACED = re.compile(r"第[ \d]{3,30}号")
# 建提复字〔2023〕|第29号 · 交通运输部令2017年|第5号 · 财政部公告2023年|第12号
_YEAR_BEFORE = re.compile(
    r"(?:[〔(] ?(?:19|20)\d{2} ?年? ?[〕)]|(?:[字函复发文办令]|[公通]告)(?:19|20)\d{2} ?年?) {0,3}$"
)

# 渝科局函|〔2024〕274号 · 临建字|[2020]2号 · 潼民发|【2024】275号 · 建提复字|〔2023〕第29号
# · 渝府办发|(2023)12号 · 白规|〔2024〕提字第5号; the word before the bracket is looked up backwards
_IN_BRACKETS = (
    r"[〔(\[【〖] {0,2}(?:19|20)\d{2} {0,2}年? {0,2}[〕)\]】〗] {0,3}(?:[一-鿿]{1,3}字 ?)?(?:第 ?)?"
    r"[A-Za-z]{0,3}\d{1,6}(?:[-—]\d{1,4})? {0,2}号"
)
_DOCUMENT = re.compile(_IN_BRACKETS)
# 建提复字|2023第29号, without brackets
_DOCUMENT_IN_LINE = re.compile(
    rf"{_IN_BRACKETS}|(?<=[字函复发文办])(?:19|20)\d{{2}} ?年? ?第 ?\d{{1,5}} ?号"
)
_SHORT = 400  # characters; a longer text is no head of a letter
_LONGEST = 40  # characters of what `_DOCUMENT_IN_LINE` matches: it is looked for before each 号
# 渝科局函 · 宁农(建) · 浙教(办)函
_WORD = re.compile(
    r"(?:[一-鿿A-Za-z·]{1,8}\((?!公开)[一-鿿]{1,4}\)[一-鿿]{0,3}|[一-鿿A-Za-z·]{1,18}) {0,3}$"
)
# what stands before a document number in running text: 按照|渝府发〔2022〕5号 · 可按|渝府办发…
_LEAD_IN = re.compile(
    r"(?:按照?|依据|根据|关于|印发|详见|参照|以及|落实|执行|贯彻|文件|通知|制定|出台|发布|下发"
    r"|和|及|与|见|由|的|了|在|为|对|以|年|经(?![信开济发委贸管办合])|即(?!墨)|将(?!乐))"
)


def find_submission_number(folded: str, start: int = 0, end: int | None = None) -> str | None:
    """What stands between 第 and 号 in the first submission number of the text, dashes as `-`.

    Several numbers in a row, answered in one letter, are parted by 、.
    Quoted titles must be blotted out before; document numbers (`〔2022〕第5号`) are no such number.
    """
    text = plain_marks(folded[start : len(folded) if end is None else end])
    if " " in text:
        text = _SPACED.sub(lambda found: found[0].replace(" ", ""), text)
    for match in _submission_numbers(text):
        if match["a"] and _is_behind_year(text, match.start()):
            continue
        numbers = [match[match.lastgroup or 0]]
        at = match.end()
        while (further := _FURTHER.match(text, at)) and len(numbers) < 20:
            numbers.append(further["it"])
            at = further.end()
        return "、".join(dict.fromkeys(number.replace(" ", "") for number in numbers))
    return None


def _is_behind_year(text: str, at: int) -> bool:
    """Whether 第5号 is the end of a document's number, and no submission's."""
    before = text[max(0, at - 14) : at]
    if before[-1:].isalpha() and before[-1] != "年":
        return False
    return _YEAR_BEFORE.search(before) is not None


def _submission_numbers(text: str) -> Iterator[re.Match[str]]:
    """Numbers in any form; most texts print one as 第0328号, and none in another form before."""
    at = 0
    while ordered := _FIRST_ORDERED.search(text, at):
        begins = ordered.start()
        if begins and text[begins - 1] == "(" and ordered["a"][0].isascii():
            begins -= 1  # (第0328号): its bracket begins no other form
        if _HAS_OTHER.search(text, at, begins):
            break
        yield ordered
        at = ordered.end()
    if _HAS_OTHER.search(text, at):
        yield from _SUBMISSION.finditer(text, at)


def disagreement(opened: str, titled: str) -> str | None:
    """A warning where a letter's opening and its title name different submissions.

    None where one of them names all that the other does: several answered in one letter.
    """
    if opened == titled:
        return None
    inside, above = ({_plain(n) for n in names.split("、")} for names in (opened, titled))
    if above >= inside or inside >= above:
        return None
    return f"submission_number: {opened} in the letter, {titled} in its title"


def _plain(number: str) -> str:
    """`2023-118`, `平0023` as digits without leading zeros; numbers in words as they are."""
    return "".join(filter(str.isdecimal, number)).lstrip("0") or number


# 提案编号:0123 · 建议编号\t第31号 · 建议编号\tA-117
_NUMBER_LABEL = re.compile(
    r"(?:^|\t)(?:提案|建议|议案)?(?:编 {0,4}号|案 {0,4}号|号) ?[::\t] ?"
    r"第?(?P<it>[A-Za-z]{0,6}(?<=[A-Za-z])-?\d[\dA-Za-z-]{0,20}|\d[\dA-Za-z-]{0,20})号?(?=\t|$)"
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
    pattern = _DOCUMENT if stop - start > _SHORT else _DOCUMENT_IN_LINE
    at = start - 1
    behind = start
    while (at := folded.find("号", at + 1, stop)) >= 0:
        match = pattern.search(folded, max(behind, at + 1 - _LONGEST), at + 1)
        if match is None:
            continue
        behind = at + 1
        word = _WORD.search(folded, max(start, match.start() - 21), match.start())
        if word is None:
            continue
        left = word.start()
        for lead_in in _LEAD_IN.finditer(word[0]):
            if lead_in.end() < len(word[0]):
                left = word.start() + lead_in.end()
        yield left, match.end()
