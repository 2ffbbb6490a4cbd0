"""Owns the documents a letter cites: names in 《》 and document numbers."""

from __future__ import annotations

import re

from pipelines.fold import fold_key
from pipelines.letter.numbers import document_numbers
from pipelines.letter.quoted import quoted_names

_MARKS = re.compile(r"[《》〈〉“”‘’\"'「」『』]")


def cited_documents(
    body: str, folded: str, submission_title: str | None, document_number: str | None
) -> tuple[str, ...]:
    """Names without 《》 and document numbers as printed, in order, each once.

    The submission's own title and the letter's own number are no citations.
    """
    own = {_key(value) for value in (submission_title, document_number) if value}
    found = [(quoted.start, quoted.name(body)) for quoted in quoted_names(folded)]
    found += [(left, body[left:right].strip()) for left, right in document_numbers(folded)]
    cited: dict[str, str] = {}
    for _, name in sorted(found):
        key = _key(name)
        if key and key not in own:
            cited.setdefault(key, name)
    return tuple(cited.values())


def _key(name: str) -> str:
    return _MARKS.sub("", fold_key(name))
