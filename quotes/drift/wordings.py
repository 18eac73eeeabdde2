"""The wordings of one statement: which is the reference, what changed in each, and which came from which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.drift.changes import Difference, compare
from quotes.drift.drafts import Draft, draft_wordings
from quotes.drift.lineage import Parent, find_parents
from quotes.drift.printings import measure_similarity
from quotes.drift.reference import find_reference
from quotes.records import Printed, Wording
from quotes.text.alignments import Indel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

# From the mildest to the worst, for one wording and for a statement. A wording that prints more at an end
# than the reference, or too little of it to be compared, is "merged": it has words of another sentence.
CHANGE_ORDER = ("reference", "punctuation", "shortened", "ellipsis", "merged", "inflected", "reworded")
# Words of two wordings that must be alike (of the shorter) for a comparison to say anything.
_LEAST_SHARED = 0.34
# How much of a rewording each kind of change counts; words left out count little, marks and spelling nothing.
_WEIGHTS = {"substitution": 1.0, "insertion": 1.0, "deletion": 1.0, "function word": 0.5, "inflection": 0.5}
_MOVED_WEIGHT = 0.5  # of a move as a whole, however many words it moves
_LEFT_OUT = ("truncation", "ellipsis")
_LEFT_OUT_WEIGHT = 0.1
_UNSAID = {"truncation": "shortened", "merge": "merged", "ellipsis": "ellipsis"}
_MILD = {
    "punctuation": "punctuation",
    "spelling": "punctuation",
    "inflection": "inflected",
    "function word": "inflected",
    "reordering": "inflected",
}


@dataclass(frozen=True, slots=True)
class Described:
    """The wordings of one statement by first printing, its drift (0 to 1) and why one is the reference."""

    wordings: tuple[Wording, ...]
    drift: float
    reference_basis: str


def describe_wordings(quotes: Sequence[Printed], today: date | None = None) -> Described:
    """Return the wordings of one statement; dates after `today` say nothing of their order.

    Its drift is the largest over its wordings of: words reworded by words compared, where a content word
    counts 1, a function word, an inflection or a move 0.5, a word left out 0.1, spelling, marks, square
    brackets and words beyond the ends of the reference 0.
    """
    drafts = draft_wordings(quotes)
    reference, basis = find_reference(drafts)
    parents = find_parents(drafts, reference, today)
    described = [_describe(draft, parent, reference) for draft, parent in zip(drafts, parents, strict=True)]
    drift = round(max(drift for _, drift in described), 4)
    return Described(tuple([wording for wording, _ in described]), drift, basis)


def _describe(draft: Draft, parent: Parent, reference: Draft) -> tuple[Wording, float]:
    differences: list[Difference] = []
    similarity = 1.0
    if draft is reference:
        kind = "reference"
    else:
        similarity = measure_similarity(draft.printing, reference.printing)
        kind = "merged"
        if _overlap(draft, reference):
            differences = compare(reference.printing, draft.printing)
            kind = _find_change_kind(differences)
    wording = Wording(
        id=draft.first.id,
        text=draft.first.text,
        quote_ids=tuple([quote.id for quote in draft.quotes]),
        is_reference=draft is reference,
        parent_id=parent.wording_id,
        change_kind=kind,
        similarity=similarity,
        outlet_count=len({quote.outlet for quote in draft.quotes if quote.outlet is not None}),
        first_published=draft.first.published,
        changes=tuple([difference.change for difference in differences]),
        parent_basis=parent.basis,
        credited_outlet=parent.credited,
    )
    drift = measure_drift(len(reference.printing.keys), differences) if differences else 0.0
    return wording, drift


def measure_drift(reference_words: int, differences: Sequence[Difference]) -> float:
    """Return how far a wording is from a reference of so many words, from 0 to 1.

    Words beyond either end of the reference are no part of the comparison; words missing there count little.
    """
    reworded = left_out = added = 0.0
    for difference in differences:
        edit, kind = difference.edit, difference.change.kind
        before, after = edit.end - edit.start, edit.other_end - edit.other_start
        if kind in _LEFT_OUT:
            left_out += before
        elif kind == "reordering":
            reworded += _MOVED_WEIGHT
        elif edit.place == "middle" and not difference.editorial:
            reworded += _WEIGHTS.get(kind, 0.0) * max(before, after)
            added += max(0, after - before)
    compared = reference_words - left_out + added
    rewording = reworded / compared if compared > 0 else 0.0
    shortening = left_out / reference_words if reference_words else 0.0
    return min(1.0, rewording + _LEFT_OUT_WEIGHT * shortening * (1 - min(1.0, rewording)))


def _overlap(draft: Draft, reference: Draft) -> bool:
    """Say whether a wording has enough of the reference to be compared; another sentence has not."""
    one, other = draft.printing.keys, reference.printing.keys
    shared = (len(one) + len(other) - Indel.distance(one, other)) / 2
    return shared > 0 and shared >= _LEAST_SHARED * min(len(one), len(other))


def _find_change_kind(differences: Sequence[Difference]) -> str:
    """Return the worst kind among the changes of a wording, by CHANGE_ORDER."""
    kinds = {_name_change(difference) for difference in differences if not difference.editorial}
    return max(kinds, key=CHANGE_ORDER.index, default="punctuation")


def _name_change(difference: Difference) -> str:
    """Return what a change makes of its wording: a cut stays a cut, even where it may move the meaning."""
    kind = difference.change.kind
    if kind in _UNSAID:
        return _UNSAID[kind]
    return "reworded" if difference.change.meaning_flag else _MILD.get(kind, "reworded")
