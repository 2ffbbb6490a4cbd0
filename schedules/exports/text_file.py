"""One letter as a text file: its name in the tree, its front matter, its body and annex."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from schedules.exports.names import safe_name

AGENCY_BYTES, NAME_BYTES = 90, 140
"""Of a folder's and of a file's name; eCryptfs allows 143 bytes, Windows 260 units a path."""
_NO_AGENCY, _NO_YEAR = "未署机关", "undated"
# the dates that say of which year a letter is, the most telling first
_DATES = ("date_signed", "date_written", "date_published")
_FRONT_MATTER = (
    "id",
    "status",
    "title",
    "submission_kind",
    "submission_number",
    "submission_title",
    "assembly",
    "issuing_agency",
    "index_number",
    "document_number",
    "date_written",
    "date_published",
    "date_signed",
    "outcome_class",
    "refusal",
    "first_seen",
)
# DEL, C1, U+2028, a byte-order mark: allowed in JSON, not in YAML
_NOT_IN_YAML = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def file_name(line: Mapping[str, Any]) -> str:
    """Where a letter stands below `letters/`: `AGENCY/YEAR/000012-TITLE.txt`."""
    agency = safe_name(line["issuing_agency"] or "", AGENCY_BYTES) or _NO_AGENCY
    day = next((line[name] for name in _DATES if line[name]), None)
    stem = f"{line['id']:06d}"
    title = safe_name(line["title"] or "", NAME_BYTES - len(stem) - len("-.txt"))
    return f"{agency}/{day[:4] if day else _NO_YEAR}/{stem}{f'-{title}' if title else ''}.txt"


def is_name_of(letter_id: int, name: str) -> bool:
    """Whether `file_name` may have given this name to the letter: a way out of the tree is none."""
    parts = name.split("/")
    stem = f"{letter_id:06d}"
    return (
        len(parts) == 3
        and all(part == safe_name(part, NAME_BYTES) for part in parts)
        and parts[2].startswith((f"{stem}-", f"{stem}."))
        and parts[2].endswith(".txt")
    )


def text_of(line: Mapping[str, Any]) -> str:
    """The file's text: YAML front matter of what is there, body and annex, each after an empty
    line."""
    front = {name: line[name] for name in _FRONT_MATTER if line[name] is not None}
    front["url"] = line["urls"][0]
    head = "".join(f"{name}: {_yaml(value)}\n" for name, value in front.items())
    texts = (line["body"], "\n".join(line["annex"]))
    return f"---\n{head}---\n" + "".join(f"\n{text}\n" for text in texts if text)


def _yaml(value: object) -> str:
    """A JSON string is a YAML one, but for a few characters."""
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
