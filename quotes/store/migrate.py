"""Numbered migrations from db/migrations, each applied once, together with its record."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import DatabaseError, LockedError
from quotes.store.backup import check_room, measure, write_backup
from quotes.store.connect import WAIT, connect, immediate, may_write, patiently, prepare, reading
from quotes.store.lock import hold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Set as AbstractSet

    from quotes.store.connect import Connection

_ROOM = 3  # times the size of a database: a copy, and a log of all that changes
_PAUSE = 0.05  # seconds between two looks at an upgrade that another process is at
_RECORD = "CREATE TABLE IF NOT EXISTS _migrations (name TEXT PRIMARY KEY) STRICT"
_HAS_RECORD = "SELECT count(*) FROM sqlite_master WHERE name = '_migrations'"
_OBJECTS = """
SELECT sql FROM sqlite_master
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' AND name <> '_migrations'
  AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
ORDER BY rowid
"""


def find_data() -> Path:
    """Return the folder db/: inside the package where it is installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "db"
    return inside if (inside / "migrations").is_dir() else package.parent / "db"


def open_quotes(path: Path, create: bool = True, warn: Callable[[str], None] = lambda _: None) -> Connection:
    """Open quotes.db, brought up to date. Raises DatabaseError where `path` is none of ours.

    Before an upgrade a copy is kept beside it, named after the first migration that it lacks; who finds
    another process at the upgrade waits for it. `warn` is told of the copy, in one line. Where `create` is
    false and `path` cannot be written, it is opened for reading only, if up to date.
    """
    folder = find_data() / "migrations"
    connection = connect(path, create)
    try:
        applied, names = patiently(lambda: _look(connection, folder)), list_migrations(folder).keys()
        if applied and applied != names:
            _upgrade(connection, path, folder, warn)
        elif not applied or create or may_write(path):
            prepare(connection)
            migrate(connection, folder)
    except BaseException:
        connection.close()
        raise
    return connection


def migrate(connection: Connection, folder: Path, keep: Callable[[str], Path] | None = None) -> None:
    """Apply the migrations in `folder` that `connection` lacks, all or none.

    `keep` is given the name of the first one, when nobody else can write any more, and returns where a copy
    of the file is kept. Raises DatabaseError where the file holds other tables, comes from a newer version,
    or, where a copy is kept, is not whole afterwards.
    """
    files = list_migrations(folder)
    if read_applied(connection) == files.keys():
        return
    with immediate(connection):
        pending = sorted(files.keys() - _check(connection, files.keys()))
        kept = keep(pending[0]) if keep and pending else None
        connection.execute(_RECORD)
        for name in pending:
            for statement in split_statements(files[name].read_text(encoding="utf-8")):
                connection.execute(statement)
            connection.execute("INSERT INTO _migrations VALUES (?)", (name,))
        if kept:
            _check_whole(connection, kept)


def split_statements(sql: str) -> Iterator[str]:
    """Yield the statements of a script; `executescript` would commit between them.

    >>> list(split_statements("SELECT 1; SELECT ';'; -- done"))
    ['SELECT 1;', "SELECT ';';"]
    """
    statement = ""
    for piece in sql.split(";")[:-1]:
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


def describe_schema() -> str:
    """Return what db/schema.sql holds: every object of the schema as the migrations leave it."""
    with closing(open_quotes(Path(":memory:"))) as connection:
        objects = [row[0] + ";\n" for row in connection.execute(_OBJECTS)]
    return "-- Generated from db/migrations; tests/unit/test_store.py compares them.\n\n" + "\n".join(objects)


def _upgrade(connection: Connection, path: Path, folder: Path, warn: Callable[[str], None]) -> None:
    """Bring a database that an older version made up to date, or wait until another process has."""
    if not may_write(path):
        raise DatabaseError(
            f"{path}: made by an older version, and cannot be written to be upgraded;"
            " check its permissions and its folder's"
        )
    give_up = time.monotonic() + WAIT
    while patiently(lambda: _look(connection, folder)) != list_migrations(folder).keys():
        try:
            with hold(path):
                copies = _upgrade_alone(connection, path, folder)
            for copy in copies:
                warn(f"{path}: brought up to date; as it was before, it stays as {copy.name}")
        except LockedError:
            if time.monotonic() > give_up:
                raise
            time.sleep(_PAUSE)
    prepare(connection)


def _upgrade_alone(connection: Connection, path: Path, folder: Path) -> list[Path]:
    """Bring a database up to date, and return the copy of it that is kept; none where it was so already."""
    copies: list[Path] = []

    def keep(first: str) -> Path:
        copies.append(write_backup(path, f"{path.name}.before-{first.partition('_')[0]}"))
        return copies[0]

    check_room(path, _ROOM * measure(path), "the upgrade, with the copy that is kept before it,")
    try:
        prepare(connection)
        migrate(connection, folder, keep)
    except DatabaseError as error:
        raise DatabaseError(f"{error}; not upgraded: it is as it was") from error
    return copies


def _check_whole(connection: Connection, kept: Path) -> None:
    broken = connection.execute('SELECT "table" FROM pragma_foreign_key_check').fetchone()
    said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if broken or said != "ok":
        found = f"rows of {broken[0]} that lead nowhere" if broken else said
        raise DatabaseError(f"{connection.name}: damaged ({found}); a copy is kept in {kept}")


def list_migrations(folder: Path) -> dict[str, Path]:
    """Return the migrations in `folder` by name, in order."""
    return {path.name: path for path in sorted(folder.glob("[0-9]*.sql"))}


def _look(connection: Connection, folder: Path) -> set[str]:
    with reading(connection):
        return _check(connection, list_migrations(folder).keys())


def _check(connection: Connection, names: AbstractSet[str]) -> set[str]:
    """Return the names of the migrations that the file has had; raise where it is none of ours."""
    applied = read_applied(connection)
    if unknown := applied - names:
        raise DatabaseError(f"{connection.name}: made by a newer version ({max(unknown)}); upgrade quotes")
    if not applied and connection.execute(_OBJECTS).fetchone():
        raise DatabaseError(f"{connection.name}: holds other tables; name a file of its own")
    return applied


def read_applied(connection: Connection) -> set[str]:
    """Return the names of the migrations that a file has had; none where it is none of ours."""
    if not connection.execute(_HAS_RECORD).fetchone()[0]:
        return set()
    return {row[0] for row in connection.execute("SELECT name FROM _migrations")}
