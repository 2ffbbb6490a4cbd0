"""Whether two readings are of one letter: evidence weighed, disagreement keeps apart."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Indel

from storage.identity.agency_names import may_be_one
from storage.identity.marks import Evidence

REASONS = ("index number", "document number", "submission number", "text")
"""What two copies can be known by, strongest first."""

# Shares of characters two bodies have in common, in order, without salutation and sign-off.
_SAME_TEXT = 0.95  # nine tenths are boilerplate in some offices' letters
_UNTOUCHED = 0.97  # all but an edit of a few words
_LIKELY_TEXT = 0.9
_RELATED_TEXT = 0.6
_UNRELATED_TEXT = 0.4

_SHORTEST = 40  # characters; less tells no letter
_SAME_SESSION_DAYS = 120  # an answer is given within six months, the next session's a year later
_LIKE_TITLES = 0.6


@dataclass(frozen=True, slots=True)
class Sameness:
    """Why two readings are of one letter, and how alike their bodies are (0 to 1)."""

    because: str
    alike: float

    @property
    def rank(self) -> tuple[int, float]:
        """The stronger, the smaller."""
        return REASONS.index(self.because), -self.alike


def same_letter(one: Evidence, other: Evidence) -> str | None:
    """The evidence that two readings are of one letter, or None. Symmetric, pure."""
    found = sameness(one, other)
    return found.because if found else None


def sameness(one: Evidence, other: Evidence) -> Sameness | None:
    """`same_letter` with how alike the bodies are."""
    if kept_apart(one, other):
        return None
    alike = _text_similarity(one.text, other.text)
    because = _because(one, other, alike)
    return Sameness(because, alike or 0.0) if because else None


def comparison(one: Evidence, other: Evidence) -> dict[str, str]:
    """What two readings agree and differ in, of what both show: `same` or `differs`.

    `body` is told as a share, `97.5 %`.
    """
    shown = {name: (getattr(one, name), getattr(other, name)) for name in _TOLD}
    told = {
        name: "same" if mine == theirs else "differs"
        for name, (mine, theirs) in shown.items()
        if mine and theirs
    }
    alike = _text_similarity(one.text, other.text)
    return told if alike is None else told | {"body": f"{100 * alike:.1f} %"}


_TOLD = (
    "index_number",
    "document_number",
    "submission_number",
    "session",
    "submission_title",
    "title",
    "addressees",
    "signer",
    "agency",
    "date_signed",
)


def _because(one: Evidence, other: Evidence, alike: float | None) -> str | None:
    same_title = one.title is not None and one.title == other.title
    if alike is None:  # hardly any text: the letter is in its file
        agrees = {
            "index number": _equal(one.index_number, other.index_number),
            "document number": _equal(one.document_number, other.document_number),
            "submission number": _same_number(one, other),
        }
        return next((name for name in REASONS if same_title and agrees.get(name)), None)
    if _numbered_alike(one, other):
        related = alike >= _enough_for_number(one, other)
        if related and _equal(one.index_number, other.index_number):
            return "index number"
        if related and _equal(one.document_number, other.document_number):
            return "document number"
    if _redated(one, other) and one.text != other.text:
        return None  # a second answer, of which one copy shows no number
    if _same_number(one, other) and alike >= _enough_for_submission(one, other):
        return "submission number"
    retitled = _differ(one.title, other.title)
    if alike >= (_UNTOUCHED if retitled else _SAME_TEXT) and not _redated(one, other):
        return "text"
    return None


def _numbered_alike(one: Evidence, other: Evidence) -> bool:
    return _equal(one.index_number, other.index_number) or _equal(
        one.document_number, other.document_number
    )


def _enough_for_number(one: Evidence, other: Evidence) -> float:
    """Publishers reuse index numbers by mistake, so the text has to agree with them."""
    if _same_number(one, other):
        return _UNRELATED_TEXT
    return _SAME_TEXT if _differ(one.title, other.title) else _RELATED_TEXT


def _enough_for_submission(one: Evidence, other: Evidence) -> float:
    """Every session begins to count anew: an unsaid session asks for more."""
    said = one.session is not None and other.session is not None
    same_matter = _equal(one.submission_title, other.submission_title)
    return _RELATED_TEXT if said or same_matter else _LIKELY_TEXT


# --- what keeps apart ------------------------------------------------------------------------


def kept_apart(one: Evidence, other: Evidence) -> bool:
    """Evidence that two letters differ, whatever else agrees. Symmetric, pure."""
    return (
        _differ(one.kind, other.kind)  # 政协 and 人大 begin with number 1 both
        or _differ(one.called, other.called)
        # a reused index number, or near-identical answers to two submissions
        or _differ(one.submission_number, other.submission_number)
        or not _sessions_agree(one, other)  # the same number in another year
        or _other_session(one, other)
        or _agencies_differ(one, other)
        or _matters_differ(one, other)
        or _strangers(one, other)
        or _answered_again(one, other)
    )


def answers_another(one: Evidence, other: Evidence) -> bool:
    """Whether two readings of one address answer two submissions. Symmetric, pure.

    A second answer to the same submission is a letter of its own, too, but at the first one's
    address it is an edit of what the office answered.
    """
    if _same_number(one, other) and not _differ(one.kind, other.kind):
        return False
    return kept_apart(one, other)


def shows_another(one: Evidence, other: Evidence) -> bool:
    """`answers_another`, by title and text too: a number that was corrected is an edit.

    Where number and matter are others, much of the text may be boilerplate.
    """
    if not _differ(one.title, other.title) or not answers_another(one, other):
        return False
    renumbered = _differ(one.submission_number, other.submission_number)
    another_matter = renumbered and _matters_differ(one, other)
    alike = _text_similarity(one.text, other.text)
    return alike is None or alike < (_SAME_TEXT if another_matter else _RELATED_TEXT)


def _sessions_agree(one: Evidence, other: Evidence) -> bool:
    if one.session is None or other.session is None:
        return True
    (body, *numbers), (other_body, *other_numbers) = (
        one.session.split("-"),
        other.session.split("-"),
    )
    return numbers == other_numbers and (body == other_body or "any" in (body, other_body))


def _other_session(one: Evidence, other: Evidence) -> bool:
    """Signed so far apart that they answer two sessions, where one leaves its own unsaid."""
    if one.date_signed is None or other.date_signed is None:
        return False
    if (one.session and other.session) or _equal(one.document_number, other.document_number):
        return False
    return abs((one.date_signed - other.date_signed).days) > _SAME_SESSION_DAYS


def _agencies_differ(one: Evidence, other: Evidence) -> bool:
    """Who signed decides, where both copies show it: a portal that publishes another office's
    letter prints its own name and number around it.

    Names alone make no two offices one: `may_be_one` only says that they are no evidence.
    """
    if one.signer and other.signer:
        if one.signing_agency and other.signing_agency:
            return one.signing_agency != other.signing_agency
        return not may_be_one(one.signer, other.signer)
    if one.organisation and other.organisation:
        return one.organisation != other.organisation
    if one.agency and other.agency:
        return one.agency != other.agency
    if one.portal == other.portal and one.printed_agency and other.printed_agency:
        return not may_be_one(one.printed_agency, other.printed_agency)
    return False


def _matters_differ(one: Evidence, other: Evidence) -> bool:
    """Two submissions by their titles, of which one may be cut short.

    Under one number a title may be read otherwise; without it 养老 and 校车 are two matters.
    """
    first, second = one.submission_title, other.submission_title
    if not first or not second or first in second or second in first:
        return False
    if not _same_number(one, other):
        return True
    return Indel.normalized_similarity(first, second) < _LIKE_TITLES


def _strangers(one: Evidence, other: Evidence) -> bool:
    """Letters without a number, to different people."""
    if one.submission_number is not None and other.submission_number is not None:
        return False
    known = bool(one.addressees and other.addressees)
    return known and one.addressees.isdisjoint(other.addressees)


def _answered_again(one: Evidence, other: Evidence) -> bool:
    """A second answer has another index or document number, and a later date.

    A portal that publishes a letter anew gives it an index number of its own and leaves the
    office's document number as it is: where both are others, so is the letter.
    """
    reindexed = _differ(one.index_number, other.index_number)
    redocumented = _differ(one.document_number, other.document_number)
    if reindexed and redocumented:
        return True
    return (reindexed or redocumented) and _redated(one, other)


def _redated(one: Evidence, other: Evidence) -> bool:
    return _differ(one.date_signed, other.date_signed)


def _same_number(one: Evidence, other: Evidence) -> bool:
    return _equal(one.submission_number, other.submission_number) and _sessions_agree(one, other)


def _equal(one: object | None, other: object | None) -> bool:
    return one is not None and one == other


def _differ(one: object | None, other: object | None) -> bool:
    return one is not None and other is not None and one != other


def _text_similarity(one: str, other: str) -> float | None:
    """How alike two bodies are, 0 to 1; None where one has hardly any text."""
    if len(one) < _SHORTEST or len(other) < _SHORTEST:
        return None
    if one == other:
        return 1.0
    return Indel.normalized_similarity(one, other, score_cutoff=_UNRELATED_TEXT)
