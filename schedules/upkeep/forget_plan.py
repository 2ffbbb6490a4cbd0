"""What `fuhan forget` will do to a letter: what of it there is, and what was asked for in vain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from storage.archive import LetterArchive
from storage.forget.forgetting import Forgotten, Request
from storage.forget.rules import contact_words
from storage.records import LetterRecord
from storage.search.records import Search


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A word that stands in other letters, too, which stay as they are."""

    word: str
    letters: tuple[int, ...]  # their ids


@dataclass(frozen=True, slots=True)
class ForgetPlan:
    """What is to be done to a letter, and what was asked for in vain."""

    record: LetterRecord
    requests: tuple[Request, ...]
    tried: tuple[Forgotten, ...]  # what each of them would cut
    files: tuple[Path, ...]
    left_out: tuple[Request, ...]  # words that stand nowhere: in backups alone, if there
    known: frozenset[str]  # words that were forgotten before
    elsewhere: tuple[Elsewhere, ...]

    @property
    def nowhere(self) -> list[str]:
        """The words of those left out that never were there either: perhaps not spelt so."""
        return [word for word in self._left_out_words if word not in self.known]

    @property
    def forgotten_before(self) -> list[str]:
        """The words of those left out that stand nowhere because they were forgotten before."""
        return [word for word in self._left_out_words if word in self.known]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be done anywhere."""
        return not self.requests and not self.files

    @property
    def _left_out_words(self) -> list[str]:
        return [word for request in self.left_out for word in request.words]


def plan_forgetting(
    archive: LetterArchive,
    record: LetterRecord,
    asked: Sequence[Request],
    files: Sequence[Path],
    *,
    guard: bool,
) -> ForgetPlan:
    """What of `asked` the archive holds anything of; changes nothing. Raises ArchiveErrors.

    Contact data and texts are kept out of what is crawled later whether there are any or not;
    words that stand nowhere only with `guard`.
    """
    requests: list[Request] = []
    left_out: list[Request] = []
    known: list[str] = []
    for request in asked:
        if request.kind != "words":
            requests.append(request)
            continue
        known += [word for word in request.words if archive.is_forgotten(record.id, word)]
        wanted = tuple(
            word
            for word in request.words
            if (guard and word not in known) or _stands(archive, record.id, request, word)
        )
        if wanted:
            requests.append(replace(request, words=wanted))
        if nowhere := tuple(word for word in request.words if word not in wanted):
            left_out.append(replace(request, words=nowhere))
    tried = tuple(archive.forget(record.id, request, only_try=True) for request in requests)
    return ForgetPlan(
        record,
        tuple(requests),
        tried,
        tuple(files),
        tuple(left_out),
        frozenset(known),
        tuple(_elsewhere(archive, record.id, asked)),
    )


def _elsewhere(
    archive: LetterArchive, letter_id: int, asked: Sequence[Request]
) -> Iterator[Elsewhere]:
    """Who asks for a person to be forgotten rarely knows of every letter that names them."""
    words = [word for request in asked for word in _sought(request)]
    for word in dict.fromkeys(words):
        phrase = f'"{word.replace(chr(34), " ")}"'
        found = sorted(hit.id for hit in archive.search(Search(phrase, contacts=True)))
        if letters := tuple(number for number in found if number != letter_id):
            yield Elsewhere(word, letters)


def _sought(request: Request) -> Sequence[str]:
    """The words themselves; of contact lines their numbers and addresses, for lines vary."""
    if request.kind != "contacts":
        return request.words
    return [word.text for word in contact_words(request.words) if word.text not in request.words]


def _stands(archive: LetterArchive, letter_id: int, request: Request, word: str) -> bool:
    return archive.forget(letter_id, replace(request, words=(word,)), only_try=True).found
