"""Owns the name of the reader of a portal's pages, known without loading the reader itself."""

from __future__ import annotations

import hashlib
import json

from storage.records import Portal, SiteProfile

# Raised whenever a page could be read differently by this code than by the code before it.
READER_VERSION = "8"


def reader_id(portal: Portal | None = None, profile: SiteProfile | None = None) -> str:
    """Names the reader of a portal's pages: code version, and what definition and profile change.

    A profile without containers changes nothing.
    """
    definition: dict[str, object] = {}
    if portal is not None:
        select = portal.select
        definition = {
            "platform": portal.platform,
            "select": [select.body, select.title, select.metadata],
            "labels": sorted(portal.labels.items()),
            "names": [portal.agency, *portal.aliases],
        }
    if profile is not None and profile.containers:
        definition["profile"] = profile.digest
    canonical = json.dumps(definition, ensure_ascii=False, sort_keys=True)
    return f"{READER_VERSION}-{hashlib.sha256(canonical.encode()).hexdigest()[:12]}"
