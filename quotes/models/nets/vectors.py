"""Word vectors as they ship: a byte a number, so that many words fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray


class Vectors:
    """A vector for each of many words in lower case; a word that is not among them has one of zeros."""

    def __init__(self, words: Sequence[str], rows: NDArray[np.int8], scales: NDArray[np.float16]) -> None:
        self.rows, self.scales = rows, scales
        self.place = {word: number for number, word in enumerate(words)}

    @property
    def size(self) -> int:
        """How many numbers a vector has."""
        return int(self.rows.shape[1])

    @classmethod
    def load(cls, path: Path) -> Vectors:
        """Read what `save` wrote."""
        with np.load(path) as kept:
            return cls(kept["words"].tobytes().decode("utf-8").split("\n"), kept["rows"], kept["scales"])

    def save(self, path: Path) -> None:
        """Write the vectors as .npz."""
        words = np.frombuffer("\n".join(self.place).encode("utf-8"), dtype=np.uint8)
        np.savez_compressed(path, words=words, rows=self.rows, scales=self.scales)

    def find(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Return a row for each of `words`, whatever their case."""
        places = np.array([self.place.get(word.lower(), -1) for word in words], dtype=np.int64)
        found = self.rows[places].astype(np.float32) * self.scales[places, None].astype(np.float32)
        found[places < 0] = 0
        return found


def quantize(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Return each row as whole numbers from -127 to 127, and what to multiply it with."""
    scales = (np.abs(vectors).max(axis=1) / 127).astype(np.float16)
    divisors = np.where(scales > 0, scales, 1).astype(np.float32)[:, None]
    rows = np.round(vectors / divisors).clip(-127, 127)
    return rows.astype(np.int8), scales
