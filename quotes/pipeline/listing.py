"""What lists say of pages, and which pages are asked for, as far as what is remembered tells."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING

from quotes import sources, store
from quotes.fetch import OLD, is_due
from quotes.sources import Details, Linked

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import datetime

    from quotes.pipeline.wanted import Wanted
    from quotes.requests import Visit

TOO_OLD = "published before what was asked for"
_DEEPEST = 3
"""Lists that a list may lead through: an OPML file to a sitemap index to a sitemap to its pages."""
_SAID_BY_PERSON = ("outlet", "kind", "language")


def is_wanted(linked: Linked, wanted: Wanted) -> bool:
    """Say whether an address is to be asked for: not too far from what was named, nor known to be too old."""
    too_old = wanted.is_too_old(linked.details.published) or wanted.is_too_old(linked.changed)
    return linked.depth <= _DEEPEST and not too_old


def must_ask(visit: Visit | None, linked: Linked, now: datetime) -> bool:
    """Say whether an address is asked for now: what a person named and lists always, pages when due."""
    if visit is None or may_list(linked) or not visit.checked:
        return True
    return visit.reason == TOO_OLD or is_due(visit, now)


def may_list(linked: Linked) -> bool:
    """Say whether what an address lists is asked for: a person named it, or a list did as one more list.

    A feed's pages that are feeds themselves would have no end.
    """
    return linked.is_list or not linked.depth


def inherit(one: Linked, parent: Linked) -> Linked:
    """Return a listed page with the outlet that a person gave its list, where it is on the list's own site.

    Elsewhere it is somebody else's, whatever they list: it is named after its domain, unless the list tells.
    What a feed says of its language is mostly a default: a person's word counts, else the page's own.
    """
    named, told = parent.details.outlet, one.details.outlet
    if named and sources.is_listed_on(one.address, parent.address):
        told = named
    elif told == named:
        told = ""
    said = parent.details
    return replace(one, details=replace(one.details, outlet=told, kind=said.kind, language=said.language))


def name_answered(linked: Linked, address: str) -> str:
    """Return the outlet of what was read at `address`: a person's word, unless redirects left its site."""
    named = linked.details.outlet
    is_there = sources.is_same_site(address, linked.address) or sources.is_listed_on(address, linked.source)
    return named if named and (not linked.depth or is_there) else sources.name_outlet(address)


def recall(linked: Linked, visit: Visit | None) -> Linked:
    """Return a link with what was said of its page when that was read first: feeds move dates and titles.

    A person's word counts as it is now.
    """
    if visit is None or not visit.checked:
        return linked
    known, _ = read_details(visit.details)
    said = {name: getattr(linked.details, name) for name in _SAID_BY_PERSON}
    kept = {name: value for name, value in asdict(known).items() if value and not said.get(name)}
    return replace(linked, details=replace(linked.details, **kept))


def is_said_otherwise(linked: Linked, visit: Visit, asked: Container[str]) -> bool:
    """Say whether a person says something else of a page than when it was read.

    The list counts for which it was read then, as long as that is `asked`: two may give it different outlets.
    """
    if not visit.details:
        return False
    known, _ = read_details(visit.details)
    counts = linked.source == visit.listed_in or not (linked.depth and known.outlet)
    if not counts and visit.listed_in in asked:
        return False
    return any(getattr(linked.details, name) != getattr(known, name) for name in _SAID_BY_PERSON)


def prefer(one: Linked, other: Linked, visit: Visit | None) -> Linked:
    """Return for which of two lists a page is read: one with an outlet's name, then that which had it before.

    Which list was answered first decides nothing.
    """
    owner = visit.listed_in if visit and visit.checked else None
    return min(
        one, other, key=lambda link: (not link.details.outlet, link.source != owner, link.source, repr(link))
    )


def list_known(texts: store.Connection, linked: Linked, address: str, now: datetime) -> list[Linked]:
    """Return what a list named in earlier jobs, at `address`, and may still have to be asked for."""
    since = (now - OLD).isoformat(timespec="seconds")
    known = []
    for visit in store.list_visits(texts, address, since, TOO_OLD, linked.details.outlet):
        details, is_list = read_details(visit.details)
        known.append(inherit(Linked(visit.address, details, address, linked.depth + 1, is_list), linked))
    return known


def write_details(linked: Linked) -> str:
    """Return what a list says of a page, and whether it is a list too, as text."""
    return json.dumps(asdict(linked.details) | {"is_list": linked.is_list}, ensure_ascii=False)


def read_details(text: str | None) -> tuple[Details, bool]:
    """Return what a list said of a page, and whether it is a list too, as far as that is understood."""
    given = json.loads(text) if text else {}
    said = given if isinstance(given, dict) else {}
    names = {field.name for field in fields(Details)}
    kept = {name: value for name, value in said.items() if name in names and isinstance(value, str)}
    return Details(**({"outlet": ""} | kept)), said.get("is_list") is True
