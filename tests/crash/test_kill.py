"""Jobs that are killed, and jobs at once, leave what undisturbed jobs leave; scripts run many more rounds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from faults import dump, run_step
from story import STEPS, lay_out

HERE = Path(__file__).resolve().parent


def run_script(name: str, *options: str) -> str:
    """Run a script of this folder in a process without threads, which forks: return what it said."""
    done = subprocess.run(
        [sys.executable, str(HERE / name), *options],
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1]), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_job_killed_anywhere_is_finished_by_the_next() -> None:
    """25 kills, spread over four jobs: before and after commits, and at random moments."""
    assert "25 kills" in run_script("kill_many.py", "--most", "25")


def test_jobs_and_migrations_at_once_lose_nothing_and_lock_no_reader_out() -> None:
    assert "same content" in run_script("at_once.py", "--rounds", "2")


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """The dump after each job of the history."""
    top, dumps = tmp_path_factory.mktemp("history"), []
    for step in range(STEPS):
        run_step(lay_out(top, step), top / "quotes.db", step)
        dumps.append(dump(top / "quotes.db"))
    return dumps


def test_the_history_has_what_can_be_lost(lines: list[list[str]]) -> None:
    """Articles that are new, changed, changed again, changed back, removed, back, and analysed anew."""
    revisions = [sum(line.startswith("revisions ") for line in one) for one in lines]
    assert revisions == sorted(set(revisions))
    assert revisions[0] == 0
    altered = [sum('"last_revision": 1' in line for line in one) for one in lines]
    assert altered[0] == 0 < altered[1]
    removed = [sum('"removed": "' in line for line in one) for one in lines]
    assert removed[0] == 0 < removed[2] < removed[1]
    redone = [sum("rules-2" in line for line in one if line.startswith("articles ")) for one in lines]
    assert redone[:3] == [0, 0, 0]
    assert redone[3] == sum(line.startswith("articles ") for line in lines[3])


def test_two_commands_at_once_end_well_or_say_that_one_is_at_work(tmp_path: Path) -> None:
    """The second waits (with --wait), or ends with a status of its own and a line."""
    folder, database = lay_out(tmp_path, 0), tmp_path / "quotes.db"
    command = [sys.executable, str(HERE / "cli.py"), "index", str(folder), "--db", str(database)]
    statuses = set()
    for options in ([], [], ["--wait"]):
        environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
        both = [
            subprocess.Popen([*command, *options], env=environment, stderr=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        told = [process.communicate(timeout=120)[1] for process in both]
        for process, message in zip(both, told, strict=True):
            statuses.add(process.returncode)
            assert process.returncode == 0 or not options
            assert process.returncode == 0 or message.count("\n") == 1, message
        database.unlink()
    assert statuses <= {0, 75}
