"""Owns the candidates for a letter's title: where a page prints it, in head, body and article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import chain, islice

from pipelines.fold import fold, fold_key
from pipelines.page.days.day_forms import HOLDS_DIGIT
from pipelines.page.days.info_lines import is_info_line
from pipelines.page.furniture.rules import edge_rule, furniture_rule
from pipelines.page.markup.lines import Line, published
from pipelines.page.markup.selecting import classed_like, select_all
from pipelines.page.markup.text import read_lines
from pipelines.page.markup.tree import Element
from pipelines.page.metadata.metas import Metas
from storage.records import Portal

_LONGEST = 200
# <meta property="og:title" content="关于…的答复_巴山市人民政府">
_META_TITLES = ("og:title", "dcterms.title", "dc.title", "title")
# <meta name="ArticleTitle" content="为现代化建设凝聚力量<div>——热烈祝贺">
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
# 关于…的复函_重庆市教育委员会 · 关于…的答复-某某市政府网 · 关于…的函 | 门户网站
_SUFFIX_BREAK = re.compile(r"\s*(?:_+|\||--+|\s[-–—]+\s|(?<=[\u4e00-\u9fff)）])[-–—]+)\s*")
_SITE_WORD = re.compile(
    r"(?:网|网站|政府|委员会|局|厅|办公室|中心|门户|平台|公开|栏目|部|院|政务|办理|提案|建议|复函)$"
)
# 重庆市教育委员会关于市政协五届五次会议第0328号提案的复函 · 对李某某代表第12号建议的答复(A类)
# · 市政协五届五次会议第0328号提案答复
_LETTER_HEADING = re.compile(
    r"(?:(?:(?!关于)[\u4e00-\u9fff()·、]){2,40}(?:局|委|会|厅|府|室|部|院|中心|处|所|公司|站|行|团|社|队|署))?"
    r"(?:(?:关于|对|就).{4,150}?|(?:(?!关于).){0,30}第.{1,14}号.{0,8}(?:提案|建议|议案).{0,16}?)"
    r"(?:复函|答复|回复|回函|复文|的函|办理情况|(?:答复|办理)(?:意见|情况|结果)|情况报告)"
    r"(?:意见|函|的函)?(?:内容)?(?:摘要|全文)?"
    r"(?:[(〔\[【][^()〔〕\[\]【】]{1,20}[)〕\]】]?)?"
)
# 云岭市林业局 · 重庆市教育委员会 · 某某市人民政府门户网站
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{2,24}(?:局|委员会|委|厅|政府|办公室|中心|法院|检察院|网|网站|门户|平台)"
)
_AGENCY = re.compile(r"[\u4e00-\u9fff()·、]{2,40}")
# What the first of a title's lines holds: 关于市政协五届五次会议 · 市六届人大二次会议第12号
_TITLE_START = re.compile(r"关于|^[对就]|第.{1,14}号|次会议")
_GRADE = re.compile(r"[(〔\[【].{1,12}")
_TITLE_CLASS = "tit"  # <div class="xl-tit"> · <p class="title">
_MOST_HEADINGS = 60
_MOST_HEAD = 40  # lines above a letter
_MOST_LINES = 4  # of one title
# 关于进一步加强校车安全管理的建议 · 市政协十二届三次会议第188号提案: what documents that are no
# letters are called
_DOCUMENT = re.compile(
    r"(?:.{0,30}?(?:关于|第.{1,14}号)|.{8,40}?年).{0,120}?(?:建议|提案|议案|报告|通知|公告|通报|公示"
    r"|意见|方案|规划|要点|总结|情况|办法|决定|决议|批复|函|说明|请示)(?:\(.{1,16}\))?"
)
# 提案内容 · 建议原文 · 答复内容: what a case's page calls its parts; 办理复函 may end a title
_PART = re.compile(
    r"(?:代表|委员)?(?:提案|建议|议案|办理|答复|回复)(?:正文|内容|原文|信息|详情)|案由"
)
_PART_BESIDE = re.compile(
    r"(?:提案|建议)?(?:办理|承办单位)?(?:答复|复函|回复|办理)(?:函|情况|结果)?"
)
_BARE = frozenset(("答复", "复函", "回复"))  # all that some pages print for a headline
_ENDS_NO_TITLE = (":", "。", ";", ",", "、")
# 关于…的答复（2024-06-01）: the day it was published, set in the heading
_STAMPED = re.compile(
    r"\s*[(（\[【]\s*(?P<day>[12]\d{3}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)"
    r"(?:[ T]*\d{1,2}:\d{2}(?::\d{2})?)?\s*[)）\]】]\s*$"
)
# <h1>关于…的答复<span>发布时间：2024-05-20 浏览：12</span></h1>
_INFO_BEHIND = re.compile(
    r"(?<=[复函见件书)）]) ?(?:(?:发布|发表|公开)?(?:时间|日期)[:：]|来源[:：].{2,24}?)? ?"
    r"(?P<day>(?:19|20)\d\d([-/.])\d{1,2}\2\d{1,2})(?!\d).{0,60}$"
)


def selected_titles(root: Element, portal: Portal | None) -> list[str]:
    """What `[select].title` finds."""
    if not portal or not portal.select.title:
        return []
    return [_text_of(each) for each in select_all(root, portal.select.title)[:1]]


def article_titles(metas: Metas) -> list[str]:
    """`<meta name="ArticleTitle">` without tags; 答复 alone says less than a heading would."""
    titles = (_TAG.sub("", content) for content in metas.get("articletitle", ()))
    return [title for title in titles if (key := fold_key(title)) and key not in _BARE]


def headings(root: Element, above: Sequence[str]) -> list[str]:
    """Titles in the page's body outside the article, the surest first: a look at all elements.

    `above` are the lines just above the article, among which a title may stand unmarked. A
    heading far from the article that names no document may be the site's or the column's.
    """
    found = [*_headings(root, _page_title(root)), *_nearest_title(above)]
    if found and any(_is_certain(title, above) for title in found):
        return found
    return [*_nearest_document(above), *found]


def _is_certain(title: str, above: Sequence[str]) -> bool:
    return _reads_like_title(key := fold_key(title)) or any(key == fold_key(t) for t in above)


def page_titles(root: Element, metas: Metas) -> list[str]:
    """The titles of the page for others and its own, without the site and the column behind it."""
    others = [published(content) for name in _META_TITLES for content in metas.get(name, ())]
    titles = dict.fromkeys((*others, _page_title(root)))  # most pages say the same several times
    return [_letters_part(title) or _cut_site(title, metas) for title in titles]


def names_letter(title: str) -> bool:
    """Whether a title is one of the forms that letters' titles have."""
    is_sentence = "。" in title or "收悉" in title
    return not is_sentence and len(title) <= 2 * _LONGEST and _reads_like_title(fold_key(title))


