"""What a site's pages teach of where its articles stand, and what reading makes of it."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from pipelines.fold import fold_key
from pipelines.page.article.learning import MOST_PAGES, learn_profile
from pipelines.page.page import read_parts
from pipelines.parts import PageParts
from pipelines.read import read_page
from pipelines.reader import reader_id
from storage.records import PlatformName, Portal, Select, SiteProfile
from tests.profile_site import (
    TEMPLATES,
    Template,
    footer_of_same_class,
    frame,
    in_pieces,
    letter,
    old_tables,
    paragraphs,
    plain,
    redesigned,
)

URL = "https://letters.example/a/1.html"
REAL = Path(__file__).parent.parent.parent / "shared" / "pages"
SHORT = ["路灯已修复，特此答复。"]
SHORTEST = ["已办结。"]


def portal(platform: PlatformName = "generic", **options: object) -> Portal:
    return Portal(name="x", agency="青岚市民生事务局", platform=platform, **options)  # type: ignore[arg-type]


def learn(*pages: str, known: SiteProfile | None = None) -> SiteProfile | None:
    return learn_profile([(page.encode(), URL, None) for page in pages], known)


def site(template: Template, count: int) -> list[str]:
    return [template(number, letter(number, 3 + number % 4)) for number in range(1, count + 1)]


def learnt(template: Template, count: int = 6) -> SiteProfile:
    profile = learn(*site(template, count))
    assert profile is not None
    return profile


def read(page: str, profile: SiteProfile | None, **options: object) -> PageParts:
    return read_parts(page.encode(), URL, portal(**options), None, profile)  # type: ignore[arg-type]


# --- learning --------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 3, 7, MOST_PAGES])
@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_letters_long_and_short_come_out_of_every_shape_of_site(
    template: Template, count: int
) -> None:
    profile = learnt(template, count)
    assert (len(profile.containers), profile.pages) == (1, count)
    for number, lines in itertools.product((30, 41), (letter(30, 5), letter(41, 15))):
        parts = read(template(number, lines), profile)
        assert (list(parts.lines), parts.method) == (lines, "profile")
    for lines in (SHORT, SHORTEST):
        assert list(read(template(52, lines), profile).lines) == lines


def test_one_page_teaches_nothing() -> None:
    assert learn() is None
    assert learn(plain(1, letter(1))) is None
    assert learn(plain(1, letter(1)), "", "<html></html>") is None


def test_copies_of_one_letter_are_one_page() -> None:
    lines = letter(1)
    assert learn(plain(1, lines), plain(1, lines), redesigned(1, lines)) is None


def test_mobile_twins_are_no_recurring_text() -> None:
    pages = [page(n, letter(n)) for n in range(1, 9) for page in (plain, redesigned)]
    profile = learn(*pages)
    assert profile is not None
    assert set(profile.containers) <= {"div.main > div.nr", "section#page > article.words"}
    assert profile.containers


def test_every_template_of_a_site_is_learnt_the_most_frequent_first() -> None:
    pages = [plain(n, letter(n)) for n in range(1, 9)]
    pages += [redesigned(n, letter(n)) for n in range(9, 14)]
    pages += [old_tables(n, letter(n)) for n in range(14, 17)]
    profile = learn(*pages)
    assert profile is not None
    assert profile.containers == (
        "div.main > div.nr",
        "section#page > article.words",
        "tr > td[700]",
    )
    for template in (plain, redesigned, old_tables):
        assert list(read(template(40, SHORT), profile).lines) == SHORT


def test_containers_of_templates_that_are_not_in_the_sample_are_kept() -> None:
    old = learnt(plain)
    both = learn(*site(redesigned, 5), known=old)
    assert both is not None
    assert both.containers == ("section#page > article.words", "div.main > div.nr")
    again = learn(*site(plain, 5), known=SiteProfile(("div.main > div.tools",), 2))
    assert again is not None
    assert again.containers == ("div.main > div.nr",)


def test_one_page_of_each_template_teaches_no_container() -> None:
    profile = learn(plain(1, letter(1)), redesigned(2, letter(2)))
    assert profile == SiteProfile((), 2)


def test_pages_without_text_of_their_own_teach_no_container() -> None:
    empty = frame(1, "<div class=nr></div>")
    profile = learn(*[empty] * 5)
    assert profile is None or profile.containers == ()


def test_letters_that_say_nearly_the_same_still_show_their_container() -> None:
    polite = ["感谢您对我局工作的关心和支持，欢迎继续监督。"] * 3
    pages = [plain(n, [*letter(n, 2)[:3], *polite, *letter(n)[-2:]]) for n in range(1, 8)]
    profile = learn(*pages)
    assert profile is not None
    assert profile.containers == ("div.main > div.nr",)


def test_order_of_the_pages_does_not_matter() -> None:
    pages = site(plain, 6) + [redesigned(n, letter(n)) for n in (20, 21, 22)]
    forward, backward = learn(*pages), learn(*reversed(pages))
    assert forward is not None and backward is not None
    assert (forward.containers, forward.digest) == (backward.containers, backward.digest)


def test_digest_is_of_the_containers_alone() -> None:
    one, more = SiteProfile(("div > p#x",), 2), SiteProfile(("div > p#x",), 20)
    assert one.digest == more.digest != SiteProfile(("div > p#y",), 2).digest
    own = portal()
    assert reader_id(own, one) == reader_id(own, more) != reader_id(own)
    assert reader_id(own, SiteProfile((), 2)) == reader_id(own)


# --- reading ---------------------------------------------------------------------------------


def test_short_letter_is_not_mistaken_for_the_prose_around_it() -> None:
    prose = "<div class=about><p>青岚市位于东部沿海，是历史文化名城，欢迎各位来访、指导。</p></div>"

    def template(number: int, lines: list[str]) -> str:
        return plain(number, lines).replace('<div class="foot">', f'{prose * 3}<div class="foot">')

    profile = learn(*[template(n, letter(n)) for n in range(1, 5)])
    assert list(read(template(9, SHORTEST), None).lines) != SHORTEST
    parts = read(template(9, SHORTEST), profile)
    assert (list(parts.lines), parts.method) == (SHORTEST, "profile")


def test_letter_whose_text_is_in_a_file_is_no_other_text() -> None:
    profile = learnt(plain)
    page = plain(9, SHORT).replace(paragraphs(SHORT), '<p><a href="/f/9.pdf">提案答复.pdf</a></p>')
    page = page.replace(
        "</body>", "<p>欢迎您对本局各项工作提出意见和建议，我们将认真办理。</p></body>"
    )
    parts = read(page, profile)
    assert parts.lines == ()
    assert [file.url for file in parts.attachments] == ["https://letters.example/f/9.pdf"]


def test_known_container_without_text_is_unreadable_not_the_sentence_beside_it() -> None:
    page = plain(9, []).replace("</body>", "<p>欢迎您对本局工作提出宝贵意见，谢谢。</p></body>")
    assert read(page, None).lines
    parts = read(page, learnt(plain))
    assert (parts.lines, parts.refusal) == ((), "unreadable: no article text found")


def test_page_of_another_template_falls_to_the_general_rules() -> None:
    lines = letter(9)
    parts = read(redesigned(9, lines), learnt(plain))
    assert (list(parts.lines), parts.method) == (lines, "general")
    emptied = redesigned(9, lines).replace(
        "</section>", '</section><div class="main"><div class="nr"></div></div>'
    )
    assert list(read(emptied, learnt(plain)).lines) == lines
    foot = "<p>主办单位：青岚市民生事务局</p><p>滇ICP备00000000号</p>"
    filled = emptied.replace('<div class="nr">', f'<div class="nr">{foot}')
    assert list(read(filled, learnt(plain)).lines) == lines


def test_furniture_in_a_known_container_goes_by_its_rules() -> None:
    inside = "<p>索引号：QL-2024-7</p><p>分享到：微信 微博</p>"
    lines = letter(9)
    page = plain(9, lines).replace('<div class="nr">', f'<div class="nr">{inside}')
    parts = read(page, learnt(plain))
    assert list(parts.lines) == lines
    assert parts.metadata["index_number"] == ("QL-2024-7",)


def test_recurring_sign_offs_stay() -> None:
    sign_off = "感谢您对我局工作的关心和支持！"
    parts = read(plain(9, letter(9)), learnt(plain, MOST_PAGES))
    assert sign_off in parts.lines
    assert parts.lines[-2] == "青岚市民生事务局"


def test_form_as_letter_is_read_from_its_known_container() -> None:
    rows = "<tr><td>建议编号</td><td>第31号</td></tr><tr><td>办理结果</td><td>A</td></tr>"
    page = plain(9, []).replace('<div class="nr">', f'<div class="nr"><table>{rows}</table>')
    parts = read(page, learnt(plain))
    assert (parts.lines, parts.method) == (("建议编号\t第31号", "办理结果\tA"), "profile")


def test_pieces_side_by_side_are_one_article() -> None:
    profile = learnt(in_pieces)
    assert profile.containers == ("body > div.whole",)


def test_which_of_several_alike_is_meant_is_learnt() -> None:
    def template(number: int, lines: list[str]) -> str:
        prose = "<p>青岚市是历史文化名城，欢迎来访，热线电话随时为您服务，谢谢。</p>" * 4
        boxes = (
            f'<div class="col"><div class="t">{text}</div></div>'
            for text in (paragraphs(lines), prose)
        )
        return frame(number, "".join(boxes))

    profile = learn(*[template(n, letter(n)) for n in range(1, 5)])
    assert profile is not None
    assert profile.containers == ("div.col > div.t (1 of 2)",)
    assert list(read(template(9, SHORT), profile).lines) == SHORT
    alone = frame(9, f'<div class="col"><div class="t">{paragraphs(SHORT)}</div></div>')
    assert list(read(alone, profile).lines) == SHORT


# --- beside platform and select --------------------------------------------------------------


def marked(number: int, lines: list[str]) -> str:
    return frame(number, f'<div class="w"><div class="TRS_Editor">{paragraphs(lines)}</div></div>')


def test_marks_of_the_platform_stay_where_they_fit() -> None:
    profile = learnt(marked)  # type: ignore[arg-type]
    for lines in (letter(9), SHORT, SHORTEST):
        parts = read(marked(9, lines), profile, platform="trs")
        assert (list(parts.lines), parts.method) == (lines, "platform")


def test_profile_decides_where_the_marks_find_nothing_or_too_little() -> None:
    for before in ("", '<div class="TRS_Editor"><p>青岚市民生事务局图片新闻，欢迎阅读。</p></div>'):

        def template(number: int, lines: list[str], before: str = before) -> str:
            return plain(number, lines).replace('<div class="main">', f'{before}<div class="main">')

        profile = learn(*[template(n, letter(n)) for n in range(1, 5)])
        for lines in (letter(9), SHORT):
            parts = read(template(9, lines), profile, platform="trs")
            assert (list(parts.lines), parts.method) == (lines, "profile")


def test_profile_decides_where_the_marks_find_far_less_than_it_knows() -> None:
    summary = "本件就代表所提建议作出答复，内容包括基本情况、已做工作、存在问题、下一步打算，" * 4

    def template(number: int, lines: list[str]) -> str:
        mark = f'<div class="TRS_Editor"><p>{summary}</p></div>'
        return plain(number, lines).replace('<div class="main">', f'{mark}<div class="main">')

    profile = learn(*[template(n, letter(n)) for n in range(1, 5)])
    lines = letter(9, 40)
    parts = read(template(9, lines), profile, platform="trs")
    assert (list(parts.lines), parts.method) == (lines, "profile")


def test_select_overrules_the_profile() -> None:
    page = plain(9, letter(9)).replace("</body>", "<div id=own><p>另一段文字。</p></div></body>")
    parts = read(page, learnt(plain), select=Select(body="#own"))
    assert (parts.lines, parts.method) == (("另一段文字。",), "select")


def test_reading_says_that_the_profile_decided() -> None:
    body = footer_of_same_class(9, letter(9)).encode()
    reading = read_page(body, URL, portal(), None, learnt(footer_of_same_class))
    assert reading.method == "profile"
    assert reading.letter.is_letter
    assert reading.letter.body == "\n".join(letter(9))


# --- hostile and real ------------------------------------------------------------------------


def test_a_site_of_very_many_names_is_learnt_in_bounded_time() -> None:
    def hostile(number: int) -> str:
        text = "".join(
            f'<div class="a{number}x{n}" id="k{n * number}"><p>{number}甲{n}。</p></div>'
            for n in range(9_000)
        )
        return frame(number, f"<div class=nr>{paragraphs(letter(number))}</div>{text}")

    begun = time.process_time()
    learn(*[hostile(n) for n in range(1, MOST_PAGES + 11)])
    assert time.process_time() - begun < 30
    deep = "<div>" * 3000 + "字。" * 50
    learn(*[f"{deep}{n}" for n in range(5)], *["<a" * 10**6] * 3)


def test_names_that_are_no_names_of_ours_find_nothing() -> None:
    page = plain(9, letter(9))
    for name in ("", ">", " > ", "div >", "other > o:p", "div#x (0 of 0)", "(1 of 2)", "*"):
        assert list(read(page, SiteProfile((name,), 2)).lines) == letter(9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=300), max_size=4), st.text(max_size=20))
def test_no_bytes_raise(noise: list[bytes], header: str) -> None:
    page = plain(1, letter(1)).encode()
    pages = [page[: at * 97] + each + page[at * 97 :] for at, each in enumerate(noise)]
    profile = learn_profile([(body, URL, header) for body in (*pages, *noise)])
    for body in pages:
        read_page(body, URL, portal(), header, profile)


def score(text: str, gold: str) -> float:
    """F1 over characters: the longest common subsequence after NFKC without white space."""
    ours, theirs = fold_key(text), fold_key(gold)
    return 2 * LCSseq.similarity(ours, theirs) / (len(ours) + len(theirs))


@pytest.mark.skipif(not REAL.is_dir(), reason="the pages of ../shared/pages are not here")
@pytest.mark.parametrize("count", [2, 3, 8, 15])
def test_container_of_real_policy_pages_is_learnt_without_being_told(count: int) -> None:
    files = sorted(REAL.glob("govcn_policy_*.html"))
    for start in range(0, len(files), 5):
        chosen = (files[start:] + files[:start])[:count]
        profile = learn_profile([(path.read_bytes(), URL, None) for path in chosen])
        assert profile is not None and profile.pages == count
        for path in files:  # no mark of VSB is on these pages
            parts = read_parts(path.read_bytes(), URL, portal("vsb"), None, profile)
            gold = (REAL / "gold" / f"{path.stem}.txt").read_text("utf-8")
            titled = "".join((*parts.title_lines, *parts.lines))
            best = max(score(text, gold) for text in (titled, "".join(parts.lines)))
            assert (parts.method, best) == ("profile", 1.0), path.stem
