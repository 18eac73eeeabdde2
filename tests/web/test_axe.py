"""Nobody is kept out: axe-core finds nothing serious, light or dark, on a desk or a phone; keys suffice."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from axe import BLOCKING, find_axe, find_violations
from our_pages import MISSING, PAGES, STOCK

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.web
# Focus is seen where the outline or the look of the focused element differs from what it was.
FOCUSED = """(() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  e.dataset.seen = "1";
  return {
    name: e.tagName + " " + (e.textContent || e.value || "").trim().slice(0, 40) + " " + e.className,
    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    shown: box.width > 0 && box.height > 0 && style.visibility !== "hidden" && box.left >= 0,
    address: e.getAttribute("href"),
  };
})()"""
TABBABLE = """[...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
  .filter(e => e.checkVisibility() && e.type !== "hidden" && e.tabIndex >= 0 && !e.disabled)"""


@pytest.fixture(scope="session")
def axe() -> str:
    path = find_axe()
    if path is None:
        pytest.skip(
            "no axe-core: npm install --prefix ~/.cache/quote-drift axe-core@4, or name it in QUOTES_AXE"
        )
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("page", PAGES + MISSING + STOCK)
def test_axe_finds_nothing_serious(
    browser: Browser, address: str, axe: str, ids: dict[str, str], page: str, width: int, dark: bool
) -> None:
    browser.open(address + page.format(**ids), width, dark)
    found = [v for v in find_violations(browser, axe) if v.impact in BLOCKING]
    assert [str(v) for v in found] == []


def test_axe_would_find_something(browser: Browser, axe: str) -> None:
    browser.open("data:text/html,<img src=x><input><p style='color:%23ccc'>pale")
    rules = {violation.rule for violation in find_violations(browser, axe)}
    assert rules >= {"image-alt", "label", "color-contrast", "html-has-lang"}


@pytest.mark.parametrize("page", PAGES + MISSING)
def test_a_page_is_used_with_the_tab_key_alone(
    browser: Browser, address: str, ids: dict[str, str], page: str
) -> None:
    """Each link and field is reached in the order of the page, is seen, and shows that it has the focus."""
    browser.open(address + page.format(**ids))
    assert browser.evaluate("document.querySelectorAll('[tabindex]:not([tabindex=\"-1\"])').length") == 0
    number = browser.evaluate(f"{TABBABLE}.length")
    for position in range(min(number, 40)):
        browser.press("Tab")
        focused = browser.evaluate(FOCUSED)
        assert focused, (page, position)
        assert focused["outline"], (page, focused)
        assert focused["shown"], (page, focused)
        assert browser.evaluate(f"{TABBABLE}.indexOf(document.activeElement)") == position, focused


@pytest.mark.parametrize("page", PAGES + MISSING)
def test_the_first_tab_skips_to_the_content(
    browser: Browser, address: str, ids: dict[str, str], page: str
) -> None:
    browser.open(address + page.format(**ids))
    browser.press("Tab")
    assert browser.evaluate("document.activeElement.textContent.trim()") == "Skip to content"
    browser.press("Enter")
    assert browser.evaluate("location.hash") == "#content"
    assert browser.evaluate("document.querySelector(location.hash).querySelectorAll('h1').length") == 1
    browser.press("Tab")
    inside = "document.querySelector('#content').contains(document.activeElement)"
    assert browser.evaluate(
        f"{inside} || {TABBABLE}.every(e => !document.querySelector('#content').contains(e))"
    )


def test_headings_come_in_order(browser: Browser, address: str, ids: dict[str, str]) -> None:
    read = "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])"
    for page in PAGES + MISSING:
        browser.open(address + page.format(**ids))
        levels = browser.evaluate(read)
        assert levels[0] == 1, page
        assert levels.count(1) == 1, page
        assert all(b <= a + 1 for a, b in pairwise(levels)), (page, levels)
