"""Owns the kind of submission a letter answers: a deputy's suggestion or a member's proposal."""

from __future__ import annotations

import re

from storage.records import SubmissionKind

# 陆明远委员 · 第0328号提案 · 市政协; never 委员会
_PROPOSAL = re.compile(r"委员(?!会)|提案|政协")
# 叶舟代表 · 市五届人大 · 人民代表大会; never 代表性
_SUGGESTION = re.compile(r"代表(?!性|作|了|处|队)|人大(?!附)|人民代表大会")
GROUP = re.compile(r"民革|民盟|民建|民进|农工党|农工民主党|致公党|九三学社|台盟|界别|工商联")


def submission_kind(*cues: str) -> SubmissionKind | None:
    """The kind the first cue tells that names one kind only; quoted titles are blotted out before.

    Cues come strongest first: salutation, opening, title, genre, copies.
    """
    for cue in cues:
        if kind := kind_told(cue):
            return kind
    return "proposal" if cues and GROUP.search(cues[0]) else None


def kind_told(cue: str) -> SubmissionKind | None:
    """The kind a text names; None where it names none, or both."""
    proposal, suggestion = bool(_PROPOSAL.search(cue)), bool(_SUGGESTION.search(cue))
    if proposal != suggestion:
        return "proposal" if proposal else "suggestion"
    return None
