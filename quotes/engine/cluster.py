"""Ray itself: started for one job, with each of its side effects set, or joined and left as it was."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import sys
import threading
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from quotes.engine.batches import describe
from quotes.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STORE = 100_000_000
"""Bytes of shared memory for results on their way, of a Ray that is started here; more goes to disk."""
_PATIENCE = 10.0  # seconds
_SILENT = {"RAY_DEDUP_LOGS_SKIP_REGEX": "^"}  # what Ray would print in this process


def require_ray() -> None:
    """Raise ModelError unless Ray is installed; it is not loaded."""
    if find_spec("ray") is None:
        raise ModelError("Ray is not installed here; it comes with: pip install 'quote-drift[ray]'")


@contextmanager
def open_cluster(jobs: int, address: str | None) -> Iterator[None]:
    """Join the cluster at `address` or, where it is None, start one of `jobs` workers on this machine.

    A cluster that was started ends behind it, with all its processes and files. One that is joined stays as
    it is, and so does one that this process is part of already. Raises ModelError where there is none.
    """
    require_ray()
    if "ray" in sys.modules and sys.modules["ray"].is_initialized():
        yield
        return
    with ExitStack() as stack:
        stack.enter_context(_keep_signal())
        stack.enter_context(_set_environment(_joined_environment() if address else _own_environment()))
        import ray

        options = {"address": address} if address else _own_options(jobs, stack)
        stack.callback(ray.shutdown)
        try:
            _knock(address)
            ray.init(log_to_driver=False, logging_level=logging.ERROR, **options)
        except Exception as error:
            raise ModelError(_explain(address, error)) from error
        yield


def _knock(address: str | None) -> None:
    """Raise OSError where nobody listens at an address: Ray would try for minutes."""
    host, _, port = (address or "").rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), _PATIENCE).close()


def _own_options(jobs: int, stack: ExitStack) -> dict[str, Any]:
    """Return how Ray is started; its files are in a folder of their own.

    Sockets are among them, whose paths may have 104 letters: other folders for such files are too deep.
    """
    files = TemporaryDirectory(
        prefix="quotes-ray-",
        dir=os.environ.get("RAY_TMPDIR", "/tmp"),  # noqa: S108
        ignore_cleanup_errors=True,
    )
    return {
        "address": "local",  # whatever RAY_ADDRESS says
        "num_cpus": jobs,
        "include_dashboard": False,
        "object_store_memory": STORE,
        "_temp_dir": stack.enter_context(files),
    }


def _joined_environment() -> dict[str, str | None]:
    """Return what is set to join a cluster, unless it is set already."""
    return {name: os.environ.get(name, value) for name, value in _SILENT.items()}


def _own_environment() -> dict[str, str | None]:
    """Return what is set for a Ray that is started here, whatever was set before.

    It listens on all of this machine's networks. Only those who know the token may use it: it is made for
    this process, and with it given, none is written to the home directory. Ray turns tokens on where nothing
    is said of them; to say so has no effect once it is loaded.
    """
    return {
        **_SILENT,
        "RAY_AUTH_MODE": None,
        "RAY_AUTH_TOKEN": _make_token(),
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_worker_niceness": "0",  # no lower than this process
        "PYTHONPATH": os.pathsep.join(place or os.curdir for place in sys.path),
    }


@cache
def _make_token() -> str:
    return secrets.token_hex(32)


@contextmanager
def _set_environment(wanted: Mapping[str, str | None]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in wanted}
    _change_environment(wanted)
    try:
        yield
    finally:
        _change_environment(before)


def _change_environment(wanted: Mapping[str, str | None]) -> None:
    for name, value in wanted.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@contextmanager
def _keep_signal() -> Iterator[None]:
    """Put back what SIGTERM does: Ray has it end the process in good order."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    if threading.current_thread() is threading.main_thread() and before is not None:
        signal.signal(signal.SIGTERM, before)


def _explain(address: str | None, error: Exception) -> str:
    if address:
        return f"no Ray to join at {address} ({describe(error)}); look at it there with: ray status"
    return f"Ray does not start here ({describe(error)}); leave out --engine ray to do without it"
