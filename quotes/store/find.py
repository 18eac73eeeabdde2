"""Finding statements by words that somebody remembers: what full-text search has for them, bounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.store.connect import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.store.connect import Connection

# Rows that full-text search may go through: of the words, the rarest are looked for until they have so many.
_MOST_SEEN = 200_000
# The best of these are taken, and of like ones one: the second bound is for a million prints of one quote.
_MOST_QUOTES, _MOST_WORDINGS = 2000, 400
_CANDIDATES = """
SELECT q.statement_id, q.text
FROM (
    SELECT rowid, rank FROM (
        SELECT rowid, rank FROM quotes_fts WHERE quotes_fts MATCH :match ORDER BY rowid DESC LIMIT :seen
    ) ORDER BY rank LIMIT :quotes
) AS f
CROSS JOIN quotes AS q ON q.rowid = f.rowid
WHERE q.statement_id IS NOT NULL
GROUP BY q.wording_id ORDER BY min(f.rank), q.statement_id LIMIT :wordings
"""
_COUNT = "SELECT count(*) FROM quotes_fts WHERE quotes_fts MATCH :match"
_HOLDER = """
SELECT statement_id FROM quotes WHERE id = :id AND statement_id IS NOT NULL
UNION ALL
SELECT statement_id FROM statement_aliases WHERE id = :id
LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A wording that has some of the words, and its statement."""

    statement_id: str
    text: str


def find_candidates(connection: Connection, pairs: Sequence[str], words: Sequence[str]) -> list[Candidate]:
    """Return wordings that have any of `pairs` of neighbouring words or of `words`, both the rarest first.

    The likeliest come first. Words are words: nothing in them is read as a query.
    """
    with reading(connection):
        terms = [*map(_quote, pairs), *_choose_words(connection, words)]
        values = {
            "match": " OR ".join(filter(None, terms)),
            "seen": _MOST_SEEN,
            "quotes": _MOST_QUOTES,
            "wordings": _MOST_WORDINGS,
        }
        rows = connection.execute(_CANDIDATES, values).fetchall() if values["match"] else []
    return [Candidate(row["statement_id"], row["text"]) for row in rows]


def _choose_words(connection: Connection, words: Sequence[str]) -> list[str]:
    """Return the first of `words`, quoted, that together stand in few enough quotes."""
    chosen: list[str] = []
    seen = 0
    for word in filter(None, map(_quote, words)):
        seen += connection.execute(_COUNT, {"match": word}).fetchone()[0]
        if seen > _MOST_SEEN:
            break
        chosen.append(word)
    return chosen


def find_holder(connection: Connection, identifier: str) -> str | None:
    """Return the id of the statement that holds a quote, wording or former statement, if any."""
    row = connection.execute(_HOLDER, {"id": identifier}).fetchone()
    return row["statement_id"] if row else None


def _quote(words: str) -> str:
    """Return `words` as a phrase of full-text search, "" for none.

    >>> _quote('say "NEAR'), _quote("")
    ('"say NEAR"', '')
    """
    plain = " ".join(words.replace("\0", " ").replace('"', " ").split())
    return f'"{plain}"' if plain else ""
