"""Which changes tell a reader most, and in which order they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotes.records import Change

    Told = tuple[Change, tuple[str, ...]]
    """A change, and the names of the outlets that printed it."""

# The kinds of change from the most telling on; other marks or spelling of the same words tell nothing.
_KINDS = (
    "substitution", "insertion", "deletion", "inflection", "reordering", "function word", "ellipsis",
    "truncation", "merge",
)  # fmt: skip
_PLACES: Mapping[str, int] = {kind: place for place, kind in enumerate(_KINDS)}


def is_telling(change: Change) -> bool:
    """Return whether a change is one of words, not of marks or spelling."""
    return change.kind in _PLACES


def rank_change(change: Change) -> tuple[bool, int]:
    """Return what changes are sorted by: those that may change the meaning first, then by kind.

    >>> from quotes.records import Change
    >>> cut, swap = Change("delete", "it", "", "truncation"), Change("replace", "a", "b", "substitution")
    >>> sorted([cut, swap], key=rank_change)[0].kind
    'substitution'
    """
    return change.meaning_flag is None, _PLACES.get(change.kind, len(_PLACES))
