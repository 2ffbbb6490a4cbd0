"""Owns the way from a page's parts to the letter's fields; pure, and never an exception."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from pipelines.fold import fold, fold_key
from pipelines.letter.addressees import parse_addressees
from pipelines.letter.citations import cited_documents
from pipelines.letter.commitments import find_commitments
from pipelines.letter.cues import Cues
from pipelines.letter.division import Division, body_of, divide, form_rows, printed_body
from pipelines.letter.document_number import own_document_number
from pipelines.letter.form import (
    FormLine,
    form_addressees,
    form_day,
    form_lines,
    form_office,
    form_session,
    form_title,
    is_form_line,
    subtitle_number,
)
from pipelines.letter.handling import Handling, read_handling
from pipelines.letter.kinds import kind_told, submission_kind
from pipelines.letter.numbers import disagreement, labelled_number
from pipelines.letter.opening import Opening, find_opening
from pipelines.letter.outcome import find_class_within, find_outcome_class
from pipelines.letter.passages import Article, parse_article
from pipelines.letter.printed import PrintedMetadata, printed_index_number, read_metadata
from pipelines.letter.signatory import find_signatory
from pipelines.letter.tail import Tail, sort_tail
from pipelines.letter.titles import TitleFacts, choose_title, is_letter_title, read_title
from pipelines.letter.verdict import verdict
from pipelines.letter.wrapping import lines_that_go_on
from pipelines.parts import PageParts
from storage.records import Portal, ReplyLetter, SubmissionKind

_SUBMITTED = re.compile(r"提[出交]的?_")  # 您提出的《____》, a title blotted out
_CLOSING = 900  # characters before the signature that may name who approved the letter
_CLOSING_TAIL = 400  # and behind it


class _Ground(NamedTuple):
    """What the fields of one letter are read from."""

    parts: PageParts
    article: Article
    division: Division
    opening: Opening | None
    title: str | None
    titled: TitleFacts
    printed: PrintedMetadata
    form: tuple[str, ...]  # rows of a form, folded, cells parted by tabs
    around: tuple[str, ...]  # folded passages before and behind the letter's body
    salutation: str  # folded; empty where nobody is addressed


class _Text(NamedTuple):
    """The letter's text and the verdict on it."""

    is_letter: bool
    refusal: str | None
    printed: str  # in the lines that the page prints
    body: str  # in whole paragraphs
    folded: str
    tail: Tail


def parse_letter(parts: PageParts, portal: Portal | None = None) -> ReplyLetter:
    """The letter a page's parts hold, or the reading of a page that is none, `refusal` saying why.

    Patterns run on a folded copy, values are cut from the text as published. What is not
    printed is `None`; a date that is there but damaged is `None` and named in `warnings`.
    """
    ground = _ground(parts)
    submission_title = _submission_title(ground)
    return _letter(ground, submission_title, _text(ground, submission_title), portal)


def _text(ground: _Ground, submission_title: str | None) -> _Text:
    """The letter's paragraphs and what stands behind them; all the text of a page that is none."""
    article, parts = ground.article, ground.parts
    text = article.text[article.begin :]
    is_letter, refusal = verdict(parts, _cues(ground, submission_title), text)
    if not is_letter:
        printed = article.printed(article.begin, len(article.text))
        return _Text(False, refusal, printed, text, article.folded[article.begin :], Tail())
    tail = sort_tail(article, ground.division, parts.attachments)
    if refusal:  # its text is only in a file
        return _Text(True, refusal, "", "", "", tail)
    body = body_of(article.text, ground.division)
    folded = body_of(article.folded, ground.division)
    if len(folded) != len(body):  # white space that only the folded copy knows as such
        folded = fold(body)
    printed = printed_body(article, ground.division) if article.breaks else body
    return _Text(True, None, printed, body, folded, tail)


def _commitments(ground: _Ground, text: _Text, signed: date | None) -> tuple[str, ...]:
    """What the letter undertakes; where it has no date of its own, seen from that of the page."""
    if not text.is_letter:
        return ()
    day = signed or ground.printed.date_written or ground.printed.date_published
    begins = max(0, _opening_ends(ground.opening) - ground.division.begin)
    return find_commitments(text.body, text.folded, begins, day)


