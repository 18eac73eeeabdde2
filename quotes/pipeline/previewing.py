"""A dry run: what a job would read and fetch, and why. Lists are fetched to see what they name, no pages."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quotes import sources, store
from quotes.pipeline.filing import read_stamp
from quotes.pipeline.listing import inherit, is_wanted, list_known, may_list, must_ask, name_answered, recall
from quotes.pipeline.stages import load_stages
from quotes.records import Unreadable
from quotes.requests import Asked
from quotes.sources import Details, Linked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from quotes.fetch import Fetcher
    from quotes.pipeline.stages import Stages
    from quotes.pipeline.wanted import Wanted
    from quotes.requests import Answer
    from quotes.sources import Place

Read, Fetch, Redo, Skip = "read", "fetch", "analyse again", "skip"


@dataclass(frozen=True, slots=True)
class Planned:
    """One thing that a job would do: read, fetch, analyse again or skip `source`, and why."""

    action: str
    source: str
    why: str


def preview(
    wanted: Wanted,
    database: Path,
    *,
    models: str = "embedded",
    stages: Stages | None = None,
    warn: Callable[[str], None] = lambda _: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Iterator[Planned]:
    """Yield what `index` would do with the same arguments. Nothing is written, and no model is loaded."""
    stages = stages or load_stages(models)
    with store.peek(database) as (connection, texts):
        if connection is None and database.exists():
            yield Planned(Redo, str(database), "made by an older version: brought up to date, with a backup")
        elif connection and (stale := len(store.list_stale(connection, stages.version))):
            yield Planned(Redo, str(database), f"other models or rules read {stale:,} of its articles")
        links = wanted.list_links()
        for place in _list_new(wanted, database, texts if connection else None, warn):
            if isinstance(place, Unreadable):
                yield Planned(Skip, place.source, place.reason)
                continue
            yield place[1]
            if place[0].is_named:
                links += (one for one in sources.read_place(place[0]) if isinstance(one, Linked))
        if links:
            from quotes.fetch import Fetcher

            with closing(Fetcher(wanted.manners)) as fetcher:
                yield from _Round(fetcher, wanted, texts, now).plan(links)


def _list_new(
    wanted: Wanted, database: Path, texts: store.Connection | None, warn: Callable[[str], None]
) -> Iterator[Unreadable | tuple[Place, Planned]]:
    known = store.read_places(texts, database) if texts and not wanted.fresh else {}
    for place in wanted.find_places(warn):
        if isinstance(place, Unreadable):
            yield place
        elif place.name not in known:
            yield place, Planned(Read, place.source, "not read yet")
        elif known[place.name][0] != read_stamp(place):
            yield place, Planned(Read, place.source, "it may have changed since it was read")


class _Round:
    """One round through the lists."""

    def __init__(
        self,
        fetcher: Fetcher,
        wanted: Wanted,
        texts: store.Connection | None,
        now: Callable[[], datetime],
    ) -> None:
        self._fetcher, self._wanted, self._texts, self._now = fetcher, wanted, texts, now
        self._met: dict[str, Linked] = {}

    def plan(self, links: Iterable[Linked]) -> Iterator[Planned]:
        for linked in links:
            yield from self._take(linked)
        for answer in self._fetcher.answers():
            yield from self._read(answer, self._met[answer.asked.address])

    def _take(self, linked: Linked) -> Iterator[Planned]:
        address = sources.normal_address(linked.address)
        if address is None or address in self._met:
            return
        visit = store.read_visit(self._texts, address) if self._texts else None
        if not is_wanted(recall(linked, visit), self._wanted):
            return
        self._met[address] = linked
        if may_list(linked):
            self._fetcher.ask(Asked(address))
            return
        if must_ask(visit, linked, self._now()):
            is_known = visit is not None and visit.article_id is not None
            why = (
                "read before; asked whether it changed"
                if is_known
                else f"listed in {sources.hide_secrets(linked.source)}"
            )
            yield Planned(Fetch, sources.hide_secrets(address), why)

    def _read(self, answer: Answer, linked: Linked) -> Iterator[Planned]:
        address = answer.asked.address
        if answer.data is None:
            yield Planned(Skip, sources.hide_secrets(address), answer.reason or "no answer that can be read")
            return
        outlet = name_answered(linked, answer.address)
        place = sources.place_of_answer(answer, replace(linked, details=Details(outlet=outlet)))
        found = list(sources.read_place(place))
        listed = [inherit(one, linked) for one in found if isinstance(one, Linked)]
        if listed and self._texts:
            listed += list_known(self._texts, linked, address, self._now())
        for one in listed:
            yield from self._take(one)
        for other in found:
            if isinstance(other, Unreadable):
                yield Planned(Skip, other.source, other.reason)
            elif not isinstance(other, Linked):
                yield Planned(Fetch, place.source, "named as a page")
