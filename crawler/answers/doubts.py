"""Soft 404 by comparison: a known letter's page that shows something else now.

A site may answer any address with its home page or a friendly error. So, where a known page is
neither the one read last nor shows the letter any more, a sibling address that cannot exist is
asked for, once a folder and run; a page equal to that answer is gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from crawler.answers.page_text import PageText
from crawler.answers.siblings import impossible_sibling, is_same_answer, sibling_place, still_shows
from crawler.answers.sorting import ServerAnswer
from storage.captures import body_digest
from storage.records import CopyHistory

Probe = Callable[[str], Awaitable[ServerAnswer | None]]
"""Asks for one address of the portal; None where no answer came."""

REASON = "soft 404: the same answer as for an address that cannot exist"


class Doubts:
    """The probes of one portal in one run."""

    def __init__(self) -> None:
        self._answers: dict[str, asyncio.Future[PageText | None]] = {}

    async def is_soft_404(self, answer: ServerAnswer, history: CopyHistory, probe: Probe) -> bool:
        """Whether the page a known address gave is the site's answer to what does not exist."""
        if history.reading is None or history.body_digest == body_digest(answer.body):
            return False
        page = answer.page
        if still_shows(page, history.reading):
            return False
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
