"""Owns the title of the submission a letter answers, as its opening or its own title prints it."""

from __future__ import annotations

import re

from pipelines.letter.quoted import Quoted, quoted_names

# what follows a submission's title: 》(第0959号)收悉 · ”的提案收悉 · 》(建议)已收悉
_FOLLOWS = re.compile(
    r" {0,3}(?:\(|第|[,,]?[已现]?收悉|的?(?:提案|建议|议案)"
    r"|等?[\d一二三四五六七八九十两]{0,3}[件条份个]|[,,]?[^《》。]{0,30}(?:收悉|答复|回复))"
)
# what precedes it: 提出的《 · 关于《 · 第0959号提案《 · 对“
_PRECEDES = re.compile(
    r"(?:提出?(?:的|了)?|提交的?|关于|对|就|提案|建议|议案|号|收到|所提的?|来函|:) {0,3}\(?$"
)
# 您对《关于第402号建议|的答复》提出…: a former answer's title, and no submission's
_FORMER_ANSWER = re.compile(
    r"(?:建议|提案|议案)[^《》]{0,12}?的?(?:答复|复函|回复|函复|办复)(?:的?函|意见|报告)?$"
)
_SET_BY = ("根据", "按照", "依据", "依照")  # 《…办法》的规定
_SUBMITTED = re.compile(r"(?:提案|建议|议案|意见|设想|对策|思考)\)?$")

# 您提出的关于…的建议(第45号)收悉, without quotes
# · 您关于…的建议收悉 · 您提出的第12号提案,关于…的建议收悉
_DESIGNATED = r"(?:[^《》“”。;\n]{0,40}?号)?(?:提案|建议|议案)?[,:]?"
_UNQUOTED = re.compile(
    rf"(?:提(?:出?(?:的|了)?|交的?){_DESIGNATED}|所提的?{_DESIGNATED}|收到{_DESIGNATED}"
    r"|您们?(?=关于)|你们?(?=关于)) {0,3}[《“\"]?"
    r"(?P<title>(?:关于|对|进一步|加[强快大]|推[动进])[^。;\n]{2,100}?的? ?(?:建议|提案|议案))"
    r"(?= {0,3}(?:[》”\"(,,、]|已|收悉|提案|第|现|后[,,]))"
)
# 关于《将农村公路纳入养护》的建议: the marks set the title apart
# · 关于“加强校园食品安全监管”的集体提案; a shorter word in curly marks is a term of the title
_SET_OFF = re.compile(
    r"关于 ?(?:《(?P<a>[^《》]{4,100})》|“(?P<b>[^“”]{8,100})”)"
    r"的? ?(?:意见|党派|集体|界别|联名|重点)?(?:建议|提案|议案)"
)
# …“专精特新企业的建议”(第1152号): the mark a title ends with, whatever stands unpaired inside
_TITLE_CLOSES = re.compile(r"(?:提案|建议|议案)”(?= {0,3}(?:[(第的收已,]|提案|建议))")
# "关于…的建议", straight quotes of folded text
_STRAIGHT = re.compile(
    r"\"(?P<title>[^\"\n]{4,120}(?:\"[^\"\n]{1,40}\"[^\"\n]{0,80})?)\"(?= {0,3}[(第的收已提建,])"
)


