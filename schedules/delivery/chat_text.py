"""Texts for chat services: nothing in a letter is a command there, and no length is exceeded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

Measure = Callable[[str], int]
"""How much of a service's limit a text takes."""

# "https://kjj.example.gov.cn/a/t1.html" up to the next blank
_ADDRESS = re.compile(r"https?://\S+")
# what services take for mentions and marks: "@all", "<!channel>", "<at user_id=…>", "[x](http…"
_MARKS = str.maketrans({"@": "＠", "<": "＜", ">": "＞"})
_IN_ADDRESS = str.maketrans({"@": "%40", "<": "%3C", ">": "%3E"})


def without_mentions(text: str) -> str:
    """The text with every sign that could call people or hide a link made harmless.

    `@` becomes the full-width `＠`, `<` and `>` likewise; in web addresses they are escaped,
    which leaves them what they are.
    """
    pieces: list[str] = []
    place = 0
    for match in _ADDRESS.finditer(text):
        pieces += [_harmless(text[place : match.start()]), match[0].translate(_IN_ADDRESS)]
        place = match.end()
    return "".join([*pieces, _harmless(text[place:])])


def split_text(
    text: str, limit: int, *, measure: Measure = len, most: int, cut_note: str
) -> list[str]:
    """The text in at most `most` pieces that fit, broken before a paragraph that fits no more.

    A paragraph is a line with the indented ones under it; one that alone is too long is cut.
    What does not go into `most` pieces is left out, and the last piece ends with `cut_note`.
    """
    room = limit - measure("\n" + cut_note)
    pieces: list[str] = []
    for paragraph in _paragraphs(text):
        fitting = _cut(paragraph, room, measure)
        joined = f"{pieces[-1]}\n{fitting}" if pieces else fitting
        if pieces and measure(joined) <= room:
            pieces[-1] = joined
        elif len(pieces) < most:
            pieces.append(fitting.lstrip("\n"))
        else:
            return [*pieces[:-1], f"{pieces[-1]}\n{cut_note}"]
    return pieces


def _harmless(text: str) -> str:
    return text.translate(_MARKS).replace("](", "] (")


def _paragraphs(text: str) -> Iterator[str]:
    """Lines with what is indented by four under them; a heading goes with what follows it."""
    block: list[str] = []
    for line in text.rstrip("\n").split("\n"):
        if block and not line.startswith("    ") and not _is_heading(block):
            yield "\n".join(block)
            block = []
        block.append(line)
    if block:
        yield "\n".join(block)


def _is_heading(block: Sequence[str]) -> bool:
    """A line after a blank one, or the blank one alone: `撤下（3）`."""
    return not block[0] and len(block) < 3


def _cut(paragraph: str, room: int, measure: Measure) -> str:
    """The paragraph where it fits, else its lines that do, else as much of its first as does."""
    if measure(paragraph) <= room:
        return paragraph
    lines = paragraph.split("\n")
    kept = _most(lines, lambda some: measure("\n".join(some) + "\n…") <= room)
    if kept and any(line.strip() for line in kept):
        return "\n".join(kept) + "\n…"
    signs = _most(paragraph.strip("\n"), lambda some: measure("".join(some) + "…") <= room)
    return "".join(signs) + "…"


def _most(items: Sequence[str], fits: Callable[[Sequence[str]], bool]) -> Sequence[str]:
    """The longest beginning that fits, found by halving."""
    low, high = 0, len(items)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(items[:middle]) else (low, middle - 1)
    return items[:low]
