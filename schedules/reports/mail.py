"""Owns a change report as the HTML of a mail: what mail readers leave out is not needed for it."""

from __future__ import annotations

import css_inline
import lxml.html

from schedules.reports.html import render_html
from schedules.reports.select import Report
from schedules.words.language import Language

_BLOCKS = ("article", "footer", "header", "section")


def render_mail(report: Report, *, language: Language = "zh") -> str:
    """The page of `render_html` for mail readers, which are worse than browsers.

    Web mail of QQ and Gmail's apps drop style sheets in part, so each rule stands at its element;
    Outlook lays out no element newer than HTML 4, so blocks are `div`s. The sheet stays for what
    only it can say, dark screens. There is no policy header in mail, and nothing to forbid.
    """
    page = css_inline.inline(
        render_html(report, language=language),
        keep_style_tags=True,
        load_remote_stylesheets=False,
    )
    tree = lxml.html.document_fromstring(page)
    for element in tree.iter(*_BLOCKS):
        element.tag = "div"
    for policy in list(tree.iter("meta")):
        if policy.get("http-equiv") and (head := policy.getparent()) is not None:
            head.remove(policy)
    return str(lxml.html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>")) + "\n"
