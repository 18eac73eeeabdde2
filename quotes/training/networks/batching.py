"""Batches of sentences of about the same length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import torch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random
    from typing import Protocol

    from torch import Tensor

    class Sized(Protocol):
        """Whatever has a length."""

        def __len__(self) -> int: ...

    S = TypeVar("S", bound=Sized)
else:
    S = TypeVar("S")

NOTHING = -1


def batch_by_length(
    sentences: Sequence[S], words: int, random: Random | None = None, sizes: Sequence[int] | None = None
) -> list[list[S]]:
    """Return `sentences` in batches of at most `words` places; with `random` in another order each time.

    Without it the shortest come first, those of a length in the order in which they are given. `sizes` are
    the places that each takes, where these are not its words.
    """
    sized = zip(sizes or map(len, sentences), sentences, strict=True)
    ordered = sorted(sized, key=lambda one: one[0] + (random.random() * 3 if random else 0))
    batches: list[list[S]] = []
    longest = 0
    for size, one in ordered:
        longest = max(longest, size)
        if not batches or longest * (len(batches[-1]) + 1) > words:
            batches.append([])
            longest = size
        batches[-1].append(one)
    if random:
        random.shuffle(batches)
    return batches


def pad(rows: Iterable[Sequence[Any]], value: float = NOTHING) -> Tensor:
    """Return rows of numbers as (rows, longest), padded with `value`."""
    return torch.nn.utils.rnn.pad_sequence(
        [torch.tensor(row) for row in rows], batch_first=True, padding_value=value
    )
