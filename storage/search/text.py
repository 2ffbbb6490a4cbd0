"""How text is folded, cut into the grams the index holds, and how words are asked for."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import add

LONGEST_QUERY = 2000
"""Characters of a query; what stands behind them is left out."""
MOST_WORDS = 16
MOST_GRAMS = 64
"""Of a query that the index is asked for; the text itself decides, so that more are not needed."""

# 渝科局函〔2024〕274号, 临建字[2020]2号, 潼民发【2024】275号: brackets of one number
_BRACKETS = dict.fromkeys("〔[【〖﹝〘{", "(") | dict.fromkeys("〕]】〗﹞〙}", ")")
# 161–430, 161—430 and 161－430; 二○二四年 and 二〇二四年
_ONE_FORM = _BRACKETS | dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("○◯", "〇")
_BETWEEN_CELLS = "\x1f"
_BETWEEN_FIELDS = "\x1e"
_REMEMBERED = 0x10000

# Chinese characters, lower-case letters, digits: what folding leaves as it is, the most of a letter
_ALTERED = re.compile(r"[^\u4e00-\u9fef0-9a-z\n]+")
# 魏 娜 and 第 0412 号 are printed for 魏娜 and 第0412号; in `open data` the blank stays
_LOOSE_BLANK = re.compile(r"(?<![0-9a-z]) +| +(?![0-9a-z])|(?<= ) +")
# 关于2024年5g网络 · 第0412号: letters and digits that stand one after another
_RUN = re.compile(r"[^\W_]+")
# 养老、托育 in runs, a line each: 养老 and 托育, and every other pair of neighbours in a longer one
_PAIR = re.compile(r"(?=([^\n][^\n]))")
# 11500000mb15895317, 2024, 00078: in so many numbers every pair of digits stands in every letter
_NUMBER = re.compile(r"[0-9a-z]{4,}")
# "放管服 改革" and “放管服”: what stands in quotes is one word, blanks and all
_QUOTED = re.compile(r'["“”„‟＂]([^"“”„‟＂]*)["“”„‟＂]?')
# 养老，托育；就业 | 住房: what separates words as a blank does
_SEPARATORS = re.compile(r"[\s,，、。;；!！?？|]+")


class _Folding(dict[int, str]):
    """Every character's folded form: NFKC, lower case, one form of brackets and dashes.

    Control characters, marks without width and halves of characters are dropped; a line feed
    stays, and a tab, the end of a table's cell, is a break as well.
    """

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        if code < _REMEMBERED:
            self[code] = folded
        return folded


def _fold_character(char: str) -> str:
    if char in ("\n", _BETWEEN_FIELDS):
        return char
    if char in "\t\r\u2028\u2029":
        return _BETWEEN_CELLS
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Cn"}:
        return ""
    plain = unicodedata.normalize("NFKC", char).casefold()
    return "".join(_ONE_FORM.get(each, each) for each in plain)


_FOLD = _Folding()


def fold(text: str) -> str:
    """Text as it is searched: width, case and forms of digits alike, no blanks but within Latin."""
    folded = _ALTERED.sub(lambda piece: piece[0].translate(_FOLD), text)
    return _LOOSE_BLANK.sub("", folded) if " " in folded else folded


def fold_each(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts folded, in one go."""
    folded = fold(_BETWEEN_FIELDS.join(texts.values())).split(_BETWEEN_FIELDS)
    if len(folded) != len(texts):  # one of them holds the mark itself
        return {name: fold(text) for name, text in texts.items()}
    return dict(zip(texts, folded, strict=True))


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """`fold(text)`, and for each of its characters where in `text` it comes from."""
    pieces = [_FOLD[ord(char)] for char in text]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    folded = "".join(pieces)
    blanks = [blank.span() for blank in _LOOSE_BLANK.finditer(folded)]
    for start, end in reversed(blanks):
        del places[start:end]
    return _LOOSE_BLANK.sub("", folded), places


def index_grams(
    folded: str, *, often: int | None = None, ends: bool = False
) -> tuple[list[str], list[str]]:
    """Each character of a folded text, each pair of neighbours, and each four of a long number or
    Latin word, once; and those pairs that stand there at least `often` times.

    With `ends`, of the characters only those that no other follows: every other one begins a
    pair, so that what begins with a character (`is_lone`) still finds each text it stands in.
    Letters and digits only. A word of one or two characters is one gram, a longer one has a gram
    for each pair in it: what holds them all is a candidate, and its text decides.
    """
    found = _RUN.findall(folded)
    runs = "\n".join(found)
    pairs = Counter(_PAIR.findall(runs))
    repeated = [pair for pair, n in pairs.items() if often and n >= often]
    characters = dict.fromkeys((run[-1] for run in found) if ends else runs.replace("\n", ""))
    return [*characters, *pairs, *dict.fromkeys(_fours(runs))], repeated


def is_lone(gram: str) -> bool:
    """Whether a gram is one character, for which all that begins with it is asked for."""
    return len(gram) == 1


def all_of(grams: Iterable[str]) -> str:
    """The index's query for entries with all of these grams, which hold no quotes."""
    return " AND ".join(
        f'"{gram}" *' if is_lone(gram) else f'"{gram}"' for gram in dict.fromkeys(grams)
    )


def grams_of(word: str) -> list[str]:
    """The grams by which a folded word is looked up: fours, pairs, or else single characters."""
    grams = dict.fromkeys(_fours(word))
    # of a long number only its ends are left: 第0412号 is looked up as 第0, 0412 and 2号
    rest = _RUN.findall(_NUMBER.sub(lambda number: f"{number[0][0]}\n{number[0][-1]}", word))
    for run in rest:
        grams |= dict.fromkeys(map(add, run, run[1:]))
    return list(grams) or list(dict.fromkeys(rest))


def _fours(text: str) -> Iterator[str]:
    for number in _NUMBER.findall(text):
        yield from (number[at : at + 4] for at in range(len(number) - 3))


@dataclass(frozen=True, slots=True)
class Words:
    """What is asked for: folded words that must all occur. `cut`: the text was too long."""

    folded: tuple[str, ...]
    cut: bool = False

    def grams(self) -> list[list[str]]:
        """The grams of each word, in all no more than the index should be asked for."""
        most = max(1, MOST_GRAMS // max(1, len(self.folded)))
        return [_spread(grams_of(word), most) for word in self.folded]


def _spread(grams: list[str], most: int) -> list[str]:
    step = -(-len(grams) // most) if grams else 1
    return grams[::step]


def parse_words(text: str) -> Words:
    """The words of a query as a person types it; never raises.

    Words stand apart by blanks or commas; what is in quotes is one word. A word without a letter
    or digit asks for nothing and is left out.
    """
    asked = text[:LONGEST_QUERY]
    found = dict.fromkeys(word for word in _words(asked) if _RUN.search(word))
    words = tuple(found)
    return Words(words[:MOST_WORDS], cut=len(text) > len(asked) or len(words) > MOST_WORDS)


def _words(text: str) -> Iterator[str]:
    end = 0
    for quoted in _QUOTED.finditer(text):
        yield from _bare_words(text[end : quoted.start()])
        yield fold(" ".join(quoted[1].split()))
        end = quoted.end()
    yield from _bare_words(text[end:])


def _bare_words(text: str) -> Iterable[str]:
    """Words without quotes; marks around them (`《放管服》`, `-1`, `科技*`) are not theirs."""
    for piece in _SEPARATORS.split(text):
        word = fold(piece)
        runs = list(_RUN.finditer(word))
        if runs:
            yield word[runs[0].start() : runs[-1].end()]
