"""`fuhan.env`: the variables beside a configuration, in the form of systemd's `EnvironmentFile=`.

fuhan reads it itself, so that it means the same under systemd, cron, in a container and by hand:
no shell does, and `$`, `&`, `;` and blanks stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from schedules.words.language import language, say
from schedules.words.messages import CANNOT_READ_FILE
from schedules.words.reasons import toml_fault
from schedules.words.system_faults import system_fault
from storage.errors import ConfigError

# MAIL_PASSWORD=ab&cd $5   · HOOK="a \"quoted\" one" · KEY='x'   · # a comment · ; another
_LINE = re.compile(
    r"""[ \t\n\r]*(?:
        [#;][^\n\r]*
      | (?P<name>[^=\n\r]+)=(?P<quoted>(?:[ \t]*(?:'[^']*'?|"(?:\\.|[^"\\])*"?))*)
        [ \t]*(?P<plain>(?:\\.|[^\\\n\r])*)
      | [^\n\r]+
      | \Z
    )""",
    re.VERBOSE | re.DOTALL,
)
# 'x' · "a \"quoted\" one"
_QUOTED = re.compile(r"""'(?P<single>[^']*)'?|"(?P<double>(?:\\.|[^"\\])*)"?""", re.DOTALL)
# MAIL_PASSWORD
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# \" of a double-quoted text, `\n` of it, and a line that goes on; others keep their backslash
_IN_DOUBLE = re.compile(r"\\([\"\\`$]|\n)")
# \& of a plain one, and a line that goes on
_IN_PLAIN = re.compile(r"\\(.)", re.DOTALL)

NEWLINE = b"\n"


class EnvFile(Mapping[str, str]):
    """The variables of a file, read when the first one is asked for; none where there is no file.

    Raises ConfigError then for a file that cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    @cached_property
    def _values(self) -> dict[str, str]:
        try:
            raw = self.path.read_bytes()
            return variables(raw.decode("utf-8-sig"))
        except FileNotFoundError:
            return {}
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
