"""Which wording of a statement the others are compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.text.printing import read_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.drift.drafts import Draft

MOST_COMPLETE = "the most complete of the earliest day"


def find_reference(drafts: Sequence[Draft]) -> tuple[Draft, str]:
    """Return the most complete of the earliest, and why it is the reference.

    Of the wordings that were printed on the earliest known day, the one with the most words; of these the one
    that most quotes print, then the first by text. Without any known day, all wordings are taken as earliest.
    """
    days = [read_days(draft.first.published) for draft in drafts]
    earliest = min((day for day in days if day is not None), default=None)
    first = [draft for draft, day in zip(drafts, days, strict=True) if day == earliest]
    return min(
        first, key=lambda draft: (-len(draft.printing.words), -len(draft.quotes), draft.first.text)
    ), MOST_COMPLETE
