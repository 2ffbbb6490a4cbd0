"""Logs to stderr: for people on a terminal, one JSON object a line otherwise, Scrapy's included."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from schedules.config.environment import in_colour, on_terminal
from schedules.config.secrets import mask
from schedules.terminal import inert
from storage.errors import ArchiveError
from storage.records import Outcome, PortalState, Run, RunSummary

QUIET = ("asyncio", "urllib3", "apscheduler", "py.warnings", "charset_normalizer")

_run_ids: dict[str, int] = {}  # of the runs now going on, by portal


class LogWatcher:
    """Writes a crawl's course to the log."""

    def __init__(self) -> None:
        self._log = structlog.get_logger("fuhan.crawl")

    def run_began(self, run: Run) -> None:
        """One line at level info; later lines of this portal carry the run's id."""
        _run_ids[run.portal] = run.id
        self._log.info("run began", portal=run.portal, full=run.full)

    def pages_ahead(self, portal: str, count: int) -> None:
        """One line at level debug."""
        self._log.debug("pages ahead", portal=portal, count=count)

    def page_saved(self, portal: str, url: str, outcome: Outcome, reason: str | None) -> None:
        """One line a page: debug where all is well, else info."""
        quiet = outcome in (Outcome.NEW, Outcome.UNCHANGED, Outcome.CHANGED)
        log = self._log.debug if quiet else self._log.info
        log("page", portal=portal, url=url, outcome=outcome.value, reason=reason)

    def run_settled(self, summary: RunSummary) -> None:
        """One line a run: info, or warning where the portal is not ok."""
        log = self._log.info if summary.state is PortalState.OK else self._log.warning
        log(
            "run settled",
            portal=summary.portal,
            state=summary.state.value,
            reason=summary.reason,
            listed=summary.listed,
            outcomes={key.value: n for key, n in summary.outcomes.items() if n},
            events={key.value: n for key, n in summary.events.items() if n},
            held=summary.held,
        )


def configure_logs(
    level: str, *, secrets: Iterable[str] = (), stream: TextIO | None = None
) -> None:
    """Sends structlog and the standard library's logging, masked and made inert, to stderr.

    `level` is debug, info, warning or error; the traceback of an error of the archive's is for
    info and debug. Replaces the root logger's handlers.
    """
    shared = _shared_processors(frozenset(secrets))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,  # a line a page that nobody sees costs time, too
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    human = on_terminal(stream or sys.stderr)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.ExtraAdder(("portal", "url", "run")), *shared],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _renderer(human, in_colour(stream or sys.stderr)),
        ],
    )
    replaced = _Stderr(stream)
    replaced.setFormatter(formatter)
    # Scrapy's loggers have levels of their own, so that the root's does not hold them back
    replaced.setLevel(level.upper())
    if level not in ("info", "debug"):
        replaced.addFilter(_tells_more_than_the_end)
    logging.captureWarnings(True)
    logging.root.handlers[:] = [replaced]
    logging.root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.root.level))


class _Stderr(logging.StreamHandler[Any]):
    """Writes to whatever `sys.stderr` is at the time, so that a progress bar can stand aside."""

    def __init__(self, stream: TextIO | None) -> None:
        logging.Handler.__init__(self)
        self._stream = stream

    @property
    def stream(self) -> Any:
        return self._stream or sys.stderr

    @stream.setter
    def stream(self, value: Any) -> None:
        self._stream = value


def _tells_more_than_the_end(record: logging.LogRecord) -> bool:
    """Whether a line is none of the traces a failing archive leaves on its way up through Scrapy.

    It ends the crawl, and the command line names it then, in one line that says what to do.
    """
    return not (record.exc_info and isinstance(record.exc_info[1], ArchiveError))


def _shared_processors(secrets: frozenset[str]) -> list[Processor]:
    def masked(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {key: _inert(value, secrets) for key, value in event.items()}

    return [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _always_there,
        masked,
    ]


def _inert(value: Any, secrets: frozenset[str]) -> Any:
    """Strings masked and without control characters, those inside of dicts and lists too."""
    if isinstance(value, (BaseException, Path)):
        value = str(value)
    if isinstance(value, str):
        return inert(mask(value, secrets))
    if isinstance(value, Mapping):
        return {str(key): _inert(item, secrets) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)) and not hasattr(value, "tb_frame"):
        return tuple(_inert(item, secrets) for item in value)
    return value


def _always_there(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Puts run, portal and url on every line, null where there is none."""
    portal = event.setdefault("portal", None)
    event.setdefault("url", None)
    event.setdefault("run", _run_ids.get(portal) if isinstance(portal, str) else None)
    return event


def _renderer(human: bool, colour: bool) -> Processor:
    if human:
        return structlog.dev.ConsoleRenderer(colors=colour, pad_event_to=0)
    return structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
