"""Whether a change moves how much or how many: numbers, units, bounds, opposites, "all" and "some"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.drift import numbers
from quotes.drift.english import list_words
from quotes.drift.passages import Flag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.drift.passages import Passage

_OPPOSITES = (
    {"more", "less"}, {"more", "fewer"}, {"most", "least"}, {"above", "below"}, {"over", "under"},
    {"before", "after"}, {"minimum", "maximum"},
)  # fmt: skip
_EVERY = list_words("all every each everyone everybody everything always")
_SOME = list_words("some most many few several someone somebody something sometimes often usually half")
_UNITS = (("percent",), ("per", "cent"))
_BOUND_REACH = 2


def flag_quantity(passage: Passage) -> Flag | None:
    """Return the flag of a change of number, or None."""
    for find in (_flag_value, _flag_unit, _flag_opposite, _flag_share, _flag_bound):
        flag = find(passage)
        if flag:
            return flag
    return None


def _flag_value(passage: Passage) -> Flag | None:
    before, after = passage.widen(1, numbers.is_number)
    one, other = numbers.find_numbers(before), numbers.find_numbers(after)
    if not one or not other or one == other:
        return None
    if not (passage.keys and passage.other_keys) and one.total() + other.total() > 2:
        return None  # one of several numbers came or went
    return passage.flag("number", _find_counting(passage.keys), _find_counting(passage.other_keys))


def _find_counting(keys: Sequence[str]) -> list[str]:
    return [key for key in keys if numbers.is_number(key) or numbers.find_numbers([key])]


def _flag_unit(passage: Passage) -> Flag | None:
    """Flag "percent" for "percentage points" or the other way, and "percent" that came or went by itself."""
    keys, other_keys = passage.keys, passage.other_keys
    if keys and other_keys:
        changed = _is_points(keys) != _is_points(other_keys)
        changed = changed and any(unit[-1] in (*keys, *other_keys) for unit in _UNITS)
        return passage.flag("number", keys, other_keys) if changed else None
    printing = passage.reference if keys else passage.other
    start = passage.edit.start if keys else passage.edit.other_start
    alone = (keys or other_keys) in _UNITS and start > 0 and numbers.is_number(printing.keys[start - 1])
    return passage.flag("number", keys, other_keys) if alone else None


def _is_points(keys: Sequence[str]) -> bool:
    return "percentage" in keys and not {"point", "points"}.isdisjoint(keys)


def _flag_opposite(passage: Passage) -> Flag | None:
    for pair in _OPPOSITES:
        one, other = pair.intersection(passage.keys), pair.intersection(passage.other_keys)
        if len(one) == len(other) == 1 and one != other:
            return passage.flag("number", list(one), list(other))
    return None


def _flag_share(passage: Passage) -> Flag | None:
    """Flag "all" for "most" and the other way."""
    keys, other_keys = set(passage.keys), set(passage.other_keys)
    for one, other in ((_EVERY, _SOME), (_SOME, _EVERY)):
        if keys & one and other_keys & other and not other_keys & one and not keys & other:
            return passage.flag("number", list(one), list(other))
    return None


def _flag_bound(passage: Passage) -> Flag | None:
    """Flag the bound of a number ("at least 40") that came, went or became another."""
    before, after = passage.widen(_BOUND_REACH)
    values = numbers.find_numbers(before)
    if not values or values != numbers.find_numbers(after):
        return None
    one, other = numbers.find_bounds(before), numbers.find_bounds(after)
    if [sign for sign, _ in one] == [sign for sign, _ in other]:
        return None
    words, others = ([word for _, phrase in side for word in phrase] for side in (one, other))
    return passage.flag("number", words, others)


def flag_lost_bound(passage: Passage) -> Flag | None:
    """Return the flag of a bound that was cut from before the number that the words kept begin with."""
    reference, end = passage.reference, passage.edit.end
    if end >= len(reference.keys) or not numbers.is_number(reference.keys[end]):
        return None
    bounds = numbers.find_bounds(reference.keys[passage.edit.start : end + 1])
    if not bounds or reference.keys[end - len(bounds[-1][1]) : end] != bounds[-1][1]:
        return None
    words = reference.words[end - len(bounds[-1][1]) : end]
    return Flag("number", " ".join(word.text for word in words))
