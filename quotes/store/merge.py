"""Adding what another database holds: rows under their content ids, one transaction for each database."""

from __future__ import annotations

import json
import tempfile
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import DatabaseError
from quotes.store.backup import copy
from quotes.store.cache import texts_path
from quotes.store.connect import connect, immediate, looking_address, read_sql
from quotes.store.migrate import find_data, list_migrations, open_quotes
from quotes.store.snapshot import is_snapshot
from quotes.store.write import mark_behind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.store.connect import Connection

_OF_ARTICLE = "article_id IN (SELECT id FROM taken)"
_OF_QUOTE = f"quote_id IN (SELECT id FROM other.quotes WHERE {_OF_ARTICLE})"  # noqa: S608
# Tables of what was read, parents first, and which rows of them come; whatever else there is, is derived.
_TABLES = {
    "articles": "id IN (SELECT id FROM taken)",
    "revisions": _OF_ARTICLE,
    "article_speakers": _OF_ARTICLE,
    "quotes": _OF_ARTICLE,
    "considered_speakers": _OF_QUOTE,
    "joint_speakers": _OF_QUOTE,
}
_READ = (*_TABLES, "_migrations", "outlets", "runs", "skipped", "statement_aliases")
# A view would run somebody else's queries, without end perhaps.
_NO_TABLES = (
    "SELECT name FROM pragma_table_list WHERE schema = 'other' AND type <> 'table'"
    " AND name IN (SELECT value FROM json_each(?))"
)
_VALUES = {
    **dict.fromkeys(("first_run_id", "last_run_id", "run_id"), ":run"),
    "removed_run_id": "iif(removed_run_id IS NULL, NULL, :run)",
    **dict.fromkeys(("speaker_id", "statement_id", "wording_id", "merge_evidence"), "NULL"),
}
_CACHED = {
    "texts": ("content_hash, text", "true"),
    "annotations": ("content_hash, models_version, data", "true"),
    "inputs": (
        "article_id, input_hash, content_hash, record",
        "(article_id, input_hash) IN (SELECT id, input_hash FROM held.articles)",
    ),
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """An article that two databases hold otherwise; `is_taken` says that the other one took its place."""

    article: str
    has_other_words: bool
    revision: int
    other_revision: int
    is_taken: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """How many articles a database held, how many of them are new or took another's place, and conflicts.

    `mark` is the one that its speakers were written with.
    """

    read: int
    added: int
    changed: int
    conflicts: tuple[Conflict, ...]
    mark: int


@contextmanager
def readable(path: Path) -> Iterator[Path]:
    """Hold a database of this version with what the one at `path` holds: that one, or an upgraded copy.

    The file at `path` is not written. Raises DatabaseError where it is missing, a published copy, or none of
    ours.
    """
    if not path.is_file():
        raise DatabaseError(f"{path}: no such database; nothing was merged")
    if is_snapshot(path):
        raise DatabaseError(
            f"{path}: a published copy lacks what merging needs; name the database it is from"
        )
    applied = _read_applied(path)
    known = list_migrations(find_data() / "migrations").keys()
    if not applied or applied - known:
        reason = "made by a newer version; upgrade quotes" if applied else "not a database that quotes made"
        raise DatabaseError(f"{path}: {reason}; nothing was merged")
    if applied == known:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
        copied = Path(folder) / "copy.db"
        copy(path, copied)
        try:
            open_quotes(copied, create=False).close()
        except DatabaseError as error:
            raise DatabaseError(f"{path}: cannot be upgraded to be merged ({error})") from error
        yield copied


@contextmanager
def attached(connection: Connection, path: Path, schema: str = "other") -> Iterator[None]:
    """Hold the database at `path` open for reading beside that of `connection`."""
    connection.execute(f"ATTACH ? AS {schema}", (looking_address(path),))
    try:
        yield
    finally:
        connection.execute(f"DETACH {schema}")


def merge_quotes(connection: Connection, run: int) -> Merged:
    """Add the articles of the attached database with all that was found in them, as of the job `run`.

    Of an article that both hold otherwise, that of the higher revision stays, or that of the later job where
    these are the same. What is derived waits to be derived again.
    """
    with immediate(connection):
        conflicts = tuple(
            Conflict(row[0], bool(row[1]), row[2], row[3], bool(row[4]))
            for row in connection.execute(read_sql("merge_conflicts"))
        )
        gone = [(one.article,) for one in conflicts if one.is_taken]
        connection.executemany("DELETE FROM main.articles WHERE id = ?", gone)
        connection.execute("CREATE TEMP TABLE taken (id TEXT PRIMARY KEY)")
        connection.execute(
            "INSERT INTO taken SELECT id FROM other.articles WHERE id NOT IN (SELECT id FROM main.articles)"
        )
        connection.execute(read_sql("merge_outlets"))
        for table, belongs in _TABLES.items():
            _copy_rows(connection, table, belongs, run)
        connection.execute(read_sql("merge_skipped"), {"run": run})
        read, taken = (_count(connection, table) for table in ("other.articles", "taken"))
        connection.execute("DROP TABLE taken")
        if taken:
            mark_behind(connection)
        mark = connection.execute("PRAGMA other.application_id").fetchone()[0]
    return Merged(read, taken - len(gone), len(gone), conflicts, mark)


def merge_former_ids(connection: Connection) -> None:
    """Let former ids of the attached database's statements lead on, once statements are derived again."""
    with immediate(connection):
        connection.execute(read_sql("merge_former_ids"))


def merge_texts(texts: Connection, other: Path, database: Path) -> None:
    """Add the texts, annotations and inputs of the cache of the database at `other`, if it has one.

    Inputs come as far as the quotes.db at `database` holds their articles so. Raises DatabaseError, and
    nothing is added, where the other cache cannot be used.
    """
    if not texts_path(other).is_file():
        return
    with attached(texts, texts_path(other)), attached(texts, database, "held"), immediate(texts):
        tables = [row[0] for row in texts.execute("SELECT name FROM other.sqlite_master")]
        for table, (columns, belongs) in _CACHED.items():
            if table in tables:
                texts.execute(
                    f"INSERT OR IGNORE INTO main.{table} ({columns})"  # noqa: S608
                    f" SELECT {columns} FROM other.{table} WHERE {belongs}"
                )


def _read_applied(path: Path) -> set[str]:
    with closing(connect(Path(":memory:"))) as connection:
        connection.name = str(path)
        with attached(connection, path):
            if odd := connection.execute(_NO_TABLES, (json.dumps(_READ),)).fetchone():
                raise DatabaseError(f"{path}: its {odd[0]} is no table, as it has to be; nothing was merged")
            tables = [row[0] for row in connection.execute("SELECT name FROM other.sqlite_master")]
            rows = connection.execute("SELECT name FROM other._migrations") if "_migrations" in tables else ()
            return {row[0] for row in rows}


def _copy_rows(connection: Connection, table: str, belongs: str, run: int) -> None:
    names = connection.execute("SELECT name FROM pragma_table_info(?, 'main')", (table,)).fetchall()
    columns = [row[0] for row in names]
    values = ", ".join(_VALUES.get(column, column) for column in columns)
    connection.execute(
        f"INSERT INTO main.{table} ({', '.join(columns)})"  # noqa: S608
        f" SELECT {values} FROM other.{table} WHERE {belongs} ORDER BY 1",
        {"run": run},
    )


def _count(connection: Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
