"""Owns which files of a page are its letter's: linked in the article or listed beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from urllib.parse import unquote

from lxml import etree

from pipelines.fold import fold_key
from pipelines.page.files.links import (
    ATTACHMENT_WORD,
    LEADING,
    LINK_TAGS,
    LONGEST_NAME,
    FileLink,
    attachment,
    file_link,
    link_text,
)
from pipelines.page.files.scans import scans
from pipelines.page.furniture.related import is_beside
from pipelines.page.furniture.rules import furniture_rule
from pipelines.page.markup.lines import Line, published
from pipelines.page.markup.tree import Element, is_frame, is_longer_than
from storage.records import Attachment

# <button onclick="downloadFile('/zwgk/P0202.docx')">下载</button>
_CLICKED = etree.XPath("descendant-or-self::*/@onclick[contains(., '.')]")
_PAGE_ENDS = (".html", ".shtml", ".htm")  # and a slash
_NOWHERE = frozenset(("#", "javascript:;", "javascript:void(0)", "javascript:void(0);"))
_MOST_FILES = 200  # of one letter
_MOST_LINKS = 5_000  # of one article
_MOST_LEVELS = 40  # above a link
_LARGEST_FOOTER = 600  # characters
# 关于市政协五届五次会议第0328号提案的复函.pdf
_LETTER_WORD = re.compile(r"复函|答复|回复|提案|建议|议案")
# class="xl-fj" · id="attachment" · class="appendix"
_LIST_NAME = re.compile(
    r"(?:^|[-_ ])(?:\w{0,40}fj\w{0,4}|fujian\w*|attach\w*|appendix|annex|accessory)", re.I
)
# 附件: · 附件1. · 相关附件 · 附件【…】已下载12次 · 点击下载 (25.3KB) · 1. · (二)
_LIST_WORDS = re.compile(
    r"(?:相关|信息|文件|请?点击|附件|附表|附|已?下载|列表|材料|次数?|大小|此处|在线|查看|预览|打开"
    r"|\d+(?:\.\d+)?[kmg]?b?|[一二三四五六七八九十]|[\[\]()〔〕【】:.、,;·|丨_-])*+",
    re.I,
)
# A link that leads nowhere, by its text: 2.服务点名单.doc
_FILE_WORD = re.compile(
    r"[^\s.、:;]{1,80}\.(?:pdf|docx?|wps|ofd|xlsx?|pptx?|rtf|txt|zip|rar)(?![a-z0-9])", re.I
)


def file_links(elements: Iterable[Element], base: str) -> list[Attachment]:
    """The files linked or shown within the elements, in order, each address once.

    `base` is the page's address. Only http(s) addresses count; scripts, pictures and pages do
    not. The name is the link's text, else its title or picture's, else the one in the address.
    """
    found = (entry for element in elements for entry in chain(_links(element), _clicked(element)))
    return distinct(
        attachment(link, base, trusted=True) for each, link in found if not is_beside(each)
    )


def lost_files(elements: Iterable[Element]) -> list[str]:
    """The names of files that links lead to on their editor's own disk: `file:///C:/名单.docx`."""
    links = (link for element in elements for link in islice(element.iter("a"), _MOST_LINKS))
    printed = ((link, (link.get("href") or "").strip()) for link in links)
    names = (
        link_text(link) or href.replace("\\", "/").rpartition("/")[2]
        for link, href in printed
        if href[:5].lower() == "file:"
    )
    return list(dict.fromkeys(name[:LONGEST_NAME] for name in islice(names, _MOST_FILES)))


def holds_files(elements: Iterable[Element]) -> bool:
    """Whether any link within the elements looks like one to a file."""
    return any(True for element in elements for _ in _links(element))


def listed_beside(root: Element, articles: tuple[Element, ...], base: str) -> list[Attachment]:
    """The files of an attachment list that stands beside the article, not in it."""
    around = _near(articles)
    parents = {each: None for article in articles if (each := article.getparent()) is not None}
    clicked = (entry for element in parents for entry in _clicked(element))
    return distinct(
        attachment(link, base, trusted=True)
        for element, link in chain(_links(root), clicked)
        if _is_listed(element, articles, around) and not is_beside(element)
    )


def files_in_place_of_text(root: Element, base: str, *, titled: bool) -> list[Attachment]:
    """The files of a page that holds no article: shown, listed, or named like a letter.

    Where the page is `titled` as a letter, any file clear of its frame is that letter, whatever
    its link says (`点击下载`), and so are the scans it shows.
    """
    links = [(element, link) for element, link in _links(root) if not is_beside(element)]
    named = [link for element, link in links if _stands_for_text(element, link)]
    if not named and titled:
        named = [link for element, link in links if not _is_framed(element)]
    files = distinct(attachment(link, base, trusted=True) for link in named)
    return files or (scans((root,), base, uploaded=True) if titled else [])


