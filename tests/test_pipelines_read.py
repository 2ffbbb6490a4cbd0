"""Reading from bytes or text, the account of blocks, the reader's name, and the real seeds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.read import explain_page, read_page, read_text
from pipelines.reader import reader_id
from storage.records import Portal, Select

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
URL = "https://x.example/202401/t20240101_1.html"
PAGE = """<html><head><meta charset="utf-8">
<title>关于市政协一届一次会议第1号提案的复函</title></head>
<body><h1>关于市政协一届一次会议第1号提案的复函</h1><div class="trs_editor_view">
<p>王某某委员：</p><p>您提出的《关于甲的建议》（第1号）收悉，现答复如下：</p><p>道路已经修复。</p>
<p>某某市交通局</p><p>2023年4月16日</p><p>联系人：某某，电话：0000000</p></div></body></html>"""
PORTAL = Portal("x", "某某市交通局", "trs")


def seeds() -> list[Any]:
    gold = SEEDS / "gold.json"
    return sorted(json.loads(gold.read_text()).items()) if gold.exists() else [("absent", {})]


@pytest.mark.parametrize(("name", "expect"), seeds())
def test_seed_reads_as_its_gold_says(name: str, expect: dict[str, Any]) -> None:
    if name == "absent":
        pytest.skip(f"real seed letters are not here: {SEEDS} is absent")
    letter = read_text((SEEDS / name).read_text(), URL).letter
    body, warnings = letter.body, letter.warnings
    assert letter.is_letter and letter.refusal is None
    assert body.startswith(expect.pop("body_starts"))
    assert body.endswith(expect.pop("body_ends"))
    assert [piece for piece in expect.pop("not_in_body", []) if piece in body] == []
    for named in expect.pop("warnings_include", []):
        assert any(named in warning for warning in warnings)
    assert bool(letter.contacts) == expect.pop("contacts_nonempty", False)
    got = {field: getattr(letter, field) for field in expect}
    assert json.loads(json.dumps(got, default=str)) == expect


def test_page_gives_letter_and_account() -> None:
    page = (PAGE.encode(), URL, PORTAL, "text/html; charset=utf-8")
    reading = explain_page(*page)
    letter = reading.letter
    assert letter.refusal is None
    assert letter.title == "关于市政协一届一次会议第1号提案的复函"
    assert letter.body.startswith("王某某委员：") and letter.body.endswith("2023年4月16日")
    rules = {block.text: block.rule for block in reading.blocks if block.kept}
    assert rules["联系人：某某，电话：0000000"] == "contacts"
    assert rules["道路已经修复。"] == "body"
    assert read_page(*page) == replace(reading, blocks=())  # which costs the account nothing


def test_page_and_its_text_give_the_same_fields() -> None:
    text = "\n".join(
        (
            "关于市政协一届一次会议第1号提案的复函",
            "王某某委员：",
            "您提出的《关于甲的建议》（第1号）收悉，现答复如下：",
            "道路已经修复。",
            "某某市交通局",
            "2023年4月16日",
            "联系人：某某，电话：0000000",
        )
    )
    assert read_text(text, URL).letter == read_page(PAGE.encode(), URL, PORTAL).letter


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["text/html", None, "text/html; charset=gbk"]))
def test_no_bytes_raise(body: bytes, content_type: str | None) -> None:
    reading = read_page(body + PAGE.encode()[len(body) :], URL, None, content_type)
    assert reading == read_page(body + PAGE.encode()[len(body) :], URL, None, content_type)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_no_text_raises(text: str) -> None:
    letter = read_text(text, URL).letter
    assert letter.is_letter or letter.refusal


def test_reader_changes_with_what_affects_reading_only() -> None:
    known = reader_id(PORTAL)
    assert reader_id(replace(PORTAL, delay=9.0, name="y", min_letters=3)) == known
    for other in (
        replace(PORTAL, platform="vsb"),
        replace(PORTAL, select=Select(body="div.a")),
        replace(PORTAL, labels={"文 号": "document_number"}),
        None,
    ):
        assert reader_id(other) != known
    assert reader_id(replace(PORTAL, select=Select(list_item="li"))) == known


INLINE_LABELS = (
    "<html><body><div><span>发文机关：省旅文厅</span><span>成文日期：2024年05月06日</span>"
    "<span>发布日期：2024年06月12日</span></div><h1>关于市政协六届三次会议第11号提案的复函</h1>"
    "<div class='con'><p>李梅委员：</p><p>您提出的《关于推进养老工作的建议》（第11号提案）收悉，"
    "现答复如下：</p><p>全市已建成日间照料中心12家，下一步继续推进，感谢您的关心和支持。</p>"
    "<p>某市民政局</p><p>2024年5月6日</p></div></body></html>"
)


def test_labels_set_side_by_side_without_a_blank_are_told_apart() -> None:
    letter = read_page(INLINE_LABELS.encode(), "http://a.example/1.html").letter
    assert letter.issuing_agency == "省旅文厅"
    assert (letter.date_written, letter.date_published) == (date(2024, 5, 6), date(2024, 6, 12))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "关于第0328号提案的回复\n市教委：\n你单位转来张三委员提出的《关于推进养老工作的建议》收悉，"
            "现将我局协办内容回复如下：\n支持。\n某市民政局\n2024年1月2日",
            "co-handler's opinion",
        ),
        (
            "网友留言回复\n李先生：您好！您反映的关于人大代表建议的问题收悉，现答复如下：已处理。\n"
            "某市民政局\n2024年1月2日",
            "citizen mailbox reply",
        ),
    ],
)
def test_what_only_looks_like_a_letter_is_named(text: str, reason: str) -> None:
    assert read_text(text, "").letter.refusal == f"not a letter: {reason}"
