"""What a reader would see of a page: its bytes decoded, its mark-up and scripts taken away."""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape

from w3lib.encoding import html_to_unicode

# more is no stub, block page or error page: the signs are looked for in this much
_ENOUGH = 1 << 18
_BROKEN_SHARE = 0.01

# <script src="x.js">, <style>, <noscript>, <!-- …: what stands in them is not shown
_HIDDEN = re.compile(r"<(script|style|noscript|template|textarea|!--)", re.IGNORECASE)
_ENDS = {
    name: re.compile(rf"</{name}[^<>]*>?", re.IGNORECASE)
    for name in ("script", "style", "noscript", "template", "textarea")
} | {"!--": re.compile("-->")}
# <p>, </td>, <br/>: a line ends there; <b>, <span …>: it does not
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|tr|td|th|table|h[1-6]|dl|dt|dd|section|title|center|body|form)\b[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
# <p style="display:none">没有找到相关信息 · <div v-if="!article">文章不存在 · <p hidden>: its own
# text is kept for when a script wants it
_CONCEALED = re.compile(
    r"((?:display\s{0,3}:\s{0,3}none|\s(?:v-(?:if|else|show)|ng-(?:if|show))\b)[^<>]{0,400}>"
    r"|\shidden(?:=\"\w{0,9}\")?\s?>)[^<]*",
    re.IGNORECASE,
)
# &nbsp;, &#160;, &gt;, &#20851; (关)
_ENTITY = re.compile(r"&#?\w{1,8};")
# "title":"\u5173\u4e8e…": JSON in a script
_ESCAPED = re.compile(r"\\u([4-9][0-9a-f]{3})", re.IGNORECASE)
# <title>404 Not Found</title>, <h1 class="x">页面不存在</h1>
_HEADING = re.compile(r"<(title|h[1-3])\b[^<>]*>(.{0,300}?)</\1", re.IGNORECASE | re.DOTALL)
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_HTML = re.compile(r"<(?:html|body|head|script|div|meta|!doctype)\b", re.IGNORECASE)


def decode_page(body: bytes, content_type: str | None = None) -> str:
    """A page's text: by byte order mark, header, `<meta>`, then the bytes; never raises.

    gb2312 and gbk are read as gb18030. A declaration that turns more than one character in a
    hundred into U+FFFD is taken for wrong, and the other common encoding is tried.
    """
    try:
        declared, text = html_to_unicode(content_type, body, default_encoding="utf-8")
    except (LookupError, ValueError):  # <meta charset="hex">: a codec, but none of text
        declared, text = "utf-8", body.decode("utf-8", "replace")
    if text.count("\ufffd") <= len(text) * _BROKEN_SHARE:
        return text
    other = "utf-8" if declared.lower().startswith("gb") else "gb18030"
    again = body.decode(other, "replace")
    return again if again.count("\ufffd") < text.count("\ufffd") else text


class PageText:
    """One page as text: source, visible lines, headings, each worked out when first asked for.

    Only the first 256 Ki characters are looked at; time is linear in that.
    """

    def __init__(self, body: bytes, content_type: str | None = None) -> None:
        self.whole = decode_page(body, content_type)
        self.source = self.whole[:_ENOUGH]

    @cached_property
    def is_markup(self) -> bool:
        """Whether the body is HTML at all, not a PDF or a spreadsheet."""
        return bool(_HTML.search(self.source[:4096]))

    @cached_property
    def shown(self) -> str:
        """The source without comments, scripts and styles; what is never closed hides the rest."""
        kept, position = [], 0
        while found := _HIDDEN.search(self.source, position):
            kept.append(self.source[position : found.start()])
            end = _ENDS[found[1].lower()].search(self.source, found.end())
            if end is None:
                return "".join(kept)
            position = end.end()
        return "".join([*kept, self.source[position:]])

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Visible lines, white space made single; empty and concealed ones left out."""
        raw = _bare(_CONCEALED.sub(r"\1", self.shown)).split("\n")
        return tuple(line for each in raw if (line := " ".join(each.split())))

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The texts of `<title>` and of h1 to h3."""
        return tuple(
            " ".join(_plain(_TAG.sub("", found[2])).split())
            for found in _HEADING.finditer(self.shown)
        )

    @cached_property
    def chinese(self) -> str:
        """The visible Chinese characters alone: no digits, times, addresses or Latin words."""
        return "".join(_CHINESE.findall(_bare(self.shown)))

    @cached_property
    def written(self) -> str:
        """The Chinese characters of the source, scripts included: a letter may stand in one."""
        source = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), self.source)
        return "".join(_CHINESE.findall(source))


def _bare(shown: str) -> str:
    """What is shown, without tags and entities."""
    return _plain(_TAG.sub("", _BLOCK.sub("\n", shown)))


def _plain(text: str) -> str:
    """Text without entities; those of Chinese characters are written out."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    character = unescape(entity[0])
    return character if _CHINESE.fullmatch(character) else " "
