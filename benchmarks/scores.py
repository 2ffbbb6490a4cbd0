"""Owns how a reader's text is scored: characters, parts kept, furniture leaked."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq


def fold(text: str) -> str:
    """The characters that count: after NFKC, without any white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@dataclass(frozen=True, slots=True)
class Score:
    """How much of a text a reader gave, and how much of what it gave is the text; 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Gold:
    """An article's text, and the pieces around it that a reader may give or leave out.

    `before` are the pieces above the body (title, document number, outcome class), `after` those
    below it (contacts, copies, names of attached files), all in the order of the page.
    """

    body: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def forms(self) -> tuple[str, ...]:
        """The folded texts that are right: the body with what adjoins it, as far as one likes.

        So nobody loses or gains by reading a title, a telephone number or a list of files as part
        of the article; leaving a piece out while giving the one beyond it does cost.
        """
        before, after = [fold(x) for x in self.before], [fold(x) for x in self.after]
        heads = ["".join(before[start:]) for start in range(len(before) + 1)]
        tails = ["".join(after[:end]) for end in range(len(after) + 1)]
        body = fold(self.body)
        return tuple(dict.fromkeys(head + body + tail for head in heads for tail in tails))

    @property
    def whole(self) -> str:
        """All pieces, folded."""
        return fold("".join((*self.before, self.body, *self.after)))


def score_text(text: str, gold: Gold) -> Score:
    """The best score of `text` against the forms of the gold text that are right."""
    given = fold(text)
    return max((_score(given, form) for form in gold.forms()), key=lambda score: score.f1)


def _score(given: str, wanted: str) -> Score:
    """Precision and recall of folded texts over their longest common subsequence.

    Nothing given where nothing is wanted is right; otherwise an empty text scores 0.
    """
    if not given and not wanted:
        return Score(1.0, 1.0)
    common = LCSseq.similarity(given, wanted)
    return Score(common / len(given) if given else 0.0, common / len(wanted) if wanted else 0.0)


def keeps_line(text: str, line: str) -> bool:
    """Whether a line stands in a text, white space and width of characters aside."""
    return fold(line) in fold(text)


def keeps_table(text: str, rows: Iterable[Sequence[str]]) -> bool:
    """Whether every cell of a table stands in a text, in order, whatever is between the cells."""
    given, at = fold(text), 0
    for cell in (fold(cell) for row in rows for cell in row):
        found = given.find(cell, at)
        if found < 0:
            return False
        at = found + len(cell)
    return True


# <!-- 页脚 --> · <script>…</script> · <title>…</title> inside <head>…</head>
_UNSEEN = re.compile(r"<!--.*?-->|<(script|style|head|title)\b.*?</\1\s*>", re.S | re.I)
_TAG = re.compile(r"</?[A-Za-z!?][^>]*>")
_SHORTEST = 2  # characters of a piece of furniture: 打印, 微信


def furniture_of(markup: str, gold: Gold) -> tuple[str, ...]:
    """A page's pieces of text, folded, that belong neither to its article nor to its title.

    Cut from the markup between tags, without any parser, so that no reader's own parser decides
    what is on a page. A piece that also stands in the article is no evidence and left out.
    """
    article = gold.whole
    pieces = (fold(html.unescape(piece)) for piece in _TAG.split(_UNSEEN.sub(" ", markup)))
    return tuple(
        dict.fromkeys(piece for piece in pieces if len(piece) >= _SHORTEST and piece not in article)
    )


def leaked(text: str, furniture: Iterable[str]) -> tuple[str, ...]:
    """The pieces of furniture (folded) that stand in a text."""
    given = fold(text)
    return tuple(piece for piece in furniture if piece in given)
