"""Writing quotes.db: runs, what was skipped, and one article a transaction."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlite_utils import Database

from quotes.store.connect import immediate, read_sql
from quotes.store.revise import bequeath, find_fate, keep_speakers, rename_article, retire
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
    from collections.abc import Collection, Mapping, Sequence

    from quotes.records import Unreadable
    from quotes.store.connect import Connection
    from quotes.store.revise import Fate
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


def finish_run(
    connection: Connection,
    run: int,
    finished_at: str,
    counts: Mapping[str, int],
    stopped_by: str | None = None,
) -> None:
    """Record what a job saw and did, in columns of `runs`, and what it could not go on for."""
    columns = "".join(f", {name} = :{name}" for name in counts)
    with immediate(connection):
        connection.execute(
            f"UPDATE runs SET finished_at = :at, stopped_by = :stopped_by{columns} WHERE id = :run",  # noqa: S608
            {"at": finished_at, "stopped_by": stopped_by, "run": run, **counts},
        )


def write_skipped(connection: Connection, run: int, skipped: Unreadable) -> bool:
    """Keep what gave no article, and why, and return whether an earlier job said the same of it."""
    with immediate(connection):
        row = connection.execute(
            "INSERT INTO skipped (source, outlet, reason, times, first_run_id, run_id)"
            " VALUES (:source, :outlet, :reason, 1, :run, :run) ON CONFLICT (source, reason) DO UPDATE"
            " SET outlet = coalesce(excluded.outlet, outlet), times = times + (run_id <> excluded.run_id),"
            " run_id = excluded.run_id RETURNING first_run_id",
            {"source": skipped.source, "outlet": skipped.outlet, "reason": skipped.reason, "run": run},
        ).fetchone()
    return bool(row[0] < run)


def write_input_hash(connection: Connection, article_id: str, input_hash: str) -> None:
    """Write what stands for all that was read of an article whose row is right in everything else."""
    with immediate(connection):
        connection.execute("UPDATE articles SET input_hash = ? WHERE id = ?", (input_hash, article_id))


def write_article(
    connection: Connection, found: Analysed, run: int, replaces: str | None = None, *, is_redone: bool = False
) -> int:
    """Write an article with its speakers and quotes, all at once, and return how many its outlet altered.

    A text that the same stages read otherwise before is a new revision: the quotes that it does not print any
    more stay, as of the revision before, and lead to those that took their place. Any other change is written
    in place. `replaces` is the id under which an article that is new is stored so far. Quotes that stay the
    same keep their speaker, statement and wording until these are derived again. One that was taken to be
    removed stands again, unless it `is_redone` as it was read before.
    """
    article = article_row(found.article, found.stages_version) | found_row(found)
    speakers, quotes = speaker_rows(found), quote_rows(found)
    evidence = {"considered_speakers": considered_rows(found), "joint_speakers": joint_rows(found)}
    with immediate(connection):
        if replaces:
            rename_article(connection, replaces, article["id"])
        revision = _keep_revision(connection, article)
        fate = find_fate(connection, article["id"], quotes, speakers, revision)
        _write_outlet(connection, outlet_row(found.article))
        _write_article_row(connection, article, run, is_redone)
        retire(connection, fate)
        replace_rows(
            connection, "quotes", _stand(quotes, fate), scope=("article_id", [article["id"]]), keep=True
        )
        bequeath(connection, article, fate)
        _write_evidence(connection, article["id"], evidence)
        named = keep_speakers(connection, article["id"], speakers, fate)
        replace_rows(connection, "article_speakers", named, scope=("article_id", [article["id"]]))
        mark_behind(connection)
    return len(fate.altered)


def mark_removed(connection: Connection, reasons: Mapping[str, str], run: int) -> int:
    """Mark articles, by their ids, as removed for these reasons; return how many were not marked before.

    Nothing else of them changes: what was printed was printed.
    """
    rows = [(reason, run, article) for article, reason in reasons.items()]
    with immediate(connection):
        return connection.executemany(
            "UPDATE articles SET removed = ?, removed_run_id = ? WHERE id = ? AND removed IS NULL", rows
        ).rowcount


def mark_standing(connection: Connection, articles: Collection[str]) -> int:
    """Say of articles that they stand where they were read; return how many were marked as removed."""
    with immediate(connection):
        return connection.execute(
            "UPDATE articles SET removed = NULL, removed_run_id = NULL"
            " WHERE removed IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
            (json.dumps([*articles]),),
        ).rowcount


def _keep_revision(connection: Connection, article: Row) -> int | None:
    """Keep what the article was before, where its text is another one; return the revision that goes.

    It is None where nothing goes, and where other stages read it: a difference may be theirs.
    """
    row = connection.execute(
        "SELECT content_hash, stages_version, revision FROM articles WHERE id = ?", (article["id"],)
    ).fetchone()
    if row is None or row["content_hash"] == article["content_hash"]:
        return None
    connection.execute(read_sql("keep_revision"), (article["id"],))
    return int(row["revision"]) if row["stages_version"] == article["stages_version"] else None


def _stand(quotes: Sequence[Row], fate: Fate) -> list[Row]:
    """Return the rows of quotes that stand in their article."""
    stands = {"last_revision": None, "altered_to_id": None}
    return [{**row, **stands, "first_revision": fate.first[row["id"]]} for row in quotes]


def _write_evidence(connection: Connection, article_id: str, evidence: Mapping[str, Sequence[Row]]) -> None:
    """Write the evidence of the quotes that stand in an article; that of former ones stays."""
    for table, rows in evidence.items():
        connection.execute(
            f"DELETE FROM {table} WHERE quote_id IN"  # noqa: S608
            " (SELECT id FROM quotes WHERE article_id = ? AND last_revision IS NULL)",
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
    """Write an outlet; which of its names and domains it goes by depends on no order of its articles."""
    connection.execute(
        "INSERT INTO outlets (id, name, domain) VALUES (:id, :name, :domain)"
        " ON CONFLICT (id) DO UPDATE SET name = min(name, excluded.name),"
        " domain = coalesce(min(domain, excluded.domain), domain, excluded.domain)",
        row,
    )


def _assign(name: str) -> str:
    """Return how a column is written over: the source says where the present content was read first."""
    if name == "source":
        return "source = CASE WHEN input_hash = excluded.input_hash THEN source ELSE excluded.source END"
    return f"{name} = excluded.{name}"


def _write_article_row(connection: Connection, row: Row, run: int, is_redone: bool) -> None:
    names = [name for name in row if name != "id"]
    connection.execute(
        f"INSERT INTO articles (id, {', '.join(names)}, first_run_id, last_run_id)"  # noqa: S608
        f" VALUES (:id, {', '.join(f':{name}' for name in names)}, :run, :run)"
        f" ON CONFLICT (id) DO UPDATE SET {', '.join(map(_assign, names))},"
        " revision = revision + (content_hash <> excluded.content_hash), last_run_id = excluded.last_run_id,"
        " removed = iif(:redone, removed, NULL), removed_run_id = iif(:redone, removed_run_id, NULL)",
        {**row, "run": run, "redone": is_redone},
    )
