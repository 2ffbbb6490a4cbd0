"""The demo: its story comes true, its folder is its own, and its check can fail."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.demo.days import DAYS, ExpectedEvent, sites_on
from schedules.demo.check import judge
from schedules.demo.folder import prepare_folder
from schedules.demo.story import run_demo
from storage.errors import FuhanError
from storage.records import Event, EventKind, LetterRef, Significance

RESTORED = replace(DAYS[5], expects=DAYS[5].expects[:1])


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUHAN_LANG", "en")
    monkeypatch.delenv("FUHAN_NOW", raising=False)


def test_first_days_of_the_story_come_true(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_demo(tmp_path / "demo", DAYS[:3]) == 0
    told, said = capfd.readouterr()
    assert "[-2484-]{+2648+}" in told
    assert "none besides" in told
    assert said == ""
    reports = sorted(path.name for path in (tmp_path / "demo" / "reports").iterdir())
    assert reports == [
        f"demo-{day}{suffix}"
        for day in ("2026-03-02", "2026-03-04")
        for suffix in (".html", ".json", ".md")
    ]
    report = json.loads((tmp_path / "demo" / "reports" / "demo-2026-03-04.json").read_text("utf-8"))
    assert report["count"] == 9


def test_folder_with_other_files_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "letters.doc").write_text("mine", encoding="utf-8")
    with pytest.raises(FuhanError, match="--directory"):
        prepare_folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.doc"]


def test_configuration_of_someone_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fuhan.toml").write_text('[archive]\npath = "a.db"\n', encoding="utf-8")
    with pytest.raises(FuhanError):
        prepare_folder(tmp_path)


def test_second_demo_begins_anew_and_leaves_what_is_not_its_own(tmp_path: Path) -> None:
    prepare_folder(tmp_path)
    for name in ("fuhan.db", "fuhan.db-wal", "notes.txt", "reports/demo-2026-03-04.md"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    prepare_folder(tmp_path)
    assert (tmp_path / "notes.txt").exists()
    assert not list(tmp_path.glob("fuhan.db*"))
    assert not list((tmp_path / "reports").iterdir())


def event(**changes: object) -> Event:
    """The event day 6 expects, with some of it changed."""
    expected = RESTORED.expects[0]
    path = sites_on(6)[expected.site].addresses(expected.key)[0]
    right = Event(
        cursor=1,
        kind=EventKind.RESTORED,
        significance=None,
        observed_at=datetime(2026, 3, 7, tzinfo=UTC),
        portal=expected.site,
        url=f"http://127.0.0.1:8000{path}",
        from_url=None,
        letter=LetterRef(1, None, None, ""),
        version=None,
        fields=(),
        figures=(),
        diff=(),
        baseline=False,
        backdated=False,
        scope=None,
        reason=None,
    )
    return replace(right, **changes)  # type: ignore[arg-type]


def test_the_expected_event_is_right() -> None:
    assert judge(RESTORED, [event()], sites_on(6)).right


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": EventKind.NEW},
        {"portal": "lanjiang-science"},
        {"url": "http://127.0.0.1:8000/elsewhere.html"},
        {"baseline": True},
    ],
)
def test_any_other_event_is_missing_one_and_unexpected_one(wrong: dict[str, object]) -> None:
    verdict = judge(RESTORED, [event(**wrong)], sites_on(6))
    assert verdict.missing == RESTORED.expects
    assert len(verdict.unexpected) == 1


def test_missing_repeated_and_additional_events_are_seen() -> None:
    assert not judge(RESTORED, [], sites_on(6)).right
    assert len(judge(RESTORED, [event(), event()], sites_on(6)).unexpected) == 1


def test_significance_fields_and_figures_count_where_the_script_names_them() -> None:
    expected = ExpectedEvent(
        EventKind.CHANGED,
        RESTORED.expects[0].site,
        RESTORED.expects[0].key,
        Significance.SUBSTANCE,
        fields=("body",),
    )
    day = replace(RESTORED, expects=(expected,))
    changed = event(kind=EventKind.CHANGED, significance=Significance.SUBSTANCE)
    assert judge(day, [changed], sites_on(6)).missing == (expected,)
