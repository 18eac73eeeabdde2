"""A small invented web: pages by address, a feed of them, and jobs that read it hour by hour."""

from __future__ import annotations

import sqlite3
from collections import deque
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from fake_stages import FakeAnnotator, fake_stages

from quotes.pipeline import Summary, Wanted, index
from quotes.requests import Answer, Asked
from quotes.sources import Source, source_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

HOST = "https://www.lamp.example"
FEED = f"{HOST}/feed.xml"
START = datetime(2026, 3, 4, 9, tzinfo=UTC)
FILLING = "The ferry was late again and the harbour office said that nobody had been told of it in time. " * 6


def page(said: str, title: str = "Ferry late", canonical: str = "") -> str:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{link}</head><body>"
        f"<article><h1>{title}</h1>"
        f"<p>{FILLING}</p><p>“{said},” Ann Reed said.</p><p>{FILLING}</p></article></body></html>"
    )


def feed(*names: str) -> str:
    items = "".join(
        f"<item><title>Ferry</title><link>{HOST}/{name}</link>"
        "<pubDate>Wed, 04 Mar 2026 08:00:00 GMT</pubDate></item>"
        for name in names
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'


@dataclass
class Web:
    """A web of pages by address; one that is missing answers 404. Says "unchanged" to who knows the page.

    `moved` has where addresses lead to. With `is_backward`, what is asked for last is answered first.
    """

    pages: dict[str, str | int] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    is_backward: bool = False
    asked: list[Asked] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        address = self.moved.get(asked.address, asked.address)
        found = self.pages.get(address, 404)
        if isinstance(found, int):
            return Answer(asked, found, address, reason=f"answered {found}")
        etag = f'"{hash(found)}"'
        if asked.etag == etag:
            return Answer(asked, 304, address)
        self.sent.append(asked.address)
        media_type = "text/html" if found.startswith("<!DOCTYPE") else "application/rss+xml"
        return Answer(asked, 200, address, found.encode(), media_type, "utf-8", etag)

    def names(self) -> list[str]:
        """Return what was asked for since the last call."""
        names = [one.address.removeprefix(f"{HOST}/") for one in self.asked]
        self.asked.clear()
        self.sent.clear()
        return names


def lay_web(monkeypatch: pytest.MonkeyPatch) -> Web:
    """Return a web with a feed of two pages, in place of the one outside."""
    web = Web()

    class Fetcher:
        requests = 0

        def __init__(self, _manners: object) -> None:
            self.waiting: deque[Asked] = deque()

        def ask(self, asked: Asked) -> None:
            self.waiting.append(asked)

        def answers(self) -> Iterator[Answer]:
            while self.waiting:
                yield web.answer(self.waiting.pop() if web.is_backward else self.waiting.popleft())

        def close(self) -> None:
            self.waiting.clear()

    monkeypatch.setattr("quotes.fetch.Fetcher", Fetcher)
    web.pages = {
        FEED: feed("a", "b"),
        f"{HOST}/a": page("We will stay here until the boats come back"),
        f"{HOST}/b": page("We wait"),
    }
    return web


def run(tmp_path: Path, hours: int = 0, *sources: Source | str, **options: Any) -> Summary:
    """Run a job so many hours after the first, over the feed if nothing else is named."""
    now = START + timedelta(hours=hours)
    listener = options.pop("listener", None)
    annotator = options.pop("annotator", None)
    named = (source_of(one) if isinstance(one, str) else one for one in sources or (FEED,))
    wanted = Wanted(tuple(named), **options)
    stages = fake_stages(annotator or FakeAnnotator())
    return index(wanted, tmp_path / "quotes.db", stages=stages, now=lambda: now, listener=listener)


def ask(tmp_path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(tmp_path / "quotes.db")) as connection:
        return connection.execute(sql).fetchall()


def counts(summary: Summary) -> dict[str, int]:
    return {name: count for name, count in summary.articles.items() if count}
