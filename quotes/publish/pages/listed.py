"""Statements in a list: the sentence, who said it, who was first, how far it drifted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.publish.addresses import statement_address
from quotes.publish.pages.answers import fetch
from quotes.publish.phrases import (
    count,
    describe_date,
    describe_drift,
    join_names,
    list_flags,
    name_flag,
    read_list,
)
from quotes.publish.sql.listed import OUTLET_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from datasette.app import Datasette

    from quotes.publish.pages.answers import Row


@dataclass(frozen=True, slots=True)
class Listed:
    """One statement in a list."""

    label: str
    address: str
    speaker: str
    disputed: bool
    first: str
    size: str
    drift: str
    flags: list[str]


async def read_outlet_names(datasette: Datasette, database: str) -> dict[str, str]:
    """Return the names of the outlets by their ids."""
    return {row["id"]: row["name"] for row in await fetch(datasette, database, OUTLET_NAMES, {})}


def list_statements(
    datasette: Datasette, database: str, rows: Sequence[Row], outlets: dict[str, str]
) -> list[Listed]:
    """Return the rows of a query on LISTED as `_quotes_list.html` shows them; `outlets` are names by id."""
    return [
        Listed(
            label=row["label"],
            address=statement_address(datasette, database, row["id"]),
            speaker=row["speaker"] or "no speaker named",
            disputed=bool(row["disputed_speaker"]),
            first=_describe_start(row, outlets),
            size=f"{count(row['outlet_count'], 'outlet')}, {count(row['wording_count'], 'wording')}",
            drift=describe_drift(row["drift"]),
            flags=[name_flag(flag) for flag in list_flags(row["meaning_flags"])],
        )
        for row in rows
    ]


def _describe_start(row: Row, outlets: dict[str, str]) -> str:
    names = [outlets.get(outlet, outlet) for outlet in read_list(row["first_outlets"])]
    if not row["first_published"] or not names:
        return "no date"
    return f"{describe_date(row['first_published'])}, {join_names(names)}{' (tie)' if len(names) > 1 else ''}"