def _opening_ends(opening: Opening | None) -> int:
    """Where the opening ends; where it does not say so itself, behind the submission's title."""
    if opening is None:
        return 0
    return opening.end if opening.closed else (opening.title_end or opening.start)


def _ground(parts: PageParts) -> _Ground:
    cut = lines_that_go_on(parts.lines, parts.page_turns)
    article = parse_article(parts.title_lines, parts.lines, cut)
    division = divide(article, parts.titles)
    title = choose_title(parts.titles, division.title)
    stop = division.begin if division.salutation else len(article.text)
    return _Ground(
        parts,
        article,
        division,
        find_opening(article, division.salutation),
        title,
        read_title(title),
        read_metadata(parts.metadata),
        tuple(form_rows(article, stop)),
        tuple([p.text for p in (*division.head, *division.tail)]),
        fold(division.salutation.who) if division.salutation else "",
    )


def _letter(
    ground: _Ground, submission_title: str | None, text: _Text, portal: Portal | None
) -> ReplyLetter:
    """The letter with every field."""
    printed, signature = ground.printed, ground.division.signature
    agency = _issuing_agency(ground, text)
    index_number, index_warning = printed_index_number(ground.parts.metadata, ground.around)
    number, number_warning = _submission_number(ground)
    handling = _handling(ground, portal, agency)
    warnings = [*ground.parts.warnings, *printed.warnings, index_warning, number_warning]
    if signature and signature.damaged:
        warnings.append(f"date_signed: {signature.damaged!r} is no whole date")
    document_number = printed.document_number or own_document_number(
        ground.article, ground.division.head, ground.title
    )
    signed = _signed(ground, text)
    return ReplyLetter(
        title=ground.title,
        submission_kind=printed.submission_kind or _kind(ground),
        submission_title=submission_title,
        submission_number=number,
        assembly=_assembly(ground),
        addressees=_addressees(ground),
        issuing_agency=agency,
        co_handling_agencies=handling.co_handling,
        signatory=_signatory(ground),
        index_number=index_number,
        document_number=document_number,
        subject_category=printed.subject_category,
        genre_category=printed.genre_category,
        date_written=printed.date_written,
        date_published=printed.date_published,
        date_signed=signed,
        outcome_class=_outcome_class(ground),
        attachments=ground.parts.attachments,
        cited_documents=cited_documents(text.body, text.folded, submission_title, document_number),
        commitments=_commitments(ground, text, signed),
        contacts=text.tail.contacts,
        lead_agency=handling.lead,
        warnings=tuple(dict.fromkeys(filter(None, (*warnings, text.tail.warning)))),
        body=text.printed,
        annex=text.tail.annex,
        is_letter=text.is_letter,
        refusal=text.refusal,
    )


def _issuing_agency(ground: _Ground, text: _Text) -> str | None:
    """The label's value, else the signature's; of a letter without either, the form's."""
    signature = ground.division.signature
    named = ground.printed.issuing_agency or (signature.agency if signature else None)
    return named or (form_office(_labelled(ground)) if text.is_letter else None)


def _signed(ground: _Ground, text: _Text) -> date | None:
    """The date under the letter; of a letter without one, that its form tells."""
    signature = ground.division.signature
    if signature and (signature.signed or signature.damaged):
        return signature.signed
    return form_day(_labelled(ground)) if text.is_letter else None


def _submission_title(ground: _Ground) -> str | None:
    opened = ground.opening.submission_title if ground.opening else None
    if named := opened or ground.printed.submission_title or form_title(_labelled(ground)):
        return named
    return ground.titled.submission_title or _named_by_headings(ground)


def _labelled(ground: _Ground) -> tuple[FormLine, ...]:
    """A form's rows and the passages of the head, where labels name what the letter does not."""
    division = ground.division
    stop = division.begin if division.salutation else len(ground.article.text)
    return form_lines(ground.article, division.head, stop)


def _named_by_headings(ground: _Ground) -> str | None:
    """The title a second heading names: …第0555号提案的答复 over 关于《…的提案》的答复."""
    cut = ground.article.cut
    headings = (cut(p.start, p.end) for p in ground.division.head if is_letter_title(p.text))
    return next(filter(None, (read_title(text).submission_title for text in headings)), None)


