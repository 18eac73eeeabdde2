"""Connections: only to addresses that the guard has judged, and never for longer than a request may take."""

from __future__ import annotations

import time
from contextlib import suppress
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import httpcore

from quotes.fetch.failure import FetchError, StoppedError, say_seconds
from quotes.fetch.guard import find_addresses, look_up

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable
    from threading import Event

    from quotes.fetch.guard import Resolve

_MOST_TRIED = 3  # of a host's addresses
_SLICE = 0.2  # seconds after which a silent server leaves time to see that the job ends


class Deadline:
    """When a request has to be done with, whatever the server does."""

    def __init__(self, seconds: float, stop: Event) -> None:
        self._seconds = seconds
        self._ends = time.monotonic() + seconds
        self._stop = stop

    def measure_left(self) -> float:
        """Return the seconds left. Raises FetchError where there are none, or where the job ends."""
        if self._stop.is_set():
            raise StoppedError
        left = self._ends - time.monotonic()
        if left <= 0:
            raise FetchError(
                f"was not read to its end within {say_seconds(self._seconds)}", may_pass=True, is_silence=True
            )
        return left


class Wire(httpcore.NetworkBackend):
    """Opens connections, to what `resolve` says of a name and nothing else."""

    def __init__(self, deadline: Deadline, *, allow_private: bool, resolve: Resolve = look_up) -> None:
        self.is_connected = False
        self._deadline = deadline
        self._allow_private = allow_private
        self._resolve = resolve
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        found = find_addresses(host, port, allow_private=self._allow_private, resolve=self._resolve)
        *others, last = _choose_tried(found)
        for address in others:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return self._connect(address, port, timeout, local_address, socket_options)
        return self._connect(last, port, timeout, local_address, socket_options)

    def _connect(self, address: str, port: int, timeout: float | None, *options: Any) -> Stream:
        wait = min(timeout or 1.0, self._deadline.measure_left())
        stream = self._plain.connect_tcp(address, port, wait, *options)
        self.is_connected = True
        return Stream(stream, self._deadline)

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        raise FetchError("only web servers are asked")

    def sleep(self, seconds: float) -> None:
        time.sleep(min(seconds, self._deadline.measure_left()))


def _choose_tried(found: list[str]) -> list[str]:
    """Return the addresses to try, IPv4 and IPv6 in turn: one of the two may lead nowhere from here."""
    first = [address for address in found if (":" in address) == (":" in found[0])]
    others = [address for address in found if address not in first]
    return [one for pair in zip_longest(first, others) for one in pair if one][:_MOST_TRIED]


class Stream(httpcore.NetworkStream):
    """A connection that ends with its deadline: a server that sends a byte a second gets no more time."""

    def __init__(self, plain: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._plain = plain
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        silent_until = time.monotonic() + (timeout or 1.0)
        while True:
            left = min(self._deadline.measure_left(), _SLICE, max(silent_until - time.monotonic(), 0.001))
            try:
                return self._plain.read(max_bytes, left)
            except httpcore.ReadTimeout:
                if time.monotonic() >= silent_until:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._plain.write(buffer, min(timeout or 1.0, self._deadline.measure_left()))

    def close(self) -> None:
        self._plain.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        wait = min(timeout or 1.0, self._deadline.measure_left())
        return Stream(self._plain.start_tls(ssl_context, server_hostname, wait), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._plain.get_extra_info(info)
