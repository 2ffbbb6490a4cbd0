"""Words found in a text or a page however they are written there, and cut out of it.

A word is found through white space, full and half width, upper and lower case; in a page also
through tags between its characters, as entities, as `\\u738b` in a script, and in attributes. Pure,
and linear in the length of the text.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

MARK = "■■"
"""Stands where words were cut out of a sentence."""

SHORTEST, LONGEST = 2, 200  # folded characters of a word that can be found again

# <span style="x"> · <!-- 王 --> is looked at with the attributes
_TAG = r"<[^<>]*>"
# &#29579; &nbsp; · \u738b · %E7%8E%8B
_WRITTEN_OTHERWISE = (
    r"&#?[0-9A-Za-z]{1,31};|\\u[0-9A-Fa-f]{4}|%[C-Fc-f][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){1,3}"
)
_IN_TEXT = re.compile(rf"(?P<skipped>{_TAG})|{_WRITTEN_OTHERWISE}|.", re.DOTALL)
_IN_ALL = re.compile(rf"{_WRITTEN_OTHERWISE}|.", re.DOTALL)
_UTF_8 = ("utf-8",)
_MIXED = ("gb18030", "utf-8")


@dataclass(frozen=True, slots=True)
class Word:
    """Something to cut out, and what is put in its place."""

    text: str
    mark: str = MARK

    @property
    def folded(self) -> str:
        """As it is looked for."""
        return _fold(self.text, _IN_ALL).text


@dataclass(frozen=True, slots=True)
class HashedWords:
    """Words known only by their hashes, under one salt."""

    salt: bytes
    by_length: Mapping[int, frozenset[bytes]]


@dataclass(frozen=True, slots=True)
class Cuts:
    """All that is to be cut out of one letter's texts and pages."""

    words: tuple[Word, ...] = ()
    hashed: tuple[HashedWords, ...] = ()


@dataclass(slots=True)
class _Folded:
    """A text as it is searched, and where each of its characters stands in the source."""

    text: str = ""
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


def hash_word(salt: bytes, folded: str) -> bytes:
    """By which a folded word is known again; whoever guesses the word can confirm it."""
    return hashlib.blake2b(folded.encode("utf-8", "replace"), key=salt, digest_size=16).digest()


def cut_text(text: str, cuts: Cuts) -> str:
    """A plain text without the words."""
    return _cut(text, cuts, _IN_ALL)


def cut_page(body: bytes, cuts: Cuts) -> bytes:
    """A page's bytes without the words, everything else as it was.

    Empty where a word is still there after cutting, in an encoding or a form not known here:
    rather the whole page than a part of what was to be forgotten.
    """
    kept = body
    for encoding in _encodings_of(body):
        text = kept.decode(encoding, "surrogateescape")
        if text.encode(encoding, "surrogateescape") != kept:
            continue
        shorter = _cut(_cut(text, cuts, _IN_TEXT), cuts, _IN_ALL)
        if shorter != text:
            kept = shorter.encode(encoding, "surrogateescape")
    return b"" if mentions(kept, cuts) else kept


def mentions(body: bytes, cuts: Cuts) -> bool:
    """Whether any of the words stands in a page, in whatever encoding."""
    wide = ("utf-16-le", "utf-16-be") if b"\0" in body else ()  # mark-up is full of them then
    for encoding in (*_encodings_of(body), *wide):
        text = body.decode(encoding, "replace")
        for pattern in (_IN_TEXT, _IN_ALL):
            if _spans(_fold(text, pattern), cuts):
                return True
    return False


def _encodings_of(body: bytes) -> Sequence[str]:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16-le",) if body.startswith(b"\xff\xfe") else ("utf-16-be",)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return _MIXED
    return _UTF_8


def _cut(source: str, cuts: Cuts, pattern: re.Pattern[str]) -> str:
    folded = _fold(source, pattern)
    pieces: list[str] = []
    done = 0
    for begin, end, mark in _spans(folded, cuts):
        for at in range(begin, end):
            if folded.begins[at] >= done:  # a tag between two characters stays
                pieces.append(source[done : folded.begins[at]])
                pieces.append(mark)
                mark = ""
                done = folded.ends[at]
    pieces.append(source[done:])
    return "".join(pieces)


def _spans(folded: _Folded, cuts: Cuts) -> list[tuple[int, int, str]]:
    """Where the words stand in the folded text, in order; of two that overlap the first one."""
    found = [
        (begin, begin + len(word), mark)
        for word, mark in _folded_words(cuts.words)
        for begin in _finds(folded.text, word)
    ]
    for hashed in cuts.hashed:
        found += _hashed_finds(folded.text, hashed)
    spans: list[tuple[int, int, str]] = []
    for span in sorted(found, key=lambda one: (one[0], -one[1])):
        if not spans or span[0] >= spans[-1][1]:
            spans.append(span)
        elif span[1] > spans[-1][1]:  # the rest of one that began inside another
            spans.append((spans[-1][1], span[1], ""))
    return spans


def _folded_words(words: Iterable[Word]) -> list[tuple[str, str]]:
    folded = ((word.folded, word.mark) for word in words)
    return [(text, mark) for text, mark in folded if len(text) >= SHORTEST]


def _finds(text: str, word: str) -> Iterable[int]:
    begin = text.find(word)
    while begin >= 0:
        yield begin
        begin = text.find(word, begin + len(word))


def _hashed_finds(text: str, hashed: HashedWords) -> Iterable[tuple[int, int, str]]:
    for length, hashes in hashed.by_length.items():
        for begin in range(len(text) - length + 1):
            if hash_word(hashed.salt, text[begin : begin + length]) in hashes:
                yield begin, begin + length, MARK


def _fold(source: str, pattern: re.Pattern[str]) -> _Folded:
    folded = _Folded()
    characters: list[str] = []
    for found in pattern.finditer(source):
        if found.lastgroup == "skipped":
            continue
        for character in _folded_token(found[0]):
            characters.append(character)
            folded.begins.append(found.start())
            folded.ends.append(found.end())
    folded.text = "".join(characters)
    return folded


@lru_cache(maxsize=20_000)
def _folded_token(token: str) -> str:
    """One token as it is searched: `王` of `&#29579;`, `a` of `Ａ`, nothing of a space."""
    if len(token) > 1:
        token = _unescaped(token)
    folded = unicodedata.normalize("NFKC", token).casefold()
    # Cf: zero-width spaces and joiners, soft hyphens
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) != "Cf")


def _unescaped(token: str) -> str:
    if token[0] == "&":
        return html.unescape(token)
    if token[0] == "%":
        return bytes.fromhex(token.replace("%", "")).decode("utf-8", "replace")
    return chr(int(token[2:], 16))
