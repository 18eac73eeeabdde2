"""Run batches in several processes of this machine.

The pool is our own, of plain pipes: Python's executors cannot tell which batch a process died of, and leave
their processes, each with all models, behind when the job itself is killed.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic

from quotes.engine.batches import R, T
from quotes.engine.pieces import AT_HAND, Queue, answer_in_order
from quotes.engine.worker import READY, name_end, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from quotes.engine.batches import Errors, Failure, K, Prepare
    from quotes.engine.pieces import Batch, Piece

_PATIENCE = 2.0  # seconds for a process to end by itself


def run_in_processes(
    prepare: Prepare[T, R],
    batches: Iterable[tuple[K, Sequence[T]]],
    fatal: Errors = (),
    /,
    *,
    jobs: int,
    warn: Callable[[str], None] = lambda _: None,
) -> Iterator[tuple[K, list[R | Failure]]]:
    """Run batches in up to `jobs` processes, started as they are needed.

    A batch whose process dies is tried once more, each item alone; an item that a process dies of again is a
    Failure. `warn` is told, in a line, when a process dies.
    """
    queue: Queue[T, R] = Queue(jobs, warn, "process")
    with _open_pool(prepare, fatal, queue) as pool:
        yield from answer_in_order(pool, batches, jobs)


@dataclass(slots=True)
class _Worker(Generic[T, R]):
    """A process, and the pieces it was given: it is at the first of them."""

    process: SpawnProcess
    pipe: Connection
    pieces: deque[Piece[T, R]] = field(default_factory=deque)
    is_ready: bool = False

    def give(self, piece: Piece[T, R]) -> None:
        self.pieces.append(piece)
        with suppress(OSError):  # it died: `look` will be told
            self.pipe.send(piece.items)


@dataclass(slots=True)
class _Pool(Generic[T, R]):
    prepare: Prepare[T, R]
    fatal: Errors
    queue: Queue[T, R]
    workers: dict[Connection, _Worker[T, R]] = field(default_factory=dict)

    def add(self, items: Sequence[T], /) -> Batch[T, R]:
        """Take a batch in; it is begun as soon as a process is free."""
        batch = self.queue.add(items)
        self._feed()
        return batch

    def look(self, seconds: float | None = 0, /) -> None:
        """Take in what the processes have sent; wait so long for the first, for ever where None."""
        for pipe in wait([*self.workers], seconds):
            worker = self.workers[pipe]  # type: ignore[index]
            try:
                self._receive(worker, worker.pipe.recv())
            except (EOFError, OSError):
                self._bury(worker)
        self._feed()

    def _receive(self, worker: _Worker[T, R], message: Any) -> None:
        if message == READY:
            worker.is_ready = True
            return
        worker.pieces.popleft().settle(message)

    def _feed(self) -> None:
        """Give each idle process a piece, start processes for the others, and lay more at hand.

        The last pieces are kept back for whoever is idle first.
        """
        pieces = self.queue.pieces
        self._give(0, len(pieces))
        starting = sum(not worker.is_ready for worker in self.workers.values())
        for _ in range(min(len(pieces) - starting, self.queue.most - len(self.workers))):
            self._start()
        for given in range(1, AT_HAND):
            self._give(given, len(pieces) - len(self.workers))

    def _give(self, given: int, most: int) -> None:
        """Give at most so many pieces to processes that have `given` of them."""
        ready = [one for one in self.workers.values() if one.is_ready and len(one.pieces) == given]
        for worker in ready[: max(0, most)]:
            worker.give(self.queue.pieces.popleft())

    def _start(self) -> None:
        resource_tracker.ensure_running()  # it unblocks Ctrl-C when it begins
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, self.prepare, self.fatal), daemon=True)
        with _block_interrupts():  # it begins with Ctrl-C blocked: no traceback of half an import
            process.start()
        theirs.close()
        self.workers[ours] = _Worker(process, ours)

    def _bury(self, worker: _Worker[T, R]) -> None:
        """Take away a process that died, and see to what it was at; what lay at hand goes to others."""
        del self.workers[worker.pipe]
        worker.pipe.close()
        worker.process.join()
        end = name_end(worker.process.exitcode)
        if not worker.is_ready:
            self.queue.lose_place(end)
        elif worker.pieces:
            begun = worker.pieces.popleft()
            self.queue.pieces.extendleft(reversed(worker.pieces))
            self.queue.try_again(begun, end)

    def close(self) -> None:
        """End all processes, whatever they are at."""
        for worker in self.workers.values():
            worker.process.terminate()
        for worker in self.workers.values():
            worker.process.join(_PATIENCE)
            worker.process.kill()
            worker.pipe.close()
        self.workers.clear()


@contextmanager
def _open_pool(prepare: Prepare[T, R], fatal: Errors, queue: Queue[T, R]) -> Iterator[_Pool[T, R]]:
    pool: _Pool[T, R] = _Pool(prepare, fatal, queue)
    try:
        yield pool
    finally:
        pool.close()


@contextmanager
def _block_interrupts() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
