"""Which wording came from which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.drift.drafts import Draft, compare_words
from quotes.text.printing import read_days

if TYPE_CHECKING:
    from collections.abc import Sequence

# Earlier wordings that are looked at as the origin of one: bounds statements with thousands of wordings.
_ORIGINS = 50


@dataclass(frozen=True, slots=True)
class Parent:
    """The id of the wording that another most likely derives from, and why; or None, and why not."""

    wording_id: str | None
    basis: str | None


def find_parent(index: int, drafts: Sequence[Draft]) -> Parent:
    """Return the parent of a wording: the most alike of those of earlier days."""
    days = read_days(drafts[index].first.published)
    earlier = [
        draft
        for draft in drafts[: min(index, _ORIGINS)]
        if days is not None
        and (before := read_days(draft.first.published)) is not None
        and before[1] < days[0]
    ]
    parent = max(earlier, key=lambda draft: compare_words(drafts[index], draft), default=None)
    return Parent(parent.first.id if parent is not None else None, None)
