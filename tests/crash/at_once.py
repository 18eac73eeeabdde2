"""Runs jobs at once, and first migrations at once, while a reader asks every 2 ms.

    python tests/crash/at_once.py [--rounds 20]

No job and no reader may meet an error, and what the jobs leave is what one job alone leaves.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from faults import FORK, MERGE, assert_same, check_files, dump, run_folder, run_job, run_step
from old_databases import VERSIONS, build
from story import STEPS, lay_out

from quotes import store

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY = 0.002
_COUNTS = "SELECT (SELECT count(*) FROM quotes), (SELECT count(*) FROM statements)"


def read_all_the_time(database: Path, tell: Any, stop: Any) -> None:
    """Ask the database every 2 ms, as a server does, until told to stop; then tell what was met."""
    asked, slowest, errors = 0, 0.0, set[str]()
    while not stop.is_set():
        time.sleep(EVERY)
        began = time.monotonic()
        try:
            asked += _ask(database)
        except sqlite3.Error as error:
            errors.add(str(error))
        slowest = max(slowest, time.monotonic() - began)
    tell.send({"asked": asked, "slowest": slowest, "errors": sorted(errors)})


def _ask(database: Path) -> int:
    """Return 1 where there was something to ask: a file that no job has begun to fill is none yet."""
    if not database.exists():
        return 0
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'statements'").fetchone()
        if tables[0]:
            connection.execute(_COUNTS).fetchone()
        return int(tables[0])


def run_at_once(works: list[Callable[[], object]], database: Path) -> dict[str, Any]:
    """Run all of `works`, each in a process, with a reader of `database`; return what the reader met.

    Raises AssertionError where one of them fails.
    """
    told, tell = FORK.Pipe(duplex=False)
    stop, begin = FORK.Event(), FORK.Barrier(len(works))
    reader = FORK.Process(target=read_all_the_time, args=(database, tell, stop))
    reader.start()
    processes = [FORK.Process(target=_work, args=(work, begin)) for work in works]
    for process in processes:
        process.start()
    for process in processes:
        process.join(300)
    stop.set()
    with closing(told):
        read: dict[str, Any] = told.recv()
    reader.join()
    assert [process.exitcode for process in processes] == [0] * len(works), "a job ended with an error"
    assert not read["errors"], f"the reader met: {read['errors']}"
    return read


def _work(work: Callable[[], object], begin: Any) -> None:
    begin.wait()
    work()


def try_jobs(top: Path, number: int, clean: list[list[str]]) -> dict[str, Any]:
    """Run the jobs of a history two at once, each on top of the one before; return what the reader met.

    Of making the database small, and of merging, there is one: the other would not wait.
    """
    database, met = top / f"jobs{number}" / "quotes.db", []
    for step in range(MERGE + 1):
        folder = lay_out(top, min(step, STEPS - 1))
        works = [lambda: run_step(folder, database, step)] * (2 if step < STEPS else 1)  # noqa: B023
        met.append(run_at_once(works, database))
        assert_same(database, clean[step])
    check_files(database)
    return _sum_up(met)


def try_migrations(top: Path, number: int) -> dict[str, Any]:
    """Let two processes open a new database, and one of each former version; return what a reader met."""
    met = []
    for version in (None, *VERSIONS):
        database = top / f"opened{number}" / f"{version}" / "quotes.db"
        if version:
            build(version, database)
        met.append(run_at_once([lambda: store.open_quotes(database).close()] * 2, database))  # noqa: B023
        check_files(database)
    return _sum_up(met)


def _sum_up(met: list[dict[str, Any]]) -> dict[str, Any]:
    return {"asked": sum(one["asked"] for one in met), "slowest": max(one["slowest"] for one in met)}


def run_alone(top: Path) -> list[list[str]]:
    """Return the dump after each job of the history, run alone."""
    dumps = []
    run_folder(lay_out(top, 1), top / "other" / "quotes.db")
    for step in range(MERGE + 1):
        run_job(lay_out(top, min(step, STEPS - 1)), top / "alone" / "quotes.db", step)
        dumps.append(dump(top / "alone" / "quotes.db"))
    return dumps


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        clean = run_alone(top)
        jobs = _sum_up([try_jobs(top, number, clean) for number in range(rounds)])
        new = _sum_up([try_migrations(top, number) for number in range(rounds)])
    migrations = f"{1 + len(VERSIONS)} times two first migrations"
    for what, read in ((f"{STEPS} times two jobs, a vacuum and a merge", jobs), (migrations, new)):
        sys.stdout.write(
            f"{rounds} x {what}: no error, same content; a reader asked {read['asked']} times,"
            f" {read['slowest'] * 1000:.0f} ms at most\n"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    main(parser.parse_args().rounds)
