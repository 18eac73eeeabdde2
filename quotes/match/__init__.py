"""Groups quotes into statements: all wordings of one utterance, across articles and outlets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quotes.match.block import find_candidates
from quotes.match.forest import grow_trees
from quotes.match.score import LEAST_BITS, is_firm, is_repeated_part, measure
from quotes.match.stories import find_stories
from quotes.match.units import collect_units
from quotes.records import Printed

Matcher = Callable[[Sequence[Printed]], dict[str, str]]


def group(quotes: Sequence[Printed]) -> dict[str, str]:
    """Return the statement id of each quote id; a statement's id is the id of its quote printed first.

    The order of `quotes` makes no difference. Empty and one-word quotes stay alone.
    """
    units = collect_units(quotes)
    pairs = (measure(one, other, units) for one, other in find_candidates(units))
    matches = [match for match in pairs if match.strength >= LEAST_BITS]
    firm = [match for match in matches if is_firm(match, units)]
    stories = find_stories(units, grow_trees(units, firm))
    likely = [match for match in matches if is_repeated_part(match, units) or stories.hold(match, units)]
    trees = grow_trees(units, firm, likely)
    return {
        id_: units[tree].first.id for unit, tree in zip(units, trees, strict=True) for id_ in unit.quote_ids
    }


DEFAULT_MATCHER = "forest"
MATCHERS: dict[str, Matcher] = {"forest": group}
