"""Owns the files a letter links to: which links are files, their names and absolute addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from urllib.parse import unquote, urljoin, urlsplit

from pipelines.fold import fold_key
from pipelines.page.text import Line, published
from pipelines.page.tree import Element
from storage.records import Attachment

_LONGEST_URL = 2048
_MOST_FILES = 200  # of one letter
_MOST_LINKS = 5_000  # of one article
_KINDS = "pdf|docx?|wps|wpt|ofd|ceb|xlsx?|et|pptx?|dps|rtf|txt|csv|zip|rar|7z|tiff?"
# …/P020240516.docx · /download.jsp?path=/a/b.pdf&n=1 · /file?fileName=%E9%99%84%E4%BB%B6.xls
_FILE_NAME = re.compile(rf"\.(?:{_KINDS})(?![a-z0-9])", re.I)
# /module/download/downfile.jsp?classid=0&filename=0a1b · /system/_content/download.jsp?urltype=…
_DOWNLOAD = re.compile(r"down(?:load|file)|attach|getfile|fujian", re.I)
_FILE_ADDRESS = re.compile(f"{_FILE_NAME.pattern}|{_DOWNLOAD.pattern}", re.I)
# How nearly all links end that lead to pages: no need to look closer.
_PAGE_ENDS = (".html", ".htm", ".shtml", ".jhtml", "/", "#", ";", ".cn", ".com")
# 附件 · 附件1:某某表 · 相关附件 · 附表
_ATTACHMENT_WORD = re.compile(r"附件|附表|相关下载")
# 关于市政协五届五次会议第0328号提案的复函.pdf
_LETTER_WORD = re.compile(r"复函|答复|回复|提案|建议|议案")
# class="xl-fj" · id="attachment" · class="appendix"
_LIST_NAME = re.compile(
    r"(?:^|[-_ ])(?:\w*fj\w{0,4}|fujian\w*|attach\w*|appendix|annex|accessory)", re.I
)
# 附件: · 附件1. · 相关附件 · 附件下载: · 点击下载 · 1. · (二)
_LIST_WORDS = re.compile(
    r"(?:相关|信息|文件|点击)?(?:附件|附表|附|下载)?(?:下载|列表|材料|信息)?(?:此处|查看)?:?"
    r"[\d一二三四五六七八九十]{0,3}[\]】):.、,;·]*"
)
# A link that leads nowhere, by its text: 2.服务点名单.doc
_FILE_WORD = re.compile(rf"[^\s.、:;]{{1,80}}\.(?:{_KINDS})(?![a-z0-9])", re.I)


def file_links(elements: Iterable[Element], base: str) -> list[Attachment]:
    """The files linked within the elements, in order, each address once.

    `base` is the page's address. Only http(s) addresses count; scripts, pictures and pages do
    not. The name is the link's text, else its title, else the file's name in the address.
    """
    return _distinct((link for element in elements for link in element.iter("a")), base)


def holds_files(elements: Iterable[Element]) -> bool:
    """Whether any link within the elements looks like one to a file."""
    return any(_looks_like_file(link) for element in elements for link in element.iter("a"))


def listed_beside(root: Element, articles: tuple[Element, ...], base: str) -> list[Attachment]:
    """The files of an attachment list that stands beside the article, not in it."""
    around = _near(articles)
    links = [
        link
        for link in root.iter("a")
        if _looks_like_file(link) and _is_listed(link, articles, around)
    ]
    return _distinct(links, base)


def files_in_place_of_text(root: Element, base: str) -> list[Attachment]:
    """The files of a page that holds no article: listed as attachments, or named like a letter."""
    links = [
        link
        for link in root.iter("a")
        if _looks_like_file(link)
        and (_is_listed(link, (), frozenset()) or _LETTER_WORD.search(_text(link)))
    ]
    return _distinct(links, base)


def is_attachment_line(line: Line, names: Sequence[str]) -> bool:
    """Whether a line is nothing but links to files, with `附件:` and numbers around them.

    `names` are the attachments' names under `fold_key`, the longest first.
    """
    if not line.linked or line.linked * 2 <= len(line.text) - 8:
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
    return bool(_ATTACHMENT_WORD.search(key)) and bool(_LIST_WORDS.fullmatch(key))


def _distinct(links: Iterable[Element], base: str) -> list[Attachment]:
    """The files among the links, each address once."""
    found: dict[str, Attachment] = {}
    for link in islice(links, _MOST_LINKS):
        file = _file(link, base)
        if file:
            found.setdefault(file.url, file)
        if len(found) >= _MOST_FILES:
            break
    return list(found.values())


def _text(link: Element) -> str:
    return "".join(map(str, link.itertext()))


def _near(articles: tuple[Element, ...]) -> frozenset[Element]:
    """The articles' parents, where a list of attachments uses to stand."""
    parents = (article.getparent() for article in articles)
    return frozenset(
        each for each in parents if each is not None and each.tag not in ("body", "html")
    )


def _is_listed(link: Element, articles: tuple[Element, ...], around: frozenset[Element]) -> bool:
    """Whether a link belongs to an attachment list: by the list's name, its text or its place."""
    listed = bool(_ATTACHMENT_WORD.search(_text(link)))
    for ancestor, level in zip(link.iterancestors(), range(8), strict=False):
        if ancestor in articles:
            return False
        if ancestor in around:
            return True
        if level < 4:
            name = f"{ancestor.get('class', '')} {ancestor.get('id', '')}"
            listed = listed or bool(_LIST_NAME.search(name))
            listed = listed or bool(_ATTACHMENT_WORD.search((ancestor.text or "")[:40]))
    return listed


def _looks_like_file(link: Element) -> bool:
    href = link.get("href")
    return bool(href and not href.endswith(_PAGE_ENDS) and _FILE_ADDRESS.search(href))


def _file(link: Element, base: str) -> Attachment | None:
    """The attachment a link leads to, or None where it leads to a page or nowhere safe."""
    href = "".join((link.get("href") or "").split())
    if not href or href.startswith("#") or len(href) > _LONGEST_URL:
        return None
    name = published(_text(link)) or published(link.get("title") or "")
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
    except ValueError:  # http://[ is no address
        return None
    if parts.scheme.lower() not in ("http", "https", "") or (parts.scheme and not parts.netloc):
        return None
    address = unquote(f"{parts.path}?{parts.query}")
    titled = f"{name} {link.get('title') or ''}"
    if not _FILE_NAME.search(address) and not (
        _DOWNLOAD.search(address) and (_FILE_NAME.search(titled) or _ATTACHMENT_WORD.search(name))
    ):
        return None
    return Attachment(name or published(address.rsplit("/", 1)[-1].rstrip("?"))[:200], url)
