"""What is to stay forgotten: the rules of a letter, and what they leave of a page read later.

A rule holds for every copy of the letter, known now or met later; what it is about is known only
by hashes (`storage/forget/cutting.py`), so that no list of what was to be forgotten is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from storage.database import Database
from storage.forget.cutting import Cuts, HashedWords, Word, cut_page, cut_text
from storage.json_forms import letter_fields, letter_from_fields
from storage.records import Change, ReplyLetter

ForgetKind = Literal["contacts", "text", "words"]

FORGOTTEN = "forgotten"
"""The `refusal` of a letter whose text was forgotten, and the codec of a file that was."""

# of a letter without its text: what it is known by, and what the portal says about it, stays
_TEXT: dict[str, Any] = {
    "addressees": [],
    "signatory": None,
    "attachments": [],
    "cited_documents": [],
    "commitments": [],
    "contacts": [],
    "warnings": [],
    "body": "",
    "annex": [],
}
_NEVER_CUT = frozenset({"submission_kind", "is_letter", "refusal"})
# zhangsan@mzj.example.gov.cn
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.ASCII)
# 023-63111111 · 138 0000 0000 · (023)6311 1111
_PHONE = re.compile(r"\(?\d[\d\- ()]{5,22}\d")
# 联系人:王小明;联系电话:023-63111111 → 王小明, 023-63111111
_BETWEEN = re.compile(r"[:;,、。\s()\[\]]+")
# 401147: a whole district's, and in the foot of every page of the site
_POSTCODE = re.compile(r"\d{1,6}")
_LABELS = frozenset(
    {
        *("联系人", "承办人", "经办人", "联系单位", "联系部门", "联系科室", "联系方式"),
        *("联系电话", "办公电话", "电话", "手机", "手机号", "手机号码", "传真"),
        *("邮编", "邮政编码", "通讯地址", "联系地址", "地址"),
        *("电子邮箱", "电子邮件", "邮箱", "e-mail", "email", "此件公开发布"),
    }
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What of a letter is not to be kept."""

    contacts: bool
    text: bool
    cuts: Cuts

    def cut_letter(self, letter: ReplyLetter) -> ReplyLetter:
        """What may be kept of a reading; the same for what was cut already."""
        values = letter_fields(letter)
        if self.contacts:
            values["contacts"] = []
        if self.text:
            values |= _TEXT
        values = {name: self._cut_value(name, value) for name, value in values.items()}
        kept = letter_from_fields(values)
        return replace(kept, refusal=FORGOTTEN) if self.text and kept.is_letter else kept

    def cut_change(self, change: Change) -> Change:
        """What may be told of a change."""
        fields = tuple(
            replace(
                field,
                before=self.cut_field(field.field, field.before),
                after=self.cut_field(field.field, field.after),
            )
            for field in change.fields
        )
        if self.text:
            return replace(change, fields=fields, figures=(), diff=())
        diff = tuple((op, cut_text(text, self.cuts)) for op, text in change.diff)
        return replace(change, fields=fields, diff=tuple(piece for piece in diff if piece[1]))

    def cut_field(self, name: str, value: Any) -> Any:
        """A field's value as `clean --json` prints it, as far as it may be kept."""
        if self.text and name in _TEXT:
            return _TEXT[name]
        if self.contacts and name == "contacts":
            return []
        return self._cut_value(name, value)

    def cut_body(self, body: bytes, status: int, letter: ReplyLetter | None = None) -> bytes:
        """What may be kept of a page; `letter` is what was read of it, its contacts included.

        Of a letter whose text is forgotten nothing, unless the answer was an error.
        """
        if self.text:
            return body if status >= 400 else b""
        cuts = self.cuts
        if self.contacts and letter is not None:
            cuts = replace(cuts, words=cuts.words + contact_words(letter.contacts))
        if not (cuts.words or cuts.hashed):
            return body
        kept = cut_page(body, cuts)
        pieces = self._contact_pieces(letter) if self.contacts and letter is not None else ()
        return cut_page(kept, Cuts(pieces)) if pieces else kept

    def _contact_pieces(self, letter: ReplyLetter) -> tuple[Word, ...]:
        """What a page may print of contact lines in another form than they were read in.

        Not what the rest of the letter says as well: an office, the deputy who is called.
        """
        rest = str(letter_fields(self.cut_letter(letter)))
        return tuple(piece for piece in contact_pieces(letter.contacts) if piece.text not in rest)

    def _cut_value(self, name: str, value: Any) -> Any:
        if name in _NEVER_CUT or not (self.cuts.words or self.cuts.hashed):
            return value
        if isinstance(value, str):
            cut = cut_text(value, self.cuts)
            return cut if name == "body" else cut or None
        if isinstance(value, list):
            kept = [self._cut_value("body", item) for item in value]
            return [item for item in kept if item]
        if isinstance(value, dict):
            return {key: cut_text(text, self.cuts) for key, text in value.items()}
        return value


