"""Why a letter is handed on: one table, for exports and for sinks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from storage.events import JOINED, REREAD, SPLIT, SPLIT_FROM

Reason = Literal["new", "changed", "reread", "joined", "withdrawn", "restored"]
"""Why a letter is handed on."""

REASONS: Mapping[str, Reason] = {
    "new": "new",
    SPLIT: "new",
    "restored": "restored",
    "changed": "changed",
    "moved": "changed",
    SPLIT_FROM: "changed",
    JOINED: "joined",
    REREAD: "reread",
}
"""What a kind of event means to a corpus, the weightiest first: who never heard of a letter has a
new one, and an edit is not hidden by a better reading that followed it."""


def weightiest(kinds: Collection[str]) -> Reason:
    """The reason of several events of one letter that still stands.

    What is left, such as one more address or one less, changes its line all the same.
    """
    return next((reason for kind, reason in REASONS.items() if kind in kinds), "changed")
