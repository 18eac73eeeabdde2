"""Addresses: pages and lists of pages, asked for politely, and remembered from job to job."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from quotes import sources, store
from quotes.fetch import is_due
from quotes.pipeline.wanted import Origin, forgotten
from quotes.records import Asked, Unreadable, Visit
from quotes.sources import Details, Linked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from quotes.fetch import Fetcher
    from quotes.pipeline.job import Job
    from quotes.pipeline.wanted import Fresh, Wanted
    from quotes.records import Answer, Article

_DEEPEST = 3
"""Lists that a list may lead through: an OPML file to a sitemap index to a sitemap to its pages."""
_GONE = 410
_NOT_FOUND = 404
_UNCHANGED = 304
_NO_PAGE = "a list of articles where a page was listed; name it yourself to have it read"


class Visiting:
    """The addresses of one job. Each is asked for at most once."""

    def __init__(self, job: Job, fetcher: Fetcher) -> None:
        self._job, self._fetcher = job, fetcher
        self._asked: dict[str, tuple[Linked, Visit | None]] = {}

    def read(self, links: Iterable[Linked]) -> Iterator[Fresh]:
        """Yield what the addresses give, and the pages that they list, each with its address as origin."""
        with closing(self._fetcher) as fetcher:
            for linked in links:
                self.ask(linked)
            if not self._job.is_full:
                for answer in fetcher.answers():
                    yield from self._take(answer)
                    self._job.summary.requests = fetcher.requests
                    if self._job.is_full:
                        return

    def ask(self, linked: Linked) -> None:
        """Ask for an address, unless that was done, or what it holds is not wanted, or not due."""
        address = sources.normal_address(linked.address)
        if address is None or address in self._asked or not is_wanted(linked, self._job.wanted):
            return
        visit = store.read_visit(self._job.texts, address)
        self._asked[address] = linked, visit
        if not must_ask(visit, linked, self._job.now()):
            return
        self._job.summary.places += 1
        known = visit if visit and self._still_holds(visit) else None
        self._fetcher.ask(
            Asked(address, known.etag if known else None, known.last_modified if known else None)
        )

    def _still_holds(self, visit: Visit) -> bool:
        """Say whether what the address gave is still there: only then "unchanged" is an answer."""
        if visit.article_id is None:
            return True
        state = store.read_state(self._job.connection, visit.article_id)
        return state is not None and state.input_hash == visit.input_hash

    def _take(self, answer: Answer) -> Iterator[Fresh]:
        linked, visit = self._asked[answer.asked.address]
        self._job.summary.done += 1
        if answer.status == _UNCHANGED and visit:
            yield from self._take_unchanged(answer, linked, visit)
        elif answer.data is None:
            yield from self._take_failure(answer, linked, visit)
        else:
            yield from self._take_data(answer, linked, visit)

    def _take_unchanged(self, answer: Answer, linked: Linked, visit: Visit) -> Iterator[Fresh]:
        self._write(self._visit(answer, linked, visit, kept=visit))
        if visit.article_id:
            self._job.meet_again(visit.article_id)
        elif visit.reason:
            source = sources.hide_secrets(visit.address)
            yield Unreadable(source, visit.reason, linked.details.outlet or None), forgotten()
        else:
            self._ask_listed(linked, visit.address)

    def _take_failure(self, answer: Answer, linked: Linked, visit: Visit | None) -> Iterator[Fresh]:
        failures = (visit.failures if visit else 0) + 1
        failed = self._visit(answer, linked, visit, kept=visit)
        if visit and visit.article_id and _is_removed(answer.status, failures):
            self._job.mark_removed({visit.article_id: f"its page answers: {answer.reason}"})
        elif not (visit and visit.article_id and answer.status in (_NOT_FOUND, _GONE)):
            reason = answer.reason or "no answer that can be read"
            source = sources.hide_secrets(answer.asked.address)
            yield Unreadable(source, reason, linked.details.outlet or None), forgotten()
        self._write(replace(failed, failures=failures))
        if visit and not visit.article_id:
            self._ask_listed(linked, visit.address)

    def _take_data(self, answer: Answer, linked: Linked, visit: Visit | None) -> Iterator[Fresh]:
        outlet = name_answered(linked, answer.address)
        # What a page says of itself is more exact than what a list says of it.
        known = Details(outlet=outlet, kind=linked.details.kind)
        place = sources.place_of_answer(answer, replace(linked, details=known))
        listed: list[Linked] = []
        origin = Origin(lambda origin: self._write(_recall(self._visit(answer, linked, visit), origin)))
        for found in sources.read_place(place, self._job.listener.warned):
            if isinstance(found, Linked):
                listed.append(inherit(found, linked))
            elif isinstance(found, Unreadable):
                self._write(replace(self._visit(answer, linked, visit), reason=found.reason))
                yield found, forgotten()
            else:
                yield from self._pass_on(_complete(found, linked.details), origin, answer, linked, visit)
        if listed and not may_list(linked):
            self._write(replace(self._visit(answer, linked, visit), reason=_NO_PAGE))
            yield Unreadable(place.source, _NO_PAGE, outlet), forgotten()
        elif listed:
            self._list(answer, linked, visit, listed)
        elif origin.articles or origin.pending:
            origin.close()

    def _pass_on(
        self, article: Article, origin: Origin, answer: Answer, linked: Linked, visit: Visit | None
    ) -> Iterator[Fresh]:
        if self._job.wanted.is_too_old(article.published):
            # Without what the server said of it: it is read whenever older pages are wanted.
            forgetful = replace(self._visit(answer, linked, visit), etag=None, last_modified=None)
            self._write(replace(forgetful, reason="published before what was asked for"))
        else:
            yield article, origin

    def _list(self, answer: Answer, linked: Linked, visit: Visit | None, listed: list[Linked]) -> None:
        """Remember a list with all that it lists before any of it is asked for: a job may be cut off."""
        address = answer.asked.address
        known = {known.address: known for known in store.list_visits(self._job.texts, address)}
        visits = [self._visit(answer, linked, visit)]
        for one in listed:
            page = sources.normal_address(one.address)
            if page and page not in known and store.read_visit(self._job.texts, page) is None:
                visits.append(self._first_visit(page, address, one))
        store.write_visits(self._job.texts, visits)
        for one in listed:
            self.ask(one)
        self._ask_listed(linked, address)

    def _ask_listed(self, linked: Linked, address: str) -> None:
        """Ask for what a list named in earlier jobs: its pages may have changed since."""
        for one in list_known(self._job.texts, linked, address):
            self.ask(one)

    def _first_visit(self, address: str, listed_in: str, linked: Linked) -> Visit:
        now = self._job.stamp()
        details = json.dumps(asdict(linked.details) | {"is_list": linked.is_list}, ensure_ascii=False)
        return Visit(address, listed_in, 0, now, "", details=details)

    def _visit(
        self, answer: Answer, linked: Linked, before: Visit | None, kept: Visit | None = None
    ) -> Visit:
        """Return what is to be remembered of an address; `kept` is what the answer does not change."""
        now = self._job.stamp()
        base = kept or before or Visit(answer.asked.address, None, answer.status, now, now)
        status = base.status if answer.status == _UNCHANGED else answer.status
        visit = replace(base, status=status, checked=now, failures=0)
        if kept:
            return visit
        return replace(
            visit,
            etag=answer.etag,
            last_modified=answer.last_modified,
            article_id=None,
            input_hash=None,
            reason=None,
        )

    def _write(self, visit: Visit) -> None:
        store.write_visits(self._job.texts, [visit])


def is_wanted(linked: Linked, wanted: Wanted) -> bool:
    """Say whether an address is to be asked for: not too far from what was named, nor known to be too old."""
    too_old = wanted.is_too_old(linked.details.published) or wanted.is_too_old(linked.changed)
    return linked.depth <= _DEEPEST and not too_old


def must_ask(visit: Visit | None, linked: Linked, now: datetime) -> bool:
    """Say whether an address is asked for now: what a person named and lists always, pages when they are due."""
    return visit is None or may_list(linked) or is_due(visit, now)


def may_list(linked: Linked) -> bool:
    """Say whether what an address lists is asked for: a person named it, or a list did as one more list.

    A feed's pages that are feeds themselves would have no end.
    """
    return linked.is_list or not linked.depth


def inherit(one: Linked, parent: Linked) -> Linked:
    """Return a listed page with the outlet that a person gave its list, where it is on the list's own site.

    Elsewhere it is somebody else's, whatever they list: it is named after its domain, unless the list tells.
    """
    named, told = parent.details.outlet, one.details.outlet
    if named and sources.is_listed_on(one.address, parent.address):
        told = named
    elif told == named:
        told = ""
    return replace(one, details=replace(one.details, outlet=told, kind=parent.details.kind))


def name_answered(linked: Linked, address: str) -> str:
    """Return the outlet of what was read at `address`: a person's word, unless redirects left its site."""
    named = linked.details.outlet
    is_there = sources.is_same_site(address, linked.address) or sources.is_listed_on(address, linked.source)
    return named if named and (not linked.depth or is_there) else sources.name_outlet(address)


