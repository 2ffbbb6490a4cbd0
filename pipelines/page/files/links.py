"""Owns one link to a file: whether it is one, its absolute address and its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from pipelines.page.markup.lines import published
from pipelines.page.markup.tree import Element
from storage.records import Attachment

# What links to files, and the attribute that holds the address.
LINK_TAGS = {"a": "href", "area": "href", "embed": "src", "iframe": "src", "object": "data"}

_LONGEST_URL = 2048
LONGEST_NAME = 200
_LONGEST_SIZE = 60  # characters at a name's end that may tell the file's size
_MOST_CELLS = 6
_IN_CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")  # 便民驿站清单, and no date or number
_KINDS = "pdf|docx?|wps|wpt|ofd|ceb|xlsx?|et|pptx?|dps|rtf|txt|csv|zip|rar|7z|tiff?"
# …/P020240516.docx · /download.jsp?path=/a/b.pdf&n=1 · /file?fileName=%E9%99%84%E4%BB%B6.xls
FILE_NAME = re.compile(rf"\.(?:{_KINDS})(?![a-z0-9])", re.I)
# A scan is a file where it is called one: <a href="W020240516.jpg">附件1：回执扫描件</a>
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|bmp)(?![a-z0-9])", re.I)
# /module/download/downfile.jsp?classid=0&filename=0a1b · /system/_content/download.jsp?urltype=…
_DOWNLOAD = re.compile(r"down(?:load|file)|attach|getfile|fujian", re.I)
# /virtual_attach_file.vsb?afc=1 · /common/getFile.do?id=7 · /download/7: a program hands it out
_PROGRAM = re.compile(r"(?:download|downfile|attach|getfile)\w*(?:\.\w+)?(?:\?|/\d+$)", re.I)
_FILE_ADDRESS = re.compile(f"{FILE_NAME.pattern}|{_DOWNLOAD.pattern}|{_PICTURE.pattern}", re.I)
# The same of an address in lower case: a third of the time, as its first characters are known.
_LOWER_ADDRESS = re.compile(_FILE_ADDRESS.pattern)
# How nearly all links end that lead to pages: no need to look closer.
_PAGE_ENDS = (".html", ".htm", ".shtml", ".jhtml", "/", "#", ";", ".cn", ".com")
# https://service.weibo.com/share/share.php?url=…/a.pdf
_SHARE = re.compile(r"//[^/]*(?:weibo|qzone|douban)\.|/share(?:[./?]|$)", re.I)
# /pdfjs/web/viewer.html?file=%2Fzwgk%2FP020240516.pdf: the file is named, the address a viewer's
_VIEWER = re.compile(r"viewer|pdf\.?js|preview|docview|officeapps", re.I)
_VIEWED = frozenset({"file", "src", "url", "path", "furl", "pdfurl"})
# javascript:window.open('/zwgk/a.pdf') · onclick="downloadFile('./P0202.docx','清单')"
_OPENED = re.compile(
    r"(?:\b\w{0,40}(?:open|down|view|preview|show)\w{0,40}\s{0,9}\(|location(?:\.href)?\s{0,9}=)\s*"
    r"(['\"])([^'\"\s]{1,500})\1",
    re.I,
)
# <a href="javascript:;" data-url="/zwgk/P020240516.docx">, for a script to open
_KEPT_FOR_SCRIPT = frozenset(
    {"data-url", "data-href", "data-src", "data-file", "data-path", "data-link"}
)
LEADING = _KEPT_FOR_SCRIPT | {"onclick", *LINK_TAGS.values()} - {"href"}
"""What else than `href` may lead to a file from an element; without any, `#` leads nowhere."""
# 附件 · 附件1:某某表 · 附表
ATTACHMENT_WORD = re.compile(r"附件|附表|相关下载|扫描件")
# A link that says what to do and not what it leads to: 点击下载 · 下载 · 在线预览 · [查看]
_ACTION = re.compile(
    r"[\[【(（\s]*(?:请?点击(?:此处|这里)?|在线|立即|附件|文件)?(?:下载|查看|预览|打开|阅读|浏览)"
    r"(?:附件|文件|此处|全文|原文)?[\]】)）>\s]*"
)
# 清单.docx（25.3KB） · 清单.pdf [1.2 MB] · 清单.doc 大小：36K
_SIZE = re.compile(
    r"\s*(?:文件)?(?:大小[:：]?)?\s*[\[【(（]?\s*(?:大小[:：])?\d+(?:\.\d+)?\s*(?:[KMG]i?B?|字节|Bytes?)"
    r"\s*[\]】)）]?$",
    re.I,
)
# fileName=补种清单.docx among the parameters of a download
_NAMED = frozenset({"filename", "showname", "name", "fname", "n", "title"})
# C:\Users\a\清单.docx · ../../清单.docx: a name is no path. For `match` alone: looked for at every
# place of a long name it would cost the square of its length
_PATH = re.compile(r"(?:(?:[A-Za-z]:|[/\\]|\.{1,2}[/\\]).*[/\\]|.*\\)?(?:.*\.\.[/\\])?", re.S)
_TRIMMED = " \t\n\r\f\u3000\xa0"


@dataclass(frozen=True, slots=True)
class FileLink:
    """A link as the page prints it: its address, and what may name the file, the best first."""

    href: str
    names: tuple[str, ...] = ()
    declared: bool = False  # the editor marked it as an attachment: <a appendix="true">


def file_link(element: Element, href: str | None = None) -> FileLink | None:
    """The link an element holds, if its address can be one of a file; cheap for all others.

    `href` is the value of its attribute of that name, where it is known.
    """
    attribute = LINK_TAGS.get(element.tag, "href")
    if href is None or attribute != "href":
        href = element.get(attribute)
    if not href or href[:11].lower() == "javascript:" or href in ("#", "###"):
        href = _opened(element.get("onclick") or href or "") or _kept_for_script(element)
    if not href or href.endswith(_PAGE_ENDS):
        return None
    if not (_is_file_address(href) or _is_called_file(element)):
        return None
    marked = "true" in (element.get("appendix"), element.get("data-appendix"))
    return FileLink(href, tuple(_names(element)), marked)


def _is_file_address(href: str) -> bool:
    """Whether an address may be a file's. Without case some signs that are no ASCII are, too."""
    found = _LOWER_ADDRESS.search(href.lower()) if href.isascii() else _FILE_ADDRESS.search(href)
    return found is not None


