"""Who may see our pages, and that the plugin keeps out of databases that are not ours."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from typing import TYPE_CHECKING, Any

import invented_story
import pytest
from datasette.plugins import pm
from our_pages import FEEDS, FILES, MISSING, PAGES, PICTURES
from pluggy import HookimplMarker

from quotes.publish.databases import PAGE_TABLES, own_databases

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.web
hookimpl = HookimplMarker("datasette")
# What shows the story, by whatever name; files of Datasette's own follow the rules of their table only.
SHOWING = PAGES + MISSING + FEEDS + PICTURES
EVERYWHERE = (
    {"allow": {"id": "desk"}},
    {"databases": {"quotes": {"allow": {"id": "desk"}}}},
)
# Tables that a page asks for by itself, and leaves out for those who may not read them.
ASKED_FOR = frozenset({"runs"})


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A database of somebody else's, with tables and columns named like some of ours."""
    path = tmp_path / "foreign.db"
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE quotes (id INTEGER PRIMARY KEY, text TEXT, url TEXT, statement_id TEXT);"
        "CREATE TABLE statements (id INTEGER PRIMARY KEY, label TEXT);"
        "INSERT INTO quotes VALUES (1, 'a text', 'https://x.example/', 's');"
        "INSERT INTO statements VALUES (1, 'l');"
    )
    connection.close()
    return path


def check_denied(get: Any, page: str) -> None:
    """Fail unless a page is for the desk alone."""
    refused = get(page)
    assert refused.status_code == 403, page
    assert "ferry on 14 May" not in refused.text
    assert get(page, actor={"id": "other"}).status_code == 403
    assert get(page, actor={"id": "desk"}).status_code in {200, 404}


@pytest.mark.parametrize("rules", EVERYWHERE, ids=["instance", "database"])
def test_allow_rules_hold_on_our_pages(
    fetch: Any, database: Path, ids: dict[str, str], rules: dict[str, Any]
) -> None:
    get = fetch(database, metadata=rules)
    for page in SHOWING + FILES:
        check_denied(get, page.format(**ids))


@pytest.mark.parametrize("table", PAGE_TABLES)
def test_allow_rules_of_tables_hold_on_our_pages(
    fetch: Any, database: Path, ids: dict[str, str], table: str
) -> None:
    get = fetch(database, metadata={"databases": {"quotes": {"tables": {table: {"allow": {"id": "desk"}}}}}})
    for page in SHOWING:
        check_denied(get, page.format(**ids))


def test_no_page_reads_a_table_that_it_asks_no_leave_for(
    fetch: Any, database: Path, ids: dict[str, str], metadata: dict[str, Any]
) -> None:
    read: set[str] = set()

    def note(action: int, name: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_READ and name:
            read.add(name)
        return sqlite3.SQLITE_OK

    class Plugin:
        __name__ = "noting"

        @hookimpl
        def prepare_connection(self, conn: sqlite3.Connection) -> None:
            conn.set_authorizer(note)

    pm.register(Plugin(), "noting")
    try:
        get = fetch(database, metadata=metadata)
        for page in SHOWING:
            get(page.format(**ids))
    finally:
        pm.unregister(name="noting")
    assert {"statements", "quotes"} <= read
    tables = {name for name in metadata["databases"]["quotes"]["tables"] if "_fts" not in name}
    assert read & tables - set(PAGE_TABLES) - ASKED_FOR == set()


def test_whoever_may_not_read_sees_no_link_and_no_figures(fetch: Any, database: Path) -> None:
    get = fetch(database, metadata={"databases": {"quotes": {"allow": {"id": "desk"}}}})
    assert "/-/quotes" not in get("/").text
    assert "9 quotes" not in get("/").text
    assert "/-/quotes" in get("/", actor={"id": "desk"}).text


def test_a_denied_statement_is_not_told_from_a_missing_one(
    fetch: Any, database: Path, ids: dict[str, str]
) -> None:
    get = fetch(database, metadata={"databases": {"quotes": {"allow": False}}})
    answers = {
        get(f"/-/quotes/statement/{i}").text.replace(i, "") for i in (ids["ferry"], ids["ferry/1"], "nope")
    }
    assert len(answers) == 1


def test_canned_queries_that_are_denied_are_not_offered(
    fetch: Any, database: Path, ids: dict[str, str], metadata: dict[str, Any]
) -> None:
    names = list(metadata["databases"]["quotes"]["queries"])
    for query in metadata["databases"]["quotes"]["queries"].values():
        query["allow"] = {"id": "desk"}
    get = fetch(database, metadata=metadata)
    offered = re.compile(rf'href="/quotes/({"|".join(names)})[?"]')
    for page in PAGES:
        assert not offered.search(get(page.format(**ids)).text), page
    assert offered.search(get("/-/quotes", actor={"id": "desk"}).text)


def test_the_plugin_is_silent_for_a_foreign_database(fetch: Any, foreign: Path) -> None:
    pages = ("/", "/foreign", "/foreign/quotes", "/foreign/statements", "/foreign/quotes/1")
    pages += ("/foreign?sql=select+'x'+as+label,+1+as+statement_id",)

    def look() -> list[str]:
        get = fetch(foreign)
        return [get(page).text.partition("Queries took")[0] for page in pages]

    with_plugin = look()
    assert fetch(foreign)("/-/quotes").status_code == 404
    plugin = pm.get_plugin("quotes")
    assert plugin is not None, "the plugin is not installed: pip install -e ."
    pm.unregister(plugin)
    try:
        without = look()
    finally:
        pm.register(plugin, "quotes")
    assert with_plugin == without


def test_our_database_is_found_by_its_schema(
    fetch: Any, foreign: Path, database: Path, tmp_path: Path, ids: dict[str, str]
) -> None:
    renamed = tmp_path / "march desk.db"
    renamed.write_bytes(database.read_bytes())
    get = fetch(foreign, renamed)
    html = get(f"/-/quotes/statement/{ids['ferry']}").text
    assert 'href="/march+desk/' in html
    assert "quotes.css" not in get("/foreign/quotes").text
    assert "quotes.css" not in get("/").text
    assert "quotes.css" in get("/march+desk/quotes").text


def test_of_several_databases_each_address_names_its_own(
    fetch: Any, database: Path, tmp_path: Path, ids: dict[str, str]
) -> None:
    other = tmp_path / "other.db"
    invented_story.build(other)
    connection = sqlite3.connect(other)
    connection.execute("UPDATE wordings SET text = 'Other words' WHERE is_reference")
    connection.commit()
    connection.close()
    get = fetch(database, other)
    assert get("/").text.count("Quote Drift: front page") == 2
    address = f"/-/quotes/statement/{ids['ferry']}?database=other"
    assert f'href="{address}"' in get("/-/quotes?database=other").text
    assert "Other words" in get(address).text
    assert "Other words" not in get(f"/-/quotes/statement/{ids['ferry']}").text
    assert get("/-/quotes?database=nope").status_code == 404
    denied = fetch(database, other, metadata={"databases": {"other": {"allow": False}}})
    assert denied(address).status_code == 403


def test_a_database_that_becomes_ours_is_seen(fetch: Any, tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    sqlite3.connect(path).close()
    get = fetch(path)
    assert get("/-/quotes").status_code == 404
    invented_story.build(path)
    assert get("/-/quotes").status_code == 200
    assert "/-/quotes" in get("/").text


def test_a_file_that_is_no_database_is_left_alone(fetch: Any, database: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a database, just text " * 100)
    assert asyncio.run(own_databases(fetch(broken, database).datasette)) == ["quotes"]
