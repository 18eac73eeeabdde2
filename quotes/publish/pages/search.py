"""The search: statements with a printing that holds every word typed, and where the words stand in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotes.publish.pages.answers import fetch
from quotes.publish.pages.listed import Listed, list_statements
from quotes.publish.sql import home as sql
from quotes.publish.sql.listed import LISTED_BY_ID

if TYPE_CHECKING:
    from datasette.app import Datasette

    from quotes.publish.pages.answers import Row

MOST_FOUND = 50
_MOST_WORDS, _LONGEST_WORD = 30, 100
_MARKS = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, the best first; `too_long` says that its words are too common to search for.

    `newest` is how many quotes were looked through, where not all that hold the words were; else 0.
    """

    statements: tuple[Listed, ...]
    too_long: bool = False
    newest: int = 0

    @property
    def is_cut_off(self) -> bool:
        """Whether there may be more."""
        return len(self.statements) == MOST_FOUND


def read_search(typed: str | None) -> str:
    """Return what was typed into the search as words with single spaces, so many at most as are searched for.

    >>> read_search("  the ferry\\0\\tstops ")
    'the ferry stops'
    """
    words = (typed or "").replace("\0", " ").split()[:_MOST_WORDS]
    return " ".join(word[:_LONGEST_WORD] for word in words)


def write_match(search: str) -> str:
    """Return the words of `search` as the full-text index is asked for all of them.

    >>> write_match("the ferry")
    '"the" "ferry"'
    """
    return " ".join('"{}"'.format(word.replace('"', '""')) for word in search.split())


async def find(datasette: Datasette, database: str, search: str) -> Found:
    """Return the statements with a printing that holds every word of `search`."""
    from datasette.database import QueryInterrupted

    match = write_match(search)
    try:
        hits = await fetch(datasette, database, sql.FOUND, {"match": match, "size": MOST_FOUND})
        printed = await _read_printed(datasette, database, match, hits)
    except QueryInterrupted:
        return Found((), too_long=True)
    ids = json.dumps([hit["id"] for hit in hits])
    rows = await fetch(datasette, database, LISTED_BY_ID, {"ids": ids})
    listed = await list_statements(datasette, database, rows)
    found = (replace(one, printed=printed.get(row["id"], ())) for one, row in zip(listed, rows, strict=True))
    seen = hits[0]["seen"] if hits else 0
    return Found(tuple(found), newest=seen if seen == sql.MOST_SEEN else 0)


async def _read_printed(
    datasette: Datasette, database: str, match: str, hits: list[Row]
) -> dict[str, tuple[tuple[str, bool], ...]]:
    """Return, by statement, the words around its hit in pieces that say whether they are the hit."""
    printings = json.dumps([hit["printing"] for hit in hits])
    rows = await fetch(datasette, database, sql.SNIPPETS, {"match": match, "printings": printings})
    pieces = {row["printing"]: tuple(_divide(row["printed"])) for row in rows}
    return {hit["id"]: pieces.get(hit["printing"], ()) for hit in hits}


def _divide(printed: str) -> list[tuple[str, bool]]:
    """Return a text with marked words in pieces.

    >>> _divide("the \x02ferry\x03 stops")
    [('the ', False), ('ferry', True), (' stops', False)]
    """
    opening, closing = _MARKS
    first, *others = printed.split(opening)
    pieces = [(first, False)]
    for other in others:
        hit, _, rest = other.partition(closing)
        pieces += [(hit, True), (rest, False)]
    return [(words, is_hit) for words, is_hit in pieces if words]
