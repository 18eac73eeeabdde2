"""The pages in a real browser: they fit a phone, are dark where asked for, and keep to their own policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from our_pages import MISSING, PAGES, STOCK
from poisoned import poison
from servers import serving

if TYPE_CHECKING:
    from pathlib import Path

    from chromium import Browser

pytestmark = pytest.mark.web
OURS = PAGES + MISSING
SCRIPTS = "document.scripts.length"
WIDTH = "document.documentElement.scrollWidth"
# How much lighter the text is than the page behind it, from -1 to 1.
LIGHTER = """(() => {
  const light = (element, property) =>
    getComputedStyle(element)[property].match(/[0-9.]+/g).slice(0, 3).reduce((a, b) => a + +b, 0) / 765;
  return light(document.querySelector('h1'), 'color') - light(document.body, 'backgroundColor');
})()"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("page", OURS + STOCK)
def test_a_page_fits_and_follows_the_colour_scheme(
    browser: Browser, address: str, ids: dict[str, str], page: str, width: int, dark: bool
) -> None:
    browser.forget()
    browser.open(address + page.format(**ids), width, dark)
    assert browser.evaluate(WIDTH) <= width
    lighter = browser.evaluate(LIGHTER)
    assert lighter > 0.5 if dark else lighter < -0.5
    assert [p for p in browser.problems if "404" not in p or page not in MISSING] == []
    if page in OURS:
        assert browser.evaluate(SCRIPTS) == 0


@pytest.mark.parametrize("page", ["/-/quotes/statement/{ferry}", "/-/quotes/quote/{boats}"])
def test_words_without_a_space_fit_a_phone(
    browser: Browser, database: Path, ids: dict[str, str], page: str, tmp_path: Path
) -> None:
    path = tmp_path / "quotes.db"
    path.write_bytes(database.read_bytes())
    poison(path, "W" * 300)
    with serving(path) as address:
        browser.open(address + page.format(**ids), 360)
        assert browser.evaluate(WIDTH) <= 360


@pytest.mark.parametrize("width", [640, 722, 800, 961])
@pytest.mark.parametrize(
    "page",
    [
        "/-/quotes/outlet/{the-lamp}",
        "/-/quotes/side-by-side?outlet={harbour-daily}&other_outlet={the-lamp}",
        "/-/quotes/outlets",
        "/-/quotes/speaker/{mayor}",
    ],
)
def test_tables_of_rates_fit_on_a_tablet(
    browser: Browser, address: str, ids: dict[str, str], page: str, width: int
) -> None:
    browser.open(address + page.format(**ids), width)
    assert browser.evaluate(WIDTH) <= width


def test_a_sign_stays_on_the_line_of_its_word(browser: Browser, address: str, ids: dict[str, str]) -> None:
    torn = """[...document.querySelectorAll('.qd-sign')].filter(sign => {
      const word = document.createRange();
      word.setStart(sign.nextSibling, 0);
      word.setEnd(sign.nextSibling, 1);
      return Math.abs(word.getBoundingClientRect().top - sign.getBoundingClientRect().top) > 8;
    }).length"""
    for width in range(320, 480, 8):
        browser.open(f"{address}/-/quotes/statement/{ids['ferry']}", width)
        assert browser.evaluate("document.querySelectorAll('.qd-sign').length") > 3
        assert browser.evaluate(torn) == 0, width


def test_signs_say_what_colours_say(browser: Browser, address: str, ids: dict[str, str]) -> None:
    browser.open(f"{address}/-/quotes/statement/{ids['ferry']}")
    read = "getComputedStyle(document.querySelector('.qd-diff {}')).textDecorationLine"
    assert browser.evaluate(read.format("del")) == "line-through"
    assert browser.evaluate(read.format("ins")) == "underline"
    assert browser.evaluate("document.querySelector('.qd-diff del').innerText") == "−will"
