"""Sinks: every event's letter once and in order, whatever dies in between."""

from __future__ import annotations

import json
import stat
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from schedules.config.config import load_config
from schedules.delivery.deliver import send_due
from schedules.delivery.failures import NotDelivered
from schedules.delivery.json_lines import JsonLines
from schedules.delivery.program import Program
from storage.errors import ConfigError
from storage.outbox.records import Delivery
from tests.archive_story import a_letter
from tests.delivery_scene import BEGIN, Scene, receiving, scene

SCHEMA = Path(__file__).parent.parent / "docs" / "schema" / "sink.json"


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def deliveries(*contents: str) -> list[Delivery]:
    return [
        Delivery(number, f"msg_{number}", BEGIN, "t", content, 0, None)
        for number, content in enumerate(contents)
    ]


def sinking(to: str, extra: str = "") -> str:
    return f'[[sinks]]\nname = "corpus"\nto = {to}\n{extra}'


def test_json_lines_hold_every_event_once_in_order(tmp_path: Path) -> None:
    made = scene(tmp_path, sinking('"file:data/letters.jsonl"'))
    made.deliver()
    made.edit(1, 11)
    del made.site["t2.html"]
    for _ in range(3):
        made.story.crawl(made.site)
    made.deliver()
    made.deliver()
    told = lines(tmp_path / "data" / "letters.jsonl")
    assert [line["cursor"] for line in told] == [1, 2, 3, 4, 5]
    assert [line["reason"] for line in told] == ["new", "new", "new", "changed", "withdrawn"]
    assert "另有11处在建" in str(told[3]["body"]) and told[4]["deleted"] is True
    assert told[3]["event"]["fields"][0]["field"] == "body"  # type: ignore[index]
    assert "contacts" not in told[0]


def test_lines_validate_against_their_schema(tmp_path: Path) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    made = scene(tmp_path, sinking('"file:letters.jsonl"'))
    made.edit(1, 11)
    with made.story.open() as archive:
        archive.join_letters([2, 3])
    made.deliver()
    for line in lines(tmp_path / "letters.jsonl"):
        faults = list(Draft202012Validator(schema).iter_errors(line))
        assert not faults, faults
        assert set(schema["required"]) == set(line)


@pytest.mark.parametrize("kept", range(0, 40))
def test_f51_file_that_was_half_written_is_made_good(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "x.jsonl"
    before, batch = '{"old":"旧"}\n', ['{"a":"甲"}\n', '{"b":"乙"}\n', '{"c":"丙"}\n']
    whole = "".join(batch).encode()
    path.write_bytes(before.encode() + whole[: min(kept, len(whole))])  # killed in mid-write
    JsonLines(path).send(deliveries(*batch), BEGIN)
    assert path.read_text("utf-8") == before + "".join(batch)
    JsonLines(path).send(deliveries(*batch), BEGIN)  # killed before it was marked
    assert path.read_text("utf-8") == before + "".join(batch)


def test_line_of_somebody_else_without_its_end_is_left_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"not ours")
    JsonLines(path).send(deliveries('{"a":1}\n'), BEGIN)
    assert path.read_bytes() == b'not ours\n{"a":1}\n'


def test_file_that_cannot_be_written_keeps_the_messages(tmp_path: Path) -> None:
    (tmp_path / "letters.jsonl").mkdir()
    made = scene(tmp_path, sinking('"file:letters.jsonl"'))
    (failure,) = made.deliver().failed
    assert failure.error and "letters.jsonl" in failure.error
    (tmp_path / "letters.jsonl").rmdir()
    made.now += timedelta(minutes=6)
    made.deliver()
    assert [line["cursor"] for line in lines(tmp_path / "letters.jsonl")] == [1, 2, 3]


