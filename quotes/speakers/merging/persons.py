"""Full names of persons in several articles: the same name, and other forms of it, joined by signs."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from quotes.speakers.merging.clusters import SAME_NAME
from quotes.speakers.merging.lists import load_lists
from quotes.speakers.merging.names import PersonName, fit_middles, relate, sound
from quotes.speakers.merging.roles import are_exclusive, share_role
from quotes.speakers.merging.stories import DAYS_OF_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from quotes.speakers.merging.clusters import Clusters, Member
    from quotes.speakers.merging.stories import Stories

Bearers = dict[PersonName, list["Member"]]
NEAREST = 40
"""Members of another name, nearest in time, that one is compared with: bounds the work for a common name."""
_NEIGHBOURS = 100  # other names of a block that one is compared with
_TIMES = 730  # days around a very common name in which another article with it is a weak sign
_ONE_CAREER = 3650  # days in which hardly anybody changes from one of these callings to another


def link_namesakes(clusters: Clusters, people: Sequence[Member], stories: Stories) -> None:
    """Join persons of one first name and surname: all of them, or by a sign where they may be several.

    They may be several where middle names or callings speak against each other, where a person says so, and
    where the name is very common; for these a weaker sign will do. A “Jr.” is joined to those without it
    last, and only by a sign.
    """
    groups = _group_by_key(people)
    for group in groups.values():
        is_split = _is_split(group)
        if is_split or _is_common(group):
            _join_equal(clusters, group)
            near = Nearby(group) if is_split else Nearby(group, _TIMES)
            tell = stories.tell_same if is_split else stories.share_some
            for one, other, why in _find_signs(clusters, group, near, tell):
                clusters.join(one.number, other.number, f"the same name, and {why}")
        else:
            for other in group[1:]:
                clusters.join(group[0].number, other.number, SAME_NAME)

    for (first, last, suffix), juniors in groups.items():
        plain = groups.get((first, last, ""), [])
        found = _find_junior_sign(juniors, plain, stories) if suffix and plain else None
        if found:
            junior, member, why = found
            clusters.join(member.number, junior.number, why)


def _group_by_key(people: Sequence[Member]) -> dict[tuple[str, str, str], list[Member]]:
    groups: dict[tuple[str, str, str], list[Member]] = defaultdict(list)
    for member in people:
        if member.name and not member.name.bare:
            groups[member.name.first, member.name.last, member.name.suffix].append(member)
    return groups


def _find_junior_sign(
    juniors: Sequence[Member], plain: Sequence[Member], stories: Stories
) -> tuple[Member, Member, str] | None:
    """Return what speaks for a “Jr.” without it: the same role, or that both stand in no story but one."""
    near, sign = Nearby(juniors), None
    for member in plain:
        for other in near.list_near(member):
            if share_role(member.local.role, other.local.role):
                return other, member, "the same name and role"
        told = (
            (other, member, f"the same name, and {story}")
            for other in near.list_near(member)
            if (story := stories.tell_same(member.local.article_id, other.local.article_id))
        )
        sign = next(told, None)
        if sign is None:
            return None
    return sign


def _is_common(group: Sequence[Member]) -> bool:
    name, lists = group[0].name, load_lists()
    return bool(name and name.first in lists.common_first and name.last in lists.common_surnames)


def _is_split(group: Sequence[Member]) -> bool:
    """Say whether anything speaks for two persons behind an equal name."""
    names = {member.name for member in group if member.name}
    if any(member.sides for member in group):
        return True
    middles = sorted({name.middle for name in names})
    return any(not fit_middles(*pair) for pair in combinations(middles, 2)) or _has_exclusive(group)


def _has_exclusive(group: Sequence[Member]) -> bool:
    roles: dict[str, list[int | None]] = defaultdict(list)
    for member in group:
        if member.local.role:
            roles[member.local.role].append(member.day)
    return any(
        are_exclusive(one, other) and _meet(roles[one], roles[other])
        for one, other in combinations(sorted(roles), 2)
    )


def _meet(days: Sequence[int | None], others: Sequence[int | None]) -> bool:
    """Say whether any two days lie within one career; a day that is not known may be any."""
    if None in days or None in others:
        return True
    return any(abs((day or 0) - (other or 0)) < _ONE_CAREER for day in days for other in others)


def _join_equal(clusters: Clusters, group: Sequence[Member]) -> None:
    """Join those whose middle names or suffixes are the same words: that is sign enough."""
    first_of: dict[PersonName, Member] = {}
    for member in group:
        if member.name and (member.name.suffix or member.name.middle):
            first = first_of.setdefault(member.name, member)
            clusters.join(first.number, member.number, SAME_NAME)


def _find_signs(
    clusters: Clusters, group: Sequence[Member], near: Nearby, tell: Callable[[str, str], str | None]
) -> Iterator[tuple[Member, Member, str]]:
    """Yield the pairs of one group that a sign speaks for: a role in common, then a story in common."""
    roles = _list_roles(group)
    for member in group:
        if member.local.role and (common := share_role(member.local.role, member.local.role)):
            yield roles[member.local.role], member, f"both are called {common}"
    for role, other_role in combinations(roles, 2):
        if common := share_role(role, other_role):
            yield roles[role], roles[other_role], f"both are called {common}"
    for member in group:
        for other in near.list_near(member):
            if clusters.find(member.number) == clusters.find(other.number):
                continue
            if sign := tell(member.local.article_id, other.local.article_id):
                yield member, other, sign


def link_variants(clusters: Clusters, people: Sequence[Member], stories: Stories) -> None:
    """Join persons whose full names may be forms of one name, where a role or story in common speaks for it.

    An initial is joined to one full name only: where signs lead to two, to none.
    """
    bearers: Bearers = defaultdict(list)
    for member in people:
        if member.name and not member.name.bare:
            bearers[member.name].append(member)
    found: dict[PersonName, list[_Link]] = defaultdict(list)
    for one, other, relation in _list_related(bearers):
        few, many = sorted((one, other), key=lambda name: (len(bearers[name]), name.words, name.suffix))
        beside = one.last == other.last and one.last not in load_lists().frequent_surnames
        sign = find_sign(bearers[few], bearers[many], stories, beside)
        if sign:
            found[few].append(_Link(*sign, few, many, relation))
    for links in found.values():
        _join_links(clusters, links)


@dataclass(frozen=True, slots=True)
class _Link:
    """Two members whose names are related, and the sign that speaks for them."""

    one: Member
    other: Member
    sign: str
    name: PersonName
    other_name: PersonName
    relation: str


def _join_links(clusters: Clusters, links: Sequence[_Link]) -> None:
    """Join one name to those it is a form of, unless it may be a form of two that differ."""
    firm = {link.other_name for link in links if link.relation != "an initial for the first name"}
    clear = [link for link in links if link.other_name in firm] or links
    ends = {clusters.find(link.other.number) for link in clear}
    if len(ends) > 1 and any(
        relate(one.other_name, other.other_name) is None for one, other in combinations(clear, 2)
    ):
        return
    for link in clear:
        phrase = f"{link.relation} (“{link.other.local.name}”), and {link.sign}"
        clusters.join(link.other.number, link.one.number, phrase)


def _list_related(bearers: Bearers) -> Iterator[tuple[PersonName, PersonName, str]]:
    """Yield the pairs of full names that may be one person's, each once and in order."""
    blocks: dict[Hashable, list[PersonName]] = defaultdict(list)
    for name in sorted(bearers, key=lambda name: (name.words, name.suffix, name.nick)):
        for key in sorted(_list_keys(name)):
            blocks[key].append(name)
    seen = set()
    for block in blocks.values():
        for index, one in enumerate(block):
            for other in block[index + 1 : index + 1 + _NEIGHBOURS]:
                is_new = (one, other) not in seen and (one.first, one.last) != (other.first, other.last)
                relation = relate(one, other) if is_new else None
                seen.add((one, other))
                if relation:
                    yield one, other, relation


