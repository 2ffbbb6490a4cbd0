"""Owns the division of an article: head before the letter, the body, and what follows its date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipelines.fold import fold, fold_key
from pipelines.letter.agencies import agency_alone, signing_office
from pipelines.letter.closing import closing_from
from pipelines.letter.contacts import is_certain_contact
from pipelines.letter.dates import PRINTED_DATE
from pipelines.letter.document_number import is_document_number_line
from pipelines.letter.form import is_form_line
from pipelines.letter.outcome import find_outcome_class, is_lone_class
from pipelines.letter.passages import Article, Passage
from pipelines.letter.salutation import Salutation, find_salutation
from pipelines.letter.sign_offs import Signature
from pipelines.letter.signature import find_signature
from pipelines.letter.titles import title_in_head

# 日期:2024-10-12 · 08.06.2016  20:49 · 2024-10-12 10:19 来源:某某局 · 发布时间:… 浏览次数:12
_STAMP = re.compile(
    rf"(?:(?:发布|更新|成文|发文|公开)?(?:日期|时间) ?[::].{{0,80}}|来源 ?[::].{{0,80}}"
    rf"|(?:\d{{2}}\.\d{{2}}\.\d{{4}}"
    rf"|{PRINTED_DATE})(?: +\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?(?: .{{0,60}})?)"
)
# 签发人:某某 · 办复类别:B类 · 索引号:… · 是否公开:是 · 某某市教育局文件 · 答复类型:…
_FORM_LINE = re.compile(
    r"(?:签 ?发 ?(?:人|领导)?|领导签发|审 ?签 ?人?|(?:办复|办理|答复|回复|办结|建议"
    r"|提案)?(?:类 ?别|类型|结果|分类|程度|标记|标识)|索 ?引 ?号|文 ?号|发文字号"
    r"|(?:是否)?公开(?:方式|属性|类别)?"
    r"|编 ?号|体裁分类|主题分类|发布机构|成文日期|发布日期|有效性|信息名称|名 ?称|关 ?键 ?词"
    r"|主 ?题 ?词|密 ?级) ?[::].{0,80}|[一-鿿]{4,30}文件(?:\([一-鿿]{1,6}\))?"
    r"|\(此件[一-鿿]{2,14}\)"
)

# 二、下一步 · (二)… · 2.… · 三是…
_SECTION = re.compile(
    r"[一二三四五六七八九十]{1,3}[、是]|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、]"
)
_TITLE_LINE = 60  # characters of a line above a form
# 答复内容, above the answer in a form
_ANSWER_LABEL = re.compile(r"(?:答复|回复|复函|办理)(?:内容|正文|全文|意见|情况) ?:?")


class Division(NamedTuple):
    """Where the letter's body stands in its article; offsets are the article's."""

    begin: int
    end: int
    salutation: Salutation | None
    signature: Signature | None
    title: str | None  # printed inside the article
    head: tuple[Passage, ...]
    tail: tuple[Passage, ...]
    set_apart: tuple[Passage, ...]  # contact lines before the signature


def divide(article: Article, titles: Sequence[str]) -> Division:
    """Head, body and tail of an article; without a salutation the body begins behind the head."""
    salutation = find_salutation(article)
    head_end = salutation.start if salutation else len(article.text)
    title = title_in_head(article, head_end)
    begin = salutation.start if salutation else _first_of_letter(article, titles, title)
    signature = find_signature(article, begin)
    end = signature.end if signature else _end_without_signature(article, begin)
    first, behind = article.index_from(begin), article.index_from(end)
    return Division(
        begin,
        end,
        salutation,
        signature,
        title[0] if title else None,
        article.passages[:first],
        article.passages[behind:],
        _contacts_inside(article.passages[max(first, behind - 13) : behind], end, signature),
    )


def body_of(text: str, division: Division) -> str:
    """The letter's paragraphs, contact lines left out; `text` is the article's or its folded."""
    whole = text[division.begin : division.end]
    if not division.set_apart and " \n" not in whole:  # an article's lines end without blanks
        return whole.strip()
    return _in_lines([text[left:right] for left, right in _spans(division)])


def printed_body(article: Article, division: Division) -> str:
    """The same in the lines that the page prints, where these were cut."""
    return _in_lines([article.printed(left, right) for left, right in _spans(division)])


def _spans(division: Division) -> Iterator[tuple[int, int]]:
    """The body's spans of the article: what stands before, between and behind contact lines."""
    at = division.begin
    for passage in division.set_apart:
        yield at, passage.start
        at = passage.end
    yield at, division.end


