"""Owns the smallest pieces of a dossier's page: values, texts and rows as markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from schedules.reports.html import web_link
from schedules.reports.words import said
from schedules.terminal import inert, one_line
from schedules.words.fields import VALUES
from schedules.words.language import Language, Words


def value_cell(value: object, language: Language) -> str:
    """A field's value as markup: several values under one another, attachments as links."""
    if isinstance(value, list):
        return "<br>".join(value_cell(item, language) for item in value)
    if isinstance(value, dict):
        return web_link(str(value.get("url")), one_line(f"{value.get('name')}"))
    text = one_line(str(value))
    return escape(said(VALUES[text], language) if text in VALUES else text)


def text_cell(text: str) -> str:
    """Text as markup that shows it as it is; its line ends are kept by the style."""
    return escape(inert(text))


def table_heads(heads: Iterable[Words], language: Language) -> str:
    """The first row of a table."""
    cells = "".join(f"<th>{escape(said(head, language))}</th>" for head in heads)
    return f"<tr>{cells}</tr>"


def table_row(head: str, *cells: str) -> str:
    """A row of a table; head and cells are markup."""
    return f"<tr><th>{head}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
