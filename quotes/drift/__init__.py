"""Describes a statement: its wordings, what changed between them, who printed it first, who said it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quotes.drift.wordings import CHANGE_ORDER, describe_wordings
from quotes.records import Printed, Statement, Wording
from quotes.text.printing import printing_order, read_days

if TYPE_CHECKING:
    from collections.abc import Sequence

_LABEL_LENGTH = 140


def describe(quotes: Sequence[Printed]) -> Statement:
    """Return the statement that `quotes`, at least one and all of one utterance, make together.

    Nothing depends on the order of `quotes`. `worst_change` is the worst kind of its wordings ("reference"
    where all are alike); `meaning_flags` has "attribution" where speakers differ.
    """
    ordered = sorted(quotes, key=printing_order)
    described = describe_wordings(ordered)
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
    """Return the outlets that may have printed first, in order: all of the earliest day, unless times tell.

    A date without a time ties with every time of its day.
    """
    dated = [(days, quote) for quote in quotes if (days := read_days(quote.published)) is not None]
    if not dated:
        return ()
    earliest = min(days[1] for days, _ in dated)
    first = [quote for days, quote in dated if days[0] <= earliest]
    times = [_read_time(quote.published or "") for quote in first]
    known = [time for time in times if time is not None]
    if len(known) == len(first):
        first = [quote for quote, time in zip(first, times, strict=True) if time == min(known)]
    return tuple(sorted({quote.outlet for quote in first if quote.outlet is not None}))


def _read_time(published: str) -> datetime | None:
    """Return the instant of a full timestamp, in UTC where it names no zone; None for a date."""
    if len(published) <= len("2026-01-01"):
        return None
    try:
        time = datetime.fromisoformat(published)
    except ValueError:
        return None
    return time if time.tzinfo is not None else time.replace(tzinfo=UTC)


def _collect_flags(wordings: Sequence[Wording], *, disputed: bool) -> tuple[str, ...]:
    flags = {change.meaning_flag for wording in wordings for change in wording.changes if change.meaning_flag}
    return tuple(sorted(flags | ({"attribution"} if disputed else set())))