def _submission_number(ground: _Ground) -> tuple[str | None, str | None]:
    """The number, and a warning where letter and title name different ones."""
    opened = ground.opening.submission_number if ground.opening else None
    titled = ground.titled.submission_number
    if opened and titled:
        return opened, disagreement(opened, titled)
    if found := opened or titled or ground.printed.submission_number:
        return found, None
    labelled = _labelled(ground)
    lines = (*(line.folded for line in labelled), *(p.text for p in ground.division.tail))
    number = next((n for text in lines if (n := labelled_number(text))), None)
    return number or subtitle_number(labelled), None


def _assembly(ground: _Ground) -> str | None:
    opened = ground.opening.assembly if ground.opening else None
    found = opened or ground.titled.assembly or ground.printed.assembly
    return found or form_session(_labelled(ground))


def _addressees(ground: _Ground) -> tuple[str, ...]:
    if ground.division.salutation:
        return parse_addressees(ground.division.salutation.who)
    return form_addressees(_labelled(ground))


def _kind(ground: _Ground) -> SubmissionKind | None:
    return kind_told(ground.salutation) or submission_kind(
        ground.salutation,
        ground.opening.plain[:260] if ground.opening else "",
        ground.titled.plain,
        fold(ground.printed.genre_category or ""),
        "\n".join([*ground.form, *(t for p in ground.division.head if is_form_line(t := p.text))]),
        "\n".join([p.text for p in ground.division.tail if "抄" in p.text[:4]]),
    )


def _handling(ground: _Ground, portal: Portal | None, agency: str | None) -> Handling:
    signature = ground.division.signature
    own = {name for name in (agency, signature.agency if signature else None) if name}
    if portal:
        names = {portal.agency, *portal.aliases}
        if not own or own & names:  # its own letter, not one it republishes
            own |= names
    return read_handling(ground.article, ground.opening, ground.form, ground.division.head, own)


def _signatory(ground: _Ground) -> str | None:
    if ground.printed.signatory:
        return ground.printed.signatory
    folded, division = ground.article.folded, ground.division
    closing = folded[max(division.begin, division.end - _CLOSING) : division.end + _CLOSING_TAIL]
    rows = form_rows(ground.article, division.end + _CLOSING_TAIL, division.end - _CLOSING_TAIL)
    closing = "\n".join((closing, *(row for row in rows if len(row) < _CLOSING_TAIL)))
    head = "\n".join((folded[: division.begin], *ground.form))
    return find_signatory(closing, head)


def _outcome_class(ground: _Ground) -> str | None:
    printed = [f"办理结果:{fold(value)}" for value in ground.printed.outcome_class]
    cells = [cell for row in ground.form for cell in row.split("\t")]
    found = find_outcome_class(
        [*printed, *ground.form, *ground.around, fold(ground.title or ""), *cells]
    )
    if found:
        return found
    labelled = [p.text for p in ground.article.passages if ":" in p.text and not p.in_row]
    return find_class_within(labelled, ground.article.folded)


def _cues(ground: _Ground, submission_title: str | None) -> Cues:
    article, opening = ground.article, ground.opening
    first = next((p.text for p in article.passages[article.index_from(article.begin) :][:1]), "")
    named = fold_key(submission_title or "").endswith(("建议", "提案", "议案")) or (
        opening and opening.submission_title and _SUBMITTED.search(opening.plain)
    )
    closing = article.folded[-1500:]
    return Cues(
        title=ground.titled.plain or (first if len(first) < 80 and first[-1:] not in "。:" else ""),
        title_is_letter=bool(ground.title and is_letter_title(ground.title)),
        genre=fold(ground.printed.genre_category or ""),
        salutation=ground.salutation,
        opening=opening.plain if opening else "",
        opening_answers=bool(opening and opening.found),
        names_submission=bool(named or ground.titled.submission_number),
        text=article.folded[article.begin :],
        signed=ground.division.signature is not None,
        approved="审签" in closing or "审定" in closing or "签发" in closing,
    )
