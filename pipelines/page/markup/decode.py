"""Owns how a page's bytes become text: header, then `<meta>`, then the bytes themselves."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from typing import Literal

from pipelines.page.markup.gb18030 import strict_gb18030
from pipelines.page.markup.mixed_bytes import read_mixed

# Content-Type: text/html; charset=GBK
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.I)

# <meta charset="gb2312"> · <meta http-equiv="Content-Type" content="text/html; charset=GBK">
# <?xml version="1.0" encoding="gb2312"?>
_META_CHARSET = re.compile(
    rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)"
    rb"|<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)",
    re.I,
)
_META_WITHIN = 8192  # bytes; browsers look at 1024, government templates are longer

# Superset first: a page declared gb2312 that prints 喆 or 镕 is GBK or GB18030.
_GB_NAMES = {"gb2312", "gbk", "gb18030", "gb_2312-80", "gb_2312", "x-gbk", "cp936", "euc-cn"}
_CHINESE_CODECS = {"utf-8", "gb18030", "big5", "big5hkscs"}

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# One in four characters of any Chinese page; of UTF-8 read as GB18030, or the reverse, none.
_COMMON = "的一不在有了人和国中大为上用以要市政府公开提案建议办理关于工作，。、"

_MIXED = ("utf-8", "gb18030")

# What an encoding was known from: a byte order mark, a declaration that holds, or the bytes.
DecidedBy = Literal["mark", "header", "meta", "bytes"]


@dataclass(frozen=True, slots=True)
class DecodedPage:
    """A page's text without controls and invisible marks, the encoding it had, and what was odd.

    `utf8` is the text in UTF-8, where that is at hand: as nearly every page comes.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()
    decided_by: DecidedBy = "bytes"
    utf8: bytes | None = field(default=None, repr=False, compare=False)


# Bytes that are controls in every encoding tried here but UTF-16: NUL to US without tab and
# line ends, and DEL. Deleting them from bytes is ten times quicker than from text.
_CONTROL_BYTES = bytes([*range(9), 0x0B, *range(0x0E, 0x20), 0x7F])

# Zero-width blanks and joiners, directional marks, the soft hyphen, a BOM inside the text.
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad\u202a\u202b\u202c\u202d\u202e"
_OTHER_MARKS = "\xad\ufeff"  # the two of them that do not begin with the byte E2 in UTF-8
_MARKS = frozenset(mark.encode() for mark in _INVISIBLE if mark not in _OTHER_MARKS)
_MOST_MARKS = 200  # characters of their kind, quotes as a rule, that are looked at one by one
_OLD_GBK_BLANK = "\ue5e5"  # bytes A3 A0, a full-width blank in old GBK fonts


def _cleaning() -> dict[int, str | None]:
    """What a text may not hold, and what each such character becomes."""
    table: dict[int, str | None] = dict.fromkeys([*range(0x20), 0x7F, *range(0xD800, 0xE000)])
    for code in range(0x80, 0xA0):  # &#150; means – and &#147; “: the references of old editors
        table[code] = bytes([code]).decode("cp1252", "ignore") or None
    table |= dict.fromkeys(map(ord, _INVISIBLE))
    table |= dict.fromkeys([*range(0x2066, 0x206A), 0xFFFE, 0xFFFF])
    table |= dict.fromkeys(map(ord, "\n\r\f\v\u2028\u2029"), "\n")
    return table | {0x09: "\t", ord(_OLD_GBK_BLANK): "\u3000"}


_CLEANING = _cleaning()
# Searching for what `_CLEANING` would change is quicker than changing nothing.
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069"
    "\ud800-\udfff\ue5e5\ufeff\ufffe\uffff]"
)


def clean_characters(text: str) -> str:
    """The text without NUL, controls, lone surrogates and invisible marks; line ends as `\\n`."""
    if not _ODD.search(text):
        return text
    return text.replace("\r\n", "\n").translate(_CLEANING)


def _shown(text: str, utf8: bytes, encoding: str) -> DecodedPage:
    """A page read without loss, as one whose `utf8` may be kept where no mark was in it."""
    shown = _without_invisible(text, _INVISIBLE if _may_hold_marks(utf8) else _OTHER_MARKS)
    return DecodedPage(shown, encoding, utf8=utf8 if shown is text else None)


def _without_invisible(text: str, marks: str = _INVISIBLE) -> str:
    """A whole page without invisible marks; what references bring back is cleaned by line."""
    for mark in marks:
        if mark in text:
            text = text.replace(mark, "")
    return text.replace(_OLD_GBK_BLANK, "\u3000")


def _may_hold_marks(utf8: bytes) -> bool:
    """Whether UTF-8 holds one of `_MARKS`: by their first byte, which is rare on any page and
    found in a tenth of the time that a search for each of them takes in a text."""
    at = utf8.find(b"\xe2")
    for _ in range(_MOST_MARKS):
        if at < 0 or utf8[at : at + 3] in _MARKS:
            break
        at = utf8.find(b"\xe2", at + 1)
    return at >= 0


# &#xD83D;&#xDE00; · &#55357;: halves of a character that is none by itself
_SURROGATES = re.compile(r"(?:&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*5[5-7]\d{3});?)+")
_MOST_SIGNS = 64  # of a page that is not full of &nbsp;
_HALF = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|(\d+))")


