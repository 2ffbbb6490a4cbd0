"""Why a letter is handed on: exports and sinks tell it alike."""

from __future__ import annotations

import pytest

from storage.events import JOINED, ONLY_FOR_EXPORTS, REREAD, SPLIT, SPLIT_FROM
from storage.handing_on import REASONS, Reason, weightiest
from storage.outbox import following
from storage.records import EventKind


@pytest.mark.parametrize(
    ("kinds", "reason"),
    [
        ({"new", "changed", REREAD}, "new"),
        ({SPLIT, "changed"}, "new"),
        ({"changed", "withdrawn", "restored"}, "restored"),
        ({REREAD, "moved"}, "changed"),
        ({SPLIT_FROM}, "changed"),
        ({REREAD, JOINED}, "joined"),
        ({REREAD, "copy-found"}, "reread"),
        ({"copy-found"}, "changed"),
        ({"withdrawn"}, "changed"),
    ],
)
def test_weightiest_reason_of_a_letter_that_stands(kinds: set[str], reason: Reason) -> None:
    assert weightiest(kinds) == reason


def test_sinks_have_a_reason_for_every_event() -> None:
    reasons = vars(following)["_REASONS"]
    assert reasons.keys() == {*EventKind, *ONLY_FOR_EXPORTS}
    assert {kind: reasons[kind] for kind in REASONS} == dict(REASONS)
