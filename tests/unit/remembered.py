"""What grouping keeps, in a real database, of quotes that stand in memory only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes import store
from quotes.text.printing import find_article

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from quotes.records import Printed, Unit


_ORDER = {"match_units": "id", "match_quotes": "quote_id", "match_keys": "key", "match_links": "one, other"}


class Remembered(store.Grouping):
    """A grouping whose quotes stand in memory."""

    def __init__(self, connection: store.Connection) -> None:
        super().__init__(connection)
        self.quotes: dict[str, Printed] = {}

    def read_printed(self, quotes: Collection[str]) -> list[Printed]:
        return [self.quotes[quote] for quote in quotes if quote in self.quotes]

    def write_units(self, units: Collection[Unit]) -> None:
        super().write_units(units)
        rows = [
            (find_article(self.quotes[quote].article or ""), quote) for unit in units for quote in unit.quotes
        ]
        self._connection.executemany("UPDATE match_quotes SET article_id = ? WHERE quote_id = ?", rows)

    def list_altered(self, units: Collection[int]) -> set[tuple[int, int]]:
        rows = self._connection.execute(
            "SELECT quote_id, unit_id, speaker FROM match_quotes JOIN match_units ON id = unit_id"
        )
        known = {row[0]: (row[1], row[2]) for row in rows}
        pairs = {
            (known[quote.id], known[quote.altered_to])
            for quote in self.quotes.values()
            if quote.id in known and quote.altered_to in known
        }
        return {
            (one, other)
            for (one, mine), (other, theirs) in pairs
            if one != other and {one, other} & {*units} and (mine == theirs or 0 in (mine, theirs))
        }


def read_statements(connection: store.Connection) -> dict[str, str]:
    rows = connection.execute(
        "SELECT q.quote_id, u.statement_id FROM match_quotes AS q JOIN match_units AS u ON u.id = q.unit_id"
    )
    return {row[0]: row[1] for row in rows}


def dump(connection: store.Connection) -> Iterator[tuple[object, ...]]:
    """Yield all rows of a grouping in one order."""
    for table, order in _ORDER.items():
        yield from map(tuple, connection.execute(f"SELECT * FROM {table} ORDER BY {order}"))
