"""What a page prints above its letter without a table: the day of publication, bare numbers."""

from __future__ import annotations

from datetime import date

import pytest

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


def page(heading: str, info: str) -> bytes:
    """A page of unknown make whose heading and info line stand above the letter."""
    return (
        f"<html><body><div>首页 机构职能 政务公开</div><div class='box'>{heading}{info}"
        f"<div class='nr'>{LETTER}</div></div></body></html>"
    ).encode()


def read(heading: str, info: str) -> ReplyLetter:
    return read_page(page(heading, info), "https://www.bashan.gov.cn/a/1.html").letter


@pytest.mark.parametrize(
    "info",
    [
        "来源：市城管局　时间：2024-05-20",
        "发布人：办公室 日期：2024年5月20日 浏览：90 【打印】【关闭】",
        "稿件来源：市城管局 审核：张某 发布：李某 时间：2024-05-20 08:00:00",
        "发稿时间：2024年5月20日　点击数：",
        "【信息时间：2024/5/20　阅读次数：】",
        "添加时间：2024-05-20　点击：12",
        "作者：办公室　　发布于：2024-05-20　　点击量：55",
        "[ 巴山市城管局 ] [ 2024-5-20 ] [ 阅读： 33 次 ]",
        "市城管局 ｜ 2024-05-20 ｜ 字号：T|T",
        "发布者：admin　发布时间：2024-05-20　阅读：12次",
        "日期：2024-05-20字体：大中小",
        "【 2024年5月20日 】",
        "作者： 日期：2024/05/20 人气：22",
        "上传时间：2024-5-20 上传人：管理员",
        "<i></i>2024-05-20<i></i>315<i></i>管理员",
        "<em>2024-05-20</em><em>市城管局</em><a>打印</a>",
        "<span><i></i>1254</span><span><i></i>2024-05-20 09:12</span><span>A A A</span>",
        "市城管局 | 2024年5月20日 15:30 | 阅读 321 次 | 字号 大 中 小",
        "发布于 2024-05-20 · 市城管局 · 分享",
        "Time：2024/5/20&nbsp;&nbsp;Source：市城管局&nbsp;&nbsp;Views：55",
        "<span>2024.05.20</span><span>市城管局</span>",
        "巴山市人民政府　www.bashan.gov.cn　2024-05-20 17:24　来源：市城管局",
        "2024年5月20日 星期一　来源：市城管局",
        "2024-05-20发布　来源：市城管局　浏览量：",
        "<span>2024-05-20</span><span>建议提案</span>",
        "<span>来源：</span><span>市城管局</span><span>时间：</span><span>2024-05-20</span>",
        "来源：市城管局　编辑时间：2024-05-18　发布时间：2024-05-20",
        "2024 - 05 - 20　来源：市城管局",
    ],
)
def test_info_line_tells_the_day_and_is_no_text(info: str) -> None:
    letter = read(f"<div>{TITLE}</div>", f"<div>{info}</div>")
    assert (letter.title, letter.date_published) == (TITLE, PUBLISHED)
    assert letter.body.startswith("马某某代表：")


@pytest.mark.parametrize(
    "info",
    [
        "办结时限：2024-05-20",
        "今天是2024年5月20日 星期一　欢迎访问巴山市城市管理局",
        "2024年5月20日",
        "市城管局 2024年5月20日",
        "点击：2024次",
        "更新时间：2024-05-20　点击数：5",
        "办理时间：2024-05-20",
        "来源：市城管局　失效时间：2024-05-20",
        "交办日期：2024-05-20",
    ],
)
def test_day_of_another_label_is_not_the_day_of_publication(info: str) -> None:
    assert read(f"<div>{TITLE}</div>", f"<div>{info}</div>").date_published is None


@pytest.mark.parametrize(
    "number",
    [
        "11500000009276804M/2022-00245",
        "640104-107/2019-00169",
        "zkx_swj/2025-00008",
        "01527918X-2020-153077",
        "20230407-233215-668",
    ],
)
def test_index_number_in_a_bullet_needs_no_label(number: str) -> None:
    bullets = f"<ul><li>{number}</li><li>巴城管函〔2024〕77号</li><li>2024-05-20</li></ul>"
    letter = read(f"<h1>{TITLE}</h1>", bullets)
    assert letter.index_number == number
    assert letter.document_number == "巴城管函〔2024〕77号"


@pytest.mark.parametrize(
    "heading",
    [
        f"<h2>{TITLE}<small>（2024-05-20）</small></h2>",
        f"<h2>{TITLE}</h2><p>(2024-05-20 10:11:12)</p>",
        f"<h2>{TITLE}</h2><p>【信息时间：2024/5/20　阅读次数：】</p>",
    ],
)
def test_day_set_in_or_under_the_heading_is_no_part_of_the_title(heading: str) -> None:
    letter = read(heading, "")
    assert (letter.title, letter.date_published) == (TITLE, PUBLISHED)


def test_day_under_the_label_of_publishing_is_told_from_the_one_under_another() -> None:
    rows = "<dl><dt>撰写日期</dt><dd>2024年5月14日</dd><dt>公布日期</dt><dd>2024年5月20日</dd></dl>"
    letter = read(f"<h1>{TITLE}</h1>", rows)
    assert letter.date_published == PUBLISHED
    assert letter.body.startswith("马某某代表：")


def test_label_among_others_above_the_letter_names_the_day() -> None:
    info = "<p><span>公开时限：长期公开</span><span>办理时限：2024-05-30</span>"
    letter = read(f"<h1>{TITLE}</h1>", f"{info}<span>挂网时间：2024-05-20</span></p>")
    assert letter.date_published == PUBLISHED


@pytest.mark.parametrize(
    ("behind", "day"),
    [
        ("（责任编辑：王某　发布日期：2024-05-20）", PUBLISHED),
        ("编辑：李某　来源：市城管局　发布时间：2024-05-20 10:00", PUBLISHED),
        ("下一篇：关于第102号建议的答复　发布时间：2024-05-20", None),
        ("办结日期：2024-05-20", None),
    ],
)
def test_day_is_printed_below_the_letter(behind: str, day: date | None) -> None:
    body = page(f"<h1>{TITLE}</h1>", "").decode()
    body = body.replace("</div></div></body>", f"</div><p>{behind}</p></div></body>")
    assert (
        read_page(body.encode(), "https://www.bashan.gov.cn/a/1.html").letter.date_published == day
    )


def test_day_in_the_head_by_its_other_name() -> None:
    head = '<head><meta property="article:published_time" content="2024-05-20T09:00:00"></head>'
    body = page(f"<h1>{TITLE}</h1>", "").replace(b"<body>", head.encode() + b"<body>")
    letter = read_page(body, "https://www.bashan.gov.cn/a/1.html").letter
    assert letter.date_published == PUBLISHED
