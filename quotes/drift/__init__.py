"""Describes a statement: its wordings, what changed between them, who printed it first, who said it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quotes.drift.times import find_earliest, read_when
from quotes.drift.wordings import CHANGE_ORDER, describe_wordings
from quotes.records import Printed, Statement, Wording
from quotes.text.printing import printing_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

VERSION = "3"
"""Changes whenever the same statement may be described otherwise."""
_LABEL_LENGTH = 140


def describe(quotes: Sequence[Printed], today: date | None = None) -> Statement:
    """Return the statement that `quotes`, at least one and all of one utterance, make together.

    Nothing depends on the order of `quotes`. `worst_change` is the worst kind of its wordings ("reference"
    where all are alike); `meaning_flags` has "attribution" where speakers differ. A date after `today`, where
    that is given, does not say which wording derives from which.
    """
    ordered = sorted(quotes, key=printing_order)
    described = describe_wordings(ordered, today)
    wordings = described.wordings
    speakers = Counter(quote.speaker for quote in ordered if quote.speaker is not None)
    dates = [quote.published for quote in ordered if quote.published]
    return Statement(
        id=ordered[0].id,
        label=shorten(next(wording.text for wording in wordings if wording.is_reference)),
        speaker=speakers.most_common(1)[0][0] if speakers else None,
        first_published=dates[0] if dates else None,
        last_published=dates[-1] if dates else None,
        first_outlets=find_first_outlets(ordered),
        quote_count=len(ordered),
        outlet_count=len({quote.outlet for quote in ordered if quote.outlet is not None}),
        drift=described.drift,
        worst_change=max((wording.change_kind for wording in wordings), key=CHANGE_ORDER.index),
        meaning_flags=_collect_flags(wordings, disputed=len(speakers) > 1),
        disputed_speaker=len(speakers) > 1,
        wordings=wordings,
        reference_basis=described.reference_basis,
    )


def shorten(text: str, length: int = _LABEL_LENGTH) -> str:
    """Return `text` on one line of at most `length` characters, cut at a word and ended by "…" if longer.

    >>> shorten("one two  three", 9)
    'one two…'
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line.rstrip(",;: ")
    cut = line[: length - 1]
    return (cut if line[length - 1] == " " else cut.rpartition(" ")[0] or cut).rstrip(",;:. ") + "…"


def find_first_outlets(quotes: Sequence[Printed]) -> tuple[str, ...]:
    """Return the outlets that may have printed first, in order: those that none was surely before.

    A date without a time ties with every time of its day.
    """
    dated = [(when, quote.outlet) for quote in quotes if (when := read_when(quote.published))]
    first = find_earliest(when for when, _ in dated)
    return tuple(
        sorted(
            {outlet for when, outlet in dated if first and outlet is not None and not first.is_before(when)}
        )
    )


def _collect_flags(wordings: Sequence[Wording], *, disputed: bool) -> tuple[str, ...]:
    flags = {change.meaning_flag for wording in wordings for change in wording.changes if change.meaning_flag}
    return tuple(sorted(flags | ({"attribution"} if disputed else set())))
