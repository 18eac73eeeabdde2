"""The derived tables: statements, wordings, changes and aggregates, written where they changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from quotes.store.connect import read_sql
from quotes.store.write import mark_derived, replace_rows
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from quotes.records import Statement, Wording
    from quotes.store.connect import Connection
    from quotes.store.rows import Row

AGGREGATES = {
    "speakers": ("id",),
    "speaker_outlet_stats": ("speaker_id", "outlet_id"),
    "outlet_stats": ("outlet_id",),
    "outlet_pair_stats": ("outlet_id", "other_outlet_id"),
    "outlet_followers": ("outlet_id", "follower_outlet_id"),
    "daily_counts": ("day",),
    "word_swaps": ("words_before", "words_after"),
}
_LABEL = 200  # characters
_SAME_WORDS = frozenset({"reference", "punctuation"})
_FORGET_UNITS = ("match_links", "match_quotes", "match_units", "match_keys")


def read_mark(connection: Connection) -> int:
    """Return the mark that the speakers were written with, from the file's own header; 0 at first."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def read_version(connection: Connection) -> str:
    """Return the version that the statements were derived with; "" at first."""
    row = connection.execute("SELECT version FROM match_versions").fetchone()
    return str(row[0]) if row else ""


def list_pending(connection: Connection, version: str) -> list[str]:
    """Return the quotes to be grouped: those that changed, or all where another version grouped them."""
    if read_version(connection) != version:
        for table in _FORGET_UNITS:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
        connection.execute("INSERT OR IGNORE INTO match_pending SELECT id FROM quotes")
        connection.execute("DELETE FROM match_versions")
        connection.execute("INSERT INTO match_versions VALUES (?)", (version,))
    return [row[0] for row in connection.execute("SELECT quote_id FROM match_pending ORDER BY quote_id")]


def list_statements(connection: Connection) -> set[str]:
    """Return the ids of all statements as they were derived last."""
    return {row[0] for row in connection.execute("SELECT id FROM statements")}


def redirect(connection: Connection, statements: Collection[str]) -> None:
    """Keep the ids of statements that no quote has any more, with those that hold their quotes now."""
    rows = connection.execute(read_sql("gone_to"), (json.dumps([*statements]),)).fetchall()
    aliases = {row[0]: row[1] for row in rows}
    connection.executemany(
        "INSERT OR REPLACE INTO statement_aliases (id, statement_id) VALUES (?, ?)", aliases.items()
    )
    moved = [(new, old) for old, new in aliases.items()]
    connection.executemany("UPDATE statement_aliases SET statement_id = ? WHERE statement_id = ?", moved)


def write_statements(
    connection: Connection, touched: Collection[str], statements: Sequence[Statement]
) -> None:
    """Write what the `touched` statements are now; one that is not among `statements` is none any more."""
    replace_rows(connection, "statements", [*map(_statement_row, statements)], scope=("id", touched))
    scope = ("statement_id", touched)
    replace_rows(connection, "wordings", list(_wording_rows(statements)), scope=scope)
    replace_rows(connection, "changes", list(_change_rows(statements)), scope=scope)
    quotes = list(_quote_rows(statements))
    replace_rows(connection, "quotes", quotes, scope=("id", [row["id"] for row in quotes]), keep=True)


def finish_derived(connection: Connection, touched: Collection[str]) -> None:
    """Write what follows from all statements, once those that changed are written."""
    ids = json.dumps([*touched])
    connection.execute(
        "UPDATE quotes SET statement_id = NULL, wording_id = NULL WHERE statement_id IS NOT NULL"
        " AND id IN (SELECT quote_id FROM match_pending) AND id NOT IN (SELECT quote_id FROM match_quotes)"
    )
    _write_repeats(connection, ids)
    connection.execute(read_sql("lead_on"))
    connection.execute(
        "DELETE FROM statement_aliases"
        " WHERE NOT EXISTS (SELECT 1 FROM statements AS s WHERE s.id = statement_aliases.statement_id)"
    )
    connection.execute("DELETE FROM statement_aliases WHERE id IN (SELECT id FROM quotes)")
    connection.execute(read_sql("forget_nobody"))
    connection.execute("DELETE FROM outlets WHERE id NOT IN (SELECT outlet_id FROM articles)")
    for table, key in AGGREGATES.items():
        replace_rows(connection, table, [dict(row) for row in connection.execute(read_sql(table))], key)
    connection.execute("DELETE FROM match_pending")
    mark_derived(connection)


