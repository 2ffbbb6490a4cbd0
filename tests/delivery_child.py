"""A delivery that is killed between sending a message and marking it: for the tests of fault 51."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from schedules.config import environment
from schedules.config.config import load_config
from schedules.delivery.deliver import send_due, send_report
from storage.outbox.outbox import Outbox


def _die(*_: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise SystemExit


def main() -> None:
    """Sends the report or the sinks' messages of a configuration, as far as it gets."""
    Outbox.mark_delivered = _die  # type: ignore[method-assign, assignment]
    config = load_config(Path(sys.argv[1]), {})
    if sys.argv[2] == "sinks":
        send_due(config, clock=environment.clock(), names=[sink.name for sink in config.sinks])
    else:
        send_report(config, config.reports[0], clock=environment.clock())


if __name__ == "__main__":
    main()
