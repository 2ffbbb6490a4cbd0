"""Runs one command and writes what it cost: CPU with all its children, memory, wall time.

    python -I -S launcher.py REPORT CORE SECONDS COMMAND ARGUMENT…

A small process of its own, because a child's peak memory begins with that of the process it was
forked from. CORE is the one core all of it may use. After SECONDS (0: never) it is sent SIGTERM.
"""

import json
import os
import signal
import sys
import time


def main() -> int:
    """Runs the command; gives its exit code."""
    report, core, seconds, *command = sys.argv[1:]
    os.sched_setaffinity(0, {int(core)})
    began = time.monotonic()
    child = os.posix_spawnp(command[0], command, os.environ)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGTERM))
    signal.alarm(int(seconds))
    _, status, usage = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    cost = {
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": time.monotonic() - began,
        "peak_kb": usage.ru_maxrss,
        "code": code,
    }
    with open(report, "w", encoding="utf-8") as written:  # noqa: PTH123 - pathlib costs memory
        json.dump(cost, written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
