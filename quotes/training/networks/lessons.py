"""What an epoch is made of: all sentences that a person parsed, and some of those that the teacher did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from quotes.training.networks.batching import batch_by_length
from quotes.training.networks.treebank import curl

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from torch import Tensor

    from quotes.training.networks.treebank import Parsed

LONGEST, WORDS_AT_ONCE = 100, 1_500
CURLY = 0.5
SILVER_SHARE = 1.2  # sentences of the teacher for each of a person
WEIGHTS = {"parataxis": 1.7, "appos": 1.3}
"""How much more relations count that are rare and tell who spoke."""


def weigh(relations: Sequence[str]) -> Tensor:
    """Return how much each of `relations` counts, in their order."""
    return torch.tensor([WEIGHTS.get(relation, 1.0) for relation in relations])


def list_batches(gold: Sequence[Parsed], silver: Sequence[Parsed], random: Random) -> list[list[Parsed]]:
    """Return the batches of an epoch, the sentences of `gold` in part with curly marks."""
    chosen = [one for one in curl(gold, random, CURLY) if 1 < len(one) <= LONGEST]
    chosen += random.sample(silver, min(len(silver), round(SILVER_SHARE * len(gold))))
    return batch_by_length(chosen, WORDS_AT_ONCE, random)
