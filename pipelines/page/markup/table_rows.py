"""Owns which rows of a table or list of labels are data, and how such a row becomes one line."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from pipelines.page.markup.lines import MOST_LINES, Line, published
from pipelines.page.markup.tree import Element

_MOST_CELLS = 200  # of a data table's row
_LONGEST_TERM, _LONGEST_VALUE = 12, 120  # characters of a label and its value in a list

ReadLines = Callable[[Element], list[Line]]


def data_rows(table: Element, read_lines: ReadLines) -> dict[Element, list[Line]]:
    """The rows of a table that are data, each as its line; none of a layout table.

    A row is layout where a cell holds a table or paragraphs. A table is data where a row fills
    two cells, and no more rows hold a paragraph beside empty cells; its rows then keep those.
    """
    full: dict[Element, list[Line]] = {}
    thin: dict[Element, list[Line]] = {}
    nests = _holds_table(table)
    for row in _rows(table)[:MOST_LINES]:
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if not 1 < len(cells) <= _MOST_CELLS or (nests and _holds_table(row)):
            continue
        if any(map(len, cells)):
            texts = [_cell_lines(cell, read_lines) for cell in cells]
            if any(len(lines) > 1 and _holds_paragraphs(lines) for lines in texts):
                continue
            lines, filled = _row_lines(row, texts)
        else:  # cells that hold nothing but their text, as most do
            plain = [published(cell.text or "") for cell in cells]
            lines, filled = [Line("\t".join(plain), row, row=True)], sum(map(bool, plain))
        if filled:
            (full if filled > 1 else thin)[row] = lines
    paragraphs = sum(len(row[0].text) > 40 or "。" in row[0].text for row in thin.values())
    return full | thin if full and len(full) >= paragraphs else {}


def definition_rows(terms: Element, read_lines: ReadLines) -> dict[Element, list[Line]]:
    """The labels of a `<dl>` that have a short value, each as its line; their values as none.

    `<dt>届次</dt><dd>市十六届人大四次会议</dd>`. A value of several lines, as an answer's text,
    is none; nor is any in a list of one label, which is as often a heading and its text.
    """
    rows: dict[Element, list[Line]] = {}
    for term in islice(terms.iterchildren("dt"), MOST_LINES):
        value = term.getnext()
        if value is None or value.tag != "dd" or (term.tail or "").strip():
            continue
        if any(
            next(cell.iterdescendants("dl", "table"), None) is not None for cell in (term, value)
        ):
            continue  # read here and where it stands, each level in another would cost double
        cells = [_cell_lines(cell, read_lines) for cell in (term, value)]
        if [len(lines) for lines in cells] != [1, 1]:
            continue
        label, told = (lines[0].text for lines in cells)
        if len(label) <= _LONGEST_TERM and len(told) <= _LONGEST_VALUE and "。" not in told:
            rows[term], rows[value] = _row_lines(term, cells)[0], []
    return rows if len(rows) > 2 else {}


def _holds_table(element: Element) -> bool:
    return next(element.iterdescendants("table"), None) is not None


def _cell_lines(cell: Element, read_lines: ReadLines) -> list[Line]:
    """The lines of a cell."""
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
