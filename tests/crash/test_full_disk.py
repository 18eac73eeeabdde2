"""A disk that is full: the job says so in a line, and goes on from there once there is room."""

from __future__ import annotations

import os
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from faults import assert_same, check_files, dump
from old_databases import build

HERE = Path(__file__).resolve().parent
ALONE = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
# What is on the small disk is gone with it: the files are taken from it at the end.
SCRIPT = """
mount -t tmpfs -o {small} none {disk}
{before}
{job}
echo $?
mount -o remount,size=64m,nr_inodes=1000 {disk}
{job} 1>&2 || exit
cp {disk}/*.db* {kept}
"""


TEXT = "“Statement {} of {} has {} words,” Ann Reed said. " + "It rained on and on and on. " * 150


def write_articles(folder: Path, count: int) -> Path:
    for number in range(count):
        outlet = folder / f"outlet{number % 4}"
        outlet.mkdir(exist_ok=True)
        words = [TEXT.format(line, number, number * line % 97) for line in range(15)]
        (outlet / f"{number:03}.txt").write_text("\n\n".join(words), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles whose databases need more than 4 MB."""
    return write_articles(tmp_path_factory.mktemp("story"), 70)


@pytest.fixture(scope="module")
def clean(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    database = tmp_path_factory.mktemp("clean") / "quotes.db"
    done = run(["sh", "-c", say_job(folder, database)])
    assert done.returncode == 0, done.stderr
    assert sum(file.stat().st_size for file in database.parent.glob("*.db")) > 6_000_000
    return dump(database)


def run(command: list[str], **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1]), **more}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)


def say_job(folder: Path, database: Path) -> str:
    command = [sys.executable, HERE / "cli.py", "index", folder, "--db", database, "--quiet"]
    return shlex.join(map(str, command))


def fill(small: str, folder: Path, home: Path, before: str = "") -> tuple[str, str]:
    """Index onto a small disk in `home`, then again with room; return status and message of the first job.

    `small` are the options of the file system. Skips where this machine lets no test mount one.
    """
    disk, kept = home / "disk", home / "kept"
    disk.mkdir()
    kept.mkdir()
    if run([*ALONE, f"mount -t tmpfs none {disk}"]).returncode:
        pytest.skip("this machine does not let a test mount a small disk")
    job = say_job(folder, (home if "ln -s" in before else disk) / "quotes.db")
    done = run([*ALONE, SCRIPT.format(small=small, disk=disk, home=home, before=before, job=job, kept=kept)])
    assert done.returncode == 0, done.stderr
    return done.stdout.strip(), done.stderr


def assert_told(status: object, message: str, why: str = "no room left") -> None:
    """Fail unless the job ended as one that could not go on, and said why in a line."""
    assert (str(status), message.count("\n")) == ("1", 1), message
    assert message.startswith("quotes: ")
    assert why in message


@pytest.mark.parametrize("size", ["1m", "2m", "4m"])
def test_a_job_goes_on_when_there_is_room_again(
    size: str, folder: Path, clean: list[str], tmp_path: Path
) -> None:
    assert_told(*fill(f"size={size}", folder, tmp_path))
    check_files(tmp_path / "kept" / "quotes.db")
    assert_same(tmp_path / "kept" / "quotes.db", clean)


def test_no_room_for_the_texts_alone(folder: Path, clean: list[str], tmp_path: Path) -> None:
    before = f"ln -s {tmp_path}/disk/texts.db {tmp_path}/texts.db"
    assert_told(*fill("size=1m", folder, tmp_path, before))
    (tmp_path / "texts.db").unlink()
    (tmp_path / "kept" / "texts.db").rename(tmp_path / "texts.db")
    check_files(tmp_path / "quotes.db")
    assert_same(tmp_path / "quotes.db", clean)


@pytest.mark.parametrize("files", [1, 2, 3, 4, 5])
def test_no_room_for_another_file(files: int, tmp_path: Path) -> None:
    (tmp_path / "story").mkdir()
    folder = write_articles(tmp_path / "story", 4)
    assert_told(*fill(f"size=8m,nr_inodes={files}", folder, tmp_path), str(tmp_path / "disk"))
    (tmp_path / "clean").mkdir()
    assert run(["sh", "-c", say_job(folder, tmp_path / "clean" / "quotes.db")]).returncode == 0
    assert_same(tmp_path / "kept" / "quotes.db", dump(tmp_path / "clean" / "quotes.db"))


@pytest.mark.parametrize("pages", [60, 500])
def test_a_database_that_may_not_grow(pages: int, folder: Path, clean: list[str], tmp_path: Path) -> None:
    job = ["sh", "-c", say_job(folder, tmp_path / "quotes.db")]
    done = run(job, QUOTES_TEST_PAGES=str(pages))
    assert_told(done.returncode, done.stderr)
    assert run(job).returncode == 0
    assert_same(tmp_path / "quotes.db", clean)


@pytest.mark.parametrize("room", [50, 200, 500, 900])
def test_no_room_to_upgrade(room: int, tmp_path: Path) -> None:
    """What a former version made is upgraded later, or left as it was until then."""
    old = build("0005", tmp_path / "old" / "quotes.db")
    run_sqlite(old, "PRAGMA journal_mode = DELETE")
    (tmp_path / "story").mkdir()
    folder = write_articles(tmp_path / "story", 2)
    size = old.stat().st_size // 1024 + room
    assert_told(*fill(f"size={size}k", folder, tmp_path, f"cp {old} {tmp_path}/disk/quotes.db"), "room")
    check_files(tmp_path / "kept" / "quotes.db")
    assert run(["sh", "-c", say_job(folder, old)]).returncode == 0
    assert_same(tmp_path / "kept" / "quotes.db", dump(old))


def run_sqlite(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
