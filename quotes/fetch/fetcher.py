"""The queue: what was asked for is fetched in a few threads, hosts side by side, as fast as it is read."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime
from threading import Condition, Event, Thread
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from quotes.fetch.guard import look_up
from quotes.requests import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType
    from typing import Self

    from quotes.fetch.guard import Resolve
    from quotes.fetch.manners import Manners
    from quotes.fetch.visiting import Visitor
    from quotes.requests import Asked

_ENDING = 1.0  # seconds that threads get to end, all together


class Fetcher:
    """Fetches what it is asked for. Each request gets one answer, unless the fetcher is closed before.

    Few answers wait to be read: nothing new is sent while there is one for each thread.
    """

    def __init__(
        self,
        manners: Manners,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        resolve: Resolve = look_up,
    ) -> None:
        self._manners = manners
        self._now = now
        self._resolve = resolve
        self._visitor: Visitor | None = None
        self._stop = Event()
        self._changed = Condition()
        self._waiting: dict[str, deque[Asked]] = {}  # by host, the one to be asked next first
        self._busy: set[str] = set()
        self._answers: deque[Answer] = deque()
        self._open = 0  # requests without an answer that was read
        self._threads: list[Thread] = []

    @property
    def requests(self) -> int:
        """The requests sent so far, those for robots.txt and after redirects included."""
        return self._visitor.client.requests if self._visitor else 0

    def ask(self, asked: Asked) -> None:
        """Have an address fetched; also while answers are being read."""
        with self._changed:
            if self._stop.is_set():
                raise RuntimeError("the fetcher is closed")
            self._waiting.setdefault(_name_lane(asked.address), deque()).append(asked)
            self._open += 1
            if len(self._threads) < min(self._manners.hosts_at_once, len(self._waiting) + len(self._busy)):
                self._start_thread()
            self._changed.notify_all()

    def answers(self) -> Iterator[Answer]:
        """Yield answers as they come, until nothing that was asked for is left, or the fetcher is closed."""
        while True:
            with self._changed:
                while not self._answers and self._open and not self._stop.is_set():
                    self._changed.wait()
                if not self._answers:
                    return
                answer = self._answers.popleft()
                self._open -= 1
                self._changed.notify_all()
            yield answer

    def close(self) -> None:
        """Stop: what has not been answered stays so. Threads end at once, or when what holds them ends."""
        self._stop.set()
        with self._changed:
            self._changed.notify_all()
        ends = monotonic() + _ENDING
        for thread in self._threads:
            thread.join(max(0.0, ends - monotonic()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start_thread(self) -> None:
        if self._visitor is None:
            from quotes.fetch.visiting import Visitor  # loads httpx

            self._visitor = Visitor(self._manners, self._stop, self._now, self._resolve)
        thread = Thread(target=self._work, args=(self._visitor,), name="quotes-fetch", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self, visitor: Visitor) -> None:
        while taken := self._take():
            lane, asked = taken
            answer = _visit(visitor, asked)
            with self._changed:
                self._busy.discard(lane)
                self._answers.append(answer)
                self._changed.notify_all()

    def _take(self) -> tuple[str, Asked] | None:
        """Return what to ask for next, and its host; None where the job ends."""
        with self._changed:
            while not self._stop.is_set():
                lane = next((lane for lane in self._waiting if lane not in self._busy), None)
                if lane is not None and len(self._answers) < self._manners.hosts_at_once:
                    waiting = self._waiting.pop(lane)
                    asked = waiting.popleft()
                    if waiting:
                        self._waiting[lane] = waiting  # behind the others
                    self._busy.add(lane)
                    return lane, asked
                self._changed.wait()
        return None


def _visit(visitor: Visitor, asked: Asked) -> Answer:
    try:
        return visitor.visit(asked)
    except Exception as error:
        words = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        return Answer(asked, 0, asked.address, reason=f"could not be fetched: {words}")


def _name_lane(address: str) -> str:
    """Return what stands for the server of an address: requests to it are sent one after the other."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