def test_stuck_first_message_holds_its_own_sink_only_and_is_never_skipped(tmp_path: Path) -> None:
    with receiving(204, 400) as hook:
        text = sinking(f'"{hook.url}"') + '[[sinks]]\nname = "other"\nto = "file:other.jsonl"\n'
        made = scene(tmp_path, text)
        summary = made.deliver()
        assert [attempt.error for attempt in summary.failed] == ["HTTP 400"]
        assert len(lines(tmp_path / "other.jsonl")) == 3
        for _ in range(40):
            made.now += timedelta(hours=7)
            made.deliver()
        hook.answers = [204]
        made.now += timedelta(hours=7)
        made.deliver()
    bodies = [json.loads(body)["cursor"] for _, body in hook.got]
    assert sorted(set(bodies)) == [1, 2, 3]
    assert bodies[0] == 1 and bodies[-2:] == [2, 3]


def test_more_than_fits_the_outbox_is_sent_by_and_by(tmp_path: Path) -> None:
    made = scene(tmp_path, sinking('"file:letters.jsonl"'), letters=250)
    made.deliver()
    assert [line["cursor"] for line in lines(tmp_path / "letters.jsonl")] == list(range(1, 251))


def test_sink_may_begin_now_and_take_some_events_only(tmp_path: Path) -> None:
    extra = 'begin = "now"\nformat = "event"\nwords = ["另有22处"]\n'
    made = scene(tmp_path, sinking('"file:letters.jsonl"', extra))
    made.edit(1, 11)
    made.edit(2, 22)
    made.deliver()
    (line,) = lines(tmp_path / "letters.jsonl")
    assert (line["cursor"], line["kind"]) == (5, "changed")


def test_significance_may_be_chosen(tmp_path: Path) -> None:
    extra = 'begin = "now"\nsignificance = ["substance"]\n'
    made = scene(tmp_path, sinking('"file:letters.jsonl"', extra))
    made.site["t1.html"] = a_letter(1, index_number="1150000000927/2025-00001")
    made.story.crawl(made.site)
    made.edit(2, 22)
    made.deliver()
    assert [line["cursor"] for line in lines(tmp_path / "letters.jsonl")] == [5]


def test_tree_follows_edits_and_withdrawals(tmp_path: Path) -> None:
    made = scene(tmp_path, sinking('"tree:letters/"'))
    made.deliver()
    texts = sorted((tmp_path / "letters").rglob("*.txt"))
    assert len(texts) == 3
    made.edit(1, 11)
    del made.site["t2.html"]
    for _ in range(3):
        made.story.crawl(made.site)
    made.deliver()
    present = sorted((tmp_path / "letters" / "letters").rglob("*.txt"))
    assert len(present) == 2 and "另有11处在建" in present[0].read_text("utf-8")
    assert len(list((tmp_path / "letters" / "withdrawn").rglob("*.txt"))) == 1


def script(folder: Path, text: str) -> str:
    path = folder / "take.sh"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return '{ exec = ["./take.sh", "a b; echo $HOME"], seconds = 5 }'


def test_program_is_given_each_letter_and_its_arguments_untouched(tmp_path: Path) -> None:
    to = script(tmp_path, 'cat >> got.jsonl; echo "$1 $FUHAN_MESSAGE_ID" >> arguments')
    made = scene(tmp_path, sinking(to))
    assert made.deliver().delivered == 3
    assert [line["cursor"] for line in lines(tmp_path / "got.jsonl")] == [1, 2, 3]
    told = (tmp_path / "arguments").read_text("utf-8").splitlines()
    assert all(line.startswith("a b; echo $HOME msg_") for line in told)
    assert len(set(told)) == 3


@pytest.mark.parametrize("elsewhere", ["fuhan.env", "environment"])
def test_program_that_calls_fuhan_works_by_the_configuration_that_started_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if elsewhere == "environment":
        monkeypatch.setenv("FUHAN_CONFIG", "watch/other.toml")  # as seen from another folder
    else:
        Path("fuhan.env").write_text("FUHAN_CONFIG=other.toml\n", encoding="utf-8")
    made = scene(tmp_path, sinking(script(tmp_path, 'echo "$FUHAN_CONFIG" >> configs')))
    config = load_config(Path("fuhan.toml"))
    assert send_due(config, clock=made.clock).delivered == 3
    assert set((tmp_path / "configs").read_text().split()) == {str(tmp_path / "fuhan.toml")}


