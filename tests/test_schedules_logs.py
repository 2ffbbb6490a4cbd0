"""Logs: JSON where nobody watches, lines for people on a terminal; no secrets, no raw controls."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from schedules.logs import configure_logs
from storage.errors import ArchiveFull

SECRET = "geheim-8f14e45f"
HOSTILE = f"\x1b]0;x\x07 mailtos://bot:{SECRET}@x \u202egnp.exe\nforged line"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    kept, level = logging.root.handlers[:], logging.root.level
    yield
    logging.root.handlers[:] = kept
    logging.root.setLevel(level)
    structlog.reset_defaults()


def log_all(stream: io.StringIO) -> str:
    """Hostile text in every place a line has."""
    configure_logs("info", secrets=[SECRET], stream=stream)
    log = structlog.get_logger("fuhan.test")
    log.info("page", url=HOSTILE, reason=ValueError(HOSTILE), parts=[{"a": (HOSTILE,)}])
    log.warning(HOSTILE)
    logging.getLogger("scrapy.core").error("asked for %s", HOSTILE)
    try:
        raise OSError(HOSTILE)
    except OSError:
        logging.getLogger("twisted").exception("failed: %r", HOSTILE)
        log.exception("failed")
    log.debug("not at this level")
    return stream.getvalue()


def test_each_line_is_one_json_object_with_the_same_keys() -> None:
    lines: list[dict[str, Any]] = [json.loads(line) for line in log_all(io.StringIO()).splitlines()]
    assert len(lines) == 5
    for line in lines:
        assert {"event", "level", "timestamp", "run", "portal", "url"} <= line.keys()
    assert lines[3]["exception"].startswith("Traceback")


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_f56_f47_secrets_and_control_characters_never_show(stream: io.StringIO) -> None:
    text = log_all(stream)
    assert SECRET not in text and "***" in text
    assert not any(sign in text for sign in ("\x1b]", "\x07", "\u202e"))
    assert "not at this level" not in text


@pytest.mark.parametrize(("level", "lines"), [("warning", 1), ("info", 2), ("debug", 2)])
def test_failing_archive_leaves_no_trace_but_for_who_asks(level: str, lines: int) -> None:
    stream = io.StringIO()
    configure_logs(level, stream=stream)
    for error in (ArchiveFull("fuhan.db: the disk is full", what="full"), ValueError("a bug")):
        try:
            raise error
        except Exception:
            logging.getLogger("scrapy.core.engine").exception("Error while reading start items")
    shown = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert len(shown) == lines
    assert "a bug" in shown[-1]["exception"]


def test_people_on_a_terminal_read_lines_not_json() -> None:
    configure_logs("info", stream=(stream := Terminal()))
    structlog.get_logger("fuhan.test").info("run began", portal="cq-kjj")
    text = stream.getvalue()
    assert "run began" in text and "cq-kjj" in text and "{" not in text
