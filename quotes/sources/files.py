"""Files to read: those given, and those in the folders given."""

from __future__ import annotations

import os
from collections import Counter
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

READ_ALREADY = "a link to a folder that was read already"
_NOT_THERE = "no such file or folder"
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


def list_suffixes(suffixes: Collection[str]) -> str:
    """Return the endings of files that are read, for a message.

    >>> list_suffixes([".txt", ".jsonl"])
    '.jsonl and .txt files are read'
    """
    *others, last = sorted(suffixes)
    return f"{', '.join(others)} and {last} files are read" if others else f"{last} files are read"


def _find_one(path: Path) -> Iterator[Place | Unreadable]:
    source, outlet = name_source(path, path.parent), one_line(path.parent.name) or "unknown"
    if path.is_file():
        yield Place(source, Details(outlet=outlet), path=path, is_named=True)
    else:
        yield Unreadable(source, "neither a file nor a folder" if path.exists() else _NOT_THERE, outlet)


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
            yield Unreadable(name_source(folder, top), READ_ALREADY)
            continue
        seen.add(real)
        try:
            with os.scandir(folder) as found:
                entries = sorted((e for e in found if not _is_passed_over(e.name)), key=lambda e: e.name)
        except OSError as error:
            yield Unreadable(name_source(folder, top), f"cannot be opened: {error.strerror}")
            continue
        folders.extend(Path(entry.path) for entry in reversed(entries) if _is_folder(entry))
        inside = _Folder(folder, top)
        for entry in entries:
            ending = ending_of(entry.name)
            if ending in suffixes and not _is_folder(entry):
                count += 1
                yield inside.take(entry)
            elif ending not in _BESIDE_ARTICLES and _is_file(entry):
                passed[ending or "no ending"] += 1
    yield from _report_folder(name_source(top, top), count, passed, suffixes, warn)


class _Folder:
    """A folder that is looked through: what its files have in common is told once."""

    def __init__(self, folder: Path, top: Path) -> None:
        self._source = name_source(folder, top)
        self._details = Details(outlet=one_line(folder.name) or "unknown")

    def take(self, entry: os.DirEntry[str]) -> Place | Unreadable:
        """Return the place where an entry is a file: opening a named pipe would wait for ever."""
        source = one_line(f"{self._source}/{entry.name}") or "?"
        if _is_file(entry):
            return Place(source, self._details, path=Path(entry.path))
        reason = "neither a file nor a folder" if os.path.exists(entry.path) else _NOT_THERE  # noqa: PTH110
        return Unreadable(source, reason, self._details.outlet)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _report_folder(
    source: str, count: int, passed: Counter[str], suffixes: Collection[str], warn: Callable[[str], None]
) -> Iterator[Unreadable]:
    if not count:
        yield Unreadable(source, f"no articles in this folder; {list_suffixes(suffixes)}")
    elif passed:
        endings = ", ".join(sorted(passed)[:5])
        warn(f"{source}: {passed.total()} files passed over ({endings}); {list_suffixes(suffixes)}")
