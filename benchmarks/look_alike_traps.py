"""Owns letters that look like another and are none of its copies: traps for identity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from crawler.demo.agencies import SCIENCE
from crawler.demo.codes import organisation_code
from crawler.demo.forms import GIVEN, SURNAMES, print_date
from crawler.demo.letters import Block, DemoLetter, Line, map_text

ELSEWHERE = replace(  # the same short name as at home: 市科技局
    SCIENCE,
    name="北沅市科学技术局",
    document_word="北科局函",
    organisation=organisation_code("MB770042"),
)
_YEAR = timedelta(days=365)


def _reused_index(base: DemoLetter, other: DemoLetter, draw: Random) -> DemoLetter | None:
    return replace(other, index_number=base.index_number) if base.index_number else other


def _other_submission(base: DemoLetter, other: DemoLetter, draw: Random) -> DemoLetter | None:
    """The same answer to another submission: only number and addressee differ."""
    if base.submission is None:
        return None
    number = f"{int(draw.random() * 899) + 100}"
    twin = _numbered(base, number)
    if not base.addressees:
        return _renumbered(twin, draw)
    name = draw.choice(SURNAMES) + draw.choice(GIVEN)
    member = {"proposal": "委员", "suggestion": "代表"}[base.submission.kind]
    text = (Line(f"{name}{member}："), *twin.text[1:])
    return _renumbered(replace(twin, text=text, addressees=(name,)), draw)


def _second_answer(base: DemoLetter, other: DemoLetter, draw: Random) -> DemoLetter | None:
    """The deputy was not content: a second letter, later, most of it as in the first."""
    if base.index_number is None or base.date_signed is None:
        return None
    again = Line(
        "根据您反馈的意见，我们再次进行了研究，并就相关事项作了进一步核实，现补充答复如下："
    )
    text = (*base.text[:2], again, *base.text[3:])
    return _signed(_renumbered(replace(base, text=text), draw), timedelta(draw.randint(40, 90)))


def _next_year(base: DemoLetter, other: DemoLetter, draw: Random) -> DemoLetter | None:
    """The same number at the next session, answered in the same words."""
    said = base.submission.assembly if base.submission else None
    if said is None:
        return None
    later = said.replace("六届", "七届") if "六届" in said else said.replace("五届", "六届")
    return _signed(_renumbered(_reworded(base, said, later), draw), _YEAR)


def _next_year_unsaid(base: DemoLetter, other: DemoLetter, draw: Random) -> DemoLetter | None:
    """The same number a year later where no letter says at which session."""
    if base.submission is None or base.submission.title is None:
        return None
    return _signed(_renumbered(_without_session(base), draw), _YEAR)


def _without_session(base: DemoLetter) -> DemoLetter:
    if base.submission is None or base.submission.assembly is None:
        return base
    bare = _reworded(base, f"在{base.submission.assembly}上", "")
    bare = _reworded(bare, f"{base.submission.assembly}期间，", "")
    bare = _reworded(bare, base.submission.assembly, "")
    return replace(bare, submission=replace(base.submission, assembly=None))


def _other_assembly(base: DemoLetter, other: DemoLetter, draw: Random) -> DemoLetter | None:
    """The same number at the other assembly's session of that year."""
    if base.submission is None:
        return None
    changes = [("政协", "人大"), ("提案", "建议"), ("委员", "代表")]
    if base.submission.kind == "suggestion":
        changes = [("人民代表大会", "政协"), *((new, old) for old, new in changes)]
    letter = base
    for old, new in changes:
        letter = _reworded(letter, old, new)
    if letter.submission is None:
        return None
    proposed = base.submission.kind == "proposal"
    return _renumbered(
        replace(
            letter,
            submission=replace(letter.submission, kind="suggestion" if proposed else "proposal"),
            genre_category="人大建议办理" if proposed else "政协提案办理",
            tail=(),
        ),
        draw,
    )