def _without_halves(page: DecodedPage) -> DecodedPage:
    """The page with references to pairs of surrogates as characters, and none to lone ones."""
    lone = 0

    def joined(match: re.Match[str]) -> str:
        nonlocal lone
        codes = [int(x, 16) if x else int(d) for x, d in _HALF.findall(match.group())]
        if not all(0xD800 <= code <= 0xDFFF for code in codes):
            return match.group()
        halves = b"".join(code.to_bytes(2, "little") for code in codes)
        text = halves.decode("utf-16-le", "replace")
        lone += text.count("\ufffd")
        return text.replace("\ufffd", "")

    text = _SURROGATES.sub(joined, page.text)
    warning = (f"encoding: {lone} lone surrogates left out",) if lone else ()
    return replace(page, text=text, warnings=(*page.warnings, *warning), utf8=None)


def _holds_reference(text: str) -> bool:
    """Whether `&#` stands in a text, by way of `&`: one character is found 40 times as quickly."""
    at = text.find("&")
    for _ in range(_MOST_SIGNS):
        if at < 0 or text.startswith("#", at + 1):
            break
        at = text.find("&", at + 1)
    return at >= 0 and text.find("&#", at) >= 0


def decode(body: bytes, content_type: str | None = None) -> DecodedPage:
    """The text of `body`, whatever its bytes are; never raises.

    `content_type` is the header's value. Bytes that no encoding can read become U+FFFD;
    warnings, which begin with `encoding`, say so, and say where the declaration is wrong.
    """
    page = _decode(body, content_type)
    return _without_halves(page) if _holds_reference(page.text) else page


def _decode(body: bytes, content_type: str | None) -> DecodedPage:
    for bom, name in _BOMS:
        if body.startswith(bom):
            page = _decoded(body[len(bom) :], [name, "utf-8", "gb18030"], name)
            return replace(page, decided_by="mark" if page.encoding == name else "bytes")
    declared = _declared(body, content_type)
    candidates = [*declared, "utf-8", "gb18030"]
    if (
        0 in body and body.count(0) > len(body) // 4
    ):  # UTF-16 without its mark: every other byte of ASCII
        wide = "utf-16-le" if body[1:2] == b"\0" else "utf-16-be"
        candidates = [wide, *candidates]
    page = _decoded(body, candidates, declared[0] if declared else None)
    return replace(page, decided_by=_decided_by(page.encoding, declared, content_type))


def _decided_by(encoding: str, declared: list[str], content_type: str | None) -> DecidedBy:
    """Which of the declarations names the encoding a page was read in, if one does."""
    if encoding not in declared:
        return "bytes"
    return "header" if content_type and encoding in _declared(b"", content_type) else "meta"


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """The usable encodings the header and the page's head declare, in this order."""
    header = _HEADER_CHARSET.search(content_type or "")
    names = [header.group(1)] if header else []
    meta = _META_CHARSET.search(body[:_META_WITHIN])
    if meta:
        names.append((meta.group(1) or meta.group(2)).decode("ascii"))
    return list(dict.fromkeys(known for name in names if (known := _known(name))))


def _known(name: str) -> str | None:
    """Python's name of a declared encoding that can hold Chinese, else None.

    A page that could be read as ASCII to find this declaration is not UTF-16, and ISO-8859-1 is
    what servers say by default.
    """
    if name.lower() in _GB_NAMES:
        return "gb18030"
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return known if known in _CHINESE_CODECS else None


def _decoded(body: bytes, candidates: list[str], declared: str | None) -> DecodedPage:
    """The best reading of `body` under the candidates, the earlier preferred among equals."""
    if candidates[0] in _MIXED:
        plain = _without_controls(body)
        text = _strict_utf8(plain)
        if text is not None and candidates[0] == "utf-8":
            return _shown(text, plain, "utf-8")
        if text is None and candidates[0] == "gb18030" and (text := strict_gb18030(plain)):
            return _shown(text, text.encode("utf-8", "replace"), "gb18030")
    texts = {name: _read(body, name) for name in dict.fromkeys(candidates)}
    scores = {name: _chinese(text) for name, text in texts.items()}
    name = max(scores, key=scores.__getitem__)
    text, warnings = texts[name], []
    if name in _MIXED and (mixed := read_mixed(body, name)) and _chinese(mixed) > scores[name]:
        text = mixed
        warnings.append("encoding: utf-8 and gb18030 on one page")
    if declared and name != declared:
        warnings.append(f"encoding: declared {declared}, read as {name}")
    if broken := text.count("\ufffd"):
        warnings.append(f"encoding: {broken} broken characters in {name} text")
    return DecodedPage(_without_invisible(text), name, tuple(warnings))


def _without_controls(body: bytes) -> bytes:
    """The bytes without controls; to look for each of them is quicker than to look at each byte."""
    found = any(map(body.__contains__, _CONTROL_BYTES))
    return body.translate(None, _CONTROL_BYTES) if found else body


def _strict_utf8(plain: bytes) -> str | None:
    """The text of valid UTF-8 without U+FFFD, else None: the case of nearly every page."""
    try:
        text = plain.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\ufffd" in text else text


def _read(body: bytes, name: str) -> str:
    """The text under one encoding, U+FFFD for each byte that cannot be read."""
    if name.startswith("utf-16"):
        return clean_characters(body.decode(name, "replace"))
    return _without_controls(body).decode(name, "replace")


def _chinese(text: str) -> int:
    """How much a reading looks like Chinese: common characters, less what was lost."""
    return sum(map(text.count, _COMMON)) - text.count("\ufffd")
