"""Owns the opening: which submission a letter answers, by its title, number and assembly."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.letter.assemblies import find_assembly
from pipelines.letter.numbers import find_submission_number
from pipelines.letter.passages import Article
from pipelines.letter.quoted import blank_quoted
from pipelines.letter.salutation import Salutation
from pipelines.letter.submission_titles import submission_title

_LONGEST = 900  # characters; an opening is two or three sentences
_MARKS = "《“「『‘"

# …现答复如下: · 现将办理情况答复如下。 · 现函复如下 · 现就有关情况回复如下
# · 现提出如下答复意见:
_TELLS = (
    *("答复", "回复", "函复", "复函", "复", "反馈", "报告", "汇报", "说明", "回答"),
    *("告知", "告"),
)
_ENDS = re.compile(  # each begins with a plain character, to which `re` leaps
    "|".join(rf"{word}[^。\n]{{0,8}}如下[::。,]?" for word in _TELLS)
    + r"|如下(?:答复|回复|办理|处理|反馈)(?:意见|情况)[::。]"
)
_SECTION = re.compile(r"\n(?:一 ?、|\(一\)|1[.、]|第一,)")
# (2023-056) · (0123) right behind a title, without 号
_BARE_NUMBER = re.compile(
    r" {0,2}[》”]? ?\((?P<it>[A-Z]{0,3}(?:0\d{1,5}|\d{4}-\d{1,5}|\d{5,12}))\)"
)
# how openings say that they answer something
_CUE = re.compile(
    r"收悉|[您你](?:们)?(?:在.{0,40})?(?:所)?提|贵.{0,10}提|(?:提案|建议|议案).{0,30}如下|答复如下"
)


class Opening(NamedTuple):
    """What the first sentences say of the submission; `start`, `end`: offsets of the article."""

    start: int
    end: int
    submission_title: str | None = None
    title_end: int | None = None
    submission_number: str | None = None
    assembly: str | None = None
    plain: str = ""  # folded, quoted names blotted out: for kinds and offices
    closed: bool = True  # it ends where it says so, not just somewhere behind its start

    @property
    def found(self) -> bool:
        """Whether a sentence that answers a submission was found at all."""
        return bool(self.submission_title or self.submission_number or _CUE.search(self.plain))


def find_opening(article: Article, salutation: Salutation | None) -> Opening | None:
    """The first sentences behind the salutation, or the first that sound like an opening."""
    start = salutation.end if salutation else _sounds_like_opening(article)
    if start is None:
        return None
    end = min(len(article.folded), start + _LONGEST)
    closed = True
    if stop := _ENDS.search(article.folded, start, end):
        end = stop.end()
    elif section := _SECTION.search(article.folded, start, end):
        end = section.start()
    else:
        end, closed = min(end, start + 500), False
    return _read(article, start, end, closed)


# 您提出的…收悉 · 提案…答复如下
_SOUNDS = re.compile(
    r"收悉|[您你]们?(?:在.{0,40})?提(?:出|交|的)"
    r"|(?:提案|建议|议案).{0,60}(?:答复|回复|复函|函复).{0,8}如下"
)
# 现答复如下: and nothing before it
_SHORT_OPENING = re.compile(r"(?:经.{0,40},)?现(?:将|就)?.{0,20}(?:答复|回复|函复)如下[:。]?")


def _sounds_like_opening(article: Article) -> int | None:
    for passage in article.passages[:40]:
        if len(passage.text) > 12 and _sounds(passage.text[:400]):
            return passage.start
        if len(passage.text) <= 80 and _SHORT_OPENING.fullmatch(passage.text):
            return passage.start
    return None


def _sounds(text: str) -> bool:
    may = "收悉" in text or "如下" in text or ("提" in text and ("您" in text or "你" in text))
    return may and _SOUNDS.search(text) is not None


def _read(article: Article, start: int, end: int, closed: bool) -> Opening:
    folded = article.folded
    title = submission_title(article.text, folded, start, end)
    plain = blank_quoted(folded[start:end], _MARKS)
    if title and title[1] > start:
        left, right = title[2] - start, title[1] - start
        if folded[title[1] - 1] == "案" and folded[title[2] - 1] not in _MARKS:
            right -= 2  # no marks set it apart: its last word tells the kind
        plain = plain[:left] + "_" * (right - left) + plain[right:]
    number = None
    if title:
        behind = title[1] - start
        number = find_submission_number(plain, behind, behind + 120)
        if number is None and (bare := _BARE_NUMBER.match(plain, behind)):
            number = bare["it"]
    number = number or find_submission_number(plain)
    session = find_assembly(plain)
    return Opening(
        start,
        end,
        title[0] if title else None,
        title[1] if title else None,
        number,
        "".join(article.text[start + session[0] : start + session[1]].split()) if session else None,
        plain,
        closed,
    )