def _statement_row(statement: Statement) -> Row:
    label = statement.label
    return {
        "id": statement.id,
        "label": label if len(label) <= _LABEL else label[:_LABEL].rpartition(" ")[0] + " …",
        "speaker_id": statement.speaker,
        "first_published": statement.first_published,
        "last_published": statement.last_published,
        "first_outlets": json.dumps(statement.first_outlets, ensure_ascii=False),
        "quote_count": statement.quote_count,
        "wording_count": len(statement.wordings),
        "outlet_count": statement.outlet_count,
        "drift": round(statement.drift, 4),
        "worst_change": statement.worst_change,
        "meaning_flags": ",".join(statement.meaning_flags) or None,
        "disputed_speaker": int(statement.disputed_speaker),
        "reference_basis": statement.reference_basis,
        "last_changed": _find_last_changed(statement),
    }


def _find_last_changed(statement: Statement) -> str | None:
    changed = (one for one in statement.wordings if one.change_kind not in _SAME_WORDS)
    return max((one.first_published for one in changed if one.first_published), default=None)


def _wording_rows(statements: Sequence[Statement]) -> Iterator[Row]:
    for statement in statements:
        for wording in statement.wordings:
            yield {
                "id": wording.id,
                "statement_id": statement.id,
                "text": wording.text,
                "is_reference": int(wording.is_reference),
                "parent_wording_id": wording.parent_id,
                "change_kind": wording.change_kind,
                "similarity": round(wording.similarity, 4),
                "quote_count": len(wording.quote_ids),
                "outlet_count": wording.outlet_count,
                "first_published": wording.first_published,
                "parent_basis": wording.parent_basis,
                "credited_outlet_id": wording.credited_outlet,
            }


def _change_rows(statements: Sequence[Statement]) -> Iterator[Row]:
    for statement in statements:
        for wording in statement.wordings:
            yield from _changes_of(statement, wording)


def _changes_of(statement: Statement, wording: Wording) -> Iterator[Row]:
    for position, change in enumerate(wording.changes):
        yield {
            "id": content_id("change", wording.id, str(position)),
            "statement_id": statement.id,
            "wording_id": wording.id,
            "position": position,
            "op": change.op,
            "words_before": change.words_before,
            "words_after": change.words_after,
            "kind": change.kind,
            "meaning_flag": change.meaning_flag,
            "flag_words": change.flag_words,
        }


def _quote_rows(statements: Sequence[Statement]) -> Iterator[Row]:
    for statement in statements:
        for wording in statement.wordings:
            for quote in wording.quote_ids:
                yield {"id": quote, "statement_id": statement.id, "wording_id": wording.id}


def _write_repeats(connection: Connection, touched: str) -> None:
    """Write which statements are nearly the same words on another occasion, or in another mouth."""
    closest: dict[tuple[str, str], float] = {}
    near = json.dumps([row[0] for row in connection.execute(read_sql("repeats_near"), (touched,))])
    for one, words, other, other_words in connection.execute(read_sql("repeated"), (near,)).fetchall():
        pair = (min(one, other), max(one, other))
        similarity = Indel.normalized_similarity(words.split(), other_words.split())
        closest[pair] = max(closest.get(pair, 0.0), round(similarity, 4))
    for column in ("statement_id", "other_statement_id"):
        connection.execute(
            f"DELETE FROM repeats WHERE {column} IN (SELECT value FROM json_each(?))",  # noqa: S608
            (near,),
        )
    rows = [(similarity, *pair) for pair, similarity in closest.items()]
    connection.executemany(read_sql("write_repeat"), rows)
