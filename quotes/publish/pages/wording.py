"""The wordings of a statement as shown: in order of printing, each with its difference from the reference."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.publish.diff import compare
from quotes.publish.phrases import count, describe_date, describe_flag, describe_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.publish.diff import Segment
    from quotes.publish.pages.answers import Row
    from quotes.publish.pages.printing import Printing


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording: its number in order of printing, and `parent`, the number of the one it most likely
    derives from, where there is one; `basis` says why, or why not."""

    number: int
    id: str
    kind: str
    is_reference: bool
    segments: tuple[Segment, ...]
    first: str
    size: str
    parent: int | None
    basis: str | None
    printings: list[Printing]


@dataclass(frozen=True, slots=True)
class Flagged:
    """A change that may touch the meaning: the flag, the words that raised it, and in which wording."""

    flag: str
    words: str
    number: int | None


def show_wordings(
    reference: str,
    rows: Sequence[Row],
    printings: Iterable[tuple[str, Printing]],
    outlets: Mapping[str, str],
) -> list[Wording]:
    """Return `rows` of the query WORDINGS, in their order, with the printings of each.

    `outlets` are the names of outlets by id.
    """
    numbers = {row["id"]: number for number, row in enumerate(rows, 1)}
    held = defaultdict(list)
    for wording, printing in printings:
        held[wording].append(printing)
    return [
        Wording(
            number=numbers[row["id"]],
            id=row["id"],
            kind=describe_kind(row["change_kind"]),
            is_reference=bool(row["is_reference"]),
            segments=compare(reference, row["text"]),
            first=describe_date(row["first_published"]),
            size=f"{count(row['quote_count'], 'printing')}, {count(row['outlet_count'], 'outlet')}",
            parent=numbers.get(row["parent_wording_id"]),
            basis=_describe_basis(row, outlets) if len(rows) > 1 else None,
            printings=held[row["id"]],
        )
        for row in rows
    ]


def _describe_basis(row: Row, outlets: Mapping[str, str]) -> str | None:
    """Return why a wording derives from another, with the name of the outlet that is credited."""
    credited = row["credited_outlet_id"]
    name = f" ({outlets.get(credited, credited)})" if credited else ""
    return f"{row['parent_basis']}{name}" if row["parent_basis"] else None


def show_flagged(rows: Iterable[Row], wordings: Iterable[Wording]) -> list[Flagged]:
    """Return the changes that touch the meaning, each with the number of its wording."""
    numbers = {wording.id: wording.number for wording in wordings}
    return [
        Flagged(
            flag=describe_flag(row["meaning_flag"]),
            words=row["flag_words"],
            number=numbers.get(row["wording_id"]),
        )
        for row in rows
    ]
