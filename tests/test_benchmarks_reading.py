"""The measuring of the reading benchmark: scores, counters, gates; no peer is needed here."""

from __future__ import annotations

from functools import cache
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from benchmarks import reading
from benchmarks.known_sites import known_pages
from benchmarks.pages import BenchPage
from benchmarks.readers import NOTHING, OURS, PARSING, Given, Reader, fuhan_reader
from benchmarks.real_pages import real_pages
from benchmarks.results import PageResult, SetResult, judge, measure
from benchmarks.scores import (
    Gold,
    Score,
    fold,
    furniture_of,
    keeps_line,
    keeps_table,
    leaked,
    score_text,
)
from benchmarks.speed import pages_per_second
from benchmarks.stress import FORMS, stress_pages
from benchmarks.tables import misses, set_table
from benchmarks.targets import missed_in_set, missed_in_speed

# --- characters ---


def test_an_equal_text_scores_one_whatever_its_white_space_and_width() -> None:
    assert score_text("此复。\n 第１２号", Gold("此复。第12号")) == Score(1.0, 1.0)


def test_lost_and_added_characters_cost_recall_and_precision() -> None:
    assert score_text("一二三", Gold("一二三四")) == Score(1.0, 0.75)
    assert score_text("一二三四", Gold("一二")) == Score(0.5, 1.0)
    assert score_text("一二三四", Gold("一二")).f1 == pytest.approx(2 / 3)


def test_text_out_of_order_is_no_match() -> None:
    assert score_text("乙甲", Gold("甲乙")) == Score(0.5, 0.5)


def test_nothing_is_right_only_where_nothing_is_wanted() -> None:
    assert score_text("", Gold("")).f1 == 1.0
    assert score_text("", Gold("甲")).f1 == 0.0
    assert score_text("甲", Gold("")).f1 == 0.0


@given(st.text("甲乙丙丁", max_size=12), st.text("甲乙丙丁", min_size=1, max_size=12))
def test_the_common_subsequence_is_the_longest(ours: str, wanted: str) -> None:
    @cache
    def longest(i: int, j: int) -> int:
        if not i or not j:
            return 0
        if ours[i - 1] == wanted[j - 1]:
            return longest(i - 1, j - 1) + 1
        return max(longest(i - 1, j), longest(i, j - 1))

    score = score_text(ours, Gold(wanted))
    assert score.recall == pytest.approx(longest(len(ours), len(wanted)) / len(wanted))


def test_a_title_or_a_telephone_number_more_or_less_costs_nobody() -> None:
    gold = Gold(
        "你的建议收悉。", before=("关于某建议的复函", "某函〔2024〕1号"), after=("电话：1",)
    )
    whole = "关于某建议的复函 某函〔2024〕1号 你的建议收悉。 电话：1"
    for text in (whole, "某函〔2024〕1号你的建议收悉。", "你的建议收悉。电话：1", "你的建议收悉。"):
        assert score_text(text, gold).f1 == 1.0
    assert score_text("关于某建议的复函你的建议收悉。", gold).f1 < 1.0


# --- parts and furniture ---


def test_a_table_is_kept_when_every_cell_stands_in_order() -> None:
    rows = (("事项", "进展"), ("停车位", "312个"))
    assert keeps_table("事项 | 进展 |\n停车位 | 312 个", rows)
    assert not keeps_table("事项\t进展\n停车位", rows)
    assert not keeps_table("停车位\t312个\n事项\t进展", rows)


def test_a_line_is_kept_whatever_its_blanks() -> None:
    assert keeps_line("…\n2024 年 5 月 6 日", "2024年5月6日")
    assert not keeps_line("2024年5月", "2024年5月6日")


PAGE = """<html><head><title>标题_某局</title><style>a{}</style></head><body>
<div>当前位置：首页</div><!-- 注释 --><h1>标题</h1><p>你的<b>建议</b>收悉。</p>
<script>var x = "脚本";</script><div>主办单位：某局&nbsp;办公室</div></body></html>"""


