"""What a change report holds and how it looks in each form."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from pipelines.compare import compare_letters
from schedules.reports import GroupName, Report, build_report
from schedules.reports.addresses import web_address
from schedules.reports.entries import entry_of
from schedules.reports.html import render_html
from schedules.reports.json import render_json
from schedules.reports.markdown import render_markdown
from schedules.reports.text import render_text
from schedules.words.language import Language
from storage.records import (
    Event,
    EventKind,
    FieldChange,
    LetterRef,
    PortalState,
    PortalStatus,
    ReplyLetter,
    Significance,
    UnreadLetter,
)

START = datetime(2026, 5, 3, 22, 20, tzinfo=UTC)
HOSTILE = (
    "关于\x1b[31m\x1b]0;x\x07[b]红[/b] <script>alert(1)</script> &lt;a href *粗* \u202e\ud800\n二行"
)
URL = "https://mzj.example.gov.cn/202505/t20250516_{n}.html"
LANGUAGES: tuple[Language, ...] = get_args(Language)


def event(kind: EventKind, number: int = 1, **values: Any) -> Event:
    url = URL.format(n=number)
    blank = Event(
        cursor=number,
        kind=kind,
        significance=None,
        observed_at=START + timedelta(hours=number),
        portal="mzj",
        url=url,
        from_url=None,
        letter=LetterRef(number, f"关于第{number:04}号提案的复函", f"000014349/2025-{number}", url),
        version=1,
        fields=(),
        figures=(),
        diff=(),
        baseline=False,
        backdated=False,
        scope=None,
        reason=None,
    )
    return replace(blank, **values)


def changed(before: ReplyLetter, after: ReplyLetter, number: int = 1, **values: Any) -> Event:
    change = compare_letters(before, after)
    assert change
    return event(
        EventKind.CHANGED,
        number,
        significance=change.significance,
        fields=change.fields,
        figures=change.figures,
        diff=change.diff,
        **values,
    )


def report(*events: Event, statuses: tuple[PortalStatus, ...] = (), **values: Any) -> Report:
    options: dict[str, Any] = {
        "since": START,
        "until": START + timedelta(days=1),
        "journal_head": (42, "9f8e"),
        "name": "daily",
    }
    return build_report(events, statuses, **{**options, **values})


def status(state: PortalState, **values: Any) -> PortalStatus:
    return replace(PortalStatus("jw", state, None, START, START, 10, 0, 0), **values)


def titled(title: str, kind: EventKind = EventKind.NEW, **values: Any) -> Event:
    return event(kind, letter=LetterRef(1, title, None, URL.format(n=1)), **values)


def all_forms(shown: Report) -> dict[str, str]:
    return {
        "text": render_text(shown),
        "colour": render_text(shown, colour=True),
        "markdown": render_markdown(shown),
        "html": render_html(shown),
        "json": render_json(shown),
    }


FIGURE_EDIT = changed(
    ReplyLetter(body="近年来，我市建成社区养老服务中心2484家，覆盖城区。"),
    ReplyLetter(body="近年来，我市建成社区养老服务中心2648家，覆盖城区。"),
)


def test_very_long_title_is_cut_in_every_form_for_people() -> None:
    forms = all_forms(report(titled("关于" * 2500)))
    assert all("关于" * 2500 not in form for name, form in forms.items() if name != "json")


@pytest.mark.parametrize(
    ("events", "sign"), [([], "没有变化"), ([event(EventKind.NEW)], "共 1 项")]
)
def test_first_readings_are_told_beside_what_happened(events: list[Event], sign: str) -> None:
    first = [event(EventKind.NEW, number, baseline=True) for number in (5, 6)]
    shown = render_text(report(*events, *first))
    assert sign in shown and "首次完整收录" in shown and "此期间没有变化" not in shown
    assert shown.count("首次完整收录") == 1


# --- what it holds -----------------------------------------------------------------------------


def test_groups_stand_weightiest_first() -> None:
    events = [
        event(EventKind.CHANGED, 1, significance=Significance.METADATA),
        event(EventKind.DELISTED, 2),
        event(EventKind.COPY_FOUND, 3),
        event(EventKind.NEW, 4),
        event(EventKind.RESTORED, 5),
        event(EventKind.CHANGED, 6, significance=Significance.SUBSTANCE),
        event(EventKind.MOVED, 7),
        event(EventKind.WITHDRAWN, 8),
    ]
    names = [group.name for group in report(*events).groups]
    assert names == [name for name in GroupName if name is not GroupName.TYPOGRAPHY]


def test_typography_is_counted_and_shown_only_where_asked_for() -> None:
    light = event(EventKind.CHANGED, significance=Significance.TYPOGRAPHY)
    assert report(light).groups == ()
    assert report(light).left_out == {Significance.TYPOGRAPHY: 1}
    assert "全半角" in render_text(report(light))
    asked = report(light, significances=tuple(Significance))
    assert [group.name for group in asked.groups] == [GroupName.TYPOGRAPHY]
    assert asked.left_out == {}


def test_moved_letter_is_told_whatever_its_quiet_edit_weighs() -> None:
    moved = event(EventKind.MOVED, significance=Significance.TYPOGRAPHY)
    assert report(moved, significances=[Significance.SUBSTANCE]).count == 1


def test_letters_of_a_first_walk_are_only_counted() -> None:
    first = [event(EventKind.NEW, n, baseline=True) for n in range(1, 4)]
    shown = report(*first, event(EventKind.NEW, 9))
    assert (shown.baseline, shown.count) == (3, 1)
    text = render_text(shown)
    assert "另有 3 件" in text and "第0009号" in text and "第0001号" not in text


def test_events_of_a_group_stand_in_the_order_they_were_observed() -> None:
    late, early = event(EventKind.NEW, 2), event(EventKind.NEW, 3, observed_at=START)
    assert report(late, early).groups[0].events == (early, late)


def test_portals_in_trouble_are_alarms_and_healthy_ones_are_not() -> None:
    states = tuple(status(state, name=state.value) for state in PortalState)
    assert {alarm.name for alarm in report(statuses=states).alarms} == {
        "blocked",
        "failing",
        "suspect",
    }


# --- how it looks ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "此期间没有变化"), ("en", "Nothing changed")]
)
def test_empty_period_says_so(language: Language, words: str) -> None:
    empty = report()
    assert words in render_text(empty, language=language)
    assert words in render_markdown(empty, language=language)
    assert words in render_html(empty, language=language)
    assert json.loads(render_json(empty))["groups"] == []


def test_period_and_times_are_chinas_and_the_journals_head_is_printed() -> None:
    shown = report(event(EventKind.NEW))
    for form, text in all_forms(shown).items():
        if form != "json":
            assert "2026-05-04 06:20" in text and "2026-05-04 07:20" in text, form
        assert "9f8e" in text and "42" in text, form


def test_period_without_bounds_is_named_in_words() -> None:
    assert "建档 至 现在" in render_text(report(since=None, until=None))


@pytest.mark.parametrize("language", LANGUAGES)
def test_alarm_tells_state_reason_held_events_and_pause(language: Language) -> None:
    alarm = status(
        PortalState.SUSPECT,
        reason="3 letters listed, at least 20 expected",
        held=4,
        next_attempt=START + timedelta(hours=6),
    )
    shown = report(statuses=(alarm,), agencies={"jw": "示例市教委"})
    for text in (render_text(shown, language=language), render_html(shown, language=language)):
        assert "3 letters listed" in text and "4" in text and "2026-05-04 12:20" in text
        assert "示例市教委" in text and "jw" in text
        assert ("存疑" if language == "zh" else "suspect") in text


def test_change_shows_agency_index_number_figures_and_marked_characters() -> None:
    shown = report(FIGURE_EDIT, agencies={"mzj": "示例市民政局"})
    for form, text in all_forms(shown).items():
        assert "000014349/2025-1" in text and URL.format(n=1) in text, form
        if form != "json":
            assert "2484家 → 2648家" in text and "示例市民政局" in text, form
    forms = all_forms(shown)
    assert "服务中心[-2484-]{+2648+}家，" in forms["text"]
    assert "服务中心\x1b[9;31m2484\x1b[0m\x1b[1;32m2648\x1b[0m家，" in forms["colour"]
    assert "服务中心~~2484~~家，" in forms["markdown"]
    assert "服务中心**2648**家，" in forms["markdown"]
    assert re.search(r"服务中心<del [^>]*>2484</del>家，", forms["html"])
    assert re.search(r"服务中心<ins [^>]*>2648</ins>家，", forms["html"])


def test_withdrawal_is_told_as_what_was_observed() -> None:
    gone = event(
        EventKind.WITHDRAWN,
        scope="letter",
        reason="404 on 2026-05-03 and 2026-05-04; last seen on 2026-05-02",
    )
    assert "2026-05-03 和 2026-05-04 得到 404；最后一次见到：2026-05-02" in render_text(
        report(gone)
    )
    english = render_text(report(gone), language="en")
    assert "404 on 2026-05-03 and 2026-05-04; last seen on 2026-05-02" in english


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_recorded_reasons_are_told_in_chinese_in_every_form_for_people(form: str) -> None:
    gone = event(EventKind.WITHDRAWN, reason="redirected to the home page on 2026-05-03")
    trouble = status(PortalState.FAILING, reason="2 list pages could not be read (time-out)")
    text = all_forms(report(gone, statuses=(trouble,)))[form]
    assert "2026-05-03 被转到首页" in text
    assert "2 个列表页未能读取（超时）" in text
    assert "redirected" not in text and "could not" not in text


def test_withdrawn_copy_says_that_the_letter_still_stands() -> None:
    assert "仍见于别处" in render_text(report(event(EventKind.WITHDRAWN, scope="copy")))
    assert "仍见于别处" not in render_text(report(event(EventKind.WITHDRAWN, scope="letter")))


def test_moved_letter_shows_both_addresses_and_its_quiet_edit() -> None:
    moved = replace(FIGURE_EDIT, kind=EventKind.MOVED, from_url="https://mzj.example.gov.cn/old")
    text = render_text(report(moved))
    assert "原址：https://mzj.example.gov.cn/old" in text and "2484家 → 2648家" in text


def test_restored_letter_shows_what_was_edited_while_it_was_gone() -> None:
    restored = replace(
        FIGURE_EDIT,
        kind=EventKind.RESTORED,
        reason="answered again on 2026-05-09; first gone on 2026-05-03",
    )
    forms = all_forms(report(restored))
    assert "2026-05-09 再次可以打开；2026-05-03 起打不开" in forms["text"]
    assert "2484家 → 2648家" in forms["text"]
    assert "[-2484-]{+2648+}" in forms["text"]
    assert "~~2484~~" in forms["markdown"] and "**2648**" in forms["markdown"]
    assert re.search(r"<ins [^>]*>2648</ins>", forms["html"])


def test_contacts_are_never_shown_but_their_change_is_said() -> None:
    before = ReplyLetter(contacts=("王某 13800000000",), body="甲")
    after = ReplyLetter(contacts=("李某 13900000000",), body="甲")
    for form, text in all_forms(report(changed(before, after))).items():
        assert "13800000000" not in text and "13900000000" not in text, form
        assert form == "json" or "联系方式有改动" in text, form


def test_field_of_several_values_shows_only_those_that_differ() -> None:
    before = ReplyLetter(cited_documents=("《甲》", "《乙》"), outcome_class="A")
    after = ReplyLetter(cited_documents=("《甲》", "《丙》"), outcome_class=None)
    entry = entry_of(changed(before, after), {}, "zh")
    assert [(f.label, f.before, f.after) for f in entry.fields] == [
        ("办理结果", "A", "（无）"),
        ("引用文件", "《乙》", "《丙》"),
    ]


def test_rewritten_letter_fills_no_pages() -> None:
    before = "\n".join(f"{chr(0x4E00 + n)}段写着第{n}件事情的经过。" * 20 for n in range(200))
    after = "\n".join(f"{chr(0x5E00 + n)}节另说{n}号工程如何推进！" * 20 for n in range(200))
    shown = report(changed(ReplyLetter(body=before), ReplyLetter(body=after)))
    assert len(render_text(shown)) < 6_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_is_told_in_both_languages(language: Language) -> None:
    events = [event(kind, n) for n, kind in enumerate(EventKind, start=1)]
    shown = report(*events, significances=tuple(Significance))
    for render in (render_text, render_markdown, render_html):
        text = render(shown, language=language)
        assert all(f"第{n:04}号" in text for n in range(1, len(events) + 1))
        assert ("撤下" in text) is (language == "zh")


def test_json_carries_events_as_changes_prints_them() -> None:
    content = json.loads(render_json(report(FIGURE_EDIT)))
    assert content["count"] == 1 and content["groups"][0]["group"] == "substance"
    told = content["groups"][0]["events"][0]
    assert told["figures"] == [{"before": "2484家", "after": "2648家"}]
    assert told["observed_at"] == "2026-05-03T23:20:00.000Z"


# --- hostile letters ---------------------------------------------------------------------------


def hostile_report() -> Report:
    hostile = titled(
        HOSTILE,
        EventKind.CHANGED,
        url="javascript:alert(1)",
        significance=Significance.SUBSTANCE,
        fields=(FieldChange("signatory", HOSTILE, None), FieldChange("addressees", [HOSTILE], [])),
        diff=(("=", HOSTILE), ("-", HOSTILE), ("+", HOSTILE)),
        reason=HOSTILE,
    )
    alarm = status(PortalState.FAILING, reason=HOSTILE)
    return report(hostile, statuses=(alarm,), agencies={"mzj": HOSTILE, "jw": HOSTILE})


def parsed(page: str) -> Any:
    return lxml_html.fromstring(page)


def test_f47_control_characters_and_markup_are_inert_on_the_terminal() -> None:
    plain = render_text(hostile_report())
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", plain)
    assert "[b]红[/b]" in plain and r"\x1b]0;x\x07" in plain
    coloured = render_text(hostile_report(), colour=True)
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]+m", "", coloured)
    assert "\x1b[31m[b]" not in coloured and "\x07" not in coloured


def test_f44_html_of_a_hostile_letter_holds_no_script_and_no_dangerous_link() -> None:
    page = render_html(hostile_report())
    page.encode("utf-8")
    tree = parsed(page)
    assert tree.xpath("//script | //img | //iframe | //*[@onclick]") == []
    assert all(link.startswith("http") for link in tree.xpath("//@href"))
    assert "<script>alert(1)</script>" in tree.text_content()
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    assert "http://" not in page and "src=" not in page  # nothing is loaded from elsewhere


def test_f44_hostile_title_is_text_inside_its_link_too() -> None:
    tree = parsed(render_html(report(titled(HOSTILE))))
    assert tree.xpath("//script") == []
    assert "<script>alert(1)</script> &lt;a href" in tree.xpath("//h3/a")[0].text


def test_f45_displayed_entity_stays_text() -> None:
    tree = parsed(render_html(hostile_report()))
    assert "&lt;a href" in tree.text_content()


def test_f44_markdown_of_a_hostile_letter_becomes_text_and_known_tags_only() -> None:
    page = MarkdownIt("commonmark", {"html": True}).render(render_markdown(hostile_report()))
    tree = parsed(f"<div>{page}</div>")
    known = {"div", "h1", "h2", "h3", "ul", "li", "p", "strong", "br", "a", "hr"}
    known |= {"del", "ins", "code"}
    assert {element.tag for element in tree.iter()} <= known
    assert all(link.startswith("http") for link in tree.xpath("//@href"))
    assert "<script>alert(1)</script>" in tree.text_content()
    assert "&lt;a href *粗*" in tree.text_content()


def test_hostile_title_stays_on_its_line() -> None:
    markdown = render_markdown(report(titled("甲\n# 乙\n- 丙")))
    assert "甲 \\# 乙 - 丙" in markdown


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://a.example/x?b=1&c=2", "https://a.example/x?b=1&c=2"),
        ('http://a.example/"><b>', "http://a.example/%22%3E%3Cb%3E"),
        ("https://政务.example/函", "https://%E6%94%BF%E5%8A%A1.example/%E5%87%BD"),
        ("javascript:alert(1)", None),
        (" JavaScript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example/x", None),
        ("https://[", None),
        ("https://", None),
    ],
)
def test_only_web_addresses_become_links(address: str, link: str | None) -> None:
    assert web_address(address) == link


# --- letters long unread ----------------------------------------------------------------------


def long_unread(number: int, title: str | None = "关于第0412号提案的复函") -> UnreadLetter:
    day = START - timedelta(days=12)
    url = URL.format(n=number)
    return UnreadLetter(number, title, "jw", url, day - timedelta(days=1), day, START, 9)


def test_letters_long_unread_stand_at_the_foot_and_are_no_change() -> None:
    unread = tuple(long_unread(number) for number in range(1, 15))
    shown = report(statuses=(status(PortalState.OK, unread=unread),))
    assert (shown.count, shown.alarms) == (0, ())
    for form in ("text", "colour", "markdown", "html"):
        told = all_forms(shown)[form]
        assert "此期间没有变化" in told
        assert "9 次访问都读不到（已 12 天）" in told and "不判断撤下" in told
        assert "2026\\-04\\-21" in told or "2026-04-21" in told  # last read
        assert "另有 4 份复函久未读到" in told
    assert "9 visits since 2026-04-22 (12 days)" in render_text(shown, language="en")
    lines = json.loads(render_json(shown))["unread"]
    assert len(lines) == 14
    assert (lines[0]["letter"], lines[0]["visits"], lines[0]["days"]) == (1, 9, 12)


def test_title_of_a_letter_long_unread_is_inert_and_may_be_missing() -> None:
    unread = (long_unread(1, HOSTILE), long_unread(2, None))
    shown = report(statuses=(status(PortalState.OK, unread=unread),))
    forms = all_forms(shown)
    assert "\x1b]0" not in forms["text"] and "<script>" not in forms["html"]
    assert "《》" not in forms["text"] and URL.format(n=2) in forms["text"]
