"""What an invented letter answers: who asked for what, at which session, under which number."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.demo import forms
from crawler.demo.agencies import CONSULTED, ECONOMY, SCIENCE, Agency
from crawler.demo.decks import Deck
from crawler.demo.letters import Submission
from crawler.demo.prose import Slots
from crawler.demo.topics import ECONOMY_TOPICS, SCIENCE_TOPICS, Topic
from storage.records import SubmissionKind

WORDS: dict[SubmissionKind, str] = {"proposal": "提案", "suggestion": "建议"}
MEMBERS: dict[SubmissionKind, str] = {"proposal": "委员", "suggestion": "代表"}
_TOPICS = {SCIENCE.key: SCIENCE_TOPICS, ECONOMY.key: ECONOMY_TOPICS}
_NUMBERS = 9973  # a prime: stepping through it by any stride meets every number once


@dataclass(frozen=True, slots=True)
class Matter:
    """A submission as its answer speaks of it."""

    topic: Topic
    year: int  # of the session
    submission: Submission
    numbered: str  # 第0328号提案
    opening: str  # a form of `forms.OPENINGS`, in which the submission's title may be missing
    quoted_title: str
    greeting: str | None
    addressees: tuple[str, ...]
    you: str

    @property
    def kind(self) -> SubmissionKind:
        """Whether a deputy suggested or a member proposed it."""
        return self.submission.kind

    def slots(self, agency: Agency, deck: Deck, part: str) -> Slots:
        """What fills the patterns of one part of the letter."""
        offices = tuple(office for office in CONSULTED if office != agency.short)
        return Slots(self.topic, self.year, self.you, offices, deck.random(part))


def invent_matter(deck: Deck, agency: Agency, year: int | None = None) -> Matter:
    """Invent a submission; `year` is that of its session, one of 2021 to 2025 by default.

    Numbers repeat after 9,973 letters of one agency.
    """
    kind: SubmissionKind = "suggestion" if deck.serial % 3 == 2 else "proposal"
    year = year or deck.dealt("year", forms.YEARS)
    topic = deck.dealt("topic", _TOPICS[agency.key])
    number, numbered = _number(deck, kind, year)
    assembly_form = deck.dealt("assembly", forms.ASSEMBLY_FORMS[kind])
    opening = _opening(deck, assembly_form)
    slots = Slots(topic, year, "您", CONSULTED, deck.random("submission title"))
    title = slots.fill(deck.dealt("submission title", forms.SUBMISSION_TITLES))
    greeting, addressees, you = _addressed(deck, kind)
    return Matter(
        topic=topic,
        year=year,
        submission=Submission(kind, number, forms.assembly_of(assembly_form, year), title),
        numbered=numbered,
        opening=opening,
        quoted_title=deck.dealt("quotes", forms.QUOTES).format(title),
        greeting=greeting,
        addressees=addressees,
        you=you,
    )


def _number(deck: Deck, kind: SubmissionKind, year: int) -> tuple[str, str]:
    """Invent a submission number, alone and as printed: 第02403号（科技类173号）提案."""
    running = 1 + (deck.serial * 37 + deck.seed * 89) % _NUMBERS
    minor = 1 + running % 480
    form = deck.dealt("number", forms.NUMBER_FORMS)
    number = form.format(n=running, m=minor, year=year)
    group = ""
    if form == forms.NUMBER_FORMS[-1]:
        subject = {"proposal": "科技", "suggestion": "经济建设"}[kind]
        group = forms.GROUP_NUMBER.format(group=subject, m=minor)
    return number, f"第{number}号{group}{WORDS[kind]}"


def _opening(deck: Deck, assembly_form: str) -> str:
    form = deck.dealt("opening", forms.OPENINGS)
    # 第六届第三次 alone names no meeting at which something could be put forward
    cut_short = assembly_form.endswith("次")
    return forms.OPENINGS[0] if cut_short and "{assembly}" in form else form


def _addressed(deck: Deck, kind: SubmissionKind) -> tuple[str | None, tuple[str, ...], str]:
    """Invent the salutation's line, the addressees in it, and how the letter calls them."""
    form = deck.dealt("addressee", forms.ADDRESSEE_FORMS)
    draw = deck.random("addressees")
    count = {"two with blanks": 2, "et al.": 2, "three": 3}.get(form, 1)
    surnames, given = draw.sample(forms.SURNAMES, count), draw.sample(forms.GIVEN, count)
    names = tuple(first + second for first, second in zip(surnames, given, strict=True))
    if form in ("group", "branch"):
        kinds = forms.BRANCHES if form == "branch" else forms.GROUPS
        names = (draw.choice(kinds[kind]),)
    alone = count == 1 and form not in ("group", "branch")
    you = draw.choice(("您", "您", "你") if alone else ("你们", "你们", "您们"))
    greeting = forms.salutation(form, names, MEMBERS[kind])
    return greeting, names if greeting else (), you
