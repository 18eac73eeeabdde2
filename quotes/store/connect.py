"""Connections to SQLite files: write-ahead logging, foreign keys, patience, errors that a user can act on."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from quotes.errors import DamagedError, DatabaseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Result = TypeVar("Result")
WAIT = 60.0
"""Seconds that a job waits for another one that is writing."""


class _Rows(sqlite3.Cursor):
    """What a query gives. That a file is damaged may be seen only at a later row."""

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        try:
            yield from iter(super().fetchone, None)
        except sqlite3.Error as error:
            raise _explain(self._name, error) from error

    def fetchone(self) -> Any:
        """Return the next row, or None. Raises DatabaseError instead of SQLite's own errors."""
        try:
            return super().fetchone()
        except sqlite3.Error as error:
            raise _explain(self._name, error) from error

    def fetchall(self) -> list[Any]:
        """Return all rows that are left. Raises DatabaseError instead of SQLite's own errors."""
        try:
            return super().fetchall()
        except sqlite3.Error as error:
            raise _explain(self._name, error) from error

    @property
    def _name(self) -> str:
        return str(getattr(self.connection, "name", ""))


class Connection(sqlite3.Connection):
    """A connection whose errors say which file they are about. Transactions are begun explicitly."""

    name: str = "the database"

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run one statement. Raises DatabaseError instead of SQLite's own errors."""
        try:
            return self.cursor(_Rows).execute(sql, parameters)
        except sqlite3.Error as error:
            raise _explain(self.name, error) from error

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        """Run one statement for each of `parameters`. Raises DatabaseError instead of SQLite's own errors."""
        try:
            return super().executemany(sql, parameters)
        except sqlite3.Error as error:
            raise _explain(self.name, error) from error


def connect(path: Path, create: bool = True) -> Connection:
    """Open the SQLite file at `path`; it and its folder are made where they are missing and `create` is true.

    Where `create` is false and the file cannot be written, it is opened for reading only. Nothing is written
    to a file that exists. Raises DatabaseError where it cannot be opened.
    """
    if not create and not path.is_file():
        raise DatabaseError(f"{path}: no such database; make it with `quotes index`")
    address = _write_address(path) if create or may_write(path) else reading_address(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            address, timeout=WAIT, isolation_level=None, factory=Connection, uri=True
        )  # also for ATTACH
    except (OSError, sqlite3.Error) as error:
        raise DatabaseError(f"{path}: cannot be opened: {error}") from error
    connection.name = str(path)
    connection.row_factory = sqlite3.Row
    return connection


def prepare(connection: Connection) -> None:
    """Make a connection ready for writing. The file is one of ours by now: its journal mode is changed."""
    patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"))
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")


def may_write(path: Path) -> bool:
    """Whether the file may be changed, and files made beside it, as write-ahead logging does."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


@contextmanager
def immediate(connection: Connection) -> Iterator[None]:
    """Hold the one writing transaction: all of the block is written, or nothing of it.

    Plain BEGIN would fail at once where two jobs read first and write later. Foreign keys are checked at the
    end, so that tables may be rewritten in any order.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise


@cache
def read_sql(name: str) -> str:
    """Return one of the statements in quotes/store/sql."""
    return files("quotes.store").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


@contextmanager
def reading(connection: Connection) -> Iterator[None]:
    """Hold one state of the database while several queries read it."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def patiently(action: Callable[[], Result]) -> Result:
    """Return what `action` gives, tried again while another job is at the first steps of a new database.

    SQLite itself does not wait while the journal mode is being changed.
    """
    give_up = time.monotonic() + WAIT
    while True:
        try:
            return action()
        except DatabaseError as error:
            if "locked" not in str(error.__cause__) or time.monotonic() > give_up:
                raise
            time.sleep(0.01)


def reading_address(path: Path) -> str:
    """Return the address that opens a file for reading. Without a log beside it, nothing is made for that."""
    has_log = path.with_name(f"{path.name}-wal").exists()
    return f"{path.absolute().as_uri()}?mode=ro{'' if has_log else '&immutable=1'}"


def looking_address(path: Path) -> str:
    """Return the address that opens a file for reading while jobs may write to it, and never writes to it."""
    return f"{path.absolute().as_uri()}?mode=ro" if may_write(path) else reading_address(path)


def _write_address(path: Path) -> str:
    return path.absolute().as_uri() if path.name != ":memory:" else ":memory:"


def _explain(name: str, error: sqlite3.Error) -> DatabaseError:
    message = str(error)
    if "not a database" in message:
        return DamagedError(name, "not a SQLite database; name another file")
    if "malformed" in message:
        return DamagedError(name, "damaged; see what `quotes check` says")
    if "is full" in message:
        return DatabaseError(f"{name}: no room left on its disk; make some and run it again: nothing is lost")
    if "locked" in message:
        return DatabaseError(f"{name}: database is locked by another program; try again when it has finished")
    if "readonly" in message:
        return DatabaseError(f"{name}: cannot be written; check its permissions and its folder's")
    return DatabaseError(f"{name}: {message}")