def rules_of(database: Database, copy_id: int) -> Rules | None:
    """What was forgotten of a copy's letter, whichever copy it was forgotten of; None: nothing."""
    return _rules(
        database,
        """SELECT forgotten_id FROM forgotten_copies WHERE copy_id = :id OR copy_id IN (
               SELECT id FROM copies WHERE letter_id = (
                   SELECT letter_id FROM copies WHERE id = :id))""",
        copy_id,
    )


def follow(database: Database, copy_id: int, letter_id: int) -> None:
    """Makes a copy keep a letter's rules, inside a `writing()` block."""
    database.write(
        """INSERT OR IGNORE INTO forgotten_copies (forgotten_id, copy_id)
           SELECT DISTINCT forgotten_id, ? FROM forgotten_copies WHERE copy_id IN (
               SELECT id FROM copies WHERE letter_id = ?)""",
        (copy_id, letter_id),
    )


def has_rules(database: Database, letter_id: int) -> bool:
    """Whether anything was forgotten of a letter, at any of its copies."""
    return bool(
        database.value(
            """SELECT 1 FROM forgotten_copies
               WHERE copy_id IN (SELECT id FROM copies WHERE letter_id = ?) LIMIT 1""",
            (letter_id,),
        )
    )


def any_rules(database: Database) -> bool:
    """Whether anything was ever forgotten: nearly always not, and then nothing else is asked."""
    return bool(database.value("SELECT 1 FROM forgotten LIMIT 1"))


def contact_words(contacts: Iterable[str]) -> tuple[Word, ...]:
    """What is cut for contact lines: the lines, and their numbers and addresses by themselves."""
    words: dict[str, Word] = {}
    for line in contacts:
        words[line] = Word(line, mark="")
        plain = unicodedata.normalize("NFKC", line)
        for found in (*_PHONE.findall(plain), *_MAIL.findall(plain)):
            if sum(map(str.isdigit, found)) >= 7 or "@" in found:
                words.setdefault(found.strip(), Word(found.strip()))
    return tuple(words.values())


def contact_pieces(contacts: Iterable[str]) -> tuple[Word, ...]:
    """What stands in contact lines beside their labels.

    A page may print it in table cells, in another order than it was read.
    """
    pieces = {
        piece: Word(piece)
        for line in contacts
        for piece in _BETWEEN.split(unicodedata.normalize("NFKC", line))
        if len(piece) >= 2 and piece.casefold() not in _LABELS and not _POSTCODE.fullmatch(piece)
    }
    return tuple(pieces.values())


def _rules(database: Database, forgotten: str, of: int) -> Rules | None:
    if not any_rules(database):
        return None
    rows = list(
        database.rows(
            f"SELECT id, kind FROM forgotten WHERE id IN ({forgotten})",  # noqa: S608 - constants
            {"id": of},
        )
    )
    if not rows:
        return None
    kinds = {row["kind"] for row in rows}
    hashed = [_hashed(database, row["id"]) for row in rows]
    return Rules(
        contacts="contacts" in kinds,
        text="text" in kinds,
        cuts=Cuts(hashed=tuple(words for each in hashed for words in each)),
    )


def _hashed(database: Database, forgotten_id: int) -> list[HashedWords]:
    by_salt: dict[bytes, dict[int, set[bytes]]] = defaultdict(lambda: defaultdict(set))
    for row in database.rows(
        "SELECT * FROM forgotten_words WHERE forgotten_id = ?", (forgotten_id,)
    ):
        by_salt[bytes(row["salt"])][row["length"]].add(bytes(row["hash"]))
    return [
        HashedWords(salt, {length: frozenset(words) for length, words in lengths.items()})
        for salt, lengths in by_salt.items()
    ]
