"""Where functions run: in this process, in batches, in order. One bad item never costs the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Failure:
    """What became of an item that its function failed on."""

    reason: str


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
    fatal: tuple[type[Exception], ...] = (),
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
