"""Lists that a page's script asks for, and frames: what is asked, and what is left alone."""

from __future__ import annotations

import time

import pytest

from crawler.lists.frames import framed_pages
from crawler.lists.script_lists import script_items
from crawler.paging.posts import is_posted, marked_like, posted
from tests.test_crawler_lists import COLUMN, further, list_page

API = "https://msj.qinglan.gov.cn/api/list"


def asked(script: str) -> tuple[str, ...]:
    return framed_pages(list_page(f"<html><body><script>{script}</script></body></html>"))


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("axios.get('/api/list?channel=8&pageNo=3&size=10')", "?channel=8&pageNo=1&size=10"),
        ("fetch('/api/list?page=1')", "?page=1"),
        ("$.getJSON('/api/list', {cid: 8, page: p}, show)", "?cid=8&page=1"),
        (
            "var c='x9', rows=15; $.get('/api/list',{cid:c,page:1,rows:rows},show)",
            "?cid=x9&page=1&rows=15",
        ),
        (
            "$.ajax({url:'/api/list',type:'get',data:{cid:8,pageSize:15,pageNo:1},success:f})",
            "?cid=8&pageSize=15&pageNo=1",
        ),
        ("axios({method:'get',url:'/api/list',params:{id:8,page:1}})", "?id=8&page=1"),
        ("$.post('/api/list',{cid:8,page:1},show)", "?cid=8&page=1#post"),
        ("$.ajax({type:'POST',url:'/api/list',data:{cid:8,page:1}})", "?cid=8&page=1#post"),
    ],
)
def test_list_a_script_asks_for_is_asked_from_its_first_page(script: str, expected: str) -> None:
    assert asked(script) == (API + expected,)


@pytest.mark.parametrize(
    "script",
    [
        "$.get('/api/visits?site=7', show)",
        "$.get('/api/weather', {city: 'qinglan'}, show)",
        "axios.get('https://data.example.org/api/list?page=1')",
        "axios.get(url + '?page=1')",
        "axios.get(`/api/${channel}/list?page=1`)",
        "function fetch(url) { return url }",
    ],
)
def test_what_asks_for_no_page_or_cannot_be_told_is_left_alone(script: str) -> None:
    assert asked(script) == ()


def test_values_of_one_call_are_not_taken_for_anothers() -> None:
    script = "$.get('/api/visits', f); axios.get('/api/list', {params: {page: 1}})"
    assert asked(script) == (API + "?page=1",)


def test_frames_on_the_sites_own_hosts_are_lists_unless_hidden() -> None:
    frames = (
        '<iframe src="list/index.html" width="100%"></iframe>'
        '<iframe src="count.jsp" width="0" height="0"></iframe>'
        '<iframe src="map.jsp" style="display: none"></iframe>'
        '<iframe src="https://example.org/list/"></iframe>'
    )
    assert further(frames) == (COLUMN + "list/index.html",)
    letter = '<ul><li><a href="202406/t20240603_31.html">关于第31号提案的复函</a></li></ul>'
    assert further(letter + frames) == ()


def test_mark_of_a_post_is_kept_where_the_same_address_answered() -> None:
    url = posted(API + "?page=2")
    assert is_posted(url) and not is_posted(API)
    assert marked_like(API + "?page=2", url) == url
    assert marked_like(API + "/login", url) == API + "/login"


@pytest.mark.parametrize("hostile", ["$.get('" * 50_000, '=[{"' * 50_000, "laypage({" * 50_000])
def test_f39_hostile_scripts_cost_little_and_raise_nothing(hostile: str) -> None:
    begun = time.process_time()
    assert asked(hostile) == () and script_items(hostile) == ()
    assert further(f"<script>{hostile}</script>") == ()
    assert time.process_time() - begun < 5
