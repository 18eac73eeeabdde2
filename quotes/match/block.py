"""Which units are worth comparing: those that share a telling pair of neighbouring words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.match.units import Unit

# A pair of neighbouring words that tells less ("of the") says nothing about two quotes.
_KEY_BITS = 16
# A key keeps a constant number of units, so that the work grows with the number of words, not of pairs.
_LAST_OF_KEY = 2
_LAST_OF_LENGTH = 4
# Words of others that one unit is compared with at most, best shared first: bounds hostile input.
_PARTNER_WORDS = 50_000


@dataclass(slots=True)
class _Slot:
    """The units kept for one key: the first, the longest, the last two, and the last four of each length."""

    first: int
    longest: int
    last: list[int] = field(default_factory=list)
    of_length: dict[int, list[int]] = field(default_factory=dict)


def find_candidates(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Yield index pairs (later, earlier) of units that share a telling word bigram, each pair once."""
    slots: dict[tuple[str, str], _Slot] = {}
    for index, unit in enumerate(units):
        length = (len(unit.words) ** 2).bit_length()
        partners: Counter[int] = Counter()
        for key in _keys(unit):
            slot = slots.get(key)
            if slot is None:
                slot = slots[key] = _Slot(index, index)
            else:
                partners.update({slot.first, slot.longest, *slot.last, *slot.of_length.get(length, ())})
            _keep(slot, index, length, units)
        yield from ((index, partner) for partner in _bound(partners, units))


def _keys(unit: Unit) -> set[tuple[str, str]]:
    told = list(zip(unit.words, unit.bits, strict=True))
    return {(one, next_) for (one, bits), (next_, more) in pairwise(told) if bits + more >= _KEY_BITS}


def _keep(slot: _Slot, index: int, length: int, units: Sequence[Unit]) -> None:
    if len(units[index].words) > len(units[slot.longest].words):
        slot.longest = index
    slot.last = [*slot.last, index][-_LAST_OF_KEY:]
    slot.of_length[length] = [*slot.of_length.get(length, ()), index][-_LAST_OF_LENGTH:]


def _bound(partners: Counter[int], units: Sequence[Unit]) -> Iterator[int]:
    room = _PARTNER_WORDS
    for partner in sorted(partners, key=lambda partner: (-partners[partner], partner)):
        room -= len(units[partner].words)
        yield partner
        if room < 0:
            return