def link_text(element: Element) -> str:
    """The text of a link, the alternative text of pictures left out."""
    if element.tag in ("iframe", "object", "embed"):
        return ""
    return published("".join(map(str, element.itertext())))


def attachment(link: FileLink, base: str, trusted: bool) -> Attachment | None:
    """The attachment behind a link, or None where it leads to a page or nowhere safe.

    `base` is the page's address. A program's address without a file's name (`/download.jsp?id=1`)
    counts where the link is `trusted`, which is in the article or in a list of attachments.
    """
    url = absolute(link.href, base)
    if url is None or _SHARE.search(url):
        return None
    parts = urlsplit(url)
    address = unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    printed = " ".join(link.names)
    if not (
        FILE_NAME.search(address)
        or (_PICTURE.search(address) and _names_a_scan(link))
        or (_DOWNLOAD.search(address) and _names_a_file(link, printed))
        or (trusted and (_PROGRAM.search(address) or FILE_NAME.search(printed)))
    ):
        return None
    return Attachment(_name(link, parts.query, address), _viewed(url))


def absolute(href: str, base: str) -> str | None:
    """The absolute form of a printed address; None where it leads nowhere safe.

    Blanks and control characters are cut as browsers cut them (WHATWG URL), a blank within
    becomes `%20`, a backslash a slash. Only http and https lead anywhere; without a `base` a
    relative address stays as printed.
    """
    href = "".join(each for each in href.strip(_TRIMMED) if each >= " " and each != "\x7f")
    path, mark, query = href.partition("?")
    href = path.replace("\\", "/") + mark + query
    if not href or href.startswith("#") or len(href) > _LONGEST_URL:
        return None
    try:
        url = urljoin(base, href.replace(" ", "%20"))
        parts = urlsplit(url)
    except ValueError:  # http://[ is no address
        return None
    if parts.scheme.lower() not in ("http", "https", "") or (parts.scheme and not parts.netloc):
        return None
    return parts._replace(fragment="").geturl()


def _kept_for_script(element: Element) -> str:
    if _KEPT_FOR_SCRIPT.isdisjoint(names := element.keys()):
        return ""
    kept = (element.get(name) or "" for name in names if name in _KEPT_FOR_SCRIPT)
    return next((href for href in kept if FILE_NAME.search(href)), "")


