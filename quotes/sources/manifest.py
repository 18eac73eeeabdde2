"""A manifest: a CSV file that names article files and says what is known about each."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from quotes.errors import SourceError
from quotes.records import Unreadable
from quotes.sources.details import Details, add_details, one_line
from quotes.sources.files import absolute, name_source
from quotes.sources.place import Place
from quotes.text.decode import LIMIT, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_LONGEST_ROW = 100  # lines


def find_named(
    manifest: Path, paths: Sequence[Path], warn: Callable[[str], None]
) -> Iterator[Place | Unreadable]:
    """Yield the files that `manifest` names, in its order, with its details.

    A name is looked up in the manifest's own folder, then in the folders of `paths`. Where `paths` has files,
    only those are read, and one that the manifest does not name is unreadable.
    Raises SourceError where the manifest cannot be read or has no column "file".
    """
    given = [absolute(path) for path in paths]
    folders = [absolute(manifest).parent, *(path for path in given if not path.is_file())]
    wanted = {path for path in given if path.is_file()}
    for place in _places(manifest, folders, warn):
        if not wanted:
            yield place
        elif isinstance(place, Place) and place.path in wanted:
            wanted.discard(place.path)
            yield place
            if not wanted:
                return
    for path in sorted(wanted):
        yield Unreadable(name_source(path, path.parent), f"not named in the manifest {manifest.name}")


def _places(
    manifest: Path, folders: Sequence[Path], warn: Callable[[str], None]
) -> Iterator[Place | Unreadable]:
    for line, row in _read_rows(manifest):
        where = f"{manifest.name}:{line}"
        if isinstance(row, csv.Error):
            yield Unreadable(where, f"this row of the manifest is not CSV: {row}")
            continue
        name = one_line(row.get("file"))
        if name is None:
            yield Unreadable(where, "this row of the manifest names no file")
            continue
        folder = next((folder for folder in folders if (folder / name).is_file()), None)
        outlet = one_line(row.get("outlet"))
        if folder is None:
            source = name_source(absolute(folders[0] / name), folders[0])
            yield Unreadable(source, "named in the manifest, but not there", outlet)
            continue
        path = absolute(folder / name)
        known = Details(outlet=one_line(path.parent.name) or "unknown")
        details = add_details(known, row, where, warn)
        yield Place(name_source(path, folder), details, path=path, is_named=True)


def _read_rows(manifest: Path) -> Iterator[tuple[int, dict[str, object] | csv.Error]]:
    """Yield the rows, or what is wrong with one, each with its line's number; column names in lower case."""
    try:
        with manifest.open("rb") as file:
            text = decode(file.read(LIMIT + 1), str(manifest))
    except OSError as error:
        raise SourceError(f"{manifest}: the manifest cannot be opened: {error.strerror}") from error
    rows = _split_rows(list(io.StringIO(text.lstrip(), newline="")))
    line, names = next(rows)
    if isinstance(names, csv.Error):
        raise SourceError(f"{manifest}:{line}: not CSV: {names}") from names
    header = [name.strip().lower() for name in names]
    if "file" not in header:
        raise SourceError(f'{manifest}: no column "file"; its first line must name the columns')
    for line, row in rows:
        if isinstance(row, csv.Error):
            yield line, row
        elif row:
            yield line, dict(zip(header, row, strict=False))


def _split_rows(lines: Sequence[str]) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Yield each row with the number of the line it ends on; an error takes one line, and the next goes on.

    A mark that is never closed would take the rest of the file with it, so a row ends after 100 lines.
    """
    at = 0
    while at < len(lines):
        reader = csv.reader(lines[at : at + _LONGEST_ROW], strict=True)
        try:
            row = next(reader)
        except csv.Error as error:
            at += 1
            yield at, error
        else:
            at += reader.line_num
            yield at, row
