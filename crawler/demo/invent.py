"""Invents letters: any number of them, all different, the same for the same seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from crawler.demo import forms
from crawler.demo.agencies import SCIENCE, Agency
from crawler.demo.decks import Deck
from crawler.demo.letters import DemoLetter, File, Line, Submission
from crawler.demo.matters import WORDS, Matter, invent_matter
from crawler.demo.prose import compose

PLANS = (
    "three levels",
    "sections",
    "points",
    "three levels",
    "bullets",
    "plain",
    "sections with table",
    "three levels",
)
_GENRES = {"proposal": "政协提案办理", "suggestion": "人大建议办理"}
_OVERSEERS = {"proposal": "市政协提案委员会", "suggestion": "市人大常委会代表工作委员会"}
_FILE_NAMES = ("重点任务清单", "征求意见采纳情况表")


def invent_letters(count: int, seed: int = 1, agency: Agency = SCIENCE) -> tuple[DemoLetter, ...]:
    """Invent `count` reply letters of one agency; the first ones are the same whatever `count`.

    Every form of `crawler.demo.forms` occurs among the first 60 of them.
    """
    return tuple(invent_letter(serial, seed, agency) for serial in range(count))


def invent_letter(
    serial: int, seed: int = 1, agency: Agency = SCIENCE, year: int | None = None
) -> DemoLetter:
    """Invent the letter with that serial number; `year` is that of its session (2021 to 2026)."""
    deck = Deck(seed, agency.key, serial)
    matter = invent_matter(deck, agency, year)
    signed = _date_signed(deck, matter.year)
    letter = DemoLetter(
        key=f"{agency.key}-{serial:03d}",
        agency=agency,
        title=_title(deck, matter, agency),
        submission=_as_named(matter),
        addressees=matter.addressees,
        text=(),
        date_signed=signed,
        date_published=signed + timedelta(days=deck.random("published").randint(2, 120)),
    )
    letter = _with_text(letter, deck, matter, signed)
    letter = _with_numbers(letter, deck, matter, signed.year)
    letter = _with_outcome(letter, deck)
    return replace(letter, tail=_tail(deck, matter), files=_files(letter, serial))


# --- the frame: title and dates --------------------------------------------------------------


def _title(deck: Deck, matter: Matter, agency: Agency) -> str:
    form = deck.dealt("title", forms.TITLE_FORMS)
    assembly = matter.submission.assembly
    return form.format(agency=agency.name, assembly=assembly, numbered=matter.numbered)


def _as_named(matter: Matter) -> Submission:
    """The submission without a title where the letter's opening does not name one."""
    if "{title}" in matter.opening:
        return matter.submission
    return replace(matter.submission, title=None)


def _date_signed(deck: Deck, year: int) -> date:
    draw = deck.random("signed")
    if year == 2026:  # the session is in January, the demo's days begin in March
        return date(2026, 2, draw.randint(1, 25))
    return date(year, draw.randint(3, 9), draw.randint(1, 28))


# --- the text, from the salutation to the date -----------------------------------------------


def _with_text(letter: DemoLetter, deck: Deck, matter: Matter, signed: date) -> DemoLetter:
    agency = letter.agency
    clause, co_handling = _co_handling(deck, matter, agency)
    approval, signatory = _approval(deck, agency)
    closing = deck.dealt("closing", forms.CLOSINGS)
    plan = deck.dealt("plan", PLANS)
    middle = compose(
        matter.slots(agency, deck, "middle"), plan, refuses=_outcome_class(deck) == "C"
    )
    around = {"you": matter.you, "we": agency.pronoun, "name": matter.topic.name}
    endings = (approval, closing.format(**around))
    text = (
        *([Line(matter.greeting)] if matter.greeting else ()),
        Line(_opening(matter, agency) + clause),
        *middle,
        *(Line(ending) for ending in endings if ending),
        *_signature(deck, agency, signed),
    )
    return replace(letter, text=text, co_handling=co_handling, signatory=signatory)


def _opening(matter: Matter, agency: Agency) -> str:
    return matter.opening.format(
        you=matter.you,
        we=agency.pronoun,
        name=matter.topic.name,
        word=WORDS[matter.kind],
        assembly=matter.submission.assembly,
        title=matter.quoted_title,
        numbered=matter.numbered,
    )


