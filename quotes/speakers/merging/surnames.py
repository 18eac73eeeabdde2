"""Surnames by themselves: whose they are, where the story or an office of one holder tells."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from quotes.speakers.merging.lists import load_lists
from quotes.speakers.merging.names import PersonName, ends_in, fold, parse_name, relate
from quotes.speakers.merging.persons import Nearby
from quotes.speakers.merging.roles import find_single_office, share_role
from quotes.text.normal import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.speakers.merging.clusters import Clusters, Member
    from quotes.speakers.merging.stories import Stories

_TERM = 400  # days around a printed office in which its holder is the same
_MALE, _FEMALE = frozenset({"he", "him", "his", "mr", "sir"}), frozenset({"she", "her", "mrs", "ms", "miss"})


def link_surnames(clusters: Clusters, people: Sequence[Member], stories: Stories) -> None:
    """Join surnames to the one full name that bears them in the same story, or that holds the office printed.

    Then join surnames of one story with each other. An article that itself names two bearers, or a bearer as
    another speaker, left the surname alone for a reason, and so does this.
    """
    full_by_end, bare = _sort(people)
    for group in bare:
        bearers = Bearers([other for other in full_by_end[_end(group[0])] if _ends(other, group[0])])
        for member in group:
            if _is_owner(member) or member.local.article_id in bearers.articles:
                continue
            found = _find_in_story(clusters, member, bearers, stories) or bearers.find_holder(
                clusters, member
            )
            if found:
                clusters.join(found[0].number, member.number, found[1])
        _join_bare(clusters, group, stories)


class Bearers:
    """Those with full names that end in one surname, looked up by time and by office."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.near = Nearby(members)
        self.articles = frozenset(member.local.article_id for member in members)
        self._holders: dict[str, list[Member]] = defaultdict(list)
        for member in members:
            office = find_single_office(member.local.role)
            if office and member.day is not None:
                self._holders[office].append(member)
        self._terms: dict[str, dict[int, list[int]]] = {}

    def find_holder(self, clusters: Clusters, member: Member) -> tuple[Member, str] | None:
        """Return the full name that is printed with the same office, which one person holds at a time."""
        office = find_single_office(member.local.role)
        if not office or member.day is None or office not in self._holders:
            return None
        if office not in self._terms:
            self._terms[office] = _list_terms(clusters, self._holders[office])
        day = member.day
        held = [holder for holder, days in self._terms[office].items() if _is_within(day, days)]
        holder = clusters.members[held[0]] if len(held) == 1 else None
        if holder is None or not _fit_genders(member, holder):
            return None
        return holder, f"“{holder.local.name}” is the only {office} of this surname then"


def _list_terms(clusters: Clusters, holders: Sequence[Member]) -> dict[int, list[int]]:
    """Return the days on which each speaker is printed with an office, in order, by one of its members."""
    terms: dict[int, list[int]] = {}
    first_of: dict[int, int] = {}
    for member in holders:
        first = first_of.setdefault(clusters.find(member.number), member.number)
        terms.setdefault(first, []).append(member.day or 0)
    return {first: sorted(days) for first, days in terms.items()}


def _is_within(day: int, days: Sequence[int]) -> bool:
    at = bisect_left(days, day - _TERM)
    return at < len(days) and days[at] <= day + _TERM


def _is_owner(member: Member) -> bool:
    """Say whether each mention with the name goes on behind it (“the Corrigan campaign”): another speaks."""
    named = [words for alias in member.local.aliases if _end(member) in (words := fold(alias).split())]
    return bool(named) and all(words[-1].removesuffix("'s") != _end(member) for words in named)


def _sort(people: Sequence[Member]) -> tuple[dict[str, list[Member]], list[list[Member]]]:
    """Return the full names by the word that a bare surname ends in, and the bare ones that are equal."""
    full: dict[str, list[Member]] = defaultdict(list)
    bare: dict[PersonName, list[Member]] = defaultdict(list)
    for member in people:
        if member.name and member.name.bare:
            bare[member.name].append(member)
        elif member.name:
            for word in {member.name.last, *({member.name.first} & load_lists().family_first)}:
                full[word].append(member)
    return full, list(bare.values())


