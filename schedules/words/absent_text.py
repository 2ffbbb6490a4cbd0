"""Why the archive has no text of a letter, or not all of it, in Chinese and English."""

from __future__ import annotations

from schedules.words.language import Words
from storage.forget.rules import FORGOTTEN

IN_FILE_ONLY = Words("正文只在附件中", "the text is only in an attachment")
TEXT_FORGOTTEN = Words("正文已应请求删去", "the text was forgotten on request")

ALIKE_OF_REST = Words(
    "两版留下的内容相同；有内容已应请求删去，有无差别不再可知。",
    "What is left of the two versions reads alike; of what was forgotten on request it can no "
    "longer be told.",
)


def absent_text(refusal: str) -> Words:
    """What to say in the text's place, by the letter's `refusal`."""
    return TEXT_FORGOTTEN if refusal == FORGOTTEN else IN_FILE_ONLY
