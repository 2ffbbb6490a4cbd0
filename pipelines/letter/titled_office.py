"""Owns the office a letter's title begins with, where no label and no signature names one."""

from __future__ import annotations

import re

from pipelines.fold import fold, fold_key
from pipelines.letter.agencies import signing_office

# 白石市水利局|关于对市政协… · 白石市水利局|对市人大…
_ON = re.compile(r"关于对?|对|就")
_LONGEST = 60  # characters of a title in which its offices end
# 白石市政府转发市水利局|关于…: of two offices, and who answers is not said
_HANDED_ON = re.compile(r"转[发办送达交]|批转|报[送请]|致(?!公)|答复|回复|函复|交由|[来复]函")
# 民建白石市委|关于改善供暖条件提案的答复: who submitted it, unless the title says 对
_SUBMITS = re.compile(
    r"民革|民盟|民建|民进|农工|致公|九三|台盟|政协|人大|党派|工商联|工会|共青团|团[省市区县]?委|妇联"
    r"|[科侨台文残社]联|科协|[商学协]会|联[谊合]会|知联会|代表团|界别"
)
# 我局高度重视: what the letter calls its office
_OURSELVES = re.compile(r"我(?P<it>[局委厅办院部])")


def titled_office(title: str | None, salutation: str, folded: str) -> str | None:
    """The office as the title prints it; None where it may be another's.

    It is none that the folded `salutation` addresses, none that submits, and of the kind the
    letter, whose folded text is `folded`, calls its own (我局).
    """
    office = _before_subject(title or "")
    if office is None:
        return None
    plain = fold(office)
    if fold_key(plain) in fold_key(salutation) or _HANDED_ON.search(plain):
        return None
    ourselves = _OURSELVES.search(folded)
    return None if ourselves and ourselves["it"] not in plain else office


def _before_subject(title: str) -> str | None:
    """The office before 关于 or 对; one that may have submitted the matter only before 对."""
    folded = fold(title)[:_LONGEST]
    for on in _ON.finditer(folded):
        if signing_office(folded[: on.start()]):
            submits = _SUBMITS.search(folded, 0, on.start()) and not on[0].endswith("对")
            return None if submits else "".join(title[: on.start()].split())
    return None
