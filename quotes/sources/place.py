"""A place to read: a file, a part of one, or something that was fetched."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from quotes.text.decode import LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TypeAlias

    from quotes.records import Article, Unreadable
    from quotes.sources.details import Details

    Warn = Callable[[str], None]
    Found: TypeAlias = "Article | Unreadable | Linked"
    Reader = Callable[["Place", Warn], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Place:
    """Something to read: `path` where it is a file, `data` where it was fetched from `address`.

    `source` is its name as the user knows it, `details` is what is known about its articles beforehand.
    `is_named` says that a person named it: only then its links are followed. `charset` is what a server said
    of fetched data.
    """

    source: str
    details: Details
    path: Path | None = None
    data: bytes | None = None
    address: str | None = None
    charset: str | None = None
    is_named: bool = False

    @property
    def name(self) -> str:
        """Return what tells this place from any other on this machine: its path, or its address."""
        return str(self.path) if self.path else self.address or self.source

    @property
    def suffix(self) -> str:
        """Return the ending that tells which reader reads it, in lower case."""
        if self.path:
            return self.path.suffix.lower()
        return PurePosixPath(urlsplit(self.address or self.source).path).suffix.lower()

    def open(self) -> BinaryIO:
        """Return a stream of its bytes. Raises OSError where the file cannot be opened."""
        if self.path is None:
            return BytesIO(self.data or b"")
        return self.path.open("rb")

    def read(self, limit: int = LIMIT) -> bytes:
        """Return its bytes, and one more than `limit` where it has more: enough to be refused."""
        with self.open() as stream:
            return stream.read(limit + 1)


@dataclass(frozen=True, slots=True)
class Linked:
    """An article, or a list of articles, that another place names by its web address.

    `published` in `details` is when the list says it was published. `depth` counts the lists that led here: 0
    where a person named it. `is_list` says that it is a feed or sitemap for certain.
    """

    address: str
    details: Details
    source: str
    depth: int = 0
    is_list: bool = False
