"""The blocks of the documents, read and run: what stands in a shell block is typed in as it stands.

In a `console` block a line begins with `$`, and what follows it is what the command prints; `…`
stands for anything. In a `sh` block every line is a command. A command whose comment begins with
※ is for the reader alone: it wants the network, another terminal, or the machine's administrator.
A TOML block that begins with the name of a file, `# watch/fuhan.toml`, is that file from there on.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
}
# ```console … ```
_FENCE = re.compile(r"^```([\w-]*)\n(.*?)^```$", re.M | re.S)
# # watch/fuhan.toml
_FILE = re.compile(r"# ([\w/-]+\.toml)\n")
# $ fuhan crawl          # ※ 联网 needs the network
_MARK = re.compile(r"\s#\s*※")


@dataclass(frozen=True)
class Command:
    """One line to type, and what the page shows of its output."""

    page: str
    line: str
    shown: tuple[str, ...] = ()

    @property
    def typed(self) -> str:
        """The line without its comment."""
        return re.split(r"\s+# ", self.line)[0].strip()

    @property
    def marked(self) -> bool:
        """Whether the page says that it is not tried here."""
        return _MARK.search(self.line) is not None


@dataclass(frozen=True)
class File:
    """A file the page has its reader write."""

    path: str
    text: str


def blocks(page: str) -> Iterator[tuple[str, str]]:
    """Language and text of every block of a page."""
    yield from ((found[1], found[2]) for found in _FENCE.finditer(PAGES[page]))


def steps(page: str) -> Iterator[Command | File]:
    """What a page has its reader do, in order: commands typed and files written."""
    for language, text in blocks(page):
        if language == "console":
            yield from _console(page, text)
        elif language == "sh":
            lines = filter(str.strip, text.replace("\\\n", " ").splitlines())
            yield from (Command(page, line) for line in lines if not line.startswith("#"))
        elif language == "toml" and (named := _FILE.match(text)):
            yield File(named[1], text)


def commands(page: str) -> list[Command]:
    """Every command of a page's shell blocks, in order."""
    return [step for step in steps(page) if isinstance(step, Command)]


def _console(page: str, text: str) -> list[Command]:
    found: list[Command] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append(Command(page, line[2:]))
        elif found:
            last = found.pop()
            found.append(Command(page, last.line, (*last.shown, line)))
        else:
            raise AssertionError(f"{page}: output without a command: {line}")
    return found


@dataclass
class Reader:
    """Somebody who types what a page says, in a folder; addresses lead to a portal in a box.

    `instead` are texts of a page and what is typed in their place.
    """

    folder: Path
    instead: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    exported: list[str] = field(default_factory=list)

    def type(self, command: Command, expect: int = 0) -> None:
        """Runs the command, which must end with the exit code and print what the page shows."""
        line = command.typed
        for text, meant in self.instead.items():
            line = line.replace(text, meant)
        if line.startswith("export "):  # holds for what is typed after it
            self.exported.append(line)
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", "\n".join([*self.exported, line])],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=240,
            check=False,
        )
        said = f"{command.page}: {line}\n{done.stdout}\n{done.stderr}"
        assert done.returncode == expect, f"exit code {done.returncode}: {said}"
        printed = done.stdout + done.stderr
        for text, meant in self.instead.items():
            printed = printed.replace(meant, text)
        assert is_shown(command.shown, printed), said

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FUHAN_")}
        path = f"{self._programs()}{os.pathsep}{os.environ['PATH']}"
        own = {"PATH": path, "PYTHONPATH": str(ROOT), "FUHAN_LANG": "zh"}
        return kept | own | dict(self.environment)

    def _programs(self) -> Path:
        """A folder with `fuhan` as these sources have it."""
        folder = self.folder / ".programs"
        folder.mkdir(exist_ok=True)
        script = folder / "fuhan"
        script.write_text(
            f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m schedules "$@"\n', encoding="utf-8"
        )
        script.chmod(0o755)
        return folder


def is_shown(shown: tuple[str, ...], printed: str) -> bool:
    """Whether the output has the lines that are shown, in their order; `…` is any text."""
    lines = iter(line.rstrip() for line in printed.splitlines())
    wanted = [_pattern(line) for line in shown if line.strip() not in ("", "…")]
    return all(any(pattern.fullmatch(line) for line in lines) for pattern in wanted)


def _pattern(line: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, line.rstrip().split("…"))))