def distinct_titles(candidates: Sequence[str]) -> tuple[str, ...]:
    """The candidates that can be titles, each once, in order.

    The bare name of an office is none, nor is what only repeats a surer title with the site's
    and the column's names around it.
    """
    found: dict[str, str] = {}
    for candidate in candidates:
        title = published(candidate.replace("\t", " "))
        key = fold_key(title)
        if (
            not (2 < len(key) <= _LONGEST or key in _BARE)
            or _OFFICE.fullmatch(key)
            or furniture_rule(title)
        ):
            continue
        if not _reads_like_title(key) and any(len(k) >= 8 and k in key for k in found):
            continue
        found.setdefault(key, title)
    return tuple(found.values())


def without_stamps(titles: Sequence[str]) -> tuple[list[str], list[str]]:
    """The titles without a day at their end, in brackets or with the info behind; these days."""
    stamps = [_stamp(title) for title in titles]
    bare = [title[: at.start()] if at else title for title, at in zip(titles, stamps, strict=True)]
    return bare, [at["day"] for at in stamps if at]


def _stamp(title: str) -> re.Match[str] | None:
    if found := _STAMPED.search(title):
        return found
    found = _INFO_BEHIND.search(title)
    return found if found and is_info_line(fold(title[found.start() :]).strip()) else None


def is_document_heading(line: Line) -> bool:
    """Whether a line of an article is marked as a heading, and a document: `<h2>关于…的建议`."""
    marked: Element | None = line.element
    for _ in range(3):
        if marked is None:
            return False
        if marked.tag in ("h1", "h2", "h3"):
            return _is_document(fold_key(line.text))
        marked = marked.getparent()
    return False


def part_names(texts: Sequence[str]) -> set[int]:
    """Which lines above a text name the parts of a case's page: 提案内容 and 办理复函 as tabs."""
    sure = {at for at, text in enumerate(texts) if len(text) <= 8 and _PART.fullmatch(text)}
    return sure | {
        at
        for at, text in enumerate(texts)
        if not sure.isdisjoint((at - 1, at + 1)) and _PART_BESIDE.fullmatch(text)
    }


def heading_spans(
    texts: Sequence[str], titles: Sequence[str], breaks: Set[int] = frozenset()
) -> list[tuple[int, int]]:
    """Which runs of an article's head lines print its title, as (first, behind last).

    Known titles are found with an agency's name before them or without it; where none is
    found, the first lines that read like a letter's title are one. No run goes on at one of
    the `breaks`, lines above which something else stood.
    """
    keys = {key for key in map(fold_key, titles) if len(key) >= 4}
    texts = texts[:_MOST_HEAD]
    known = _spans(texts, lambda run: _is_any_title(_key(run), keys), breaks)
    return known or _spans(texts, _is_letter_title, breaks)[:1]


def _key(run: Sequence[str]) -> str:
    return fold_key("".join(run))


def _spans(
    texts: Sequence[str], is_title: Callable[[Sequence[str]], bool], breaks: Set[int]
) -> list[tuple[int, int]]:
    """The runs of lines that together pass the test, from the first on, without overlap."""
    spans: list[tuple[int, int]] = []
    start = 0
    while start < len(texts):
        for end in range(start + 1, min(start + _MOST_LINES, len(texts)) + 1):
            ends = fold(texts[end - 1]).rstrip().endswith(_ENDS_NO_TITLE)
            ends = ends or (end - 1 > start and (end - 1 in breaks or _is_info(texts[end - 1])))
            if ends or sum(map(len, texts[start:end])) > 2 * _LONGEST:
                break
            if is_title(texts[start:end]):
                spans.append((start, end))
                start = end - 1
                break
        start += 1
    return spans


