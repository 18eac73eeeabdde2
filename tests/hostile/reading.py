"""What any reader must give for any bytes, and the mark scanner for any text: the contract, as a check."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import SourceError
from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.records import Article, Unreadable
from quotes.sources import READERS, Linked, Place
from quotes.sources.details import Details
from quotes.text.decode import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.sources.place import Found

CRASHERS = Path(__file__).resolve().parent / "crashers"
"""Inputs that broke a reader once, each named by the reader's ending: what-it-is.html."""
SCAN = "scan"
"""The name of the mark scanner among the readers."""
_LONGEST_REASON = 700
_WEB = re.compile(r"https?://[^/\s]\S*", re.ASCII)


def read_bytes(ending: str, data: bytes, *, is_named: bool = True, is_fetched: bool = False) -> list[Found]:
    """Return what the reader of `ending` gives for a file, or an answer, that holds `data`.

    Only the errors that a reader may raise are taken for an answer: all others are its fault.
    """
    name = f"desk/story{ending}"
    place = Place(
        name,
        Details(outlet="Desk"),
        data=data,
        address=f"https://desk.example/story{ending}" if is_fetched else None,
        charset="iso-8859-1" if is_fetched else None,
        is_named=is_named,
        ending=ending,
    )
    found: list[Found] = []
    try:
        found.extend(READERS[ending](place, lambda line: check_line(line, _LONGEST_REASON)))
    except SourceError as error:
        found.append(Unreadable(name, str(error)))
    return found


def check_found(found: Iterable[Found]) -> None:
    """Fail where something is neither an article, an address nor a reason, or is not clean."""
    for one in found:
        if isinstance(one, Article):
            check_article(one)
        elif isinstance(one, Linked):
            assert _WEB.fullmatch(one.address), one
            check_line(one.source, 2_000)
        else:
            assert isinstance(one, Unreadable)
            check_line(one.reason, _LONGEST_REASON)
            check_line(one.source, 2_000)


def check_article(article: Article) -> None:
    """Fail where an article has no words, or what is no text in one of its fields."""
    assert article.text.strip(), article.source
    assert clean(article.text) == article.text, article.source
    article.text.encode("utf-8")
    for line in (article.outlet, article.source, article.id):
        check_line(line, 2_000)
    for field in (article.title, article.url, article.byline, article.published):
        if field is not None:
            check_line(field, 2_000)
    assert article.url is None or _WEB.fullmatch(article.url), article.url
    assert article.published is None or re.match(r"\d{4}-\d\d-\d\d", article.published), article.published
    assert article.kind in ("article", "transcript")
    assert len(article.language) <= 3


def check_line(line: str, most: int) -> None:
    """Fail unless it is one line of text, not longer than `most`."""
    assert line, "empty"
    assert len(line) <= most, f"{len(line)} characters: {line[:100]!r}"
    assert "\n" not in line, repr(line)
    assert clean(line) == line, repr(line)
    line.encode("utf-8")


def check_scan(text: str, language: str = "en") -> None:
    """Fail where a quote that is found in `text` does not stand there.

    Page furniture that interrupts a quote of several paragraphs is left out of its words.
    """
    article = Article("a", "Desk", clean(text), "desk/story.txt", language=language)
    lines = paragraphs(article.text)
    assert all(0 <= one.start <= one.end <= len(article.text) for one in lines)
    ids = set()
    for quote in find_quotes(article, lines):
        assert quote.spans
        for start, end in quote.spans:
            assert 0 <= start < end <= len(article.text), quote
        kept = [one for one in lines if one.role in ("body", quote.kind)]
        pieces = [(max(start, one.start), min(end, one.end)) for start, end in quote.spans for one in kept]
        words = "".join(article.text[start:end] for start, end in pieces if start < end)
        assert _letters(words) == _letters(quote.text), quote
        ids.add(quote.id)
        assert quote.inside is None or quote.inside in ids, quote


def _letters(words: str) -> str:
    """Return what joining the parts of a split quote leaves as it was."""
    return "".join(filter(str.isalnum, words)).casefold()


def check(target: str, data: bytes) -> None:
    """Fail where the reader of the ending `target`, or the mark scanner, does wrong with `data`."""
    if target == SCAN:
        check_scan(data.decode("utf-8", "surrogateescape"))
        return
    is_fetched = len(data) % 2 == 0
    check_found(read_bytes(target, data, is_named=not is_fetched, is_fetched=is_fetched))
