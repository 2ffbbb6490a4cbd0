"""Owns the forms of an annex printed behind a letter's date: its headings, and what ends it."""

from __future__ import annotations

import re

from pipelines.letter.contacts import is_after_signature, is_contact

_LABEL, _NUMBER = "附 ?(?:件|表|录|图) ?", r"[\d一二三四五六七八九十]"
# 附件 · 附件1: · 附表2 · (附件一) · 附件2-1 · 附:委员提案原文, the heading of what is annexed
_HEADING = re.compile(
    rf"[(【\[]?{_LABEL}(?:{_NUMBER}{{1,2}}(?:-\d)? ?[::]?)?[)】\]]?"
    r"|附(?:件|录)? ?\d?[::].{0,24}(?:原文|原件|全文|提案|建议|议案|案由)"
    r"|(?:委员|代表)?(?:提案|建议|议案)(?:原文|原件|全文|内容)[::]?"
)
# 附件1:重点任务清单 · 附表:任务分解 · 附件2 责任分工表; but 附件:1.改造清单 begins a list
_TITLED = re.compile(
    rf"(?:{_LABEL}{_NUMBER}{{0,2}}(?:[::] *| +)|附[::] *)(?!{_NUMBER}{{1,3}} ?[.、])[^ ].{{1,80}}"
)
# 1.新建养老床位5000张 · 二、重点任务 · (三)改造食堂 · ③增设站点
_ITEM = re.compile(rf"(?:\(?{_NUMBER}{{1,3}} ?[.、)]|[①-⑳])")
# 公开形式:主动公开 · (此件公开发布) · 白石市水利局办公室2024年5月17日印发 · (共印8份)
_NOTE_END = re.compile(r"(?:公开[^:。]{0,6}[::].{1,12}|公开(?:发布)?|印发|印制|份)[)】\]]?$")
_LONGEST_HEADING = 40
_LONGEST_NOTE = 60  # characters of a line that tells how a letter is disclosed or printed
_DIGITS_OF_PHONE = 7
# What a page's own make-up may put between an annex's lines; all other furniture ends it.
_WITHIN = frozenset({"publish-info", "page-break", "pager", "fragment-mark", "download-hint"})


def is_annex_heading(folded: str) -> bool:
    """Whether a line is nothing but the heading of what is annexed: 附件1, 附:委员提案原文."""
    return len(folded) <= _LONGEST_HEADING and _HEADING.fullmatch(folded) is not None


def is_annex_title(folded: str) -> bool:
    """Whether a line names an annex whose text may follow: 附件1:重点任务清单, no list of files."""
    return folded[:1] == "附" and _TITLED.fullmatch(folded) is not None


def speaks(folded: str, *, titled: bool) -> bool:
    """Whether a line below an annex's title or a list of files is text, and no file's name.

    Below a title, which names one annex, what is numbered is no other annex, and what ends in
    `。` no name.
    """
    if "," in folded or "。" in folded[:-1]:
        return True
    return titled and (folded[-1:] == "。" or _ITEM.match(folded) is not None)


def is_contact_in_annex(folded: str, *, in_row: bool) -> bool:
    """Whether a line behind an annex tells how to reach the office, and heads no column."""
    if not is_contact(folded):
        return False
    value = ":" in folded or sum(map(str.isdigit, folded)) >= _DIGITS_OF_PHONE
    return value or not in_row


def is_note_behind_annex(folded: str) -> bool:
    """Whether a line behind an annex is a note of the letter: how it is disclosed, its print."""
    if len(folded) > _LONGEST_NOTE or not is_after_signature(folded):
        return False
    return _NOTE_END.search(folded) is not None


def ends_annex(rule: str) -> bool:
    """Whether a page's furniture of this rule shows that the article is over."""
    return rule not in _WITHIN
