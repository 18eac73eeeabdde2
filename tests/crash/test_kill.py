"""A job killed at any moment, and jobs that run at once, leave what one undisturbed job leaves."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from quotes import store

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ARTICLES = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("story")
    for number in range(ARTICLES):
        outlet = folder / f"outlet{number % 4}"
        outlet.mkdir(exist_ok=True)
        words = (
            f"“Statement {number // 4} has {number} words,” Ann Reed said. “And {number} more,” said Pike."
        )
        (outlet / f"{number:02}.txt").write_text(words, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    database = tmp_path_factory.mktemp("clean") / "quotes.db"
    finish(start(folder, database))
    return dump(database)


def start(folder: Path, database: Path, pause: float = 0.0) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / "job.py"), str(folder), str(database), str(pause)]
    return subprocess.Popen(command, cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, text=True)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def finish(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=120)
    assert process.returncode == 0


def dump(database: Path) -> list[str]:
    with closing(store.open_quotes(database, create=False)) as connection:
        return list(store.dump(connection))


@pytest.mark.parametrize("written", [0, 1, 17, 39])
def test_a_killed_job_is_finished_by_the_next(
    written: int, folder: Path, undisturbed: list[str], tmp_path: Path
) -> None:
    database = tmp_path / "quotes.db"
    process = start(folder, database, pause=0.002)
    assert process.stdout
    for line in process.stdout:
        if int(line) >= written:
            break
    process.kill()
    process.communicate()
    with closing(store.open_quotes(database)) as connection:
        kept = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        whole = (
            "SELECT count(*) FROM articles AS a"
            " WHERE quote_count = (SELECT count(*) FROM quotes WHERE article_id = a.id)"
        )
        assert connection.execute(whole).fetchone()[0] == kept >= written
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    finish(start(folder, database))
    assert dump(database) == undisturbed


def test_killed_again_and_again_at_random(folder: Path, undisturbed: list[str], tmp_path: Path) -> None:
    database, chance = tmp_path / "quotes.db", random.Random(7)
    for _ in range(6):
        process = start(folder, database, pause=0.001)
        assert process.stdout
        for _ in range(chance.randrange(1, 60)):
            process.stdout.readline()
        process.kill()
        process.communicate()
    finish(start(folder, database))
    assert dump(database) == undisturbed


def test_jobs_at_once_migrate_once_and_lose_nothing(
    folder: Path, undisturbed: list[str], tmp_path: Path
) -> None:
    for turn in range(3):
        database = tmp_path / f"{turn}" / "quotes.db"
        for process in [start(folder, database) for _ in range(3)]:
            finish(process)
        assert dump(database) == undisturbed


def test_many_processes_may_migrate_one_new_file(tmp_path: Path) -> None:
    code = "import sys, pathlib, quotes.store\nquotes.store.open_quotes(pathlib.Path(sys.argv[1])).close()"
    for turn in range(3):
        command = [sys.executable, "-c", code, str(tmp_path / f"{turn}.db")]
        processes = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(6)]
        errors = [process.communicate(timeout=120)[1] for process in processes]
        assert errors == [""] * 6
