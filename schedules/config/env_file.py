"""`fuhan.env`: the variables beside a configuration, in the form of systemd's `EnvironmentFile=`.

fuhan reads it itself, so that it means the same under systemd, cron, in a container and by hand:
no shell does, and `$`, `&`, `;` and blanks stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from schedules.words.language import language, say
from schedules.words.messages import CANNOT_READ_FILE, LINE_EXPORTS, LINE_LEFT_OUT
from schedules.words.reasons import toml_fault
from schedules.words.system_faults import system_fault
from storage.errors import ConfigError

# MAIL_PASSWORD=ab&cd $5   · HOOK="a \"quoted\" one" · KEY='x'   · # a comment · ; another
_LINE = re.compile(
    r"""[ \t\n\r]*(?:
        [#;][^\n\r]*
      | (?P<name>[^=\n\r]+)=(?P<quoted>(?:[ \t]*(?:'[^']*'?|"(?:\\.|[^"\\])*"?))*)
        [ \t]*(?P<plain>(?:\\.|[^\\\n\r])*)
      | (?P<other>[^\n\r]+)
      | \Z
    )""",
    re.VERBOSE | re.DOTALL,
)
# 'x' · "a \"quoted\" one"
_QUOTED = re.compile(r"""'(?P<single>[^']*)'?|"(?P<double>(?:\\.|[^"\\])*)"?""", re.DOTALL)
# "export MAIL_PASSWORD", as shells have it and systemd does not
_EXPORTED = re.compile(r"export[ \t]+(?P<name>[A-Za-z_][A-Za-z0-9_]*)")
# MAIL_PASSWORD
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# \" of a double-quoted text, `\n` of it, and a line that goes on; others keep their backslash
_IN_DOUBLE = re.compile(r"\\([\"\\`$]|\n)")
# \& of a plain one, and a line that goes on
_IN_PLAIN = re.compile(r"\\(.)", re.DOTALL)

NEWLINE = b"\n"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that sets nothing; of what stands in it, which may be secret, at most a name."""

    number: int  # from 1
    exported: str | None  # the variable it would set for a shell

    def told(self, path: Path) -> str:
        """What is wrong with it."""
        words = LINE_LEFT_OUT if self.exported is None else LINE_EXPORTS
        return say(words, path=path, number=self.number, name=self.exported)


class EnvFile(Mapping[str, str]):
    """The variables of a file, read when the first one is asked for; none where there is no file.

    Raises ConfigError then for a file that cannot be read, and for a variable that it sets only by
    a line with `export`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __getitem__(self, name: str) -> str:
        if name not in self._values:
            for line in self.left_out():
                if line.exported == name:
                    raise ConfigError(line.told(self.path))
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def left_out(self) -> list[LeftOut]:
        """The lines that set nothing."""
        return left_out(self._text)

    @cached_property
    def _values(self) -> dict[str, str]:
        return variables(self._text)

    @cached_property
    def _text(self) -> str:
        try:
            raw = self.path.read_bytes()
            return raw.decode("utf-8-sig")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise _unreadable(self.path, system_fault(error)) from error
        except UnicodeDecodeError as error:
            fault = f"not UTF-8 (at line {raw[: error.start].count(NEWLINE) + 1})"
            raise _unreadable(self.path, toml_fault(fault, language())) from error


def env_file_of(configuration: Path) -> Path:
    """`watch/fuhan.env` of `watch/fuhan.toml`."""
    return configuration.with_name(f"{configuration.stem}.env")


def variables(text: str) -> dict[str, str]:
    """The variables of a file's text, by the rules of systemd.exec(5), `EnvironmentFile=`.

    A line without `=` and a name that is none are left out; the last of two with one name holds.
    """
    found = {}
    for line in _LINE.finditer(text):
        if line["name"] is not None and _NAME.fullmatch(name := line["name"].strip()):
            found[name] = _unquoted(line["quoted"]) + _plain(line["plain"])
    return found


def left_out(text: str) -> list[LeftOut]:
    """The lines of a file's text that are neither comments nor `NAME=value`."""
    found = []
    for line in _LINE.finditer(text):
        key = "name" if line["name"] is not None else "other"
        if line[key] is None or (key == "name" and _NAME.fullmatch(line[key].strip())):
            continue
        number = text.count("\n", 0, line.start(key)) + 1
        exported = _EXPORTED.fullmatch(line[key].strip())
        found.append(LeftOut(number, exported["name"] if exported else None))
    return found


def _unquoted(text: str) -> str:
    return "".join(
        piece["single"] if piece["double"] is None else _IN_DOUBLE.sub(_kept, piece["double"])
        for piece in _QUOTED.finditer(text)
    )


def _plain(text: str) -> str:
    """Without the blanks at its end, but for one that was escaped."""
    bare = text.rstrip(" \t")
    if len(bare) < len(text) and (len(bare) - len(bare.rstrip("\\"))) % 2:
        bare = text[: len(bare) + 1]
    return _IN_PLAIN.sub(_kept, bare)


def _kept(escape: re.Match[str]) -> str:
    return "" if escape[1] == "\n" else escape[1]


def _unreadable(path: Path, reason: str) -> ConfigError:
    return ConfigError(say(CANNOT_READ_FILE, path=path, reason=reason))
