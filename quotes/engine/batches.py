"""Batches: how they are cut, and run in this process so that a bad item costs no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

K = TypeVar("K")
T = TypeVar("T")
R = TypeVar("R")

if TYPE_CHECKING:
    from typing import TypeAlias

    Errors: TypeAlias = tuple[type[Exception], ...]
    Prepare: TypeAlias = Callable[[], Callable[[Sequence[T]], Sequence[R]]]


@dataclass(frozen=True, slots=True)
class Failure:
    """What became of an item that its function failed on."""

    reason: str


class Engine(Protocol):
    """Runs a function over batches: what comes back is the same wherever it runs.

    `prepare` returns the function, with all that is large loaded: it is called once in each process, once a
    batch has items. It has to go through pickle, and so have items and results.
    """

    def __call__(
        self,
        prepare: Prepare[T, R],
        batches: Iterable[tuple[K, Sequence[T]]],
        fatal: Errors = (),
        /,
    ) -> Iterator[tuple[K, list[R | Failure]]]:
        """Yield what belongs to each batch, and a result or a Failure for each of its items, in order.

        Few batches are read ahead. Errors of the kinds in `fatal` are raised in the place of their batch.
        """


def run_here(
    prepare: Prepare[T, R],
    batches: Iterable[tuple[K, Sequence[T]]],
    fatal: Errors = (),
    /,
) -> Iterator[tuple[K, list[R | Failure]]]:
    """Run batches one after the other, in this process."""
    function = Prepared(prepare)
    for key, items in batches:
        yield key, run_batch(function, items, fatal)


class Prepared(Generic[T, R]):
    """A function that is prepared when it is first needed."""

    def __init__(self, prepare: Prepare[T, R]) -> None:
        self._prepare = prepare
        self._function: Callable[[Sequence[T]], Sequence[R]] | None = None

    def prepare(self) -> Callable[[Sequence[T]], Sequence[R]]:
        """Return the function itself."""
        self._function = self._function or self._prepare()
        return self._function

    def __call__(self, items: Sequence[T]) -> Sequence[R]:
        return self.prepare()(items)


def split_batches(
    items: Iterable[T], size: Callable[[T], int], most_items: int, most_size: int
) -> Iterator[list[T]]:
    """Yield `items` in order, in lists of at most `most_items` and, unless of one item, `most_size` together.

    >>> list(split_batches("aabbb", size=ord, most_items=2, most_size=1000))
    [['a', 'a'], ['b', 'b'], ['b']]
    """
    batch: list[T] = []
    total = 0
    for item in items:
        own = size(item)
        if batch and (len(batch) >= most_items or total + own > most_size):
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += own
    if batch:
        yield batch


def run_batch(
    function: Callable[[Sequence[T]], Sequence[R]],
    items: Sequence[T],
    fatal: Errors = (),
) -> list[R | Failure]:
    """Return what `function` gives for `items`, in order. When it fails, each item is tried alone.

    An item that fails alone too comes back as a Failure. Errors of the kinds in `fatal` are raised.
    """
    if not items:
        return []
    try:
        results: list[R | Failure] = [*function(items)]
    except fatal:
        raise
    except Exception as error:
        if len(items) == 1:
            return [Failure(describe(error))]
        return [result for item in items for result in run_batch(function, [item], fatal)]
    if len(results) != len(items):
        return [Failure(f"{len(results)} results for {len(items)} items")] * len(items)
    return results


def describe(error: Exception) -> str:
    """Return an unforeseen error in one line.

    >>> describe(ValueError("no\\nway"))
    'ValueError: no way'
    """
    words = " ".join(str(error).split())[:300]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