def _in_lines(pieces: Iterable[str]) -> str:
    """The pieces as one text, its lines without blanks at their ends, none empty."""
    lines = map(str.rstrip, "".join(pieces).split("\n"))
    return "\n".join(filter(None, lines)).strip()


def _first_of_letter(
    article: Article, titles: Sequence[str], title: tuple[str, int, int] | None
) -> int:
    """Where the letter begins when nobody is addressed: behind title, numbers and stamps."""
    keys = {fold_key(t) for t in titles}
    form = _behind_form(article)
    for passage in article.passages[:60]:
        if passage.start < max(article.begin, form):
            continue
        inside_title = title is not None and title[1] <= passage.start < title[2]
        if not (inside_title or _is_head(article, passage, keys)):
            return passage.start
    return article.begin


def _behind_form(article: Article) -> int:
    """Where the answer begins below two or more rows of a form's labels and values.

    0 where there are none, and where the answer stands in a row of the form itself.
    """
    if "\t" not in article.text:
        return 0
    rows, end = 0, 0
    for passage in article.passages[:60]:
        if passage.start < max(article.begin, end):
            continue
        if not (rows or passage.in_row or "。" in passage.text or len(passage.text) > _TITLE_LINE):
            continue
        cells = article.text[passage.start : article.line_end(passage)].split("\t")
        if _ANSWER_LABEL.fullmatch(fold(cells[0]).strip()):
            return passage.end if rows > 1 and len(cells) == 1 else 0
        if len(cells) < 2 or not all(map(_is_labelled, cells[::2], cells[1::2])):
            break
        rows, end = rows + 1, article.line_end(passage)
    return end if rows > 1 else 0


def _is_labelled(label: str, value: str) -> bool:
    line = f"{fold(label).strip()}:{fold(value).strip()}"
    return is_form_line(line) or _FORM_LINE.fullmatch(line) is not None


def _is_head(article: Article, passage: Passage, title_keys: set[str]) -> bool:
    text = passage.text
    if passage.in_row:
        return False
    if len(text) > 200:
        return False
    key = fold_key(text)
    return bool(
        is_document_number_line(text)
        or is_lone_class(text)
        or (len(text) < 40 and find_outcome_class([text]) and "。" not in text)
        or _STAMP.fullmatch(text)
        or _FORM_LINE.fullmatch(text)
        or is_form_line(text)
        or any(key == known or (len(key) > 3 and key in known) for known in title_keys)
        or (agency_alone(text) and passage.line == 0)
    )


def _end_without_signature(article: Article, begin: int) -> int:
    """The end of the last passage before the contacts, copies and notes at the letter's end."""
    closes = closing_from(article)
    last = article.passages[closes - 1] if closes else None
    return last.end if last and last.start >= begin else len(article.text)


def _contacts_inside(
    last: Sequence[Passage], end: int, signature: Signature | None
) -> tuple[Passage, ...]:
    """Contact lines that stand between the last paragraph and the date, of the `last` passages.

    `承办单位:某某局` is one beside an office that signs without a label; alone it is the signature.
    """
    inside = [p for p in last if p.end <= end][-12:]
    marked = [p for p in inside if ":" in p.text or ";" in p.text]  # as a label's end is
    contacts = [p for p in marked if is_certain_contact(p.text)]
    if not contacts:
        return ()
    first = len(inside)
    while first and not _is_of_letter(inside[first - 1].text):
        first -= 1
    contacts = [p for p in contacts if p in inside[first:]]
    if not contacts or signature is None:
        return tuple(contacts)
    signs = [p for p in inside if p.start >= signature.start]
    if any(agency_alone(p.text) for p in signs):
        return tuple(contacts)
    return tuple(p for p in contacts if not (p in signs and signing_office(p.text)))


def _is_of_letter(text: str) -> bool:
    """Whether a passage is a section or a long paragraph, before which no contact line stands."""
    return (len(text) > 80 and text[-1] == "。") or _SECTION.match(text) is not None


def form_rows(article: Article, stop: int, start: int = 0) -> list[str]:
    """Rows of tables between two offsets, folded, cells parted by tabs: labels and values."""
    if "\t" not in article.text:  # no table
        return []
    rows: dict[int, list[str]] = {}
    within = [p for p in article.passages if start <= p.start < stop]
    for passage in within[:400]:
        if passage.in_row:
            rows.setdefault(passage.line, []).append(passage.text)
    return ["\t".join(cells) for cells in rows.values()]
