"""Runs the other watchers' own conversion to text and differ; stands in their environment.

Reads JSON lines of `{"before": …, "after": …}`, two pages' HTML, and writes for each a line that
maps each watcher to the difference it would report (null where it sees no change), or to
`{"error": …}`. No part of fuhan is imported.
"""

from __future__ import annotations

import difflib
import importlib.metadata
import json
import sys
from collections.abc import Callable
from typing import Any


def _changedetection() -> Callable[[str, str], str | None]:
    render_diff = importlib.import_module("changedetectionio.diff").render_diff
    html_to_text = importlib.import_module("changedetectionio.html_tools").html_to_text

    def differ(before: str, after: str) -> str | None:
        old, new = html_to_text(before), html_to_text(after)
        # what its processor hashes: the text without white space
        if "".join(old.split()) == "".join(new.split()):
            return None
        return str(render_diff(old, new, word_diff=True))

    return differ


def _webchanges() -> Callable[[str, str], str | None]:
    filters = importlib.import_module("webchanges.filters._html")

    class Job:
        url = "http://site.example/"

    def text(html: str) -> str:
        convert: Any = filters.Html2TextFilter.__new__(filters.Html2TextFilter)
        convert.job = Job()
        return str(convert.filter(html, "text/html", {})[0])

    def differ(before: str, after: str) -> str | None:
        old, new = text(before), text(after)
        if old == new:
            return None
        # its default: a unified diff with three lines around a change
        lines = difflib.unified_diff(old.splitlines(), new.splitlines(), "@", "@", n=3, lineterm="")
        return "\n".join(lines)

    return differ


WATCHERS = {"changedetection.io": _changedetection, "webchanges": _webchanges}


def main() -> None:
    """First a line of versions and of what could not be loaded, then a line a pair."""
    differs: dict[str, Callable[[str, str], str | None]] = {}
    told: dict[str, str] = {}
    for name, load in WATCHERS.items():
        try:
            told[name] = importlib.metadata.version(name)
            differs[name] = load()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is printed
            told[name] = f"could not be run: {type(error).__name__}: {error}"
    print(json.dumps(told), flush=True)
    for line in sys.stdin:
        pair = json.loads(line)
        print(json.dumps({name: _diff(each, pair) for name, each in differs.items()}))


def _diff(differ: Callable[[str, str], str | None], pair: dict[str, str]) -> Any:
    try:
        return differ(pair["before"], pair["after"])
    except Exception as error:  # noqa: BLE001 - counted
        return {"error": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    main()
