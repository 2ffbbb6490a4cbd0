"""Owns letters that look like others: copies of one letter, and letters that are none.

Every page says which letter it truly shows, so that what identity makes of it can be counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from crawler.demo.agencies import ECONOMY, SCIENCE, Agency
from crawler.demo.codes import organisation_code
from crawler.demo.forms import GIVEN, SURNAMES, print_date
from crawler.demo.invent import invent_letter
from crawler.demo.letters import Block, DemoLetter, Line, map_text

GOVERNMENT = Agency(
    key="government",
    name="澜江市人民政府办公室",
    short="市政府办公室",
    head="主任",
    document_word="澜府办函",
    organisation=organisation_code("00990011"),
    pronoun="我办",
)
CONGRESS = replace(GOVERNMENT, key="congress", name="澜江市人大常委会办公室", short="市人大办")
ELSEWHERE = replace(  # the same short name as at home: 市科技局
    SCIENCE,
    name="北沅市科学技术局",
    document_word="北科局函",
    organisation=organisation_code("MB770042"),
)
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Told:
    """A letter at one address: which it truly is, how it is shown, and on whose site.

    `site` is `science`, `economy`, `government`, `congress` or `elsewhere`; `way` is `page`,
    `twin` (the page for telephones) or `www` (both names of the host).
    """

    truth: str
    form: str
    site: str
    letter: DemoLetter
    way: str = "page"


def tell_letters(count: int, seed: int) -> list[Told]:
    """About `count` letters with their copies, among them every trap; the same for one seed."""
    bases = count // 2
    told: list[Told] = []
    for serial in range(bases):
        base = _invent(serial, seed)
        told += [Told(base.key, "own page", base.agency.key, base), *_copies(base, serial, seed)]
        told += _traps(base, serial, seed, bases)
    return told


def _invent(serial: int, seed: int) -> DemoLetter:
    return invent_letter(serial, seed, (SCIENCE, ECONOMY)[serial % 2])


def _draw(seed: int, serial: int, part: str) -> Random:
    return Random(f"{seed}:{serial}:{part}")  # noqa: S311 - must repeat


# --- copies: other addresses of one letter ---------------------------------------------------


def _copies(base: DemoLetter, serial: int, seed: int) -> Iterator[Told]:
    home = base.agency.key
    draw = _draw(seed, serial, "copy")
    names = [*_COPIES, *_WAYS]
    for name in {names[serial // 2 % len(names)], names[(serial // 2 * 5 + 3) % len(names)]}:
        if name in _WAYS:
            yield Told(base.key, name, home, base, _WAYS[name])
        else:
            site, shown = _COPIES[name]
            yield Told(base.key, name, site or home, shown(base, draw))


def _republished(base: DemoLetter, draw: Random) -> DemoLetter:
    """The government's portal prints itself as the office and numbers the page anew."""
    serial = draw.randint(10000, 99999)
    published = base.date_published + timedelta(days=draw.randint(0, 40))
    return replace(
        base,
        agency=GOVERNMENT,
        index_number=f"{GOVERNMENT.credit_code}/{published.year}-{serial}",
        document_number=base.document_number,
        date_published=published,
        date_written=published,
    )


def _without_salutation(base: DemoLetter, draw: Random) -> DemoLetter:
    """The congress's copy: neither the deputy's name, nor what stands above and below."""
    text = base.text[1:] if base.addressees else base.text
    return replace(
        base, text=text, addressees=(), head=(), tail=(), index_number=None, document_number=None
    )


def _retitled(base: DemoLetter, draw: Random) -> DemoLetter:
    """The congress's copy under a title of its own, which names the submission by title alone.

    The number still stands in the text: a page without it could as well be another's.
    """
    copy = _without_salutation(base, draw)
    matter = base.submission
    if matter is None or matter.title is None or f"第{matter.number}号" not in base.body:
        return copy
    return replace(copy, title=f"对《{matter.title}》的答复")


def _edited_figure(base: DemoLetter, draw: Random) -> DemoLetter:
    """One figure of the text is another."""
    places = [n for n, block in enumerate(base.text[2:-2], 2) if _has_digit(block)]
    if not places:
        return base
    return _with_line(base, draw.choice(places), _other_digit)


def _has_digit(block: Block) -> bool:
    return isinstance(block, Line) and any(c in "12345678" for c in block.text[4:])


def _other_digit(text: str) -> str:
    place = next(n for n in range(4, len(text)) if text[n] in "12345678")
    return f"{text[:place]}{int(text[place]) + 1}{text[place + 1 :]}"


def _edited_sentence(base: DemoLetter, draw: Random) -> DemoLetter:
    """A sentence is put in behind a paragraph of the text."""
    place = draw.randrange(2, max(3, len(base.text) - 2))
    return _with_line(base, place, lambda text: f"{text}有关情况将及时向社会公开。")


def _same(base: DemoLetter, draw: Random) -> DemoLetter:
    return base


def _with_line(base: DemoLetter, place: int, change: Callable[[str], str]) -> DemoLetter:
    block = base.text[place]
    if not isinstance(block, Line):
        return base
    text = (*base.text[:place], replace(block, text=change(block.text)), *base.text[place + 1 :])
    return replace(base, text=text)


_Shown = Callable[[DemoLetter, Random], DemoLetter]
_COPIES: dict[str, tuple[str | None, _Shown]] = {
    "republished, other agency": ("government", _republished),
    "congress, no salutation": ("congress", _without_salutation),
    "congress, other title": ("congress", _retitled),
    "saved again elsewhere": (None, _same),
    "quiet edit of a figure": (None, _edited_figure),
    "quiet sentence": (None, _edited_sentence),
}
_WAYS = {"mobile twin": "twin", "www variant": "www"}


# --- traps: letters of their own -------------------------------------------------------------


def _traps(base: DemoLetter, serial: int, seed: int, bases: int) -> Iterator[Told]:
    """One trap laid beside each letter, the kinds in turn; none where the letter has no place
    for it."""
    other = _invent(2 * (bases + serial) + serial % 2, seed)
    name = list(_TRAPS)[serial // 2 % len(_TRAPS)]
    trap = _TRAPS[name](base, other, _draw(seed, serial, "trap"))
    if trap is not None:
        site = "elsewhere" if trap.agency.name == ELSEWHERE.name else trap.agency.key
        yield Told(f"{base.key} {name}", name, site, replace(trap, key=f"{base.key}-b"))


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
    return _signed(_renumbered(_reworded(base, said, later), draw), YEAR)


def _next_year_unsaid(base: DemoLetter, other: DemoLetter, draw: Random) -> DemoLetter | None:
    """The same number a year later where no letter says at which session."""
    if base.submission is None or base.submission.title is None:
        return None
    return _signed(_renumbered(_without_session(base), draw), YEAR)


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
_TRAPS: dict[str, _Trap] = {
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
