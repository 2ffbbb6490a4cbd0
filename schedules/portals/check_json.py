"""Owns the object `fuhan portals check --json` prints: what the text says, as values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from schedules.portals.check import CheckedLetter, CheckedList, Remark
from storage.json_forms import letter_fields


def check_object(
    portal: str,
    lists: Sequence[CheckedList],
    letters: Sequence[CheckedLetter],
    together: Sequence[Remark],
) -> dict[str, Any]:
    """Lists and letters in the order they were asked for, each with its remarks.

    Texts are in the user's language. Contacts, which are personal data, are left out.
    """
    seen = [each.remarks for each in lists] + [each.remarks for each in letters]
    faults = sum(remark.fault for remark in chain(*seen, together))
    read = sum(each.tried.is_read for each in letters)
    return {
        "v": 1,
        "portal": portal,
        "verdict": "fault" if faults or not read else "ok",
        "faults": faults,
        "tried": len(letters),
        "read": read,
        "lists": [_list(each) for each in lists],
        "letters": [_letter(each) for each in letters],
        "remarks": _remarks(together),
    }


def _list(checked: CheckedList) -> dict[str, Any]:
    return {
        "url": checked.url,
        "listed": len(checked.links),
        "leads_on": checked.leads_on,
        "remarks": _remarks(checked.remarks),
    }


def _letter(checked: CheckedLetter) -> dict[str, Any]:
    reading = checked.tried.reading
    return {
        "url": checked.tried.url,
        "letter": letter_fields(reading.letter, contacts=False) if reading else None,
        "method": reading.method if reading else None,
        "container": reading.container if reading else None,
        "remarks": _remarks(checked.remarks),
    }


def _remarks(remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    return [{"fault": remark.fault, "text": remark.text} for remark in remarks]
