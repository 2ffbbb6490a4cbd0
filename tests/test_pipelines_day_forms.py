"""Days in other forms than 2024-05-20: English months, digits alone, boxes of several pieces."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.page.days.day_forms import boxed_day, in_numbers, line_with_box, plain_day
from pipelines.read import read_page
from storage.records import ReplyLetter

TITLE = "关于市九届人大四次会议第101号建议的答复"
LETTER = "".join(
    f"<p>{line}</p>"
    for line in (
        "马某某代表：",
        "您提出的《关于增加便民驿站的建议》（第101号）收悉，现答复如下：",
        "我局现有站点31处，覆盖11个街道。",
        "巴山市城市管理局",
        "2024年5月13日",
    )
)
PUBLISHED = date(2024, 5, 20)


def read(around: str) -> ReplyLetter:
    """A page of unknown make; `{title}` and `{letter}` stand for its heading and its text."""
    filled = around.format(title=f"<h2>{TITLE}</h2>", letter=LETTER)
    page = (
        f"<html><head><title>{TITLE}</title></head><body><p>首页 政务公开</p>{filled}</body></html>"
    )
    return read_page(page.encode(), "https://www.bashan.gov.cn/a/1.html").letter


PLACES = {
    "above the letter's own container": "<div>{{title}}{info}<div>{{letter}}</div></div>",
    "beside the heading": "<div><div>{info}{{title}}</div><div>{{letter}}</div></div>",
    "in the container": "<article>{{title}}{info}{{letter}}</article>",
    "in a marked container": "{{title}}<div id='zoom'>{info}{{letter}}</div>",
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize(
    "info",
    [
        "<div class='rq'><b>20</b><i>2024-05</i></div>",
        "<div><span class='day'>20</span><span>2024/05</span></div>",
        "<div><p>05-20</p><p>2024</p></div>",
        "<div><p>2024</p><p>05/20</p></div>",
        "<div>20<br>2024-05</div>",
        "<div>20<span>2024.05</span></div>",
        "<div><span>20日</span><em>2024年5月</em></div>",
        "<div><i>2024</i><i>05</i><i>20</i></div>",
        "<div><b>20</b><i>May</i><i>2024</i></div>",
        "<div><b>20</b><i>五月</i><i>2024</i></div>",
        "<div><span>20</span><span>05月, 2024</span></div>",
        "<div><b>20</b><i>2024年5月</i> <em>浏览：123</em></div>",
        "<div><span>发布日期：</span><b>20</b><i>2024-05</i></div>",
        "<p>May 20, 2024</p>",
        "<p>Posted on May 20th, 2024 by admin</p>",
        "<p>Mon, 20 May 2024 08:00:00 +0800</p>",
        "<p>Published: 20-May-2024</p>",
        "<p>时间：20240520　点击：12</p>",
        "<p>发布时间：20240520102300</p>",
        "<dl><dt>发布日期</dt><dd>20240520</dd></dl>",
        "<p>发布时间：5/20/2024 9:12:00 AM</p>",
        "<div><b>20</b><i>2024-05</i><u>09:12</u></div>",
        "<p>归档时间：2025-01-01　更新时间：2024-06-01　发布时间：2024-05-20</p>",
    ],
)
def test_day_of_publication_is_read_in_each_form(info: str, place: str) -> None:
    letter = read(place.format(info=info))
    assert (letter.title, letter.date_published) == (TITLE, PUBLISHED)
    assert letter.body.startswith("马某某代表：")
    assert letter.date_signed == date(2024, 5, 13)


@pytest.mark.parametrize(
    "info",
    [
        "<p>发布于 3天前</p>",
        "<p>昨天 09:12　浏览 12</p>",
        "<p>更新于 2024-06-20</p>",
        "<p>最后更新 2024-06-20　浏览 12 次</p>",
        "<p>2024-06-20 09:12更新</p>",
        "<p>Last updated: June 20, 2024</p>",
        "<p>提交日期：<b>20</b><i>2024-05</i></p>",
        "<div><p>截止日期</p><p>20</p><p>2024-05</p></div>",
        "<p>今天是：<b>22</b> <i>2026-11</i></p>",
        "<div><b>20</b><i>5月</i></div>",
        "<div><b>32</b><i>2024-05</i></div>",
        "<div><b>20</b><i>1254</i></div>",
        "<ul><li><div><b>02</b><i>2023-01</i></div><p><a href='/2.html'>"
        "关于第99号建议的答复</a></p></li></ul>",
    ],
)
def test_another_day_or_half_a_day_is_none_of_publication(info: str) -> None:
    assert read(f"<div>{info}{{title}}<div id='nr'>{{letter}}</div></div>").date_published is None


def test_padded_day_in_words_above_a_letter_is_a_systems() -> None:
    above = "{{title}}<div>2024年{}日</div><div class='nr'>{{letter}}</div>"
    assert read(above.format("05月20")).date_published == PUBLISHED
    assert read(above.format("5月20")).date_published is None


def test_sites_clock_does_not_go_before_the_letters_day() -> None:
    clock = "<div><b>22</b><i>2026-11</i><em>星期日</em></div>"
    letter = read(f"{clock}{{title}}<p>2024-05-20</p><div>{{letter}}</div>")
    assert letter.date_published == PUBLISHED


@pytest.mark.parametrize(
    "pieces", [("06", "05", "2024"), ("05-06",), ("12", "34"), ("2024", "5", "6")]
)
def test_box_that_can_be_read_in_two_ways_says_no_day(pieces: tuple[str, ...]) -> None:
    assert boxed_day(pieces) is None


def test_day_in_words_set_in_pieces_is_the_documents_own() -> None:
    text = "2024年5月20日"
    assert line_with_box(text, ("2024年", "5月20日")) == text
    assert line_with_box("202024年5月", ("20", "2024年5月")) == "2024-05-20"


def test_days_no_calendar_has_stay_as_printed() -> None:
    assert in_numbers("Feb 30, 2024") == "Feb 30, 2024"
    assert in_numbers("时间:20240230") == "时间:20240230"
    assert plain_day("20241399101112") == "20241399101112"


def test_index_number_behind_a_label_is_no_day() -> None:
    assert in_numbers("发布:20240520-101500-77") == "发布:20240520-101500-77"
