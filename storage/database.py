"""The connection to an archive file: how it is opened, and the one way to write to it."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from storage import archive_faults as faults
from storage import schema_version
from storage.archive_file import begin_archive_file, refuse_no_archive

PAGES_FREED = 25_000
"""Of 4 KB, at once: 100 MB."""

_FEW_PAGES = 256
_WRITING = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",  # what is deleted is overwritten: some of it was asked to be forgotten
)
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
        self._connection = connection

    @classmethod
    def open_to_write(cls, path: Path) -> Database:
        """Opens or creates the archive file and brings its schema up to date.

        Raises ArchiveLocked, ArchiveFull, ArchiveDamaged, NewerSchema or ArchiveError.
        """
        with faults.named_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                begin_archive_file(path)
            refuse_no_archive(path)
            connection = sqlite3.connect(path, timeout=faults.BUSY_SECONDS)
            database = cls(connection, path)
            try:
                database._check_ours()
                for pragma in _WRITING:
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
            raise faults.none_yet(path)
        with faults.named_errors(path):
            refuse_no_archive(path)
            uri = f"{path.absolute().as_uri()}?mode=ro"
            connection = sqlite3.connect(uri, uri=True, timeout=faults.BUSY_SECONDS)
            database = cls(connection, path)
            try:
                database._check_ours()
                if not database.user_version:  # whoever made it was stopped before the first table
                    raise faults.none_yet(path)
                if database.user_version < schema_version.VERSION:
                    raise faults.older(path)
            except BaseException:
                connection.close()
                raise
            return database

    @classmethod
    def open_any_schema(cls, path: Path, *, write: bool = False) -> Database:
        """Opens a file that may be an archive of an older schema, and leaves that as it is.

        Raises ArchiveDamaged where it is no archive of ours, NewerSchema, or ArchiveError.
        """
        with faults.named_errors(path):
            refuse_no_archive(path)
            uri = f"{path.absolute().as_uri()}?mode={'rw' if write else 'ro'}"
            database = cls(sqlite3.connect(uri, uri=True, timeout=faults.BUSY_SECONDS), path)
            try:
                database._check_ours()
                if not database.user_version:  # one that was begun, and no more
                    raise faults.foreign(path)
            except BaseException:
                database.close()
                raise
            return database

    @property
    def total_changes(self) -> int:
        """How many rows this connection has changed."""
        return self._connection.total_changes

    @property
    def user_version(self) -> int:
        return int(self.value("PRAGMA user_version") or 0)

    def close(self) -> None:
        self._connection.close()

    def rows(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Iterator[Row]:
        """The rows of a query, one at a time."""
        try:  # not `faults.named_errors`, here and below: it took as long as a short statement
            # not `yield from`, which would close a cursor again after its connection was closed
            for row in self._connection.execute(sql, values):  # noqa: UP028
                yield row
        except sqlite3.Error as error:
            raise faults.named(error, self.path) from error

    def row(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Row | None:
        """The first row of a query."""
        try:
            row: Row | None = self._connection.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise faults.named(error, self.path) from error
        return row

    def the_row(self, what: str, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Row:
        """The row of what must be there, `version 7`; KeyError where it is not."""
        row = self.row(sql, values)
        if row is None:
            raise KeyError(f"no {what}")
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
        with faults.named_errors(self.path):
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
        with faults.named_errors(self.path):
            # what undoes a part is small: in a temporary file, it was written more than all else
            self._connection.execute("PRAGMA temp_store = MEMORY")
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                if self._connection.in_transaction:  # SQLite itself ends it when the disk is full
                    self._connection.execute("COMMIT")
                self._connection.execute("PRAGMA temp_store = DEFAULT")

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
        with faults.named_errors(self.path):
            self._connection.execute("BEGIN")
        try:
            yield  # an OSError in here is about the reader's own files, not the archive's
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

    def copy_to(
        self, copied: sqlite3.Connection, pages: int, watch: Callable[[int, int], None]
    ) -> None:
        """Copies the whole file to another connection's, `pages` pages at a time.

        Inside `reading()` it is the file as that reading began, whatever is written meanwhile;
        `watch` is told how many of how many pages are done.
        """
        self._connection.backup(
            copied, pages=pages, progress=lambda _, left, whole: watch(whole - left, whole), sleep=0
        )

    def check_structure(self) -> None:
        """Looks through the whole file's pages; ArchiveDamaged with the first fault there is."""
        fault = self.value("PRAGMA quick_check(1)")
        if fault != "ok":
            raise faults.damaged(self.path, str(fault).removeprefix("*** in database main ***\n"))

    def give_back(self, most: int) -> None:
        """`free_pages`, where they are more than a hundredth of the file and than a megabyte: a
        few are soon used again."""
        free = int(self.value("PRAGMA freelist_count"))
        if free > max(_FEW_PAGES, int(self.value("PRAGMA page_count")) // 100):
            self.free_pages(most)

    def free_pages(self, most: int) -> None:
        """Gives at most so many free pages at the file's end back to the disk.

        As a script: SQLite frees one page a step, and `execute` takes but the first one.
        """
        with faults.named_errors(self.path):
            self._connection.executescript(f"PRAGMA incremental_vacuum({most})")

    def _check_ours(self) -> None:
        try:
            self.value("SELECT count(*) FROM sqlite_master")  # for which SQLite reads the schema
        except UnicodeDecodeError as error:  # its message quotes what is broken there
            raise faults.damaged(self.path, error) from error
        if self.value("PRAGMA application_id") != schema_version.APPLICATION_ID:
            raise faults.foreign(self.path)
        if self.user_version > schema_version.VERSION:
            raise faults.newer(self.path, self.user_version)

    def _migrate(self) -> None:
        if self.user_version == schema_version.VERSION:
            return
        with _without_frames():
            import sqlite_utils  # a third of a second, only spent where there is something to do

        from storage import schema

        with self.writing():
            schema.migrations.apply(sqlite_utils.Database(self._connection))
            self._connection.execute(f"PRAGMA application_id = {schema_version.APPLICATION_ID}")
            self._connection.execute(f"PRAGMA user_version = {schema_version.VERSION}")


@contextmanager
def _without_frames() -> Iterator[None]:
    """Hides numpy and pandas from sqlite-utils, which imports them wherever they are installed
    (for column types no table here has): a second and 80 MB of each first crawl.
    """
    hidden = [name for name in ("numpy", "pandas") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type] # None: not to be found
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    """The statement that inserts these columns; names are the schema's, never data."""
    places = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
