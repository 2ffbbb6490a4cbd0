"""What an entry of the journal leaves out of its content: what stands beside it, and what is usual.

A fifth of the journal's room was that. An entry says by its `form` that it does so; those without
one, of archives from before, say everything. What is left out counts as said, and is verified.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FORM = 2


def shortened(
    kind: str, content: Mapping[str, Any], observed_at: str | None, recorded_at: str
) -> dict[str, Any]:
    """The content as it is written, between an entry's two times."""
    usual = _usual(kind, content, observed_at, recorded_at)
    if not usual:
        return dict(content)
    # a 0 is not a False, nor 1.0 a 1: what is read back must be the very content
    kept = {
        name: value
        for name, value in content.items()
        if name not in usual or value != usual[name] or type(value) is not type(usual[name])
    }
    return {"form": FORM, **kept}


def whole(
    kind: str, content: Mapping[str, Any], observed_at: str | None, recorded_at: str
) -> dict[str, Any]:
    """The content an entry was written of."""
    if content.get("form") != FORM:
        return dict(content)
    said = {name: value for name, value in content.items() if name != "form"}
    return {**_usual(kind, said, observed_at, recorded_at), **said}


def _usual(
    kind: str, content: Mapping[str, Any], observed_at: str | None, recorded_at: str
) -> dict[str, Any]:
    """What is left out of each kind of entry. A name that is added later has to have a form of its
    own: entries of this one have not said it."""
    if kind == "version":
        return {
            "digest": content.get("content"),
            "place": observed_at,
            "read_at": recorded_at,
            "replayed": 0,
        }
    if kind == "event":
        nothing = ("significance", "scope", "from_url", "reason", "reading_before", "replayed")
        return {
            **dict.fromkeys(nothing),
            "status": "published",
            "observed_at": observed_at,
            "recorded_at": recorded_at,
            "backdated": 0,
        }
    return {}