def list_known(texts: store.Connection, linked: Linked, address: str) -> list[Linked]:
    """Return what a list named in earlier jobs, at `address`."""
    known = []
    for visit in store.list_visits(texts, address):
        given = json.loads(visit.details) if visit.details else {"outlet": ""}
        is_list = given.pop("is_list", False)
        details = Details(**given)
        known.append(inherit(Linked(visit.address, details, address, linked.depth + 1, is_list), linked))
    return known


def _recall(visit: Visit, origin: Origin) -> Visit:
    """Return a visit with the article that it gave; one of which the article was not written forgets."""
    if not origin.is_whole or not origin.articles:
        return replace(visit, etag=None, last_modified=None)
    article, input_hash = next(iter(origin.articles.items()))
    return replace(visit, article_id=article, input_hash=input_hash)


def _complete(article: Article, details: Details) -> Article:
    """Return an article with what the list says of it where its own page says nothing."""
    given = {name: getattr(details, name) for name in ("title", "published", "byline", "language")}
    return replace(
        article, **{name: value for name, value in given.items() if value and not getattr(article, name)}
    )


def _is_removed(status: int, failures: int) -> bool:
    """Say whether a page is gone: "gone" means it, "not found" only when said twice in a row."""
    return status == _GONE or (status == _NOT_FOUND and failures > 1)
