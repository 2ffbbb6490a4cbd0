"""Pages that show a submission's text and the reply to it one at a time, under tabs."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.read import read_page
from storage.records import ReplyLetter

TITLE = "关于增加便民驿站的提案"
ASKED = (
    "<p>案由：便民驿站数量不足，分布不均。</p>"
    "<p>建议：一、增加站点；二、延长开放时间；三、配备急救药箱，方便市民取用。</p>"
)
REPLY = (
    "马某某委员：",
    f"您提出的《{TITLE}》（第101号）收悉，现答复如下：",
    "我局现有站点31处，覆盖11个街道。明年再建12处。",
    "巴山市城市管理局",
    "2024年5月13日",
)
ANSWER = "".join(f"<p>{line}</p>" for line in REPLY)


def read(panes: str, tabs: str = "<ul><li>提案内容</li><li>办理复函</li></ul>") -> ReplyLetter:
    page = (
        f"<html><head><title>提案详情</title></head><body><div><a href='/'>首页</a></div>"
        f"<div class='box'><h2>{TITLE}</h2><p>2024-05-20</p>{tabs}{panes}</div></body></html>"
    )
    return read_page(page.encode(), "https://www.bashan.gov.cn/a/1.html").letter


@pytest.mark.parametrize(
    "panes",
    [
        f"<div class='c'>{ASKED}</div><div class='c' style='display:none'>{ANSWER}</div>",
        f"<div id='con_1'>{ASKED}</div><div id='con_2' hidden>{ANSWER}</div>",
        f"<div class='c' style='display:none'>{ANSWER}</div><div class='c'>{ASKED}</div>",
        f"<div class='c'>{ANSWER}</div><div class='c' style='display:none'>{ASKED}</div>",
        f"<div><div>{ASKED}</div></div><div style='display:none'><div>{ANSWER}</div></div>",
        f"<div class='c'>{ASKED}</div><div class='c'>{ANSWER}</div>",
        f"<div class='c'>{ANSWER}</div><div class='c'>{ASKED}</div>",
        f"<h3>提案内容</h3><div>{ASKED}</div><h3>办理复函</h3><div>{ANSWER}</div>",
    ],
)
def test_reply_is_read_whichever_pane_is_shown(panes: str) -> None:
    letter = read(panes)
    assert (letter.title, letter.date_published) == (TITLE, date(2024, 5, 20))
    assert letter.body.split("\n") == list(REPLY)
    assert letter.addressees == ("马某某",)


def test_names_of_tabs_are_no_part_of_the_title() -> None:
    tabs = "<ul><li>提案内容</li><li>办理复函</li></ul>"
    panes = f"<div class='c'>{ASKED}</div><div class='c' hidden>{ANSWER}</div>"
    assert read(panes, tabs).title == TITLE
    assert read(panes, "<p>答复内容</p>").title == TITLE


def test_hidden_note_without_a_reply_does_not_take_the_place_of_the_text() -> None:
    note = "<p>办理单位尚未答复。</p>"
    letter = read(f"<div class='c'>{ASKED}</div><div class='c' hidden>{note}</div>")
    assert letter.addressees == ()
    assert "尚未答复" not in letter.body
