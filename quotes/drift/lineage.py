"""Which wording most likely derives from which.

The rule, for each wording of a statement: an official transcript's derives from none. Where all outlets that
may have printed it first had altered their own quote, it derives from what that was. Where all articles that
may have printed it first credit an outlet that printed another wording of the statement, not surely
later, it derives from that one, unless the credits lead back to it. Else it derives from the closest of the
wordings surely printed earlier (`closeness` says how that is counted). Of equally close ones it is the
earliest. An origin has most of the words of its copy. Where no order can be told, or nothing chooses between
two, no parent is named, and the basis says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from quotes.drift.bases import (
    ALTERED,
    Among,
    describe_choice,
    describe_credit,
    describe_start,
    describe_strangers,
    describe_tie,
)
from quotes.drift.closeness import Closeness
from quotes.drift.drafts import find_alterations
from quotes.drift.times import When, find_earliest, read_when

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from quotes.drift.drafts import Draft
    from quotes.records import Printed

# The earliest wordings, among which the origin of one is looked for; how many of them are compared with it,
# and with how many of its words: bounds for thousands of wordings, and for wordings of thousands of words.
_EARLIEST, _COMPARED, _COMPARED_WORDS = 200, 50, 20_000


@dataclass(frozen=True, slots=True)
class Parent:
    """The id of the wording that another most likely derives from, and why; or None, and why not.

    `credited` is the id of the outlet that printed it, where a credit decided.
    """

    wording_id: str | None
    basis: str
    credited: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """The number of a wording's parent, or None, the basis, and the outlet where a credit decided."""

    number: int | None
    basis: str
    credited: str | None = None


def find_parents(drafts: Sequence[Draft], reference: Draft, today: date | None = None) -> list[Parent]:
    """Return the parent of each of `drafts`, the wordings of one statement by first printing.

    A date after `today` says nothing of the order. No wording is its own ancestor.
    """
    if len(drafts) == 1:
        return [Parent(None, "the only wording")]
    lineage = _Lineage(drafts, reference, today)
    found = {number: lineage.find_parent(number) for number in range(len(drafts))}
    known = {
        number: one
        for number in found
        if (one := lineage.find_altered(number) or lineage.find_credited(number))
    }
    while circular := [number for number in known if _descends_from_itself(number, found | known)]:
        for number in circular:
            del known[number]
    return [
        Parent(None if one.number is None else drafts[one.number].first.id, one.basis, one.credited)
        for _, one in sorted((found | known).items())
    ]


def _descends_from_itself(number: int, found: Mapping[int, _Found]) -> bool:
    ancestors: set[int] = set()
    ancestor = found[number].number
    while ancestor is not None and ancestor not in ancestors:
        ancestors.add(ancestor)
        ancestor = found[ancestor].number
    return number in ancestors


