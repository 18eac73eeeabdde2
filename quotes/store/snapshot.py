"""A copy of quotes.db for readers: what was found, without what it is grouped by or where it was read from.

Databases with the same content give the same bytes, whatever jobs made them: rows are written in an order
that the content gives, into a fresh file, in one transaction.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from quotes.errors import DatabaseError
from quotes.store.connect import Connection, may_write, reading_address
from quotes.store.migrate import open_quotes

APPLICATION_ID = 0x51444654  # "QDFT"
_HEADER, _ID_AT = 100, 68
_PAGE_SIZE = 4096
_CACHE_KB = 65_536
# What jobs did and keep for the next one: of no use to readers, and it tells of files on this machine.
_WITHHELD = ("runs", "skipped", "_migrations")
_WITHHELD_LIKE = "match!_%"
_WITHHELD_COLUMNS = {
    "articles": ("source", "input_hash", "first_run_id", "last_run_id", "removed_run_id"),
    "revisions": ("run_id",),
}
_WITHHELD_INDEXES = ("articles_source", "articles_removed_run_id", "revisions_run_id")
# Rows are in order of their keys, but for these: who searches is shown the last rows first, which are those
# read last where jobs wrote them, and here those printed last.
_ORDERS = {"quotes": "published, id"}
_TABLES = "SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name"
_OBJECTS = """
SELECT type, name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND type <> 'trigger' AND name NOT LIKE 'sqlite%' AND tbl_name NOT LIKE ? ESCAPE '!'
  AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
ORDER BY rowid
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a table of a snapshot has: how many rows, and which columns."""

    rows: int
    columns: tuple[str, ...]


def write_snapshot(source: Path, target: Path) -> dict[str, Kept]:
    """Write what readers may have of the database at `source` to the new file `target`.

    The copy is of one moment, even while a job writes. It has no write-ahead log: it can be served from a
    folder that cannot be written. Nothing in it names a file of this machine. Returns what each table has,
    those of the search included. Raises DatabaseError where `source` is none of ours.
    """
    if is_snapshot(source):
        raise DatabaseError(f"{source}: a published copy; name the database it was made from")
    open_quotes(source, create=False).close()  # brought up to date, or refused
    tables, indexes = _read_schema()
    with closing(_begin(source, target)) as connection:
        for name, sql in tables.items():
            _copy(connection, name, sql)
        for sql in indexes:
            connection.execute(sql)
        connection.execute("COMMIT")
        kept = {row[0]: _look(connection, row[0]) for row in connection.execute(_TABLES).fetchall()}
    with target.open("rb") as written:
        os.fsync(written.fileno())
    return kept


def is_snapshot(path: Path) -> bool:
    """Return whether the file at `path` was written by `write_snapshot`."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        header = file.read(_HEADER)
    return header[_ID_AT : _ID_AT + 4] == APPLICATION_ID.to_bytes(4, "big")


def _read_schema() -> tuple[dict[str, str], list[str]]:
    """Return the statements that make each table of a snapshot, and those that make its indexes."""
    with closing(open_quotes(Path(":memory:"))) as connection:
        objects = [tuple(row) for row in connection.execute(_OBJECTS, (_WITHHELD_LIKE,))]
    kept = [row for row in objects if row[1] not in (*_WITHHELD, *_WITHHELD_INDEXES)]
    tables = [(name, sql) for kind, name, sql in kept if kind == "table"]
    tables.sort(key=lambda table: _is_search(table[1]))  # a search table is built from another one's rows
    return dict(tables), [sql for kind, name, sql in kept if kind == "index" and "ON skipped " not in sql]


def _begin(source: Path, target: Path) -> Connection:
    """Return a connection to the empty `target` in a transaction that holds one state of `source`."""
    connection = sqlite3.connect(
        target.absolute().as_uri(), uri=True, isolation_level=None, factory=Connection
    )
    connection.name = f"{source}, copied to {target.parent}"
    connection.row_factory = sqlite3.Row
    # A file that nobody has yet needs no journal: a job cut off leaves nothing that is used.
    for setting in (
        f"page_size = {_PAGE_SIZE}",
        "journal_mode = OFF",
        "synchronous = OFF",
        f"cache_size = -{_CACHE_KB}",
        f"application_id = {APPLICATION_ID}",
    ):
        connection.execute(f"PRAGMA {setting}")
    # Only where nothing can be written beside it is the file taken as one that no job changes meanwhile.
    address = f"{source.absolute().as_uri()}?mode=rw" if may_write(source) else reading_address(source)
    connection.execute("ATTACH ? AS source", (address,))
    connection.execute("BEGIN")
    return connection


def _copy(connection: Connection, table: str, sql: str) -> None:
    """Make a table and fill it from the source; a search table is filled from the table it searches."""
    connection.execute(sql)
    if _is_search(sql):
        for command in ("rebuild", "optimize"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES (?)", (command,))  # noqa: S608
        return
    for column in _WITHHELD_COLUMNS.get(table, ()):
        connection.execute(f"ALTER TABLE main.{table} DROP COLUMN {column}")
    rows = connection.execute("SELECT name, pk FROM pragma_table_info(?, 'main')", (table,)).fetchall()
    columns = ", ".join(row["name"] for row in rows)
    keys = ", ".join(row["name"] for row in sorted(rows, key=itemgetter("pk")) if row["pk"])
    order = _ORDERS.get(table, keys)
    connection.execute(
        f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM source.{table} ORDER BY {order}"  # noqa: S608
    )


def _is_search(sql: str) -> bool:
    return sql.startswith("CREATE VIRTUAL TABLE")


def _look(connection: Connection, table: str) -> Kept:
    rows = connection.execute(f"SELECT count(*) FROM main.{table}").fetchone()[0]  # noqa: S608
    columns = connection.execute("SELECT name FROM pragma_table_info(?, 'main')", (table,))
    return Kept(rows, tuple(row["name"] for row in columns))
