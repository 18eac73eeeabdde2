"""A cache broken, lost or out of step, a clock that goes backwards, an article that breaks a stage."""

from __future__ import annotations

import json
import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from faults import START, assert_same, check_files, dump, run_folder, run_step
from story import STEPS, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history run undisturbed: the files after each of its jobs, and the dumps."""
    top = tmp_path_factory.mktemp("history")
    for step in range(STEPS):
        run_step(lay_out(top, step), top / "clean" / "quotes.db", step)
        shutil.copytree(top / "clean", top / f"after{step}")
    return top


@pytest.fixture(scope="module")
def clean(top: Path) -> list[list[str]]:
    return [dump(top / f"after{step}" / "quotes.db") for step in range(STEPS)]


def overwrite(texts: Path) -> None:
    texts.write_bytes(b"no cache at all" * 1000)


def overwrite_middle(texts: Path) -> None:
    data = bytearray(texts.read_bytes())
    data[4096 * 2 : 4096 * 12] = b"\xa5" * 4096 * 10
    texts.write_bytes(bytes(data))


def cut_short(texts: Path) -> None:
    texts.write_bytes(texts.read_bytes()[: texts.stat().st_size // 2 + 100])


def empty(texts: Path) -> None:
    texts.write_bytes(b"")


def lose(texts: Path) -> None:
    texts.unlink()


BREAKS = [overwrite, overwrite_middle, cut_short, empty, lose]


@pytest.mark.parametrize("step", range(STEPS))
@pytest.mark.parametrize("break_", BREAKS, ids=lambda break_: break_.__name__)
def test_a_broken_cache_costs_only_time(
    step: int, break_: Callable[[Path], None], top: Path, clean: list[list[str]], tmp_path: Path
) -> None:
    """Broken before a job that has something to do, and before one that has nothing to do.

    New rules are another matter: what is neither in the cache nor in a file any more stays as it was. And a
    file that goes while the cache is lost is not missed: that something is gone is never guessed.
    """
    for before in {max(step - 1, 0), step} - {STEPS - 2}:
        home = tmp_path / f"{before}"
        shutil.copytree(top / f"after{before}", home)
        break_(home / "texts.db")
        run_step(lay_out(top, step), home / "quotes.db", step)
        assert_same(home / "quotes.db", clean[step], but_removed=before < step)
        check_files(home / "quotes.db")


@pytest.mark.parametrize(
    ("quotes", "texts"), [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1), (3, 1), (1, 3)]
)
def test_files_that_are_out_of_step(
    quotes: int, texts: int, top: Path, clean: list[list[str]], tmp_path: Path
) -> None:
    """One of the two files is an older copy: the jobs that it missed are run again."""
    shutil.copytree(top / f"after{quotes}", tmp_path / "home")
    shutil.copy(top / f"after{texts}" / "texts.db", tmp_path / "home")
    database = tmp_path / "home" / "quotes.db"
    for step in range(quotes, STEPS):
        run_step(lay_out(top, step), database, step)
        assert_same(database, clean[step])


def run_with_clock(top: Path, database: Path, clock: Iterator[datetime]) -> None:
    for step in range(STEPS - 1):
        run_folder(lay_out(top, step), database, now=lambda: next(clock))


def test_a_clock_that_goes_backwards(top: Path, clean: list[list[str]], tmp_path: Path) -> None:
    """Between jobs, within one, by years, and standing still."""

    def tick_back(by: timedelta) -> Iterator[datetime]:
        moment = START + timedelta(days=400)
        while True:
            yield moment
            moment -= by

    for number, by in enumerate((timedelta(seconds=1), timedelta(days=30), timedelta(0))):
        database = tmp_path / f"{number}" / "quotes.db"
        run_with_clock(top, database, tick_back(by))
        assert_same(database, clean[STEPS - 2])


def test_a_clock_at_the_beginning_of_time(top: Path, clean: list[list[str]], tmp_path: Path) -> None:
    def stand() -> Iterator[datetime]:
        while True:
            yield datetime(1970, 1, 1, tzinfo=UTC)

    run_with_clock(top, tmp_path / "quotes.db", stand())
    wanted = {line.split(" ")[0] for line in clean[STEPS - 2]}
    assert {line.split(" ")[0] for line in dump(tmp_path / "quotes.db")} == wanted


@pytest.mark.parametrize("words", ["break the scan", "break the models", "break the rules"])
def test_an_article_that_breaks_a_stage_is_told_and_costs_no_other(
    words: str, top: Path, clean: list[list[str]], tmp_path: Path
) -> None:
    folder = tmp_path / "now"
    shutil.copytree(lay_out(top, 0), folder)
    (folder / "outlet1" / "00-bad.txt").write_text(f"“Well,” said Pike. Now {words}.", encoding="utf-8")
    for turn in range(2):
        summary = run_folder(folder, tmp_path / "quotes.db")
        assert summary.articles["skipped"] == 1, turn
        assert summary.articles["added"] == (0 if turn else len(_list_articles(clean[0])))
        assert_same(tmp_path / "quotes.db", clean[0])
    (folder / "outlet1" / "00-bad.txt").write_text("“Well,” said Pike. It is mended.", encoding="utf-8")
    mended = run_folder(folder, tmp_path / "quotes.db")
    assert (mended.articles["skipped"], mended.articles["added"]) == (0, 1)


def _list_articles(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("articles ")]


@pytest.mark.parametrize("ahead", [0, 10**9])
def test_a_file_of_this_moment_or_of_the_future_is_missed_when_it_goes(ahead: int, tmp_path: Path) -> None:
    """Its times are not trusted, so it is read again; but what it gave is remembered."""
    folder = tmp_path / "desk"
    folder.mkdir()
    for name in ("stays", "goes", "changes"):
        file = folder / f"{name}.txt"
        file.write_text(f"“Well,” said Pike of {name}.", encoding="utf-8")
        os.utime(file, (time.time() + ahead, time.time() + ahead))
    run_folder(folder, tmp_path / "quotes.db")
    (folder / "goes.txt").unlink()
    (folder / "changes.txt").write_text("“Not so well,” said Pike.", encoding="utf-8")
    run_folder(folder, tmp_path / "quotes.db")
    removed = [line for line in dump(tmp_path / "quotes.db") if '"removed": "' in line]
    sources = {json.loads(line.partition(" ")[2])["source"] for line in removed}
    assert sources == {"desk/changes.txt", "desk/goes.txt"}


@pytest.mark.parametrize("lost", [1, 2])
def test_commits_that_a_power_cut_took_from_the_database_alone(
    lost: int, top: Path, clean: list[list[str]], tmp_path: Path
) -> None:
    """The cache remembers a job of which the database knows nothing; what went in that job is not missed."""
    shutil.copytree(top / f"after{lost - 1}", tmp_path / "home")
    shutil.copy(top / f"after{lost}" / "texts.db", tmp_path / "home")
    run_step(lay_out(top, lost), tmp_path / "home" / "quotes.db", lost)
    assert_same(tmp_path / "home" / "quotes.db", clean[lost], but_removed=lost == 1)
