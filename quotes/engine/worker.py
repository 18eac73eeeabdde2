"""What a process of a pool does until its pipe closes: it runs the batches that come, and sends results."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from quotes.engine.batches import Failure, Prepared, describe, run_batch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

    from quotes.engine.batches import Errors, Prepare, R, T

READY = "ready"


def work(pipe: Connection, prepare: Prepare[T, R], fatal: Errors) -> None:
    """Say READY once the function is loaded, then answer each batch with its results, or a fatal error.

    This process ends with its parent, even where that is killed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_end_with_parent, daemon=True).start()
    function = Prepared(prepare)
    with suppress(Exception):
        function.prepare()  # what fails here fails again, and is told, with the first batch
    with suppress(EOFError, OSError):
        pipe.send(READY)
        while True:
            _answer(pipe, function, pipe.recv(), fatal)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _answer(pipe: Connection, function: Prepared[T, R], items: Sequence[T], fatal: Errors) -> None:
    answer: list[R | Failure] | Exception
    try:
        answer = run_batch(function, items, fatal)
    except fatal as error:
        answer = error
    try:
        pipe.send(answer)
    except OSError:
        raise
    except Exception as error:  # results that do not go through pickle
        pipe.send([Failure(describe(error))] * len(items))


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
