"""Looking into both files without writing to either, as a dry run does."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from quotes.errors import DatabaseError
from quotes.store.cache import texts_path
from quotes.store.connect import connect
from quotes.store.migrate import find_data, list_migrations, read_applied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quotes.store.connect import Connection


@contextmanager
def peek(database: Path) -> Iterator[tuple[Connection | None, Connection | None]]:
    """Hold quotes.db and texts.db open for looking; None for one that is missing, or not of this version.

    Nothing is written, not even to bring a file up to date. Raises DatabaseError where `database` is none.
    """
    migrations = find_data() / "migrations"
    quotes = _look(database, migrations)
    try:
        texts = _look(texts_path(database), migrations / "texts")
    except DatabaseError:
        texts = None
    try:
        yield quotes, texts
    finally:
        for connection in (quotes, texts):
            if connection is not None:
                connection.close()


def _look(path: Path, migrations: Path) -> Connection | None:
    if not path.is_file():
        return None
    connection = connect(path, create=False)
    try:
        connection.execute("PRAGMA query_only = ON")
        if read_applied(connection) == list_migrations(migrations).keys():
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None
