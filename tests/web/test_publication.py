"""A published folder under a real Datasette: what strangers get, what they do not, and that it is enough."""

from __future__ import annotations

import fnmatch
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import invented_story
import pytest
import yaml
from our_pages import MISSING, PAGES
from servers import running

from quotes.publish.publication import publish

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.web


def read(address: str) -> tuple[int, str]:
    """Return status and text of an address; where it leads elsewhere, of that."""
    try:
        with urllib.request.urlopen(address, timeout=60) as response:
            return response.status, response.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode("utf-8", "replace")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    path = tmp_path_factory.mktemp("desk") / "quotes.db"
    ids = invented_story.build(path)
    return invented_story.sign(path), ids


@pytest.fixture(scope="module")
def site(story: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "site"
    publish(story[0], folder, title="The Ferry Desk")
    return folder


def serve(folder: Path) -> Any:
    """Run Datasette in a folder as HOSTING.md says."""
    return running("-m", "datasette", "serve", ".", "--port", "0", cwd=folder)


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    with serve(site) as address:
        yield address


def test_every_page_answers(served: str, story: tuple[Path, dict[str, str]]) -> None:
    addresses = [page.format(**story[1]) for page in PAGES]
    assert {page: read(served + page)[0] for page in addresses if read(served + page)[0] != 200} == {}
    assert {read(served + page.format(**story[1]))[0] for page in MISSING} <= {400, 404}
    html = "".join(read(served + page)[1] for page in addresses)
    links = {unescape(link).partition("#")[0] for link in re.findall(r'(?:href|action)="(/[^"]*)"', html)}
    assert len(links) > 100
    assert {link: read(served + link)[0] for link in links if read(served + link)[0] != 200} == {}
    assert "The Ferry Desk" in read(served)[1]
    styles = re.findall(r'href="(/-/static-plugins/[^"]+)"', html)
    assert styles
    assert {read(served + style)[0] for style in styles} == {200}


def test_every_table_and_question_answers(served: str, site: Path) -> None:
    database = yaml.safe_load((site / "metadata.yml").read_text())["databases"]["quotes"]
    pages = [f"/quotes/{name}" for name in (*database["tables"], *database["queries"])]
    assert len(pages) > 40
    assert {page: read(served + page)[0] for page in pages if read(served + page)[0] != 200} == {}
    questions = read(f"{served}/-/quotes")[1]
    assert all(f'href="/quotes/{name}"' in questions for name in database["queries"])
    assert {
        read(f"{served}/quotes/{name}")[0] for name in ("runs", "skipped", "match_units", "last-jobs")
    } == {404}


@pytest.mark.parametrize(
    "address",
    [
        "/quotes?sql=select+1",
        "/quotes.json?sql=select+1",
        "/quotes.csv?sql=select+1",
        "/quotes/quotes?_where=1%3D1",
        "/quotes.db",
        "/_internal",
        "/-/permissions",
        "/-/threads",
        "/-/threads.json",
        "/-/tasks.json",
    ],
)
def test_strangers_may_not(served: str, address: str) -> None:
    assert read(served + address)[0] in {403, 404}


@pytest.mark.parametrize("table", ["quotes", "articles"])
def test_the_next_page_of_a_large_table_sorts_nothing(site: Path, table: str) -> None:
    """As Datasette asks for it; a sort of a million rows takes longer than a query may."""
    asked = (
        f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE (published < :day OR published IS NULL"
        " OR (published = :day AND id > :id)) ORDER BY published DESC, id LIMIT 51"
    )
    with closing(sqlite3.connect(site / "quotes.db")) as connection:
        plan = [row[3] for row in connection.execute(asked, {"day": "2026-03-05", "id": "8"})]
    assert plan == [f"SCAN {table} USING INDEX {table}_published"]


def test_one_address_asks_for_a_few_facets_at_most(served: str) -> None:
    facets = [f"_facet={column}" for column in ("cue", "kind", "speaker_id", "outlet_id", "confidence")]
    assert read(f"{served}/quotes/quotes?{'&'.join(facets)}")[0] == 200
    for many in (facets * 2, ["_facet="] * 7, ["_facet_date=published"] * 5000):
        status, said = read(f"{served}/quotes/quotes.json?{'&'.join(many)}")
        assert (status, said) == (400, "At most 6 facets at once are counted here.\n")


def test_nothing_tells_where_it_lies(served: str, site: Path, story: tuple[Path, dict[str, str]]) -> None:
    pages = [
        "/",
        "/-/quotes",
        "/quotes",
        "/quotes/articles",
        "/quotes/articles.json",
        "/quotes/nope",
        "/nope",
    ]
    pages += [
        f"/-/{name}.json" for name in ("databases", "metadata", "settings", "plugins", "versions", "threads")
    ]
    pages += ["/-/config.json", "/quotes/quotes?_trace=1", "/quotes/quotes?_context=1"]
    for page in pages:
        text = read(served + page)[1]
        for path in (site, story[0].parent, Path(__file__).parents[2]):
            assert str(path) not in text, page


def test_datasette_takes_the_file_as_never_changing(served: str) -> None:
    answer = json.loads(read(f"{served}/-/databases.json")[1])
    (database,) = answer if isinstance(answer, list) else answer["databases"]
    assert (database["path"], database["is_mutable"]) == ("quotes.db", False)
    settings = json.loads(read(f"{served}/-/settings.json")[1])
    settings = settings.get("settings", settings)
    assert (settings["default_allow_sql"], settings["sql_time_limit_ms"]) == (False, 1000)


def may_fetch(rules: str, path: str) -> bool:
    """Say what RFC 9309 says: the longest rule that fits holds, of two the one that allows."""
    fitting = []
    for line in rules.splitlines():
        kind, _, pattern = line.partition(": ")
        if kind in {"Allow", "Disallow"}:
            glob = pattern.replace("?", "[?]")
            glob = glob.removesuffix("$") if glob.endswith("$") else glob + "*"
            if fnmatch.fnmatchcase(path, glob):
                fitting.append((len(pattern), kind == "Allow"))
    return max(fitting)[1] if fitting else True


def test_search_engines_find_pages_and_not_the_ways_to_sort_a_table(
    served: str, story: tuple[Path, dict[str, str]], fetch: Any
) -> None:
    status, rules = read(f"{served}/robots.txt")
    assert status == 200
    found = (
        "/",
        "/-/quotes",
        f"/-/quotes/statement/{story[1]['ferry']}",
        "/-/quotes/speakers",
        "/-/quotes/new.atom",
    )
    assert [path for path in found if not may_fetch(rules, path)] == []
    assert may_fetch(rules, "/-/quotes/swap?before=will&after=may")
    assert may_fetch(rules, "/-/static-plugins/quote-drift/quotes.css")
    kept_out = (
        "/quotes",
        "/quotes/quotes?_sort=id",
        "/quotes/became",
        "/-/quotes?q=ferry",
        "/-/settings.json",
    )
    kept_out += ("/-/quotes/compare?one=a&other=b", "/-/quotes/search.atom?q=ferry")
    assert [path for path in kept_out if may_fetch(rules, path)] == []
    assert fetch(story[0])("/robots.txt").status_code == 404, "elsewhere it is not ours to answer"


def test_a_folder_that_nobody_can_write_is_served_and_downloads_are_as_asked(
    story: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    site = tmp_path / "open"
    publish(story[0], site, download=True)
    before = {path.name: path.read_bytes() for path in site.iterdir()}
    site.chmod(0o555)
    try:
        with serve(site) as address:
            assert read(f"{address}/-/quotes")[0] == 200
            with urllib.request.urlopen(f"{address}/quotes.db", timeout=60) as response:
                assert response.read() == before["quotes.db"]
            assert read(f"{address}/quotes?sql=select+1")[0] == 403
        assert {path.name: path.read_bytes() for path in site.iterdir()} == before
    finally:
        site.chmod(0o755)


def test_the_folder_is_all_that_a_bare_machine_needs(
    site: Path, story: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    """Install what requirements.txt names into a new environment, and serve from there."""
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    python = str(tmp_path / "venv" / "bin" / "python")
    elsewhere = shutil.copytree(site, tmp_path / "srv")
    command = [python, "-m", "pip", "install", "--quiet", "--retries", "1", "-r", "requirements.txt"]
    done = subprocess.run(command, cwd=elsewhere, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode and re.search(
        r"No matching distribution|Could not find a version|connection", done.stderr
    ):
        pytest.skip("no package index can be reached from here, so nothing can be installed")
    assert done.returncode == 0, done.stderr
    listed = subprocess.run([python, "-m", "pip", "list"], capture_output=True, text=True, check=True).stdout
    assert "quote-drift" in listed
    assert not re.search("torch|stanza|numpy", listed)
    ids = story[1]
    with running("-m", "datasette", "serve", ".", "--port", "0", cwd=elsewhere, python=python) as address:
        assert "ferry on 14 May" in read(f"{address}/-/quotes")[1]
        assert read(f"{address}/-/quotes/statement/{ids['ferry']}")[0] == 200
        assert read(f"{address}/-/quotes/statement/{ids['ferry']}.svg")[0] == 200
        with urllib.request.urlopen(
            f"{address}/-/quotes/statement/{ids['ferry']}.png", timeout=60
        ) as picture:
            assert picture.read(8) == b"\x89PNG\r\n\x1a\n"
