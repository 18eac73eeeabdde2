"""What is remembered of an address, given what its server answered now and what was known of it before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.pipeline.listing import TOO_OLD, write_details
from quotes.requests import Visit

if TYPE_CHECKING:
    from quotes.pipeline.wanted import Origin
    from quotes.requests import Answer
    from quotes.sources import Linked

READ, UNCHANGED, NOT_FOUND, GONE = 200, 304, 404, 410


def begin(address: str, linked: Linked, now: str) -> Visit:
    """Return what is remembered of an address that was not asked for yet."""
    return Visit(address, linked.source if linked.depth else None, 0, now, "", details=write_details(linked))


def check(visit: Visit, answer: Answer, now: str, failures: int = 0) -> Visit:
    """Return what is remembered of an address that gave nothing new: it failed, or did not change."""
    status = READ if answer.status == UNCHANGED else answer.status
    return replace(visit, status=status, checked=now, failures=failures)


def restate(visit: Visit, linked: Linked) -> Visit:
    """Return what is remembered of an address with what is said of it now, and by which list."""
    listed_in = linked.source if linked.depth else visit.listed_in
    return replace(visit, listed_in=listed_in, details=write_details(linked))


def meet(answer: Answer, linked: Linked, before: Visit | None, now: str) -> Visit:
    """Return what is remembered of an address that gave something; its article is the one before."""
    visit = check(before or begin(answer.asked.address, linked, now), answer, now)
    found = replace(visit, etag=answer.etag, last_modified=answer.last_modified, reason=None)
    return restate(found, linked)


def refuse(visit: Visit, reason: str) -> Visit:
    """Return what is remembered of an address that gave no article, for `reason`.

    One that is too old is read whenever older pages are wanted, whatever its server says.
    """
    refused = replace(visit, reason=reason)
    return forget_answer(refused) if reason == TOO_OLD else refused


def keep(visit: Visit, origin: Origin) -> Visit:
    """Return a visit with the article that it gave; where that is not one, and written, it is read anew."""
    if not origin.is_whole or len(origin.articles) != 1:
        return forget_answer(visit)
    article, input_hash = next(iter(origin.articles.items()))
    return replace(visit, article_id=article, input_hash=input_hash)


def forget_answer(visit: Visit) -> Visit:
    """Return a visit without what would have the server say that nothing changed."""
    return replace(visit, etag=None, last_modified=None)


def is_removed(status: int, visit: Visit) -> bool:
    """Say whether a page is gone: "gone" means it, "not found" only when said twice in a row."""
    return status == GONE or (status == NOT_FOUND and visit.status in (NOT_FOUND, GONE))
