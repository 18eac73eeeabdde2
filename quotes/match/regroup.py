"""Grouping what changed: the same statements as grouping everything anew, at the cost of what changed.

Each step does for the units near a change what `quotes.match.group` does for all. Units that change are taken
out and put in again; pairs of others are looked at where a change moved them together or apart.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from quotes.match.block import Pairs, find_candidates
from quotes.match.evidence import find_worth
from quotes.match.forest import find_components, grow_trees, name_statements
from quotes.match.linking import Gains, Postings, find_after, find_gains
from quotes.match.matches import Kind, find_matches
from quotes.match.score import Comparer
from quotes.match.stories import Stories
from quotes.match.units import Units, collect_units, is_shifted, restore_units, without_collecting
from quotes.records import Link, Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from quotes.match.alphabet import Integers
    from quotes.match.kept import Kept

    Pair = tuple[int, int]


@without_collecting()
def regroup(kept: Kept, pending: Collection[str]) -> set[str]:
    """Group the quotes that are `pending` (new, changed or gone) with those that are kept.

    Returned are the ids of the statements that changed, came or went.
    """
    gone, fresh = _renew_units(kept, pending)
    before, articles = kept.read_places(gone), kept.list_articles(gone)
    near = _renew_links(kept, gone, fresh)
    moved = _renew_stories(kept, near, before) | near
    near |= _renew_told(kept, kept.list_articles(moved) | articles)
    return _renew_statements(kept, near, before) | {place.statement for place in before.values()}


def _renew_units(kept: Kept, pending: Collection[str]) -> tuple[set[int], Units]:
    """Return the units that go and those that come in their place; some are both."""
    gone: set[int] = set()
    joined, quotes = kept.find_units(pending), set(pending)
    while True:
        gone |= joined
        quotes |= {*kept.list_quotes(joined)}
        fresh = collect_units(kept.read_printed(quotes))
        joined = (kept.find_contents(fresh.contents.tolist()) | _find_shifted(kept, gone, fresh)) - gone
        if not joined:
            return gone, fresh


def _find_shifted(kept: Kept, gone: Collection[int], fresh: Units) -> set[int]:
    """Return the units whose ids fresh ones have, and those whose own ids may be free now."""
    ids = set(fresh.ids.tolist())
    contents = kept.read_contents(ids | {unit + 1 for unit in gone})
    return {unit for unit, content in contents.items() if unit in ids or is_shifted(unit, content)}


def _renew_links(kept: Kept, gone: Collection[int], fresh: Units) -> set[int]:
    """Take out the units that are gone, put in the fresh ones, and return those whose links changed."""
    out, new = Postings.of(restore_units(kept.read_units(gone))), Postings.of(fresh)
    before = kept.read_postings(np.union1d(out.keys, new.keys).tolist())
    kept.write_postings(find_after(before, out, new))
    near = {end for link in kept.read_links(gone) for end in (link.one, link.other)} - set(gone)
    kept.delete_units(gone)
    kept.write_units(fresh.list_kept())
    links = _link_first(fresh) if not before else _link_more(kept, find_gains(before, out, new), fresh)
    kept.write_links(links)
    return near | {end for link in links for end in (link.one, link.other)} | set(fresh.ids.tolist())


def _link_first(fresh: Units) -> list[Link]:
    """Return the links where nothing was kept under the keys of `fresh`."""
    return _compare(find_candidates(fresh), fresh)


def _link_more(kept: Kept, gains: Gains, fresh: Units) -> list[Link]:
    """Return the links that are new, and those whose support changed; of these some have none any more."""
    is_fresh = np.isin(gains.one, fresh.ids) | np.isin(gains.other, fresh.ids)
    others = zip(
        *(column[~is_fresh].tolist() for column in (gains.one, gains.other, gains.support)), strict=True
    )
    change = {(one, other): support for one, other, support in others}
    known = kept.read_links_between(change)
    moved = [replace(link, support=link.support + change[link.one, link.other]) for link in known]
    for link in known:
        del change[link.one, link.other]
    found = [
        place
        for place, pair in enumerate(zip(gains.one.tolist(), gains.other.tolist(), strict=True))
        if change.get(pair, 0) > 0
    ]
    asked = np.union1d(np.flatnonzero(is_fresh), np.array(found, dtype=np.int64))
    return moved + _compare_gained(
        kept, Gains(gains.one[asked], gains.other[asked], gains.support[asked]), fresh
    )


def _compare_gained(kept: Kept, gains: Gains, fresh: Units) -> list[Link]:
    """Return the links among pairs that had no support before."""
    ids = np.union1d(gains.one, gains.other)
    units = restore_units([*fresh.list_kept(), *kept.read_units(np.setdiff1d(ids, fresh.ids).tolist())])
    late, early = np.searchsorted(units.ids, gains.one), np.searchsorted(units.ids, gains.other)
    worth = find_worth(late, early, units)
    return _compare(Pairs(late[worth], early[worth], gains.support[worth]), units)


def _compare(pairs: Pairs, units: Units) -> list[Link]:
    """Return the links among pairs, sorted by place."""
    packed = pairs.late * len(units) + pairs.early
    matches = find_matches(pairs.late, pairs.early, units, Comparer(units))
    asked = np.array([match.one * len(units) + match.other for match in matches], dtype=np.int64)
    supports = pairs.support[np.searchsorted(packed, asked)].tolist()
    ids = units.ids.tolist()
    return [
        Link(ids[match.one], ids[match.other], match.kind, support)
        for match, support in zip(matches, supports, strict=True)
    ]


def _renew_stories(kept: Kept, near: Collection[int], before: Mapping[int, Place]) -> set[int]:
    """Find the firm components near a change anew, and return the units that are in another one now."""
    stories = {place.story for place in (*kept.read_places(near).values(), *before.values())}
    places = kept.read_places(kept.find_in_stories(stories))
    links = [link for link in kept.read_links(places) if link.kind == Kind.FIRM]
    found = _find_components(places, [(link.one, link.other) for link in links])
    changed = {unit: story for unit, story in found.items() if places[unit].story != story}
    kept.write_stories(changed)
    return set(changed)


def _renew_told(kept: Kept, articles: Collection[str]) -> set[int]:
    """Look anew whether links hold by the story of these articles; return the units where that changed."""
    printed = kept.find_in_articles(articles)
    links = [link for link in kept.read_links({unit for _, unit in printed}) if link.kind == Kind.STORY]
    ends = {end for link in links for end in (link.one, link.other)}
    articles_of = {unit.id: unit.articles for unit in kept.read_units(ends)}
    printed = kept.find_in_articles({article for listed in articles_of.values() for article in listed})
    places = kept.read_places({unit for _, unit in printed} | ends)
    stories = Stories(articles_of, printed, {unit: place.story for unit, place in places.items()})
    told = [replace(link, is_told=stories.are_one(link.one, link.other)) for link in links]
    changed = [link for link, was in zip(told, links, strict=True) if link.is_told != was.is_told]
    kept.write_links(changed)
    return {end for link in changed for end in (link.one, link.other)}


def _renew_statements(kept: Kept, near: Collection[int], before: Mapping[int, Place]) -> set[str]:
    """Group the units near a change anew, and return the statements that changed."""
    near = {*near}.union(*kept.list_altered(near))
    clusters = {place.cluster for place in (*kept.read_places(near).values(), *before.values())}
    places = kept.read_places(kept.find_in_clusters(clusters))
    links = [link for link in kept.read_links(places) if link.kind in (Kind.FIRM, Kind.PART) or link.is_told]
    linked, altered = [(link.one, link.other) for link in links], sorted(kept.list_altered(places))
    units = restore_units(kept.read_units(places))
    named = zip(units.ids.tolist(), name_statements(units, _grow(units, linked, altered)), strict=True)
    cluster_of, statement_of = _find_components(places, linked + altered), dict(named)
    found = {unit: Place(place.story, cluster_of[unit], statement_of[unit]) for unit, place in places.items()}
    kept.write_places({unit: place for unit, place in found.items() if place != places[unit]})
    return {
        place.statement
        for unit in places
        if unit in near or found[unit].statement != places[unit].statement
        for place in (found[unit], places[unit])
    }


def _grow(units: Units, linked: Iterable[Pair], altered: Iterable[Pair]) -> list[int]:
    """Return the tree of each unit by the place of one of its members."""
    late, early = _locate(units, sorted(linked))
    comparer, same = Comparer(units), zip(*(ends.tolist() for ends in _locate(units, altered)), strict=True)
    return grow_trees(units, comparer, find_matches(late, early, units, comparer), list(same))


def _locate(units: Units, pairs: Iterable[Pair]) -> tuple[Integers, Integers]:
    """Return the places of the units of each pair."""
    ends = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    return np.searchsorted(units.ids, ends[:, 0]), np.searchsorted(units.ids, ends[:, 1])


def _find_components(units: Iterable[int], linked: Iterable[Pair]) -> dict[int, int]:
    """Return for each unit the lowest id among those it is linked to, directly or through others."""
    ids = sorted(units)
    places = {unit: place for place, unit in enumerate(ids)}
    pairs = [(places[one], places[other]) for one, other in linked]
    return {ids[place]: ids[root] for place, root in enumerate(find_components(len(ids), pairs))}
