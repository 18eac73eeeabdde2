"""Reading quotes.db for a short report: the wordings that differ most or last, words in different mouths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.store.connect import reading
from quotes.store.statement import ShownStatement, assemble_statements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotes.store.connect import Connection

_DISPUTED = "SELECT id FROM statements WHERE disputed_speaker ORDER BY outlet_count DESC, id LIMIT :size"
_FLAGGED = "(:flag IS NULL OR instr(',' || s.meaning_flags || ',', ',' || :flag || ','))"
_WIDEST = f"""
SELECT s.id FROM statements AS s
WHERE s.outlet_count > 1 AND s.drift > :above AND {_FLAGGED}
  AND (:since IS NULL OR s.last_published >= :since)
ORDER BY s.drift DESC, s.outlet_count DESC, s.id LIMIT :size
"""  # noqa: S608
# The newest are those that got their last changed wording last; words that only change mouths have none.
_NEWEST = f"""
SELECT s.id FROM statements AS s
WHERE s.outlet_count > 1 AND s.drift > :above AND {_FLAGGED}
  AND (s.last_changed IS NOT NULL OR :flag = 'attribution')
  AND coalesce(s.last_changed, s.last_published) >= ifnull(:since, '')
ORDER BY coalesce(s.last_changed, s.last_published) DESC, s.drift DESC, s.id LIMIT :size
"""  # noqa: S608
ORDERS: Mapping[str, str] = {"widest": _WIDEST, "newest": _NEWEST}
"""How drift may be listed, each with its query."""
_TOTALS = ("outlets", "articles", "quotes", "speakers", "statements")


_LACKS_CHANGES = """
SELECT NOT EXISTS (SELECT 1 FROM changes) AND EXISTS (SELECT 1 FROM wordings WHERE change_kind = 'reworded')
"""


@dataclass(frozen=True, slots=True)
class Report:
    """What a database holds, counted; its widest drift first; the statements given to different speakers."""

    totals: dict[str, int]
    widest: tuple[ShownStatement, ...]
    disputed: tuple[ShownStatement, ...]


def read_report(connection: Connection, limit: int) -> Report:
    """Return the report with at most `limit` statements of either sort."""
    with reading(connection):
        counts = (f"SELECT count(*) FROM {table}" for table in _TOTALS)  # noqa: S608
        totals = [connection.execute(count).fetchone()[0] for count in counts]
        widest, disputed = (_read(connection, query, limit) for query in (_WIDEST, _DISPUTED))
    return Report(dict(zip(_TOTALS, totals, strict=True)), widest, disputed)


def lacks_changes(connection: Connection) -> bool:
    """Return whether wordings changed and nothing says how: an older version wrote them."""
    return bool(connection.execute(_LACKS_CHANGES).fetchone()[0])


def read_drift(
    connection: Connection, order: str, limit: int, flag: str | None = None, since: str | None = None
) -> tuple[ShownStatement, ...]:
    """Return the statements that drifted across outlets, in one of ORDERS.

    Only those with the meaning flag `flag`, and printed (widest) or changed (newest) on the ISO date `since`
    or later, where these are given.
    """
    with reading(connection):
        return _read(connection, ORDERS[order], limit, flag, since)


def _read(
    connection: Connection, query: str, limit: int, flag: str | None = None, since: str | None = None
) -> tuple[ShownStatement, ...]:
    # The same words in other mouths have not drifted, and are still what "attribution" asks for.
    above = -1 if flag == "attribution" else 0
    values = {"size": limit, "flag": flag, "since": since, "above": above}
    rows = connection.execute(query, values).fetchall()
    return assemble_statements(connection, [row["id"] for row in rows])
