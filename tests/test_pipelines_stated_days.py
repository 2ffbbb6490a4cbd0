"""The day of publication as markup states it for programs, and whose days do not count."""

from __future__ import annotations

import json
from datetime import date

import pytest

from pipelines.read import read_page
from storage.records import ReplyLetter

TITLE = "关于市九届人大四次会议第101号建议的答复"
LINES = (
    "马某某代表：",
    "您提出的《关于增加便民驿站的建议》（第101号）收悉，现答复如下：",
    "我局现有站点31处，覆盖11个街道。",
    "巴山市城市管理局",
    "2024年5月13日",
)
PUBLISHED = date(2024, 5, 20)
OTHER = "<a href='/b/2.html'>关于市九届人大四次会议第98号建议的答复</a>"


def read(
    head: str = "", above: str = "", behind: str = "", lines: tuple[str, ...] = LINES
) -> ReplyLetter:
    letter = "".join(f"<p>{line}</p>" for line in lines)
    page = (
        f"<html><head><title>{TITLE}</title>{head}</head><body><div class='h'>首页 政务公开</div>"
        f"<div class='box'><h1>{TITLE}</h1>{above}<div class='nr'>{letter}</div>{behind}</div>"
        "</body></html>"
    )
    return read_page(page.encode(), "https://www.bashan.gov.cn/a/1.html").letter


def linked(data: object) -> str:
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return f'<script type="application/ld+json">{text}</script>'


ARTICLE = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-05-20T09:00:00+08:00"}


@pytest.mark.parametrize(
    "data",
    [
        ARTICLE,
        [ARTICLE],
        {"@graph": [{"@type": "WebSite", "datePublished": "2010-01-01"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        ARTICLE | {"datePublished": "2024-05-19T17:00:00Z"},
        [ARTICLE, {"@type": "Article", "headline": "另一件", "datePublished": "2023-01-01"}],
        [{"@type": "ItemList", "itemListElement": [{"datePublished": "2020-01-01"}]}, ARTICLE],
        {
            "@id": "https://x",
            "title": TITLE,
            "pubDate": "2024-05-20T08:08:08",
            "upDate": "2024-06-01",
        },
        {"@type": "Article", "dateCreated": "2024-05-20", "dateModified": "2024-06-01"},
        '//<![CDATA[\n{"@type": "Article", "datePublished": "2024-05-20",}\n//]]>',
    ],
)
def test_linked_data_says_when_the_article_was_published(data: object) -> None:
    assert read(linked(data)).date_published == PUBLISHED


@pytest.mark.parametrize(
    "data",
    [
        {"@type": "Article", "headline": TITLE, "dateModified": "2024-05-20"},
        {"@type": "WebSite", "datePublished": "2010-05-20"},
        {"@type": "VideoObject", "name": "宣传片", "uploadDate": "2024-05-20"},
        [ARTICLE | {"headline": "甲"}, ARTICLE | {"headline": "乙", "datePublished": "2023-01-02"}],
        "[" * 100_000,
        '{"@type": "Article", "datePublished": "2024-05',
        {"@type": ["Article", 3, None], "headline": ["x"], "datePublished": 20240520},
    ],
)
def test_linked_data_of_other_things_says_nothing(data: object) -> None:
    assert read(linked(data)).date_published is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:release_date" content="2024-05-20">',
        '<meta name="DC.Date" content="2024-05-20"><meta name="DC.modified" content="2024-07-20">',
        '<meta property="article:published_time" content="2024-05-19T16:30:00+00:00">',
        '<meta name="publishdate" content="20240520">',
        '<meta name="date" content="Mon, 20 May 2024 08:00:00 GMT">',
        '<meta name="PubDate" content="{{day}}"><meta name="publish_time" content="2024-05-20">',
        '<meta itemprop="datePublished" content="2024-05-20T08:00:00+08:00">',
    ],
)
def test_metas_by_their_many_names(head: str) -> None:
    letter = read(head)
    assert letter.date_published == PUBLISHED
    assert letter.warnings == ()


@pytest.mark.parametrize(
    "above",
    [
        '<p><time datetime="2024-05-20">2024年5月20日</time></p>',
        '<p>发布于 <time datetime="2024-05-20 09:00">3天前</time></p>',
        '<p><a href="/1.html"><time class="published" datetime="2024-05-20">5月20日</time></a></p>',
        '<p><span itemprop="datePublished" content="2024-05-20">3天前</span></p>',
        '<p><abbr class="dt-published" title="x">2024-05-20</abbr></p>',
        '<ul><li><time datetime="2024-05-20">上周</time></li><li>来源：市城管局</li></ul>',
    ],
)
def test_marks_above_the_letter(above: str) -> None:
    letter = read(above=above)
    assert letter.date_published == PUBLISHED
    assert letter.body.split("\n") == list(LINES)


def test_mark_of_publication_below_the_letter() -> None:
    mark = '发布于 <time class="published" datetime="2024-05-20">3月前</time>'
    assert read(behind=f"<footer>{mark}</footer>").date_published == PUBLISHED


@pytest.mark.parametrize(
    "behind",
    [
        '<aside><time datetime="2023-01-02">2023-01-02</time></aside>',
        '<div class="related"><div><time datetime="2023-01-02">2023-01-02</time></div></div>',
        f'<div><div>{OTHER}<p><time datetime="2023-01-02">2023-01-02</time></p></div></div>',
        f"<div><div><p><b>02</b><i>2023-01</i></p>{OTHER}</div></div>",
        '<div class="comments"><time datetime="2023-01-02">2023-01-02</time><p>好</p></div>',
        '<p>最后更新：<time datetime="2024-06-20">2024-06-20</time></p>',
        '<p><time class="updated" datetime="2024-06-20">2024-06-20</time></p>',
    ],
)
def test_days_of_others_and_of_changes_do_not_count(behind: str) -> None:
    assert read(behind=behind).date_published is None


def test_days_in_the_letters_own_text_are_none_of_publication() -> None:
    told = '<time datetime="2024-01-02">2024年1月2日</time>方案已公示，覆盖11个街道。'
    signed = '<time datetime="2024-05-13">2024年5月13日</time>'
    letter = read(lines=(*LINES[:2], told, LINES[3], signed))
    assert (letter.date_published, letter.date_signed) == (None, date(2024, 5, 13))


def test_marks_that_disagree_say_nothing() -> None:
    marks = "".join(f'<p><time datetime="2024-05-{day}">第{day}日</time></p>' for day in (20, 21))
    assert read(above=marks).date_published is None
