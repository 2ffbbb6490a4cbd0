"""Owns how an element becomes lines of text: paragraphs, list items and the rows of tables."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from pipelines.page.decode import clean_characters
from pipelines.page.tree import BLOCK_TAGS, Element

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
}

_SPECIAL = _NO_TEXT | _ASIDE.keys() | {"br", "pre", "table", "tr"}
_PLAIN_STYLE = (False, False, None)

# style="DISPLAY: none" · style="visibility:hidden"
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
# style="white-space: pre-wrap"
_PRE_STYLE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
# style="display:block" on a span, style="display: inline" on a div
_DISPLAY = re.compile(r"display\s*:\s*(block|inline)\s*(?:;|$|!)", re.I)

# The source of a page that never heard of <p>: "…收悉。\n　　一、工作情况"
_INDENTED_LINE = re.compile(r"\n[ \t\xa0]*(?=\u3000)")
# The source ends a line within a sentence: "推动产\n        业发展" shows no blank (CSS Text).
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u2018-\u201d\u2026"
_SOURCE_WRAP = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n[ \t\n]*(?=[{_WIDE}])")
_BLANKS = re.compile(r"[ \t\n]+")
_INDENT = " \t\n\xa0\u3000"
# &amp;nbsp; · &amp;ldquo; in the source: an editor escaped its own blanks and marks once more
_ESCAPED_TWICE = re.compile(r"&(?:nbsp|e[mn]sp|[lr][sd]quo|[mn]dash|hellip|middot|times|deg);")


# Ten times what the longest table in a letter has; a page made to exhaust a reader has more.
MOST_LINES = 20_000

_MOST_CELLS = 200  # of a data table's row


@dataclass(slots=True, eq=False)
class Line:
    """One line of text, white space at its ends gone.

    `row` marks a table's row with tabs between its cells; `element` is the block the line
    stands in, or the row; `linked` counts its characters within links; `aside` names the rule
    under which it is no part of the article (`hidden`, `form`, …); `pieces` are its texts in
    and between inline elements, where there are several. `weight` is what it speaks for its
    place being the article, once that was asked for (`weights.line_weight`).
    """

    text: str
    element: Element
    row: bool = False
    linked: int = 0
    aside: str | None = None
    pieces: tuple[str, ...] = ()
    weight: float | None = None


def read_lines(container: Element) -> list[Line]:
    """Every line of text in an element, in order, none empty; linear in its size.

    Reading stops behind `MOST_LINES`.
    Inline tags add no white space; `<p>`, `<div>` and `<br>` give the same lines. Runs of
    ASCII white space become one blank, no-break spaces become blanks, full-width blanks stay.
    """
    return _LineReader(container).read()


def _is_styled(element: Element) -> bool:
    """Whether the attributes of an element ask for more than its text: of next to none."""
    style = element.get("style")
    return element.get("hidden") is not None or (
        style is not None and _style(style) != _PLAIN_STYLE
    )


def published(text: str) -> str:
    """A line as published: characters that are no text gone, white space as a browser shows it."""
    text = text.strip(_INDENT)
    if text.isprintable():  # no blank but the plain one, and no odd character
        if "&" not in text:
            return _BLANKS.sub(" ", text) if "  " in text else text
    else:
        text = clean_characters(text)
    if "&" in text:
        text = _ESCAPED_TWICE.sub(lambda found: html.unescape(found.group()), text)
    if "\n" in text:
        text = _SOURCE_WRAP.sub("", text)
    if "\n" in text or "\t" in text or "  " in text:
        text = _BLANKS.sub(" ", text)
    return text.replace("\xa0", " ").strip()


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
        self._rows: dict[Element, list[Line]] = {}  # rows of data tables not yet come to

    def read(self) -> list[Line]:
        """The lines of the container, reading stopped behind `MOST_LINES`."""
        walk = etree.iterwalk(self._container, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._end(element)
                if len(self.lines) > MOST_LINES:
                    break
                continue
            tag = element.tag
            if tag in _SPECIAL or _is_styled(element):
                if not self.start(element):
                    walk.skip_subtree()
                continue
            if tag == "a":
                self._links += bool(element.get("href"))
            elif self._pieces and tag in BLOCK_TAGS:
                self._break_before(element)
            if text := element.text:
                self.add(text)
        self.break_line(self._container)
        return self.lines

    def _end(self, element: Element) -> None:
        """Takes an element's end, and the text behind it."""
        tag = element.tag
        if self._pieces and (tag in BLOCK_TAGS or self._reshown) and self._is_block(element):
            self.break_line(element)
        if tag == "a" and self._links and element.get("href"):
            self._links -= 1
        if self._suspended or self._preformatted or self._reshown:
            self._leave(element)
        if (text := element.tail) and element is not self._container:
            self.add(text)

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
            self._rows.update(_data_rows(element))
        elif tag == "tr" and element in self._rows:
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
        if style := element.get("style"):
            hidden, preformatted, shown = _style(style)
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


