"""What the networks know of each word by itself, kept: most words of an article were met before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor

    Know = Callable[[Sequence[str]], Tensor]

MOST_WORDS, TOGETHER = 20_000, 256
_FILLER = "."


class Lexicon:
    """Rows of numbers for words, one table for each function of `knows`; started afresh when it is full."""

    def __init__(self, knows: Sequence[Know], most: int = MOST_WORDS) -> None:
        self._knows, self._most = knows, most
        self._places: dict[str, int] = {}
        self._tables: list[Tensor] = []

    def find(self, sentences: Sequence[Sequence[str]]) -> tuple[list[list[int]], list[Tensor]]:
        """Return the row of each word of each sentence, and tables of these rows, each distinct word once."""
        rows: dict[str, int] = {}
        found = [[rows.setdefault(word, len(rows)) for word in sentence] for sentence in sentences]
        new = {*rows}.difference(self._places)
        if new and len(self._places) + len(new) > self._most:
            self._places, self._tables, new = {}, [], {*rows}
        if new:
            # by length: the letters of words that are worked out together are padded to the longest
            self._add(sorted(new, key=lambda word: (len(word), word)))
        places = torch.tensor([self._places[word] for word in rows], dtype=torch.long)
        return found, [table[places] for table in self._tables]

    def _add(self, words: Sequence[str]) -> None:
        """Add `words`, always as many together: a product of other shapes may differ in the last bit."""
        for start in range(0, len(words), TOGETHER):
            self._append(words[start : start + TOGETHER], max(self._most, len(words)))

    def _append(self, words: Sequence[str], room: int) -> None:
        start = len(self._places)
        filled = [*words, *[_FILLER] * (TOGETHER - len(words))]
        rows = [know(filled)[: len(words)] for know in self._knows]
        if not self._tables:
            self._tables = [torch.zeros(room, row.shape[1]) for row in rows]
        for table, row in zip(self._tables, rows, strict=True):
            table[start : start + len(words)] = row
        self._places.update((word, start + number) for number, word in enumerate(words))
