"""Sites of other makes than the two of the story: ground for tests of their platforms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from crawler.demo.agencies import ECONOMY
from crawler.demo.baseline import ECONOMY_MASTHEAD, FIRST_DAY, place_letters
from crawler.demo.furniture import furnish
from crawler.demo.generic import GENERIC
from crawler.demo.hanweb import HANWEB
from crawler.demo.invent import invent_letters
from crawler.demo.letters import DemoLetter
from crawler.demo.placements import Column
from crawler.demo.site import DemoSite
from crawler.demo.ucap import UCAP
from crawler.demo.vsb import VSB

Make = Literal["generic", "hanweb", "ucap", "vsb"]
MAKES: tuple[Make, ...] = ("generic", "hanweb", "ucap", "vsb")
_TEMPLATES = {"generic": GENERIC, "hanweb": HANWEB, "ucap": UCAP, "vsb": VSB}
_COLUMN = Column("/xxgk/jyta/", "建议提案办理", None)


def site_elsewhere(
    make: Make, letters: Sequence[DemoLetter] | None = None, *, today: date = FIRST_DAY
) -> DemoSite:
    """A site of that make with one column; by default 20 letters of the economy commission.

    The generic one sends GB18030 and declares gb2312. The letters placed lack what the make does
    not print: subject and genre everywhere, all metadata on VSB.
    """
    given = letters if letters is not None else invent_letters(20, agency=ECONOMY)
    shown = [_as_printed(letter, make) for letter in given]
    gb = make == "generic"
    return DemoSite(
        name=f"lanjiang-{make}",
        masthead=ECONOMY_MASTHEAD,
        template=_TEMPLATES[make],
        columns=(_COLUMN,),
        placements=place_letters(shown, (_COLUMN,), first_running=5170000),
        furniture=furnish(today),
        platform=make,
        encoding="gb18030" if gb else "utf-8",
        media_type="text/html; charset=gb2312" if gb else "text/html",
    )


def _as_printed(letter: DemoLetter, make: Make) -> DemoLetter:
    """The letter without the values that its page does not show."""
    letter = replace(letter, subject_category=None, genre_category=None)
    if make != "vsb":
        return letter
    in_head = any(line.text == letter.document_number for line in letter.head)
    return replace(
        letter,
        index_number=None,
        date_written=None,
        document_number=letter.document_number if in_head else None,
    )
