"""Titles: which of a page's headings, tabs, names and metas is the document's."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.read import read_page
from storage.records import ReplyLetter

TITLE = "关于市九届人大四次会议第101号建议的答复"
REVIEW = "县十七届人大常委会关于办理代表建议情况报告的审议意见"
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


def read(body: str, title: str = "信息详情", head: str = "") -> ReplyLetter:
    page = f"<html><head><title>{title}</title>{head}</head><body><p>首页</p>{body}</body></html>"
    return read_page(page.encode(), "https://www.bashan.gov.cn/a/1.html").letter


def table(*rows: tuple[str, str]) -> str:
    cells = (f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in rows)
    return f"<table>{''.join(cells)}</table>"


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>建议提案办理</h1><div><h2>{TITLE}</h2><p>2024-05-20</p><div>{LETTER}</div></div>",
        f"<h1>巴山市人民政府门户网站</h1><div><h3>{TITLE}</h3><div id='c'>{LETTER}</div></div>",
        f"<div><div class='tt'>{TITLE}</div><p>2024-05-20</p><div class='c'>{LETTER}</div></div>",
        f"<table><tr><td><b>{TITLE}</b></td></tr><tr><td>{LETTER}</td></tr></table>",
        f"<table><caption>{TITLE}</caption><tr><td>2024-5-2</td></tr><tr><td>{LETTER}</td></tr></table>",
        f"<fieldset><legend>{TITLE}</legend><div class='c'>{LETTER}</div></fieldset>",
        f"<details open><summary>{TITLE}</summary><div class='c'>{LETTER}</div></details>",
    ],
)
def test_letters_heading_goes_before_the_sites_and_the_columns(body: str) -> None:
    assert read(body).title == TITLE


@pytest.mark.parametrize(
    "behind",
    ["2024-05-20 浏览：12", "发布时间：2024-05-20　来源：市城管局", "来源：市城管局 2024-05-20"],
)
def test_info_set_in_the_heading_is_no_part_of_it(behind: str) -> None:
    letter = read(f"<div><h1>{TITLE}<span>{behind}</span></h1><div class='c'>{LETTER}</div></div>")
    assert (letter.title, letter.date_published) == (TITLE, date(2024, 5, 20))


@pytest.mark.parametrize("name", ['property="og:title"', 'name="DC.Title"', 'name="title"'])
def test_title_in_the_head_alone(name: str) -> None:
    head = f'<meta {name} content="{TITLE}_巴山市人民政府">'
    assert read(f"<div class='c'>{LETTER}</div>", "巴山市人民政府", head).title == TITLE


def test_title_ends_before_the_rows_and_names_of_parts_below_it() -> None:
    rows = table(("文号", "巴人办〔2023〕31号"), ("发布", "2023-11-08"))
    text = (
        "<p>县人民政府：</p><p>会议听取了报告。会议认为，办理工作取得成效，应进一步压实责任，"
        "提高答复质量，并在三个月内将落实情况书面报告。</p><p>巴山县人大常委会</p>"
    )
    letter = read(
        f"<div><h2>{REVIEW}</h2>{rows}<h3>答复内容</h3><div>{text}</div></div>", "代表建议详情"
    )
    assert (letter.title, letter.date_published) == (REVIEW, date(2023, 11, 8))


def test_marked_heading_in_the_article_goes_before_the_pages_name() -> None:
    heading = "关于增加便民驿站的建议"
    form = table(("建议编号", "县17-2-045"), ("公布", "2024-05-20"))
    letter = read(
        f"<div class='n'><h2>{heading}</h2>{form}<h3>答复内容</h3>{LETTER}</div>", "代表建议详情"
    )
    assert (letter.title, letter.date_published) == (heading, date(2024, 5, 20))


@pytest.mark.parametrize("name", ["答复", "复函"])
def test_headline_of_two_characters_is_a_title_where_the_page_prints_no_other(name: str) -> None:
    meta = f'<meta name="ArticleTitle" content="{name}">'
    assert (
        read(f"<div class=TRS_Editor>{LETTER}</div>", f"{name} - 巴山市政府网", meta).title == name
    )
    titled = f"<h1>{TITLE}</h1><div class=TRS_Editor>{LETTER}</div>"
    assert read(titled, f"{name} - 巴山市政府网", meta).title == TITLE
