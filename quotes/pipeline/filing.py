"""Files: which of them may hold something new, what they give, and which are gone."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from quotes import sources, store
from quotes.pipeline.wanted import Origin
from quotes.records import Unreadable
from quotes.sources import Linked
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from quotes.pipeline.job import Job
    from quotes.pipeline.wanted import Fresh
    from quotes.sources import Place

_JUST_NOW = 2_000_000_000
"""Nanoseconds in which a file may change twice and look the same."""
_NOT_THERE, _OTHER_WORDS = (
    "the file it was read from is gone",
    "the file it was read from has other words now",
)


class Filing:
    """The files of one job. Those that a job before read whole, and that did not change, are not opened."""

    def __init__(self, job: Job, database: Path) -> None:
        self._job = job
        self._known: Mapping[str, tuple[str, int]] = {}
        if not job.wanted.fresh:
            self._known = store.read_places(job.texts, database)
        self._seen: set[str] = set()
        self._lost_folders = False

    def find_new(self, places: Iterator[Place | Unreadable]) -> list[Place]:
        """Return the places that have to be read; what is none of them is counted, or kept as skipped."""
        new: list[Place] = []
        unchanged: dict[str, int] = {}
        for place in places:
            if isinstance(place, Unreadable):
                self._lost_folders |= place.reason != sources.READ_ALREADY
                self._job.skip(place)
                continue
            self._seen.add(place.name)
            stamp, count = self._known.get(place.name, ("", 0))
            if stamp and stamp == read_stamp(place):
                unchanged[place.name] = count
            else:
                new.append(place)
        self._job.known_paths = frozenset(unchanged)
        self._job.count("unchanged", sum(unchanged.values()))
        return new

    def read(self, places: Sequence[Place]) -> Iterator[Fresh]:
        """Yield what the places give, each with its place as origin.

        Addresses in a file that only lies in a folder are not asked for: nobody named it, or them.
        """
        for place in places:
            origin, left = self._open(place), 0
            for found in sources.read_place(place, self._job.listener.warned):
                if isinstance(found, Linked) and not place.is_named:
                    left += 1
                    continue
                if isinstance(found, Unreadable | Linked):
                    origin.is_whole = False  # to be read again: what it names is asked for by every job
                yield found, origin
                if self._job.is_full:
                    return
            if left:
                self._job.listener.warned(_tell_left(place.source, left))
            origin.close()
            self._job.summary.done += 1

    def mark_removed(self, folders: Sequence[Path]) -> None:
        """Mark the articles whose files are gone from folders that were looked through.

        A folder that could not be read, or has no file at all, may be missing itself: nothing is said of it.
        """
        if self._lost_folders:
            return
        tops = [f"{sources.absolute(folder)}/" for folder in folders if folder.is_dir()]
        tops = [top for top in tops if any(path.startswith(top) for path in self._seen)]
        gone = [
            path
            for path in store.list_paths(self._job.texts)
            if path not in self._seen and any(path.startswith(top) for top in tops)
        ]
        for path in gone:
            articles = store.read_place_articles(self._job.texts, path)
            if is_single(path) and len(articles) == 1:
                self._mark(articles, gone, _NOT_THERE)
        store.forget_places(self._job.texts, gone)

    def _mark(self, articles: Iterable[str], gone: Sequence[str], reason: str) -> None:
        """Mark articles as removed, unless they stand in another file than those gone, or on the web."""
        texts = self._job.texts
        lost = [
            article
            for article in articles
            if not set(store.find_paths(texts, article)) - {*gone}
            and not store.find_addresses(texts, article)
        ]
        self._job.mark_removed(dict.fromkeys(lost, reason))

    def _open(self, place: Place) -> Origin:
        stamp = read_stamp(place)

        def remember(origin: Origin) -> None:
            before = store.read_place_articles(self._job.texts, place.name)
            if origin.is_whole and len(before) == len(origin.articles) == 1 and is_single(place.name):
                self._mark(before.keys() - origin.articles.keys(), [place.name], _OTHER_WORDS)
            # Without a stamp it is read again, and what it gave is known all the same.
            held = origin.articles if origin.is_whole else before | origin.articles
            store.write_place(self._job.texts, place.name, stamp if origin.is_whole else "", held)

        return Origin(remember)


def _tell_left(source: str, count: int) -> str:
    them = "an address" if count == 1 else f"{count:,} addresses"
    return f"{source}: {them} without a text, not fetched; to have that done, name this file itself"


def read_stamp(place: Place) -> str:
    """Return what is another text whenever a file may have changed; "" where that cannot be told yet."""
    if place.path is None:
        return ""
    try:
        now, stat = time.time_ns(), os.stat(place.path)  # noqa: PTH116
    except OSError:
        return ""
    if not 0 <= now - max(stat.st_mtime_ns, stat.st_ctime_ns) > _JUST_NOW:
        return ""
    said = content_id(sources.VERSION, repr(place.details), str(place.is_named))
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino} {said}"


def is_single(path: str) -> bool:
    """Say whether a file holds one article, so that the file's end is the article's."""
    return sources.ending_of(path) not in sources.COLLECTIONS