def test_program_that_fails_is_run_again_with_the_same_letter(tmp_path: Path) -> None:
    to = script(tmp_path, "cat > /dev/null; echo $FUHAN_MESSAGE_ID >> ids; test -e ready")
    made = scene(tmp_path, sinking(to))
    assert [attempt.error for attempt in made.deliver().failed] == ["exit code 1"]
    (tmp_path / "ready").touch()
    assert made.deliver("corpus").delivered == 3
    ids = (tmp_path / "ids").read_text("utf-8").splitlines()
    assert (len(ids), len(set(ids)), ids[0]) == (4, 3, ids[1])


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["/bin/sh", "-c", "sleep 60 & sleep 60"], "not done within 0.2 s"),
        (["/bin/sh", "-c", "exit 7"], "exit code 7"),
        (["/bin/sh", "-c", "kill -9 $$"], "exit code -9"),
        (["./nowhere"], "cannot be started: no such file or directory"),
        (["/bin/true\x00"], "cannot be started: no usable arguments"),
    ],
)
def test_program_that_hangs_or_dies_is_named(
    tmp_path: Path, arguments: list[str], reason: str
) -> None:
    with pytest.raises(NotDelivered) as caught:
        Program(arguments, tmp_path, 0.2).send(deliveries("x" * 500_000), BEGIN)
    assert str(caught.value) == reason


def test_f51_program_reads_a_file_and_so_never_half_a_message(tmp_path: Path) -> None:
    script = "import os, stat, sys; sys.exit(not stat.S_ISREG(os.fstat(0).st_mode))"
    Program([sys.executable, "-c", script], tmp_path, 20).send(deliveries("{}"), BEGIN)


def test_program_need_not_read(tmp_path: Path) -> None:
    Program(["/bin/true"], tmp_path, 5).send(deliveries("x" * 500_000), BEGIN)


@pytest.mark.parametrize(
    "to",
    [
        '"letters.jsonl"',
        '"tree:"',
        '"file:"',
        '"mailto://x.example.org"',
        "{ seconds = 5 }",
        '{ exec = ["x"], url = "file:x" }',
        '{ exec = ["x"], secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3" }',
        "{ exec = [] }",
        '{ exec = ["x"], seconds = 0 }',
        "3",
    ],
)
def test_sinks_target_that_is_none_is_refused(tmp_path: Path, to: str) -> None:
    file = tmp_path / "fuhan.toml"
    file.write_text(f'[[sinks]]\nname = "a"\nto = {to}\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"sinks\[0\]\.to"):
        load_config(file, {})


def test_tree_takes_letters_only_and_names_are_kept_apart(tmp_path: Path) -> None:
    file = tmp_path / "fuhan.toml"
    for text in (
        '[[sinks]]\nname = "a"\nto = "tree:x"\nformat = "event"\n',
        '[[sinks]]\nname = "a"\nto = "tree:x"\n[[sinks]]\nname = "a"\nto = "tree:y"\n',
    ):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError, match="sinks"):
            load_config(file, {})


def test_replayed_events_are_no_news(tmp_path: Path) -> None:
    made: Scene = scene(tmp_path, sinking('"file:letters.jsonl"'))
    with made.story.open() as archive:
        database = archive.outbox._database
        with database.writing():
            database.write("UPDATE events SET replayed = 'past' WHERE cursor IN (2, 3)")
    made.deliver()
    assert [line["cursor"] for line in lines(tmp_path / "letters.jsonl")] == [1]
    made.edit(1, 11)
    made.deliver()
    assert [line["cursor"] for line in lines(tmp_path / "letters.jsonl")] == [1, 4]