def _end(member: Member) -> str:
    return member.name.last if member.name else ""


def _ends(full: Member, bare: Member) -> bool:
    return bool(full.name and bare.name and ends_in(full.name, bare.name))


def _find_in_story(
    clusters: Clusters, member: Member, bearers: Bearers, stories: Stories
) -> tuple[Member, str] | None:
    beside = _end(member) not in load_lists().frequent_surnames
    near = [
        (other, story)
        for other in bearers.near.list_near(member)
        if (story := stories.tell_same(member.local.article_id, other.local.article_id, beside))
        and _fit_genders(member, other)
    ]
    if _are_one(clusters, near) and not _list_rivals(member, [other for other, _ in near], stories):
        other, story = near[0]
        return other, f"“{other.local.name}” is the only one there with this surname, and {story}"
    called = [
        (other, f"{story}, and both are called {common}")
        for other, story in near
        if (common := share_role(other.local.role, member.local.role))
    ]
    return (
        (called[0][0], f"“{called[0][0].local.name}”: {called[0][1]}") if _are_one(clusters, called) else None
    )


def _are_one(clusters: Clusters, found: Sequence[tuple[Member, str]]) -> bool:
    return len({clusters.find(other.number) for other, _ in found}) == 1


def _list_rivals(member: Member, bearers: Sequence[Member], stories: Stories) -> set[PersonName]:
    """Return other full names with the surname that the articles print, by first names that are known."""
    gender = _gender(member)
    firsts = {bearer.name.first for bearer in bearers if bearer.name}
    rivals = set()
    for article in {one.local.article_id for one in (member, *bearers)}:
        for printed in stories.find_setting(article).names:
            for name in _names_in(printed, member):
                first_gender = _gender_of(name.first)
                fits = not (gender and first_gender and gender != first_gender)
                if fits and _is_first_name(name.first, firsts) and not _is_any(name, bearers):
                    rivals.add(name)
    return rivals


def _is_first_name(word: str, known: set[str]) -> bool:
    return word in known or word in load_lists().female_names or word in load_lists().male_names


def _names_in(printed: str, member: Member) -> Iterator[PersonName]:
    """Yield the first name and surname that a capitalised run ends in, if the surname is the member's."""
    words = printed.split()
    if len(words) < 2 or not member.name:
        return
    name = parse_name(" ".join(words[-1 - len(member.name.words) :]))
    before = name.first not in load_lists().titles and name.first not in FUNCTION_WORDS
    if before and ends_in(name, member.name):
        yield name


def _is_any(name: PersonName, bearers: Sequence[Member]) -> bool:
    return any(bearer.name is not None and relate(name, bearer.name) for bearer in bearers)


def _fit_genders(one: Member, other: Member) -> bool:
    first, second = _gender(one), _gender(other)
    return first is None or second is None or first == second


def _gender(member: Member) -> str | None:
    """Return what titles and pronouns among the mentions tell, else what the first name does."""
    words = {word.strip(".").casefold() for alias in member.local.aliases for word in alias.split()[:1]}
    if bool(words & _MALE) != bool(words & _FEMALE):
        return "male" if words & _MALE else "female"
    return _gender_of(member.name.first) if member.name and not member.name.bare else None


def _gender_of(first: str) -> str | None:
    lists = load_lists()
    male, female = first in lists.male_names, first in lists.female_names
    return None if male == female else "male" if male else "female"


def _join_bare(clusters: Clusters, group: Sequence[Member], stories: Stories) -> None:
    near = Nearby(group)
    for member in group:
        for other in near.list_near(member):
            named = clusters.has_full_name(member.number) and clusters.has_full_name(other.number)
            if other.number < member.number or named or not _fit_genders(member, other):
                continue
            story = stories.tell_same(member.local.article_id, other.local.article_id)
            if story and len(_list_rivals(member, (), stories) | _list_rivals(other, (), stories)) < 2:
                kept, joined = sorted((member.number, other.number), key=clusters.has_full_name)[::-1]
                clusters.join(kept, joined, f"the same surname, and {story}")
