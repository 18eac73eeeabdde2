"""Connections to SQLite files: write-ahead logging, foreign keys, patience, errors that a user can act on."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from quotes.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAIT = 60.0
"""Seconds that a job waits for another one that is writing."""


class Connection(sqlite3.Connection):
    """A connection whose errors say which file they are about. Transactions are begun explicitly."""

    name: str = "the database"

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run one statement. Raises DatabaseError instead of SQLite's own errors."""
        try:
            return super().execute(sql, parameters)
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

    Raises DatabaseError where that cannot be done.
    """
    if not create and not path.is_file():
        raise DatabaseError(f"{path}: no such database; make it with `quotes index`")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None, factory=Connection)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseError(f"{path}: cannot be opened: {error}") from error
    connection.name = str(path)
    connection.row_factory = sqlite3.Row
    try:
        _use_wal(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
    except DatabaseError:
        connection.close()
        raise
    return connection


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


@contextmanager
def reading(connection: Connection) -> Iterator[None]:
    """Hold one state of the database while several queries read it."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def _use_wal(connection: Connection) -> None:
    """Switch to write-ahead logging. SQLite does not wait for others here, so it is tried again."""
    give_up = time.monotonic() + WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except DatabaseError as error:
            if "locked" not in str(error.__cause__) or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
        else:
            return


def _explain(name: str, error: sqlite3.Error) -> DatabaseError:
    message = str(error)
    if "not a database" in message:
        return DatabaseError(f"{name}: not a SQLite database; name another file")
    if "locked" in message:
        return DatabaseError(f"{name}: database is locked by another program; try again when it has finished")
    if "readonly" in message:
        return DatabaseError(f"{name}: cannot be written; check its permissions and its folder's")
    return DatabaseError(f"{name}: {message}")
