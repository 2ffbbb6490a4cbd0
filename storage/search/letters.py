"""What of a letter is searched: its texts by field, and the marks its index entry carries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from storage.database import Row
from storage.search.text import fold, index_grams

TITLE = "title"
BODY = "body"
ANNEX = "annex"
CONTACTS = "contacts"
PLAIN_FIELDS = (
    TITLE,
    "submission_title",
    "index_number",
    "document_number",
    "submission_number",
    "assembly",
    "issuing_agency",
    "lead_agency",
    "signatory",
    "subject_category",
    "genre_category",
    "date_written",
    "date_published",
    "date_signed",
)
LIST_FIELDS = ("co_handling_agencies", "addressees")
SEARCHED = (*PLAIN_FIELDS, *LIST_FIELDS, "attachments", BODY, ANNEX, CONTACTS)
"""The columns of `readings` that are searched; contacts, personal data, only where asked for."""

OFTEN = 4
"""A pair that stands this often in a text is marked, so that ranking finds such letters first."""

IN_TITLE_MARK = "↑"
OFTEN_MARK = "×"
AGENCY_MARK = "§"
_FILTER_MARK = "¶"

# cq-kjj, 科技.公开: the index would take what is no letter or digit for the end of a word
_NO_LETTER = re.compile(r"[^\w]|_")


def texts_of(row: Row, *, contacts: bool = False) -> dict[str, str]:
    """What a reading's row says under each of its fields that is there; several values in lines."""
    texts = {name: row[name] or "" for name in PLAIN_FIELDS}
    for name in LIST_FIELDS:
        texts[name] = "\n".join(json.loads(row[name] or "[]"))
    names = (file["name"] for file in json.loads(row["attachments"] or "[]"))
    texts["attachments"] = "\n".join(names)
    texts[BODY] = row[BODY] or ""
    texts[ANNEX] = "\n".join(json.loads(row[ANNEX]))
    if contacts:
        texts[CONTACTS] = "\n".join(json.loads(row[CONTACTS] or "[]"))
    return {name: text for name, text in texts.items() if text}


def index_entry(
    texts: Mapping[str, str],
    agencies: Iterable[str],
    marks: Iterable[str],
    *,
    every_character: bool = False,
) -> tuple[str, ...]:
    """Every gram of a letter's texts once, then those of its title and agencies, and its marks.

    The same texts always give the same entry: the index forgets a letter by being told it again.
    Of its texts' characters the index takes those that begin no pair (a fifth of its room was the
    others'); `every_character` gives an entry as archives hold it since before.
    """
    grams, repeated = index_grams(
        fold("\n".join(texts.values())), often=OFTEN, ends=not every_character
    )
    titles = (texts.get(TITLE, ""), texts.get("submission_title", ""))
    heading, _ = index_grams(fold("\n".join(titles)))
    offices = _grams_of_names("\n".join(agencies))
    return (
        *grams,
        *(OFTEN_MARK + gram for gram in repeated),
        *(IN_TITLE_MARK + gram for gram in heading),
        *(AGENCY_MARK + gram for gram in offices),
        *marks,
    )


@lru_cache(maxsize=1024)
def _grams_of_names(names: str) -> tuple[str, ...]:
    """Those of offices' names: a portal's letters have nearly always the same."""
    return tuple(index_grams(fold(names))[0])


def agencies_of(row: Row) -> list[str]:
    """The names a letter's answering office goes by: as printed, and of the portal if it is its."""
    names = [row["issuing_agency"], row["lead_agency"]]
    if row["own_portal"] or not any(names):
        names += [row["portal_agency"], *json.loads(row["portal_aliases"] or "[]")]
    return list(dict.fromkeys(name for name in names if name))


def status_mark(status: str) -> str:
    """The gram of all letters with this status."""
    return f"{_FILTER_MARK}status{status}"


def kind_mark(kind: str) -> str:
    """The gram of all answers to submissions of this kind."""
    return f"{_FILTER_MARK}kind{kind}"


def portal_mark(name: str) -> str:
    """The gram of all letters published on this portal (and on one named almost alike)."""
    return f"{_FILTER_MARK}portal{_NO_LETTER.sub('·', name.lower())}"
