"""The connection to an archive file: how it is opened, and the one way to write to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlite_utils

from storage import schema
from storage.errors import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveFull,
    ArchiveLocked,
    NewerSchema,
)

BUSY_SECONDS = 30.0
Row = sqlite3.Row


class Database:
    """One SQLite connection with the archive's schema.

    Every write goes through `writing()`: `BEGIN IMMEDIATE` first, because sqlite-utils reads
    before it writes and a deferred transaction that reads first fails at once, whatever the
    busy timeout, when another process has written in between.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        connection.row_factory = sqlite3.Row
        self.path = path
        self.tables = sqlite_utils.Database(connection)
        self._connection = connection

    @classmethod
    def open_to_write(cls, path: Path) -> Database:
        """Opens or creates the archive file and brings its schema up to date.

        Raises ArchiveLocked, ArchiveFull, ArchiveDamaged, NewerSchema or ArchiveError.
        """
        with _named_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
            database = cls(connection, path)
            try:
                database._check_ours()
                for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                    connection.execute(f"PRAGMA {pragma}")
                database._migrate()
            except BaseException:
                connection.close()
                raise
            return database

    @classmethod
    def open_to_read(cls, path: Path) -> Database:
        """Opens an existing archive without ever writing to it.

        Raises ArchiveError where there is none, ArchiveDamaged or NewerSchema.
        """
        if not path.exists():
            raise ArchiveError(f"{path}: there is no archive yet — run: fuhan crawl")
        with _named_errors(path):
            uri = f"{path.absolute().as_uri()}?mode=ro"
            connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)
            database = cls(connection, path)
            try:
                database._check_ours()
                if database.user_version < schema.VERSION:
                    raise ArchiveError(
                        f"{path}: the archive was written by an older fuhan — "
                        "any crawl brings it up to date: fuhan crawl"
                    )
            except BaseException:
                connection.close()
                raise
            return database

    @property
    def user_version(self) -> int:
        return int(self.value("PRAGMA user_version") or 0)

    def close(self) -> None:
        self._connection.close()

    def rows(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Iterator[Row]:
        """The rows of a query, one at a time."""
        with _named_errors(self.path):
            yield from self._connection.execute(sql, values)

    def row(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Row | None:
        """The first row of a query."""
        with _named_errors(self.path):
            row: Row | None = self._connection.execute(sql, values).fetchone()
            return row

    def value(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Any:
        """The first column of a query's first row, or None."""
        row = self.row(sql, values)
        return None if row is None else row[0]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A durable transaction, whole or not at all; inside another one it is part of that."""
        if self._connection.in_transaction:
            yield
            return
        with _named_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.rollback()
                raise

    @contextmanager
    def writing_each(self) -> Iterator[None]:
        """A durable transaction of several `part()`s: those that are through are kept."""
        with _named_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                if self._connection.in_transaction:  # SQLite itself ends it when the disk is full
                    self._connection.execute("COMMIT")

    @contextmanager
    def part(self) -> Iterator[None]:
        """One part of a `writing_each()`, whole or not at all."""
        self._connection.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO part")
            raise
        self._connection.execute("RELEASE part")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One consistent view of the archive over several queries, beside a running crawl."""
        if self._connection.in_transaction:
            yield
            return
        with _named_errors(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.rollback()

    def insert(self, table: str, row: dict[str, Any]) -> int:
        """Inserts one row of plain values inside a `writing()` block and gives its id.

        One statement: sqlite-utils' own `insert` runs ten around it, and half the time of saving
        a letter went there.
        """
        last = self._connection.execute(
            _insertion(table, tuple(row)), tuple(row.values())
        ).lastrowid
        assert last is not None  # noqa: S101 - an insert that raised nothing has a row
        return last

    def write(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> int:
        """Runs one statement inside a `writing()` block and gives the number of rows it met."""
        return self._connection.execute(sql, values).rowcount

    def write_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Runs one statement for many rows inside a `writing()` block."""
        self._connection.executemany(sql, rows)

    def _check_ours(self) -> None:
        application = int(self.value("PRAGMA application_id") or 0)
        tables = int(self.value("SELECT count(*) FROM sqlite_master") or 0)
        if tables and application != schema.APPLICATION_ID:
            raise ArchiveDamaged(
                f"{self.path}: this is an SQLite file, but no fuhan archive — "
                "name another file under [archive] path"
            )
        if self.user_version > schema.VERSION:
            raise NewerSchema(
                f"{self.path}: written by a newer fuhan (schema {self.user_version}, this one "
                f"knows {schema.VERSION}) — upgrade fuhan; nothing was changed"
            )

    def _migrate(self) -> None:
        if self.user_version == schema.VERSION:
            return
        with self.writing():
            schema.migrations.apply(self.tables)
            self._connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            self._connection.execute(f"PRAGMA user_version = {schema.VERSION}")


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    """The statement that inserts these columns; names are the schema's, never data."""
    places = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608


@contextmanager
def _named_errors(path: Path) -> Iterator[None]:
    """SQLite's errors under fuhan's names (https://www.sqlite.org/rescode.html)."""
    try:
        yield
    except sqlite3.Error as error:
        raise _named(error, path) from error
    except OSError as error:
        raise ArchiveError(
            f"{path}: cannot be opened ({error.strerror}) — check the path and its permissions"
        ) from error


def _named(error: sqlite3.Error, path: Path) -> ArchiveError:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return ArchiveLocked(
            f"{path}: another process has been writing for {BUSY_SECONDS:.0f} s — "
            "see what uses the file, then run this again"
        )
    if name.startswith("SQLITE_FULL"):
        return ArchiveFull(f"{path}: the disk is full — free some room, then run this again")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return ArchiveDamaged(
            f"{path}: the file is damaged or no SQLite file ({error}) — "
            "keep it, and restore a backup beside it"
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return ArchiveError(
            f"{path}: cannot be written or opened ({error}) — check its owner and permissions"
        )
    return ArchiveError(f"{path}: {error}")
