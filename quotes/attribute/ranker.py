"""Weigh the evidence for each candidate: how likely these words name the speaker, or nobody does."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from quotes.models import find_ranker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from quotes.attribute.evidence import Evidence


class Ranker:
    """A few small networks that vote. Each sums what it learned of every piece of evidence.

    `tables` has, for each network, the weights of the evidence (one row a known word and one for the bias,
    the last column a weight of its own) and of two layers above; `quotes.training.ranker` writes them.
    """

    def __init__(self, known: Sequence[str], tables: Sequence[Sequence[NDArray[np.float32]]]) -> None:
        import numpy as np

        evidence, middle, bias, last = zip(*tables, strict=True)
        self._row_of = {word: row for row, word in enumerate(known, 1)}
        self._evidence = np.concatenate(evidence, axis=1)  # the networks side by side
        self._middle, self._bias, self._last = np.stack(middle), np.stack(bias)[:, None], np.stack(last)

    def rank(self, evidence: Sequence[Evidence]) -> list[float]:
        """Return a probability for each of `evidence`, rounded to 4 digits; together they are 1."""
        import numpy as np

        count = _count_shared(evidence)
        shared = self._add_up(evidence[0][:count]) + self._evidence[0]
        summed = np.stack([self._add_up(words[count:]) for words in evidence]) + shared
        summed = summed.reshape(len(evidence), len(self._last), -1).swapaxes(0, 1)
        hidden = np.maximum(summed[..., :-1], 0) @ self._middle + self._bias
        scores = np.maximum(hidden, 0) @ self._last[..., None] + summed[..., -1:]
        weights = np.exp(scores[..., 0].astype(np.float64) - scores.max(axis=1))
        total = (weights / weights.sum(axis=1, keepdims=True)).mean(axis=0)
        return [round(share, 4) for share in total.tolist()]

    def _add_up(self, words: Evidence) -> NDArray[np.float32]:
        """Return the sum of what the networks learned of `words`."""
        known = map(self._row_of.get, words)
        total: NDArray[np.float32] = self._evidence.take([row for row in known if row], axis=0).sum(axis=0)
        return total


def _count_shared(evidence: Sequence[Evidence]) -> int:
    """Return how many words all of `evidence` begin with: what tells of the quote and not of a candidate."""
    places = enumerate(zip(*evidence, strict=False))
    return next((n for n, words in places if words.count(words[0]) < len(words)), 0)


@cache
def load_ranker(language: str) -> Ranker | None:
    """Return the ranker that ships for a language, None where there is none."""
    path = find_ranker(language)
    return read_ranker(path) if path else None


def read_ranker(path: Path) -> Ranker:
    """Return the ranker that `quotes.training.ranker` wrote to `path`."""
    import numpy as np

    with np.load(path) as stored:
        known = bytes(stored["known"]).decode("utf-8").split("\n")
        names = ("evidence", "middle", "middle_bias", "last")
        tables = [
            [stored[f"{name}{i}"].astype(np.float32) for name in names] for i in range(int(stored["count"]))
        ]
    return Ranker(known, tables)
