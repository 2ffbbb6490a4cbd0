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
    invocation = Invocation()
    # in the place of what `Invocation` would read from the disk
    sound = SoundPortals(watch.known)
    vars(invocation).update(config=watch.config, known=watch.known, sound=sound)
    cli.main(invocation=invocation)


if __name__ == "__main__":
    main()
