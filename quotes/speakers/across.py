"""Merge the speakers of single articles into persons and bodies across articles and outlets.

Links are made in order of their strength: what a person says, equal full names, other forms of a name with
another sign, surnames by the story they stand in. Each keeps the phrase that says why. Described sources and
what no link speaks for belong to their own article: nobody is merged by a guess.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from quotes.records import LocalSpeaker, Overrule, Setting, Speaker
from quotes.speakers.merging.bodies import body_key, is_generic, link_bodies
from quotes.speakers.merging.clusters import SAME_NAME, Clusters, Member
from quotes.speakers.merging.names import ends_of, fold, parse_name
from quotes.speakers.merging.overrule import Bearers, find_sides, join_by_person, note_overrules
from quotes.speakers.merging.persons import link_namesakes, link_variants
from quotes.speakers.merging.stories import Stories, find_day
from quotes.speakers.merging.surnames import link_surnames
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Sequence

Key = tuple[str, ...]


def merge_speakers(
    local_speakers: Sequence[LocalSpeaker],
    settings: Sequence[Setting] = (),
    overrules: Sequence[Overrule] = (),
) -> tuple[Speaker, ...]:
    """Return the speakers behind `local_speakers`, ordered by id; no order of the arguments matters.

    `settings` say what surrounds them in their articles; without it only names and roles decide. `overrules`
    are a person's words: “same” is done, unless a “not same” speaks against it, and “not same” is heeded.
    """
    stories = Stories(settings)
    members = _list_members(local_speakers, stories, overrules)
    clusters = Clusters(members)
    join_by_person(clusters, stories, overrules)
    _join_in_article(clusters, members)
    people = [member for member in members if member.local.kind == "person"]
    link_namesakes(clusters, people, stories)
    link_variants(clusters, people, stories)
    link_surnames(clusters, people, stories)
    link_bodies(clusters, [member for member in members if member.local.kind == "organisation"], stories)
    return _finish(clusters)


def list_notes(
    local_speakers: Sequence[LocalSpeaker],
    settings: Sequence[Setting],
    overrules: Sequence[Overrule],
    speakers: Sequence[Speaker],
) -> tuple[str, ...]:
    """Return what a person should know of their `overrules`, given the `speakers` that they helped to make.

    That is a name that no speaker has, and a “same” that a “not same” kept from being done.
    """
    return note_overrules(Bearers(local_speakers, Stories(settings)), overrules, speakers)


def _list_members(
    local_speakers: Sequence[LocalSpeaker], stories: Stories, overrules: Sequence[Overrule]
) -> list[Member]:
    names = {local.name for local in local_speakers if local.kind == "person"}
    tails = frozenset(tail for name in names if (tail := ends_of(parse_name(name))))
    sides = find_sides(Bearers(local_speakers if overrules else (), stories), overrules)
    return [
        Member(
            number,
            local,
            parse_name(local.name, tails) if local.kind == "person" else None,
            find_day(stories.find_setting(local.article_id).published),
            sides.get(local.id, frozenset()),
        )
        for number, local in enumerate(sorted(local_speakers, key=lambda local: local.id))
    ]


def _join_in_article(clusters: Clusters, members: Sequence[Member]) -> None:
    """Join what one article prints in the same words, whatever their case and accents."""
    first_of: dict[Key, Member] = {}
    for member in members:
        first = first_of.setdefault((member.local.article_id, *_key(member)[1]), member)
        clusters.join(first.number, member.number, SAME_NAME)


def _finish(clusters: Clusters) -> tuple[Speaker, ...]:
    """Return the speakers. Of several with one key, the one printed first has the id made of just the key."""
    keyed: dict[Key, list[list[Member]]] = defaultdict(list)
    for group in clusters.list_all():
        keyed[min(map(_key, group))[1]].append(group)
    speakers = []
    for key, groups in keyed.items():
        for place, group in enumerate(sorted(groups, key=lambda group: min(map(_age, group)))):
            own = (min(map(_age, group))[2],) if place else ()
            speakers.append(_merge(content_id("speaker", *key, *own), group, clusters))
    return tuple(sorted(speakers, key=lambda speaker: speaker.id))


def _key(member: Member) -> tuple[bool, Key]:
    """Return what the id of a speaker is made of: whether it holds in its own article only, and the words.

    A speaker takes the first in order of its members' keys, so that another spelling changes the id at most
    once, and another article with a known one never.
    """
    local, name = member.local, member.name
    if name:
        own = (local.article_id, *name.words) if name.bare else (name.first, name.last)
        return name.bare, ("person", *own)
    if local.kind == "organisation":
        key = body_key(local.name)
        own = (local.article_id, *key) if is_generic(key) else key
        return is_generic(key), ("organisation", *own)
    return True, (local.kind, local.article_id, *fold(local.name).split())


def _age(member: Member) -> tuple[bool, int, str]:
    return member.day is None, member.day or 0, member.local.id


def _merge(speaker_id: str, group: Sequence[Member], clusters: Clusters) -> Speaker:
    locals_ = [member.local for member in group]
    full = [member.local for member in group if not (member.name and member.name.bare)]
    kinds = Counter(local.kind for local in locals_)
    roles = Counter(local.role for local in locals_ if local.role)
    aliases = Counter(alias for local in locals_ for alias in local.aliases)
    return Speaker(
        id=speaker_id,
        name=_choose(Counter(local.name for local in full or locals_)) or "",
        kind=_choose(kinds) or "person",
        role=_choose(roles),
        aliases=tuple(sorted(aliases.items())),
        local_ids=tuple(local.id for local in locals_),
        evidence=_tell(group, clusters) if len(group) > 1 else (),
    )


def _choose(times: Counter[str]) -> str | None:
    """Return the most frequent words; of several the longest, then the last in the alphabet."""
    return max(times, key=lambda words: (times[words], len(words), words)) if times else None


def _tell(group: Sequence[Member], clusters: Clusters) -> tuple[str, ...]:
    """Return for each member why it is here: what joined it, or that others were joined to it."""
    names = Counter(fold(member.local.name) for member in group)
    return tuple(
        clusters.why.get(member.number)
        or (SAME_NAME if names[fold(member.local.name)] > 1 else "the name that the others are taken to mean")
        for member in group
    )
