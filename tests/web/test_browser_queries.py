"""Every canned query, with parameters and without, and every table in a browser: 200, and no complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from test_queries import ASKED, DATABASE

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.web


def look(browser: Browser, host: str, page: str) -> None:
    """Fail where the page is not answered, complains, or asks another host for anything."""
    browser.forget()
    browser.open(host + page)
    assert browser.status == 200, page
    assert browser.problems == [], page
    assert [request for request in browser.requests if not request.startswith((f"{host}/", "data:"))] == []


@pytest.mark.parametrize("name", sorted(DATABASE["queries"]))
def test_a_query_is_shown(browser: Browser, address: str, name: str) -> None:
    look(browser, address, f"/quotes/{name}")
    assert DATABASE["queries"][name]["title"] in browser.evaluate("document.body.innerText")
    for query, values, *_ in ASKED:
        if query == name:
            look(browser, address, f"/quotes/{name}?{urlencode(values)}")


@pytest.mark.parametrize("name", sorted({*DATABASE["tables"]} - {"_migrations"}))  # not in the story
def test_a_table_is_shown(browser: Browser, address: str, name: str) -> None:
    look(browser, address, f"/quotes/{name}")
    assert DATABASE["tables"][name]["title"] in browser.evaluate("document.body.innerText")


def test_the_scripts_of_datasette_run_under_our_policy(browser: Browser, address: str) -> None:
    """The editor of SQL is there, and a column's menu opens."""
    look(browser, address, "/quotes")
    assert browser.evaluate("!!document.querySelector('.CodeMirror, .cm-editor')")
    look(browser, address, "/quotes/statements")
    browser.evaluate("document.querySelector('th .dropdown-menu-icon').dispatchEvent(new Event('click'))")
    assert browser.evaluate("[...document.querySelectorAll('.dropdown-menu')].some(e => e.checkVisibility())")
