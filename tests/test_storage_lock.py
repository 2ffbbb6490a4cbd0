"""One crawl and one daemon per archive; a lock dies with its process, and says who holds it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from storage.errors import ArchiveError, ArchiveFull, ArchiveLocked
from storage.lock import crawl_lock, daemon_lock
from storage.outbox.lock import delivery_lock, upkeep_lock

Lock = Callable[[Path], AbstractContextManager[object]]
ROOT = Path(__file__).parent.parent
HOLD = """
import sys, time
from pathlib import Path
from storage.lock import daemon_lock
with daemon_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_second_daemon_is_refused_by_the_process_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "fuhan.db"
    with daemon_lock(path), pytest.raises(ArchiveLocked) as refused, daemon_lock(path):
        pass
    assert (refused.value.what, refused.value.values["holder"]) == ("daemon", str(os.getpid()))
    with daemon_lock(path), crawl_lock(path):
        pass  # its own crawls are not kept out


def test_lock_of_a_daemon_that_was_killed_is_free(tmp_path: Path) -> None:
    path = tmp_path / "fuhan.db"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with pytest.raises(ArchiveLocked) as refused, daemon_lock(path):
            pass
        child.kill()
    assert refused.value.values["holder"] == str(child.pid)
    with daemon_lock(path):
        pass


@pytest.mark.parametrize("lock", [crawl_lock, daemon_lock, delivery_lock, upkeep_lock])
@pytest.mark.parametrize(
    ("number", "kind", "what"),
    [
        (errno.ENOSPC, ArchiveFull, "lock-full"),
        (errno.EDQUOT, ArchiveFull, "lock-full"),
        (errno.EROFS, ArchiveError, "read-only"),
        (errno.EACCES, ArchiveError, "lock-unwritten"),
    ],
)
def test_lock_that_cannot_be_written_says_what_helps(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lock: Lock,
    number: int,
    kind: type[ArchiveError],
    what: str,
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(kind) as refused, lock(tmp_path / "fuhan.db"):
        pass
    assert refused.value.what == what


@pytest.mark.parametrize("lock", [crawl_lock, daemon_lock, delivery_lock, upkeep_lock])
def test_mount_without_locks_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lock: Lock
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    with pytest.raises(ArchiveError) as refused, lock(tmp_path / "fuhan.db"):
        pass
    assert refused.value.what == "lock-unwritten"


def test_f04_lock_file_that_is_there_needs_no_more_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fuhan.db"
    with crawl_lock(path):
        pass
    (file,) = tmp_path.iterdir()
    size = file.stat().st_size
    monkeypatch.setattr("os.getpid", lambda: 4_194_304)  # the longest Linux has
    with crawl_lock(path):
        assert file.stat().st_size == size
        assert int(file.read_text()) == 4_194_304
