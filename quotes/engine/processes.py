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

from quotes.engine.batches import Failure, R, T
from quotes.engine.worker import READY, name_end, work
from quotes.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from quotes.engine.batches import Errors, K, Prepare

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
    """Run batches in up to `jobs` processes, started as they are needed; at most one batch more is waiting.

    A batch whose process dies is tried once more, each item alone; an item that a process dies of again is a
    Failure. `warn` is told, in a line, when there are fewer processes than wanted.
    """
    waiting: deque[tuple[K, _Batch[T, R]]] = deque()
    stopped: Exception | None = None
    source = iter(batches)
    with _open_pool(prepare, fatal, jobs, warn) as pool:
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
            while waiting and (waiting[0][1].is_done or len(waiting) > jobs):
                yield _take(pool, waiting)
        while waiting:
            yield _take(pool, waiting)
    if stopped:
        raise stopped


def _take(pool: _Pool[T, R], waiting: deque[tuple[K, _Batch[T, R]]]) -> tuple[K, list[R | Failure]]:
    key, batch = waiting.popleft()
    while not batch.is_done:
        pool.look(None)
    if batch.error:
        raise batch.error
    return key, [result for result in batch.results if result is not None]


@dataclass(slots=True)
class _Batch(Generic[T, R]):
    items: Sequence[T]
    results: list[R | Failure | None]
    missing: int
    error: Exception | None = None

    @property
    def is_done(self) -> bool:
        return self.error is not None or not self.missing

    def put(self, start: int, results: Sequence[R | Failure]) -> None:
        self.results[start : start + len(results)] = results
        self.missing -= len(results)


@dataclass(frozen=True, slots=True)
class _Piece(Generic[T, R]):
    """What a process is given at once: a whole batch, or one item of a batch that a process died of."""

    batch: _Batch[T, R]
    start: int
    items: Sequence[T]
    is_retry: bool = False


@dataclass(slots=True)
class _Worker(Generic[T, R]):
    process: SpawnProcess
    pipe: Connection
    piece: _Piece[T, R] | None = None
    is_ready: bool = False


@dataclass(slots=True)
class _Pool(Generic[T, R]):
    prepare: Prepare[T, R]
    fatal: Errors
    most: int
    warn: Callable[[str], None]
    pieces: deque[_Piece[T, R]] = field(default_factory=deque)
    workers: dict[Connection, _Worker[T, R]] = field(default_factory=dict)

    def add(self, items: Sequence[T]) -> _Batch[T, R]:
        """Take a batch in; it is begun as soon as a process is free."""
        batch: _Batch[T, R] = _Batch(items, [None] * len(items), len(items))
        if items:
            self.pieces.append(_Piece(batch, 0, items))
            self._feed()
        return batch

    def look(self, seconds: float | None = 0) -> None:
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
        piece, worker.piece = worker.piece, None
        assert piece is not None
        if isinstance(message, Exception):
            piece.batch.error = message
        else:
            piece.batch.put(piece.start, message)

    def _feed(self) -> None:
        """Give each free process a piece, and start processes for the others."""
        idle = [worker for worker in self.workers.values() if worker.is_ready and not worker.piece]
        for worker in idle[: len(self.pieces)]:
            worker.piece = self.pieces.popleft()
            with suppress(OSError):  # it died: `look` will be told
                worker.pipe.send(worker.piece.items)
        starting = sum(not worker.is_ready for worker in self.workers.values())
        for _ in range(min(len(self.pieces) - starting, self.most - len(self.workers))):
            self._start()

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
        """Take away a process that died, and see to what it was at."""
        del self.workers[worker.pipe]
        worker.pipe.close()
        worker.process.join()
        end, piece = name_end(worker.process.exitcode), worker.piece
        if not worker.is_ready:
            self._lose_place(end)
        elif piece and piece.is_retry:
            piece.batch.put(piece.start, [Failure(f"the process that read it {end}, twice")])
        elif piece:
            alone = [
                _Piece(piece.batch, index, [item], is_retry=True) for index, item in enumerate(piece.items)
            ]
            self.pieces.extendleft(reversed(alone))

    def _lose_place(self, end: str) -> None:
        """Go on with one process less: one that dies before it can work finds too little memory."""
        self.most -= 1
        if self.most:
            self.warn(f"a process {end} while it loaded the models; going on with {self.most}")
            return
        error = ModelError(f"no process could load the models (it {end}); free some memory, or use --jobs 1")
        for piece in self.pieces:
            piece.batch.error = error
        self.pieces.clear()

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
def _open_pool(
    prepare: Prepare[T, R], fatal: Errors, jobs: int, warn: Callable[[str], None]
) -> Iterator[_Pool[T, R]]:
    pool: _Pool[T, R] = _Pool(prepare, fatal, jobs, warn)
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
