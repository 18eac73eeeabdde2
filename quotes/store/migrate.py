"""Numbered migrations from db/migrations, each applied once, together with its record."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import DatabaseError
from quotes.store.connect import connect, immediate, may_write, patiently, prepare, reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from quotes.store.connect import Connection

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


def open_quotes(path: Path, create: bool = True) -> Connection:
    """Open quotes.db, brought up to date. Raises DatabaseError where `path` is none of ours.

    Where `create` is false and `path` cannot be written, it is opened for reading only, if up to date.
    """
    return _open(path, find_data() / "migrations", create)


def open_texts(path: Path) -> Connection:
    """Open texts.db, the cache that belongs to the quotes.db at `path`: in its folder, and named after it."""
    name = "texts.db" if path.name == "quotes.db" else f"{path.stem}.texts.db"
    return _open(path.with_name(name), find_data() / "migrations" / "texts", create=True)


def migrate(connection: Connection, folder: Path) -> None:
    """Apply the migrations in `folder` that `connection` lacks, all or none.

    Raises DatabaseError where the file holds other tables, or comes from a newer version.
    """
    files = _list_migrations(folder)
    if _applied(connection) == files.keys():
        return
    with immediate(connection):
        applied = _check(connection, files.keys())
        connection.execute(_RECORD)
        for name in sorted(files.keys() - applied):
            for statement in split_statements(files[name].read_text(encoding="utf-8")):
                connection.execute(statement)
            connection.execute("INSERT INTO _migrations VALUES (?)", (name,))


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


def _open(path: Path, folder: Path, create: bool) -> Connection:
    connection = connect(path, create)
    try:
        names = _list_migrations(folder).keys()
        if patiently(lambda: _look(connection, names)) != names or create or may_write(path):
            prepare(connection)
            migrate(connection, folder)
    except BaseException:
        connection.close()
        raise
    return connection


def _list_migrations(folder: Path) -> dict[str, Path]:
    return {path.name: path for path in sorted(folder.glob("[0-9]*.sql"))}


def _look(connection: Connection, names: AbstractSet[str]) -> set[str]:
    with reading(connection):
        return _check(connection, names)


def _check(connection: Connection, names: AbstractSet[str]) -> set[str]:
    """Return the names of the migrations that the file has had; raise where it is none of ours."""
    applied = _applied(connection)
    if unknown := applied - names:
        raise DatabaseError(f"{connection.name}: made by a newer version ({max(unknown)}); upgrade quotes")
    if not applied and connection.execute(_OBJECTS).fetchone():
        raise DatabaseError(f"{connection.name}: holds other tables; name a file of its own")
    return applied


def _applied(connection: Connection) -> set[str]:
    if not connection.execute(_HAS_RECORD).fetchone()[0]:
        return set()
    return {row[0] for row in connection.execute("SELECT name FROM _migrations")}
