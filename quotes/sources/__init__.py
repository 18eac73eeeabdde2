"""Paths to articles: files, folders and manifests, read one article at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.errors import SourceError
from quotes.records import Article, Unreadable
from quotes.sources.files import Place, absolute, find_files, list_suffixes
from quotes.sources.manifest import find_named
from quotes.sources.quote_lines import read_quotes
from quotes.sources.readers import READERS, document_name, reason_of
from quotes.sources.speakers_file import find_speakers_file, read_overrules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

__all__ = ["READERS", "document_name", "find_speakers_file", "read", "read_overrules", "read_quotes"]


def read(
    paths: Sequence[Path],
    manifest: Path | None = None,
    warn: Callable[[str], None] = lambda _: None,
    no_article: Path | None = None,
) -> Iterator[Article | Unreadable]:
    """Yield the articles of `paths` in a fixed order, and whatever gave none, with the reason.

    With a manifest only the files that it names are read. `warn` is told, a line each, what was read only in
    part: a date that is none, files of a kind that is not read. `no_article` is passed over: it may lie among
    the articles. Raises SourceError for an unusable manifest.
    """
    places = find_named(manifest, paths, warn) if manifest else find_files(paths, READERS, warn)
    for place in places:
        if isinstance(place, Unreadable):
            yield place
        elif no_article is None or place.path != absolute(no_article):
            yield from _read_place(place, warn)


def _read_place(place: Place, warn: Callable[[str], None]) -> Iterator[Article | Unreadable]:
    outlet = place.details.outlet
    reader = READERS.get(place.path.suffix.lower())
    if reader is None:
        yield Unreadable(place.source, f"not a kind of file that is read; {list_suffixes(READERS)}", outlet)
        return
    try:
        yield from reader(place, warn)
    except SourceError as error:
        yield Unreadable(place.source, reason_of(error, place.source), outlet)
    except OSError as error:
        yield Unreadable(place.source, f"cannot be read: {error.strerror}", outlet)
