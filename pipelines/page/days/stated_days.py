"""Owns the day of publication a page's markup states: `<time>`, microdata and `<meta>` tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from itertools import chain, islice

from lxml import etree

from pipelines.fold import fold
from pipelines.page.days.day_forms import in_numbers, plain_day
from pipelines.page.days.printed_days import PRINTED_DAY, is_another_label
from pipelines.page.furniture.related import is_listed_with_link
from pipelines.page.markup.lines import published
from pipelines.page.markup.tree import BLOCK_TAGS, Element, is_longer_than
from pipelines.page.metadata.labels import LabelTable
from pipelines.page.metadata.metas import Metas

# <meta name="PubDate"> by the rule of 2017; <meta property="article:published_time"> elsewhere
_METAS = (
    *("pubdate", "publishdate", "publish_date", "publish-date", "publishtime", "publish_time"),
    *("article:published_time", "og:article:published_time", "og:published_time"),
    *("og:release_date", "bytedance:published_time", "weibo: article:create_at"),
    *("dcterms.issued", "dc.date.issued", "dcterms.available", "dcterms.date", "dc.date"),
    *("publication_date", "releasedate", "date"),
)
_BEIJING = timezone(timedelta(hours=8))
# 2024-05-19T16:30:00Z · 2024-05-20T08:00:00.000+00:00: an instant, the day depends on the place
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)", re.I
)
# 20240520 · 20240520091200
_DIGITS = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?:T?\d{4,6})?(?!\d)")
# itemprop="datePublished" · class="entry-date published" · <time pubdate>, said of the article
_PUBLISHES = re.compile(
    r"(?:^|\s)(?:datePublished|dateIssued|pubdate|published|dt-published)(?:\s|$)"
)
_CHANGES = re.compile(r"(?:^|[\s_-])(?:dateModified|updated?|modified)(?:$|[\s_-])", re.I)
_PROPERTIES = etree.XPath("descendant-or-self::*/@itemprop")
# class="comment-list" · id="related" · class="hot-news": no part of an article
_OTHERS = re.compile(
    r"comment|relat|recommend|sidebar|widget|(?:^|[\s_-])(?:hot|rank|nav|calendar)", re.I
)
_OTHERS_TAGS = frozenset({"nav", "aside"})
_MOST = 60
_LEVELS = 12  # above a mark
_LONGEST_LINE = 160  # characters around a `<time>`: a sentence that tells of a day is longer
_MOST_AT_HEAD = 2000  # tags
_LONGEST_HEAD = 300  # characters of an article above the line with its day


def stated_day(root: Element, articles: Sequence[Element], table: LabelTable) -> str | None:
    """The day that `<time>` or microdata around an article or at its head says, if they agree.

    What is called the day of publication goes before a plain `<time>`; what other letters in
    lists, comments and the article's own text say does not count.
    """
    found = chain(root.iter("time", "abbr"), _with_properties(root))
    marks = [each for each in islice(found, _MOST) if _is_own(each, articles, table)]
    named = [each for each in marks if _PUBLISHES.search(_roles(each))]
    plain = [each for each in marks if each.tag == "time"]
    for candidates in (named, plain):
        days = {day for each in candidates if (day := _day(each))}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _with_properties(root: Element) -> Iterator[Element]:
    found = _PROPERTIES(root)
    for each in found if isinstance(found, list) else ():
        element = each.getparent() if isinstance(each, etree._ElementUnicodeResult) else None
        if element is not None and _PUBLISHES.search(str(each)):
            yield element


def meta_day(metas: Metas) -> str | None:
    """`<meta name="PubDate" content="2026-05-18 10:19">`: the first that holds a day, else any."""
    contents = [content.strip() for name in _METAS for content in metas.get(name, ())]
    days = ((day, content) for content in contents if (day := machine_day(content)))
    for day, content in days:
        return content if content.startswith(day) and not _INSTANT.match(content) else day
    return next(filter(None, contents), None)


def machine_day(value: str) -> str | None:
    """The day of a value written for programs; an instant's is the one it fell on in China."""
    text = fold(value).strip()
    if len(text) > _LONGEST_LINE:
        return None
    if instant := _INSTANT.match(text):
        return _day_in_china(instant.group())
    if digits := _DIGITS.match(text):
        return "-".join(digits.groups())
    found = PRINTED_DAY.search(in_numbers(text))
    return found.group() if found else None


def _day_in_china(instant: str) -> str | None:
    try:
        said = datetime.fromisoformat(instant.upper())
        return said.astimezone(_BEIJING).date().isoformat()
    except (ValueError, OverflowError):
        return None


def _day(element: Element) -> str | None:
    """The day an element states: in its attribute, else as its text."""
    text = "" if is_longer_than(element, _LONGEST_LINE) else "".join(map(str, element.itertext()))
    printed = PRINTED_DAY.search(in_numbers(fold(text)))
    if printed:
        return plain_day(printed.group())
    stated = (element.get("datetime"), element.get("content"))
    return next((day for each in stated if each and (day := machine_day(each))), None)


def _roles(element: Element) -> str:
    pubdate = "pubdate" if element.get("pubdate") is not None else ""
    return " ".join((pubdate, element.get("itemprop") or "", element.get("class") or ""))


def _is_own(element: Element, articles: Sequence[Element], table: LabelTable) -> bool:
    """Whether a mark is the page's article's own, and says when it was published."""
    roles = _roles(element)
    publishes = _PUBLISHES.search(roles) is not None
    if not (publishes or (element.tag == "time" and not _CHANGES.search(roles))):
        return False
    around = list(islice(element.iterancestors(), _LEVELS))
    within = next((each for each in around if each in articles), None)
    if within is not None:
        around = around[: around.index(within)]
        if not (publishes or _is_at_head(element, within)):
            return False
    elif any(_OTHERS.search(_marks(each)) or each.tag in _OTHERS_TAGS for each in around):
        return False
    block = next((each for each in (element, *around) if each.tag in BLOCK_TAGS), element)
    if is_longer_than(block, _LONGEST_LINE) and block.tag == "p":
        return False
    return not (is_another_label(_before(element), table) or is_listed_with_link(element, articles))


def _marks(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_at_head(element: Element, article: Element) -> bool:
    """Whether no sentence stands in an article before an element."""
    size = 0
    for each in islice(article.iter(), _MOST_AT_HEAD):
        if each is element:
            return True
        text = "".join((each.text or "", each.tail or "" if each is not article else ""))
        size += len(text.strip())
        if "。" in text or size > _LONGEST_HEAD:
            return False
    return False


def _before(element: Element) -> str:
    """What stands just before an element, in its block or in the one before: `更新于 <time>`."""
    for each in (element, *islice(element.iterancestors(), 2)):
        previous, parent = each.getprevious(), each.getparent()
        text = previous.tail if previous is not None else parent.text if parent is not None else ""
        if not (text or "").strip() and previous is not None:
            long = is_longer_than(previous, _LONGEST_LINE)
            text = "" if long else "".join(map(str, previous.itertext()))
        if text and text.strip():
            return fold(published(text))
        if each.tag in BLOCK_TAGS:
            break
    return ""