def _is_info(text: str) -> bool:
    """Whether a line tells when and by whom a page was published, and is no part of a title."""
    return bool(HOLDS_DIGIT.search(text)) and edge_rule(text, tail=False) == "publish-info"


def _nearest_title(above: Sequence[str]) -> list[str]:
    """The nearest of the lines above an article that read like a letter's title, if any do.

    No more lines than needed: the office's name above it may be the site's banner.
    """
    for end in range(len(above), 0, -1):
        for start in range(end - 1, max(-1, end - 1 - _MOST_LINES), -1):
            if _parts(above[start]):
                break
            if _is_letter_title(above[start:end]):
                return ["".join(above[start:end])]
    return []


def _parts(text: str) -> bool:
    """Whether a line parts what stands above it from what stands below: no title goes on there."""
    return _is_info(text) or bool(_PART.fullmatch(text))


def _nearest_document(above: Sequence[str]) -> list[str]:
    """The nearest line above an article that names a document, though no letter."""
    keys = ((text, fold_key(text)) for text in reversed(above) if len(text) <= _LONGEST)
    return [text for text, key in keys if _is_document(key) and not furniture_rule(text)][:1]


def _is_document(key: str) -> bool:
    return not key.endswith(_ENDS_NO_TITLE) and bool(_DOCUMENT.fullmatch(key))


def _is_letter_title(run: Sequence[str]) -> bool:
    """Whether lines read like one letter's title: an office's name may stand alone above it."""
    first = fold_key(run[0])
    if len(run) > 1 and not (_OFFICE.fullmatch(first) or _TITLE_START.search(first)):
        return False
    return _reads_like_title(_key(run))


def _is_any_title(joined: str, titles: Set[str]) -> bool:
    return joined in titles or any(_is_title(joined, title) for title in titles)


def _is_title(joined: str, title: str) -> bool:
    """Whether joined lines are the title, an agency's name or a grade more or less."""
    if title in joined:
        before, _, behind = joined.partition(title)
        return (not before or bool(_AGENCY.fullmatch(before))) and (
            not behind or bool(_GRADE.fullmatch(behind))
        )
    if len(joined) < 10:
        return False
    stem = title.rstrip(".…")
    if stem != title and len(stem) >= 8 and joined.startswith(stem):
        return True
    before, found, behind = title.partition(joined)
    return bool(found) and not behind and bool(_AGENCY.fullmatch(before))


@lru_cache(maxsize=256)
def _reads_like_title(joined: str) -> bool:
    """Whether a text under `fold_key` is a letter's title; a page's own is asked over and over."""
    return bool(_LETTER_HEADING.fullmatch(joined))


def _page_title(root: Element) -> str:
    return next((published(each.text or "") for each in root.iter("title")), "")


def _site_names(metas: Metas) -> frozenset[str]:
    """What `<meta>` calls the site and the column: 重庆市教育委员会 · 建议提案办理复函"""
    names = (*metas.get("sitename", ()), *metas.get("columnname", ()))
    return frozenset(map(fold_key, names))


def _headings(root: Element, page_title: str) -> Iterator[str]:
    """Headings of the page that the page's own title confirms, or that read like a letter's."""
    confirming = fold_key(page_title)
    named = classed_like(root, _TITLE_CLASS)
    for element in chain(
        *(islice(each, _MOST_HEADINGS) for each in (root.iter("h1", "h2"), named))
    ):
        text = _text_of(element)
        key = fold_key(text)
        if len(key) <= 5:
            continue
        if element.tag == "h1" or key in confirming or _reads_like_title(key):
            yield text


def _text_of(element: Element) -> str:
    """An element's text as one line, empty where it is far too long for a title."""
    raw = "".join(map(str, element.itertext()))
    if len(raw) > 4 * _LONGEST or len(raw.strip()) > 2 * _LONGEST or not raw.strip():
        return ""
    return "".join(line.text for line in read_lines(element) if not line.aside)[: _LONGEST + 1]


def _letters_part(title: str) -> str | None:
    """The first part of a page's `<title>` that reads like a letter's."""
    parts = filter(None, _SUFFIX_BREAK.split(title))
    return next((part for part in parts if _reads_like_title(fold_key(part))), None)


def _cut_site(title: str, metas: Metas) -> str:
    """A page's `<title>` without the site and the column behind it."""
    site_names = _site_names(metas)
    for separator in reversed(list(_SUFFIX_BREAK.finditer(title))):
        tail = title[separator.end() :]
        short = len(tail) <= 20 and ("_" in separator.group() or _SITE_WORD.search(tail))
        if not (fold_key(tail) in site_names or short):
            break
        title = title[: separator.start()]
    return "" if fold_key(title) in site_names else title
