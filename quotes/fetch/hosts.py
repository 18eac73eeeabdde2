"""The pace: one request a host at a time, a pause between two, and hosts that are left alone."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from quotes.fetch.failure import FetchError, StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from threading import Event

MOST_SILENCES = 2
"""Requests in a row that a host may leave unanswered before it is left alone for the rest of the job."""
SLOW, MOST_SLOW = 5.0, 900.0
"""Seconds that an answer may take, and how many more all answers of a host together: jobs have to end."""


@dataclass(slots=True)
class Host:
    """One server, as far as this job knows it. `free_at` is when it may be asked, `delay` in seconds."""

    delay: float
    free_at: float = 0.0
    silences: int = 0
    slow: float = 0.0
    left_alone: str | None = None
    turn: Lock = field(default_factory=Lock)

    def leave_alone(self, reason: str) -> None:
        """Send nothing more to it in this job, for `reason`."""
        self.left_alone = reason


class Hosts:
    """All servers asked so far. `clock` counts seconds and never goes back."""

    def __init__(self, delay: float, stop: Event, clock: Callable[[], float] = time.monotonic) -> None:
        self._delay = delay
        self._stop = stop
        self._clock = clock
        self._hosts: dict[str, Host] = {}
        self._lock = Lock()

    def find(self, name: str) -> Host:
        """Return the host of this name."""
        with self._lock:
            return self._hosts.setdefault(name, Host(self._delay))

    def pause(self, host: Host, seconds: float) -> None:
        """Send nothing to `host` for that long."""
        host.free_at = max(host.free_at, self._clock() + seconds)

    @contextmanager
    def taking_turns(self, host: Host) -> Iterator[None]:
        """Wait until `host` may be asked, and see whether it answers. Raises FetchError if left alone."""
        with host.turn:
            self._wait(host)
            begun = self._clock()
            try:
                yield
            except FetchError as error:
                host.silences = host.silences + 1 if error.is_silence else 0
                if host.silences >= MOST_SILENCES:
                    host.leave_alone(f"left alone for the rest of this job ({error.reason})")
                raise
            else:
                host.silences = 0
            finally:
                host.slow += max(0.0, self._clock() - begun - SLOW)
                if host.slow > MOST_SLOW:
                    host.leave_alone("left alone for the rest of this job (its answers take too long)")
                self.pause(host, host.delay)

    def _wait(self, host: Host) -> None:
        if host.left_alone is None:
            self._stop.wait(max(0.0, host.free_at - self._clock()))
        if self._stop.is_set():
            raise StoppedError
        if host.left_alone:
            raise FetchError(host.left_alone, may_pass=True)