def submission_title(text: str, folded: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The title of the submission as published, without quotes, with its end and its start.

    A quoted name counts where the words around it speak of a submission; unquoted titles run
    from 关于 to 建议 or 提案. Marks that nothing closes are passed over.
    """
    for quoted in _candidates(folded, start, end):
        if _is_within_title(folded, quoted, start, end):
            continue
        if name := quoted.name(text):
            return name, quoted.end, quoted.start
    unquoted = _UNQUOTED.search(folded, start, end)
    if unquoted and (set_off := _SET_OFF.fullmatch(folded, *unquoted.span("title"))):
        left, right = set_off.span("a" if set_off["a"] else "b")
        return "".join(text[left:right].split("\n")), right + 1, left - 1
    straight = _STRAIGHT.search(folded, start, end) if '"' in folded else None
    if straight:
        return (
            text[straight.start("title") : straight.end("title")],
            straight.end(),
            straight.start(),
        )
    if unquoted:
        left, right = unquoted.span("title")
        return "".join(text[left:right].split("\n")), right, left
    return None


# 关于|对|进一步|加快|推进: what an unquoted title begins with
_TITLE_BEGINS = re.compile(r"[关对进加推]")


def _is_within_title(folded: str, quoted: Quoted, start: int, end: int) -> bool:
    """Whether a quoted name is a term of a title without quotes: 关于“专精特新”企业的建议."""
    if not _TITLE_BEGINS.search(folded, start, quoted.start):
        return False
    unquoted = _UNQUOTED.search(folded, start, end)
    if unquoted is None:
        return False
    return unquoted.start("title") < quoted.start and quoted.end <= unquoted.end("title")


def _candidates(folded: str, start: int, end: int) -> list[Quoted]:
    """Quoted names that may be the submission's, 《》 before curly quotes, likeliest first."""
    books = [q for q in quoted_names(folded, "《", start, end) if _speaks_of_submission(folded, q)]
    books = [q for q in books if not _is_former_answer(folded, q)]
    if len(books) > 1:
        books.sort(key=lambda q: not _SUBMITTED.search(folded[q.start + 1 : q.end - 1]))
    if not _CURLY.search(folded, start, books[0].start if books else end):
        return books
    curly = [q for q in _curly(folded, start, end) if _is_title_in_curly(folded, q)]
    if books and curly and _is_in_curly(folded, books[0], curly[0]):
        return curly
    return books or curly


def _is_in_curly(folded: str, book: Quoted, curly: Quoted) -> bool:
    """Whether of the likeliest names the one in curly quotes is the submission's.

    A name in 《》 may stand within it, or be a law's: “关于…的建议”收悉。根据《…法》,现答复如下.
    """
    if curly.start >= book.start:
        return False
    within = curly.end >= book.end
    return within or (_names_kind(folded, curly) and not _names_kind(folded, book))


def _is_former_answer(folded: str, quoted: Quoted) -> bool:
    return _FORMER_ANSWER.search(folded, quoted.start, quoted.end - 1) is not None


def _names_kind(folded: str, quoted: Quoted) -> bool:
    return folded.endswith(("建议", "提案", "议案"), 0, quoted.end - 1)


def _speaks_of_submission(folded: str, quoted: Quoted) -> bool:
    before = folded[max(0, quoted.start - 30) : quoted.start]
    if before.endswith(_SET_BY):  # a law
        return _names_kind(folded, quoted)
    return bool(
        _SUBMITTED.search(folded[quoted.start + 1 : quoted.end - 1])
        or _FOLLOWS.match(folded, quoted.end)
        or _PRECEDES.search(before)
    )


# ”的提案 · ”的党派提案 · ”(第45号) · ”收悉
_IS_SUBMITTED = re.compile(
    r" ?(?:的?(?:意见|党派|集体|界别|联名|重点)?(?:提案|建议|议案)|\(|收悉|的?第)"
)


# 提出的“ · 收到您“
_NAMED_BY = re.compile(r"(?:提出?的?|提交的|号|对|就|收到[您你]们?的?) ?$")


def _is_title_in_curly(folded: str, quoted: Quoted) -> bool:
    """“关于“专精特新”企业的建议”(第…号) and 收到您“稳就业”(第…号) name titles, 发展“专精特新”企业
    names none."""
    inside = folded[quoted.start + 1 : quoted.end - 1]
    before = folded[max(0, quoted.start - 12) : quoted.start]
    after = folded[quoted.end : quoted.end + 8]
    if _SUBMITTED.search(inside):
        return True
    named = _NAMED_BY.search(before)
    # 关于“加快数字经济产业集聚”的党派提案; a shorter word is a term of an unquoted title
    set_off = len(inside) >= 8 and before.endswith("关于")
    return bool(
        (len(inside) >= 6 or inside.startswith("关于"))
        and (named or set_off)
        and _IS_SUBMITTED.match(after)
    )


_CURLY = re.compile(r"[“「『‘]")


def _curly(folded: str, start: int, end: int) -> list[Quoted]:
    """Names in curly quotes; where marks inside do not pair, up to the one a title ends with."""
    found = quoted_names(folded, "“「『‘", start, end)
    at = folded.find("“", start, end)
    if at < 0 or (found and found[0].start <= at and _is_title_in_curly(folded, found[0])):
        return found
    for match in _TITLE_CLOSES.finditer(folded, at, min(end, at + 160)):
        return [Quoted(at, match.end())]
    return found
