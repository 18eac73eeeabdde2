"""A manifest: a CSV file that names article files and says what is known about each."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from quotes.errors import SourceError
from quotes.records import Unreadable
from quotes.sources.details import Details, add_details, one_line
from quotes.sources.files import Place, absolute, name_source
from quotes.text.decode import LIMIT, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path


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
        yield Place(path, name_source(path, folder), add_details(known, row, where, warn))


def _read_rows(manifest: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield the rows with the number of the line that each ends on; column names in lower case."""
    try:
        with manifest.open("rb") as file:
            text = decode(file.read(LIMIT + 1), str(manifest))
    except OSError as error:
        raise SourceError(f"{manifest}: the manifest cannot be opened: {error.strerror}") from error
    reader = csv.reader(io.StringIO(text.lstrip(), newline=""), strict=True)
    try:
        header = [name.strip().lower() for name in next(reader)]
        if "file" not in header:
            raise SourceError(f'{manifest}: no column "file"; its first line must name the columns')
        for row in reader:
            if row:
                yield reader.line_num, dict(zip(header, row, strict=False))
    except csv.Error as error:
        raise SourceError(f"{manifest}:{reader.line_num}: not CSV: {error}") from error
