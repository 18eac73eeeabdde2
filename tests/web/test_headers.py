"""What each answer allows a browser to do, that only reading is answered, and that nothing local is told."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from datasette.plugins import pm
from our_pages import FEEDS, FILES, LEADING, MISSING, OURS, PAGES, PICTURES, STOCK
from pluggy import HookimplMarker

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.web
STRICT = {"default-src": "'none'", "style-src": "'self'", "img-src": "'self'", "form-action": "'self'",
          "base-uri": "'none'", "frame-ancestors": "'none'"}  # fmt: skip
hookimpl = HookimplMarker("datasette")


@pytest.fixture
def get(fetch: Any, database: Path, metadata: dict[str, Any]) -> Any:
    return fetch(database, metadata=metadata)


def read_policy(response: Any) -> dict[str, str]:
    parts = response.headers["content-security-policy"].split(";")
    return dict(part.strip().partition(" ")[::2] for part in parts)


def test_every_route_is_looked_at(get: Any, ids: dict[str, str]) -> None:
    """A page that joins the plugin joins the lists of our_pages, and so the tests of all pages."""
    paths = [address.format(**ids).partition("?")[0] for address in OURS]
    routes = pm.get_plugin("quotes").register_routes(get.datasette)
    assert [route for route, _ in routes if not any(re.match(route, path) for path in paths)] == []


@pytest.mark.parametrize("page", PAGES + MISSING)
def test_our_pages_forbid_all_but_style(get: Any, ids: dict[str, str], page: str) -> None:
    response = get(page.format(**ids))
    assert response.status_code == (404 if page in MISSING else 200)
    assert read_policy(response) == STRICT
    assert "<script" not in response.text
    assert not re.search(r"<[^>]* (style|on[a-z]+)=", response.text)
    check_others(response)


@pytest.mark.parametrize("page", FEEDS + PICTURES)
def test_feeds_and_pictures_run_nothing(get: Any, ids: dict[str, str], page: str) -> None:
    policy = read_policy(get(page.format(**ids)))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] in {"'none'", "*"}
    assert not {"script-src", "object-src", "connect-src", "frame-src"} & set(policy)
    check_others(get(page.format(**ids)))


@pytest.mark.parametrize("page", [*STOCK, *FILES, "/quotes/nope", "/quotes.json", "/quotes/quotes.csv"])
def test_datasettes_own_pages_of_ours_ask_no_other_host(get: Any, ids: dict[str, str], page: str) -> None:
    response = get(page.format(**ids))
    policy = read_policy(response)
    assert policy.items() >= {k: v for k, v in STRICT.items() if k not in {"style-src", "img-src"}}.items()
    assert not re.search(r"https?:|\*", response.headers["content-security-policy"])
    for script in re.findall(r"<script\b(?![^>]*\bsrc=)[^>]*>", response.text):
        assert script == "<script>"
        assert re.search(r"'sha256-|'unsafe-inline'", policy["script-src"])
    check_others(response)


def check_others(response: Any) -> None:
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in response.headers


def test_other_peoples_pages_are_left_alone(fetch: Any, database: Path, tmp_path: Path) -> None:
    path = tmp_path / "foreign.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    get = fetch(path, database)
    for page in ("/", "/foreign", "/foreign/t", "/-/versions.json", "/quotesnot"):
        assert "content-security-policy" not in get(page).headers
    assert "content-security-policy" in get("/quotes").headers
    assert "content-security-policy" in get("/-/quotes").headers
    moved = fetch(path, database, settings={"base_url": "/news/"})
    assert "content-security-policy" in moved("/quotes/quotes").headers
    assert "content-security-policy" not in moved("/foreign/t").headers


def test_the_scripts_of_other_plugins_are_let_run(fetch: Any, database: Path) -> None:
    class Plugin:
        __name__ = "scripted"

        @hookimpl
        def extra_body_script(self) -> str:
            return "document.title += '!'"

    strict = read_policy(fetch(database)("/quotes"))
    pm.register(Plugin(), "scripted")
    try:
        open_ = read_policy(fetch(database)("/quotes"))
    finally:
        pm.unregister(name="scripted")
    assert "'unsafe-inline'" in open_["script-src"]
    assert "'unsafe-inline'" not in strict["script-src"] or not hasattr(
        fetch(database).datasette, "jinja_env"
    )


@pytest.mark.parametrize("page", [page for page in OURS if page not in FILES])
def test_only_reading_is_answered(get: Any, ids: dict[str, str], page: str) -> None:
    address = page.format(**ids)
    head = get(address, method="head")
    assert head.status_code == (404 if page in MISSING else 302 if page in LEADING else 200)
    for method in ("put", "delete", "patch"):
        refused = get(address, method=method)
        assert refused.status_code == 405
        assert refused.headers["allow"] == "GET, HEAD"
    assert get(address, method="post").status_code in {403, 405}  # 403 is said of a form from elsewhere


def test_no_page_tells_where_the_database_lies(get: Any, database: Path, ids: dict[str, str]) -> None:
    for page in (*OURS, *STOCK, "/quotes/nope", "/quotes?sql=select+nope", "/-/quotes/nope", "/nope"):
        assert str(database.parent) not in get(page.format(**ids)).text, page


@pytest.mark.filterwarnings("ignore")
def test_no_error_tells_where_the_database_lies(
    fetch: Any, database: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "quotes.db"
    path.write_bytes(database.read_bytes())
    get = fetch(path)
    assert get("/-/quotes").status_code == 200
    with sqlite3.connect(path) as connection:
        connection.executescript("DROP TABLE repeats; CREATE TABLE repeats (other)")
    connection.close()
    response = get(f"/-/quotes/statement/{ids['ferry']}")
    assert response.status_code == 500
    assert "content-security-policy" in response.headers
    path.write_bytes(b"no database any more" * 1000)
    for page in (f"/-/quotes/statement/{ids['ferry']}", "/-/quotes", "/quotes", "/quotes/quotes"):
        assert str(tmp_path) not in get(page).text
