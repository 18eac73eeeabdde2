"""Reading one statement as it is shown: its wordings, their changes, and who printed each and when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.records import Change
from quotes.store.connect import reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from sqlite3 import Row

    from quotes.store.connect import Connection

# A statement may have a million wordings and printings: so many of each are read.
MOST_ROWS = 500
_STATEMENT = "SELECT * FROM statements WHERE id = :id"
_WORDINGS = """
SELECT * FROM wordings WHERE statement_id = :id
ORDER BY is_reference DESC, first_published IS NULL, first_published, id LIMIT :size
"""
_CHANGES = f"""
SELECT c.* FROM ({_WORDINGS}) AS w INNER JOIN changes AS c ON c.wording_id = w.id
ORDER BY c.wording_id, c.position
"""  # noqa: S608
_PRINTINGS = """
SELECT q.id, q.wording_id, q.published, q.no_speaker_reason, o.name AS outlet, a.title, a.url,
       sp.name AS speaker, q.last_revision IS NULL AS stands, q.altered_to_id,
       q.first_revision > 1 AS is_later, a.removed
FROM (
    SELECT * FROM quotes WHERE statement_id = :id ORDER BY published IS NULL, published, id LIMIT :size
) AS q
INNER JOIN outlets AS o ON o.id = q.outlet_id
INNER JOIN articles AS a ON a.id = q.article_id
LEFT JOIN speakers AS sp ON sp.id = q.speaker_id
ORDER BY q.published IS NULL, q.published, o.name, q.id
"""
_MOUTHS = """
SELECT s.name AS speaker, s.role, json_group_array(DISTINCT o.name) AS outlets
FROM statements AS t
INNER JOIN quotes AS q ON q.statement_id = t.id
INNER JOIN outlets AS o ON o.id = q.outlet_id
INNER JOIN speakers AS s ON s.id = q.speaker_id
WHERE t.id = :id AND CASE WHEN t.disputed_speaker THEN s.kind != 'anonymous' ELSE s.id = t.speaker_id END
GROUP BY s.name, s.role ORDER BY count(*) DESC, s.name
"""


@dataclass(frozen=True, slots=True)
class ShownPrinting:
    """One printing of a wording: where, when, who is named, or why nobody is.

    It `stands` unless its outlet altered it later, to the quote `altered_to_id`, or left it out; it
    `is_later` where the article did not print it at first. `removed` says why the article is taken to be
    removed, where it is.
    """

    quote_id: str
    outlet: str
    title: str | None
    url: str | None
    published: str | None
    speaker: str | None
    no_speaker_reason: str | None
    stands: bool = True
    altered_to_id: str | None = None
    removed: str | None = None
    is_later: bool = False


@dataclass(frozen=True, slots=True)
class ShownWording:
    """One wording with its changes against the reference wording, and its printings, the earliest first.

    `parent_id` is the wording that it most likely derives from, where one is named; `parent_basis` says why.
    """

    id: str
    text: str
    kind: str
    is_reference: bool
    changes: tuple[Change, ...]
    printings: tuple[ShownPrinting, ...]
    parent_id: str | None = None
    parent_basis: str | None = None

    @property
    def outlets(self) -> tuple[str, ...]:
        """The names of the outlets that printed it, the earliest first."""
        return tuple(dict.fromkeys(printing.outlet for printing in self.printings))


@dataclass(frozen=True, slots=True)
class Mouth:
    """A speaker whom outlets name."""

    speaker: str
    role: str | None
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """One statement with names in place of ids, the reference wording first.

    `mouths` are the speakers it is settled on, each with its outlets: several only where they are disputed.
    The counts are those of the database, also where less is read.
    """

    id: str
    label: str
    drift: float
    worst_change: str
    meaning_flags: tuple[str, ...]
    first_published: str | None
    last_published: str | None
    first_outlets: tuple[str, ...]
    outlet_count: int
    wording_count: int
    printing_count: int
    mouths: tuple[Mouth, ...]
    wordings: tuple[ShownWording, ...]
    reference_basis: str | None = None

    @property
    def reference(self) -> str:
        """The words that the other wordings are compared with."""
        return next((wording.text for wording in self.wordings if wording.is_reference), self.label)


def read_statements(connection: Connection, ids: Iterable[str]) -> tuple[ShownStatement, ...]:
    """Return the statements with these ids, in this order."""
    with reading(connection):
        return assemble_statements(connection, ids)


def assemble_statements(connection: Connection, ids: Iterable[str]) -> tuple[ShownStatement, ...]:
    """Return the same, to a caller that holds one state of the database."""
    names = dict(connection.execute("SELECT id, name FROM outlets").fetchall())
    rows = [connection.execute(_STATEMENT, {"id": one}).fetchone() for one in ids]
    return tuple(_read_statement(connection, row, names) for row in rows if row)


def _read_statement(connection: Connection, row: Row, names: dict[str, str]) -> ShownStatement:
    values = {"id": row["id"], "size": MOST_ROWS}
    return ShownStatement(
        id=row["id"],
        label=row["label"],
        drift=row["drift"],
        worst_change=row["worst_change"],
        meaning_flags=tuple(row["meaning_flags"].split(",")) if row["meaning_flags"] else (),
        first_published=row["first_published"],
        last_published=row["last_published"],
        first_outlets=tuple(names.get(outlet, outlet) for outlet in json.loads(row["first_outlets"])),
        outlet_count=row["outlet_count"],
        wording_count=row["wording_count"],
        printing_count=row["quote_count"],
        mouths=_read_mouths(connection.execute(_MOUTHS, values).fetchall()),
        wordings=_read_wordings(connection, values),
        reference_basis=row["reference_basis"],
    )


def _read_mouths(rows: Sequence[Row]) -> tuple[Mouth, ...]:
    """Return the mouths without those of one word that is part of the name of another."""
    names = [row["speaker"].split() for row in rows]
    return tuple(
        Mouth(row["speaker"], row["role"], tuple(sorted(json.loads(row["outlets"]))))
        for row, name in zip(rows, names, strict=True)
        if len(name) > 1 or not any(len(other) > 1 and name[0] in other for other in names if name)
    )


def _read_wordings(connection: Connection, values: dict[str, str | int]) -> tuple[ShownWording, ...]:
    changes: dict[str, list[Change]] = {}
    for row in connection.execute(_CHANGES, values):
        fields = (row[name] for name in Change.__dataclass_fields__)
        changes.setdefault(row["wording_id"], []).append(Change(*fields))
    printings: dict[str, list[ShownPrinting]] = {}
    for row in connection.execute(_PRINTINGS, values):
        printings.setdefault(row["wording_id"], []).append(_read_printing(row))
    return tuple(
        ShownWording(
            id=row["id"],
            text=row["text"],
            kind=row["change_kind"],
            is_reference=bool(row["is_reference"]),
            changes=tuple(changes.get(row["id"], ())),
            printings=tuple(printings.get(row["id"], ())),
            parent_id=row["parent_wording_id"],
            parent_basis=row["parent_basis"],
        )
        for row in connection.execute(_WORDINGS, values).fetchall()
    )


def _read_printing(row: Row) -> ShownPrinting:
    return ShownPrinting(
        quote_id=row["id"],
        outlet=row["outlet"],
        title=row["title"],
        url=row["url"],
        published=row["published"],
        speaker=row["speaker"],
        no_speaker_reason=row["no_speaker_reason"],
        stands=bool(row["stands"]),
        altered_to_id=row["altered_to_id"],
        removed=row["removed"],
        is_later=bool(row["is_later"]),
    )
