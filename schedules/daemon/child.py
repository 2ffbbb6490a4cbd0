"""`python -m schedules.daemon.child ARGUMENTS`: `fuhan ARGUMENTS`, for the daemon above it."""

from __future__ import annotations

import pickle
import sys

from schedules.cli.cli import cli
from schedules.cli.invocation import Invocation
from schedules.daemon.watch import Watch
from schedules.portals.sound import SoundPortals


def main() -> None:
    """Takes the configuration in force from stdin, which the daemon alone writes to, and runs."""
    watch: Watch = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent, by a pipe
    cli.main(invocation=invocation_of(watch))


def invocation_of(watch: Watch) -> Invocation:
    """An invocation that reads nothing from the disk.

    Of a portal whose file is wrong it has the name: what is known of it is still to be measured.
    """
    invocation = Invocation()
    vars(invocation).update(
        config=watch.config, sound=SoundPortals(watch.known), enabled_names=watch.names
    )
    return invocation


if __name__ == "__main__":
    main()
