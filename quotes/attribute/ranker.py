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
        self._row_of = {word: row for row, word in enumerate(known, 1)}
        self._tables = tables

    def rank(self, evidence: Sequence[Evidence]) -> list[float]:
        """Return a probability for each of `evidence`, rounded to 4 digits; together they are 1."""
        import numpy as np

        rows = [[self._row_of[word] for word in words if word in self._row_of] for words in evidence]
        total = np.zeros(len(rows))
        for table in self._tables:
            scores = np.array([_score(table, chosen) for chosen in rows], dtype=np.float64)
            weights = np.exp(scores - scores.max())
            total += weights / weights.sum()
        return [round(float(share), 4) for share in total / len(self._tables)]


def _score(table: Sequence[NDArray[np.float32]], rows: list[int]) -> float:
    evidence, middle, middle_bias, last = table
    summed = evidence[rows].sum(axis=0) + evidence[0]
    hidden = summed[:-1].clip(min=0) @ middle + middle_bias
    return float(hidden.clip(min=0) @ last + summed[-1])


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
