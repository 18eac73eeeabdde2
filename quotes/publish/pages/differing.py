"""Wordings in a list, each marked with its differences from another one, and where it stands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotes.publish.addresses import statement_address
from quotes.publish.diff import compare_all
from quotes.publish.pages.answers import fetch
from quotes.publish.pages.aside import work_aside
from quotes.publish.phrases import describe_date, describe_kind, join_names, name_speaker, read_list
from quotes.publish.shortening import cut, cut_middle
from quotes.publish.sql import differing as sql

if TYPE_CHECKING:
    from datasette.app import Datasette

    from quotes.publish.diff import Segment
    from quotes.publish.pages.answers import Row

# Of words that do not differ, so many characters are shown in one stretch.
_LONGEST_SAME = 240
_MOST_NAMES = 6
Pairs = Sequence[tuple[str | None, str]]


@dataclass(frozen=True, slots=True)
class Differing:
    """One wording against another; `label` is the statement's, `where` names who prints it, and when."""

    label: str
    address: str
    speaker: str
    kind: str | None
    where: str
    segments: tuple[Segment, ...]

    @property
    def has_same_words(self) -> bool:
        """Whether no word differs, so that there is nothing to mark."""
        return all(segment.kind in {"same", "beyond"} for segment in self.segments)


async def read_quotes(datasette: Datasette, database: str, pairs: Pairs) -> list[Differing]:
    """Return the second quote of each pair of ids against the first, or the reference where there is none."""
    ids = json.dumps([quote for pair in pairs for quote in pair if quote])
    rows = {row["id"]: row for row in await fetch(datasette, database, sql.QUOTES, {"ids": ids})}
    found = [
        (rows[base] if base else None, rows[quote])
        for base, quote in pairs
        if quote in rows and (base is None or base in rows)
    ]
    return await _show_all(datasette, database, found)


async def read_wordings(datasette: Datasette, database: str, ids: Sequence[str]) -> list[Differing]:
    """Return wordings against the reference wordings of their statements."""
    rows = await fetch(datasette, database, sql.WORDINGS, {"ids": json.dumps(ids)})
    return await _show_all(datasette, database, [(None, row) for row in rows])


async def _show_all(
    datasette: Datasette, database: str, found: Sequence[tuple[Row | None, Row]]
) -> list[Differing]:
    """Return each row against the row before it, or else against its reference wording."""
    texts = [(base["text"] if base else row["reference"], row["text"]) for base, row in found]
    compared = await work_aside(datasette, compare_all, texts)
    return [
        _show(datasette, database, base, row, segments)
        for (base, row), segments in zip(found, compared, strict=True)
    ]


def _show(
    datasette: Datasette, database: str, base: Row | None, row: Row, segments: Sequence[Segment]
) -> Differing:
    """The kind of a wording tells how it differs from the reference: against another one it is left out."""
    anchor = f"wording-{row['wording_id']}"
    return Differing(
        label=cut(row["label"]),
        address=statement_address(datasette, database, row["statement_id"], anchor),
        speaker=name_speaker(row["speaker"]),
        kind=describe_kind(row["change_kind"]) if base is None else None,
        where="; ".join(dict.fromkeys(_say_where(one) for one in (base, row) if one)),
        segments=shorten(segments),
    )


def _say_where(row: Row) -> str:
    names = read_list(row["outlets"])
    more = len(names) - _MOST_NAMES
    named = f"{', '.join(names[:_MOST_NAMES])} and {more} more" if more > 0 else join_names(names)
    return f"{named}, {describe_date(row['published'])}"


def shorten(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return `segments` with the middle left out of long stretches that do not differ."""
    return tuple(
        replace(one, text=_keep_ends(one.text)) if one.kind == "same" and one.text else one
        for one in segments
    )


def _keep_ends(text: str) -> str:
    """Return `text` with its middle left out where it is long, and the spaces at its ends as they are."""
    words = text.strip()
    if len(words) <= _LONGEST_SAME:
        return text
    before, _, after = text.partition(words)
    return before + cut_middle(words, _LONGEST_SAME) + after
