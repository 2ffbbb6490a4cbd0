"""Which files the copies of letters link to, and which of them are to be asked for now.

A file is made due by its page's visit, so that both are seen together; it stays due until it was
asked for, so that a killed run and a small budget lose none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from storage.addresses import address_key
from storage.attachments.records import DueFile
from storage.clock import from_text, to_text
from storage.database import Database, Row
from storage.records import Attachment, PageVisit, Run, Validators

UNCONDITIONAL_EVERY = 10  # visits: a server whose validators lie is found out


def save_links(
    database: Database, copy_id: int, files: Sequence[Attachment], observed_at: str
) -> None:
    """Brings a copy's links up to what was read of it, inside a `writing()` block.

    A link that is no longer there keeps its history, and is not asked for any more.
    """
    known = {
        row["key"]: row
        for row in database.rows("SELECT * FROM attachment_files WHERE copy_id = ?", (copy_id,))
    }
    if not files and not known:
        return
    portal_id = database.value("SELECT portal_id FROM copies WHERE id = ?", (copy_id,))
    shown: set[str] = set()
    for file in files:
        key = address_key(file.url)
        if key in shown:
            continue
        place = len(shown)
        shown.add(key)
        row = known.get(key)
        now = (file.url, file.name, place, 1)
        if row is None:
            database.write(
                """INSERT INTO attachment_files
                   (url, name, place, linked, portal_id, copy_id, key, first_seen)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                (*now, portal_id, copy_id, key, observed_at),
            )
        elif (row["url"], row["name"], row["place"], row["linked"]) != now:
            database.write(
                "UPDATE attachment_files SET url = ?, name = ?, place = ?, linked = ? WHERE id = ?",
                (*now, row["id"]),
            )
    for key in known.keys() - shown:
        database.write(
            "UPDATE attachment_files SET linked = 0, due_since = NULL WHERE id = ?",
            (known[key]["id"],),
        )


def make_due(database: Database, visit: PageVisit) -> None:
    """Lets the files of a page that answered be asked for, inside a `writing()` block.

    Not those this run has seen already for another copy, nor those that shall be left alone for
    a time, unless the run is a full one.
    """
    seen = to_text(visit.observed_at)
    database.write(
        """UPDATE attachment_files SET due_since = coalesce(due_since, :seen)
           WHERE copy_id = :copy AND linked AND (visited_run IS NULL OR visited_run < :run)
             AND (not_before IS NULL OR not_before <= :seen
                  OR (SELECT "full" FROM runs WHERE id = :run))""",
        {"seen": seen, "copy": visit.copy_id, "run": visit.run_id},
    )


def has_links(database: Database, copy_id: int) -> bool:
    """Whether a copy was ever known to link to a file."""
    return bool(
        database.value("SELECT 1 FROM attachment_files WHERE copy_id = ? LIMIT 1", (copy_id,))
    )


def due_files(
    database: Database,
    run: Run,
    limit: int,
    *,
    most: int,
    copy_id: int | None = None,
    beside: Collection[str] = (),
) -> list[DueFile]:
    """The files to ask for, the longest due first, each address once; a read-only operation.

    Of one copy, or of the whole portal; the first `most` of each letter; addresses whose keys
    are in `beside` are left out. A file waits while its page does not answer.
    """
    of_whom = "f.portal_id = (SELECT id FROM portals WHERE name = :portal)"
    if copy_id is not None:  # not through all that is due of the portal, for each of its pages
        of_whom = "f.copy_id = :copy"
    rows = database.rows(
        f"""SELECT f.* FROM attachment_files f JOIN copies ON copies.id = f.copy_id
            WHERE {of_whom} AND f.due_since IS NOT NULL AND f.linked AND f.place < :most
              AND copies.success_run = copies.visited_run
            ORDER BY f.due_since, f.copy_id, f.place LIMIT :limit""",  # noqa: S608 - constants
        {
            "portal": run.portal,
            "most": most,
            "copy": copy_id,
            "limit": limit + len(beside),
        },
    )
    found: dict[str, DueFile] = {}
    for row in list(rows):
        if row["key"] not in beside and row["key"] not in found and len(found) < limit:
            found[row["key"]] = _due_file(database, row)
    return list(found.values())


def _due_file(database: Database, row: Row) -> DueFile:
    """A file as what is known best of its address: another copy may have brought it already."""
    known = database.row(
        """SELECT * FROM attachment_files
           WHERE portal_id = ? AND key = ? AND linked AND content_id IS NOT NULL
           ORDER BY last_visited DESC, id LIMIT 1""",
        (row["portal_id"], row["key"]),
    )
    known = known or row
    last = database.value(
        """SELECT stable_digest FROM attachment_versions
           JOIN attachment_contents ON attachment_contents.id = content_id
           WHERE file_id = ? AND fate IS NOT 'past' ORDER BY number DESC LIMIT 1""",
        (known["id"],),
    )
    conditional = (known["visits"] + 1) % UNCONDITIONAL_EVERY != 0
    return DueFile(
        file_id=known["id"],
        key=row["key"],
        url=row["url"],
        name=row["name"],
        validators=Validators(known["etag"], known["last_modified"])
        if conditional
        else Validators(),
        due_since=from_text(row["due_since"]),
        last=last,
    )
