"""The JSON form of what a search finds (schema in `docs/schema/search.json`)."""

from __future__ import annotations

from typing import Any

from storage.search.records import SearchHit


def hit_line(hit: SearchHit) -> dict[str, Any]:
    """One line of `fuhan search --json`; marks count characters of `text`, from 0."""
    return {
        "v": 1,
        "id": hit.id,
        "title": hit.title,
        "index_number": hit.index_number,
        "url": hit.url,
        "status": hit.status,
        "date": hit.date.isoformat(),
        "agency": hit.agency,
        "submission_kind": hit.kind,
        "submission_number": hit.submission_number,
        "document_number": hit.document_number,
        "portals": list(hit.portals),
        "score": hit.score,
        "hits": [
            {
                "field": context.field,
                "text": context.text,
                "marks": [list(mark) for mark in context.marks],
                "before": context.before,
                "after": context.after,
            }
            for context in hit.contexts
        ],
    }
