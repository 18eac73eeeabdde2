"""The tables of a grouping, read and written step by step inside one transaction."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from quotes.records import NOT_SPEECH, Link, Place, Printed, Unit
from quotes.store.connect import read_sql
from quotes.text.printing import find_article, name_edition

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from numpy.typing import NDArray

    from quotes.store.connect import Connection

    Integers = NDArray[np.int64]

_PRINTED = "quotes LEFT JOIN speakers ON speakers.id = quotes.speaker_id"
# A described source is nobody: “an official” is no evidence for or against a name.
_PRINTED_COLUMNS = """
    quotes.id, text, outlet_id, published, CASE speakers.kind WHEN 'anonymous' THEN NULL ELSE speaker_id END,
    article_id, quotes.kind, inside_quote_id, first_revision, last_revision, altered_to_id
"""
_LINK_COLUMNS = "one, other, kind, support, is_told"


class Grouping:
    """What is kept of a grouping: `quotes.match.kept.Kept` says what each method is for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read_printed(self, quotes: Collection[str]) -> list[Printed]:
        """Return those of the quotes that exist and belong to a statement.

        One that its article does not print any more is of another edition: it may stand in other words now.
        """
        rows = self._select(_PRINTED_COLUMNS, _PRINTED, "quotes.id", quotes)
        return [_read_printed(row) for row in rows if row[6] not in NOT_SPEECH and row[7] is None]

    def find_units(self, quotes: Collection[str]) -> set[int]:
        """Return the units that the quotes are in."""
        return {row[0] for row in self._select("unit_id", "match_quotes", "quote_id", quotes)}

    def find_contents(self, contents: Collection[int]) -> set[int]:
        """Return the units with these contents."""
        return {row[0] for row in self._select("id", "match_units", "content", contents)}

    def read_contents(self, units: Collection[int]) -> dict[int, int]:
        """Return the content of each of the units that there is."""
        return {row[0]: row[1] for row in self._select("id, content", "match_units", "id", units)}

    def find_in_stories(self, stories: Collection[int]) -> set[int]:
        """Return the units in these firm components."""
        return {row[0] for row in self._select("id", "match_units", "story", stories)}

    def find_in_clusters(self, clusters: Collection[int]) -> set[int]:
        """Return the units in these clusters."""
        return {row[0] for row in self._select("id", "match_units", "cluster", clusters)}

    def find_in_articles(self, articles: Collection[str]) -> list[tuple[str, int]]:
        """Return each of the articles with each unit that it prints."""
        wanted = {*map(find_article, articles)}
        return list(set(self._select("article_id, unit_id", "match_quotes", "article_id", wanted)))

    def list_quotes(self, units: Collection[int]) -> list[str]:
        """Return the quotes of the units."""
        return [row[0] for row in self._select("quote_id", "match_quotes", "unit_id", units)]

    def list_articles(self, units: Collection[int]) -> set[str]:
        """Return the articles that print the units."""
        return {row[0] for row in self._select("article_id", "match_quotes", "unit_id", units)} - {""}

    def read_units(self, units: Collection[int]) -> list[Unit]:
        """Return the units, without their quotes."""
        columns = "id, content, text, words, speaker, published, first_quote_id, articles"
        rows = self._select(columns, "match_units", "id", units)
        return [
            Unit(id_, content, text, words, speaker, published, first, _read_list(articles))
            for id_, content, text, words, speaker, published, first, articles in rows
        ]

    def read_places(self, units: Collection[int]) -> dict[int, Place]:
        """Return where the units belong."""
        rows = self._select("id, story, cluster, statement_id", "match_units", "id", units)
        return {row[0]: Place(*row[1:]) for row in rows}

    def read_postings(self, keys: Collection[int]) -> dict[int, Integers]:
        """Return the ids of the units under each key, in order; keys without any are missing."""
        rows = self._select("key, unit_ids", "match_keys", "key", keys)
        return {key: np.frombuffer(units, dtype="<i8").astype(np.int64) for key, units in rows}

    def read_links(self, units: Collection[int]) -> list[Link]:
        """Return the links with one of the units at either end."""
        ends = [self._select(_LINK_COLUMNS, "match_links", end, units) for end in ("one", "other")]
        return [_read_link(row) for row in {*ends[0], *ends[1]}]

    def read_links_between(self, pairs: Collection[tuple[int, int]]) -> list[Link]:
        """Return those links whose units, one behind the other, are among the pairs."""
        rows = self._connection.execute(read_sql("links_between"), (json.dumps(list(pairs)),))
        return [_read_link(tuple(row)) for row in rows]

    def list_altered(self, units: Collection[int]) -> set[tuple[int, int]]:
        """Return the pairs of units, one of these among them, that an outlet altered one to the other."""
        rows = self._connection.execute(read_sql("altered_units"), (json.dumps([*units]),))
        return {(row[0], row[1]) for row in rows}

    def write_units(self, units: Collection[Unit]) -> None:
        """Write units and their quotes, each unit as a statement of its own."""
        self._connection.executemany(
            "INSERT INTO match_units (id, content, text, words, speaker, published, first_quote_id, articles,"
            " story, cluster, statement_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    u.id,
                    u.content,
                    u.text,
                    u.words,
                    u.speaker,
                    u.published,
                    u.first,
                    json.dumps(u.articles),
                    u.id,
                    u.id,
                    u.first,
                )
                for u in units
            ),
        )
        self._connection.executemany(
            read_sql("write_unit_quotes"),
            ((u.id, json.dumps([*map(find_article, u.articles)]), json.dumps(u.quotes)) for u in units),
        )

    def delete_units(self, units: Collection[int]) -> None:
        """Forget units, their quotes and their links."""
        for table, column in (
            ("match_links", "one"),
            ("match_links", "other"),
            ("match_quotes", "unit_id"),
            ("match_units", "id"),
        ):
            self._connection.execute(
                f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))",  # noqa: S608
                (json.dumps(list(units)),),
            )

    def write_postings(self, postings: Mapping[int, Integers]) -> None:
        """Write the units under each key; a key with none goes."""
        filled = ((key, units.astype("<i8").tobytes()) for key, units in postings.items() if len(units))
        self._connection.executemany(
            "INSERT OR REPLACE INTO match_keys (key, unit_ids) VALUES (?, ?)", filled
        )
        empty = ((key,) for key, units in postings.items() if not len(units))
        self._connection.executemany("DELETE FROM match_keys WHERE key = ?", empty)

    def write_links(self, links: Iterable[Link]) -> None:
        """Write links in place of those between the same units; those without support go."""
        links = list(links)
        self._connection.executemany(
            "INSERT OR REPLACE INTO match_links (one, other, kind, support, is_told) VALUES (?, ?, ?, ?, ?)",
            ((link.one, link.other, link.kind, link.support, link.is_told) for link in links if link.support),
        )
        gone = ((link.one, link.other) for link in links if not link.support)
        self._connection.executemany("DELETE FROM match_links WHERE one = ? AND other = ?", gone)

    def write_stories(self, stories: Mapping[int, int]) -> None:
        """Write the firm component of units."""
        rows = ((story, unit) for unit, story in stories.items())
        self._connection.executemany("UPDATE match_units SET story = ? WHERE id = ?", rows)

    def write_places(self, places: Mapping[int, Place]) -> None:
        """Write where units belong."""
        rows = ((place.story, place.cluster, place.statement, unit) for unit, place in places.items())
        self._connection.executemany(
            "UPDATE match_units SET story = ?, cluster = ?, statement_id = ? WHERE id = ?", rows
        )

    def _select(
        self, columns: str, table: str, column: str, values: Collection[int] | Collection[str]
    ) -> list[tuple[Any, ...]]:
        """Return the rows of a table where a column has one of the values."""
        query = f"SELECT {columns} FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"  # noqa: S608
        return [tuple(row) for row in self._connection.execute(query, (json.dumps(list(values)),))]


def _read_printed(row: tuple[Any, ...]) -> Printed:
    id_, text, outlet, published, speaker, article, _, _, first, last, altered_to = row
    edition = article if last is None else name_edition(article, last)
    return Printed(id_, text, outlet, published, speaker, edition, revision=first, altered_to=altered_to)


def _read_list(written: str) -> tuple[str, ...]:
    return tuple(json.loads(written)) if written != "[]" else ()


def _read_link(row: tuple[Any, ...]) -> Link:
    one, other, kind, support, is_told = row
    return Link(one, other, kind, support, bool(is_told))
