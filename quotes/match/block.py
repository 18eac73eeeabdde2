"""Which units are worth comparing: those next to each other, in order of printing, under a telling bigram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quotes.match.alphabet import scramble, spell
from quotes.match.evidence import find_worth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quotes.match.alphabet import Hashes, Integers, Spelled, Truths
    from quotes.match.units import Units

    Worth = Callable[[Integers, Integers], Truths]

# A pair of neighbouring words that tells less ("of the") says nothing about two quotes.
LEAST_KEY_BITS = 16
KEY_BITS = 40
# A key links each of its units with so many before it: the work grows with the words, not with the pairs.
NEIGHBOURS = 4
# A longer quote is found by so many of its keys, those with the lowest numbers.
MOST_KEYS = 512
_STEP = 1 << 21  # postings looked at together: bounds memory


@dataclass(frozen=True, slots=True)
class Pairs:
    """Columns of pairs of units, `late` behind `early`; `support` is the number of keys that link them."""

    late: Integers
    early: Integers
    support: Integers


def find_candidates(units: Units) -> Pairs:
    """Return the pairs of units that are worth comparing."""
    return find_pairs(*find_postings(units), lambda late, early: find_worth(late, early, units))


def find_postings(units: Units) -> tuple[Hashes, Integers]:
    """Return keys and the units that have them, sorted by both; a unit stands once under a key."""
    room = np.uint64(max(len(units), 1).bit_length())
    if int(room) + KEY_BITS > 64:
        raise MemoryError(f"{len(units):,} quotes are too many for one grouping; split them by date")
    packed, first = [np.zeros(0, dtype=np.uint64)], 0
    for spelled in spell(units.words, units.facts):
        keys, owners = _find_keys(spelled)
        packed.append((keys << room) | (owners + first).astype(np.uint64))
        first += len(spelled.bounds) - 1
    found = np.concatenate(packed)
    found.sort()
    found = found[_find_starts(found)]
    return found >> room, (found & ((np.uint64(1) << room) - np.uint64(1))).astype(np.int64)


def _find_keys(spelled: Spelled) -> tuple[Hashes, Integers]:
    """Return the keys of each text, and which text has each."""
    owners = spelled.find_owners()
    telling = (owners[:-1] == owners[1:]) & (spelled.bits[:-1] + spelled.bits[1:] >= LEAST_KEY_BITS)
    keys = scramble(spelled.hashes[:-1] + scramble(spelled.hashes[1:])) >> np.uint64(64 - KEY_BITS)
    return _limit(keys[telling], owners[:-1][telling])


def _find_starts(ordered: Hashes) -> Truths:
    """Return which values differ from the one before."""
    return np.concatenate((np.ones(min(1, len(ordered)), np.bool_), ordered[1:] != ordered[:-1]))


def _limit(keys: Hashes, owners: Integers) -> tuple[Hashes, Integers]:
    """Leave out the keys of long quotes beyond MOST_KEYS."""
    counts = np.bincount(owners)
    if not len(counts) or counts.max() <= MOST_KEYS:
        return keys, owners
    kept = np.ones(len(keys), dtype=np.bool_)
    for owner in np.flatnonzero(counts > MOST_KEYS).tolist():
        start, end = np.searchsorted(owners, (owner, owner + 1)).tolist()
        kept[start:end] = keys[start:end] < np.partition(keys[start:end], MOST_KEYS)[MOST_KEYS]
    return keys[kept], owners[kept]


def find_pairs(keys: Hashes, owners: Integers, worth: Worth) -> Pairs:
    """Return the pairs that stand at most NEIGHBOURS apart under a key, where they are `worth` it."""
    found = [np.zeros(0, dtype=np.uint64)]
    for late, early in _link(keys, owners):
        kept = worth(late, early)
        behind = late[kept].astype(np.uint64) << np.uint64(32)
        found.append(behind | early[kept].astype(np.uint64))
    packed = np.sort(np.concatenate(found))
    starts = np.flatnonzero(_find_starts(packed))
    support = np.diff(np.concatenate((starts, [len(packed)])))
    packed = packed[starts]
    early = (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)
    return Pairs((packed >> np.uint64(32)).astype(np.int64), early, support)


def _link(keys: Hashes, owners: Integers) -> Iterator[tuple[Integers, Integers]]:
    for apart in range(1, NEIGHBOURS + 1):
        for start in range(0, max(len(keys) - apart, 0), _STEP):
            end = min(start + _STEP, len(keys) - apart)
            same = keys[start:end] == keys[start + apart : end + apart]
            yield owners[start + apart : end + apart][same], owners[start:end][same]
