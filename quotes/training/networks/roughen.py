"""Sentences as people type them in a hurry: all in capitals, all in lower case, without their marks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from quotes.training.networks.treebank import Parsed


def roughen(sentences: Iterable[Parsed], random: Random, share: float) -> Iterator[Parsed]:
    """Yield `sentences`, about `share` of them roughened, each way as often as the others."""
    for one in sentences:
        if random.random() < share:
            yield random.choice((_raise, _lower, drop_marks))(one)
        else:
            yield one


def drop_marks(one: Parsed) -> Parsed:
    """Return a sentence without the marks on which no word depends, or itself where it is made of them."""
    governors = {*one.heads}
    kept = [
        place
        for place, upos in enumerate(one.upos)
        if upos != "PUNCT" or place + 1 in governors or one.heads[place] == 0
    ]
    if len(kept) < 2:
        return one
    numbers = {0: 0} | {place + 1: number for number, place in enumerate(kept, 1)}
    return replace(
        one,
        forms=tuple(one.forms[place] for place in kept),
        lemmas=tuple(one.lemmas[place] for place in kept),
        upos=tuple(one.upos[place] for place in kept),
        xpos=tuple(one.xpos[place] for place in kept),
        heads=tuple(numbers[one.heads[place]] for place in kept),
        deprels=tuple(one.deprels[place] for place in kept),
        spaced=(),
    )


def _raise(one: Parsed) -> Parsed:
    return replace(one, forms=tuple(form.upper() for form in one.forms))


def _lower(one: Parsed) -> Parsed:
    return replace(one, forms=tuple(form.lower() for form in one.forms))
