"""What a job is asked to read, who is told of it, and what it did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes import sources
from quotes.engine import PROCESSES
from quotes.fetch import Manners
from quotes.records import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from quotes.records import Article
    from quotes.sources import Linked, Place, Source

    Fresh = tuple[Article | Unreadable | Linked, "Origin"]

COUNTED = ("read", "added", "changed", "redone", "unchanged", "removed", "skipped", "annotated")
"""What is counted of articles; `runs` has a column for each."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read: files, folders and web addresses.

    With a `manifest` only the files that it names are read, and those `named` say where they are. At most
    `limit` new or changed articles are read, and none that is known to be published before `since` (a date
    or time in the form of articles.published). With `fresh`, files are read whatever is remembered of them.
    A job waits up to `wait` seconds for another one to end. It annotates in so many `jobs` of an `engine`,
    with that of Ray in the cluster at `address`, or on this machine.
    """

    named: tuple[Source, ...] = ()
    manifest: Path | None = None
    since: str | None = None
    limit: int | None = None
    fresh: bool = False
    jobs: int = 1
    engine: str = PROCESSES
    address: str | None = None
    wait: float = float("inf")
    manners: Manners = field(default_factory=Manners)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is named that could be read."""
        return not (self.named or self.manifest)

    @property
    def exists(self) -> bool:
        """Whether any of it is there, as far as that can be told without reading it."""
        if self.manifest:
            return self.manifest.exists()
        return any(source.path is None or source.path.exists() for source in self.named)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Return the folders that are looked through; with a manifest they are not."""
        paths = () if self.manifest else (source.path for source in self.named)
        return tuple(path for path in paths if path and path.is_dir())

    def find_places(
        self, warn: Callable[[str], None], no_article: Path | None = None
    ) -> Iterator[Place | Unreadable]:
        """Yield the files to read, and whatever is none, with the reason; `no_article` is passed over."""
        if self.manifest:
            paths = [source.path for source in self.named if source.path]
            yield from sources.find(paths, self.manifest, warn, no_article)
            return
        seen: set[str] = set()
        for source in self.named:
            for place in sources.find_of(source, warn, no_article):
                if not isinstance(place, Unreadable):
                    if place.name in seen:
                        continue
                    seen.add(place.name)
                yield place

    def list_links(self) -> list[Linked]:
        """Return the web addresses to ask for."""
        return [sources.link_of(source) for source in self.named if source.address]

    def is_too_old(self, published: str | None) -> bool:
        """Say whether what was published then is not wanted; what has no date is."""
        return bool(self.since and published and published < self.since[: len(published)])


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told what happens during a job; each part may be left out.

    `skipped` is told whether an earlier job said the same of the same input.
    """

    skipped: Callable[[Unreadable, bool], None] = lambda _, __: None
    warned: Callable[[str], None] = lambda _: None
    advanced: Callable[[Summary], None] = lambda _: None


@dataclass(slots=True)
class Summary:
    """What a job did, counted in articles by the names in COUNTED, and in quotes.

    `places` are the files and addresses to be read, as far as they are known, and `done` those that were;
    `fresh` counts articles that are new or changed, written or not.
    `altered` counts quotes that the outlet which printed them had altered. `merged_by` is the name of the
    speakers file where it said something new; "" where it has gone.
    """

    articles: Counter[str] = field(default_factory=Counter)
    quotes: int = 0
    altered: int = 0
    requests: int = 0
    places: int = 0
    done: int = 0
    fresh: int = 0
    merged_by: str | None = None

    @property
    def is_nothing_new(self) -> bool:
        """Whether no article was written, and none found to be removed."""
        return not any(self.articles[name] for name in ("added", "changed", "redone", "removed"))


@dataclass(slots=True)
class Origin:
    """Where articles come from: a file or an address. It is remembered once all that it gave is written.

    `articles` has the input hash of each article by its id. `is_whole` says that nothing of it was left out,
    `is_fetched` that a server answered with it: servers hide pages for a while, files stay as they are.
    """

    remember: Callable[[Origin], None]
    articles: dict[str, str] = field(default_factory=dict)
    is_whole: bool = True
    is_fetched: bool = False
    is_given: bool = False
    is_read: bool = False
    pending: int = 0

    def close(self) -> None:
        """Say that it was read to its end."""
        self.is_read = True
        self._settle()

    def expect(self) -> None:
        """Say that one more of its articles is under way."""
        self.pending += 1

    def take(self, article_id: str, input_hash: str) -> None:
        """Say that an article that was under way is written, or stood there already."""
        self.articles[article_id] = input_hash
        self.pending -= 1
        self._settle()

    def fail(self) -> None:
        """Say that an article that was under way could not be written."""
        self.is_whole = False
        self.pending -= 1
        self._settle()

    def _settle(self) -> None:
        if self.is_read and not self.pending:
            self.remember(self)


def forgotten() -> Origin:
    """Return an origin of which nothing is remembered."""
    return Origin(lambda _: None)
