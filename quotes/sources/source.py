"""What a person names to be read: a file, a folder or a web address, and what they say of it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import SourceError
from quotes.records import Unreadable
from quotes.sources.addresses import hide_secrets
from quotes.sources.details import Details, normal_address
from quotes.sources.files import absolute, find_files
from quotes.sources.place import Linked, Place
from quotes.sources.readers import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.sources.place import Warn

HOW = "write a web address with https://, or the path of a file or folder"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.IGNORECASE)


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
    """Return what a word of the command line names. Raises SourceError for an address that is none.

    >>> source_of("https://desk.example/feed").address, source_of("articles/desk").path
    ('https://desk.example/feed', PosixPath('articles/desk'))
    """
    is_path = os.path.exists(word) or not read_address(word)  # noqa: PTH110 -- no name is too long for it
    return Source(path=Path(word)) if is_path else Source(address=word)


def read_address(word: str) -> str | None:
    """Return the web address that a word is, or None where it is a path.

    Raises SourceError for an address that cannot be read, and for one that lacks its https://.
    """
    if _SCHEME.match(word):
        address = normal_address(word)
        if address is None:
            raise SourceError(f"{hide_secrets(word)[:100]!r} is no web address that can be read; {HOW}")
        return address
    if word.lower().startswith("www."):
        raise SourceError(f"{word[:100]!r} is no web address yet; {HOW}")
    return None


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
