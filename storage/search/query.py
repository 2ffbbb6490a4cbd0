"""Searching letters as they now stand: the index gives candidates, their texts decide.

Newest first, candidates are read from the index's end until enough are found; ranked, only
`CANDIDATES` of them are weighed. So the answer to a word that is in every letter comes as soon as
that to a rare one.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice

from storage.database import Database, Row
from storage.search.context import contexts_of
from storage.search.index import slots_between
from storage.search.letters import (
    AGENCY_MARK,
    ANNEX,
    BODY,
    IN_TITLE_MARK,
    OFTEN_MARK,
    SEARCHED,
    TITLE,
    kind_mark,
    portal_mark,
    status_mark,
    texts_of,
)
from storage.search.records import Search, SearchHit
from storage.search.text import (
    Words,
    all_of,
    fold,
    fold_each,
    grams_of,
    is_lone,
    parse_words,
)

CANDIDATES = 150
"""Letters a ranked search weighs: those with a word in the title, then those that say it often,
then the newest, a third of each."""

LOOKED_THROUGH = 60
"""Letters whose texts are looked through for a lone character before the index is asked for it:
one that few of them hold begins few pairs, and a usual one, which begins many, is found soon."""

_COLUMNS = ", ".join(f"readings.{name}" for name in SEARCHED)
_FOUND = f"""
    SELECT current_letters.*, copies.url, {_COLUMNS} FROM {{source}}
    CROSS JOIN readings ON readings.id = current_letters.reading_id
    CROSS JOIN copies ON copies.id = current_letters.copy_id
    WHERE {{where}} ORDER BY {{slot}} DESC
"""  # noqa: S608 - columns by their names
_BY_GRAMS = _FOUND.format(
    source="letter_grams CROSS JOIN current_letters ON current_letters.slot = letter_grams.rowid",
    where="letter_grams MATCH :grams AND letter_grams.rowid BETWEEN :low AND :high",
    slot="letter_grams.rowid",
)
_ALL = _FOUND.format(
    source="current_letters",
    where="current_letters.slot BETWEEN :low AND :high",
    slot="current_letters.slot",
)

# BM25F (Robertson, Zaragoza, Taylor, CIKM 2004): how often a word stands in a field counts by the
# field's weight and length. All words occur in every letter found, so none weighs more by being
# rare.
_WEIGHTS = {TITLE: 8.0, "submission_title": 6.0, BODY: 1.0, ANNEX: 1.0}
_OTHER_WEIGHT = 4.0
_USUAL_LENGTHS = {TITLE: 30, "submission_title": 25, BODY: 2000, ANNEX: 2000}
_OTHER_LENGTH = 20
_LENGTH_COUNTS = 0.6
_SATURATION = 3.0


def search(database: Database, asked: Search, *, ranked: bool = False) -> Iterator[SearchHit]:
    """The letters found, the newest first, or the best first and then the others.

    Reads only, in constant memory. Nothing is found where the text asks for no word and is not
    empty; without text, every letter of that agency, kind, time, status and portal is.
    """
    words = parse_words(asked.text)
    if asked.text.strip() and not words.folded:
        return
    search_ = _Searching(database, asked, words)
    yield from search_.ranked() if ranked and words.folded else search_.newest()


def is_indexing(database: Database) -> bool:
    """Whether letters from before the index wait for it: some may not be found yet."""
    return database.row("SELECT 1 FROM indexing") is not None


def portals_known(database: Database) -> list[str]:
    """Names of the archive's portals, in alphabetical order."""
    return [row["name"] for row in database.rows("SELECT name FROM portals ORDER BY name")]


@dataclass(frozen=True, slots=True)
class _Found:
    """A letter whose text holds every word."""

    row: Row
    texts: Mapping[str, str]
    folded: Mapping[str, str]


