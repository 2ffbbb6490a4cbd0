"""Runs, lists and what is due: which addresses a portal has, and which are to be asked for now."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from storage import verdict
from storage.addresses import address_key
from storage.clock import from_text, to_text
from storage.database import Database, Row
from storage.json_forms import dump
from storage.records import (
    DuePage,
    ListColumn,
    ListedLink,
    ListWalk,
    Portal,
    Run,
    Validators,
    Why,
)

UNCONDITIONAL_EVERY = 10  # visits: a server whose validators lie is found out


def register_portal(database: Database, portal: Portal) -> int:
    """The portal's row id; its agency's names are brought up to date."""
    row = database.row("SELECT id FROM portals WHERE name = ?", (portal.name,))
    if row is None:
        return database.insert(
            "portals",
            {
                "name": portal.name,
                "agency": portal.agency,
                "aliases": dump(list(portal.aliases)),
            },
        )
    database.write(
        "UPDATE portals SET agency = ?, aliases = ? WHERE id = ?",
        (portal.agency, dump(list(portal.aliases)), row["id"]),
    )
    return int(row["id"])


def agency_names(database: Database) -> dict[str, tuple[str, ...]]:
    """Of every portal the name of its agency, then the other names; a read-only operation."""
    rows = database.rows("SELECT name, agency, aliases FROM portals ORDER BY name")
    return {row["name"]: (row["agency"], *json.loads(row["aliases"] or "[]")) for row in rows}


def begin_run(database: Database, portal: Portal, now: datetime, *, full: bool) -> Run:
    """Opens a run; one that was killed is marked, and its pending events wait for this one."""
    with database.writing():
        portal_id = register_portal(database, portal)
        database.write(
            "UPDATE runs SET status = 'interrupted' WHERE portal_id = ? AND status = 'running'",
            (portal_id,),
        )
        run_id = database.insert(
            "runs",
            {
                "portal_id": portal_id,
                "started_at": to_text(now),
                "status": "running",
                "full": int(full),
            },
        )
        run = Run(run_id, portal.name, now, full)
        links = [ListedLink(url) for url in portal.pages]
        _save_links(database, run, portal_id, None, links, now)
    return run


def last_complete_walk(database: Database, portal: str, column_url: str) -> datetime | None:
    """When the column was last read to its end; None if never, or if it must be read so again.

    A run that was killed, or whose lists failed or were blocked, may have seen the first page of
    a list and not the second: a short walk would stop at letters it knows and miss the others.
    """
    text = database.value(
        """SELECT read_at FROM list_columns JOIN portals ON portals.id = portal_id
           WHERE portals.name = ? AND url = ?
             AND (SELECT status != 'interrupted' AND NOT lists_failed FROM runs
                  WHERE runs.portal_id = portals.id AND status != 'running' AND source IS NULL
                  ORDER BY runs.id DESC LIMIT 1)""",
        (portal, column_url),
    )
    return from_text(text) if text else None


def save_listing(
    database: Database, run: Run, column: ListColumn, links: Sequence[ListedLink], now: datetime
) -> int:
    """Records one list page; gives how many of its addresses no list showed before."""
    with database.writing():
        portal_id = _portal_id(database, run)
        return _save_links(database, run, portal_id, column.url, links, now)


def add_address(database: Database, run: Run, url: str, now: datetime) -> None:
    """Makes an address known that no list shows, due at once."""
    with database.writing():
        portal_id = _portal_id(database, run)
        key = address_key(url)
        if database.value("SELECT 1 FROM copies WHERE portal_id = ? AND key = ?", (portal_id, key)):
            return
        database.insert("copies", _new_copy(portal_id, run, key, url, now))


def end_walk(database: Database, run: Run, walk: ListWalk, now: datetime) -> int:
    """Closes the walk of the lists; letters a complete walk missed are due at once.

    They are due since they were last visited, and so before others that are.

    Gives how many pages are due now.
    """
    with database.writing():
        portal_id = _portal_id(database, run)
        database.write(
            "UPDATE runs SET complete = ?, lists_failed = ? WHERE id = ?",
            (int(walk.complete), walk.failed + walk.blocked, run.id),
        )
        if walk.complete:
            database.write(
                "UPDATE list_columns SET read_at = ? WHERE portal_id = ?",
                (to_text(now), portal_id),
            )
            database.write(
                """UPDATE copies SET due_at = coalesce(last_visited, first_seen)
                   WHERE portal_id = ? AND status = 'present'
                   AND column_id IS NOT NULL AND delisted_at IS NULL AND listed_run < ?""",
                (portal_id, run.id),
            )
    return count_due(database, run, now)


def count_due(database: Database, run: Run, now: datetime) -> int:
    """How many known addresses of the portal this run has still to ask for."""
    where, values = _due_condition(run, now)
    return int(database.value(f"SELECT count(*) FROM copies WHERE {where}", values))  # noqa: S608


def count_pages(database: Database, portal: str) -> int:
    """How many addresses of letters a portal is known to have."""
    return int(
        database.value(
            """SELECT count(*) FROM copies WHERE status != 'moved' AND due_at < '9999'
               AND portal_id = (SELECT id FROM portals WHERE name = ?)""",
            (portal,),
        )
    )


def due_pages(
    database: Database,
    run: Run,
    now: datetime,
    limit: int,
    kinds: Sequence[Why],
    beside: Collection[int] = (),
) -> list[DuePage]:
    """The next addresses to ask for that are due for the first of these reasons that holds.

    Copies in `beside` are left out.

    Empty when the run has done all. When nothing is due but the run so far would be suspect, a
    few letters that are not due follow as a control: a redesign shows in them too, a few real
    withdrawals do not.
    """
    for why in kinds:
        where, values = _due_condition(run, now)
        rows = list(
            database.rows(
                f"""SELECT * FROM copies WHERE {where} AND {_WHY[why]}
                    ORDER BY due_at, id LIMIT :limit""",  # noqa: S608 - constants
                {**values, "limit": limit + len(beside)},
            )
        )
        if pages := [_due_page(row, why) for row in rows if row["id"] not in beside][:limit]:
            return pages
    control = verdict.control_copies(database, run, limit + len(beside))
    return [_due_page(row, Why.CONTROL) for row in control if row["id"] not in beside]


def planned_pages(
    database: Database, portal: str, now: datetime, *, full: bool
) -> Iterator[DuePage]:
    """Every address a run begun now would find due before it looks at any list; read only."""
    run = Run(_NO_RUN, portal, now, full)
    where, values = _due_condition(run, now)
    for why, condition in _WHY.items():
        for row in database.rows(
            f"SELECT * FROM copies WHERE {where} AND {condition} ORDER BY due_at, id",  # noqa: S608
            values,
        ):
            yield _due_page(row, why)


_NO_RUN = 2**62  # later than every run there is
_WHY = {
    Why.NEW: "last_visited IS NULL",
    Why.GONE: "last_visited IS NOT NULL AND gone_since IS NOT NULL AND status = 'present'",
    Why.DUE: "last_visited IS NOT NULL AND (gone_since IS NULL OR status != 'present')",
}


def _due_condition(run: Run, now: datetime) -> tuple[str, dict[str, str | int]]:
    values: dict[str, str | int] = {"portal": run.portal, "run": run.id, "now": to_text(now)}
    where = (
        "portal_id = (SELECT id FROM portals WHERE name = :portal) "
        "AND (visited_run IS NULL OR visited_run < :run)"
    )
    return (where if run.full else f"{where} AND due_at <= :now"), values


def _due_page(row: Row, why: Why) -> DuePage:
    conditional = (row["visits"] + 1) % UNCONDITIONAL_EVERY != 0
    return DuePage(
        copy_id=row["id"],
        url=row["url"],
        validators=Validators(row["etag"], row["last_modified"]) if conditional else Validators(),
        known=row["letter_id"] is not None,
        why=why,
        due_at=from_text(row["due_at"]),
        last_visited=from_text(row["last_visited"]) if row["last_visited"] else None,
    )


def _portal_id(database: Database, run: Run) -> int:
    return int(database.value("SELECT portal_id FROM runs WHERE id = ?", (run.id,)))


def _save_links(
    database: Database,
    run: Run,
    portal_id: int,
    column_url: str | None,
    links: Sequence[ListedLink],
    now: datetime,
) -> int:
    column_id, column_read_at = _column(database, portal_id, column_url)
    new = 0
    for link in links:
        key = address_key(link.url)
        row = database.row(
            "SELECT id, listed_run FROM copies WHERE portal_id = ? AND key = ?", (portal_id, key)
        )
        if row is None:
            new += 1
            copy = _new_copy(portal_id, run, key, link.url, now)
            copy |= {"column_id": column_id, "column_read_at": column_read_at}
            copy |= {"listed_run": run.id, "listed_title": link.title}
            copy["listed_date"] = link.listed_date.isoformat() if link.listed_date else None
            database.insert("copies", copy)
        elif row["listed_run"] != run.id:
            new += row["listed_run"] is None  # known, but from no list: a short walk goes on
            database.write(
                """UPDATE copies SET listed_run = ?, delisted_at = NULL,
                   column_id = coalesce(column_id, ?),
                   -- known from a replay alone, it was not due
                   due_at = iif(last_visited IS NULL, min(due_at, ?), due_at) WHERE id = ?""",
                (run.id, column_id, to_text(now), row["id"]),
            )
        else:
            continue
        database.write("UPDATE runs SET listed = listed + 1 WHERE id = ?", (run.id,))
    return new


def _column(database: Database, portal_id: int, url: str | None) -> tuple[int | None, str | None]:
    if url is None:
        return None, None
    row = database.row(
        "SELECT id, read_at FROM list_columns WHERE portal_id = ? AND url = ?", (portal_id, url)
    )
    if row:
        return row["id"], row["read_at"]
    return database.insert("list_columns", {"portal_id": portal_id, "url": url}), None


def _new_copy(
    portal_id: int, run: Run, key: str, url: str, now: datetime
) -> dict[str, str | int | None]:
    return {
        "portal_id": portal_id,
        "key": key,
        "url": url,
        "first_seen": to_text(now),
        "quiet_since": to_text(now),
        "first_run": run.id,
        "due_at": to_text(now),
    }
