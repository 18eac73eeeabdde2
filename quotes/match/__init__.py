"""Groups quotes into statements: all wordings of one utterance, across articles and outlets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from quotes.match.block import Pairs, find_candidates
from quotes.match.forest import find_components, grow_trees, name_statements
from quotes.match.matches import Kind, find_matches
from quotes.match.regroup import regroup
from quotes.match.score import Comparer
from quotes.match.stories import Stories
from quotes.match.units import UNKNOWN_SPEAKER, Units, collect_units
from quotes.records import Printed

if TYPE_CHECKING:
    from quotes.match.matches import Match

__all__ = ["DEFAULT_MATCHER", "MATCHERS", "VERSION", "Matcher", "group", "regroup"]

VERSION = "2"
"""Changes whenever the same quotes may be grouped otherwise."""

Matcher = Callable[[Sequence[Printed]], dict[str, str]]


def group(quotes: Sequence[Printed]) -> dict[str, str]:
    """Return the statement id of each quote id; a statement's id is the id of its quote printed first.

    The order of `quotes` makes no difference. Empty and one-word quotes stay alone.
    """
    units = collect_units(quotes)
    trees = group_units(units, find_candidates(units), list_altered(units, quotes))
    statements = name_statements(units, trees)
    return {
        quote: statement
        for statement, quotes_ in zip(statements, units.quotes, strict=True)
        for quote in quotes_
    }


def list_altered(units: Units, quotes: Sequence[Printed]) -> list[tuple[int, int]]:
    """Return the pairs of units, by their places in order, that an outlet altered one to the other.

    Those of two speakers are left out.
    """
    former = [quote for quote in quotes if quote.altered_to is not None]
    if not former:
        return []
    place_of = {quote: place for place, listed in enumerate(units.quotes) for quote in listed}
    pairs = {
        (place_of[quote.id], place_of[quote.altered_to]) for quote in former if quote.altered_to in place_of
    }
    speakers = units.speakers.tolist()
    return sorted(
        (one, other)
        for one, other in pairs
        if speakers[one] == speakers[other] or UNKNOWN_SPEAKER in (speakers[one], speakers[other])
    )


def group_units(units: Units, pairs: Pairs, altered: Sequence[tuple[int, int]] = ()) -> list[int]:
    """Return the group of each unit by the place of one of its members, given the pairs to compare.

    Pairs that are `altered` are together, whatever their words.
    """
    comparer = Comparer(units)
    matches = find_matches(pairs.late, pairs.early, units, comparer)
    firm = [match for match in matches if match.kind == Kind.FIRM]
    stories = _find_stories(units, firm)
    told = [
        match for match in matches if match.kind == Kind.STORY and stories.are_one(match.one, match.other)
    ]
    parts = [match for match in matches if match.kind == Kind.PART]
    return grow_trees(units, comparer, [*firm, *parts, *told], altered)


def _find_stories(units: Units, firm: Sequence[Match]) -> Stories:
    components = find_components(len(units), [(match.one, match.other) for match in firm])
    printed = ((article, unit) for unit, articles in enumerate(units.articles) for article in articles)
    return Stories(dict(enumerate(units.articles)), printed, dict(enumerate(components)))


DEFAULT_MATCHER = "forest"
MATCHERS: dict[str, Matcher] = {"forest": group}
