"""Jobs in processes of their own that are killed at a commit or at a moment, and what they leave behind."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import shutil
import signal
import sqlite3
import sys
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from fake_stages import FakeAnnotator, fake_stages
from story import RULES, STEPS
from web_story import WEB_STEPS, serve

from quotes import store
from quotes.fetch import Manners
from quotes.pipeline import Summary, Wanted, index, merge, vacuum
from quotes.sources import Source
from quotes.store.connect import Connection

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.process import BaseProcess

FORK = multiprocessing.get_context("fork")
_REMOVED = re.compile('"removed": (null|"[^"]*")')
VACUUM, MERGE = STEPS, STEPS + 1
ALL_STEPS = MERGE + 1 + WEB_STEPS
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Kill:
    """Where a job is killed: before or after its commit of this number (from 0), or after so many seconds."""

    commit: int | None = None
    is_before: bool = False
    seconds: float = 0.0

    def __str__(self) -> str:
        if self.commit is None:
            return f"after {self.seconds * 1000:.1f} ms"
        return f"{'before' if self.is_before else 'after'} commit {self.commit}"


class Commits:
    """Counts the commits of all connections of this process, and ends the process at one of them."""

    def __init__(self, kill: Kill | None = None) -> None:
        self.count, self.kill = 0, kill

    def watch(self) -> None:
        """Take the place of what runs SQL."""
        plain = Connection.execute

        def execute(connection: Connection, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
            if sql.strip().upper() not in ("COMMIT", "END"):
                return plain(connection, sql, parameters)
            self._meet(is_before=True)
            cursor = plain(connection, sql, parameters)
            self._meet(is_before=False)
            self.count += 1
            return cursor

        Connection.execute = execute  # type: ignore[method-assign]

    def _meet(self, is_before: bool) -> None:
        if self.kill and self.kill.commit == self.count and self.kill.is_before == is_before:
            os.kill(os.getpid(), signal.SIGKILL)


def run_job(folder: Path, database: Path, step: int, kill: Kill | None = None) -> dict[str, Any] | None:
    """Run the job of `step` in a process; return what it did and the commits it made, None where killed.

    Raises AssertionError where it ended in any other way.
    """
    told, tell = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_work, args=(folder, database, step, kill, tell))
    process.start()
    tell.close()
    if kill and kill.commit is None:
        process.join(kill.seconds)
        process.kill()
    process.join(300)
    if process.exitcode == -signal.SIGKILL:
        return None
    assert process.exitcode == 0, f"the job of step {step} ended with {process.exitcode}"
    with closing(told):
        done: dict[str, Any] = told.recv()
    return done


def _work(folder: Path, database: Path, step: int, kill: Kill | None, tell: Any) -> None:
    commits = Commits(kill)
    commits.watch()
    summary = run_step(folder, database, step)
    tell.send({"articles": dict(summary.articles), "commits": commits.count})


def run_step(folder: Path, database: Path, step: int) -> Summary:
    """Run the job of `step` in this process, a day after the one before.

    Behind the last job over the folder, the database is made small, then another one is merged into it, and
    then come jobs over a site.
    """
    if step == VACUUM:
        vacuum(database, stages=fake_stages(FakeAnnotator(), RULES[-1]))
        return Summary()
    if step == MERGE:
        other = database.parent.parent / "other" / "quotes.db"
        merge([other], database, stages=fake_stages(FakeAnnotator(), RULES[-1]), now=lambda: START)
        return Summary()
    if step > MERGE:
        return run_web(folder, database, step)
    return run_folder(folder, database, RULES[step], lambda: START + timedelta(days=step))


def run_web(folder: Path, database: Path, step: int) -> Summary:
    """Index the feed whose address stands in the file `feed`; tell the site its step in the file `step`."""
    (folder.parent / "step").write_text(str(step - MERGE - 1), encoding="ascii")
    feed = Source(address=(folder.parent / "feed").read_text(encoding="ascii"))
    wanted = Wanted((feed,), manners=Manners(delay=0, allow_private=True))
    stages = fake_stages(FakeAnnotator(), RULES[-1])
    return index(wanted, database, stages=stages, now=lambda: START + timedelta(days=step))


def start_site(top: Path) -> BaseProcess:
    """Start the site of web_story in a process, and write its feed's address to `top`/feed."""
    (top / "step").write_text("0", encoding="ascii")
    told, tell = FORK.Pipe(duplex=False)
    process = FORK.Process(target=serve, args=(top / "step", tell), daemon=True)
    process.start()
    (top / "feed").write_text(told.recv(), encoding="ascii")
    return process


def run_folder(
    folder: Path, database: Path, rules: str = RULES[0], now: Callable[[], datetime] = lambda: START
) -> Summary:
    """Index a folder with small stages, in this process."""
    stages = fake_stages(FakeAnnotator(), rules)
    return index(Wanted((Source(folder),)), database, stages=stages, now=now)


def dump(database: Path) -> list[str]:
    """Return the canonical dump of a database."""
    with closing(store.open_quotes(database, create=False)) as connection:
        return list(store.dump(connection))


def check_files(database: Path) -> None:
    """Fail where a file of the database is damaged, points to nothing, or holds half an article."""
    for path in (database, database.with_name("texts.db")):
        if not path.exists() or not path.stat().st_size:
            continue
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], path
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == [], path
            if path == database:
                assert _list_halves(connection) == [], path


def _list_halves(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return the articles that do not have the quotes they say they have."""
    query = (
        "SELECT id, quote_count FROM articles AS a WHERE quote_count <>"
        " (SELECT count(*) FROM quotes WHERE article_id = a.id AND last_revision IS NULL)"
    )
    with suppress(sqlite3.OperationalError):  # no tables yet
        return connection.execute(query).fetchall()
    return []


def copy_files(source: Path, target: Path) -> Path:
    """Copy the database folder `source` to the new folder `target`; return the database there."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for file in source.glob("*"):
        shutil.copy2(file, target)
    return target / "quotes.db"


def assert_same(database: Path, wanted: list[str], *, but_removed: bool = False, most: int = 4) -> None:
    """Fail, with the first lines that differ, unless the dump of `database` is the one that is wanted.

    With `but_removed`, what is taken to be removed does not count.
    """
    found = dump(database)
    if but_removed:
        found, wanted = (sorted(_REMOVED.sub("", line) for line in one) for one in (found, wanted))
    if found != wanted:
        more, less = sorted(set(found) - set(wanted)), sorted(set(wanted) - set(found))
        counted = f"{len(more)} lines more, {len(less)} lines less:"
        raise AssertionError("\n  ".join([counted, *_list_differences(more, less)[:most]]))


def _list_differences(more: list[str], less: list[str]) -> list[str]:
    """Return what differs, of rows with the same id only the columns that do."""
    before = {line.split(",")[0]: line for line in less}
    differences = []
    for line in more:
        old = before.pop(line.split(",")[0], None)
        differences.append(_compare_rows(line, old) if old else f"+ {line}")
    return differences + [f"- {line}" for line in before.values()]


def _compare_rows(line: str, old: str) -> str:
    table, _, row = line.partition(" ")
    found, wanted = json.loads(row), json.loads(old.partition(" ")[2])
    return f"{table} {found.get('id')}: " + ", ".join(
        f"{name} {found[name]!r} for {wanted[name]!r}" for name in found if found[name] != wanted[name]
    )
