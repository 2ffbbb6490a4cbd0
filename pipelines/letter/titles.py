"""Owns the letter's title: choosing it, finding it in the article, and what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipelines.fold import fold, fold_key
from pipelines.letter.agencies import agency_alone
from pipelines.letter.assemblies import find_assembly
from pipelines.letter.document_number import is_document_number_line
from pipelines.letter.numbers import find_submission_number
from pipelines.letter.outcome import is_lone_class
from pipelines.letter.passages import Article, Passage
from pipelines.letter.quoted import blank_quoted
from pipelines.letter.submission_titles import submission_title
from pipelines.script import simplified

# 重庆市教育委员会|关于… · 对…的答复 · 关于答复… · 第0328号…: what a letter's title begins with
_START = re.compile(
    # (C类)关于… · 0123号提案答复
    r"[—-]{0,3}(?:[(〔【\[][A-D][1-9]?类?[)〕】\]])?"
    r"[一-鿿()·〇\d]{0,40}?(?:关于|(?<![面应针])对(?!面|接|标)|就|答复|回复|《|“|第|(?<=[会\d])[一-鿿]{0,3}\d{1,20}号)"
)
# …第0328号提案的|复函 · …提案|答复的函 · …|办理情况的答复函 · …建议的|回复 · …的|答复意见(A类)
_END = re.compile(
    r"(?:答复|复函|回复|函复|复文|回函|函|(?:答复|回复|复函|办理)的?(?:内容)?(?:摘要|全文|公开稿)"
    r"|(?:答复|回复|办理|办复|办理答复)的?(?:情况|意见|结果|报告|件|稿"
    r"|书))(?:的?函)?(?:[(〔【\[].{1,40}[)〕】\]])?$"
)
# 第2号提案办理情况的|报告: only of a single submission
_REPORT = re.compile(r"第.{1,20}号.{0,16}(?:办理|落实|答复)情况的?(?:报告|汇报|说明)$")
# 人大建议答复:|关于加快…的建议 · 政协提案办理复函——|关于…
_ANNOUNCED = re.compile(
    r"(?:[一-鿿\d]{0,16}(?:建议|提案|议案)[一-鿿]{0,6}?(?:答复|复函|回复|答复函)(?:函|意见)?)[::—-]{1,2}(?=.{4})"
)
# 答复函 · 提案办理答复 · 复 函: a title that names no submission
_BARE_TITLE = re.compile(
    r"(?:人大|政协)?(?:代表|委员)?(?:建议|提案|议案)?(?:办理|处理)?(?:情况|结果)?的?"
    r"(?:再次)?(?:答复|复函|回复|函复|回函|批复)的?(?:函|意见|意见书|书|件|情况)?(?:\([A-D][1-9]?类?\))?"
)
# 关于|加快农村公路建设的建议|的答复 · 关于张某代表提出的|关于…的建议|的复函
_NAMED = re.compile(
    r"(?:(?:代表|委员)[^《“关]{0,12}提出的?|对|就|^)(?:(?:对|就)?(?=关于)|(?:对|就))"
    r"(?P<title>(?:关于)?[^《》“”;。]{4,80}?的?(?:建议|提案|议案))"
    r"(?:\([^()]{0,30}\))?(?:办理)?(?:情况|结果|意见)?的(?:再次)?(?:答复|复函|回复|函|办理)"
)
_NAMES_NONE = re.compile(
    r"第.{1,20}号|\d{3,}|届|人大|政协|代表(?!性|作)|委员(?!会)|答复|办理|回复|提出"
)
_SUBMISSION_WORD = re.compile(r"提案|建议|议案|政协|人大|代表|委员(?!会)|人民代表大会")
_BEGINS = re.compile(r"关于|对|就|《|“")
# 办复类别:B类 · 〔2020〕2号 · 签发人:某某 · A, lines of a form above the title
_FORM_HEAD = re.compile(r"[::\d〕)]|类|签发|^[A-D]")
# 国办函〔2006〕69号, on the line below the title
_NUMBER_LINE = re.compile(r"[一-鿿]{1,12} ?[(〔【\[]\d{4}[)〕】\]] ?第?\d{1,5}号")
# (主办), on the line below the title
_NOTE_LINE = re.compile(r"\([^()]{1,20}\)|[〔【\[][^〔〕【】\[\]]{1,20}[〕】\]]")
_SUBMITTED = re.compile(r"(?:建议|提案|议案)$")
_ELLIPSIS = re.compile(r"(?:…|\.\.\.|⋯)+$")
_MARKS = "《“「『"  # of quoted names
_ELLIPSES = ("…", "...", "⋯")


def is_letter_title(title: str) -> bool:
    """Whether a title has one of the forms of a reply to a suggestion or proposal."""
    return len(title) <= 400 and _is_letter_title(title)


@lru_cache(maxsize=1024)
def _is_letter_title(title: str) -> bool:
    """The answer for a title short enough; a page asks several times for each."""
    text = "".join(simplified(fold(title)).split())
    if _ANNOUNCED.match(text):
        return True
    return bool(
        (_END.search(text, max(0, len(text) - 60)) or _REPORT.search(text))
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
    letters = (title for title in printed if is_letter_title(title) or title.endswith(_ELLIPSES))
    best = next(letters, None) or next(iter(printed), None)
    if best and (cut := best.endswith(_ELLIPSES) and _ELLIPSIS.search(best)):
        stem = best[: cut.start()]
        whole = (t for t in printed if t.startswith(stem) and not t.endswith(_ELLIPSES))
        return next(whole, best)
    return _with_session(best, printed) if best else None


def _with_session(best: str, printed: Sequence[str]) -> str:
    """The title, or another of the same number that names its session, too, as scripts may keep:
    关于第0156号提案的答复函, and 关于市政协五届二次会议第0156号提案答复的函."""
    further = [title for title in printed if "届" in title and is_letter_title(title)]
    if "届" in best or not further or (number := read_title(best).submission_number) is None:
        return best
    facts = map(read_title, further)
    return next((t.title for t in facts if t.submission_number == number and t.assembly), best)


def _took_form_lines(title: str, in_article: str) -> bool:
    key, own = fold_key(title), fold_key(in_article)
    return key != own and key.endswith(own) and bool(_FORM_HEAD.search(key[: -len(own)]))


def title_in_head(article: Article, head_end: int) -> tuple[str, int, int] | None:
    """A title that stands in the article before offset `head_end`, lines joined, with its span."""
    head = [p for p in article.passages[: min(40, article.index_from(head_end))] if not p.in_row]
    for first, passage in enumerate(head):
        if is_document_number_line(passage.text):
            continue
        joined = ""
        for last in range(first, min(first + 5, len(head))):
            piece = head[last]
            if len(piece.text) > 160 or "。" in piece.text or piece.text.endswith((":", ";")):
                break
            if joined.startswith(("关于", "对", "就")) and is_letter_title(joined):
                break
            bare = is_bare_title(piece.text)
            if (
                last == first + 1
                and agency_alone(passage.text)
                and not (bare or _BEGINS.match(piece.text))
            ):
                break
            joined += article.cut(piece.start, piece.end)
            if is_letter_title(joined) or (bare and len(joined) < 80):
                return _with_rest(article, head, last, joined.lstrip("—–- "), passage.start)
    return None


def _with_rest(
    article: Article, head: Sequence[Passage], last: int, title: str, start: int
) -> tuple[str, int, int]:
    """The title with the next line where it goes on there: …办理情况 and 的答复函."""
    for rest in head[last + 1 : last + 2]:
        longer = title + article.cut(rest.start, rest.end)
        goes_on = len(rest.text) <= 12 and not _BEGINS.match(rest.text)
        if (
            _NUMBER_LINE.fullmatch(rest.text)
            or _NOTE_LINE.fullmatch(rest.text)
            or is_lone_class(rest.text)
        ):
            continue
        if goes_on and is_letter_title(longer):
            return longer, start, rest.end
    return title, start, head[last].end


def is_bare_title(folded: str) -> bool:
    """Whether a line is nothing but 答复函, 提案办理答复 or the like."""
    return len(folded) <= 30 and bool(_BARE_TITLE.fullmatch(folded.replace(" ", "")))


def _unquoted(folded: str) -> tuple[int, int] | None:
    """Span of a submission's title that stands in a letter's title without quotes."""
    if announced := _ANNOUNCED.match(folded):
        rest = folded[announced.end() :]
        return (announced.end(), len(folded)) if _SUBMITTED.search(rest) else None
    for match in _NAMED.finditer(folded):
        left, right = match.span("title")
        inner = folded.rfind("关于", left, right)
        left = inner if inner > left else left
        if not _NAMES_NONE.search(folded, left, right):
            return left, right
    return None


class TitleFacts(NamedTuple):
    """What a letter's title says of the submission; `plain` is folded, quoted names blotted out."""

    submission_title: str | None = None
    submission_number: str | None = None
    plain: str = ""
    title: str = ""  # as published

    @property
    def assembly(self) -> str | None:
        """The session it names; looked for where the letter's opening names none."""
        session = find_assembly(blank_quoted(simplified(fold(self.title)), _MARKS))
        return "".join(self.title[slice(*session)].split()) if session else None


def read_title(title: str | None) -> TitleFacts:
    """Submission title, number and assembly as a letter's title prints them."""
    if not title:
        return TitleFacts()
    text = title[:400]
    folded = simplified(fold(text))
    plain = blank_quoted(folded, _MARKS)
    named = submission_title(text, folded, 0, len(folded))
    if named is None and (found := _unquoted(folded)):
        left, right = found
        named = "".join(text[left:right].split()), right, left
        # its last word tells the kind all the same: no quotes set it apart
        plain = plain[:left] + "_" * (right - 2 - left) + plain[right - 2 :]
    return TitleFacts(
        named[0] if named else None,
        find_submission_number(plain),
        plain,
        text,
    )