def _is_called_file(element: Element) -> bool:
    """Whether a link is called a file, whatever its address: `<a href="/oss/8f3a">清单.docx`."""
    text = element.get("download") or (element.text or "").strip()
    if not text and element.tag == "a" and len(element):
        text = link_text(element)
    return "." in text and FILE_NAME.search(text[-LONGEST_NAME:]) is not None


def _names_a_scan(link: FileLink) -> bool:
    return any(ATTACHMENT_WORD.search(name) or _PICTURE.search(name) for name in link.names)


def _names_a_file(link: FileLink, printed: str) -> bool:
    return link.declared or bool(FILE_NAME.search(printed) or ATTACHMENT_WORD.search(printed))


def _opened(script: str) -> str:
    """The address a link's script opens, read as text: no script is ever run."""
    quoted = "'" in script or '"' in script  # nearly all links lead somewhere themselves
    found = _OPENED.search(script) if quoted else None
    return found.group(2) if found and "/" in found.group(2) else ""


def _viewed(url: str) -> str:
    """The file an online viewer shows, where its address names one."""
    parts = urlsplit(url)
    if not parts.query or not _VIEWER.search(parts.netloc + parts.path):
        return url
    for key, value in parse_qsl(parts.query, max_num_fields=50):
        if key.lower() in _VIEWED and FILE_NAME.search(value):
            return absolute(value, url) or url
    return url


def _names(element: Element) -> list[str]:
    """What may name the file a link leads to: its text, title, picture, or what stands before."""
    text = link_text(element)
    named = [element.get("title") or "", element.get("download") or ""]
    named += [picture.get("alt") or picture.get("title") or "" for picture in element.iter("img")]
    others = [name for each in named[:9] if (name := published(each))]
    if text and not _ACTION.fullmatch(text):
        return [text, *others]
    beside = published(_text_before(element)) if not others else ""
    return [name for name in (*others, beside, text) if name]


def _text_before(element: Element) -> str:
    """The file's name printed before a mere 下载: <span>清单.docx</span> <a href=…>下载</a>."""
    before = element.getprevious()
    parent = element.getparent()
    if before is None:
        text = (parent.text if parent is not None else "") or ""
    else:
        text = before.tail or ""
        if not text.strip() and before.tag != "a":
            text = "".join(map(str, before.itertext()))
    if len(text) <= LONGEST_NAME and FILE_NAME.search(text):
        return text
    return _cell_before(parent) if parent is not None and parent.tag == "td" else ""


def _cell_before(cell: Element) -> str:
    """The longest of the cells before one in its row: `1 | 便民驿站清单 | 下载`."""
    before = ("".join(map(str, each.itertext())) for each in cell.itersiblings(preceding=True))
    texts = (text.strip() for text in islice(before, _MOST_CELLS))
    longest = max(filter(_IN_CHINESE.search, texts), key=len, default="")
    return longest if len(longest) <= LONGEST_NAME else ""


def _name(link: FileLink, query: str, address: str) -> str:
    """The file's name, contained: no path, no size behind it, never longer than 200 characters."""
    for printed in (*link.names, *_named_in(query), address.rsplit("/", 1)[-1].rstrip("?")):
        name = _contained(printed)
        if name:
            return name
    return _contained(address) or "?"


def _named_in(query: str) -> list[str]:
    """The parameters of a download that name its file."""
    try:
        pairs = parse_qsl(query, max_num_fields=50)
    except ValueError:
        return []
    return [value for key, value in pairs if key.lower() in _NAMED and FILE_NAME.search(value)]


def _without_path(name: str) -> str:
    path = _PATH.match(name)
    return name[path.end() :] if path else name


def _contained(name: str) -> str:
    """A name as it may be shown and saved: `../../x.pdf` is `x.pdf`."""
    name = _without_path(published(name)).strip()
    name = (name[:-_LONGEST_SIZE] + _SIZE.sub("", name[-_LONGEST_SIZE:])).strip() or name
    if len(name) <= LONGEST_NAME:
        return name
    kinds = list(FILE_NAME.finditer(name))
    kind = name[kinds[-1].start() :] if kinds and kinds[-1].end() == len(name) else ""
    return name[: LONGEST_NAME - 1 - len(kind)] + "…" + kind
