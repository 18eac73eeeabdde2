"""A small site on this machine whose pages change from job to job, served by a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))

from lists import Item, rss
from loopback import Page, Site, status

if TYPE_CHECKING:
    from loopback import Behaviour, Handler

WEB_STEPS = 3
_PAGES = 7
_CHANGED, _GONE, _LOST = 2, 4, 5
_BODY = """<html><head><title>Quay {number}</title></head><body><article><h1>Quay {number}</h1>
<p>“The quay has {words} berths left for the {number} ferries,” Ann Reed said in the harbour hall.</p>
<p>The council met for three hours that evening and, as in the weeks before, it did not decide anything.</p>
<p>“Nobody has asked the crews of pier {number},” said Pike. It rained until the {words} of March.</p>
</article></body></html>"""


def serve(state: Path, tell: Any) -> None:
    """Serve the site at the step that the file `state` names; tell the feed's address. Never returns."""
    site = Site()

    def at_step(path: str) -> Behaviour:
        def answer(handler: Handler) -> None:
            pages = list_pages(site, int(state.read_text(encoding="ascii")))
            pages.get(path, status(404))(handler)

        return answer

    with site:
        for path in ("/feed.xml", *map(_path, range(_PAGES + WEB_STEPS))):
            site.script(path, at_step(path))
        tell.send(site.address("/feed.xml"))
        while True:
            site.stopped.wait(60)


def list_pages(site: Site, step: int) -> dict[str, Behaviour]:
    """Return what answers at each path: a page changes at the second step, one is gone, and one is lost."""
    count = _PAGES + step
    pages: dict[str, Behaviour] = {
        _path(number): _page(number, words=number + 10 * (step > 0 and number == _CHANGED))
        for number in range(count)
    }
    if step:
        pages[_path(_GONE)] = status(410)
        pages[_path(_LOST)] = status(404)
    items = [
        Item(site.address(_path(number)), f"Quay {number}", "2026-02-20T09:30:00+00:00")
        for number in range(count)
    ]
    pages["/feed.xml"] = Page(rss("Quay news", items).encode(), "application/rss+xml")
    return pages


def _path(number: int) -> str:
    return f"/story/{number}"


def _page(number: int, words: int) -> Page:
    return Page(_BODY.format(number=number, words=words).encode())