def test_furniture_is_every_piece_of_the_page_but_the_article() -> None:
    gold = Gold("你的建议收悉。", before=("标题",))
    pieces = (fold("当前位置：首页"), fold("主办单位：某局办公室"))
    assert furniture_of(PAGE, gold) == pieces
    assert leaked("你的建议收悉。主办单位：某局 办公室", pieces) == pieces[1:]
    assert leaked("你的建议收悉。", pieces) == ()


def page(**changed: object) -> BenchPage:
    given: dict[str, object] = {
        "name": "p", "form": "f", "body": PAGE.encode(), "encoding": "utf-8",
        "url": "https://a.example/x/t1.html", "gold": Gold("你的建议收悉。", ("标题",)),
    } | changed  # fmt: skip
    return BenchPage(**given)  # type: ignore[arg-type]


def test_links_are_kept_as_absolute_addresses() -> None:
    linked = page(links=("https://a.example/x/1.pdf",))
    assert judge(linked, Given("", ("./1.pdf",))).kept == {"links": True}
    assert judge(linked, Given("1.pdf")).kept == {"links": False}


def test_only_parts_a_page_has_are_counted() -> None:
    result = judge(page(salutation="王某：", date="2024年5月6日"), Given("王某: 收悉"))
    assert result.kept == {"salutation": True, "date": False}
    ours = SetResult("r", (result, judge(page(), NOTHING)))
    assert ours.kept("salutation") == (1, 1)
    assert ours.kept("date") == (0, 1)
    assert ours.kept("tables") == (0, 0)


def test_a_page_without_text_must_be_refused() -> None:
    shell = page(gold=Gold(""), readable=False)
    assert judge(shell, NOTHING).kept == {"refused": True}
    assert judge(shell, Given("请启用脚本")).kept == {"refused": False}


def fail(page: BenchPage) -> object:
    raise RecursionError


def test_a_reader_that_raises_scores_nothing_and_is_told() -> None:
    result = measure(Reader("r", fail, lambda given: NOTHING), [page()])
    assert (result.f1, result.errors) == (0.0, 1)
    assert misses(result) == ["p: F1 0.0000, RecursionError"]


# --- speed ---


def test_speed_is_pages_over_the_best_round() -> None:
    # the reader's rounds last 4, 2 and 8 seconds by this clock
    times = iter([0.0, 4.0, 4.0, 6.0, 6.0, 14.0])
    reader = Reader("r", lambda page: None, lambda given: NOTHING)
    assert pages_per_second([reader], [page()] * 6, 3, lambda: next(times)) == {"r": 3.0}


def test_readers_take_turns_at_being_the_first() -> None:
    order: list[str] = []
    readers = [
        Reader(name, lambda page, name=name: order.append(name), lambda given: NOTHING)  # type: ignore[misc]
        for name in "ab"
    ]
    ticks = count(0.0, 1.0)
    pages_per_second(readers, [page()], 2, lambda: next(ticks))
    assert order == ["a", "b", "a", "b", "b", "a"]


# --- gates ---


def a_set(f1: float, **kept: bool) -> SetResult:
    return SetResult("fuhan", (PageResult("p", "f", Score(f1, f1), kept, ()),))


def test_every_missed_target_of_a_set_has_its_line() -> None:
    assert not list(missed_in_set("real pages", a_set(0.99, date=True), [a_set(0.9)]))
    lines = list(missed_in_set("real pages", a_set(0.98, date=False), [a_set(0.99)]))
    assert [line.split(" ")[2] for line in lines] == ["F1", "date", "fuhan"]
    leaking = SetResult("fuhan", (PageResult("p", "f", Score(1, 1), {}, ("首页",), "ValueError"),))
    assert len(list(missed_in_set("stress", leaking, []))) == 2


def test_generated_pages_must_be_read_to_the_character() -> None:
    assert list(missed_in_set("stress", a_set(0.999), []))
    assert not list(missed_in_set("stress", a_set(1.0), []))


