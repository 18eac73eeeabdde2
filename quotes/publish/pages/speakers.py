"""Who said it, by outlet: one line a speaker, and a plain notice where outlets name different ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.publish.addresses import row_address
from quotes.publish.phrases import count, join_names, read_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from datasette.app import Datasette

    from quotes.publish.pages.answers import Row


@dataclass(frozen=True, slots=True)
class NamedBy:
    """A speaker and the outlets that name this one; `address` is Datasette's row of the speaker."""

    name: str
    role: str | None
    address: str
    outlets: str
    printings: str


def show_speakers(datasette: Datasette, database: str, rows: Sequence[Row]) -> list[NamedBy]:
    """Return the speakers of a statement, the one most printings name first."""
    return [
        NamedBy(
            name=row["name"],
            role=row["role"],
            address=row_address(datasette, database, "speakers", row["speaker_id"]),
            outlets=join_names(read_list(row["outlets"])),
            printings=count(row["printings"], "printing"),
        )
        for row in rows
        if row["speaker_id"]
    ]


def describe_unattributed(rows: Sequence[Row]) -> str | None:
    """Return how many printings name no speaker, and whose they are; None where all name one."""
    silent = [row for row in rows if not row["speaker_id"]]
    if not silent:
        return None
    number, outlets = silent[0]["printings"], join_names(read_list(silent[0]["outlets"]))
    return f"{count(number, 'printing')} without a speaker: {outlets}."
