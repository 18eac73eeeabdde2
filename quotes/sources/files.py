"""Files to read: those given, and those in the folders given."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.records import Unreadable
from quotes.sources.details import Details, one_line
from quotes.sources.place import Place, ending_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

# Files that often lie beside articles: nothing is said about them.
_BESIDE_ARTICLES = frozenset((".csv", ".json", ".md"))

SOURCES_NAMES = ("sources.csv", "sources.txt", "sources.opml")
"""What a sources list beside a database is called; the database's own name may stand before it."""

_OWN = ("speakers.txt", *SOURCES_NAMES)


def find_files(
    paths: Sequence[Path], suffixes: Collection[str], warn: Callable[[str], None]
) -> Iterator[Place | Unreadable]:
    """Yield the files given and the readable ones in the folders given, each once, in sorted order a folder.

    The outlet is the name of the folder that a file lies in. Hidden files are passed over, and so are files
    without a reader in a folder, of which `warn` is told the number.
    """
    seen: set[str] = set()
    for path in map(absolute, paths):
        found = _walk(path, suffixes, warn) if path.is_dir() else _find_one(path)
        for place in found:
            if isinstance(place, Unreadable):
                yield place
            elif place.name not in seen:
                seen.add(place.name)
                yield place


def absolute(path: Path) -> Path:
    """Return `path` from the root, with links kept: names are those that the user knows."""
    return Path(os.path.normpath(path.absolute()))


def name_source(path: Path, folder: Path) -> str:
    """Return the name of `path` from the parent of `folder` on: no name of a place on this machine alone."""
    try:
        name = path.relative_to(folder.parent)
    except ValueError:
        name = Path(path.parent.name, path.name)
    return one_line(name.as_posix()) or "?"


def place_of(path: Path, folder: Path) -> Place:
    """Return the place of a file without a manifest: its outlet is its folder's name."""
    outlet = one_line(path.parent.name) or "unknown"
    return Place(name_source(path, folder), Details(outlet=outlet), path=path)


def list_suffixes(suffixes: Collection[str]) -> str:
    """Return the endings of files that are read, for a message.

    >>> list_suffixes([".txt", ".jsonl"])
    '.jsonl and .txt files are read'
    """
    *others, last = sorted(suffixes)
    return f"{', '.join(others)} and {last} files are read" if others else f"{last} files are read"


def _find_one(path: Path) -> Iterator[Place | Unreadable]:
    yield _check(replace(place_of(path, path.parent), is_named=True))


def _check(place: Place) -> Place | Unreadable:
    """Return the place where it is a file: opening a named pipe would wait for ever."""
    assert place.path is not None
    if place.path.is_file():
        return place
    reason = "neither a file nor a folder" if place.path.exists() else "no such file or folder"
    return Unreadable(place.source, reason, place.details.outlet)


def _is_passed_over(name: str) -> bool:
    """Whether a file of a folder is no article: hidden, or a file for the job itself."""
    return name.startswith(".") or any(name == own or name.endswith(f".{own}") for own in _OWN)


def _walk(top: Path, suffixes: Collection[str], warn: Callable[[str], None]) -> Iterator[Place | Unreadable]:
    folders, seen, count = [top], set[str](), 0
    passed: Counter[str] = Counter()
    while folders:
        folder = folders.pop()
        real = os.path.realpath(folder)
        if real in seen:
            yield Unreadable(name_source(folder, top), "a link to a folder that was read already")
            continue
        seen.add(real)
        try:
            entries = sorted(path for path in folder.iterdir() if not _is_passed_over(path.name))
        except OSError as error:
            yield Unreadable(name_source(folder, top), f"cannot be opened: {error.strerror}")
            continue
        folders.extend(path for path in reversed(entries) if path.is_dir())
        for path in entries:
            ending = ending_of(path.name)
            if ending in suffixes and not path.is_dir():
                count += 1
                yield _check(place_of(path, top))
            elif path.is_file() and ending not in _BESIDE_ARTICLES:
                passed[ending or "no ending"] += 1
    yield from _report_folder(name_source(top, top), count, passed, suffixes, warn)


def _report_folder(
    source: str, count: int, passed: Counter[str], suffixes: Collection[str], warn: Callable[[str], None]
) -> Iterator[Unreadable]:
    if not count:
        yield Unreadable(source, f"no articles in this folder; {list_suffixes(suffixes)}")
    elif passed:
        endings = ", ".join(sorted(passed)[:5])
        warn(f"{source}: {passed.total()} files passed over ({endings}); {list_suffixes(suffixes)}")
