"""Owns what the watched site shows: invented letters that all differ, and what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from crawler.demo.agencies import ECONOMY
from crawler.demo.baseline import FIRST_DAY, economy_site
from crawler.demo.edits import Move, Reword, Shield, Stumble, Withdraw
from crawler.demo.furniture import furnish
from crawler.demo.invent import invent_letters
from crawler.demo.letters import DemoLetter, Line
from crawler.demo.placements import Placement, Standing
from crawler.demo.refusals import Firewall
from crawler.demo.site import DemoSite

CHANGED_SHARE = 0.05
BEHAVING = 20  # pages of the behaviour table
TAKEN_AWAY = 5
PARAGRAPH = 301  # characters, of which one changes

_ON_A_LIST_PAGE = 20
_NEXT_DAY = FIRST_DAY + timedelta(days=1)


def watched_site(count: int, seed: int = 1) -> DemoSite:
    """A TRS site of `count` letters with validators; 20 stand on a list page.

    Its letters are those an office publishes: one in three has an index number, and no two have
    the same text.
    """
    return _site(invent_letters(count, seed, ECONOMY))


def _site(letters: Sequence[DemoLetter]) -> DemoSite:
    site = economy_site(letters)
    return replace(site, page_size=_ON_A_LIST_PAGE, validators=True, soft_404=False)


def with_edits(site: DemoSite, share: float = CHANGED_SHARE) -> DemoSite:
    """The site with one more sentence in every so many letters; nothing else of it moves."""
    every = round(1 / share)

    def after(number: int, placement: Placement) -> Placement:
        if number % every:
            return placement
        sentence = Line(f"截至目前，已办结同类事项{number + 318}件，后续情况按季度公开。")
        text = placement.letter.text
        letter = replace(placement.letter, text=(*text[:3], sentence, *text[3:]))
        return replace(placement, letter=letter, saved=_NEXT_DAY)

    placements = tuple(after(*each) for each in enumerate(site.placements))
    return replace(site, placements=placements)


def edited(site: DemoSite, share: float = CHANGED_SHARE) -> int:
    """How many letters `with_edits` edits."""
    return len(range(0, len(site.placements), round(1 / share)))


# --- the behaviour table ---------------------------------------------------------------------

BEFORE, AFTER = "2484", "2485"  # one character


def behaviour_scenes(seed: int = 1) -> dict[str, DemoSite]:
    """20 letters as they stand first (`baseline`), and what each row of the table does to them."""
    letters = invent_letters(BEHAVING, seed, ECONOMY)
    site = _site((_with_paragraph(letters[0]), *letters[1:]))
    keys = [letter.key for letter in letters]
    taken = keys[3 : 3 + TAKEN_AWAY]
    soft = replace(site, soft_404=True)
    return {
        "baseline": site,
        "furniture": replace(site, furniture=furnish(FIRST_DAY + timedelta(days=3))),
        "404": _apply(site, *(Withdraw(site.name, key, Standing.NOT_FOUND) for key in taken)),
        "soft 404": _apply(soft, *(Stumble(site.name, key, Standing.GONE) for key in taken)),
        "one character": _apply(site, Reword(site.name, keys[0], BEFORE, AFTER)),
        "moved": _apply(site, Move(site.name, keys[0], BEFORE, BEFORE)),
        **{each.value: _apply(site, Shield(site.name, each)) for each in Firewall},
    }


def _apply(site: DemoSite, *edits: Withdraw | Stumble | Reword | Move | Shield) -> DemoSite:
    for edit in edits:
        site = edit.apply(site, _NEXT_DAY)
    return site


def _with_paragraph(letter: DemoLetter) -> DemoLetter:
    """The letter with a paragraph of 301 characters, in the middle of which a figure stands."""
    figure = f"截至上月底，全市累计完成诊断{BEFORE}家，"
    half = (PARAGRAPH - len(figure)) // 2
    rest = _AROUND[half : PARAGRAPH - len(figure) - 1]
    line = Line(f"{_AROUND[:half]}{figure}{rest}。")
    return replace(letter, text=(*letter.text[:2], line, *letter.text[2:]))


_AROUND = (
    "推进中小企业数字化改造，组织专家入园问诊，按行业编制改造目录，明确改造内容、投入标准和验收办法，"
    "对改造成效好的企业优先推荐申报试点，对暂不具备条件的企业提供免费诊断，并把诊断结果反馈给属地园区。"
    "同时完善服务商评价机制，公开收费标准，定期回访企业，督促服务商按合同约定完成交付，"
    "对多次违约的服务商取消入库资格，对企业评价高的服务商在宣传推介、场地租用等方面给予支持。"
    "加强政策宣讲和业务培训，依托公共服务平台发布典型案例，开展上下游企业对接，"
    "鼓励链主企业开放场景，带动配套企业同步改造，逐步形成可复制的做法，并按季度通报进展，接受社会监督和评议，"
    "年底前组织一次集中评估，将结果作为下一年度资金安排的依据。"
)
