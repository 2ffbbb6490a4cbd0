"""Every JSON output validates against its schema, and the schemas are strict where they can be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pipelines.compare import NOT_COMPARED, compare_letters
from schedules.reports import GroupName, build_report
from schedules.reports.json import report_object
from storage.export import export_line
from storage.json_forms import (
    LETTER_FIELDS,
    clean_object,
    event_line,
    letter_line,
    status_object,
)
from storage.records import (
    Attachment,
    Event,
    EventKind,
    LetterRecord,
    LetterRef,
    PortalState,
    PortalStatus,
    ReplyLetter,
    Significance,
)

SCHEMAS = Path(__file__).parent.parent / "docs" / "schema"
NOW = datetime(2026, 5, 3, 22, 20, tzinfo=UTC)
LETTER = ReplyLetter(
    title="关于第0412号提案的复函",
    submission_kind="proposal",
    addressees=("林晓燕",),
    date_written=date(2025, 5, 16),
    attachments=(Attachment("清单.pdf", "https://mzj.example.gov.cn/1.pdf"),),
    contacts=("联系电话：000",),
    body="共2484家。",
)
EDITED = replace(LETTER, body="共2648家。", attachments=(), contacts=(), date_written=None)
RECORD = LetterRecord(1, "present", ("https://mzj.example.gov.cn/1.html",), 2, NOW, NOW, LETTER)
STATUSES = [
    PortalStatus("mzj", PortalState.OK, None, NOW, NOW, 10, 2, 0),
    PortalStatus("jw", PortalState.BLOCKED, "412", None, None, 0, 0, 3, NOW),
]


def event(kind: EventKind, **values: Any) -> Event:
    url = "https://mzj.example.gov.cn/1.html"
    blank = Event(
        cursor=1,
        kind=kind,
        significance=None,
        observed_at=NOW,
        portal="mzj",
        url=url,
        from_url=None,
        letter=LetterRef(1, LETTER.title, None, url),
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


def changed_event() -> Event:
    change = compare_letters(LETTER, EDITED)
    assert change
    return event(
        EventKind.CHANGED,
        significance=change.significance,
        fields=change.fields,
        figures=change.figures,
        diff=change.diff,
    )


EVENTS = [
    changed_event(),
    event(EventKind.MOVED, from_url="https://mzj.example.gov.cn/0.html", reason="404"),
    event(EventKind.WITHDRAWN, scope="letter", version=None),
    event(EventKind.NEW, baseline=True),
    event(EventKind.CHANGED, significance=Significance.TYPOGRAPHY),
]


def schema(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    return content


def faults(name: str, value: object) -> list[str]:
    validator = Draft202012Validator(schema(name))
    return [error.message for error in validator.iter_errors(json.loads(json.dumps(value)))]


def report() -> dict[str, Any]:
    return report_object(
        build_report(EVENTS, STATUSES, since=None, until=NOW, journal_head=(7, "ab"), name="daily")
    )


def outputs() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "clean", clean_object(LETTER)
    yield "clean", clean_object(ReplyLetter(is_letter=False, refusal="not a letter: notice"))
    yield "letters", letter_line(RECORD)
    yield "letters", letter_line(replace(RECORD, status="withdrawn", letter=ReplyLetter()))
    for item in EVENTS:
        yield "changes", event_line(item)
    yield "status", status_object(STATUSES)
    yield "export", export_line(RECORD, 3, "reread")
    yield "export", export_line(replace(RECORD, status="withdrawn"), 3, "withdrawn")
    yield "report", report()


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_schema_is_valid_itself(path: Path) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize(("name", "value"), list(outputs()))
def test_output_validates(name: str, value: dict[str, Any]) -> None:
    assert faults(name, value) == []


@pytest.mark.parametrize(("name", "value"), list(outputs()))
def test_every_key_that_is_printed_is_required_and_described(
    name: str, value: dict[str, Any]
) -> None:
    described = schema(name)
    assert set(described["required"]) == set(value)
    assert set(value) <= set(described["properties"])
    for key in value:
        assert faults(name, {k: v for k, v in value.items() if k != key}), key


@pytest.mark.parametrize(("name", "value"), list(outputs()))
def test_further_keys_may_be_added(name: str, value: dict[str, Any]) -> None:
    assert faults(name, {**value, "added_later": 1}) == []


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("clean", "submission_kind", "petition"),
        ("clean", "date_signed", "2025年5月16日"),
        ("clean", "addressees", None),
        ("letters", "status", "gone"),
        ("letters", "urls", []),
        ("letters", "first_seen", "2026-05-03 22:20"),
        ("changes", "kind", "edited"),
        ("changes", "significance", "minor"),
        ("changes", "diff", [["!", "x"]]),
        ("changes", "diff", [["=", ""]]),
        ("changes", "fields", [{"field": "contacts", "before": [], "after": []}]),
        ("changes", "v", 2),
        ("export", "reason", "moved"),
        ("report", "groups", [{"group": "new", "events": []}]),
        ("report", "alarms", [{"name": "mzj"}]),
    ],
)
def test_value_outside_the_contract_is_refused(name: str, key: str, value: object) -> None:
    example = next(output for schema_name, output in outputs() if schema_name == name)
    assert faults(name, {**example, key: value})


def test_healthy_portal_is_no_alarm() -> None:
    healthy = status_object(STATUSES)["portals"][0]
    assert faults("report", {**report(), "alarms": [healthy]})


def test_keys_are_those_of_the_record() -> None:
    assert set(schema("clean")["required"]) == {"v", *LETTER_FIELDS}
    fields = schema("changes")["properties"]["fields"]["items"]["properties"]["field"]["enum"]
    assert set(fields) == set(LETTER_FIELDS) - NOT_COMPARED - {"contacts"}
    groups = schema("report")["properties"]["groups"]["items"]["properties"]["group"]["enum"]
    assert groups == [group.value for group in GroupName]


@pytest.mark.parametrize("name", ["letters", "export", "changes", "report"])
def test_outputs_leave_contacts_out(name: str) -> None:
    assert all(
        "联系电话" not in json.dumps(o, ensure_ascii=False) for n, o in outputs() if n == name
    )
