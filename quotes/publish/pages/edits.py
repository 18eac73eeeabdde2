"""What an outlet changed in one of its articles: which quotes it altered, left out and added."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.publish.addresses import quote_address
from quotes.publish.diff import compare_all
from quotes.publish.pages.answers import fetch
from quotes.publish.pages.aside import work_aside
from quotes.publish.pages.differing import shorten
from quotes.publish.phrases import count
from quotes.publish.shortening import cut_middle
from quotes.publish.sql import article as sql

if TYPE_CHECKING:
    from datasette.app import Datasette

    from quotes.publish.diff import Segment
    from quotes.publish.pages.answers import Row

_MOST_SHOWN = 400  # characters of a quote
_MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Altered:
    """A quote as the outlet altered it: what differs from the words before, which stand at `address`."""

    segments: tuple[Segment, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Change:
    """What the text numbered `number` changed in the one before. Quotes are (words, address)."""

    number: int
    size: str
    title: str | None
    altered: list[Altered] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    added: list[tuple[str, str]] = field(default_factory=list)


async def read_edits(datasette: Datasette, database: str, article: Row) -> list[Change]:
    """Return what each later text of an article changed in the one before, the first of them first."""
    values = {"id": article["id"], "size": _MOST_ROWS}
    revisions, former, added = await asyncio.gather(
        *(fetch(datasette, database, query, values) for query in (sql.REVISIONS, sql.FORMER, sql.ADDED))
    )
    texts = [*revisions, article]
    changes = {
        one["revision"]: Change(one["revision"], _say_sizes(before, one), _find_title(before, one))
        for before, one in pairwise(texts)
    }
    pairs = [(row["text"], row["altered_to"]) for row in former if row["altered_to"]]
    segments = iter(await work_aside(datasette, compare_all, pairs))
    for row in former:
        address = quote_address(datasette, database, row["id"])
        altered = Altered(shorten(next(segments)), address) if row["altered_to"] else None
        if change := changes.get(row["last_revision"] + 1):
            change.altered.extend([altered] if altered else [])
            change.left_out.extend([] if altered else [(cut_middle(row["text"], _MOST_SHOWN), address)])
    for row in added:
        if change := changes.get(row["first_revision"]):
            address = quote_address(datasette, database, row["id"])
            change.added.append((cut_middle(row["text"], _MOST_SHOWN), address))
    return list(changes.values())


def _say_sizes(before: Row, after: Row) -> str:
    """Return how many words and quotes a text has, and had before where that was another number."""
    said = []
    for column, noun in (("word_count", "word"), ("quote_count", "quote")):
        was, size = before[column], count(after[column], noun)
        said.append(size if was == after[column] else f"{size} (before: {was:,})")
    return ", ".join(said)


def _find_title(before: Row, after: Row) -> str | None:
    """Return the title as it was before, where that is another one."""
    return before["title"] if before["title"] != after["title"] else None
