"""What a picture tells of a statement: the reference wording and the other wordings that tell most."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.publish.diff import Segment, compare, leave_uncompared
from quotes.publish.phrases import (
    STATEMENT_COUNTS,
    count,
    describe_date,
    describe_flag,
    describe_kind,
    list_counts,
    name_with_role,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Row = dict[str, Any]

MOST_WORDINGS = 6
# Characters of a wording that are compared: about 2,000 words.
LONGEST = 12_000
# A wording longer than this is shown around its differences only.
_MOST_SHOWN = 360
_KEPT = 6  # words of a stretch that is alike, on either side of a difference
_KIND_ORDER = ("reworded", "inflected", "merged", "ellipsis", "shortened", "punctuation")
# Invisible signs that turn the direction of writing, for one word or for all that follows.
_TURNING = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
LEFT_OUT = "[…]"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: "same", "removed", "added", "moved" or "note", which is no word of the wording."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording: who printed it first, what kind it is, its text, and what may differ in meaning."""

    printed: str
    kind: str
    pieces: tuple[Piece, ...]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """All that a picture shows. `more` says what it leaves out, or that there is nothing else.

    Only the pieces of wordings are clean: all else is cleaned where it is laid out.
    """

    reference: str
    printed: str
    speaker: str
    warning: str | None
    wordings: tuple[Wording, ...]
    more: str
    size: str
    address: str


@dataclass(frozen=True, slots=True)
class ToldFrom:
    """What a picture is made of: the row of a statement, and rows of TEXTS, the reference wording first."""

    statement: Row
    role: str | None
    wordings: tuple[Row, ...]
    address: str


def tell(read: ToldFrom) -> Told:
    """Return what the picture of a statement shows."""
    statement, (reference, *others) = read.statement, read.wordings or (None,)
    text = reference["text"] if reference else statement["label"]
    name = statement["speaker"]
    disputed = "Articles name different speakers for these words."
    return Told(
        reference=clean(text).rstrip(",;: "),
        printed=_say_printed(reference) if reference else "an outlet that is not known",
        speaker=name_with_role(name, read.role) if name else "No speaker named",
        warning=disputed if statement["disputed_speaker"] else None,
        wordings=tuple(
            tell_wording(text, row["text"], row["change_kind"], _say_printed(row)) for row in others
        ),
        more=_say_more(statement["wording_count"], len(others)),
        size=list_counts(statement, STATEMENT_COUNTS),
        address=read.address,
    )


def _say_printed(row: Row) -> str:
    return describe_printed(json.loads(row["printed"]), row["outlet_count"])


def _say_more(wordings: int, shown: int) -> str:
    if wordings < 2:
        return "No other wording of it is known here."
    unshown = wordings - 1 - shown
    return f"And {count(unshown, 'more wording')}, at the address below." if unshown > 0 else ""


def choose_wordings(rows: Iterable[Row], most: int = MOST_WORDINGS) -> list[str]:
    """Return the ids of the wordings of the query TOLD that tell most, in order of first printing.

    Those whose meaning may differ come first, then those with other words, then those that many print.
    """
    others = [row for row in rows if not row["is_reference"]]
    chosen = sorted(others, key=_rank)[:most]
    chosen.sort(key=lambda row: (row["first_published"] is None, row["first_published"] or "", row["id"]))
    return [row["id"] for row in chosen]


def _rank(row: Row) -> tuple[int, int, int, float, str]:
    kind = row["change_kind"]
    place = _KIND_ORDER.index(kind) if kind in _KIND_ORDER else len(_KIND_ORDER)
    return -row["flags"], place, -row["outlet_count"], row["similarity"], row["id"]


def tell_wording(reference: str, text: str, kind: str, printed: str) -> Wording:
    """Return a wording with its differences from the reference; uncompared where either is too long."""
    if max(len(reference), len(text)) >= LONGEST:
        segments: Sequence[Segment] = [leave_uncompared(text, "too long to compare")]
    else:
        segments = compare(reference, text)
    flagged = (one.change for one in segments if one.change and one.change.meaning_flag)
    # The picture's font has no arrow.
    flags = (
        f"{describe_flag(change.meaning_flag or '')}: {(change.flag_words or '').replace(' → ', ', here ')}"
        for change in flagged
    )
    pieces = tuple(piece for segment in segments for piece in _show(segment))
    if sum(len(piece.text) for piece in pieces) > _MOST_SHOWN:
        pieces = tuple(_condense(pieces))
    return Wording(printed, describe_kind(kind), pieces, tuple(dict.fromkeys(flags)))


def _show(segment: Segment) -> list[Piece]:
    text = clean(segment.text, keep_ends=True)
    if segment.kind == "cut":
        return [Piece("note", f"[… {count(segment.size, 'word')} left out]")]
    if segment.kind == "uncompared":
        return [Piece("same", text), Piece("note", f" [{segment.note}]")]
    return [Piece(segment.kind if segment.kind in ("removed", "added", "moved") else "same", text)]


def _condense(pieces: Sequence[Piece]) -> Iterable[Piece]:
    """Yield `pieces`, of long stretches that are alike only the words next to a difference."""
    last = len(pieces) - 1
    for number, piece in enumerate(pieces):
        words = piece.text.split()
        if piece.kind != "same" or last == 0 or len(words) <= 2 * _KEPT + 2:
            yield piece
            continue
        if number:
            yield Piece("same", (" " if piece.text[:1].isspace() else "") + " ".join(words[:_KEPT]))
        yield Piece("note", f" {LEFT_OUT} ")
        if number < last:
            yield Piece("same", " ".join(words[-_KEPT:]) + (" " if piece.text[-1:].isspace() else ""))


def describe_printed(printed: Sequence[Sequence[str | None]], outlets: int) -> str:
    """Return who printed a wording first: outlet and date of its first printings, of `outlets` in all.

    >>> describe_printed([["The Lamp", "2026-03-05"]], 3)
    'The Lamp, 5 March 2026, and 2 more outlets'
    """
    if not printed:
        return "an outlet that is not known"
    name, day = printed[0]
    rest = f", and {count(outlets - 1, 'more outlet')}" if outlets > 1 else ""
    return f"{name}, {describe_date(day)}{rest}"


def clean(text: str, *, keep_ends: bool = False) -> str:
    """Return `text` on one line, without what no picture may hold: controls, halves of characters.

    >>> clean("a\\x00b\\n\\u202e c")
    'ab c'
    """
    spaced = "".join(" " if sign.isspace() else sign for sign in text.translate(_TURNING))
    plain = "".join(sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cs", "Cn", "Co"))
    folded = " ".join(plain.split())
    if not keep_ends:
        return folded
    head = " " if plain[:1] == " " else ""
    return f"{head}{folded}{' ' if folded and plain[-1:] == ' ' else ''}"