def test_speed_is_asked_for_in_proportion_to_the_machine() -> None:
    def missed(ours: float, parsing: float, peer: float = 1.0) -> list[str]:
        speeds = {OURS: ours, "resiliparse 2": 9e9, "peer": peer, PARSING: parsing}
        return list(missed_in_speed(speeds, 42.7 * 1024))

    assert not missed(ours=401, parsing=1084)
    assert missed(ours=399, parsing=1084)
    assert not missed(ours=201, parsing=542)
    assert missed(ours=401, parsing=1084, peer=402)


# --- the sets ---


@pytest.mark.parametrize("wanted", [page_ for page_ in stress_pages(3, 1) if page_.readable])
def test_a_stress_page_prints_its_gold(wanted: BenchPage) -> None:
    # libxml2 cuts trees at depth 256 unless told otherwise
    root = html.document_fromstring(wanted.text, parser=html.HTMLParser(huge_tree=True))
    printed = fold("".join(map(str, root.itertext())))
    for line in wanted.gold.body.replace("\t", "\n").split("\n"):
        assert fold(line) in printed
    assert wanted.furniture


def test_a_seed_deals_the_same_pages_and_another_seed_others() -> None:
    def bodies(seed: int) -> list[bytes]:
        return [each.body for each in stress_pages(seed, 1)]

    assert bodies(1) == bodies(1)
    assert not set(bodies(1)) & set(bodies(2))
    assert len(bodies(1)) == len(FORMS) + 1


def test_rare_characters_need_the_four_bytes_of_gb18030() -> None:
    rare = [x for x in stress_pages(1, 1) if x.form == "GB18030 declared gb2312"]
    for wanted in rare:
        with pytest.raises(UnicodeEncodeError):
            wanted.gold.body.encode("gb2312")


def test_known_sites_are_read_to_the_character() -> None:
    result = measure(fuhan_reader(), known_pages(1, per_site=2))
    assert misses(result) == []
    assert result.f1 == 1.0


MANIFEST = """file\tsite\tkind\tcharset
a.html\twww.a.example\tarticle\tutf-8
b.html\twww.b.example\tlist\tutf-8
"""
GOLD = (
    "某办公室关于节水的复函 某函〔2005〕1号   马某代表： 收悉。 "
    "某办公室   2005年3月3日  （此件公开发布）"
)


def test_real_pages_come_with_the_parts_their_gold_shows(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "manifest.tsv").write_text(MANIFEST, encoding="utf-8")
    (tmp_path / "gold" / "a.txt").write_text(GOLD, encoding="utf-8")
    for name in "ab":
        (tmp_path / f"{name}.html").write_text(PAGE, encoding="utf-8")
    (article,) = real_pages(tmp_path)
    assert article.gold.before == ("某办公室关于节水的复函", "某函〔2005〕1号")
    assert article.gold.after == ("（此件公开发布）",)
    assert (article.salutation, article.signature) == ("马某代表：", "某办公室")
    assert article.date == "2005年3月3日"


def test_without_real_pages_the_set_is_empty(tmp_path: Path) -> None:
    assert real_pages(tmp_path) == []


# --- the command ---


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, gold: Gold) -> tuple[int, str]:
    monkeypatch.setattr(reading, "known_pages", lambda seed: [page(gold=gold)])
    monkeypatch.setattr(reading, "stress_pages", lambda seed, per_form: [])
    monkeypatch.setattr(reading, "missed_in_speed", lambda speeds, size: [])
    perfect = Reader(OURS, lambda page: None, lambda given: Given("你的建议收悉。"))
    monkeypatch.setattr(reading, "fuhan_reader", lambda: perfect)
    words = ["--alone", "--rounds", "1", "--pages", str(folder)]
    result = CliRunner().invoke(reading.main, words)
    return result.exit_code, result.output


def test_the_command_fails_with_a_line_for_a_missed_target(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code, told = run(monkeypatch, tmp_path, Gold("你的建议收悉。"))
    assert (code, told.splitlines()[-1]) == (0, "All targets are met.")
    code, told = run(monkeypatch, tmp_path, Gold("你的建议收悉，现答复如下。"))
    assert code == 1
    assert "- known sites: F1" in told


def test_a_table_shows_only_parts_that_occur() -> None:
    head = set_table([a_set(1.0, date=True)]).splitlines()[0]
    assert "date" in head
    assert "links" not in head
