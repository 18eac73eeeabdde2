"""What a process of a pool does until its pipe closes: it runs the pieces that come, and sends results."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeVar

from quotes.engine.batches import Failure, Prepared, describe, run_batch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

    from quotes.engine.batches import Errors, Prepare, R, T

READY = "ready"
S = TypeVar("S")


def work(pipe: Connection, prepare: Prepare[T, R], fatal: Errors) -> None:
    """Say READY once the function is loaded, then answer each piece with its results, or a fatal error.

    This process ends with its parent, even where that is killed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    pieces: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, pieces), daemon=True).start()
    function = Prepared(prepare)
    with suppress(Exception):
        function.prepare()  # what fails here fails again, and is told, with the first piece
    with suppress(OSError):
        pipe.send(READY)
        while True:
            answer(function, pickle.loads(pieces.get()), fatal, pipe.send)  # noqa: S301 (from our parent)


def _listen(pipe: Connection, pieces: SimpleQueue[bytes]) -> None:
    """Take in what comes while this process works, so that the parent never waits; end when it is gone."""
    with suppress(EOFError, OSError):
        while True:
            pieces.put(pipe.recv_bytes())
    os._exit(1)


def answer(
    function: Prepared[T, R],
    items: Sequence[T],
    fatal: Errors,
    send: Callable[[list[R | Failure] | Exception], S],
) -> S:
    """Send results, or a fatal error; Failures where these do not go through pickle."""
    found: list[R | Failure] | Exception
    try:
        found = run_batch(function, items, fatal)
    except fatal as error:
        found = error
    try:
        return send(found)
    except OSError:
        raise
    except Exception as error:  # results that do not go through pickle
        return send([Failure(describe(error))] * len(items))


def name_end(exit_status: int | None) -> str:
    """Return in words how a process ended.

    >>> name_end(-9), name_end(3)
    ('ended by SIGKILL', 'ended with status 3')
    """
    if exit_status is None or exit_status >= 0:
        return f"ended with status {exit_status}"
    try:
        return f"ended by {signal.Signals(-exit_status).name}"
    except ValueError:
        return f"ended by signal {-exit_status}"
