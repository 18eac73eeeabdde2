"""One job under way: its connections, what it counts, and what it has seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from quotes import store
from quotes.engine import choose
from quotes.pipeline.wanted import Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from quotes.engine import Engine
    from quotes.pipeline.deriving import Word
    from quotes.pipeline.stages import Stages
    from quotes.pipeline.wanted import Listener, Wanted
    from quotes.records import Article, Unreadable


@dataclass(frozen=True, slots=True)
class Met:
    """An article that this job read, or found to stand: where, and hashes of its words and of all of it."""

    source: str
    content_hash: str
    input_hash: str


@dataclass(slots=True)
class Job:
    """What all parts of a job share. `seen` has each article that it met, by its id."""

    connection: store.Connection
    texts: store.Connection
    stages: Stages
    listener: Listener
    wanted: Wanted
    run: int
    word: Word
    now: Callable[[], datetime]
    summary: Summary = field(default_factory=Summary)
    seen: dict[str, Met] = field(default_factory=dict)
    known_paths: frozenset[str] = frozenset()
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        wanted, warn = self.wanted, self.listener.warned
        version = partial(getattr, self.stages, "version")
        engine, address = wanted.engine, wanted.address
        self.engine = choose(wanted.jobs, warn, name=engine, address=address, version=version)

    @property
    def is_full(self) -> bool:
        """Whether as many new and changed articles were read as are wanted."""
        limit = self.wanted.limit
        return limit is not None and self.summary.fresh >= limit

    def count(self, name: str, times: int = 1) -> None:
        """Count articles, and tell the listener."""
        if times:
            self.summary.articles[name] += times
            self.listener.advanced(self.summary)

    def skip(self, unreadable: Unreadable) -> None:
        """Keep what gave no article, and tell the listener."""
        is_known = store.write_skipped(self.connection, self.run, unreadable)
        self.listener.skipped(unreadable, is_known)
        self.count("skipped")

    def mark_removed(self, reasons: Mapping[str, str]) -> None:
        """Mark articles, by their ids, as removed for these reasons, and count those that were not yet."""
        if reasons:
            self.count("removed", store.mark_removed(self.connection, reasons, self.run))

    def meet_again(self, article_id: str) -> None:
        """Count an article that stands as it was read, also where it was taken to be removed."""
        state = store.read_state(self.connection, article_id)
        if state and state.removed:
            store.mark_standing(self.connection, [article_id])
        self.count("unchanged")

    def stand(self, article_id: str, address: str) -> None:
        """Count an article whose page at `address` did not change: no other may give other words of it."""
        state = store.read_state(self.connection, article_id)
        if state:
            self.seen.setdefault(article_id, Met(address, state.content_hash, state.input_hash))
        self.meet_again(article_id)

    def find_double(self, article: Article) -> str | None:
        """Return where the same article was read in this job, or stands; None where it is the first.

        Says nothing of its words: `has_same_words` does.
        """
        if article.id in self.seen:
            return self.seen[article.id].source
        paths = store.find_paths(self.texts, article.id)
        return next((path for path in paths if path in self.known_paths), None)

    def has_same_words(self, article: Article) -> bool:
        """Say whether an article has the words that were read of it before."""
        before = self.recall(article.id)
        return before is not None and before.content_hash == store.hash_text(article.text)

    def recall(self, article_id: str) -> Met | store.State | None:
        """Return what was read of an article last, or None where it was not read yet."""
        return self.seen.get(article_id) or store.read_state(self.connection, article_id)

    def stamp(self) -> str:
        """Return the time now, as it is written."""
        return self.now().isoformat(timespec="seconds")
