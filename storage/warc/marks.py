"""What this program writes into WARC files beyond the standard, and reads back from them."""

from __future__ import annotations

ORIGINAL = "x-archive-orig-"
"""Before a header that no longer fits the stored body, as archivists write it."""

OUTCOME = "Fuhan-Outcome"
"""What the visit came to: `letter`, `unchanged`, `gone`, `blocked`, `failed`, `unreadable`,
`not-a-letter`, `file` (linked from a letter); or `held` and `dropped`: a version that was not
told, or was found misread (`file-held`, `file-dropped` of a file); or `doubted`: gone in a run
that did not find its portal well, as an archive made from an export has it."""

REASON = "Fuhan-Reason"
PORTAL = "Fuhan-Portal"

STATE = "Fuhan-Portal-State"
"""How the portal stood at the end of the run: only where it was `ok` does gone count."""

SOURCE = "Fuhan-Source"
"""The file a capture was replayed from."""

FILE = "file"
"""The outcome of a visit to a file a letter links to."""

DOUBTED = "doubted"
ASIDE = frozenset({"blocked", "failed", "held", "dropped", DOUBTED})
"""Outcomes of what is kept as evidence and counts for nothing: the archive did not tell it."""

FILES_ASIDE = frozenset({"file-held", "file-dropped"})

TOLD_AS = "Fuhan-Told"
"""How a version was told: `baseline` (in the portal's first whole walk), `backdated`, `with-files`
(one event for the page and its files); of a file the instants of the events that tell it."""

NOTE = "Fuhan-Note"
"""On a `metadata` record whose block is a note (`storage/warc/notes.py`): its kind."""

NOTED = "noted"
"""In the spool: the outcome of a visit told by a `metadata` record; its bytes were not kept."""

SAME_AS = "Fuhan-Same-Letter-As"
"""In a `metadata` record: the time of the capture that shows the letter as it was seen then."""