def _list_keys(name: PersonName) -> set[tuple[str, str, str]]:
    """Return what two related names have in common, as keys of blocks."""
    first, last = name.first, name.last
    keys = {("initial", first[0], last), ("sound", sound(first), sound(last)[:3])}
    keys |= {("sound end", sound(first), sound(last)[-3:])}
    keys |= {("given", word, last) for word in (*name.words[:-1], *name.nick.split())}
    keys |= {("nickname", str(number), last) for number in load_lists().nicknames.get(first, ())}
    return keys


def find_sign(
    group: Sequence[Member], others: Sequence[Member], stories: Stories, beside: bool = False
) -> tuple[Member, Member, str] | None:
    """Return a pair from two groups that a shared story or role speaks for, and the phrase for it.

    `beside` says that an uncommon surname speaks for it too.
    """
    near = Nearby(others)
    for member in group:
        for other in near.list_near(member):
            if story := stories.tell_same(member.local.article_id, other.local.article_id, beside):
                return member, other, story
    mine, theirs = _list_roles(group), _list_roles(others)
    for role, member in mine.items():
        for other_role, other in theirs.items():
            if common := share_role(role, other_role):
                return member, other, f"both are called {common}"
    return None


def _list_roles(group: Sequence[Member]) -> dict[str, Member]:
    roles: dict[str, Member] = {}
    for member in group:
        if member.local.role:
            roles.setdefault(member.local.role, member)
    return dict(sorted(roles.items()))


class Nearby:
    """Members in order of time, asked for those that are nearest to a member of another article."""

    def __init__(self, group: Sequence[Member], days: int = DAYS_OF_WORDS) -> None:
        self._most = days
        self._undated = [member for member in group if member.day is None]
        self._dated = sorted((m for m in group if m.day is not None), key=lambda m: (m.day, m.number))
        self._days = [member.day or 0 for member in self._dated]

    def list_near(self, member: Member) -> list[Member]:
        """Return at most 40 members of other articles within some days, then those without a date."""
        if member.day is None:
            near = [*self._undated, *self._dated]
        else:
            day = member.day
            first = bisect_left(self._days, day - self._most)
            last = bisect_left(self._days, day + self._most + 1)
            at = bisect_left(self._days, day)
            first, last = max(first, at - 2 * NEAREST), min(last, at + 2 * NEAREST)
            near = sorted(self._dated[first:last], key=lambda m: (abs((m.day or 0) - day), m.number))
            near += self._undated
        article = member.local.article_id
        return [other for other in near[: NEAREST + 1] if other.local.article_id != article][:NEAREST]
