"""Batches that several workers share: answered in order, few at once, tried again where a worker dies."""

from __future__ import annotations

import pickle
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Protocol

from quotes.engine.batches import Failure, R, T
from quotes.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from quotes.engine.batches import K

AT_HAND = 2
"""Pieces that a worker has: the next one lies there before it asks."""
MOST_AHEAD = 1_000_000
"""Bytes a worker, of items as they travel, that are read behind a batch that takes long."""


@dataclass(slots=True)
class Batch(Generic[T, R]):
    """Items, what became of them so far, and their bytes. An error stands for all of them."""

    items: Sequence[T]
    results: list[R | Failure | None]
    missing: int
    weight: int
    error: Exception | None = None

    @property
    def is_done(self) -> bool:
        """Whether it has all its results, or an error."""
        return self.error is not None or not self.missing


@dataclass(frozen=True, slots=True)
class Piece(Generic[T, R]):
    """What a worker is given at once: a whole batch, or one item of a batch that a worker died of."""

    batch: Batch[T, R]
    start: int
    items: Sequence[T]
    is_retry: bool = False

    def settle(self, answer: Sequence[R | Failure] | Exception) -> None:
        """Put an answer in its place."""
        if isinstance(answer, Exception):
            self.batch.error = answer
            return
        self.batch.results[self.start : self.start + len(answer)] = answer
        self.batch.missing -= len(answer)


@dataclass(slots=True)
class Queue(Generic[T, R]):
    """The pieces that wait for a worker, of which there are at most `most`; `worker` is what one is called.

    `warn` is told, in a line, when a worker dies.
    """

    most: int
    warn: Callable[[str], None]
    worker: str
    pieces: deque[Piece[T, R]] = field(default_factory=deque)

    def add(self, items: Sequence[T]) -> Batch[T, R]:
        """Take a batch in."""
        batch: Batch[T, R] = Batch(items, [None] * len(items), len(items), len(pickle.dumps(items)))
        if items:
            self.pieces.append(Piece(batch, 0, items))
        return batch

    def try_again(self, piece: Piece[T, R], end: str) -> None:
        """Take back what a worker died of, each item alone; an item that stood alone is a Failure."""
        if piece.is_retry:
            piece.settle([Failure(f"the {self.worker} that read it {end}, twice")])
            return
        self.warn(f"a {self.worker} {end}; what it was at is tried again, one by one")
        alone = [Piece(piece.batch, index, [item], is_retry=True) for index, item in enumerate(piece.items)]
        self.pieces.extendleft(reversed(alone))

    def lose_place(self, end: str) -> None:
        """Go on with one worker less: one that dies before it can work finds too little memory."""
        self.drop_place(
            f"a {self.worker} {end} while it loaded the models",
            f"no {self.worker} could load the models (it {end}); free some memory, or use --jobs 1",
        )

    def drop_place(self, why: str, error: str) -> None:
        """Go on with one worker less; without any, what waits ends with a ModelError."""
        self.most -= 1
        if self.most:
            self.warn(f"{why}; going on with {self.most}")
            return
        for piece in self.pieces:
            piece.settle(ModelError(error))
        self.pieces.clear()


class Pool(Protocol[T, R]):
    """Workers, on whatever machine."""

    def add(self, items: Sequence[T], /) -> Batch[T, R]:
        """Take a batch in; it is begun as soon as a worker is free."""

    def look(self, seconds: float | None = 0, /) -> None:
        """Take in what the workers have sent; wait so long for the first, for ever where None."""


def answer_in_order(
    pool: Pool[T, R], batches: Iterable[tuple[K, Sequence[T]]], jobs: int
) -> Iterator[tuple[K, list[R | Failure]]]:
    """Yield the batches as they were asked, with their results.

    AT_HAND batches for each of `jobs` workers are read ahead; behind one that takes long, MOST_AHEAD bytes.
    """
    waiting: deque[tuple[K, Batch[T, R]]] = deque()
    stopped: Exception | None = None
    source = iter(batches)
    while stopped is None:
        try:
            key, items = next(source)
        except StopIteration:
            break
        except Exception as error:  # what was asked before it is still answered
            stopped = error
            break
        waiting.append((key, pool.add(items)))
        pool.look()
        while waiting and (waiting[0][1].is_done or _is_enough(waiting, jobs)):
            yield _take(pool, waiting)
    while waiting:
        yield _take(pool, waiting)
    if stopped:
        raise stopped


def _is_enough(waiting: Collection[tuple[K, Batch[T, R]]], jobs: int) -> bool:
    if len(waiting) <= AT_HAND * jobs:
        return False
    return sum(batch.weight for _, batch in waiting) > MOST_AHEAD * jobs


def _take(pool: Pool[T, R], waiting: deque[tuple[K, Batch[T, R]]]) -> tuple[K, list[R | Failure]]:
    key, batch = waiting.popleft()
    pool.look()
    while not batch.is_done:
        pool.look(None)
    if batch.error:
        raise batch.error
    return key, [result for result in batch.results if result is not None]
