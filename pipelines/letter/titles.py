"""Owns the letter's title: choosing it, finding it in the article, and what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.fold import fold, fold_key
from pipelines.letter.agencies import agency_alone
from pipelines.letter.assemblies import find_assembly
from pipelines.letter.numbers import find_submission_number
from pipelines.letter.opening import submission_title
from pipelines.letter.passages import Article, Passage
from pipelines.letter.quoted import blank_quoted

# 重庆市教育委员会|关于… · 对…的答复 · 关于答复… · 第0328号…: what a letter's title begins with
_START = re.compile(r"[一-鿿()·]{0,40}?(?:关于|对|就|答复|回复|《|“|第)")
# …第0328号提案的|复函 · …提案|答复的函 · …|办理情况的答复函 · …建议的|回复 · …的|答复意见(A类)
_END = re.compile(
    r"(?:答复|复函|回复|函复|复文|回函|函"
    r"|(?:答复|回复|办理|办复|办理答复)的?(?:情况|意见|结果|报告|件|稿"
    r"|书))(?:的?函)?(?:[(〔【\[].{1,40})?$"
)
_SUBMISSION_WORD = re.compile(r"提案|建议|议案|政协|人大|代表|委员(?!会)|人民代表大会")
_BEGINS = re.compile(r"关于|对|就|《|“")
# 办复类别:B类 · 〔2020〕2号 · 签发人:某某 · A, lines of a form above the title
_FORM_HEAD = re.compile(r"[::\d〕)]|类|签发|^[A-D]")
# 国办函〔2006〕69号, on the line below the title
_NUMBER_LINE = re.compile(r"[一-鿿]{1,12} ?[(〔【\[]\d{4}[)〕】\]] ?第?\d{1,5}号")
_ELLIPSIS = re.compile(r"(?:…|\.\.\.|⋯)+$")


def is_letter_title(title: str) -> bool:
    """Whether a title has one of the forms of a reply to a suggestion or proposal."""
    if len(title) > 400:
        return False
    text = "".join(fold(title).split())
    return bool(
        _END.search(text, max(0, len(text) - 60))
        and _START.match(text)
        and _SUBMISSION_WORD.search(text)
    )


def choose_title(candidates: Sequence[str], in_article: str | None) -> str | None:
    """The first candidate in a letter's form, else the article's own, else the first at all.

    A title cut short with … gives way to the longer one that begins alike, and one that took
    lines of a form with it (`A类 临建字〔2020〕2号 关于…`) to the one without them.
    """
    printed = [title.strip() for title in candidates if title.strip()]
    if in_article:
        printed = [t for t in printed if not _took_form_lines(t, in_article)]
        own = fold_key(in_article)
        cut_short = any(own != fold_key(t) and own.startswith(fold_key(t)) for t in printed)
        printed = [in_article, *printed] if cut_short else [*printed, in_article]
    letters = [title for title in printed if is_letter_title(title) or _ELLIPSIS.search(title)]
    best = next(iter(letters or printed), None)
    if best and (cut := _ELLIPSIS.search(best)):
        stem = best[: cut.start()]
        return next((t for t in printed if t.startswith(stem) and not _ELLIPSIS.search(t)), best)
    return best


def _took_form_lines(title: str, in_article: str) -> bool:
    key, own = fold_key(title), fold_key(in_article)
    return key != own and key.endswith(own) and bool(_FORM_HEAD.search(key[: -len(own)]))


def title_in_head(article: Article, head_end: int) -> tuple[str, int, int] | None:
    """A title that stands in the article before offset `head_end`, lines joined, with its span."""
    head = [p for p in article.passages[:40] if p.start < head_end and not p.in_row]
    for first, passage in enumerate(head):
        joined = ""
        for last in range(first, min(first + 5, len(head))):
            piece = head[last]
            if len(piece.text) > 160 or "。" in piece.text or piece.text.endswith((":", ";")):
                break
            if joined and re.match(r"(?:关于|对|就)", joined) and is_letter_title(joined):
                break
            if last == first + 1 and agency_alone(passage.text) and not _BEGINS.match(piece.text):
                break
            joined += article.cut(piece.start, piece.end)
            if is_letter_title(joined):
                return _with_rest(article, head, last, joined, passage.start)
    return None


def _with_rest(
    article: Article, head: Sequence[Passage], last: int, title: str, start: int
) -> tuple[str, int, int]:
    """The title with the next line where it goes on there: …办理情况 and 的答复函."""
    for rest in head[last + 1 : last + 2]:
        longer = title + article.cut(rest.start, rest.end)
        goes_on = len(rest.text) <= 12 and not _BEGINS.match(rest.text)
        if goes_on and is_letter_title(longer) and not _NUMBER_LINE.fullmatch(rest.text):
            return longer, start, rest.end
    return title, start, head[last].end


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What a letter's title says of the submission; `plain` is folded, quoted names blotted out."""

    submission_title: str | None = None
    submission_number: str | None = None
    assembly: str | None = None
    plain: str = ""


def read_title(title: str | None) -> TitleFacts:
    """Submission title, number and assembly as a letter's title prints them."""
    if not title:
        return TitleFacts()
    text = title[:400]
    folded = fold(text)
    plain = blank_quoted(folded, "《“「『")
    session = find_assembly(plain)
    named = submission_title(text, folded, 0, len(folded))
    return TitleFacts(
        named[0] if named else None,
        find_submission_number(plain),
        "".join(text[session[0] : session[1]].split()) if session else None,
        plain,
    )
