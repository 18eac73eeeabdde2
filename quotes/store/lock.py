"""One job at a time: a lock beside the database, which the kernel lets go of when its process ends."""

from __future__ import annotations

import fcntl
import os
import stat
import threading
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quotes.errors import DatabaseError, LockedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PAUSE = 0.05  # seconds between two tries
_LONGEST_NOTE = 200  # bytes
_held = threading.local()


@contextmanager
def hold(path: Path, wait: float = 0) -> Iterator[None]:
    """Hold the lock of the database at `path`; whoever holds it already in this thread goes on.

    Raises LockedError where another job still holds it after `wait` seconds. The lock file, `path` with
    .lock, is never deleted: one who waits for a deleted file would wait for nobody.
    """
    lock = lock_path(path)
    held: set[Path] = _held.__dict__.setdefault("locks", set())
    if lock in held:
        yield
        return
    descriptor = _take(lock, path, wait)
    held.add(lock)
    try:
        yield
    finally:
        held.discard(lock)
        _write_note(descriptor, "")
        os.close(descriptor)


def lock_path(path: Path) -> Path:
    """Return the lock file of a database: the same one by whatever links the database is reached."""
    real = path.resolve()
    return real.with_name(f"{real.name}.lock")


def _take(lock: Path, path: Path, wait: float) -> int:
    """Return the descriptor of the lock file, locked and with a note of who holds it."""
    give_up = time.monotonic() + wait
    descriptor = _open(lock)
    try:
        while not _try_lock(descriptor, lock):
            if time.monotonic() >= give_up:
                raise LockedError(f"{path}: {_tell_holder(descriptor)}; try again when that has finished")
            time.sleep(_PAUSE)
        _write_note(descriptor, f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC")
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _open(lock: Path) -> int:
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        # A link that somebody else put there would have us write to a file of theirs, or of ours.
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise DatabaseError(f"{lock}: cannot be written ({error.strerror}); check its folder") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise DatabaseError(f"{lock}: not a plain file; delete it and try again")
    return descriptor


def _try_lock(descriptor: int, lock: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise DatabaseError(f"{lock}: cannot be locked ({error.strerror}); use another disk") from error
    return True


def _write_note(descriptor: int, note: str) -> None:
    """Write who holds the lock. A file that holds anything but such a note is not ours to write to."""
    with suppress(OSError):  # on a full disk the lock holds without it
        before = os.pread(descriptor, _LONGEST_NOTE + 1, 0)
        if not before or (before.startswith(b"process ") and len(before) <= _LONGEST_NOTE):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, note.encode(), 0)


def _tell_holder(descriptor: int) -> str:
    note = os.pread(descriptor, _LONGEST_NOTE, 0).decode("utf-8", "replace")
    who = note if note.startswith("process ") and note.isprintable() else "another process"
    return f"another job is at work on it ({who})"
