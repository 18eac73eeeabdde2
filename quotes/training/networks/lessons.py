"""What an epoch is made of: all sentences that a person parsed, at first with more that teachers did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.training.networks.batching import batch_by_length
from quotes.training.networks.treebank import curl

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from quotes.training.networks.treebank import Parsed

LONGEST, WORDS_AT_ONCE = 100, 1_500
CURLY = 0.5
SILVER_SHARE = 1.6  # sentences of the teachers for each of a person


def list_batches(gold: Sequence[Parsed], silver: Sequence[Parsed], random: Random) -> list[list[Parsed]]:
    """Return the batches of an epoch, the sentences of `gold` in part with curly marks.

    Without `silver` they are those of `gold` alone: the last epochs, after which rare relations are found
    more often than after sentences in which a teacher overlooked them.
    """
    chosen = [one for one in curl(gold, random, CURLY) if 1 < len(one) <= LONGEST]
    chosen += random.sample(silver, min(len(silver), round(SILVER_SHARE * len(gold))))
    return batch_by_length(chosen, WORDS_AT_ONCE, random)
