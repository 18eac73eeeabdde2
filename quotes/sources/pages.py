"""Pages of the web: the one article that a page has, or why it has none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from quotes.errors import SourceError
from quotes.records import Unreadable
from quotes.sources.details import Details, make_article, normal_address
from quotes.sources.html import MOST_BYTES, decode_page, parse_page
from quotes.sources.messages import list_parts, parse_message, read_bytes, read_header
from quotes.sources.page_facts import Facts, find_facts, find_saved_from
from quotes.sources.page_text import extract_all, extract_text
from quotes.text.decode import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.records import Article
    from quotes.sources.place import Place, Warn

_AHEAD = timedelta(days=1)  # that a clock may be wrong, or that is another day elsewhere
_LEAST, _LEAST_SAID = 250, 80  # characters of an article; of one that the page says is one
_FEW_WORDS = 20  # of a page that has no text
_STUB = 900  # characters of what is shown of an article that is to be paid for
_MOST_LINKS, _BEGINNING_READ = 200, 20_000  # links, and characters of the text that they may make up
_LEAST_LINKED = 5  # headlines that are links, on a page that lists articles
_SENTENCE = 60  # characters of a paragraph that is more than a headline
_SCRIPT = re.compile("<script", re.IGNORECASE)
_SCRIPTED = re.compile(
    r"\b(?:enable|requires?|turn on|activate) java ?script|java ?script (?:is )?(?:disabled|required)",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:we (?:and our partners )?(?:use|value|store)\b.{0,60}\b(?:cookies|privacy)|accept (?:all )?cookies"
    r"|before you continue|manage (?:your )?(?:cookies|consent|privacy)"
    r"|cookie (?:settings|policy|preferences))",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"\bcaptcha\b|\b(?:you are|you're|are you) (?:not )?a (?:robot|human)|\bunusual traffic\b", re.IGNORECASE
)
_PAID = re.compile(
    r"\b(?:subscribe|sign in|log in|register|become a (?:member|subscriber)|start your (?:free )?trial)\b"
    r".{0,40}\bto (?:(?:continue|keep|finish) reading|read (?:on\b|more|this|the (?:full|rest|whole))|unlock)"
    r"|\b(?:subscribe|sign in|log in) to (?:continue|read|access)\b|\b(?:for|to) subscribers only"
    r"|\bsubscriber[- ]only|\balready (?:a subscriber|subscribed)\?"
    r"|\bthis (?:article|story|content) is (?:for|only for|reserved for) (?:our )?(?:subscrib|member|regist)",
    re.IGNORECASE,
)
_LIST = "a page that lists articles, not one of them; name the articles' own pages or a feed"
_BEGINNING = "only the beginning of an article that is to be paid for; save the page where it is shown whole"
_ASKS_CONSENT = "a page that asks for consent to cookies, not the article; save the article from a browser"
_ASKS_PERSON = "a page that asks whether you are a robot, not the article; save the article from a browser"
_NOT_SHOWN = "no text in it: the page is made by JavaScript; save it from a browser once it is shown"


def read_page(place: Place, _warn: Warn) -> Iterator[Article | Unreadable]:
    """Yield the article of an HTML page, or the reason why it has none."""
    page = decode_page(place.read(MOST_BYTES), place.charset, place.source)
    yield read_html(page, place, place.address or find_saved_from(page))


def read_saved(place: Place, _warn: Warn) -> Iterator[Article | Unreadable]:
    """Yield the article of a page that a browser saved with its pictures in one file (MHTML)."""
    message = parse_message(place.read(MOST_BYTES), place.source)
    part = next(list_parts(message, ("text/html", "application/xhtml+xml")), None)
    if part is None:
        raise SourceError(f"{place.source}: no HTML page in it")
    page = decode_page(read_bytes(part), part.get_content_charset(), place.source)
    saved_from = read_header(message, "Snapshot-Content-Location") or read_header(part, "Content-Location")
    yield read_html(page, place, place.address or normal_address(saved_from or "") or find_saved_from(page))


def read_html(page: str, place: Place, address: str | None) -> Article | Unreadable:
    """Return the article of HTML that came from `address`, with the details of its place."""
    tree = parse_page(page, place.source)
    facts = find_facts(tree, address, datetime.now(UTC) + _AHEAD)
    details = add_facts(place, facts)
    linked, links = _count_linked(tree), _list_links(tree)
    text = clean(extract_text(tree, details.language or "en"))
    if reason := _name_obstacle(text, facts, linked, links) or _name_lack(text, tree, page, facts):
        return Unreadable(place.source, reason, place.details.outlet)
    return make_article(text, place.source, details)


def add_facts(place: Place, facts: Facts) -> Details:
    """Return the details of a place with what its page says of what they leave open.

    Of what was fetched, the page knows its time and address better than the list that named it. A day that is
    known takes the page's time of that day.
    """
    known = place.details
    is_file = place.path is not None
    published = known.published or facts.published if is_file else facts.published or known.published
    if known.published and facts.published and facts.published.startswith(f"{known.published}T"):
        published = facts.published
    return replace(
        known,
        title=known.title or facts.title,
        byline=known.byline or facts.byline,
        # English is what pages say whose makers never thought of it: the words tell.
        language=known.language or (None if facts.language == "en" else facts.language),
        published=published,
        url=known.url or facts.address if is_file else facts.address or known.url,
    )


def _count_linked(tree: Any) -> int:
    """Return how many headlines on the page lead to other pages."""
    return len(tree.xpath("//h2[.//a[@href] or parent::a]|//h3[.//a[@href] or parent::a]|//h4[.//a[@href]]"))


def _list_links(tree: Any) -> frozenset[str]:
    """Return the words of the first links on the page."""
    return frozenset(" ".join(link.text_content().split()) for link in islice(tree.iter("a"), _MOST_LINKS))


def _name_obstacle(text: str, facts: Facts, linked: int, links: frozenset[str]) -> str | None:
    """Return what a page shows in place of an article, in words for a person; None where it has one.

    A list of articles has as many headlines that are links as paragraphs, or more links than other words.
    """
    sentences = [line for line in text.splitlines() if len(line) > _SENTENCE]
    if not facts.is_article and linked >= max(1 if facts.is_list else _LEAST_LINKED, len(sentences)):
        return _LIST
    beginning = text[:_BEGINNING_READ]
    if (
        not facts.is_article
        and 2 * sum(len(link) for link in links if link in beginning) > len(beginning) > 0
    ):
        return _LIST
    if len(text) >= _STUB:
        return None
    if facts.is_paid or _PAID.search(text):
        return _BEGINNING
    if facts.is_article:
        return None
    return _ASKS_PERSON if _ROBOT.search(text) else _ASKS_CONSENT if _CONSENT.search(text) else None


def _name_lack(text: str, tree: Any, page: str, facts: Facts) -> str | None:
    """Return why the text is too short for an article; None where it is not."""
    if len(text) >= (_LEAST_SAID if facts.is_article else _LEAST):
        return None
    shown = extract_all(tree)
    if _SCRIPTED.search(shown) or (_SCRIPT.search(page) and len(shown.split()) < _FEW_WORDS):
        return _NOT_SHOWN
    return f"no article in it, {len(text)} characters of text; is this the article's own page?"
