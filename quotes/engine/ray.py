"""Run batches in Ray actors, on this machine or on those of a cluster. Only this process writes."""

from __future__ import annotations

import pickle
import socket
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic

from quotes import __version__
from quotes.engine.batches import Prepared, R, T, describe
from quotes.engine.cluster import open_cluster
from quotes.engine.pieces import AT_HAND, Queue, answer_in_order
from quotes.engine.worker import answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from quotes.engine.batches import Errors, Failure, K, Prepare
    from quotes.engine.pieces import Batch, Piece

NEEDS = {"num_cpus": 1, "num_gpus": 0}
"""What Ray keeps free for one actor. The models run on a processor, so none asks for a GPU."""
_LONG = 60.0  # seconds in which a worker is started, unless there is no room for one


def run_in_actors(
    prepare: Prepare[T, R],
    batches: Iterable[tuple[K, Sequence[T]]],
    fatal: Errors = (),
    /,
    *,
    jobs: int,
    address: str | None = None,
    memory: int = 0,
    version: Callable[[], str] = str,
    warn: Callable[[str], None] = lambda _: None,
) -> Iterator[tuple[K, list[R | Failure]]]:
    """Run batches in up to `jobs` actors, started as they are needed.

    `address` is that of a cluster; where it is None, Ray is started here, and ends with the batches. An actor
    goes only where `memory` bytes are left for it, and `version` returns what it does here. A batch whose
    actor dies is tried once more, each item alone; an item that an actor dies of again is a Failure. `warn`
    is told, in a line, when an actor dies. Raises ModelError where there is no cluster, or no use in it.
    """
    queue: Queue[T, R] = Queue(jobs, warn, "worker")
    with closing(_Pool(prepare, fatal, version, queue, address, memory)) as pool:
        yield from answer_in_order(pool, batches, jobs)


class Reader:
    """What an actor is: it loads the models once, and answers each piece. All that travels is pickled."""

    def begin(self, given: bytes) -> tuple[str, str]:
        """Load the function; return the version here, and the name of this machine."""
        prepare, self.fatal, version = pickle.loads(given)  # noqa: S301 (from the job that started it)
        self.function: Prepared[Any, Any] = Prepared(prepare)
        with suppress(Exception):
            self.function.prepare()  # what fails here fails again, and is told, with the first piece
        return name_version(version), socket.gethostname()

    def read(self, items: bytes) -> bytes:
        """Return the results of a piece, or a fatal error."""
        return answer(self.function, pickle.loads(items), self.fatal, pickle.dumps)  # noqa: S301


def name_version(version: Callable[[], str]) -> str:
    """Return what the results of this machine depend on."""
    return f"quote-drift {__version__} {version()}".rstrip()


@dataclass(eq=False, slots=True)
class _Actor(Generic[T, R]):
    """An actor, and what it was asked for, with the piece that it was given; none to load the models."""

    handle: Any
    asked: dict[Any, Piece[T, R] | None] = field(default_factory=dict)
    is_ready: bool = False

    def can_take(self, piece: Piece[T, R]) -> bool:
        """Whether a piece may be given. What is tried again goes alone: an actor takes answers along."""
        others = [piece, *self.asked.values()]
        return not self.asked or not any(one and one.is_retry for one in others)

    def begin(self, given: bytes) -> None:
        self.asked[self.handle.begin.remote(given)] = None

    def give(self, piece: Piece[T, R]) -> None:
        self.asked[self.handle.read.remote(pickle.dumps(piece.items))] = piece


