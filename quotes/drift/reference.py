"""Which wording of a statement the others are compared with.

The rule: an official transcript's wording, whatever its date; else the most complete of the wordings printed
on the earliest known day, or of all where no day is known. What an outlet altered to later that day was not
yet printed then; of a transcript the corrected wording counts. Of several the one with the most words is
taken, then the one that most quotes print, then the first by text. A fragment that several wordings hold with
words beyond it would hide what tells these apart: the rule is then asked of them alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.drift.drafts import find_alterations
from quotes.text.printing import read_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.drift.drafts import Draft
    from quotes.records import Printed

_DAY = len("2026-03-04")
_LEAST_FULLER = 2  # wordings that would have only a fragment in common with the reference
_LEAST_MORE = 3  # words


def find_reference(drafts: Sequence[Draft]) -> tuple[Draft, str]:
    """Return the wording that the others are compared with, and in a short phrase why it is that one."""
    recorded = [draft for draft in drafts if any(quote.is_transcript for quote in draft.quotes)]
    if recorded:
        recorded = _drop_altered(recorded) or recorded
        return _most_complete(recorded), _count(
            recorded, "the official transcript", "in official transcripts"
        )
    if len(drafts) == 1:
        return drafts[0], "the only wording"
    reference, basis = _find_first(drafts)
    fuller = [draft for draft in drafts if _prints_more(draft.printing.keys, reference.printing.keys)]
    if len(fuller) < _LEAST_FULLER:
        return reference, basis
    return _find_first(fuller)[0], f"the first of {len(fuller)} wordings that print more than the earliest"


def _prints_more(keys: Sequence[str], part: Sequence[str]) -> bool:
    """Say whether a wording has all words of `part` in one stretch, and more."""
    return len(keys) >= len(part) + _LEAST_MORE and f" {' '.join(part)} " in f" {' '.join(keys)} "


def _find_first(drafts: Sequence[Draft]) -> tuple[Draft, str]:
    days = [(draft, day) for draft in drafts if (day := read_days(draft.first.published))]
    earliest = min((last for _, (_, last) in days), default=None)
    first = [draft for draft, (start, _) in days if earliest is not None and start <= earliest] or drafts
    first = _drop_alterations(first) or first
    if earliest is None:
        basis = f"the most complete of {len(first)} wordings without a date"
    else:
        basis = _count(first, "printed first", "printed on the earliest day")
    return _most_complete(first), basis


def _drop_altered(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the wordings without those of which every transcript was altered to another of them."""
    ids = {quote.id for draft in drafts for quote in draft.quotes}
    return [
        draft
        for draft in drafts
        if any(quote.is_transcript and quote.altered_to not in ids for quote in draft.quotes)
    ]


def _drop_alterations(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the wordings without those that outlets altered others of them to, and none printed as early."""
    later = find_alterations(drafts)
    return [
        draft
        for draft in drafts
        if any(quote.id not in later and _is_as_early(quote, draft.first) for quote in draft.quotes)
    ]


def _is_as_early(quote: Printed, first: Printed) -> bool:
    return (quote.published or "")[:_DAY] == (first.published or "")[:_DAY]


def _most_complete(drafts: Sequence[Draft]) -> Draft:
    return min(drafts, key=lambda draft: (-len(draft.printing.words), -len(draft.quotes), draft.first.text))


def _count(drafts: Sequence[Draft], one: str, several: str) -> str:
    return one if len(drafts) == 1 else f"the most complete of {len(drafts)} wordings {several}"
