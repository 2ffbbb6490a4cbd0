"""Owns the verdict on a page: a letter, a letter that is only a file, none, or unreadable."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.fold import fold_key
from pipelines.letter.cues import Cues
from pipelines.letter.refusals import NO_SIGN, refusal
from pipelines.letter.titles import is_letter_title
from pipelines.parts import PageParts

# 附件:1.某某表 · 点击下载 · 相关附件
_DOWNLOAD = re.compile(r"(?:相关)?附件|点击|下载|查看|全文|正文|详见|见附件")
_EXTENSION = re.compile(r"\.[A-Za-z]{2,4}$")


class Verdict(NamedTuple):
    """Whether a page is a letter; `refusal` as `ReplyLetter.refusal`."""

    is_letter: bool
    refusal: str | None = None


def verdict(parts: PageParts, cues: Cues, text: str) -> Verdict:
    """A page that could not be read stays refused; one that holds only files may be a letter."""
    if parts.refusal:
        return Verdict(False, parts.refusal)
    if not text and not parts.attachments:
        return Verdict(False, "unreadable: no article text")
    reason = refusal(cues)
    if is_list_of_files(parts, cues, text):
        return Verdict(False, "not a letter: list of letters")
    if is_attachment_only(parts, text) and (reason is None or reason.endswith(NO_SIGN)):
        return Verdict(True, "attachment only")
    return Verdict(reason is None, reason)


def is_list_of_files(parts: PageParts, cues: Cues, text: str) -> bool:
    """Whether a page under no letter's title only links the files of several letters."""
    if cues.title_is_letter or not is_attachment_only(parts, text):
        return False
    stems = {fold_key(_EXTENSION.sub("", file.name)) for file in parts.attachments}
    return sum(map(is_letter_title, stems)) > 1


def is_attachment_only(parts: PageParts, text: str) -> bool:
    """Whether nothing is printed but the title, the names of files and words to download them."""
    if not parts.attachments:
        return False
    names = [fold_key(name) for name in (*parts.titles, *(a.name for a in parts.attachments))]
    return all(_says_nothing(line, names) for line in text.split("\n"))


def _says_nothing(line: str, names: list[str]) -> bool:
    key = fold_key(line)
    if len(key) < 80 and "。" not in key and _DOWNLOAD.search(key[:20]):
        return True
    return not key or any(_is_name(key, name) for name in names)


def _is_name(key: str, name: str) -> bool:
    stem = _EXTENSION.sub("", name)
    return key in name or (len(stem) > 5 and stem in key and len(key) < len(stem) + 16)
