"""What a verification found, as the object `fuhan verify --json` prints."""

from __future__ import annotations

from typing import Any

from storage.evidence.faults import Findings


def verify_object(findings: Findings, *, quick: bool) -> dict[str, Any]:
    """The object `fuhan verify --json` prints."""
    return {
        "v": 1,
        "sound": findings.sound,
        "quick": quick,
        "head": {"sequence": findings.head.seq, "hash": findings.head.hash},
        "checked": {
            "journal": findings.checked["journal"],
            "versions": findings.checked["versions"],
            "readings": findings.checked["readings"],
            "events": findings.checked["events"],
            "decisions": findings.checked["decisions"],
            "forgotten": findings.checked["forgotten"],
            "captures": findings.checked["captures read"],
            "files": findings.checked["files read"],
        },
        "faults": [
            {
                "kind": fault.kind.value,
                "table": fault.table,
                "row": fault.row,
                "columns": list(fault.columns),
                "sequence": fault.seq,
                "letter": fault.letter,
                "url": fault.url,
                "version": fault.version,
                "cursor": fault.cursor,
                "detail": fault.detail,
            }
            for fault in findings.faults
        ],
    }
