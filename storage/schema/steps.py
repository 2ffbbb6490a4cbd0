"""The list of migrations every file of this room adds its own to, and the columns of a reading."""

from __future__ import annotations

from sqlite_utils import Migrations

migrations = Migrations("fuhan")

LETTER_COLUMNS: dict[str, type] = {
    "title": str,
    "submission_kind": str,
    "submission_title": str,
    "submission_number": str,
    "assembly": str,
    "addressees": str,
    "issuing_agency": str,
    "co_handling_agencies": str,
    "signatory": str,
    "index_number": str,
    "document_number": str,
    "subject_category": str,
    "genre_category": str,
    "date_written": str,
    "date_published": str,
    "date_signed": str,
    "outcome_class": str,
    "attachments": str,
    "cited_documents": str,
    "commitments": str,
    "contacts": str,
    "lead_agency": str,
    "warnings": str,
    "body": str,
    "is_letter": int,
    "refusal": str,
}
