"""Writing the folder: everything beside it first, then into place, so that nothing is lost where it fails."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import PublicationError
from quotes.publish.publication.hosting import write_hosting
from quotes.publish.publication.settings import DATABASE, write_settings
from quotes.publish.publication.wheel import pack_wheel, wheel_name
from quotes.store import is_snapshot, write_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

SNAPSHOT = f"{DATABASE}.db"
_BEGUN = ".publishing-"
_READABLE = 0o644  # to the user that a container or a service runs as, whatever the umask was


@dataclass(frozen=True, slots=True)
class Publication:
    """What was written: the folder, its files with their sizes in bytes, and how many rows each table has."""

    folder: Path
    files: dict[str, int]
    rows: dict[str, int]


def publish(database: Path, folder: Path, title: str | None = None, download: bool = False) -> Publication:
    """Write what readers may have of `database` to `folder`, with all that a public Datasette needs.

    Files of an earlier publication there are replaced one by one, the database last. Raises PublicationError
    where `folder` holds anything else or cannot be written, DatabaseError where `database` is none of ours.
    """
    _check(folder)
    try:
        with _begin(folder) as begun:
            rows = _write(database, begun, title, download)
            files = _put_in_place(begun, folder)
    except OSError as error:
        raise PublicationError(f"{folder}: cannot be written: {error.strerror or error}") from error
    return Publication(folder, files, rows)


def _check(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise PublicationError(f"{folder}: is a file; name a folder")
    if folder.is_dir() and any(_list_foreign(folder)) and not is_snapshot(folder / SNAPSHOT):
        raise PublicationError(f"{folder}: holds other files; name a new folder, or one published to before")


def _list_foreign(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder that `publish` did not leave there when it was cut off."""
    return (path for path in folder.iterdir() if not path.name.startswith(_BEGUN))


@contextmanager
def _begin(folder: Path) -> Iterator[Path]:
    """Yield a folder to write to, inside the one that is meant: on its disk, so that renaming is enough.

    Where nothing comes of it, the folder that was not there before is gone again.
    """
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{_BEGUN}*"):
        shutil.rmtree(left)
    try:
        with tempfile.TemporaryDirectory(prefix=_BEGUN, dir=folder) as begun:
            yield Path(begun)
    finally:
        if is_new:
            with suppress(OSError):
                folder.rmdir()  # does nothing unless it is empty


def _write(database: Path, begun: Path, title: str | None, download: bool) -> dict[str, int]:
    snapshot = begun / SNAPSHOT
    kept = write_snapshot(database, snapshot)
    texts = write_settings(kept, snapshot, title, download) | write_hosting(wheel_name())
    for name, text in texts.items():
        (begun / name).write_text(text, encoding="utf-8", newline="\n")
    (begun / wheel_name()).write_bytes(pack_wheel())
    return {name: table.rows for name, table in kept.items()}


def _put_in_place(begun: Path, folder: Path) -> dict[str, int]:
    """Move what was written into the folder; return the sizes of the files, in order of names."""
    files = sorted(begun.iterdir(), key=lambda path: (path.name == SNAPSHOT, path.name))
    sizes = {path.name: path.stat().st_size for path in files}
    for path in files:
        path.chmod(_READABLE)
        path.replace(folder / path.name)
    for old in folder.glob("quote_drift-*.whl"):
        if old.name not in sizes:
            old.unlink()
    return sizes
