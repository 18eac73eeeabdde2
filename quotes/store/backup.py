"""Copies of a whole database, made at once or not at all, and the room on a disk that they need."""

from __future__ import annotations

import filecmp
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from quotes.errors import DatabaseError
from quotes.store.connect import looking_address

if TYPE_CHECKING:
    from pathlib import Path

_MB = 1_000_000


def measure(path: Path) -> int:
    """Return the size of a database in bytes, with its write-ahead log."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def check_room(path: Path, needed: int, purpose: str) -> None:
    """Raise DatabaseError where the disk has no room for so many bytes beside `path`."""
    folder = path.resolve().parent
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DatabaseError(
            f"{path}: {purpose} needs {_tell_size(needed)} in {folder}, where {_tell_size(free)} are free;"
            " make room and run it again: nothing was changed"
        )


def write_backup(path: Path, name: str) -> Path:
    """Copy the database at `path` to `name` beside it, on disk when this returns, and return the copy's path.

    A copy that is there already is kept: one of the same content is that copy, for any other the name gets a
    number. Other programs may read and write meanwhile; what they write is in the copy or not.
    """
    begun = path.with_name(f"{name}.part")
    try:
        begin(begun)
        copy(path, begun)
        shutil.copymode(path, begun)
        target = _find_free(begun, path.with_name(name))
        begun.replace(target)
        _sync(path.parent)
    except OSError as error:
        raise DatabaseError(
            f"{begun}: cannot be written ({error.strerror}); {path} was not changed"
        ) from error
    finally:
        with suppress(OSError):
            discard(begun)
    return target


def begin(path: Path) -> None:
    """Make an empty file that nobody else may read, in place of what a job that was cut off left there."""
    try:
        discard(path)
        path.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise DatabaseError(f"{path}: cannot be written ({error.strerror}); check its folder") from error


def discard(path: Path) -> None:
    """Delete a database that is of no use, with its journal."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)


def copy(path: Path, target: Path) -> None:
    """Copy the database at `path` to the new or empty file `target`, on disk when this returns."""
    try:
        with (
            closing(sqlite3.connect(looking_address(path), uri=True)) as source,
            closing(sqlite3.connect(target)) as copied,
        ):
            source.backup(copied)
    except sqlite3.Error as error:
        raise DatabaseError(f"{path}: cannot be copied to {target} ({error}); it was not changed") from error
    _sync(target)


def _find_free(begun: Path, wanted: Path) -> Path:
    """Return `wanted`, or with a number, where no file has that name, or one of the same bytes as `begun`."""
    target, number = wanted, 1
    while target.exists() and not filecmp.cmp(begun, target, shallow=False):
        number += 1
        target = wanted.with_name(f"{wanted.name}.{number}")
    return target


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _tell_size(size: int) -> str:
    """Return a size in MB, never less than there is.

    >>> _tell_size(1), _tell_size(2_400_000)
    ('1 MB', '3 MB')
    """
    return f"{-(-size // _MB):,} MB"
