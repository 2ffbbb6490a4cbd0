"""The sites as they stand on the first day, and how a site is made of any letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from crawler.demo.agencies import ECONOMY, SCIENCE
from crawler.demo.cast import plant
from crawler.demo.furniture import furnish
from crawler.demo.invent import invent_letters
from crawler.demo.letters import DemoLetter
from crawler.demo.oddities import ANNUAL_SUMMARY, ATTACHMENT_ONLY, MAILBOX_REPLY
from crawler.demo.pages import Masthead
from crawler.demo.placements import Column, Placement
from crawler.demo.site import DemoSite
from crawler.demo.trs_economy import TRS_ECONOMY
from crawler.demo.trs_science import TRS_SCIENCE

FIRST_DAY = date(2026, 3, 2)
SCIENCE_LETTERS = 51
ECONOMY_LETTERS = 26
TWIN_LISTED = "science-005"  # a suggestion

PROPOSALS = Column("/zwgk/zwxxgkml/zxtablqkgk/", "政协提案办理情况公开", "proposal")
SUGGESTIONS = Column("/zwgk/zwxxgkml/rddbjyblqkgk/", "人大代表建议办理情况公开", "suggestion")
REPLIES = Column("/zwgk/gkml/jytabl/", "建议提案办理复函", None)

SCIENCE_MASTHEAD = Masthead(
    site="澜江市科学技术局网站",
    agency=SCIENCE,
    domain="kjj.lanjiang.example",
    site_code="5099000017",
    icp="澜ICP备00000017号-1",
    police="澜公网安备50990002000017号",
    telephone="0500-60000017",
)
ECONOMY_MASTHEAD = Masthead(
    site="澜江市经济和信息化委员会网站",
    agency=ECONOMY,
    domain="jjxxw.lanjiang.example",
    site_code="5099000028",
    icp="澜ICP备00000028号-2",
    police="澜公网安备50990002000028号",
    telephone="0500-60000028",
)


def science_site(letters: Sequence[DemoLetter], *, today: date = FIRST_DAY) -> DemoSite:
    """A TRS site with two columns that shows these letters; it sends validators."""
    site = DemoSite(
        name="lanjiang-science",
        masthead=SCIENCE_MASTHEAD,
        template=TRS_SCIENCE,
        columns=(PROPOSALS, SUGGESTIONS),
        placements=(),
        furniture=furnish(today),
        validators=True,
        media_type="text/html; charset=utf-8",
    )
    return replace(site, placements=place_letters(letters, site.columns, first_running=13700000))


def economy_site(letters: Sequence[DemoLetter], *, today: date = FIRST_DAY) -> DemoSite:
    """A TRS site with one mixed column, no validators, and soft 404s."""
    site = DemoSite(
        name="lanjiang-economy",
        masthead=ECONOMY_MASTHEAD,
        template=TRS_ECONOMY,
        columns=(REPLIES,),
        placements=(),
        furniture=furnish(today),
        soft_404=True,
    )
    return replace(site, placements=place_letters(letters, site.columns, first_running=9120000))


def place_letters(
    letters: Sequence[DemoLetter], columns: Sequence[Column], first_running: int
) -> tuple[Placement, ...]:
    """Place each letter in the first column for its kind, the oldest first."""
    oldest_first = sorted(letters, key=lambda letter: (letter.date_published, letter.key))
    return tuple(
        Placement(
            letter=letter,
            column=column_for(letter, columns).path,
            running=first_running + 37 * number,
            published=letter.date_published,
            uploaded=letter.date_published,
            saved=letter.date_published,
        )
        for number, letter in enumerate(oldest_first)
    )


def column_for(letter: DemoLetter, columns: Sequence[Column]) -> Column:
    """The column a letter belongs in; what is no letter stands in the first one."""
    kind = letter.submission.kind if letter.submission else None
    return next((column for column in columns if column.kind in (kind, None)), columns[0])


def baseline_sites(seed: int = 1) -> dict[str, DemoSite]:
    """Both TRS sites on the first day, by the name of their portals."""
    oddities = (ATTACHMENT_ONLY, MAILBOX_REPLY, ANNUAL_SUMMARY)
    science = [plant(letter) for letter in invent_letters(SCIENCE_LETTERS, seed, SCIENCE)]
    economy = [plant(letter) for letter in invent_letters(ECONOMY_LETTERS, seed, ECONOMY)]
    site = science_site([*science, *oddities])
    twin_listed = tuple(
        replace(placement, twin_listed=placement.letter.key == TWIN_LISTED)
        for placement in site.placements
    )
    sites = replace(site, placements=twin_listed), economy_site(economy)
    return {site.name: site for site in sites}
