"""Statements in a list: the sentence, who said it, who was first, how far it drifted, and in which words."""

from __future__ import annotations

import json
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
    name_speaker,
    read_list,
)
from quotes.publish.shortening import cut
from quotes.publish.sql.listed import CHANGES, OUTLET_NAMES
from quotes.publish.telling import rank_change
from quotes.records import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from datasette.app import Datasette

    from quotes.publish.pages.answers import Row


# Changes shown of a statement, and characters of each side of one.
_MOST_CHANGES, _LONGEST = 2, 60
_SHOWN = frozenset({"substitution", "insertion", "deletion", "inflection", "function word"})


@dataclass(frozen=True, slots=True)
class Swap:
    """A change of words: what is gone, what has come, either may be empty, and the label of its flag."""

    gone: str
    come: str
    flag: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One statement in a list. `printed` is what a search hit, in pieces that say whether it is these.

    `flags` are those that no change in `changes` shows.
    """

    label: str
    address: str
    speaker: str
    disputed: bool
    first: str
    size: str
    drift: str | None
    flags: list[str]
    changes: list[Swap]
    printed: tuple[tuple[str, bool], ...] = ()


async def list_statements(datasette: Datasette, database: str, rows: Sequence[Row]) -> list[Listed]:
    """Return the rows of a query on LISTED as `_quotes_list.html` shows them."""
    ids = json.dumps([row["id"] for row in rows])
    outlets = await read_outlet_names(datasette, database, list_first_outlets(rows))
    changes: dict[str, list[Change]] = {}
    for row in await fetch(datasette, database, CHANGES, {"ids": ids}):
        del row["wording_id"]
        changes.setdefault(row.pop("statement_id"), []).append(Change(**row))
    return [_show(datasette, database, row, outlets, changes.get(row["id"], ())) for row in rows]


def list_first_outlets(rows: Iterable[Row]) -> set[str]:
    """Return the ids of the outlets that were the first to print one of the statements in `rows`."""
    return {outlet for row in rows for outlet in read_list(row["first_outlets"])}


async def read_outlet_names(datasette: Datasette, database: str, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of outlets by their ids, of those that are in `database`."""
    rows = await fetch(datasette, database, OUTLET_NAMES, {"ids": json.dumps(sorted(ids))})
    return {row["id"]: row["name"] for row in rows}


def _show(
    datasette: Datasette, database: str, row: Row, outlets: Mapping[str, str], changes: Sequence[Change]
) -> Listed:
    shown = _show_changes(changes)
    flags = [name_flag(flag) for flag in list_flags(row["meaning_flags"])]
    sizes = [count(row["outlet_count"], "outlet"), count(row["wording_count"], "wording")]
    return Listed(
        label=row["label"],
        address=statement_address(datasette, database, row["id"]),
        speaker=name_speaker(row["speaker"]),
        disputed=bool(row["disputed_speaker"]),
        first=_describe_start(row, outlets),
        size=", ".join(sizes),
        drift=describe_drift(row["drift"]) if row["wording_count"] > 1 else None,
        flags=[flag for flag in flags if flag not in {change.flag for change in shown}],
        changes=shown,
    )


def _show_changes(changes: Sequence[Change]) -> list[Swap]:
    """Return the most telling changes of a statement, each pair of words once; a mere cut is none of them."""
    telling = sorted((one for one in changes if one.kind in _SHOWN or one.meaning_flag), key=rank_change)
    swaps = [
        Swap(cut(one.words_before, _LONGEST), cut(one.words_after, _LONGEST), _name_flag(one))
        for one in telling
        if one.op != "move"
    ]
    return list(dict.fromkeys(swaps))[:_MOST_CHANGES]


def _name_flag(change: Change) -> str | None:
    return name_flag(change.meaning_flag) if change.meaning_flag else None


def _describe_start(row: Row, outlets: Mapping[str, str]) -> str:
    names = [outlets.get(outlet, outlet) for outlet in read_list(row["first_outlets"])]
    if not row["first_published"] or not names:
        return "no date"
    return f"{describe_date(row['first_published'])}, {join_names(names)}{' (tie)' if len(names) > 1 else ''}"
