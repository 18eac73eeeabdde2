"""The SQL functions `word_diff` and `similarity`, for every connection of Datasette and of sqlite-utils.

Visitors may call them in any SQL on any value. So neither raises, and neither works for long: what takes more
than about 20 ms to compare gives NULL. What they need is imported at the first call, as sqlite-utils loads
this module for every file that it opens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pluggy import HookimplMarker

if TYPE_CHECKING:
    import sqlite3

MOST_CHARACTERS = 3000
"""A text of more characters than this is compared with nothing."""
MOST_ALIGNED = 350 * 350
"""The number of words of two texts, multiplied: above it `word_diff` gives NULL."""


def register(connection: sqlite3.Connection) -> None:
    """Give a connection both functions."""
    for function in (word_diff, similarity):
        connection.create_function(function.__name__, 2, function, deterministic=True)


def word_diff(before: Any, after: Any) -> str | None:
    """Return `after` with what differs from `before` in brackets; None where either is no text or too long.

    >>> word_diff("We will go today.", "We may go")
    'We [will → may] go [−today]'
    """
    from quotes.drift.changes import read_printing
    from quotes.publish.brackets import write_marked
    from quotes.publish.diff import compare

    before, after = _read_text(before), _read_text(after)
    if before is None or after is None:
        return None
    if len(read_printing(before).words) * len(read_printing(after).words) > MOST_ALIGNED:
        return None
    return write_marked(compare(before, after))


def similarity(one: Any, other: Any) -> float | None:
    """Return how alike the words of two texts are, from 0 to 1, as `wordings.similarity` says it.

    None where either is no text or too long.

    >>> similarity("We will go", "we may go.")
    0.6667
    """
    from quotes.drift.printings import measure_similarity, read_printing

    one, other = _read_text(one), _read_text(other)
    if one is None or other is None:
        return None
    return measure_similarity(read_printing(one), read_printing(other))


def _read_text(value: Any) -> str | None:
    """Return a value of SQL as text; None for NULL, a blob, or a text that is too long."""
    if value is None or isinstance(value, bytes):
        return None
    text = str(value)
    return text if len(text) <= MOST_CHARACTERS else None


@HookimplMarker("sqlite_utils")
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Give each connection of sqlite-utils both functions."""
    register(conn)
