"""Mending a quotes.db: what is derived is forgotten, what leads nowhere is dropped; what was read stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quotes.store.check import SEARCHES
from quotes.store.connect import immediate
from quotes.store.rules import ARTICLES, DERIVED, PENDING, ROWS, SEARCH
from quotes.store.write import mark_behind

if TYPE_CHECKING:
    from collections.abc import Collection

    from quotes.store.check import Finding
    from quotes.store.connect import Connection

_ROUNDS = 10  # a row that is dropped may leave others that lead nowhere
# What quotes repeat of their speakers and articles, for those who read them.
_REPEAT = (
    "UPDATE quotes SET speaker_id = s.speaker_id FROM article_speakers AS s"
    " WHERE s.id = quotes.article_speaker_id AND quotes.speaker_id IS NOT s.speaker_id",
    "UPDATE quotes SET speaker_id = NULL WHERE article_speaker_id IS NULL AND speaker_id IS NOT NULL",
    "UPDATE quotes SET outlet_id = a.outlet_id FROM articles AS a"
    " WHERE a.id = quotes.article_id AND quotes.outlet_id <> a.outlet_id",
)
_BROKEN = 'SELECT DISTINCT "table", parent, fkid FROM pragma_foreign_key_check'


def mend(connection: Connection, found: Collection[Finding]) -> None:
    """Mend what was found, as far as that is possible without reading articles again; all or nothing.

    What is derived is derived again, and articles marked here are analysed again, by whoever does that.
    """
    ways = {finding.how for finding in found}
    articles = [id_ for finding in found if finding.how == ARTICLES for id_ in finding.which]
    with immediate(connection):
        if ROWS in ways:
            _drop_orphans(connection)
        connection.execute(
            "UPDATE articles SET stages_version = '' WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(articles),),
        )
        if ways & {ROWS, ARTICLES, DERIVED}:
            for sql in _REPEAT:
                connection.execute(sql)
            connection.execute("DELETE FROM match_versions")
        if ways & {ROWS, ARTICLES, DERIVED, PENDING}:
            connection.execute("DELETE FROM match_settings")
            mark_behind(connection)
        if SEARCH in ways:
            connection.execute("REINDEX")
            for search in SEARCHES:
                connection.execute(f"INSERT INTO {search} ({search}) VALUES ('rebuild')")  # noqa: S608


def _drop_orphans(connection: Connection) -> None:
    """Drop rows that belong to a row that is gone; where a row only mentions one, it forgets that.

    Articles stay whatever they mention: they were read. An outlet that is gone is called by its id.
    """
    connection.execute(
        "INSERT INTO outlets (id, name) SELECT DISTINCT outlet_id, outlet_id FROM articles"
        " WHERE outlet_id NOT IN (SELECT id FROM outlets)"
    )
    for _ in range(_ROUNDS):
        broken = [row for row in connection.execute(_BROKEN).fetchall() if row[0] != "articles"]
        for table, parent, number in broken:
            _drop(connection, table, parent, number)
        if not broken:
            break


def _drop(connection: Connection, table: str, parent: str, number: int) -> None:
    column, key = connection.execute(
        'SELECT "from", "to" FROM pragma_foreign_key_list(?) WHERE id = ?', (table, number)
    ).fetchone()
    needed = connection.execute(
        'SELECT "notnull" OR pk FROM pragma_table_info(?) WHERE name = ?', (table, column)
    ).fetchone()[0]
    where = f"{column} IS NOT NULL AND {column} NOT IN (SELECT {key} FROM {parent})"  # noqa: S608
    if needed:
        connection.execute(f"DELETE FROM {table} WHERE {where}")  # noqa: S608
    elif column == "article_speaker_id":  # a quote has a speaker, or a reason for having none
        lost = f"SELECT article_id FROM quotes WHERE {where}"  # noqa: S608
        connection.execute(f"UPDATE articles SET stages_version = '' WHERE id IN ({lost})")  # noqa: S608
        connection.execute(
            f"UPDATE quotes SET {column} = NULL, no_speaker_reason = ? WHERE {where}",  # noqa: S608
            ("its speaker was lost from the database",),
        )
    else:
        connection.execute(f"UPDATE {table} SET {column} = NULL WHERE {where}")  # noqa: S608
