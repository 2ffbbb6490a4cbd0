"""Owns the pictures that are a letter: its pages scanned, shown in place of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from pipelines.page.files.links import absolute
from pipelines.page.markup.lines import published
from pipelines.page.markup.tree import Element, is_frame
from storage.records import Attachment

_MOST_SCANS = 60
_MOST_PICTURES = 400
_SMALLEST = 120  # pixels of a side; what is declared smaller is an icon
_LONGEST_ADDRESS = 2000  # characters; no server's file has a longer one, a picture as text has
# W020230601412.jpg · P0202306.png · scan.tif?v=2; a .gif is a drawing of the page's own
_ENDING = re.compile(r"(?<=[^/?])\.(?:jpe?g|png|bmp|tiff?)(?=\?|$)", re.I)
# W020230601412536.jpg · 5f3a9b2c77e14d0a.png · 16856712345.jpg: what an editor's upload is called
_UPLOADED = re.compile(
    r"[0-9a-f]{12,}|\d{6,}|upload|attach|ueditor|ewebeditor|(?:^|/)(?:files?|20\d{2})/", re.I
)
# /images/logo.png · ewm.jpg · wx_share.png · dzjg.png, the badge of a public office
_DECORATION = re.compile(
    r"logo|icon|banner|ewm|erweima|qrcode"
    r"|(?:^|[/_-])(?:bg|btn|top|foot|head|nav|line|dot|arrow|ico)\w{0,60}\."
    r"|(?:^|[/_-])(?:qr|wx|weixin|wechat|weibo|share|print|close|red|blue|dzjg|jiucuo|gov|ga|beian)"
    r"\w{0,60}\.",
    re.I,
)
_SOURCES = ("src", "data-src", "data-original", "oldsrc", "_src")
_KEPT = ("data:image/png", "data:image/jp")  # a .gif and .svg are drawings of the page's own
_NUMBER = re.compile(r"\d+")


def scans(elements: Iterable[Element], base: str, *, uploaded: bool = False) -> list[Attachment]:
    """The pictures within elements that may be a letter's pages, in order, each address once.

    Icons, logos and what stands in a page's frame are none; with `uploaded` only what is named
    as an editor names its uploads counts, as where the elements are no known container.
    """
    pictures = (each for element in elements for each in element.iter("img"))
    found: dict[str, Attachment] = {}
    for picture in islice(pictures, _MOST_PICTURES):
        address = _address(picture)
        if (
            not address
            or _DECORATION.search(address)
            or (uploaded and not _UPLOADED.search(address))
            or _is_small(picture)
            or any(map(is_frame, picture.iterancestors()))
        ):
            continue
        if url := absolute(address, base):
            name = published(picture.get("title") or picture.get("alt") or "")[:200]
            found.setdefault(url, Attachment(name or _file_name(address), url))
        if len(found) >= _MOST_SCANS:
            break
    return list(found.values())


def shows_pictures(root: Element) -> bool:
    """Whether a page shows pictures that may hold a text, wherever their files are.

    They may be kept as text (`data:image/png;base64,…`) or called by no name an editor gives.
    """
    for picture in islice(root.iter("img"), _MOST_PICTURES):
        kept = any((picture.get(name) or "")[:40].startswith(_KEPT) for name in _SOURCES)
        address = _address(picture)
        if not kept and (not address or _DECORATION.search(address)):
            continue
        if not (_is_small(picture) or any(map(is_frame, picture.iterancestors()))):
            return True
    return False


def _address(picture: Element) -> str:
    """Where a picture is, whether shown at once or when scrolled to."""
    values = (picture.get(name) or "" for name in _SOURCES)
    short = (value for value in values if len(value) <= _LONGEST_ADDRESS)
    return next(filter(_ENDING.search, short), "")


def _file_name(address: str) -> str:
    """A picture's own name in its address: W020230601412.jpg."""
    return address.split("?", 1)[0].rsplit("/", 1)[-1][-200:]


def _is_small(picture: Element) -> bool:
    sides = (_NUMBER.match(picture.get(name) or "") for name in ("width", "height"))
    return any(side and int(side.group()[:6]) < _SMALLEST for side in sides)
