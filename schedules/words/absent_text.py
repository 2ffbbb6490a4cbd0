"""Why a letter of the archive has no text, in Chinese and English."""

from __future__ import annotations

from schedules.words.language import Words
from storage.forget.rules import FORGOTTEN

IN_FILE_ONLY = Words("正文只在附件中", "the text is only in an attachment")
TEXT_FORGOTTEN = Words("正文已应请求删去", "the text was forgotten on request")


def absent_text(refusal: str) -> Words:
    """What to say in the text's place, by the letter's `refusal`."""
    return TEXT_FORGOTTEN if refusal == FORGOTTEN else IN_FILE_ONLY
