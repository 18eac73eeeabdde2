"""The pages in a real browser: they fit a phone, are dark where asked for, and keep to their own policy."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from chromium import Browser, find_chromium
from test_hostile_pages import poison
from test_server import running

from quotes.publish import bundled_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRAM = find_chromium()
pytestmark = [
    pytest.mark.web,
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium on this machine: apt-get install chromium"),
    pytest.mark.skipif(sys.platform == "win32", reason="the debugging pipe needs POSIX file descriptors"),
]
OURS = ("/-/quotes", "/-/quotes?q=ferry", "/-/quotes/statement/{ferry}", "/-/quotes/quote/{boats}")
STOCK = ("/", "/quotes", "/quotes/statements", "/quotes/quotes", "/quotes/became")
SCRIPTS = "document.scripts.length"
WIDTH = "document.documentElement.scrollWidth"
# How much lighter the text is than the page behind it, from -1 to 1.
LIGHTER = """(() => {
  const light = (element, property) =>
    getComputedStyle(element)[property].match(/[0-9.]+/g).slice(0, 3).reduce((a, b) => a + +b, 0) / 765;
  return light(document.querySelector('h1'), 'color') - light(document.body, 'backgroundColor');
})()"""


@pytest.fixture(scope="module")
def address(database: Path) -> Iterator[str]:
    with running(
        "-m", "datasette", "serve", str(database), "-m", str(bundled_metadata()), "-p", "0"
    ) as address:
        yield address


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    assert PROGRAM is not None
    browser = Browser(PROGRAM, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("page", OURS + STOCK)
def test_a_page_fits_and_follows_the_colour_scheme(
    browser: Browser, address: str, ids: dict[str, str], page: str, width: int, dark: bool
) -> None:
    browser.problems.clear()
    browser.open(address + page.format(**ids), width, dark)
    assert browser.evaluate(WIDTH) <= width
    lighter = browser.evaluate(LIGHTER)
    assert lighter > 0.5 if dark else lighter < -0.5
    assert browser.problems == []
    if page in OURS:
        assert browser.evaluate(SCRIPTS) == 0


@pytest.mark.parametrize("page", ["/-/quotes/statement/{ferry}", "/-/quotes/quote/{boats}"])
def test_words_without_a_space_fit_a_phone(
    browser: Browser, database: Path, ids: dict[str, str], page: str, tmp_path: Path
) -> None:
    path = tmp_path / "quotes.db"
    path.write_bytes(database.read_bytes())
    poison(path, "W" * 300)
    with running("-m", "datasette", "serve", str(path), "-p", "0") as address:
        browser.open(address + page.format(**ids), 360)
        assert browser.evaluate(WIDTH) <= 360


def test_signs_say_what_colours_say(browser: Browser, address: str, ids: dict[str, str]) -> None:
    browser.open(f"{address}/-/quotes/statement/{ids['ferry']}")
    read = "getComputedStyle(document.querySelector('.qd-diff {}')).textDecorationLine"
    assert browser.evaluate(read.format("del")) == "line-through"
    assert browser.evaluate(read.format("ins")) == "underline"
    assert browser.evaluate("document.querySelector('.qd-diff del').innerText") == "−will"
