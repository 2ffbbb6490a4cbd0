"""Owns the cues by which a page is judged to be a reply letter or something else."""

from __future__ import annotations

from typing import NamedTuple


class Cues(NamedTuple):
    """What there is to judge a page by; texts are folded, quoted names blotted out."""

    title: str
    title_is_letter: bool
    genre: str
    salutation: str
    opening: str
    opening_answers: bool  # it names a submission: title, number, 收悉
    names_submission: bool  # a title that ends with 建议, 提案 or 议案, or a number
    text: str  # the whole article, folded
    signed: bool
    approved: bool  # a signatory was found
