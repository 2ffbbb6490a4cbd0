"""Owns articles that a page holds, but not as its own markup: in script, templates, text boxes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from pipelines.page.markup.scripts import inline_scripts, read_script
from pipelines.page.markup.tree import Element

# What shows nothing by itself, and what shows markup as text; a script then puts it in place.
_HOLDERS = ("textarea", "xmp", "noscript", "template", "plaintext", "listing")
# <script type="text/html" id="content">
_TEMPLATE_TYPE = re.compile(r"html|template|tmpl|handlebars", re.I)
_SHORTEST = 40  # characters of a text worth trying
_MOST_TRIED = 40
_LONGEST_TRIED = 2_000_000  # characters of all that are tried
_MOST_HOLDERS = 400
_CHINESE, _SENTENCE = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[，。：；]")
_MARKUP = re.compile(r"<(?:p|div|br|span|table|strong|section|font)\b", re.I)
# &lt;p&gt;… as a reader of the page sees it: the tags of a paragraph, a break, a block
_SHOWN_TAG = re.compile(r"</?(?:p|div|br|span|strong|table|tr|td|font|section)\b[^<>]*>", re.I)


def embedded_sources(root: Element) -> Iterator[str]:
    """The markup of every place that may hold an article a script would put on the page.

    Text boxes, templates and `<noscript>`, scripts that hold markup, and the longer strings of
    scripts (`"content": "<p>…"`, as on gkmlpt pages). Scripts are read as text, never run.
    """
    left = _LONGEST_TRIED
    for source in islice(filter(_is_worth_trying, _sources(root)), _MOST_TRIED):
        left -= len(source)
        if left < 0:
            return
        yield source


def _sources(root: Element) -> Iterator[str]:
    for holder in islice(root.iter(*_HOLDERS), _MOST_HOLDERS):
        yield _inner_markup(holder)
    for script, text in inline_scripts(root):
        if _TEMPLATE_TYPE.search(script.get("type") or ""):
            yield text
            continue
        strings = read_script(text)
        for each in strings.assigned:
            yield each.value
        yield strings.written
        for _, value in strings.called:
            yield value


def _is_worth_trying(source: str) -> bool:
    return len(source) >= _SHORTEST and bool(_CHINESE.search(source) and _SENTENCE.search(source))


def as_markup(source: str) -> str:
    """A source as markup: escaped tags unescaped, the lines of plain text as paragraphs."""
    if not _MARKUP.search(source) and _SHOWN_TAG.search(html.unescape(source)):
        source = html.unescape(source)
    if _MARKUP.search(source):
        return source
    return "".join(f"<p>{html.escape(line)}</p>" for line in source.split("\n"))


def shows_markup(text: str) -> bool:
    """Whether an article's text is markup that was escaped once too often: `<p>您提出的…</p>`."""
    tags = sum(len(tag.group()) for tag in _SHOWN_TAG.finditer(text))
    return text.count("<") >= 4 and tags * 200 > len(text) and text.count("</") >= 2


def _inner_markup(element: Element) -> str:
    """What stands in an element, as markup; its text where that is markup already."""
    text = "".join(map(str, element.itertext()))
    if _SHOWN_TAG.search(text):
        return text
    children = (etree.tostring(each, encoding="unicode", method="html") for each in element)
    return "".join((html.escape(element.text or ""), *children))