class _Searching:
    """One search: what is asked for in the index's grams, and how a letter is judged."""

    def __init__(self, database: Database, asked: Search, words: Words) -> None:
        self._database = database
        self._asked = asked
        self._words = words.folded
        self._grams = words.grams()
        self._lone = all_of(gram for gram in chain(*self._grams) if is_lone(gram))
        self._agency = fold(asked.agency or "")
        self._low, self._high = slots_between(database, asked.since, asked.until)

    def newest(self) -> Iterator[SearchHit]:
        return map(self._hit, self._found(self._everywhere()))

    def ranked(self) -> Iterator[SearchHit]:
        """The best of the candidates first, then whatever else is found, the newest first."""
        weighed: dict[int, tuple[float, _Found]] = {}
        often = [] if self._lone else [self._often()]  # the index marks no lone characters
        for grams in (self._in_titles(), *often, self._everywhere()):
            new = (each for each in self._found(grams) if each.row["letter_id"] not in weighed)
            for found in islice(new, CANDIDATES // 3):
                weighed[found.row["letter_id"]] = (self._score(found), found)
        best = sorted(weighed.values(), key=lambda each: (-each[0], -each[1].row["slot"]))
        for score, found in best:
            yield replace(self._hit(found), score=round(score, 3))
        for found in self._found(self._everywhere()):
            if found.row["letter_id"] not in weighed:
                yield self._hit(found)

    def _everywhere(self) -> str:
        """All words, but for lone characters (`_candidates`)."""
        grams = (gram for gram in chain(*self._grams) if not is_lone(gram))
        return all_of([*grams, *self._filters()])

    def _in_titles(self) -> str:
        """A word in the title, and all of them somewhere."""
        in_title = (all_of(IN_TITLE_MARK + gram for gram in grams) for grams in self._grams)
        return _both(f"({' OR '.join(f'({each})' for each in in_title)})", self._everywhere())

    def _often(self) -> str:
        grams = chain(*self._grams)
        return all_of([*(OFTEN_MARK + gram for gram in grams), *self._filters()])

    def _filters(self) -> Iterator[str]:
        yield from (AGENCY_MARK + gram for gram in grams_of(self._agency))
        if self._asked.kind:
            yield kind_mark(self._asked.kind)
        if self._asked.status:
            yield status_mark(self._asked.status)
        if self._asked.portal:
            yield portal_mark(self._asked.portal)

    def _found(self, grams: str) -> Iterator[_Found]:
        """Letters the index gives and that hold what is asked for, the newest first."""
        for row in self._candidates(grams):
            if not self._is_meant(row):
                continue
            texts = texts_of(row, contacts=self._asked.contacts)
            folded = fold_each(texts)
            if all(any(word in text for text in folded.values()) for word in self._words):
                yield _Found(row, texts, folded)

    def _candidates(self, grams: str) -> Iterator[Row]:
        """What the index gives for these grams; lone characters it is asked for at last."""
        if not self._lone:
            yield from self._rows(grams, self._high)
            return
        slot = self._high + 1
        for row in islice(self._rows(grams, self._high), LOOKED_THROUGH):
            slot = row["slot"]
            yield row
        yield from self._rows(_both(self._lone, grams), slot - 1)

    def _rows(self, grams: str, high: int) -> Iterator[Row]:
        values = {"grams": grams, "low": self._low, "high": high}
        return self._database.rows(_BY_GRAMS if grams else _ALL, values)

    def _is_meant(self, row: Row) -> bool:
        asked, day = self._asked, row["date"]
        return (
            (asked.since is None or day >= asked.since.isoformat())
            and (asked.until is None or day <= asked.until.isoformat())
            and (asked.portal is None or asked.portal in json.loads(row["portals"]))
            and any(self._agency in fold(name) for name in json.loads(row["agencies"]))
        )

    def _score(self, found: _Found) -> float:
        return sum(_word_score(found.folded, word) for word in self._words)

    def _hit(self, found: _Found) -> SearchHit:
        row = found.row
        return SearchHit(
            id=row["letter_id"],
            status=row["status"],
            date=date.fromisoformat(row["date"]),
            title=row["title"],
            agency=row["agency"],
            kind=row["kind"],
            index_number=row["index_number"],
            document_number=row["document_number"],
            submission_number=row["submission_number"],
            portals=tuple(json.loads(row["portals"])),
            url=row["url"],
            contexts=contexts_of(found.texts, found.folded, self._words),
        )


def _word_score(folded: Mapping[str, str], word: str) -> float:
    weighed = 0.0
    for field, text in folded.items():
        if count := text.count(word):
            usual = _USUAL_LENGTHS.get(field, _OTHER_LENGTH)
            longer = 1 - _LENGTH_COUNTS + _LENGTH_COUNTS * len(text) / usual
            weighed += _WEIGHTS.get(field, _OTHER_WEIGHT) * count / longer
    return weighed / (weighed + _SATURATION) * math.log1p(len(word))


def _both(one: str, other: str) -> str:
    """The index's query for what two queries give, either of which may ask for nothing."""
    return " AND ".join(filter(None, (one, other)))
