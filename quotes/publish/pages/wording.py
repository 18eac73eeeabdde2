"""The wordings of a statement as shown: in order of printing, each with its difference from the reference."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.publish.diff import compare, flag_changes
from quotes.publish.phrases import count, describe_date, describe_flag, describe_kind, name_flag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.publish.diff import Segment
    from quotes.publish.pages.answers import Row
    from quotes.publish.pages.printing import Printing


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording: its number in order of printing, and `closest`, the number of the one it follows if not
    the reference."""

    number: int
    id: str
    kind: str
    is_reference: bool
    segments: tuple[Segment, ...]
    first: str
    size: str
    closest: int | None
    printings: list[Printing]


@dataclass(frozen=True, slots=True)
class Flagged:
    """A change that touches the meaning: the flag in words, the words, and in which wording."""

    flag: str
    before: str
    after: str
    number: int | None


def show_wordings(
    reference: str, rows: Sequence[Row], flagged: Iterable[Row], printings: Iterable[tuple[str, Printing]]
) -> list[Wording]:
    """Return `rows` of the query WORDINGS, in their order, with the printings of each."""
    numbers = {row["id"]: number for number, row in enumerate(rows, 1)}
    references = {row["id"] for row in rows if row["is_reference"]}
    changes, held = defaultdict(list), defaultdict(list)
    for change in flagged:
        changes[change["wording_id"]].append(
            (change["words_before"], change["words_after"], name_flag(change["meaning_flag"]))
        )
    for wording, printing in printings:
        held[wording].append(printing)
    return [
        Wording(
            number=numbers[row["id"]],
            id=row["id"],
            kind=describe_kind(row["change_kind"]),
            is_reference=bool(row["is_reference"]),
            segments=flag_changes(compare(reference, row["text"]), changes[row["id"]]),
            first=describe_date(row["first_published"]),
            size=f"{count(row['quote_count'], 'printing')}, {count(row['outlet_count'], 'outlet')}",
            closest=None if row["parent_wording_id"] in references else numbers.get(row["parent_wording_id"]),
            printings=held[row["id"]],
        )
        for row in rows
    ]


def show_flagged(rows: Iterable[Row], wordings: Iterable[Wording]) -> list[Flagged]:
    """Return the changes that touch the meaning, each with the number of its wording."""
    numbers = {wording.id: wording.number for wording in wordings}
    return [
        Flagged(
            flag=describe_flag(row["meaning_flag"]),
            before=row["words_before"],
            after=row["words_after"],
            number=numbers.get(row["wording_id"]),
        )
        for row in rows
    ]
