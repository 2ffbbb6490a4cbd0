"""What in a letter tells which letter it is: the evidence identity is decided on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rensa import RMinHash

from storage.identity.agency_names import AgencyNames, cut_sign_off, fold_text
from storage.records import ReplyLetter, SubmissionKind

_SHINGLE = 5  # characters
_PERMUTATIONS = 64
_ROWS_A_BAND = 4  # 16 bands: two texts alike by 0.8 share one with a chance above 0.999
_LONGEST = 20_000  # characters of a body that are looked at
# made once: to make each anew for every text took as long as to cut it
_SHINGLES = [slice(at, at + _SHINGLE) for at in range(_LONGEST)]
_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}

# 市政协五届五次会议 · 市五届人大第五次会议 · 区第十八届人民代表大会第四次会议 · 第十六届第一次
_TERM = re.compile(r"第?([〇零○一二三四五六七八九十百两\d]{1,5})届")
_SESSION = re.compile(r"第?([〇零○一二三四五六七八九十百两\d]{1,4})次")
# 11500000MB15895317/2024-00078: characters 9 to 17 of the credit code are the organisation's
_CREDIT_CODE = re.compile(r"[0-9A-Z]{8}([0-9A-Z]{9})[0-9A-Z]/")
# 000014349/2017-00110 · 01527918X-2020-153077
_ORGANISATION_CODE = re.compile(r"([0-9A-Z]{8}[0-9X])[-/]\d{4}-")
# 第0328号提案 · 第02403号(医疗卫生类173号)建议
_CALLED = re.compile(r"号(?:\([^()]{1,20}\))?(提案|建议)")
_OPENING = 400  # characters


FIELDS = (
    "title",
    "submission_kind",
    "submission_number",
    "submission_title",
    "assembly",
    "addressees",
    "issuing_agency",
    "index_number",
    "document_number",
    "date_signed",
    "body",
)
"""The fields of a letter that are evidence of which letter it is."""


@dataclass(frozen=True)  # no slots: the folded text is made when first asked for
class Evidence:
    """One reading's marks of identity, each normalised so that equal means the same."""

    portal: str
    kind: SubmissionKind | None
    called: str | None  # 提案 or 建议, as the number is followed by
    index_number: str | None
    organisation: str | None  # nine-character code
    printed_agency: str | None
    signer: str | None  # the office under the letter, as printed
    agency: str | None  # what the portals' files call the printed office
    signing_agency: str | None  # what they call the signer
    document_number: str | None
    submission_number: str | None
    session: str | None  # "cppcc-5-5"
    submission_title: str | None
    title: str | None
    addressees: frozenset[str]
    date_signed: date | None
    body: str  # as published, without salutation and sign-off

    @cached_property
    def text(self) -> str:
        """The body folded, no longer than is looked at."""
        return (fold_text(self.body) or "")[:_LONGEST]

    @property
    def text_digest(self) -> str | None:
        """A digest of the body's words; None where there is too little to tell letters by."""
        if len(self.text) < 40:
            return None
        return hashlib.sha256(self.text.encode()).hexdigest()[:32]


def evidence_of(letter: ReplyLetter, portal: str, names: AgencyNames) -> Evidence:
    """The evidence a reading gives; `names` are those of the agencies that portals are of."""
    index_number = (fold_text(letter.index_number) or "").upper() or None
    printed = fold_text(letter.issuing_agency)
    body, signer = cut_sign_off(_without_salutation(letter))
    return Evidence(
        portal=portal,
        kind=letter.submission_kind,
        called=_called(body) or _called(letter.title or ""),
        index_number=index_number,
        organisation=_organisation(index_number),
        printed_agency=printed,
        signer=signer,
        agency=names.agency_of(printed, portal),
        signing_agency=names.agency_of(signer, portal),
        document_number=document_key(letter.document_number),
        submission_number=_number_key(letter.submission_number),
        session=session_key(letter.assembly),
        submission_title=_title_key(letter.submission_title),
        title=fold_text(letter.title),
        addressees=frozenset(filter(None, map(fold_text, letter.addressees))),
        date_signed=letter.date_signed,
        body=body,
    )


