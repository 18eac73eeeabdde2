"""A person's words on who is one speaker and who is not, applied to local speakers."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from quotes.speakers.merging.lists import load_lists
from quotes.speakers.merging.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.records import LocalSpeaker, Meant, Overrule, Speaker
    from quotes.speakers.merging.clusters import Clusters, Side
    from quotes.speakers.merging.stories import Stories


class Bearers:
    """Local speakers, looked up by what a person calls them."""

    def __init__(self, local_speakers: Sequence[LocalSpeaker], stories: Stories) -> None:
        self._stories = stories
        self._by_name: dict[str, list[LocalSpeaker]] = defaultdict(list)
        for local in local_speakers:
            self._by_name[plain_name(local.name)].append(local)

    def find(self, meant: Meant) -> list[LocalSpeaker]:
        """Return the local speakers of this name; those of one outlet or article where it says so."""
        found = self._by_name.get(plain_name(meant.name), [])
        return [local for local in found if self._is_there(meant.where, local.article_id)]

    def _is_there(self, where: str | None, article_id: str) -> bool:
        places = (article_id, *self._stories.find_setting(article_id).outlets)
        return where is None or fold(where) in map(fold, places)


def plain_name(name: str) -> str:
    """Return a name as a person may write it: without case, accents, hyphens, titles and “the”.

    >>> plain_name("Mr. Holt-Reed"), plain_name("The Harbour Board")
    ('holt reed', 'harbour board')
    """
    words = fold(name.replace("-", " ").replace("‐", " ")).split()
    while len(words) > 1 and (words[0] == "the" or words[0] in load_lists().titles):
        words = words[1:]
    return " ".join(words)


def find_sides(bearers: Bearers, overrules: Sequence[Overrule]) -> dict[str, frozenset[Side]]:
    """Return on which sides of which “not same” each local speaker is, by its id."""
    found: dict[str, set[Side]] = defaultdict(set)
    pairs = [pair for overrule in overrules if not overrule.same for pair in combinations(overrule.named, 2)]
    for number, pair in enumerate(pairs):
        ids = [{local.id for local in bearers.find(meant)} for meant in pair]
        for side, (mine, theirs) in enumerate((pair, pair[::-1])):
            # Whom both sides name belongs to the side that says where, and to none where both or neither do.
            is_closer = mine.where and not theirs.where
            for local_id in ids[side] if is_closer else ids[side] - ids[1 - side]:
                found[local_id].add((number, side))
    return {local_id: frozenset(sides) for local_id, sides in found.items()}


def join_by_person(clusters: Clusters, stories: Stories, overrules: Sequence[Overrule]) -> None:
    """Join whom a person says to be one. A full name set apart from another is one person as well."""
    locals_ = [member.local for member in clusters.members] if overrules else []
    bearers = Bearers(locals_, stories)
    numbers = {member.local.id: member.number for member in clusters.members}
    for overrule in overrules:
        groups = [[numbers[local.id] for local in bearers.find(meant)] for meant in overrule.named]
        if overrule.same:
            groups = [[number for group in groups for number in group]]
        else:
            full = (" " in plain_name(meant.name) for meant in overrule.named)
            groups = [group for group, is_full in zip(groups, full, strict=True) if is_full]
        for group in groups:
            for number in group[1:]:
                clusters.join(group[0], number, f"a person says so ({overrule.place})", by_person=True)


def note_overrules(
    bearers: Bearers, overrules: Sequence[Overrule], speakers: Sequence[Speaker]
) -> tuple[str, ...]:
    """Return names that nobody has, and each “same” that was not done."""
    speaker_of = {local: speaker.id for speaker in speakers for local in speaker.local_ids}
    notes = []
    for overrule in overrules:
        found = {meant: bearers.find(meant) for meant in overrule.named}
        for meant, group in found.items():
            if not group:
                where = f" ({meant.where})" if meant.where else ""
                notes.append(f"{overrule.place}: no speaker is called “{meant.name}”{where}")
        ends = {speaker_of[local.id] for group in found.values() for local in group}
        if overrule.same and len(ends) > 1:
            notes.append(f"{overrule.place}: not all of these are one speaker, because a “not same” says so")
    return tuple(notes)
