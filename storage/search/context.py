"""Where words stand in a letter's texts, and the pieces of text around them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from storage.search.letters import BODY, TITLE
from storage.search.records import Context
from storage.search.text import fold, fold_with_places

MOST_CONTEXTS = 3  # of a body
_AROUND = 28  # characters each side
_MOST_MARKS = 50

Span = tuple[int, int]


def contexts_of(
    texts: Mapping[str, str], folded: Mapping[str, str], words: Sequence[str]
) -> tuple[Context, ...]:
    """The title where a word stands in it, then the body around the words, else other fields.

    A word is shown in the body rather than in another field; `folded` are the texts' folded
    forms, and so are `words`.
    """
    body, title = folded.get(BODY, ""), folded.get(TITLE, "")
    in_body = [word for word in words if word in body]
    missing = {word for word in words if word not in body and word not in title}
    shown = list(_lines_with(TITLE, texts, folded, words))[:1]
    shown += _of_body(texts.get(BODY, ""), body, in_body)
    for field in texts:
        if missing and field not in (TITLE, BODY):
            shown += list(_lines_with(field, texts, folded, missing))[:1]
            missing = {word for word in missing if word not in folded[field]}
    return tuple(shown)


def _lines_with(
    field: str, texts: Mapping[str, str], folded: Mapping[str, str], words: Collection[str]
) -> Iterator[Context]:
    """The lines of a field in which words stand, long ones cut."""
    for line, plain in zip(
        texts.get(field, "").split("\n"), folded.get(field, "").split("\n"), strict=False
    ):
        if any(word in plain for word in words):
            spans = _spans(line, words)
            yield _cut(field, line, spans, spans[0])


def _of_body(body: str, folded: str, words: Sequence[str]) -> Iterator[Context]:
    """The first places of each word, one piece where they are near each other."""
    missing = set(words)
    shown = 0
    for line, plain in zip(body.split("\n"), folded.split("\n"), strict=False):
        if shown == MOST_CONTEXTS or not missing:
            return
        here = [word for word in words if word in missing and word in plain]
        while here and shown < MOST_CONTEXTS:
            context = _cut(BODY, line, _spans(line, words), _spans(line, here)[0])
            yield context
            shown += 1
            piece = fold(context.text)
            missing -= {word for word in here if word in piece} or set(here[:1])
            here = [word for word in here if word in missing]


def _spans(line: str, words: Iterable[str]) -> list[Span]:
    """Where the words stand in a line as published, joined where they touch, in order."""
    folded, places = fold_with_places(line)
    found: list[Span] = []
    for word in words:
        start = folded.find(word)
        while start >= 0 and len(found) < _MOST_MARKS:
            end = start + len(word)
            found.append((places[start], places[end - 1] + 1))
            start = folded.find(word, end)
    return _joined(sorted(found))


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cut(field: str, line: str, spans: Sequence[Span], first: Span) -> Context:
    """The line around a place, with every mark that is whole within it."""
    start = max(0, first[0] - _AROUND)
    end = min(len(line), max(first[1] + _AROUND, start + 2 * _AROUND))
    marks = [(a - start, min(b, end) - start) for a, b in spans if start <= a < end]
    text = line[start:end].replace("\t", " ").replace("\r", " ")
    return Context(field, text, tuple(marks), before=start > 0, after=end < len(line))
