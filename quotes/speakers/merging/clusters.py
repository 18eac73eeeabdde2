"""Local speakers on their way to speakers: joined pair by pair, unless something speaks against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.speakers.merging.names import PersonName, fit_middles, relate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.records import LocalSpeaker

Side = tuple[int, int]
SAME_NAME = "the same name"


@dataclass(frozen=True, slots=True)
class Member:
    """A local speaker with what merging looks at: its number, parsed name, day and the sides it is on.

    `name` is None for anybody but persons. `day` counts days; None is unknown. A side is the number of a
    "not same" and which of its two it is.
    """

    number: int
    local: LocalSpeaker
    name: PersonName | None = None
    day: int | None = None
    sides: frozenset[Side] = frozenset()


@dataclass(slots=True)
class _Cluster:
    members: list[int]
    sides: set[Side]
    suffixes: set[str]
    middles: set[tuple[str, ...]]
    names: set[PersonName]  # full ones
    full: dict[str, set[PersonName]]  # the same, by article


@dataclass(slots=True)
class Clusters:
    """Which members are one speaker. `why` says for a member what joined it to the others."""

    members: Sequence[Member]
    why: dict[int, str] = field(default_factory=dict)
    _root: list[int] = field(default_factory=list)
    _clusters: dict[int, _Cluster] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._root = list(range(len(self.members)))
        self._clusters = {member.number: _start(member) for member in self.members}

    def find(self, number: int) -> int:
        """Return the number that stands for the cluster of a member."""
        while self._root[number] != number:
            self._root[number] = self._root[self._root[number]]
            number = self._root[number]
        return number

    def has_full_name(self, number: int) -> bool:
        """Say whether any member of the cluster that `number` is in has a full name."""
        return bool(self._clusters[self.find(number)].names)

    def list_all(self) -> list[list[Member]]:
        """Return the clusters, each in the order of its members."""
        return [[self.members[number] for number in sorted(one.members)] for one in self._clusters.values()]

    def join(self, one: int, other: int, why: str, by_person: bool = False) -> bool:
        """Make two members one speaker and return True; return False where they are known to be two.

        `why` holds for the members of `other`'s cluster that nothing more than their equal name was said of.
        What a person says (`by_person`) yields to nothing but a person's word.
        """
        first, second = self.find(one), self.find(other)
        if first == second:
            return True
        mine, theirs = self._clusters[first], self._clusters[second]
        if _differ_by_word(mine, theirs) or (not by_person and _differ(mine, theirs)):
            return False
        for number in theirs.members:
            if self.why.get(number, SAME_NAME) == SAME_NAME:
                self.why[number] = why
        self._merge(first, second)
        return True

    def _merge(self, first: int, second: int) -> None:
        if len(self._clusters[first].members) < len(self._clusters[second].members):
            first, second = second, first
        gone = self._clusters.pop(second)
        kept = self._clusters[first]
        self._root[second] = first
        kept.members += gone.members
        kept.sides |= gone.sides
        kept.suffixes |= gone.suffixes
        kept.middles |= gone.middles
        kept.names |= gone.names
        for article, names in gone.full.items():
            kept.full.setdefault(article, set()).update(names)


def _start(member: Member) -> _Cluster:
    name = member.name
    cluster = _Cluster([member.number], set(member.sides), set(), set(), set(), {})
    if name and not name.bare:
        cluster.names.add(name)
        cluster.full[member.local.article_id] = {name}
        cluster.suffixes |= {name.suffix} - {""}
        cluster.middles |= {name.middle} - {()}
    return cluster


def _differ_by_word(one: _Cluster, other: _Cluster) -> bool:
    few, many = sorted((one.sides, other.sides), key=len)
    return any((line, 1 - side) in many for line, side in few)


def _differ(one: _Cluster, other: _Cluster) -> bool:
    """Say whether the full names cannot be one person's, or an article names both."""
    if len(one.suffixes | other.suffixes) > 1:
        return True
    if any(not fit_middles(mine, theirs) for mine in one.middles for theirs in other.middles):
        return True
    if any(relate(mine, theirs) is None for mine in one.names for theirs in other.names):
        return True
    few, many = sorted((one.full, other.full), key=len)
    return any(
        _are_two(mine, theirs)
        for article, names in few.items()
        for mine in names
        for theirs in many.get(article, ())
    )


def _are_two(one: PersonName, other: PersonName) -> bool:
    """Say whether two full names that one article prints are two persons."""
    return one.suffix != other.suffix or relate(one, other) in {None, "another spelling"}
