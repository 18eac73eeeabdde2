"""One printing of a statement as shown: where, in which words and context, and whom the article names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.publish.addresses import (
    article_page_address,
    outlet_address,
    quote_address,
    speaker_address,
    web_address,
)
from quotes.publish.editions import find_other, say_edit, say_removed
from quotes.publish.phrases import describe_date, name_title
from quotes.publish.why import name_rule, shorten_pieces
from quotes.store.show import read_pieces

if TYPE_CHECKING:
    from datasette.app import Datasette

    from quotes.publish.pages.answers import Row
    from quotes.store.marked import Piece


@dataclass(frozen=True, slots=True)
class Edit:
    """What became of a quote that was printed, if anything did, and of its article.

    `way` is "to" or "from" where another quote stands in its place, or stood there; `address` leads to that.
    `is_later` says that the article did not print it at first.
    """

    said: str | None
    way: str | None
    address: str | None
    removed: str | None
    is_later: bool


@dataclass(frozen=True, slots=True)
class Printing:
    """One quote as one article prints it. `evidence` says how its speaker was found, or why none was.

    `pieces` are the printed words around it, as (words, role), those of the quote with the role "quote".
    """

    id: str
    outlet: str
    outlet_address: str
    date: str
    title: str
    web_address: str | None
    article_address: str
    edit: Edit
    pieces: tuple[Piece, ...]
    speaker_as_printed: str | None
    speaker: str | None
    speaker_address: str | None
    evidence: str
    why_address: str


def show_printing(datasette: Datasette, database: str, row: Row) -> Printing:
    """Return a row of the query PRINTINGS as shown."""
    speaker = row["speaker_id"]
    return Printing(
        id=row["id"],
        outlet=row["outlet"],
        outlet_address=outlet_address(datasette, database, row["outlet_id"]),
        date=describe_date(row["published"]),
        title=name_title(row["title"]),
        web_address=web_address(row["url"]),
        article_address=article_page_address(datasette, database, row["article_id"]),
        edit=show_edit(datasette, database, row),
        pieces=shorten_pieces(read_pieces(row)),
        speaker_as_printed=row["speaker_as_printed"],
        speaker=row["speaker"],
        speaker_address=speaker_address(datasette, database, speaker) if speaker else None,
        evidence=describe_evidence(row),
        why_address=quote_address(datasette, database, row["id"]),
    )


def show_edit(datasette: Datasette, database: str, row: Row) -> Edit:
    """Return what became of a quote, from the columns EDIT_COLUMNS."""
    other = find_other(row)
    return Edit(
        said=say_edit(row),
        way=other[0] if other else None,
        address=quote_address(datasette, database, other[1]) if other else None,
        removed=say_removed(row["removed"]),
        is_later=row["first_revision"] > 1,
    )


def describe_evidence(row: Row) -> str:
    """Return how the speaker of a quote was found, or why none was."""
    if row["speaker_as_printed"] is None:
        return f"No speaker: {row['no_speaker_reason']}"
    found = [f"not named: {row['no_speaker_reason']}"] if row["no_speaker_reason"] else []
    found += [
        f"found by the rule “{name_rule(row['attribution_rule'])}”"
        if row["attribution_rule"]
        else "rule not recorded"
    ]
    if row["cue"]:
        found.append(f"cue “{row['cue']}”")
    if row["confidence"] is not None:
        found.append(f"confidence {row['confidence']:.2f} of 1")
    return ", ".join(found)
