"""The wordings of a statement as shown: in order of printing, each with its difference from one of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.publish.diff import compare_all
from quotes.publish.phrases import count, describe_date, describe_flag, describe_kind, join_names
from quotes.publish.shortening import cut_middle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.publish.diff import Segment
    from quotes.publish.pages.answers import Row
    from quotes.publish.pages.printing import Printing

_MOST_LISTED = 160  # characters of a wording in a list
_MOST_NAMED = 3  # outlets of a wording


@dataclass(frozen=True, slots=True)
class Base:
    """The wording that the others are compared with; no `number` where it is not among those shown.

    `notice` says why it is not the one that was asked for.
    """

    id: str | None
    text: str
    number: int | None
    is_reference: bool
    notice: str | None = None

    @property
    def name(self) -> str:
        """The wording in a sentence."""
        return "the reference wording" if self.is_reference else f"wording {self.number}"


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording: its number in order of printing, and `parent`, the number of the one it most likely
    derives from, where there is one; `basis` says why, or why not. The others are compared with the base.
    """

    number: int
    id: str
    kind: str
    is_reference: bool
    is_base: bool
    label: str
    segments: tuple[Segment, ...]
    first: str
    size: str
    parent: int | None
    basis: str | None
    printings: list[Printing]
    unshown: int


@dataclass(frozen=True, slots=True)
class Flagged:
    """A change that may touch the meaning: the flag, the words that raised it, in which wording, by whom."""

    flag: str
    words: str
    number: int
    outlets: str


def choose_base(
    rows: Sequence[Row], reference: Row | None, label: str, printings: Iterable[Row], wanted: str | None
) -> Base:
    """Return the wording with the id `wanted`, or the one that the quote with this id prints.

    Without such a one it is the reference wording; `label` stands for it where there is none at all.
    """
    row = reference or {"id": None, "text": label}
    numbers = {one["id"]: number for number, one in enumerate(rows, 1)}
    base = Base(row["id"], row["text"], numbers.get(row["id"]), is_reference=True)
    if not wanted:
        return base
    held = {printing["id"]: printing["wording_id"] for printing in printings}
    number = numbers.get(wanted) or numbers.get(held.get(wanted, ""))
    if number is None:
        notice = f"No wording shown here has the id “{wanted[:40]}”: compared with the reference wording."
        return Base(base.id, base.text, base.number, is_reference=True, notice=notice)
    chosen = rows[number - 1]
    return Base(chosen["id"], chosen["text"], number, is_reference=chosen["id"] == base.id)


def show_wordings(
    base: Base,
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
    compared = compare_all((base.text, row["text"]) for row in rows)
    return [
        _show(row, base, segments, numbers, held[row["id"]], outlets)
        for row, segments in zip(rows, compared, strict=True)
    ]


def _say_first(row: Row, printings: Sequence[Printing]) -> str:
    """Return when a wording was first printed. The date of an article is not that of its later edits."""
    date = describe_date(row["first_published"])
    if len(printings) < row["quote_count"] or not all(one.edit.is_later for one in printings):
        return date
    return f"in a later edit of an article of {date}" if row["first_published"] else "in a later edit"


def _show(
    row: Row,
    base: Base,
    segments: tuple[Segment, ...],
    numbers: Mapping[str, int],
    printings: list[Printing],
    outlets: Mapping[str, str],
) -> Wording:
    return Wording(
        number=numbers[row["id"]],
        id=row["id"],
        kind=describe_kind(row["change_kind"]),
        is_reference=bool(row["is_reference"]),
        is_base=row["id"] == base.id,
        label=cut_middle(" ".join(row["text"].split()), _MOST_LISTED),
        segments=segments,
        first=_say_first(row, printings),
        size=f"{count(row['quote_count'], 'printing')}, {count(row['outlet_count'], 'outlet')}",
        parent=numbers.get(row["parent_wording_id"]),
        basis=_describe_basis(row, outlets) if len(numbers) > 1 else None,
        printings=printings,
        unshown=max(row["quote_count"] - len(printings), 0),
    )


def _describe_basis(row: Row, outlets: Mapping[str, str]) -> str | None:
    """Return why a wording derives from another, with the name of the outlet that is credited."""
    credited = row["credited_outlet_id"]
    name = f" ({outlets.get(credited, credited)})" if credited else ""
    return f"{row['parent_basis']}{name}" if row["parent_basis"] else None


def list_flagged(wordings: Iterable[Wording]) -> list[Flagged]:
    """Return the changes shown that may touch the meaning, by the comparison that is drawn."""
    return [
        Flagged(
            describe_flag(change.meaning_flag),
            change.flag_words or "",
            wording.number,
            _name_outlets(wording),
        )
        for wording in wordings
        for segment in wording.segments
        if (change := segment.change) and change.meaning_flag
    ]


def _name_outlets(wording: Wording) -> str:
    """Return who printed the wording, as far as the page shows its printings."""
    names = list(dict.fromkeys(printing.outlet for printing in wording.printings))
    if len(names) > _MOST_NAMED + 1:
        names = [*names[:_MOST_NAMED], f"{len(names) - _MOST_NAMED} more"]
    return join_names(names)
