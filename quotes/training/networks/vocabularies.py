"""Vocabularies as Stanza's models keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence


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


def list_units(counted: Counter[str], least: int) -> list[str]:
    """Return what was counted at least so often, the most frequent first."""
    return [
        unit
        for unit, times in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        if times >= least
    ]


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
