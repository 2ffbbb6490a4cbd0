"""The report as mail: readable without its style sheet, inert, the same as the page."""

from __future__ import annotations

from dataclasses import replace

import lxml.html

from schedules.reports.html import render_html
from schedules.reports.mail import render_mail
from storage.records import Event, ReplyLetter
from tests.test_schedules_reports import changed, report, titled

BEFORE = ReplyLetter(title="关于第0417号提案的复函", body="何秋白委员：\n已建成312个。\n某市民政局")


def edited() -> Event:
    return changed(BEFORE, replace(BEFORE, body=BEFORE.body.replace("312", "332")))


def visible(page: str) -> str:
    (body,) = lxml.html.document_fromstring(page).cssselect("body")
    return " ".join(" ".join(map(str, body.itertext())).split())


def test_mail_says_what_the_page_says() -> None:
    told = report(edited())
    assert visible(render_mail(told)) == visible(render_html(told))


def test_marks_and_layout_need_no_style_sheet() -> None:
    tree = lxml.html.document_fromstring(render_mail(report(edited())))
    (entry,) = tree.cssselect("div.entry")
    assert "border-left" in entry.attrib["style"]
    assert all("background" in mark.attrib["style"] for mark in tree.cssselect("del, ins"))
    assert "font" in tree.cssselect("body")[0].attrib["style"]
    assert not tree.xpath("//article | //section | //header | //footer | //script | //img")


def test_letters_bring_no_markup_into_mail() -> None:
    title = "<img src=x onerror=alert(1)>&lt;a href=//x&gt;"
    page = render_mail(report(titled(title)))
    assert "<img" not in page
    assert title in visible(page)
