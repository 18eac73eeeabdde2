"""Which wording most likely derives from which.

The rule, for each wording of a statement: an official transcript's derives from none. Where its article
credits an outlet that printed another wording of the statement, not surely later, it derives from that one.
Else it derives from the closest of the wordings surely printed earlier (`closeness` says how that is
counted), and of equally close ones from the earliest. An origin has most of the words of its copy. Where no
order can be told, or nothing chooses between two, no parent is named, and the basis says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from quotes.drift.bases import describe_choice, describe_credit, describe_start
from quotes.drift.closeness import Closeness
from quotes.drift.times import When, find_earliest, read_when

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from quotes.drift.drafts import Draft
    from quotes.records import Printed

# The earliest wordings, among which the origin of one is looked for; how many of them are compared with it,
# and with how many of its words: bounds for thousands of wordings, and for wordings of thousands of words.
_EARLIEST, _COMPARED, _COMPARED_WORDS = 200, 50, 20_000


@dataclass(frozen=True, slots=True)
class Parent:
    """The id of the wording that another most likely derives from, and why; or None, and why not."""

    wording_id: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class _Found:
    """The number of a wording's parent, or None, and the basis."""

    number: int | None
    basis: str


def find_parents(drafts: Sequence[Draft], reference: Draft, today: date | None = None) -> list[Parent]:
    """Return the parent of each of `drafts`, the wordings of one statement by first printing.

    A date after `today` says nothing of the order. No wording is its own ancestor.
    """
    if len(drafts) == 1:
        return [Parent(None, "the only wording")]
    lineage = _Lineage(drafts, reference, today)
    found = [lineage.find_parent(number) for number in range(len(drafts))]
    for number, draft in enumerate(drafts):
        credited = lineage.find_credited(number) if any(quote.credits for quote in draft.quotes) else None
        if credited and not _descends(found, credited.number, number):
            found[number] = credited
    return [Parent(None if one.number is None else drafts[one.number].first.id, one.basis) for one in found]


def _descends(found: Sequence[_Found], number: int | None, ancestor: int) -> bool:
    while number is not None and number != ancestor:
        number = found[number].number
    return number is not None


class _Lineage:
    """The wordings of one statement, and when each was first printed."""

    def __init__(self, drafts: Sequence[Draft], reference: Draft, today: date | None) -> None:
        self._drafts, self._today = drafts, today
        self._closeness = Closeness(drafts, reference)
        self._whens = [find_earliest(filter(None, map(self._read, draft.quotes))) for draft in drafts]
        self._earliest = [number for number, when in enumerate(self._whens) if when][:_EARLIEST]

    def _read(self, quote: Printed) -> When | None:
        when = read_when(quote.published)
        return None if when and self._today and when.is_after(self._today) else when

    def find_parent(self, number: int) -> _Found:
        """Return the parent of a wording by date and text."""
        draft, when = self._drafts[number], self._whens[number]
        if any(quote.is_transcript for quote in draft.quotes):
            return _Found(None, "an official transcript")
        if when is None:
            is_dated = any(read_when(quote.published) for quote in draft.quotes)
            return _Found(None, "dated in the future: no order can be told" if is_dated else "no date")
        others = [(other, at) for other in self._earliest if (at := self._whens[other]) and other != number]
        earlier = [other for other, at in others if at.is_before(when)]
        tied = [(other, at) for other, at in others if not at.is_before(when) and not when.is_before(at)]
        if not earlier:
            basis = describe_start(when, [at for _, at in tied], len(self._drafts), self._whens.count(None))
            return _Found(None, basis)
        most = max(2, min(_COMPARED, _COMPARED_WORDS // (len(draft.printing.keys) or 1)))
        return self._choose(number, earlier[:most], [other for other, _ in tied[:most]])

    def _choose(self, number: int, earlier: Sequence[int], tied: Sequence[int]) -> _Found:
        """Return the closest of the `earlier` wordings; of equally close ones the earliest."""
        steps = self._count_steps(number, earlier)
        if not steps:
            return _Found(None, "no earlier wording has most of its words")
        fewest = min(steps.values())
        closest = [other for other, count in steps.items() if count == fewest]
        first = next((other for other in closest if self._is_first(other, closest)), None)
        if first is None:
            basis = f"{len(closest)} earlier wordings are equally close: no date tells which was first"
            return _Found(None, basis)
        own = self._closeness.list_own_words(self._drafts[first], self._drafts[number])
        is_beaten = any(count < fewest for count in self._count_steps(number, tied).values())
        return _Found(first, describe_choice(len(earlier), len(closest), own, is_beaten=is_beaten))

    def _count_steps(self, number: int, origins: Iterable[int]) -> dict[int, int]:
        """Return the steps from each of `origins` that has most of a wording's words."""
        copy = self._drafts[number]
        counted = ((origin, self._closeness.count_steps(self._drafts[origin], copy)) for origin in origins)
        return {origin: steps for origin, steps in counted if steps is not None}

    def _is_first(self, one: int, of: Sequence[int]) -> bool:
        when = self._whens[one]
        rest = (self._whens[other] for other in of if other != one)
        return when is not None and all(at is not None and when.is_before(at) for at in rest)

    def find_credited(self, number: int) -> _Found | None:
        """Return the wording of an outlet that the article of this one credits, where there is one."""
        when = self._whens[number]
        first = [q for q in self._drafts[number].quotes if not _is_surely_before(when, self._read(q))]
        credited = {credit for quote in first for credit in quote.credits}
        if any(quote.is_transcript or quote.outlet in credited for quote in first):
            return None
        origins = {
            other: (outlet, at)
            for outlet in sorted(credited, reverse=True)
            for other, at in self._printed_by.get(outlet, {}).items()
            if other != number and not _is_surely_before(when, at)
        }
        steps = self._count_steps(number, sorted(origins))
        if not steps:
            return None
        closest = min(steps, key=lambda origin: (steps[origin], origin))
        outlet, at = origins[closest]
        return _Found(closest, describe_credit(outlet, at, when))

    @cached_property
    def _printed_by(self) -> dict[str, dict[int, When | None]]:
        """When each outlet first printed each of the earliest wordings."""
        printed: dict[str, dict[int, When | None]] = {}
        for number, draft in enumerate(self._drafts[:_EARLIEST]):
            for quote in draft.quotes:
                if quote.outlet is not None:
                    printed.setdefault(quote.outlet, {}).setdefault(number, self._read(quote))
        return printed


def _is_surely_before(one: When | None, other: When | None) -> bool:
    return one is not None and other is not None and one.is_before(other)
