"""What a sum in a page's script comes to: `"index_" + (n-1) + ".html"`; nothing is run."""

from __future__ import annotations

import re

_GIVEN = "fuhan$given"  # what stands for the given name while a sum is read
# "index_" · 'list.jsp?page=' · n · (n-1) · parseInt(n)+1 · String(id)
_PIECE = re.compile(
    r"\s*(?:\"([^\"]*)\"|'([^']*)'"
    r"|\(?\s*(?:(?:parseInt|Number|eval|String|encodeURI(?:Component)?)\s*\(\s*)?([\w$]+)\s*\)?\s*(?:([+-])\s*(\d{1,3})\s*\)?)?\s*\)?)"
    r"\s*(?=\+|$)\+?"
)
# n == 1 ? · obj.curr>1?;  not: "list.jsp?page=" + n
_ASKS = re.compile(r"[=<>]=?\s{0,3}\d{1,4}\s{0,3}\?")
_VARIABLE = r"\b{name}\s{{0,9}}=\s{{0,9}}(?:\"([^\"\n]{{0,200}})\"|'([^'\n]{{0,200}})'|(\d{{1,9}}))"


def names(written: str, name: str) -> bool:
    """Whether an expression uses a name: `n`, `obj.curr`, `this.value`."""
    return _GIVEN in _given(written, name)


def sum_of(written: str, name: str, value: str, source: str) -> str | None:
    """The text a sum of strings comes to where `name` has a value; None where it can't be told.

    Other names are looked up in `source`, where it gives them a value. Of a choice by the name
    (`n==1 ? "" : "_"+n`) the branch is taken that uses it.
    """
    text, position = "", 0
    rest = _chosen(_given(_balanced(written.strip()), name))
    while position < len(rest):
        piece = _PIECE.match(rest, position)
        if piece is None or piece.end() == position:
            return None
        found = _piece(piece, value, source)
        if found is None:
            return None
        text += found
        position = piece.end()
    return text or None


def _given(written: str, name: str) -> str:
    """The sum with the given name replaced, strings left as they are: `"?id=" + id`."""
    if not name:
        return written
    parts = re.compile(rf"\"[^\"]*\"|'[^']*'|(?<![\w$.]){re.escape(name)}(?![\w$])")
    return parts.sub(lambda found: found[0] if found[0][0] in "\"'" else _GIVEN, written)


def _balanced(written: str) -> str:
    return written.rstrip(")") if written.count("(") < written.count(")") else written


def _chosen(written: str) -> str:
    """The sum without its choice, where only one branch uses the given name.

    `"index" + (n == 1 ? "" : "_" + (n-1)) + ".html"` → `"index" + "_" + (n-1) + ".html"`
    """
    found = _ASKS.search(written)
    if found is None:
        return written
    asked = found.end() - 1
    begin, end = _around(written, asked)
    branches = written[asked + 1 : end].split(":")
    using = [branch.strip() for branch in branches if _GIVEN in branch]
    if len(branches) != 2 or len(using) != 1:
        return written
    return f"{written[: max(begin, 0)]}{using[0]}{written[end + 1 :]}"


def _around(written: str, place: int) -> tuple[int, int]:
    """The parenthesis around a place: where it opens and closes; -1 and the end without one."""
    depth, begin = 0, -1
    for at in range(place - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(written[at], 0)
        if depth < 0:
            begin = at
            break
    depth = 0
    for at in range(place, len(written)):
        depth += {"(": 1, ")": -1}.get(written[at], 0)
        if depth < 0:
            return begin, at
    return begin, len(written)


def _piece(piece: re.Match[str], value: str, source: str) -> str | None:
    if piece[3] is None:
        return piece[1] if piece[1] is not None else piece[2]
    if piece[3] == _GIVEN:
        return _stepped(value, piece[4], piece[5])
    found = re.search(_VARIABLE.format(name=re.escape(piece[3])), source)
    return next((group for group in found.groups() if group is not None), None) if found else None


def _stepped(value: str, sign: str | None, step: str | None) -> str | None:
    """A number one more or less; what is no number has no next one."""
    if not step:
        return value
    if not (value.isascii() and value.isdigit()):
        return None
    return str(int(value) - int(step) if sign == "-" else int(value) + int(step))
