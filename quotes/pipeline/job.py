"""One job under way: its connections, what it counts, and what it has seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes import store
from quotes.engine import choose
from quotes.pipeline.wanted import Summary
from quotes.records import Unreadable
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from quotes.engine import Engine
    from quotes.pipeline.deriving import Word
    from quotes.pipeline.stages import Stages
    from quotes.pipeline.wanted import Listener, Wanted
    from quotes.records import Article


@dataclass(slots=True)
class Job:
    """What all parts of a job share. `seen` has the source and the words of each article that was read."""

    connection: store.Connection
    texts: store.Connection
    stages: Stages
    listener: Listener
    wanted: Wanted
    run: int
    word: Word
    now: Callable[[], datetime]
    summary: Summary = field(default_factory=Summary)
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)
    known_paths: frozenset[str] = frozenset()
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        self.engine = choose(self.wanted.jobs, self.listener.warned)

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

    def find_double(self, article: Article) -> str | None:
        """Return where the same article was read in this job, or stands unchanged; None where it is the first.

        Says nothing of its words: `has_same_words` does.
        """
        if article.id in self.seen:
            return self.seen[article.id][0]
        paths = store.find_paths(self.texts, article.id)
        return next((path for path in paths if path in self.known_paths), None)

    def has_same_words(self, article: Article) -> bool:
        """Say whether an article has the words that were read of it before."""
        if article.id in self.seen:
            return self.seen[article.id][1] == content_id(article.text)
        state = store.read_state(self.connection, article.id)
        return state is not None and state.content_hash == store.hash_text(article.text)

    def stamp(self) -> str:
        """Return the time now, as it is written."""
        return self.now().isoformat(timespec="seconds")