@dataclass(slots=True)
class _Pool(Generic[T, R]):
    prepare: Prepare[T, R]
    fatal: Errors
    version: Callable[[], str]
    queue: Queue[T, R]
    address: str | None
    memory: int
    actors: list[_Actor[T, R]] = field(default_factory=list)
    opened: ExitStack = field(default_factory=ExitStack)
    is_open: bool = False
    has_begun: bool = False

    def add(self, items: Sequence[T], /) -> Batch[T, R]:
        """Take a batch in; it is begun as soon as an actor is free."""
        batch = self.queue.add(items)
        self._feed()
        return batch

    def look(self, seconds: float | None = 0, /) -> None:
        """Take in what the actors have answered; wait so long for the first, for ever where None."""
        if self.actors:
            for asked in self._wait(seconds):
                for actor in self.actors:
                    if asked in actor.asked:
                        self._receive(actor, asked)
                        break
        self._feed()

    def _wait(self, seconds: float | None) -> list[Any]:
        """Return what is answered, after so many seconds at most."""
        import ray

        asked = [one for actor in self.actors for one in actor.asked]
        if seconds is None and not self.has_begun:
            self.has_begun = True
            if not ray.wait(asked, timeout=_LONG)[0]:
                self.queue.warn(f"no worker after {_LONG:.0f} s: {self._tell_room()}; waiting for one")
        elif seconds != 0:
            ray.wait(asked, timeout=seconds)
        done: list[Any] = ray.wait(asked, num_returns=len(asked), timeout=0)[0]
        return done

    def _tell_room(self) -> str:
        memory = f" with {self.memory // 10**6} MB of memory" if self.memory else ""
        return f"{self.address or 'Ray'} may have no free processor{memory}"

    def _receive(self, actor: _Actor[T, R], asked: Any) -> None:
        import ray

        try:
            found = ray.get(asked)
        except ray.exceptions.RayError as error:
            self._bury(actor, error)
            return
        piece = actor.asked.pop(asked)
        if piece:
            piece.settle(pickle.loads(found))  # noqa: S301 (from an actor of our own)
        else:
            self._welcome(actor, *found)

    def _welcome(self, actor: _Actor[T, R], theirs: str, machine: str) -> None:
        """Have an actor work that would do what is done here."""
        self.has_begun = actor.is_ready = True
        ours = name_version(self.version)
        if theirs != ours:
            self._refuse(actor, f"{machine} has {theirs}, this machine {ours}")

    def _feed(self) -> None:
        """Give each idle actor a piece, start actors for the others, and lay what is left at hand."""
        pieces = self.queue.pieces
        self._give(0, len(pieces))
        while len(self.actors) < self.queue.most and self._count_starting() < len(pieces):
            self._start()
        for given in range(1, AT_HAND):
            self._give(given, len(pieces) - self._count_starting())

    def _count_starting(self) -> int:
        return sum(not actor.is_ready for actor in self.actors)

    def _give(self, given: int, most: int) -> None:
        """Give at most so many pieces to actors that have `given` of them."""
        ready = [actor for actor in self.actors if actor.is_ready and len(actor.asked) == given]
        for actor in ready[: max(0, most)]:
            if actor.can_take(self.queue.pieces[0]):
                actor.give(self.queue.pieces.popleft())

    def _start(self) -> None:
        if not self.is_open:
            self.opened.enter_context(open_cluster(self.queue.most, self.address))
            self.is_open = True
        import ray

        needs = NEEDS | ({"memory": self.memory} if self.memory else {})
        actor: _Actor[T, R] = _Actor(ray.remote(**needs)(Reader).remote())
        actor.begin(pickle.dumps((self.prepare, self.fatal, self.version)))
        self.actors.append(actor)

    def _bury(self, actor: _Actor[T, R], error: Exception) -> None:
        """Take away an actor that died, and see to what it was at; what lay at hand goes to others."""
        if getattr(error, "actor_init_failed", False):  # nothing of ours is there, or it fails
            self._refuse(actor, f"a machine does not have quote-drift ({_tell_last(error)})")
            return
        self._end(actor)
        if not actor.is_ready:
            self.queue.lose_place("died")
            return
        first, *others = (piece for piece in actor.asked.values() if piece)
        self.queue.pieces.extendleft(reversed(others))
        self.queue.try_again(first, "died")

    def _refuse(self, actor: _Actor[T, R], why: str) -> None:
        """Do without a machine that would not give the same results."""
        self._end(actor)
        install = f"install quote-drift[ray]=={__version__} on all machines"
        self.queue.drop_place(f"{why}: {install}", f"{why}; {install}")

    def _end(self, actor: _Actor[T, R]) -> None:
        import ray

        self.actors.remove(actor)
        with suppress(ray.exceptions.RayError):
            ray.kill(actor.handle)

    def close(self) -> None:
        """End all actors, whatever they are at, and Ray, where it was started here."""
        for actor in [*self.actors]:
            self._end(actor)
        self.opened.close()


def _tell_last(error: Exception) -> str:
    """Return the last line of what went wrong on another machine."""
    return (str(error).strip().splitlines() or [describe(error)])[-1].strip()