def lookup_keys(evidence: Evidence) -> list[tuple[str, str]]:
    """What to store and look up, as (kind, value): equal letters share at least one."""
    keys = [
        ("index", evidence.index_number),
        ("document", evidence.document_number),
        ("submission", _submission_key(evidence)),
        ("answer", _answer_key(evidence)),
        ("text", evidence.text_digest),
        ("title", evidence.title),
    ]
    found = [(kind, value) for kind, value in keys if value]
    return found + [(f"band{n}", band) for n, band in enumerate(_bands(evidence.text))]


def mark_key(kind: str, value: str) -> int:
    """What a mark is stored and looked up under: odd for a band of the text, even for all others.

    Marks that share it by chance are told apart when the readings are weighed.
    """
    digest = hashlib.blake2b(f"{kind} {value}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True) & ~1 | kind.startswith("band")


def session_key(assembly: str | None) -> str | None:
    """Which session of which body: `市五届人大第五次会议` gives `npc-5-5`; None if unsaid."""
    text = fold_text(assembly)
    if not text:
        return None
    term, session = _TERM.search(text), _SESSION.search(text)
    if not term or not session:
        return None
    body = "cppcc" if "政协" in text or "政治协商" in text else "npc" if "人" in text else "any"
    return f"{body}-{_integer(term[1])}-{_integer(session[1])}"


def _submission_key(evidence: Evidence) -> str | None:
    if not evidence.submission_number:
        return None
    return f"{evidence.submission_number}|{evidence.session or ''}"


def _called(text: str) -> str | None:
    """What the first numbered submission of a text is called."""
    found = _CALLED.search(fold_text(text[:_OPENING]) or "")
    return found[1] if found else None


def _answer_key(evidence: Evidence) -> str | None:
    """Number and date: where one copy leaves the session unsaid and the other does not."""
    if not evidence.submission_number or not evidence.date_signed:
        return None
    return f"{evidence.submission_number}|{evidence.date_signed}"


def _organisation(index_number: str | None) -> str | None:
    for pattern in (_CREDIT_CODE, _ORGANISATION_CODE):
        if index_number and (match := pattern.match(index_number)):
            return match[1]
    return None


def document_key(number: str | None) -> str | None:
    """`渝科局函〔2024〕274号` and `渝科局函[2024]274号` are one number."""
    text = fold_text(number)
    return re.sub(r"[〔〕\[\]【】﹝﹞()第]", "|", text) if text else None


def _title_key(title: str | None) -> str | None:
    """A submission's title without its marks: readers differ in quotes, editors in commas."""
    return "".join(filter(str.isalnum, fold_text(title) or "")) or None


def _number_key(number: str | None) -> str | None:
    text = fold_text(number)
    return (text.upper().lstrip("0") or "0") if text else None


def _without_salutation(letter: ReplyLetter) -> str:
    """The congress's portal prints letters without the line that names the deputy."""
    first, _, rest = letter.body.partition("\n")
    addressed = letter.addressees and len(first) < 120 and letter.addressees[0][:2] in first
    return rest if addressed else letter.body


def _integer(numeral: str) -> int:
    """`5`, `五`, `十八`, `二十`, `二十一` as a number."""
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, 0
    for character in numeral:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _DIGITS.get(character, 0)
    return total + digit


def _bands(text: str) -> Iterable[str]:
    if len(text) < 40:
        return
    signature = RMinHash(num_perm=_PERMUTATIONS, seed=42)
    signature.update([*map(text.__getitem__, _SHINGLES[: len(text) - _SHINGLE + 1])])
    values: list[int] = signature.digest()
    for start in range(0, _PERMUTATIONS, _ROWS_A_BAND):
        band = ",".join(map(str, values[start : start + _ROWS_A_BAND]))
        yield hashlib.blake2b(band.encode(), digest_size=8).hexdigest()
