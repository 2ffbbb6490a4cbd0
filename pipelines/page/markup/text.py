"""Owns how an element becomes lines of text: paragraphs, list items and the rows of tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from pipelines.page.markup.lines import MOST_LINES, Line, published
from pipelines.page.markup.styles import PLAIN_STYLE, style_of
from pipelines.page.markup.table_rows import data_rows, definition_rows
from pipelines.page.markup.tree import BLOCK_TAGS, Element

# No text of the page stands in these.
# `rt` is how a rare character is read aloud: 王<ruby>喆<rt>zhé</rt></ruby>委员
_NO_TEXT = frozenset(
    {"script", "style", "template", "head", "title", "svg", "math", "map", "rt", "rp"}
)
# Text that is there, but is no part of an article.
_ASIDE = {
    "select": "form",
    "button": "form",
    "textarea": "form",
    "option": "form",
    "noscript": "noscript",
    "iframe": "frame",
    "object": "frame",
    "video": "frame",
    "audio": "frame",
    "canvas": "frame",
    "xml": "word-markup",  # <xml><w:View>Normal</w:View>…: what Word knows of its document
    # 去年<del cite="mailto:w">发生事故3起</del><ins>未发生事故</ins>。: by HTML itself no
    # part of the document; what <s> or a style strikes through is, and a browser shows it
    "del": "removed",
}

_ROWS = frozenset({"tr", "dt", "dd"})
_SPECIAL = _NO_TEXT | _ASIDE.keys() | _ROWS | {"br", "pre", "table", "dl"}

# The source of a page that never heard of <p>: "…收悉。\n　　一、工作情况"
_INDENTED_LINE = re.compile(r"\n[ \t\xa0]*(?=\u3000)")


def read_lines(container: Element) -> list[Line]:
    """Every line of text in an element, in order, none empty; linear in its size.

    Reading stops behind `MOST_LINES`.
    Inline tags add no white space; `<p>`, `<div>` and `<br>` give the same lines. Runs of
    ASCII white space become one blank, no-break spaces become blanks, full-width blanks stay.
    """
    return _LineReader(container).read()


def _is_styled(element: Element) -> bool:
    """Whether the attributes of an element ask for more than its text: of next to none."""
    names = element.keys()  # most have none, or a class alone: quicker than to ask for each
    return "hidden" in names or (
        "style" in names and style_of(element.get("style") or "") != PLAIN_STYLE
    )


def _holds_block(element: Element) -> bool:
    """Whether whole paragraphs stand in an element: around them `<del>` was never closed."""
    return next(element.iterdescendants(*BLOCK_TAGS), None) is not None


class _LineReader:
    """Gathers text piece by piece and ends lines where blocks begin and end."""

    def __init__(self, container: Element) -> None:
        self._container = container
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._links = 0  # open links
        self._preformatted: list[Element] = []  # open elements that keep their line ends
        self._reshown: dict[Element, bool] = {}  # open elements whose style says block or not
        # Open asides, each with what was gathered before it, to go on with behind it.
        self._suspended: list[tuple[Element, str, list[str], int]] = []
        self._rows: dict[Element, list[Line]] = {}  # rows of data not yet come to

    def read(self) -> list[Line]:
        """The lines of the container, reading stopped behind `MOST_LINES`."""
        walk = etree.iterwalk(self._container, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "end":
                self._end(element, tag)
                if element is self._container or len(self.lines) > MOST_LINES:
                    break
                text = element.tail
            elif tag in _SPECIAL or _is_styled(element):
                if not self.start(element):
                    walk.skip_subtree()
                continue
            else:
                if tag == "a":
                    self._links += bool(element.get("href"))
                elif self._pieces and tag in BLOCK_TAGS:
                    self._break_before(element)
                text = element.text
            if text:
                self.add(text)
        self.break_line(self._container)
        return self.lines

    def _end(self, element: Element, tag: str) -> None:
        """Takes an element's end."""
        if self._pieces and (self._is_block(element) if self._reshown else tag in BLOCK_TAGS):
            self.break_line(element)
        if tag == "a" and self._links and element.get("href"):
            self._links -= 1
        if self._suspended or self._preformatted or self._reshown:
            self._leave(element)

    def start(self, element: Element) -> bool:
        """Takes an element's start and own text; false where its content is done with."""
        tag = element.tag
        if tag in _NO_TEXT:
            return False
        aside = self._aside(element)
        if self._pieces and (tag == "br" or self._is_block(element)):
            self._break_before(element)
        if aside and element is not self._container:
            self._suspended.append((element, aside, self._pieces, self._linked))
            self._pieces, self._linked = [], 0
        if tag == "table":
            self._rows.update(data_rows(element, read_lines))
        elif tag == "dl":
            self._rows.update(definition_rows(element, read_lines))
        elif tag in _ROWS and element in self._rows:
            self._take_row(self._rows.pop(element))
            return False
        elif tag == "a" and element.get("href"):
            self._links += 1
        elif tag == "pre":
            self._preformatted.append(element)
        if text := element.text:
            self.add(text)
        return True

    def _leave(self, element: Element) -> None:
        """Closes what an element of a special tag or style had opened."""
        if self._suspended and self._suspended[-1][0] is element:
            self.break_line(element)
            _, _, self._pieces, self._linked = self._suspended.pop()
        if self._preformatted and self._preformatted[-1] is element:
            self._preformatted.pop()
        self._reshown.pop(element, None)

    def add(self, text: str) -> None:
        """Takes a piece of running text; a line does not begin with mere indentation."""
        if not self._pieces and text.isspace():
            return
        self._pieces.append(text)
        if self._links:
            self._linked += len(text.strip())

    def _break_before(self, element: Element) -> None:
        """Ends the line before an element, as one of what is around it."""
        parent = element.getparent()
        self.break_line(element if parent is None else parent)

    def break_line(self, element: Element) -> None:
        """Ends the line that was gathered, as one of `element`."""
        if not (gathered := self._pieces):
            return
        linked, rule = self._linked, self._suspended[0][1] if self._suspended else None
        self._pieces, self._linked = [], 0
        several = len(gathered) > 1
        text = "".join(gathered) if several else gathered[0]
        parts = self._parts(text) if "\n" in text else (text,)
        pieces = tuple(gathered) if several and len(parts) == 1 else ()
        for part in parts[: MOST_LINES + 1]:
            if line := published(part):
                links = min(linked, len(line)) if linked else 0
                self.lines.append(Line(line, element, False, links, rule, pieces))

    def _parts(self, text: str) -> Sequence[str]:
        """The lines a text holds where the source's own line ends count."""
        if self._preformatted:
            return text.split("\n")
        text = text.rstrip(" \t\n\xa0")  # the source's own line end behind the last word
        return _INDENTED_LINE.split(text) if "\n" in text else [text]

    def _take_row(self, row: list[Line]) -> None:
        for line in row:
            if self._suspended:
                line.aside = self._suspended[0][1]
            self.lines.append(line)

    def _aside(self, element: Element) -> str | None:
        """The rule that sets an element aside, if any; takes what its style says about lines."""
        aside = _ASIDE.get(element.tag) if element.get("hidden") is None else "hidden"
        if aside == "removed" and (self._suspended or _holds_block(element)):
            aside = None
        if style := element.get("style"):
            hidden, preformatted, shown = style_of(style)
            if preformatted:
                self._preformatted.append(element)
            if shown is not None:
                self._reshown[element] = shown
            return "hidden" if hidden else aside
        return aside

    def _is_block(self, element: Element) -> bool:
        if self._reshown and (shown := self._reshown.get(element)) is not None:
            return shown
        return element.tag in BLOCK_TAGS
