"""What a person names to be read: a file, a folder or a web address, and what they say of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.records import Unreadable
from quotes.sources.addresses import hide_secrets
from quotes.sources.details import Details
from quotes.sources.files import absolute, find_files
from quotes.sources.place import Linked, Place
from quotes.sources.readers import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.sources.place import Warn


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: a `path` or an `address`.

    `outlet`, `kind` and `language` hold for all of its articles; None leaves them to what the articles say,
    and the outlet to the folder's name or the address's domain. `line` is where it was named, for messages.
    """

    path: Path | None = None
    address: str | None = None
    outlet: str | None = None
    kind: str | None = None
    language: str | None = None
    line: str | None = None


def source_of(word: str) -> Source:
    """Return what a word of the command line names.

    >>> source_of("https://desk.example/feed").address, source_of("articles/desk").path
    ('https://desk.example/feed', PosixPath('articles/desk'))
    """
    if word.lower().startswith(("http://", "https://")):
        return Source(address=word)
    return Source(path=Path(word))


def find_of(source: Source, warn: Warn, no_article: Path | None = None) -> Iterator[Place | Unreadable]:
    """Yield the files of a source, with what was said of it; none where it is an address."""
    if source.path is None:
        return
    for place in find_files([source.path], READERS, warn):
        if isinstance(place, Unreadable):
            yield place
        elif no_article is None or place.path != absolute(no_article):
            details = _say(place.details, source)
            yield place if details is place.details else replace(place, details=details)


def link_of(source: Source) -> Linked:
    """Return the address of a source, with what was said of it; an outlet that was not named is ""."""
    assert source.address is not None
    return Linked(source.address, _say(Details(outlet=""), source), hide_secrets(source.address))


def _say(details: Details, source: Source) -> Details:
    given = {"outlet": source.outlet, "kind": source.kind, "language": source.language}
    said = {name: value for name, value in given.items() if value}
    return replace(details, **said) if said else details
