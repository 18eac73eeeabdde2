"""Databases that former versions made, kept as SQL text in tests/old_dbs.

`python tests/unit/old_databases.py FILE.db > tests/old_dbs/NNNN.sql` writes one more, from a small job of
that version over tests/old_dbs/story; `story.csv` is its manifest.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).resolve().parents[1] / "old_dbs"
MANIFEST = FOLDER / "story" / "story.csv"
VERSIONS = tuple(sorted(path.stem for path in FOLDER.glob("[0-9]*.sql")))
_OBJECTS = """
SELECT type, name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'
  AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
ORDER BY rowid
"""
_HEADER = ("user_version", "application_id")


def build(version: str, path: Path) -> Path:
    """Write the database of a former version to `path`, as that version left it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FOLDER / f"{version}.sql").read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
    return path


def write_sql(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the script that makes a database again: tables, rows, then what follows rows."""
    objects = connection.execute(_OBJECTS).fetchall()
    tables = [(name, sql) for kind, name, sql in objects if kind == "table" and "VIRTUAL" not in sql]
    searches = [(name, sql) for kind, name, sql in objects if kind == "table" and "VIRTUAL" in sql]
    yield "BEGIN;"
    for name, sql in tables:
        yield f"{sql};"
        names = [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (name,))]
        values = " || ', ' || ".join(f"quote({column})" for column in names)
        for (row,) in connection.execute(f"SELECT {values} FROM {name} ORDER BY 1"):
            yield f"INSERT INTO {name} VALUES ({row});"
    for name, sql in searches:
        yield f"{sql};"
        yield f"INSERT INTO {name} ({name}) VALUES ('rebuild');"
    yield from (f"{sql};" for kind, _, sql in objects if kind != "table")
    yield "COMMIT;"
    for setting in _HEADER:
        yield f"PRAGMA {setting} = {connection.execute(f'PRAGMA {setting}').fetchone()[0]};"


if __name__ == "__main__":
    with closing(sqlite3.connect(sys.argv[1])) as opened:
        sys.stdout.writelines(f"{line}\n" for line in write_sql(opened))
