"""texts.db as a file: where it stands, and what becomes of one that cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.errors import DamagedError
from quotes.store.connect import connect, patiently, prepare
from quotes.store.migrate import find_data, list_migrations, migrate, read_applied

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from quotes.store.connect import Connection

_TABLES = frozenset({"texts", "annotations", "inputs", "places", "place_articles", "visits"})


def texts_path(path: Path) -> Path:
    """Return the cache that belongs to the quotes.db at `path`: in its folder, and named after it."""
    return path.with_name("texts.db" if path.name == "quotes.db" else f"{path.stem}.texts.db")


def open_texts(path: Path, warn: Callable[[str], None] = lambda _: None) -> Connection:
    """Open the cache of the quotes.db at `path`, brought up to date; the caller holds its lock.

    One that cannot be used (damaged, made by a newer version) is set aside, `warn` is told so in one line,
    and an empty one is returned: losing it costs only time. Raises DatabaseError where none can be made, or
    the file is somebody else's.
    """
    file = texts_path(path)
    try:
        return _open(file)
    except DamagedError as error:
        aside = set_aside(file)
        begun = "a new one is begun: articles are read and annotated anew"
        warn(f"{error.fault}; kept as {aside.name}, and {begun}")
        return _open(file)


def read_texts(path: Path) -> Connection | None:
    """Open the cache of the quotes.db at `path` for looking, or None where there is none.

    Raises DamagedError where it is of another version or cannot be used.
    """
    file = texts_path(path)
    if not file.exists():
        return None
    connection = connect(file, create=False)
    try:
        if _refuse_newer(connection, _find_migrations()):
            _refuse_lacking(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def set_aside(file: Path) -> Path:
    """Give a file that cannot be used another name, with its log, and return that name."""
    aside, number = file.with_name(f"{file.name}.broken"), 1
    while aside.exists():
        number += 1
        aside = file.with_name(f"{file.name}.broken.{number}")
    for suffix in ("-wal", "-shm", ""):
        part = file.with_name(f"{file.name}{suffix}")
        if part.exists():
            part.rename(aside.with_name(f"{aside.name}{suffix}"))
    return aside


def _open(file: Path) -> Connection:
    folder = _find_migrations()
    connection = connect(file)
    try:
        _refuse_newer(connection, folder)
        prepare(connection)
        migrate(connection, folder)
        _refuse_lacking(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _find_migrations() -> Path:
    return find_data() / "migrations" / "texts"


def _refuse_newer(connection: Connection, folder: Path) -> bool:
    """Return whether the cache is of this version; raise where it is of a newer one."""
    applied = patiently(lambda: read_applied(connection))
    if newer := applied - list_migrations(folder).keys():
        raise DamagedError(connection.name, f"made by a newer version ({max(newer)})")
    return applied == list_migrations(folder).keys()


def _refuse_lacking(connection: Connection) -> None:
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if lacking := sorted(_TABLES - there):
        raise DamagedError(connection.name, f"without its table {lacking[0]}")
