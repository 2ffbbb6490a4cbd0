"""Children of the daemon: one command each, started with the configuration in force."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import IO, Protocol

import structlog

from schedules.config.environment import on_terminal
from schedules.daemon.watch import Watch

_LONGEST_LINE = 64 * 1024  # bytes; what is longer comes as several
_DRAIN_SECONDS = 2.0  # for what a child said last


class Child(Protocol):
    """A command that was started: what of `subprocess.Popen` is needed, and its last words."""

    @property
    def pid(self) -> int: ...

    @property
    def last_words(self) -> str: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def terminate(self) -> None: ...

    def kill(self) -> None: ...


StartChild = Callable[[Watch, Sequence[str]], Child]


class CommandChild:
    """`fuhan ARGUMENTS` in a process of its own, which reads no configuration from the disk.

    It gets what the daemon holds in force through its standard input: a file that is being
    edited, or was found broken, is nothing to it. On a terminal it shares stderr; else each line
    it writes there that is no JSON is made a line of our log.
    """

    def __init__(self, watch: Watch, arguments: Sequence[str]) -> None:
        self.last_words = ""
        self._shares_terminal = on_terminal(sys.stderr)
        # a group of its own: a terminal's Ctrl-C reaches the daemon alone, which passes it on
        self._popen = subprocess.Popen(  # noqa: S603 - our own program, arguments as a list
            [sys.executable, "-m", "schedules.daemon.child", *arguments],
            stdin=subprocess.PIPE,
            stdout=sys.stderr.fileno() if self._shares_terminal else subprocess.DEVNULL,
            stderr=None if self._shares_terminal else subprocess.PIPE,
            start_new_session=True,
        )
        self._reader: threading.Thread | None = None
        if self._popen.stderr is not None:
            self._reader = threading.Thread(
                target=self._pass_on, args=(self._popen.stderr,), name="child", daemon=True
            )
            self._reader.start()
        self._hand_over(watch)

    @property
    def pid(self) -> int:
        """The process's id, which is its group's."""
        return self._popen.pid

    def wait(self, timeout: float | None = None) -> int:
        """Waits for its end; gives its exit code, negative where a signal ended it."""
        code = self._popen.wait(timeout)
        if self._reader is not None:
            self._reader.join(_DRAIN_SECONDS)
        return code

    def terminate(self) -> None:
        """Asks it to end."""
        self._popen.terminate()

    def kill(self) -> None:
        """Ends it, and whatever it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self._popen.pid, signal.SIGKILL)

    def _hand_over(self, watch: Watch) -> None:
        if self._popen.stdin is None:
            return
        # where it died at once, its exit code tells
        with suppress(BrokenPipeError), self._popen.stdin as pipe:
            pickle.dump(watch, pipe)

    def _pass_on(self, pipe: IO[bytes]) -> None:
        log = structlog.get_logger("fuhan.daemon")
        with pipe:
            while line := pipe.readline(_LONGEST_LINE):
                text = line.decode("utf-8", "replace").strip()
                if _is_log_line(text):
                    sys.stderr.write(text + "\n")
                    sys.stderr.flush()
                elif text:
                    self.last_words = text
                    log.warning("child said", child=self.pid, text=text)


def _is_log_line(text: str) -> bool:
    """Whether a line is one of our JSON log: whatever else a child writes may hold anything."""
    if not text.startswith("{"):
        return False
    try:
        return "event" in json.loads(text)
    except (ValueError, RecursionError):
        return False
