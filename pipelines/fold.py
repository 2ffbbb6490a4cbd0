"""Owns the folded copies of a text that patterns run on; what is stored stays as published."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# 魏\u3000娜, 朱\xa0纯, tabs of a table's row, and the blanks of typesetting.
_BLANKS = "\t\x0b\x0c\u00a0\u1680\u180e\u202f\u205f\u3000\u2028\u2029\u0085" + "".join(
    map(chr, range(0x2000, 0x200B))
)

# The six bracket shapes offices print around the year of a document number:
# 渝科局函〔2024〕274号, 临建字[2020]2号, 潼民发【2024】275号, 巴府函﹝2023﹞8号
_NUMBER_BRACKETS = {"[": "〔", "]": "〕", "【": "〔", "】": "〕", "〖": "〔", "〗": "〕"} | {
    "﹝": "〔",
    "﹞": "〕",
    "〘": "〔",
    "〙": "〕",
}

# 161–430, 161—430, 161－430
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_NUMBER_MARKS = tuple((_NUMBER_BRACKETS | _DASHES).items())
_HAS_NUMBER_MARK = re.compile(f"[{re.escape(''.join(_NUMBER_BRACKETS | _DASHES))}]")

# 青州市⺠政局, copied from a PDF whose fonts print parts of characters in place of the whole: the
# radicals that NFKC leaves alone, as Unicode's EquivalentUnifiedIdeograph.txt has them
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢"
    "⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_UNIFIED = (
    "厂乛乚乙亻冂刀刂卜㔾小尐兀尣尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爬丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀聿肉艹艺艻虎衤覀西见角讠贝车辶辷辸邑钅長镸长门阝雨青韦页风飞食飠饣马"
    "骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_WHOLE = str.maketrans(_RADICALS, _UNIFIED)
_HAS_RADICAL = re.compile(f"[{_RADICALS[0]}-{_RADICALS[-1]}]")

# What nearly every foldable character of a letter is: quicker replaced than looked up one by one.
_COMMON = (
    *((chr(ord(plain) + 0xFEE0), plain) for plain in ",:();!?%~"),
    ("\u3000", " "),
    ("\xa0", " "),
)
# Blanks that NFKC leaves alone.
_NORMAL_BLANKS = [blank for blank in _BLANKS if unicodedata.is_normalized("NFKC", blank)]


_LAST = 0x2FA20  # behind it nothing is left to fold
_REMEMBERED = 0x10000  # no page can make the table larger than this


class _Folding(dict[int, str]):
    """Every character whose NFKC form is one other character, numbers in rings left alone.

    `②` and `m²` stay: a digit that was none in print would make other figures of its neighbours.
    A character is looked up when it is first met: to look up all takes as long as 60 pages.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = char
        if unicodedata.category(char) not in {"No", "Cs", "Co", "Cn"}:
            plain = unicodedata.normalize("NFKC", char)
            folded = plain if len(plain) == 1 and code <= _LAST else char
        if code < _REMEMBERED:
            self[code] = folded
        return folded


_FOLD = _Folding({code: chr(code) for code in range(0xA0)} | dict.fromkeys(map(ord, _BLANKS), " "))


def fold(text: str) -> str:
    """A copy of the same length for matching: full-width ASCII, blanks and brackets made plain.

    One character becomes exactly one, so that offsets found here hold in `text`. Line feeds
    stay; `。、《》〔〕“”` have no plain form and stay too.
    """
    return _fold_line(text) if len(text) <= _LONGEST_LINE else _fold(text)


def plain_marks(folded: str) -> str:
    """Folded text with every bracket and dash of a document number in one shape: `〔2024〕`, `-`.

    Keeps the length like `fold`.
    """
    if _HAS_NUMBER_MARK.search(folded):  # as a rule there is none
        for printed, plain in _NUMBER_MARKS:
            folded = folded.replace(printed, plain)
    return folded


def fold_key(text: str) -> str:
    """The text under NFKC without any white space: equal for texts that differ in typography."""
    return _line_key(text) if len(text) <= _LONGEST_LINE else _key(text)


def nfkc(text: str) -> str:
    """The text under NFKC, of a letter in a tenth of the time: a few characters are all it alters.

    What replaces them is their NFKC form, so that the result is that of `unicodedata`.
    """
    if unicodedata.is_normalized("NFKC", text):
        return text
    return unicodedata.normalize("NFKC", _fold_common(text))


def _fold(text: str) -> str:
    if not text.isprintable():
        for blank in _NORMAL_BLANKS:
            text = text.replace(blank, " ")
    if _HAS_RADICAL.search(text):
        text = text.translate(_WHOLE)
    if unicodedata.is_normalized("NFKC", text):
        return text
    text = _fold_common(text)
    return text if unicodedata.is_normalized("NFKC", text) else text.translate(_FOLD)


def _key(text: str) -> str:
    return "".join(nfkc(text).split())


def _fold_common(text: str) -> str:
    """The text with its most frequent characters in their NFKC form."""
    for wide, plain in _COMMON:
        text = text.replace(wide, plain)
    return text


# A page's lines are folded several times on the way to a letter, its whole text once.
_LONGEST_LINE = 200
_fold_line = lru_cache(maxsize=4096)(_fold)
_line_key = lru_cache(maxsize=4096)(_key)
