"""Finding what was printed of words that somebody remembers, and where wordings drifted apart."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes import store
from quotes.drift.remembered import (
    Closeness,
    choose_pairs,
    choose_words,
    measure_closeness,
    read_remembered,
)
from quotes.text.normal import words as read_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from quotes.drift.remembered import Remembered
    from quotes.store import Candidate, Connection, ShownStatement, ShownWording

MOST_WORDS = 500
"""More words than this are no quote to look for."""
_MOST_TERMS = 10
_NEAR_BEST = 0.7  # of what the closest statement has of the words
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """A statement, its wordings from the closest to the words on, and how close each of these is."""

    statement: ShownStatement
    wordings: tuple[tuple[ShownWording, Closeness], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for `words`: the closest statements first, of `count` that are close.

    Where none is close, `nearest` is the least far one, if any has a word in common.
    """

    words: str
    count: int
    statements: tuple[FoundStatement, ...]
    nearest: FoundStatement | None = None


def find(database: Path, words: str, limit: int) -> Found:
    """Return the statements of an existing `database` with wordings close to `words`, at most `limit`.

    Where `words` are the id of a statement, or of a quote or wording, its reference wording is looked for.
    """
    with closing(store.open_quotes(database, create=False)) as connection:
        return _find_by_id(connection, words) or _find_by_words(connection, words, limit)


def _find_by_id(connection: Connection, words: str) -> Found | None:
    identifier = words.strip().lower()
    holder = store.find_holder(connection, identifier) if _ID.fullmatch(identifier) else None
    statements = store.read_statements(connection, [holder] if holder else [])
    return next((Found(one.reference, 1, (_order(one, one.reference),)) for one in statements), None)


def _find_by_words(connection: Connection, words: str, limit: int) -> Found:
    keys = read_words(words)
    pairs, rare = choose_pairs(keys, _MOST_TERMS), choose_words(keys, _MOST_TERMS)
    candidates = store.find_candidates(connection, pairs, rare)
    ranked = _rank(read_remembered(keys), candidates)
    close = _choose_close(ranked)
    chosen = close[:limit] or [statement for statement, _ in ranked[:1]]
    read = tuple(_order(one, words) for one in store.read_statements(connection, chosen))
    return Found(words, len(close), read) if close else Found(words, 0, (), next(iter(read), None))


def _rank(remembered: Remembered, candidates: Iterable[Candidate]) -> list[tuple[str, Closeness]]:
    """Return the statements of the candidates, each as close as its closest wording, the closest first."""
    best: dict[str, Closeness] = {}
    for candidate in candidates:
        closeness = measure_closeness(remembered, read_words(candidate.text))
        best[candidate.statement_id] = max(closeness, best.get(candidate.statement_id, closeness))
    return sorted(best.items(), key=_place)


def _place(ranked: tuple[str, Closeness]) -> tuple[bool, float, float, str]:
    statement, closeness = ranked
    return (not closeness.is_close, -closeness.found, -closeness.share, statement)


def _choose_close(ranked: Sequence[tuple[str, Closeness]]) -> list[str]:
    """Return the statements that are close, without those that are far behind the closest."""
    least = _NEAR_BEST * max((closeness.found for _, closeness in ranked), default=0.0)
    return [
        one
        for one, closeness in ranked
        if closeness.is_part or (closeness.is_close and closeness.found >= least)
    ]


def _order(statement: ShownStatement, words: str) -> FoundStatement:
    """Return a statement with its wordings from the closest on; of like ones the reference first."""
    remembered = read_remembered(read_words(words))
    measured = [(one, measure_closeness(remembered, read_words(one.text))) for one in statement.wordings]
    measured.sort(key=lambda one: (-one[1].found, -one[1].share))
    return FoundStatement(statement, tuple(measured))


def list_drift(
    database: Path, orders: Iterable[str], limit: int, flag: str | None = None, since: str | None = None
) -> dict[str, tuple[ShownStatement, ...]]:
    """Return the statements of an existing `database` that drifted, for each of `orders`."""
    with closing(store.open_quotes(database, create=False)) as connection:
        return {order: store.read_drift(connection, order, limit, flag, since) for order in orders}