def _stands_for_text(element: Element, link: FileLink) -> bool:
    return (
        element.tag not in ("a", "area")
        or _is_listed(element, (), frozenset())
        or any(map(_LETTER_WORD.search, link.names))
    )


def distinct(files: Iterable[Attachment | None]) -> list[Attachment]:
    """The files, each address once, under the name that was printed for it."""
    found: dict[str, Attachment] = {}
    for file in files:
        if file:
            key = unquote(file.url)
            known = found.get(key)
            if known is None or (_is_address(known) and not _is_address(file)):
                found[key] = file
        if len(found) >= _MOST_FILES:
            break
    return list(found.values())


def is_attachment_line(line: Line, names: Sequence[str]) -> bool:
    """Whether a line is nothing but links to files, with `附件:` and numbers around them.

    `names` are the attachments' names under `fold_key`, the longest first.
    """
    if not line.linked or line.linked * 2 <= len(line.text) - 24:
        return False
    rest = fold_key(line.text)
    for name in names:
        rest = rest.replace(name, "\t")
    rest = _FILE_WORD.sub("\t", rest)
    parts = rest.split("\t")
    return len(parts) > 1 and all(_LIST_WORDS.fullmatch(part) for part in parts)


def is_attachment_heading(text: str) -> bool:
    """Whether a line is `附件:` or `相关附件` alone."""
    key = fold_key(text)
    return bool(ATTACHMENT_WORD.search(key)) and bool(_LIST_WORDS.fullmatch(key))


def is_attachment_list(element: Element) -> bool:
    """Whether an element is named as a list of attachments: `<div class="xl-fj">`."""
    return bool(_LIST_NAME.search(f"{element.get('class', '')} {element.get('id', '')}"))


def _is_framed(element: Element) -> bool:
    """Whether an element stands in a page's header, footer or navigation, named so or not."""
    if furniture_rule(link_text(element)) == "footer":  # 使用帮助
        return True
    for ancestor, level in zip(element.iterancestors(), range(_MOST_LEVELS), strict=False):
        if ancestor.tag in ("body", "html"):
            return False
        if is_frame(ancestor):
            return True
        if level < 4 and not is_longer_than(ancestor, _LARGEST_FOOTER):
            texts = map(str, ancestor.itertext())
            if any(furniture_rule(published(text)) == "footer" for text in texts):
                return True
    return False


def _links(element: Element) -> Iterator[tuple[Element, FileLink]]:
    """The links to files within an element, in order; a shown file's own fallback is none."""
    return islice(_file_links(element), _MOST_LINKS)


def _file_links(element: Element) -> Iterator[tuple[Element, FileLink]]:
    for each in element.iter(*LINK_TAGS):
        href = each.get("href")
        if href and href[0] not in "jJ#":
            if href[-1] == "/" or href.endswith(_PAGE_ENDS):
                continue  # as all the links of a site's frame: no need to look closer
        elif (not href or href in _NOWHERE) and LEADING.isdisjoint(each.keys()):
            continue
        if link := file_link(each, href):
            yield each, link


def _clicked(element: Element) -> Iterator[tuple[Element, FileLink]]:
    """The files that what is no link opens by its script."""
    scripts = _CLICKED(element)
    for script in islice(scripts if isinstance(scripts, list) else (), _MOST_LINKS):
        opener = script.getparent() if isinstance(script, etree._ElementUnicodeResult) else None
        if opener is not None and opener.tag != "a" and (link := file_link(opener)):
            yield opener, link


def _is_address(file: Attachment) -> bool:
    """Whether a file is named by nothing but its address."""
    return len(file.name) > 1 and unquote(file.url).endswith(file.name)


def _near(articles: tuple[Element, ...]) -> frozenset[Element]:
    """The articles' parents, where a list of attachments uses to stand."""
    parents = (article.getparent() for article in articles)
    return frozenset(
        each for each in parents if each is not None and each.tag not in ("body", "html")
    )


def _is_listed(link: Element, articles: tuple[Element, ...], around: frozenset[Element]) -> bool:
    """Whether a link belongs to an attachment list: by the list's name, its text or its place."""
    listed = bool(ATTACHMENT_WORD.search(link_text(link)))
    for ancestor, level in zip(link.iterancestors(), range(8), strict=False):
        if ancestor in articles:
            return False
        if ancestor in around:
            return True
        if level < 4:
            listed = listed or is_attachment_list(ancestor)
            listed = listed or bool(ATTACHMENT_WORD.search((ancestor.text or "")[:40]))
    return listed
