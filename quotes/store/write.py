"""Writing quotes.db: runs, what was skipped, and one article a transaction."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlite_utils import Database

from quotes.store.connect import immediate
from quotes.store.rows import (
    Analysed,
    article_row,
    considered_rows,
    found_row,
    joint_rows,
    outlet_row,
    quote_rows,
    speaker_rows,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from quotes.records import Unreadable
    from quotes.store.connect import Connection
    from quotes.store.rows import Row


def start_run(connection: Connection, started_at: str, version: str, models: str) -> int:
    """Record that a job has begun and return its number."""
    with immediate(connection):
        cursor = connection.execute(
            "INSERT INTO runs (started_at, quotes_version, models) VALUES (?, ?, ?)",
            (started_at, version, models),
        )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def finish_run(connection: Connection, run: int, finished_at: str, counts: Mapping[str, int]) -> None:
    """Record what a job saw and did. `counts` has the columns of `runs`, each from 'articles_' on."""
    columns = "".join(f", articles_{name} = :{name}" for name in counts)
    with immediate(connection):
        connection.execute(
            f"UPDATE runs SET finished_at = :at{columns} WHERE id = :run",  # noqa: S608
            {"at": finished_at, "run": run, **counts},
        )


def write_skipped(connection: Connection, run: int, skipped: Iterable[Unreadable]) -> None:
    """Keep what gave no article, and why, once for each input and reason."""
    rows = [(one.source, one.outlet, one.reason, run, run) for one in skipped]
    with immediate(connection):
        connection.executemany(
            "INSERT INTO skipped (source, outlet, reason, times, first_run_id, run_id)"
            " VALUES (?, ?, ?, 1, ?, ?) ON CONFLICT (source, reason) DO UPDATE SET outlet = coalesce(excluded.outlet, outlet),"
            " times = times + (run_id <> excluded.run_id), run_id = excluded.run_id",
            rows,
        )


def write_article(connection: Connection, found: Analysed, run: int, replaces: str | None = None) -> None:
    """Write an article with its speakers and quotes, all at once; `replaces` is the id of one that goes.

    Quotes that stay the same keep their speaker, statement and wording until these are derived again.
    """
    article = article_row(found.article, found.stages_version) | found_row(found)
    speakers, quotes = speaker_rows(found), quote_rows(found)
    evidence = {"considered_speakers": considered_rows(found), "joint_speakers": joint_rows(found)}
    with immediate(connection):
        if replaces:
            connection.execute("DELETE FROM articles WHERE id = ?", (replaces,))
        _write_outlet(connection, outlet_row(found.article))
        _write_article_row(connection, article, run)
        scope = ("article_id", [article["id"]])
        replace_rows(connection, "article_speakers", speakers, scope=scope)
        replace_rows(connection, "quotes", quotes, scope=scope)
        _write_evidence(connection, article["id"], evidence)
        mark_behind(connection)


def _write_evidence(connection: Connection, article_id: str, evidence: Mapping[str, Sequence[Row]]) -> None:
    for table, rows in evidence.items():
        connection.execute(
            f"DELETE FROM {table} WHERE quote_id IN (SELECT id FROM quotes WHERE article_id = ?)",  # noqa: S608
            (article_id,),
        )
        Database(connection, execute_plugins=False).table(table).insert_all(rows)


def mark_behind(connection: Connection) -> int:
    """Count one more change that the derived tables do not know of, and return the count."""
    count = abs(read_changes(connection)) + 1
    connection.execute(f"PRAGMA user_version = {count}")
    return count


def mark_derived(connection: Connection) -> None:
    """Say that the derived tables know of all changes. The count goes on: a number stands for one state."""
    connection.execute(f"PRAGMA user_version = {-abs(read_changes(connection))}")


def read_changes(connection: Connection) -> int:
    """Return how many changes were ever written, from the file's own header.

    It is above 0 only where the derived tables do not know of all of them.
    """
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def replace_rows(
    connection: Connection,
    table: str,
    rows: Sequence[Row],
    key: Sequence[str] = ("id",),
    scope: tuple[str, Collection[str]] | None = None,
    keep: bool = False,
) -> None:
    """Make `rows` the rows of `table` (where a column has one of some values, in `scope`), where they differ.

    Columns that the rows do not name keep their values. Readers and the search index see no more than that.
    With `keep`, rows that are not among `rows` stay.
    """
    where = f" WHERE {scope[0]} IN (SELECT value FROM json_each(?))" if scope else ""  # noqa: S608
    value = (json.dumps([*scope[1]]),) if scope else ()
    columns = list(rows[0]) if rows else list(key)
    old = {}
    for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table}{where}", value):  # noqa: S608
        old[tuple(row[name] for name in key)] = tuple(row)
    new = {tuple(row[name] for name in key): tuple(row.values()) for row in rows}
    matches = " AND ".join(f"{name} = ?" for name in key)
    gone = [] if keep else [known for known in old if known not in new]
    connection.executemany(f"DELETE FROM {table} WHERE {matches}", gone)  # noqa: S608
    changed = [(*row, *known) for known, row in new.items() if known in old and old[known] != row]
    assignments = ", ".join(f"{name} = ?" for name in columns)
    connection.executemany(f"UPDATE {table} SET {assignments} WHERE {matches}", changed)  # noqa: S608
    added = [row for row in rows if tuple(row[name] for name in key) not in old]
    # A row may come from outside the scope: its id is the same, its place another.
    Database(connection, execute_plugins=False).table(table).insert_all(added, replace=scope is not None)


def _write_outlet(connection: Connection, row: Row) -> None:
    connection.execute(
        "INSERT INTO outlets (id, name, domain) VALUES (:id, :name, :domain)"
        " ON CONFLICT (id) DO UPDATE SET domain = coalesce(domain, excluded.domain)",
        row,
    )


def _write_article_row(connection: Connection, row: Row, run: int) -> None:
    names = [name for name in row if name != "id"]
    connection.execute(
        f"INSERT INTO articles (id, {', '.join(names)}, first_run_id, last_run_id)"  # noqa: S608
        f" VALUES (:id, {', '.join(f':{name}' for name in names)}, :run, :run)"
        f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names)},"
        " revision = revision + (content_hash <> excluded.content_hash), last_run_id = excluded.last_run_id",
        {**row, "run": run},
    )
