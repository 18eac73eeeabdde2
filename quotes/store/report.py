"""Reading quotes.db for a short report: the wordings that differ most, and words put in different mouths."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.records import Change
from quotes.store.connect import reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Row

    from quotes.store.connect import Connection

_WIDEST = """
SELECT * FROM statements WHERE outlet_count > 1 AND drift > 0
ORDER BY drift DESC, outlet_count DESC, id LIMIT ?
"""
_DISPUTED = "SELECT * FROM statements WHERE disputed_speaker ORDER BY outlet_count DESC, id LIMIT ?"
_WORDINGS = """
SELECT w.*, (
    SELECT json_group_array(name) FROM (
        SELECT DISTINCT o.name FROM quotes AS q INNER JOIN outlets AS o ON o.id = q.outlet_id
        WHERE q.wording_id = w.id ORDER BY q.published IS NULL, q.published, o.name
    )
) AS outlets
FROM wordings AS w WHERE w.statement_id = ?
ORDER BY w.is_reference DESC, w.first_published IS NULL, w.first_published, w.id
"""
_CHANGES = "SELECT * FROM changes WHERE wording_id = ? ORDER BY position"
_MOUTHS = """
SELECT s.name AS speaker, json_group_array(DISTINCT o.name) AS outlets
FROM statements AS t
INNER JOIN quotes AS q ON q.statement_id = t.id
INNER JOIN outlets AS o ON o.id = q.outlet_id
INNER JOIN speakers AS s ON s.id = q.speaker_id
WHERE t.id = ? AND CASE WHEN t.disputed_speaker THEN s.kind != 'anonymous' ELSE s.id = t.speaker_id END
GROUP BY 1 ORDER BY count(*) DESC, 1
"""
_TOTALS = ("outlets", "articles", "quotes", "speakers", "statements")


@dataclass(frozen=True, slots=True)
class ShownWording:
    """One wording with the names of the outlets that printed it, the earliest first."""

    text: str
    kind: str
    is_reference: bool
    outlets: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """One statement with names in place of ids.

    `mouths` are the speakers it is settled on, each with its outlets: several only where they are disputed.
    """

    id: str
    label: str
    drift: float
    worst_change: str
    meaning_flags: tuple[str, ...]
    first_published: str | None
    first_outlets: tuple[str, ...]
    mouths: tuple[tuple[str, tuple[str, ...]], ...]
    wordings: tuple[ShownWording, ...]


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
        widest, disputed = (
            tuple(_read_statement(connection, row) for row in connection.execute(query, (limit,)).fetchall())
            for query in (_WIDEST, _DISPUTED)
        )
    return Report(dict(zip(_TOTALS, totals, strict=True)), widest, disputed)


def _read_statement(connection: Connection, row: Row) -> ShownStatement:
    names = dict(connection.execute("SELECT id, name FROM outlets").fetchall())
    mouths = _leave_out_short(connection.execute(_MOUTHS, (row["id"],)).fetchall())
    wordings = connection.execute(_WORDINGS, (row["id"],)).fetchall()
    return ShownStatement(
        id=row["id"],
        label=row["label"],
        drift=row["drift"],
        worst_change=row["worst_change"],
        meaning_flags=tuple(row["meaning_flags"].split(",")) if row["meaning_flags"] else (),
        first_published=row["first_published"],
        first_outlets=tuple(names.get(outlet, outlet) for outlet in json.loads(row["first_outlets"])),
        mouths=tuple((mouth["speaker"], tuple(sorted(json.loads(mouth["outlets"])))) for mouth in mouths),
        wordings=tuple(_read_wording(connection, wording) for wording in wordings),
    )


def _leave_out_short(mouths: Sequence[Row]) -> list[Row]:
    """Return the mouths without those of one word that is part of the name of another."""
    names = [mouth["speaker"].split() for mouth in mouths]
    return [
        mouth
        for mouth, name in zip(mouths, names, strict=True)
        if len(name) > 1 or not any(len(other) > 1 and name[0] in other for other in names if name)
    ]


def _read_wording(connection: Connection, row: Row) -> ShownWording:
    changes = tuple(
        Change(c["op"], c["words_before"], c["words_after"], c["kind"], c["meaning_flag"])
        for c in connection.execute(_CHANGES, (row["id"],))
    )
    outlets = tuple(json.loads(row["outlets"]))
    return ShownWording(row["text"], row["change_kind"], bool(row["is_reference"]), outlets, changes)
