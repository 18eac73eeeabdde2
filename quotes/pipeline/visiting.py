"""Addresses: pages and lists of pages, asked for politely, and remembered from job to job."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from quotes import sources, store
from quotes.pipeline.asking import Asking
from quotes.pipeline.listing import (
    TOO_OLD,
    inherit,
    is_said_otherwise,
    list_known,
    may_list,
    name_answered,
    write_details,
)
from quotes.pipeline.remembering import (
    GONE,
    NOT_FOUND,
    UNCHANGED,
    begin,
    check,
    forget_answer,
    is_removed,
    keep,
    meet,
    refuse,
    restate,
)
from quotes.pipeline.room import Room
from quotes.pipeline.variants import Variants
from quotes.pipeline.wanted import Origin, forgotten
from quotes.records import Article, Unreadable
from quotes.sources import Details, Linked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.fetch import Fetcher
    from quotes.pipeline.job import Job
    from quotes.pipeline.wanted import Fresh
    from quotes.requests import Answer, Visit
    from quotes.sources import Place

_NO_PAGE = "a list of articles where a page was listed; name it yourself to have it read"
_NO_LIST = "a page where a list of articles was; it may be out of order"
_HOME = "leads to the first page of its site: it may be gone"


class Visiting:
    """The addresses of one job: what they give, and what is remembered of them."""

    def __init__(self, job: Job, fetcher: Fetcher) -> None:
        self._job, self._fetcher = job, fetcher
        self._asking = Asking(job, fetcher)
        self._room = Room(job.listener.warned)
        self._restated: list[tuple[Linked, Visit]] = []
        self._variants = Variants(job, self._asking.asked)

    def read(self, links: Iterable[Linked]) -> Iterator[Fresh]:
        """Yield what the addresses give, and the pages that they list, each with its address as origin."""
        with closing(self._fetcher) as fetcher:
            for linked in links:
                self._asking.ask(linked)
            is_more = True
            while is_more and not self._job.is_full:
                for answer in fetcher.answers():
                    yield from self._take(answer)
                    self._job.summary.requests = fetcher.requests
                    if self._job.is_full:
                        return
                is_more = self._asking.send_waiting()
        yield from self._restate()
        yield from self._variants.release()

    def _take(self, answer: Answer) -> Iterator[Fresh]:
        linked, visit = self._asking.asked[answer.asked.address]
        self._job.summary.done += 1
        if answer.status == UNCHANGED and visit and answer.reason is None:
            yield from self._take_unchanged(answer, linked, visit)
        elif answer.data is None:
            yield from self._take_failure(answer, linked, visit)
        else:
            yield from self._take_data(answer, linked, visit)

    def _take_unchanged(self, answer: Answer, linked: Linked, visit: Visit) -> Iterator[Fresh]:
        checked = check(visit, answer, self._job.stamp())
        self._write(checked)
        if visit.reason:
            yield self._refuse(linked, visit.reason)
        elif visit.article_id and is_said_otherwise(linked, visit, self._asking.asked):
            self._restated.append((linked, checked))
        elif visit.article_id and not self._follow(answer, checked):
            self._job.stand(visit.article_id, visit.address)
        if not visit.article_id:
            self._ask_listed(linked, visit.address)

    def _take_failure(self, answer: Answer, linked: Linked, visit: Visit | None) -> Iterator[Fresh]:
        article = visit.article_id if visit else None
        if visit and article and is_removed(answer.status, visit):
            if store.find_addresses(self._job.texts, article) <= {visit.address}:
                self._job.mark_removed({article: f"its page answers: {answer.reason}"})
        elif not (article and answer.status in (NOT_FOUND, GONE)):
            yield self._refuse(linked, answer.reason or "no answer that can be read")
        now = self._job.stamp()
        before = visit or begin(answer.asked.address, linked, now)
        self._write(check(before, answer, now, before.failures + 1))
        if visit and not article:
            self._ask_listed(linked, visit.address)

    def _take_data(self, answer: Answer, linked: Linked, visit: Visit | None) -> Iterator[Fresh]:
        # What a page says of itself is more exact than what a list says of it; a person's word counts.
        outlet = name_answered(linked, answer.address)
        known = Details(outlet=outlet, kind=linked.details.kind, language=linked.details.language)
        place = sources.place_of_answer(answer, replace(linked, details=known))
        now_known = meet(answer, linked, visit, self._job.stamp())
        origin = Origin(lambda origin: self._remember(now_known, visit, answer, origin), is_fetched=True)
        listed: list[Linked] = []
        reason: str | None = None
        for found in sources.read_place(place, self._job.listener.warned):
            if isinstance(found, Linked):
                listed.append(inherit(replace(found, source=answer.asked.address), linked))
                continue
            if isinstance(found, Article) and self._job.wanted.is_too_old(found.published):
                reason = TOO_OLD
                dated = replace(linked, details=replace(linked.details, published=found.published))
                now_known = replace(now_known, details=write_details(dated))
                continue
            judged = self._judge(found, answer, linked, place)
            if isinstance(judged, Unreadable):
                reason = judged.reason
                yield judged, forgotten()
                continue
            origin.is_given = True
            article = _complete(judged, linked.details)
            if not self._variants.hold(article, origin, place, visit):
                yield article, origin
        yield from self._end(now_known, linked, listed, reason, origin)

    def _judge(
        self, found: Article | Unreadable, answer: Answer, linked: Linked, place: Place
    ) -> Article | Unreadable:
        """Return an article, or why its page is not the one that was asked for."""
        if isinstance(found, Unreadable):
            return found
        if sources.is_home(answer.address) and not sources.is_home(answer.asked.address):
            return self._refuse(linked, _HOME)[0]
        if place.suffix != ".html" or not may_list(linked):
            return found
        was_list = linked.is_list or store.list_visits(self._job.texts, answer.asked.address)
        return self._refuse(linked, _NO_LIST)[0] if was_list else found

    def _end(
        self, visit: Visit, linked: Linked, listed: list[Linked], reason: str | None, origin: Origin
    ) -> Iterator[Fresh]:
        """Remember what an address gave, and ask for what it lists."""
        if listed and not may_list(linked):
            listed, reason = [], _NO_PAGE
            yield self._refuse(linked, _NO_PAGE)
        if listed:
            self._list(forget_answer(visit) if origin.is_given else visit, listed)
        elif origin.is_given and not self._variants.holds(origin):
            origin.close()
        elif reason and not origin.is_given:
            self._write(refuse(visit, reason))
        if may_list(linked) and not origin.is_given:
            self._ask_listed(linked, visit.address)

    def _list(self, visit: Visit, listed: list[Linked]) -> None:
        """Remember a list with all that it lists before any of it is asked for: a job may be cut off.

        Pages whose own list is not read any more are listed in this one from now on.
        """
        visits = [replace(visit, article_id=None, input_hash=None)]
        listed = [*self._room.take(visit.address, listed)]
        for one in listed:
            page = sources.normal_address(one.address)
            before = store.read_visit(self._job.texts, page) if page else None
            if page and before is None:
                visits.append(begin(page, one, self._job.stamp()))
            elif before and before.checked and before.listed_in not in self._asking.asked:
                visits.append(replace(before, listed_in=visit.address))
        store.write_visits(self._job.texts, visits)
        for one in listed:
            self._asking.ask(one)

    def _ask_listed(self, linked: Linked, address: str) -> None:
        """Ask for what a list named in earlier jobs: its pages may have changed since."""
        known = list_known(self._job.texts, linked, address, self._job.now())
        for one in self._room.take(address, known):
            self._asking.ask(one)

    def _restate(self) -> Iterator[Fresh]:
        """Yield the articles of which a person says something else than when they were read."""
        for linked, visit in [*self._restated, *self._asking.list_restated()]:
            kept = store.read_input(self._job.texts, visit.article_id or "", visit.input_hash or "")
            if kept is None or self._job.is_full:
                continue
            article = replace(
                kept,
                outlet=name_answered(linked, kept.url or visit.address),
                kind=linked.details.kind or kept.kind,
                language=linked.details.language or kept.language,
            )
            origin = Origin(partial(self._remember_said, restate(visit, linked)))
            yield article, origin
            origin.close()

    def _remember_said(self, visit: Visit, origin: Origin) -> None:
        self._write(keep(visit, origin))

    def _remember(self, visit: Visit, before: Visit | None, answer: Answer, origin: Origin) -> None:
        kept = keep(visit, origin)
        self._write(kept)
        if before and before.article_id and kept.article_id and before.article_id != kept.article_id:
            self._leave(before.article_id, kept.article_id, answer.address)

    def _follow(self, answer: Answer, visit: Visit) -> bool:
        """Say whether an unchanged page is another article's now: its address leads to that one's."""
        there = sources.normal_address(answer.address)
        other = store.read_visit(self._job.texts, there) if there and there != visit.address else None
        if other is None or other.article_id in (None, visit.article_id):
            return False
        origin = Origin(lambda _: None, {other.article_id or "": other.input_hash or ""})
        self._remember(visit, visit, answer, origin)
        return True

    def _leave(self, before: str, now: str, address: str) -> None:
        """Say of an article that it moved, where its address leads to its very words under another one."""
        old, new = store.read_state(self._job.connection, before), self._job.recall(now)
        is_same = old and new and old.content_hash == new.content_hash
        if is_same and not store.find_addresses(self._job.texts, before):
            reason = f"it has another address now: {sources.hide_secrets(address)}"
            self._job.mark_removed({before: reason})

    def _refuse(self, linked: Linked, reason: str) -> tuple[Unreadable, Origin]:
        source = sources.hide_secrets(linked.address)
        return Unreadable(source, reason, linked.details.outlet or None), forgotten()

    def _write(self, visit: Visit) -> None:
        store.write_visits(self._job.texts, [visit])


def _complete(article: Article, details: Details) -> Article:
    """Return an article with what the list says of it where its own page says nothing."""
    given = {name: getattr(details, name) for name in ("title", "published", "byline", "language")}
    return replace(
        article, **{name: value for name, value in given.items() if value and not getattr(article, name)}
    )
