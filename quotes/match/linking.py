"""Which pairs of units come and go as candidates when units do, told from the keys they have.

Only what stands near a change is looked at: a key that a million units have costs as much as a rare one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotes.match.block import NEIGHBOURS, find_postings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quotes.match.alphabet import Integers, Truths
    from quotes.match.units import Units

_NONE: Integers = np.zeros(0, dtype=np.int64)
# From how many units on only the surroundings of a change are looked at.
_MANY = 64
_AROUND = np.arange(-NEIGHBOURS - 1, NEIGHBOURS + 1)


@dataclass(frozen=True, slots=True)
class Postings:
    """Keys and the ids of the units that have them, sorted by both."""

    keys: Integers
    units: Integers

    @classmethod
    def of(cls, units: Units) -> Postings:
        """Return the postings of units."""
        keys, owners = find_postings(units)
        return cls(keys.astype(np.int64), units.ids[owners])

    def split(self) -> dict[int, Integers]:
        """Return the units under each key."""
        starts = _find_starts(self.keys)
        bounds = [*starts.tolist(), len(self.keys)]
        keys = self.keys[starts].tolist()
        return {key: self.units[a:b] for key, a, b in zip(keys, bounds[:-1], bounds[1:], strict=True)}


@dataclass(frozen=True, slots=True)
class Gains:
    """Pairs of units by ids, `one` behind `other`, and how many keys more bring them together than before."""

    one: Integers
    other: Integers
    support: Integers


@dataclass(frozen=True, slots=True)
class _Row:
    """Units under keys near what changes, sorted by both.

    `places` says where under its key each stood before, or would have stood, `ranks` where it stands after
    the change; `was` and `stays` if it is there before and after.
    """

    keys: Integers
    units: Integers
    places: Integers
    ranks: Integers
    was: Truths
    stays: Truths


def find_after(before: Mapping[int, Integers], gone: Postings, fresh: Postings) -> dict[int, Integers]:
    """Return the units under each changed key, in order of ids, after `gone` went and `fresh` came."""
    going, after = gone.split(), fresh.split()
    for key, kept in before.items():
        stay = kept[~np.isin(kept, going[key])] if key in going else kept
        after[key] = np.sort(np.concatenate((stay, after[key])), kind="stable") if key in after else stay
    return after


def find_gains(before: Mapping[int, Integers], gone: Postings, fresh: Postings) -> Gains:
    """Return the pairs of units that more or fewer keys bring together after `gone` went and `fresh` came.

    Pairs with a fresh unit gain all the support they have; pairs that lose a unit are not mentioned.
    """
    row = _arrange(_look_around(before, gone, fresh), gone, fresh)
    now = list(_link(row, row.stays, row.ranks))
    lost = np.unique(np.concatenate((gone.units, fresh.units)))
    then = [
        (one[kept], other[kept])
        for one, other in _link(row, row.was, row.places)
        for kept in (~(np.isin(one, lost) | np.isin(other, lost)),)
    ]
    return _count(now, then)


def _look_around(before: Mapping[int, Integers], gone: Postings, fresh: Postings) -> tuple[Integers, ...]:
    """Return keys, units and places of what stands near the changes now."""
    keys, units, places = [_NONE], [_NONE], [_NONE]
    going, coming = gone.split(), fresh.split()
    for key, kept in before.items():
        marks = np.concatenate((going.get(key, _NONE), coming.get(key, _NONE)))
        seen = _find_near(np.searchsorted(kept, marks), len(kept))
        keys.append(np.full(len(seen), key))
        units.append(kept[seen])
        places.append(seen)
    return np.concatenate(keys), np.concatenate(units), np.concatenate(places)


def _find_near(marks: Integers, count: int) -> Integers:
    """Return the places near some of `count` places, in order; all of them where there are not many."""
    if count <= _MANY:
        return np.arange(count)
    if len(marks) == 1:
        return np.arange(max(0, marks[0] + _AROUND[0]), min(count, marks[0] + _AROUND[-1] + 1))
    return np.unique(np.clip(marks[:, None] + _AROUND, 0, count - 1))


def _arrange(seen: tuple[Integers, ...], gone: Postings, fresh: Postings) -> _Row:
    """Return what is seen together with what is fresh."""
    keys, units = np.concatenate((seen[0], fresh.keys)), np.concatenate((seen[1], fresh.units))
    places = np.concatenate((seen[2], np.zeros(len(fresh.keys), dtype=np.int64)))
    is_fresh = np.arange(len(keys)) >= len(seen[0])
    order = np.lexsort((is_fresh, units, keys))
    keys, units, places, is_fresh = keys[order], units[order], places[order], is_fresh[order]
    again = np.zeros(len(keys), dtype=np.bool_)  # fresh, and seen already: the same unit comes back
    again[1:] = is_fresh[1:] & (keys[1:] == keys[:-1]) & (units[1:] == units[:-1])
    is_back = np.append(again[1:], False)[~again]
    keys, units, places, was = keys[~again], units[~again], places[~again], ~is_fresh[~again]
    stays = ~was | is_back | ~np.isin(units, gone.units)
    return _rank(keys, units, places, was, stays)


def _rank(keys: Integers, units: Integers, places: Integers, was: Truths, stays: Truths) -> _Row:
    """Return the row with places for what was not there, and where all stand after the change."""
    starts = _find_starts(keys)
    first = np.repeat(starts, np.diff(np.append(starts, len(keys))))
    before = np.maximum.accumulate(np.where(was, np.arange(len(keys)), -1))
    behind = np.where(before >= first, places[np.maximum(before, 0)] + 1, 0)
    places = np.where(was, places, behind)
    shifts = stays.astype(np.int64) - was.astype(np.int64)
    shifts = np.cumsum(shifts) - shifts
    return _Row(keys, units, places, places + shifts - shifts[first], was, stays)


def _link(row: _Row, chosen: Truths, ranks: Integers) -> Iterator[tuple[Integers, Integers]]:
    """Yield pairs of the chosen units that stand at most NEIGHBOURS apart under a key."""
    rows = np.flatnonzero(chosen)
    for apart in range(1, NEIGHBOURS + 1):
        one, other = rows[apart:], rows[:-apart]
        near = (row.keys[one] == row.keys[other]) & (ranks[one] - ranks[other] <= NEIGHBOURS)
        yield row.units[one[near]], row.units[other[near]]


def _count(now: list[tuple[Integers, Integers]], then: list[tuple[Integers, Integers]]) -> Gains:
    """Return the pairs of `now` less those of `then`."""
    one = np.concatenate([_NONE, *(pair[0] for pair in (*now, *then))])
    other = np.concatenate([_NONE, *(pair[1] for pair in (*now, *then))])
    worth = np.ones(len(one), dtype=np.int64)
    worth[sum(len(pair[0]) for pair in now) :] = -1
    units = np.unique(np.concatenate((one, other)))
    packed = np.searchsorted(units, one) * len(units) + np.searchsorted(units, other)
    pairs, places = np.unique(packed, return_inverse=True)
    support = np.bincount(places, weights=worth, minlength=len(pairs)).astype(np.int64)
    changed = pairs[support != 0]
    return Gains(
        units[changed // max(len(units), 1)], units[changed % max(len(units), 1)], support[support != 0]
    )


def _find_starts(keys: Integers) -> Integers:
    return np.flatnonzero(np.diff(keys, prepend=-1))
