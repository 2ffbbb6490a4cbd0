"""A sink that starts a program for each letter and hands it the JSON on standard input."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from shutil import which

from schedules.delivery.failures import NotDelivered, os_reason
from schedules.words.language import say
from schedules.words.messages import CANNOT_READ_FILE, NO_PROGRAM
from storage.errors import DeliveryError
from storage.outbox.records import Delivery


class Program:
    """`{ exec = ["./index.py", "--fast"] }`: no shell; exit code 0 is delivered, any other is not.

    It runs in the configuration's folder with what `${NAME}` may name there in its environment,
    and besides FUHAN_MESSAGE_ID, the same at every attempt, and FUHAN_CONFIG: a `fuhan` it starts
    works by our configuration, however that was named to us. What it prints is dropped. After
    `seconds` it is killed with all it started. Its standard input is a file, so that it never
    meets half a message, we being killed or not.
    """

    batch = 1

    def __init__(
        self,
        arguments: Sequence[str],
        folder: Path,
        seconds: float,
        variables: Mapping[str, str] = os.environ,
        config: Path | None = None,
    ) -> None:
        self._arguments = tuple(arguments)
        self._folder = folder
        self._limit = seconds
        self._variables = variables
        self._own = {"FUHAN_CONFIG": str(config.absolute())} if config else {}
        self.seconds = seconds + 10.0

    def send(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Runs the program once. Raises NotDelivered."""
        delivery = deliveries[0]
        own = {**self._own, "FUHAN_MESSAGE_ID": delivery.message_id}
        try:
            with tempfile.TemporaryFile() as message:
                message.write(delivery.content.encode("utf-8", "backslashreplace"))
                message.seek(0)
                child = subprocess.Popen(  # noqa: S603 - the user's own program, arguments as a list
                    self._arguments,
                    cwd=self._folder,
                    env={**self._variables, **own},
                    stdin=message,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
        except (OSError, ValueError) as error:
            reason = os_reason(error) if isinstance(error, OSError) else "no usable arguments"
            raise NotDelivered(f"cannot be started: {reason}") from error
        self._finish(child)

    def check(self) -> None:
        """Whether there is such a program; DeliveryError."""
        name = self._arguments[0]
        path = str(self._folder / name) if "/" in name else name
        if which(path) is None:
            raise DeliveryError(say(CANNOT_READ_FILE, path=name, reason=say(NO_PROGRAM)))

    def _finish(self, child: subprocess.Popen[bytes]) -> None:
        try:
            child.wait(self._limit)
        except subprocess.TimeoutExpired as error:
            raise NotDelivered(f"not done within {self._limit:g} s") from error
        finally:
            _end(child)
        if child.returncode:
            raise NotDelivered(f"exit code {child.returncode}")


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kills what is left of the program's own group, and waits for the program."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