class _Lineage:
    """The wordings of one statement, and when each was first printed."""

    def __init__(self, drafts: Sequence[Draft], reference: Draft, today: date | None) -> None:
        self._drafts, self._today = drafts, today
        self._closeness = Closeness(drafts, reference)
        self._whens = [find_earliest(filter(None, map(self._read, draft.quotes))) for draft in drafts]
        self._undated = self._whens.count(None)
        self._earliest = [number for number, when in enumerate(self._whens) if when][:_EARLIEST]

    def _read(self, quote: Printed) -> When | None:
        when = read_when(quote.published)
        return None if when and self._today and when.is_after(self._today) else when

    def find_parent(self, number: int) -> _Found:
        """Return the parent of a wording by date and text."""
        quotes, when = self._drafts[number].quotes, self._whens[number]
        if any(quote.is_transcript for quote in quotes):
            return _Found(None, "an official transcript")
        if when is None:
            is_dated = any(read_when(quote.published) for quote in quotes)
            return _Found(None, "dated in the future: no order can be told" if is_dated else "no date")
        others = [
            (other, at)
            for other in self._earliest
            if (at := self._whens[other]) and other != number and not self._is_altered_from(other, number)
        ]
        earlier = [other for other, at in others if at.is_before(when)]
        tied = [(other, at) for other, at in others if not at.is_before(when) and not when.is_before(at)]
        if not earlier:
            basis = describe_start(when, [at for _, at in tied], len(self._drafts), self._undated)
            return _Found(None, basis)
        return self._choose(number, earlier, [other for other, _ in tied])

    def _limit(self, number: int) -> int:
        """Return with how many others a wording is compared."""
        return max(2, min(_COMPARED, _COMPARED_WORDS // (len(self._drafts[number].printing.keys) or 1)))

    def _choose(self, number: int, earlier: Sequence[int], tied: Sequence[int]) -> _Found:
        """Return the closest of the first of the `earlier` wordings; of like ones the earliest."""
        most = self._limit(number)
        among = Among(min(most, len(earlier)), len(earlier))
        steps = self._count_steps(number, earlier[:most])
        if not steps:
            return _Found(None, describe_strangers(among))
        closest = _find_closest(steps)
        first = _find_first({other: self._whens[other] for other in closest})
        if first is None:
            return _Found(None, describe_tie(len(closest), "earlier wordings"))
        own = self._closeness.list_own_words(self._drafts[first], self._drafts[number])
        is_beaten = any(count < steps[first] for count in self._count_steps(number, tied[:most]).values())
        return _Found(first, describe_choice(among, len(closest), own, is_beaten=is_beaten))

    def _count_steps(self, number: int, origins: Iterable[int]) -> dict[int, int]:
        """Return the steps from each of `origins` that has most of a wording's words."""
        copy = self._drafts[number]
        counted = ((origin, self._closeness.count_steps(self._drafts[origin], copy)) for origin in origins)
        return {origin: steps for origin, steps in counted if steps is not None}

    def find_altered(self, number: int) -> _Found | None:
        """Return the wording that all outlets had altered that may have printed this one first."""
        return _Found(self._former[number], ALTERED) if number in self._former else None

    @cached_property
    def _former(self) -> dict[int, int]:
        """The wording that each was altered from, as far as no outlet printed it otherwise as early."""
        alterations = find_alterations(self._drafts)
        former = {}
        for number in range(len(self._drafts)) if alterations else ():
            was = [
                None if quote.is_transcript else alterations.get(quote.id)
                for quote in self._list_first(number)
            ]
            known = [one for one in was if one is not None]
            if was and len(known) == len(was):
                former[number] = min(known)
        return former

    def _is_altered_from(self, number: int, origin: int) -> bool:
        """Say whether a wording was altered from another one, in one step or several."""
        seen: set[int] = set()
        while number in self._former and number not in seen:
            seen.add(number)
            number = self._former[number]
            if number == origin:
                return True
        return False

    def _list_first(self, number: int) -> list[Printed]:
        """Return the quotes that may have printed a wording first."""
        when, quotes = self._whens[number], self._drafts[number].quotes
        return [quote for quote in quotes if not _is_surely_before(when, self._read(quote))]

    def find_credited(self, number: int) -> _Found | None:
        """Return the wording of an outlet that all articles credit that may have printed this one first."""
        when, quotes = self._whens[number], self._drafts[number].quotes
        if not any(quote.credits for quote in quotes):
            return None
        first = self._list_first(number)
        credited = frozenset[str].intersection(*(frozenset(quote.credits) for quote in first))
        if any(quote.is_transcript or quote.outlet in credited for quote in first):
            return None
        origins = self._list_origins(number, credited)
        steps = self._count_steps(number, sorted(origins)[: self._limit(number)])
        if not steps:
            return None
        closest = _find_closest(steps)
        chosen = _find_first({other: origins[other][1] for other in closest})
        if chosen is None:
            return _Found(None, describe_tie(len(closest), "wordings of credited outlets"))
        outlet, at = origins[chosen]
        return _Found(chosen, describe_credit(at, when), outlet)

    def _list_origins(self, number: int, credited: Iterable[str]) -> dict[int, tuple[str, When | None]]:
        """Return the other wordings that `credited` outlets printed, not surely later: by which, and when."""
        return {
            other: (outlet, at)
            for outlet in sorted(credited, reverse=True)
            for other, at in self._printed_by.get(outlet, {}).items()
            if other != number and not _is_surely_before(self._whens[number], at)
        }

    @cached_property
    def _printed_by(self) -> dict[str, dict[int, When | None]]:
        """When each outlet first printed each of the earliest wordings."""
        printed: dict[str, dict[int, When | None]] = {}
        for number, draft in enumerate(self._drafts[:_EARLIEST]):
            for quote in draft.quotes:
                if quote.outlet is not None:
                    printed.setdefault(quote.outlet, {}).setdefault(number, self._read(quote))
        return printed


def _find_closest(steps: Mapping[int, int]) -> list[int]:
    fewest = min(steps.values())
    return [origin for origin, count in steps.items() if count == fewest]


def _find_first(whens: Mapping[int, When | None]) -> int | None:
    """Return the one that was surely printed before all others, if any."""
    for one, when in whens.items():
        if all(other == one or _is_surely_before(when, at) for other, at in whens.items()):
            return one
    return None


def _is_surely_before(one: When | None, other: When | None) -> bool:
    return one is not None and other is not None and one.is_before(other)
