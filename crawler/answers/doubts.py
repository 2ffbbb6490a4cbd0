"""Soft 404 of a known letter: its page shows something else now.

A site may answer any address with its home page or a friendly error. So, where a known page is
neither the one read last nor shows the letter any more, it is gone if it says that the article is
kept back (该信息已归档), or if it equals the answer for a sibling address that cannot exist, which
is asked for once a folder and run.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from crawler.answers.page_text import PageText
from crawler.answers.phrases import closing_words
from crawler.answers.records import ServerAnswer
from crawler.answers.siblings import (
    impossible_sibling,
    is_same_answer,
    shows_text,
    sibling_place,
    still_shows,
)
from storage.captures import body_digest
from storage.records import CopyHistory

Probe = Callable[[str], Awaitable[ServerAnswer | None]]
"""Asks for one address of the portal; None where no answer came."""

REASON = "soft 404: the same answer as for an address that cannot exist"


class Doubts:
    """The probes of one portal in one run."""

    def __init__(self) -> None:
        self._answers: dict[str, asyncio.Future[PageText | None]] = {}

    async def why_gone(
        self, answer: ServerAnswer, history: CopyHistory, probe: Probe
    ) -> str | None:
        """Why the page a known address gave means that its letter is gone; None where not."""
        if history.reading is None or history.body_digest == body_digest(answer.body):
            return None
        page, letter = answer.page, history.reading
        if letter.body and not shows_text(page, letter) and (words := closing_words(page)):
            return f"soft 404: {words}"
        if still_shows(page, letter):
            return None
        same = await self._is_answer_to_anything(answer, page, probe)
        return REASON if same else None

    async def _is_answer_to_anything(
        self, answer: ServerAnswer, page: PageText, probe: Probe
    ) -> bool:
        """Whether the site answers a sibling address that cannot exist with the same page."""
        place = sibling_place(answer.asked)
        if place not in self._answers:
            asking = _shown(probe(impossible_sibling(answer.asked)))
            self._answers[place] = asyncio.ensure_future(asking)
        sibling = await self._answers[place]
        return sibling is not None and is_same_answer(page, sibling)


async def _shown(asking: Awaitable[ServerAnswer | None]) -> PageText | None:
    """The probe's page where the site claims that it exists; a real 404 needs no more thought."""
    answer = await asking
    return answer.page if answer is not None and answer.status == 200 else None