def _co_handling(deck: Deck, matter: Matter, agency: Agency) -> tuple[str, tuple[str, ...]]:
    """Print the clause that names the offices consulted, and list them."""
    form = deck.dealt("co-handling", forms.CO_HANDLING)
    if "{offices}" not in form and "{last_two}" not in form:
        return form, ()
    draw = deck.random("co-handling")
    count = 2 if "{last_two}" in form else draw.randint(1, 4)
    offices = tuple(draw.sample(matter.slots(agency, deck, "offices").offices, count))
    clause = form.format(offices="、".join(offices), last_two="和".join(offices), we=agency.pronoun)
    return clause, offices


def _approval(deck: Deck, agency: Agency) -> tuple[str | None, str | None]:
    """Print the sentence that says who approved the letter, and name that person."""
    form = deck.dealt("approval", (*forms.APPROVALS, None))
    if form is None:
        return None, None
    draw = deck.random("approval")
    signatory = draw.choice(forms.SURNAMES) + draw.choice(forms.GIVEN)
    return form.format(signatory=signatory, head=agency.head, we=agency.pronoun), signatory


def _signature(deck: Deck, agency: Agency, signed: date) -> tuple[Line, ...]:
    day = forms.print_date(signed, deck.dealt("date", forms.DATE_FORMS))
    if deck.serial % 17 == 11:
        return (Line(f"{agency.name}　{day}", "right"),)
    return Line(agency.name, "right"), Line(day, "right")


# --- numbers, metadata, outcome --------------------------------------------------------------


def _with_numbers(letter: DemoLetter, deck: Deck, matter: Matter, year: int) -> DemoLetter:
    """Add the document number and, where the page has a metadata table, what that says."""
    agency = letter.agency
    form = deck.dealt("document number", forms.DOCUMENT_NUMBER_FORMS)
    number = form.format(word=agency.document_word, year=year, n=11 + deck.serial)
    if deck.serial % 4 == 1:  # it stands above the salutation too
        letter = replace(letter, head=(Line(number, "center"),), document_number=number)
    index_number = _index_number(letter, deck.serial)
    if index_number is None:
        return letter
    both = deck.serial % 13 == 5
    # 成文日期 is as a rule the day somebody filled in the form, not the letter's own date
    days = (letter.date_signed, letter.date_published, letter.date_published)
    return replace(
        letter,
        index_number=index_number,
        document_number=number,
        subject_category=matter.topic.category,
        genre_category=";".join(_GENRES.values()) if both else _GENRES[matter.kind],
        date_written=deck.random("written").choice(days),
    )


def _index_number(letter: DemoLetter, serial: int) -> str | None:
    """The science bureau numbers every letter; the other office some, by organisation code."""
    agency, year_and_serial = letter.agency, f"{letter.date_published.year}-{17 + serial:05d}"
    if agency == SCIENCE:
        return f"{agency.credit_code}/{year_and_serial}"
    return f"{agency.organisation}/{year_and_serial}" if serial % 3 == 0 else None


def _outcome_class(deck: Deck) -> str:
    return deck.dealt("outcome", forms.OUTCOME_CLASSES)


def _with_outcome(letter: DemoLetter, deck: Deck) -> DemoLetter:
    """Print the outcome class above the salutation, in two letters of three."""
    form = deck.dealt("outcome line", (*forms.OUTCOME_FORMS, None, None))
    if form is None:
        return letter
    outcome = _outcome_class(deck)
    line = Line(form.format(outcome), "right")
    return replace(letter, head=(*letter.head, line), outcome_class=outcome)


# --- after the date --------------------------------------------------------------------------


def _tail(deck: Deck, matter: Matter) -> tuple[Line, ...]:
    draw = deck.random("tail")
    texts = deck.dealt("tail", forms.TAILS)
    around = {
        "person": draw.choice(forms.SURNAMES) + draw.choice(forms.GIVEN),
        "telephone": f"0500-{draw.randint(60000000, 69999999)}",
        "overseer": _OVERSEERS[matter.kind],
    }
    return tuple(Line(text.format(**around)) for text in texts)


def _files(letter: DemoLetter, serial: int) -> tuple[File, ...]:
    if serial % 10 != 7:
        return ()
    stamp = f"P0{letter.date_published:%Y%m%d}{serial:06d}"
    names = _FILE_NAMES if serial % 20 == 7 else _FILE_NAMES[:1]
    return tuple(
        File(f"{number}.{name}.pdf", f"{stamp}{number}.pdf")
        for number, name in enumerate(names, start=1)
    )
