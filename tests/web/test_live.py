"""A running Datasette shows what index jobs write, while they write and after, without an error."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from servers import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.web
JOB = Path(__file__).with_name("live_job.py")
REQUESTS, CLIENTS, ROUNDS = 1000, 4, 8
# Pages of ours, queries and tables; those with an id ask for what the database holds at that moment.
ASKED = (
    "/-/quotes",
    "/-/quotes?q=bridge",
    "/-/quotes/statement/{statement}",
    "/-/quotes/quote/{quote}",
    "/-/quotes/speakers",
    "/-/quotes/speaker/{speaker}",
    "/-/quotes/outlets",
    "/-/quotes/outlet/outlet-1",
    "/-/quotes/side-by-side?outlet=outlet-1&other_outlet=outlet-2",
    "/-/quotes/article/{article}",
    "/-/quotes/swaps",
    "/-/quotes/compare?one={quote}&other={statement}",
    "/-/quotes/new.atom",
    "/-/quotes/speaker/{speaker}.atom",
    "/-/quotes/statement/{statement}.svg",
    "/quotes/drifted-most",
    "/quotes/search-wordings?words=bridge",
    "/quotes/every-printing.json?id={statement}",
    "/quotes/statements",
    "/quotes/quotes.json?_search=harbour",
)


def ask(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)) as connection:
        return connection.execute(sql).fetchall()


def get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def name_ids(database: Path) -> dict[str, str]:
    """Return one id of each kind, as they are now; another one each time."""
    tables = ("statement", "quote", "speaker", "article")
    read = "SELECT id FROM {}s ORDER BY random() LIMIT 1"
    return {table: ask(database, read.format(table))[0][0] for table in tables}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A database with the articles of one job, and a server of it."""
    database = tmp_path_factory.mktemp("live") / "quotes.db"
    subprocess.run([sys.executable, str(JOB), str(database), "1"], check=True, stdout=subprocess.DEVNULL)
    with serving(database) as address:
        yield database, address


def test_requests_during_jobs_all_answer_and_nothing_is_stale_after(live: tuple[Path, str]) -> None:
    database, address = live
    before = ask(database, "SELECT count(*) FROM quotes")
    command = [sys.executable, str(JOB), str(database), str(ROUNDS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as job, ThreadPoolExecutor(CLIENTS) as clients:

        def request(page: str) -> tuple[str, int, bool]:
            # An id that a job has taken away since then is no error: it is a page that says so.
            running = job.poll() is None
            return page, get(address + page.format(**name_ids(database)))[0], running

        answers = [*clients.map(request, islice(cycle(ASKED), REQUESTS))]
        rounds = job.communicate(timeout=120)[0].split()
    assert job.returncode == 0
    assert len(rounds) == ROUNDS
    assert ask(database, "SELECT count(*) FROM quotes") > before
    statuses = Counter((page, status) for page, status, _ in answers)
    assert not [found for found in statuses if found[1] not in {200, 302, 404}], statuses
    assert not [found for found in statuses if found[1] == 404 and "{" not in found[0]], statuses
    # Or else the job was over before it was tried.
    assert sum(running for _, _, running in answers) >= REQUESTS // 4
    check_fresh(database, address)


def test_a_job_that_finds_nothing_new_changes_nothing(live: tuple[Path, str]) -> None:
    database, address = live
    for _ in range(2):
        subprocess.run([sys.executable, str(JOB), str(database), "1"], check=True, stdout=subprocess.DEVNULL)
        check_fresh(database, address)


def check_fresh(database: Path, address: str) -> None:
    """Fail unless pages, search and queries say what the database says."""
    totals = re.sub(r"\s+", " ", get(f"{address}/-/quotes")[1])
    for table in ("statements", "quotes", "articles"):
        (number,) = ask(database, f"SELECT count(*) FROM {table}")[0]
        assert re.search(rf"\b{number:,} {table}\b", totals), (number, table)
    found = get(f"{address}/quotes/quotes.json?_search=bridge&_size=max&_shape=array&_nl=on&_col=id")[1]
    held = ask(database, "SELECT count(*) FROM quotes_fts WHERE quotes_fts MATCH 'bridge'")[0][0]
    assert len(found.splitlines()) == held
    rows = ask(database, "SELECT id, wording_count FROM statements ORDER BY quote_count DESC LIMIT 5")
    for statement, wordings in rows:
        page = get(f"{address}/-/quotes/statement/{statement}")[1]
        assert f"{wordings} wording" in page
        printed = ask(database, f"SELECT id FROM quotes WHERE statement_id = '{statement}'")
        printings = get(
            f"{address}/quotes/quotes.json?statement_id={statement}&_size=max&_shape=array&_nl=on"
        )[1]
        assert {quote for (quote,) in printed} == set(
            re.findall(r'^\{"id": "([0-9a-f]+)"', printings, re.MULTILINE)
        )