def _other_city(base: DemoLetter, other: DemoLetter, draw: Random) -> DemoLetter | None:
    """Another city's office of that name answers that number in the same words."""
    if base.agency != SCIENCE:
        return None
    return _renumbered(replace(_reworded(base, "澜江", "北沅"), agency=ELSEWHERE), draw)


def _template(base: DemoLetter, other: DemoLetter, draw: Random) -> DemoLetter | None:
    """An answer to another submission that shares nine tenths of its text with the first."""
    begin = [1 if each.addressees else 0 for each in (base, other)]
    opening, own = other.text[: begin[1] + 1], other.text[begin[1] + 2 : begin[1] + 3]
    boilerplate = base.text[begin[0] + 1 : -2]
    text = (*opening, *boilerplate, *own, *other.text[-2:])
    return replace(other, text=text)


def _template_unnumbered(base: DemoLetter, other: DemoLetter, draw: Random) -> DemoLetter | None:
    """Such an answer that names its submission by title alone."""
    letter = _template(base, other, draw)
    if letter is None or other.submission is None or other.submission.title is None:
        return None
    number = other.submission.number
    bare = replace(letter, title=f"关于《{other.submission.title}》的复函", index_number=None)
    for printed in (f"（第{number}号提案）", f"（第{number}号建议）"):
        bare = _reworded(bare, printed, "")
    return replace(bare, head=(), document_number=None)


_Trap = Callable[[DemoLetter, DemoLetter, Random], DemoLetter | None]
TRAPS: dict[str, _Trap] = {
    "index number reused": _reused_index,
    "same answer, other submission": _other_submission,
    "second answer": _second_answer,
    "same number, next session": _next_year,
    "same number, a year later": _next_year_unsaid,
    "same number, other assembly": _other_assembly,
    "same number, other city": _other_city,
    "nine tenths boilerplate": _template,
    "boilerplate, no number": _template_unnumbered,
}
"""What makes each of a letter and another one; None where the letter has no place for it."""


def _reworded(letter: DemoLetter, old: str, new: str) -> DemoLetter:
    changed = map_text(letter, lambda text: text.replace(old, new))
    submission = letter.submission
    if submission is not None:
        submission = replace(
            submission,
            assembly=submission.assembly.replace(old, new) if submission.assembly else None,
            title=submission.title.replace(old, new) if submission.title else None,
        )
    return replace(changed, title=letter.title.replace(old, new), submission=submission)


def _numbered(letter: DemoLetter, number: str) -> DemoLetter:
    if letter.submission is None:
        return letter
    changed = _reworded(letter, f"第{letter.submission.number}号", f"第{number}号")
    return replace(changed, submission=replace(letter.submission, number=number))


def _renumbered(letter: DemoLetter, draw: Random) -> DemoLetter:
    """Index and document number as the office gives them to its next letter."""
    agency, serial = letter.agency, draw.randint(20000, 99999)
    old = letter.document_number
    new = f"{agency.document_word}〔{letter.date_published.year}〕{serial}号"
    head = tuple(replace(line, text=new) if line.text == old else line for line in letter.head)
    return replace(
        letter,
        head=head,
        document_number=new if old else None,
        index_number=(
            f"{agency.credit_code}/{letter.date_published.year}-{serial:05d}"
            if letter.index_number
            else None
        ),
    )


def _signed(letter: DemoLetter, later: timedelta) -> DemoLetter:
    """The letter with another date under the signature and of its publication."""
    if letter.date_signed is None:
        return letter
    signed: date = letter.date_signed + later
    last: Sequence[Block] = letter.text[-1:]
    line = Line(print_date(signed, "2025年5月16日"), "right")
    if isinstance(last[0], Line) and "　" in last[0].text:
        line = replace(line, text=f"{letter.agency.name}　{line.text}")
    return replace(
        letter,
        text=(*letter.text[:-1], line),
        date_signed=signed,
        date_published=letter.date_published + later,
        date_written=letter.date_written + later if letter.date_written else None,
    )
