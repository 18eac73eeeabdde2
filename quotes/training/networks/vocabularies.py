"""Vocabularies as Stanza's models keep them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAST = 3
"""How often a word or a letter has to stand in the training text to be known."""


def make_vocabulary(units: Sequence[str], *, lower: bool = False) -> Any:
    """Return a vocabulary of Stanza's that numbers `units` in their order, after its own four."""
    from stanza.models.common.vocab import VOCAB_PREFIX, BaseVocab

    known = [*VOCAB_PREFIX, *units]
    return BaseVocab.load_state_dict(
        {
            "lang": "en", "idx": 0, "cutoff": 0, "lower": lower,
            "_id2unit": known, "_unit2id": {unit: number for number, unit in enumerate(known)},
        }
    )  # fmt: skip


def number_words(sentences: Iterable[Sequence[str]]) -> tuple[Any, Any]:
    """Return the vocabularies of the words of `sentences`, in small letters, and of their letters."""
    words, letters = Counter[str](), Counter[str]()
    for sentence in sentences:
        words.update(map(str.lower, sentence))
        letters.update("".join(sentence))
    return make_vocabulary(list_units(words, LEAST), lower=True), make_vocabulary(list_units(letters, LEAST))


def list_units(counted: Counter[str], least: int) -> list[str]:
    """Return what was counted at least so often, the most frequent first."""
    frequent = [unit for unit, times in counted.items() if times >= least]
    return sorted(frequent, key=lambda unit: (-counted[unit], unit))


def make_tags(tags: Sequence[str]) -> Any:
    """Return the vocabulary of tags of one of Stanza's name finders."""
    from stanza.models.common.vocab import VOCAB_PREFIX, CompositeVocab

    known = [*VOCAB_PREFIX, *tags]
    return CompositeVocab.load_state_dict(
        {
            "lang": "en", "idx": 0, "cutoff": 0, "lower": False, "sep": None, "keyed": False,
            "_id2unit": {0: known}, "_unit2id": {0: {unit: number for number, unit in enumerate(known)}},
        }
    )  # fmt: skip