def hides(element: Element) -> bool:
    """Whether an element's own attributes keep it from being shown."""
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _style(style)[0])


@lru_cache(maxsize=4096)
def _style(style: str) -> tuple[bool, bool, bool | None]:
    """Whether a style hides, keeps line ends, and shows as a block (None: as its tag does)."""
    shown = _DISPLAY.search(style)
    return (
        _HIDDEN_STYLE.search(style) is not None,
        _PRE_STYLE.search(style) is not None,
        shown.group(1).lower() == "block" if shown else None,
    )


# --- tables ----------------------------------------------------------------------------------


def _data_rows(table: Element) -> dict[Element, list[Line]]:
    """The rows of a table that are data, each as its line; none of a layout table.

    A row is layout where a cell holds a table or paragraphs. A table is data where a row fills
    two cells, and no more rows hold a paragraph beside empty cells; its rows then keep those.
    """
    full: dict[Element, list[Line]] = {}
    thin: dict[Element, list[Line]] = {}
    for row in _rows(table)[:MOST_LINES]:
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if (
            not 1 < len(cells) <= _MOST_CELLS
            or next(row.iterdescendants("table"), None) is not None
        ):
            continue
        texts = [_cell_lines(cell) for cell in cells]
        if any(len(lines) > 1 and _holds_paragraphs(lines) for lines in texts):
            continue
        lines, filled = _row_lines(row, texts)
        if filled:
            (full if filled > 1 else thin)[row] = lines
    paragraphs = sum(len(row[0].text) > 40 or "。" in row[0].text for row in thin.values())
    return full | thin if full and len(full) >= paragraphs else {}


def _cell_lines(cell: Element) -> list[Line]:
    """The lines of a cell; most hold nothing but their text."""
    if len(cell):
        return read_lines(cell)
    text = published(cell.text or "")
    return [Line(text, cell)] if text else []


def _rows(table: Element) -> list[Element]:
    """A table's own rows, not those of tables within it."""
    rows: list[Element] = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("tbody", "thead", "tfoot"):
            rows.extend(row for row in child if row.tag == "tr")
    return rows


def _holds_paragraphs(lines: list[Line]) -> bool:
    """Whether a cell holds running text: a page's layout, or the answer in a letter's form."""
    sentences = sum(len(line.text) >= 30 or line.text.endswith("。") for line in lines)
    return sentences > 1 or (
        sentences > 0 and any(line.text.endswith(("：", ":")) for line in lines)
    )


def _row_lines(row: Element, cells: list[list[Line]]) -> tuple[list[Line], int]:
    """A row as one line with a tab between its cells, and what stands aside in it.

    With it comes how many cells show text.
    """
    texts: list[str] = []
    shown: list[Line] = []
    asides: list[Line] = []
    filled = 0
    for lines in cells:
        cell = [line for line in lines if not line.aside]
        if len(cell) < len(lines):
            asides += [line for line in lines if line.aside]
        texts.append(" ".join([line.text for line in cell]).replace("\t", " "))
        shown += cell
        filled += bool(cell)
    linked = sum([line.linked for line in shown])
    line = Line("\t".join(texts), row, True, linked, None, _row_pieces(shown))
    return [line, *asides], filled


def _row_pieces(lines: list[Line]) -> tuple[str, ...]:
    """The pieces of a row's cells, where a cell has several."""
    if not any(line.pieces for line in lines):
        return ()
    return tuple(piece for line in lines for piece in line.pieces or (line.text,))
