"""Making databases as small as what they hold, while readers go on."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from quotes.errors import DatabaseError
from quotes.store.backup import begin, check_room, discard, measure
from quotes.store.connect import connect, immediate, may_write
from quotes.store.merge import attached

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.store.connect import Connection

_ROOM = 3  # times the size of a database: a copy, and a log of all pages
_PRUNE = (
    "DELETE FROM inputs WHERE (article_id, input_hash) NOT IN (SELECT id, input_hash FROM held.articles)",
    "DELETE FROM places WHERE path IN"
    " (SELECT path FROM place_articles WHERE article_id NOT IN (SELECT id FROM held.articles))",
    "DELETE FROM visits WHERE article_id NOT IN (SELECT id FROM held.articles)",
    "DELETE FROM annotations WHERE models_version NOT IN"
    " (SELECT substr(stages_version, 1, instr(stages_version, ' ')) || :rules FROM held.articles"
    " UNION ALL SELECT * FROM (SELECT models || ' ' || :rules FROM held.runs ORDER BY id DESC LIMIT 1))",
    "DELETE FROM texts WHERE content_hash NOT IN (SELECT content_hash FROM held.articles"
    " UNION ALL SELECT content_hash FROM held.revisions UNION ALL SELECT content_hash FROM inputs)",
)
_SEARCHES = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE %'"


def prune_texts(texts: Connection, database: Path, annotation_rules: str) -> None:
    """Forget what no article or revision in the quotes.db at `database` needs.

    That is: articles as they were read before, files and addresses that gave articles that are gone,
    annotations but those by the models of the articles and the last job, under `annotation_rules`, and texts
    that none of these has.
    """
    with attached(texts, database, "held"), immediate(texts):
        for sql in _PRUNE:
            texts.execute(sql, {"rules": annotation_rules} if ":rules" in sql else ())


def check_shrinking(path: Path) -> None:
    """Raise DatabaseError where the database at `path` cannot be written, or its disk has no room for it."""
    if not may_write(path):
        raise DatabaseError(f"{path}: cannot be written; check its permissions and its folder's")
    check_room(path, _ROOM * measure(path), "making it smaller")


def shrink(path: Path) -> None:
    """Write the database at `path` anew, without what was deleted; the caller holds its lock.

    It is written to a file beside it, where the search indexes are built again: rows of tables whose key is
    text get other numbers. From there it is copied back in one transaction: who reads sees the former state
    or this one, and a job that is cut off leaves the former.
    """
    begun = path.with_name(f"{path.name}.vacuum")
    try:
        begin(begun)
        with closing(connect(path, create=False)) as connection:
            before = connection.execute("PRAGMA data_version").fetchone()[0]
            connection.execute("VACUUM INTO ?", (str(begun),))
            _rebuild_searches(begun)
            if connection.execute("PRAGMA data_version").fetchone()[0] != before:
                raise DatabaseError(f"{path}: another program wrote to it meanwhile; run it again")
            _copy_back(begun, connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA optimize")
    finally:
        with suppress(OSError):
            discard(begun)


def _rebuild_searches(path: Path) -> None:
    with closing(connect(path, create=False)) as connection:
        for (search,) in connection.execute(_SEARCHES).fetchall():
            for command in ("rebuild", "optimize"):
                connection.execute(f"INSERT INTO {search} ({search}) VALUES (?)", (command,))  # noqa: S608
        if (said := connection.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
            raise DatabaseError(f"{path.stem}: damaged ({said}); see what `quotes check` says")


def _copy_back(begun: Path, connection: Connection) -> None:
    try:
        with closing(connect(begun, create=False)) as source:
            source.backup(connection)
    except sqlite3.Error as error:
        raise DatabaseError(f"{connection.name}: {error}; it is as it was") from error
