"""Scores of parses, tags and names against gold ones, in per cent."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.training.networks.treebank import Parsed

TELLING = ("nsubj", "ccomp", "parataxis", "appos")
"""The relations that say who spoke."""


def score_parses(gold: Sequence[Parsed], parses: Sequence[Sequence[tuple[int, str]]]) -> dict[str, float]:
    """Return UAS and LAS (labels without their subtypes), and the F1 of each of TELLING."""
    words = attached = labelled = 0
    right, wanted, given = Counter[str](), Counter[str](), Counter[str]()
    for one, tree in zip(gold, parses, strict=True):
        for head, relation, (own_head, own) in zip(one.heads, one.deprels, tree, strict=True):
            words += 1
            attached += head == own_head
            labelled += head == own_head and _plain(relation) == _plain(own)
            wanted[relation] += 1
            given[own] += 1
            right[relation] += head == own_head and relation == own
    scores = {"UAS": 100 * attached / words, "LAS": 100 * labelled / words}
    return scores | {name: find_f1(right[name], given[name], wanted[name]) for name in TELLING}


def find_f1(right: int, given: int, wanted: int) -> float:
    """Return F1 in per cent; 0 where nothing is given or wanted."""
    return 200 * right / (given + wanted) if given + wanted else 0.0


def score_spans(
    gold: Iterable[set[tuple[int, int, str]]], given: Iterable[set[tuple[int, int, str]]]
) -> Mapping[str, float]:
    """Return the F1 of spans with their kinds: of each kind, and of all."""
    right, offered, wanted = Counter[str](), Counter[str](), Counter[str]()
    for theirs, own in zip(gold, given, strict=True):
        for spans, counter in ((theirs & own, right), (own, offered), (theirs, wanted)):
            counter.update(kind for _, _, kind in spans)
            counter["all"] += len(spans)
    return {kind: find_f1(right[kind], offered[kind], wanted[kind]) for kind in sorted(wanted)}


def _plain(relation: str) -> str:
    return relation.partition(":")[0]
