"""A place to read: a file, a part of one, or something that was fetched."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from quotes.errors import SourceError
from quotes.sources.unpack import unpack
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

_PACKED = (".gz", ".zip")


def ending_of(name: str) -> str:
    """Return the ending that tells what a file is, in lower case: of a packed file, that of what is in it.

    >>> ending_of("feed.XML"), ending_of("20260304.gkg.csv.zip"), ending_of("backup.zip"), ending_of("story")
    ('.xml', '.csv', '.zip', '')
    """
    path = PurePosixPath(name.lower())
    inner = PurePosixPath(path.stem).suffix if path.suffix in _PACKED else ""
    return inner or path.suffix


@dataclass(frozen=True, slots=True)
class Place:
    """Something to read: `path` where it is a file, `data` where it was fetched from `address`.

    `source` is its name as the user knows it, `details` is what is known about its articles beforehand.
    `is_named` says that a person named it: only then its links are followed. `charset` is what a server said
    of fetched data. `ending` tells its reader where its name cannot. `depth` counts the lists before it.
    """

    source: str
    details: Details
    path: Path | None = None
    data: bytes | None = None
    address: str | None = None
    charset: str | None = None
    is_named: bool = False
    ending: str | None = None
    depth: int = 0

    @property
    def name(self) -> str:
        """Return what tells this place from any other on this machine: its path, or its address."""
        return str(self.path) if self.path else self.address or self.source

    @property
    def suffix(self) -> str:
        """Return the ending that tells which reader reads it, in lower case."""
        return self.ending or ending_of(self.file_name)

    @property
    def file_name(self) -> str:
        """Return the name that its ending stands in."""
        return self.path.name if self.path else urlsplit(self.address or self.source).path

    def open(self) -> BinaryIO:
        """Return a stream of its bytes, unpacked. It may not seek.

        Raises OSError where the file cannot be opened, SourceError where it cannot be unpacked.
        """
        stream = BytesIO(self.data or b"") if self.path is None else self.path.open("rb")
        try:
            return unpack(stream, self.source, is_zip=self.file_name.lower().endswith(".zip"))
        except SourceError:
            stream.close()
            raise

    def read(self, limit: int = LIMIT) -> bytes:
        """Return its bytes, and one more than `limit` where it has more: enough to be refused."""
        with self.open() as stream:
            data = stream.read(limit + 1)
            if len(data) <= limit:
                stream.read(1)  # a fault behind the last whole part shows now
            return data


@dataclass(frozen=True, slots=True)
class Linked:
    """An article, or a list of articles, that another place names by its web address.

    `published` in `details` is when the list says it was published; `changed` is when the list says that it
    was changed or seen last, which is no date of publication. `depth` counts the lists that led here: 0 where
    a person named it. An outlet of "" leaves its name to the address. `is_list` says that it is a feed or
    sitemap for certain.
    """

    address: str
    details: Details
    source: str
    depth: int = 0
    is_list: bool = False
    changed: str | None = None
