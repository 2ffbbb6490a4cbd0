"""Owns what a page's scripts say in plain strings: values and written markup, read, never run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.page.markup.tree import Element

_LONGEST_SCRIPT = 400_000  # characters; what stands behind is left alone
_LONGEST_SCRIPTS = 1_500_000  # all of a page's
_MOST_TOKENS = 100_000  # of one script
_MOST_TERMS = 200  # of one sum of strings
_LONGEST_WRITTEN = 200_000  # characters a script's strings may grow to

# Comments, strings, names, and single signs of a script
_TOKEN = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)"
    r"|\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?|`(?:[^`\\]|\\.)*+`?"
    r"|[\w$.]+|\S",
    re.S,
)
# \u4e91 · \x3c · \/ · \n
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_ESCAPED = {"n": "\n", "t": "\t", "r": "", "b": "", "f": "", "v": "", "\n": ""}
# document.write(…) · el.innerHTML = … · $("#fj").html(…)
_WRITES = (".write", ".writeln", ".html", ".append", ".prepend", ".after", ".before")
_WRITTEN_INTO = (".innerHTML", ".outerHTML")
_OPENS, _CLOSES = frozenset("[{("), frozenset(")}]")


@dataclass(frozen=True, slots=True)
class Assigned:
    """A string a script keeps under a name: `var syh = "…"`, `"identifier": "…"`.

    `within` are the names of the lists and objects around it, the innermost last.
    """

    name: str
    value: str
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScriptStrings:
    """What one script says: strings by name, the markup it writes, strings handed to calls."""

    assigned: tuple[Assigned, ...]
    written: str
    called: tuple[tuple[str, str], ...]  # showVsbpdfIframe("/a.pdf", …): name, first argument


def inline_scripts(root: Element) -> Iterator[tuple[Element, str]]:
    """The page's scripts that stand in it, each with its text, no longer than may be read."""
    left = _LONGEST_SCRIPTS
    for script in root.iter("script"):
        if (text := script.text) and not text.isspace():
            left -= min(len(text), _LONGEST_SCRIPT)
            if left < 0:
                return
            yield script, text[:_LONGEST_SCRIPT]


def read_script(text: str) -> ScriptStrings:
    """The strings of a script, sums of strings and known names added up; linear in its length.

    Nothing is executed: conditions, loops and functions are passed over, so that a string
    counts whether or not the script would come to it.
    """
    tokens: list[str] = []
    for found in _TOKEN.finditer(text):
        token = found.group()
        if not token.startswith(("//", "/*")):
            tokens.append(token)
        if len(tokens) >= _MOST_TOKENS:
            break
    return _Reader(tokens).read()


class _Reader:
    """Walks a script's tokens once, and remembers what each name was given."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        self._values: dict[str, str] = {}
        self._assigned: list[Assigned] = []
        self._written: list[str] = []
        self._called: list[tuple[str, str]] = []
        self._around: list[str] = []  # the name of each open bracket
        self._size = 0

    def read(self) -> ScriptStrings:
        """Everything the tokens say."""
        at = 0
        while at < len(self._tokens):
            at = self._step(at)
        return ScriptStrings(tuple(self._assigned), "".join(self._written), tuple(self._called))

    def _step(self, at: int) -> int:
        token, follows = self._tokens[at], self._token(at + 1)
        if token in _OPENS:
            self._around.append("")
        elif token in _CLOSES:
            self._around[-1:] = []
        elif follows == "(" and (token.endswith(_WRITES) or _is_string(self._token(at + 2))):
            return self._take_call(token, at)
        elif follows in ("=", ":") or (follows == "+" and self._token(at + 2) == "="):
            return self._take_value(token, at)
        return at + 1

    def _token(self, at: int) -> str:
        return self._tokens[at] if at < len(self._tokens) else ""

    def _take_call(self, name: str, at: int) -> int:
        value, end = self._sum(at + 2)
        if value is not None:
            if name.endswith(_WRITES):
                self._write(value)
            else:
                self._called.append((name, value))
        self._around.append("")
        return max(end, at + 2)

    def _take_value(self, token: str, at: int) -> int:
        adds = self._token(at + 1) == "+"
        begin = at + (3 if adds else 2)
        name = _unquoted(token)
        if self._token(begin) in ("[", "{"):
            self._around.append(name)
            return begin + 1
        value, end = self._sum(begin)
        if value is None:
            return begin
        if name.endswith(_WRITTEN_INTO):
            self._write(value)
        else:
            whole = (self._values.get(name, "") if adds else "") + value
            self._size += len(whole)
            if self._size <= _LONGEST_WRITTEN * 4:
                self._values[name] = whole
                within = tuple(each for each in self._around[-8:] if each)
                self._assigned.append(Assigned(name, whole, within))
        return end

    def _write(self, markup: str) -> None:
        self._size += len(markup)
        if self._size <= _LONGEST_WRITTEN * 4:
            self._written.append(markup)

    def _sum(self, at: int) -> tuple[str | None, int]:
        """The strings from `at` on that are joined by `+`, and where they end; None for none."""
        parts: list[str] = []
        known = False
        for _ in range(_MOST_TERMS):
            token = self._token(at)
            if _is_string(token):
                parts.append(_unquoted(token))
                known = True
            elif (value := self._values.get(token.split(".")[0])) is not None and token:
                parts.append(value)
                known = True
            elif not token or not (token[0].isalnum() or token[0] in "_$."):
                break
            at += 1
            if self._token(at) != "+" or self._token(at + 1) == "=":
                break
            at += 1
        return ("".join(parts) if known else None), at


def _is_string(token: str) -> bool:
    return token[:1] in ("'", '"', "`")


def _unquoted(token: str) -> str:
    """A string's text without its quotes, escapes read."""
    if not _is_string(token):
        return token
    text = token[1:-1] if len(token) > 1 and token[-1] == token[0] else token[1:]
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    if code:
        return chr(int(code, 16))
    plain: str = match.group(3)
    return _ESCAPED.get(plain, plain)
