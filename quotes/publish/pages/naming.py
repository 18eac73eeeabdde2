"""Who said it: the sayers of one quote; of a statement each speaker with the outlets that name this one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.publish.addresses import speaker_address
from quotes.publish.phrases import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from datasette.app import Datasette

    from quotes.publish.pages.answers import Row


@dataclass(frozen=True, slots=True)
class Sayer:
    """Somebody who said a quote; `address` leads to the speaker across articles, where one is known."""

    name: str | None
    role: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class Naming:
    """An outlet that names a speaker, in the words of the first of its printings that does."""

    outlet: str
    quote_id: str
    as_printed: str | None


@dataclass(frozen=True, slots=True)
class NamedBy:
    """A speaker, how often named and by which outlets; no `name`: those that name nobody."""

    name: str | None
    role: str | None
    address: str | None
    size: str
    outlets: tuple[Naming, ...]


def show_sayers(
    datasette: Datasette, database: str, said: Iterable[tuple[str | None, str | None, str | None]]
) -> tuple[Sayer, ...]:
    """Return those who said a quote, alone or together, from the name, the role and the id of each."""
    return tuple(
        Sayer(name, role, speaker_address(datasette, database, speaker) if speaker else None)
        for name, role, speaker in said
    )


def show_naming(
    datasette: Datasette, database: str, rows: Sequence[Row], printings: Sequence[Row]
) -> list[NamedBy]:
    """Return the rows of the query SPEAKERS, the one most printings name first, who is named last.

    The outlets are those of the rows of PRINTINGS, in their order.
    """
    return [
        NamedBy(
            name=row["name"],
            role=row["role"],
            address=speaker_address(datasette, database, row["speaker_id"]) if row["speaker_id"] else None,
            size=f"{count(row['printings'], 'printing')} by {count(row['outlets'], 'outlet')}",
            outlets=_list_outlets(one for one in printings if one["speaker_id"] == row["speaker_id"]),
        )
        for row in rows
    ]


def _list_outlets(printings: Iterable[Row]) -> tuple[Naming, ...]:
    """Return each outlet once, with its first printing."""
    first: dict[str, Naming] = {}
    for row in printings:
        first.setdefault(row["outlet_id"], Naming(row["outlet"], row["id"], row["speaker_as_printed"]))
    return tuple(first.values())
