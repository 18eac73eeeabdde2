"""Paths to articles: files, folders and manifests, read one article at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.errors import SourceError
from quotes.records import Article, Unreadable
from quotes.sources.addresses import hide_secrets, is_home, is_listed_on, is_same_site
from quotes.sources.details import Details, move_article, normal_address
from quotes.sources.fetched import place_of_answer
from quotes.sources.files import READ_ALREADY, absolute, find_files, list_suffixes
from quotes.sources.listed import find_sources_file, read_sources
from quotes.sources.manifest import find_named
from quotes.sources.outlets import believe, name_outlet
from quotes.sources.place import Linked, Place, ending_of
from quotes.sources.quote_lines import read_quotes
from quotes.sources.readers import COLLECTIONS, READERS, VERSION, document_name, reason_of
from quotes.sources.source import Source, find_of, link_of, source_of
from quotes.sources.speakers_file import find_speakers_file, read_overrules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from quotes.sources.place import Found, Warn

__all__ = [
    "COLLECTIONS",
    "READERS",
    "READ_ALREADY",
    "VERSION",
    "Details",
    "Linked",
    "Place",
    "Source",
    "absolute",
    "document_name",
    "ending_of",
    "find",
    "find_of",
    "find_sources_file",
    "find_speakers_file",
    "hide_secrets",
    "is_home",
    "is_listed_on",
    "is_same_site",
    "link_of",
    "move_article",
    "name_outlet",
    "normal_address",
    "place_of_answer",
    "read",
    "read_overrules",
    "read_place",
    "read_quotes",
    "read_sources",
    "source_of",
]

_MOST_BAD = 10_000  # parts of one place of which each is told why it cannot be read


def find(
    paths: Sequence[Path],
    manifest: Path | None = None,
    warn: Warn = lambda _: None,
    no_article: Path | None = None,
) -> Iterator[Place | Unreadable]:
    """Yield the files to read in a fixed order, and whatever is none, with the reason.

    With a manifest only the files that it names are read. `warn` is told, a line each, what is passed over.
    `no_article` is passed over: it may lie among the articles. Raises SourceError for an unusable manifest.
    """
    places = find_named(manifest, paths, warn) if manifest else find_files(paths, READERS, warn)
    for place in places:
        if isinstance(place, Unreadable) or no_article is None or place.path != absolute(no_article):
            yield place


def read_place(place: Place, warn: Warn = lambda _: None) -> Iterator[Found]:
    """Yield the articles of a place, links to others, and whatever is neither, with the reason.

    `warn` is told, a line each, what was read only in part.
    """
    outlet = place.details.outlet
    reader = READERS.get(place.suffix)
    if reader is None:
        yield Unreadable(place.source, f"not a kind of file that is read; {list_suffixes(READERS)}", outlet)
        return
    try:
        yield from _bound((believe(found, place) for found in reader(place, warn)), place)
    except SourceError as error:
        yield Unreadable(place.source, reason_of(error, place.source), outlet)
    except OSError as error:
        yield Unreadable(place.source, f"cannot be read: {error.strerror}", outlet)
    except Exception as error:  # a reader's own fault must not cost the other articles
        words = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        yield Unreadable(place.source, f"cannot be read: {words}", outlet)


def _bound(all_found: Iterator[Found], place: Place) -> Iterator[Found]:
    """Yield what a place gave, but of a million bad lines not one reason each."""
    bad = 0
    for found in all_found:
        bad += isinstance(found, Unreadable)
        if bad <= _MOST_BAD or not isinstance(found, Unreadable):
            yield found
    if bad > _MOST_BAD:
        reason = f"more than {_MOST_BAD:,} of its parts cannot be read; the rest of them is not listed"
        yield Unreadable(place.source, reason, place.details.outlet)


def read(
    paths: Sequence[Path],
    manifest: Path | None = None,
    warn: Warn = lambda _: None,
    no_article: Path | None = None,
) -> Iterator[Article | Unreadable]:
    """Yield the articles of the files that `find` gives, and whatever gave none. Links are not followed."""
    for place in find(paths, manifest, warn, no_article):
        if isinstance(place, Unreadable):
            yield place
            continue
        for found in read_place(place, warn):
            if isinstance(found, Linked):
                reason = "only an address, no text; `quotes index` fetches it"
                yield Unreadable(found.source, reason, found.details.outlet or None)
            else:
                yield found
