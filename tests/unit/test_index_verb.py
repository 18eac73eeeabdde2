"""What `quotes index` may be told: addresses and lists, since when, a dry run, and its exit statuses."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from fake_stages import fake_stages

from quotes import pipeline, store
from quotes.cli import main
from quotes.cli.since import read_since
from quotes.errors import ModelError
from quotes.fetch import Manners, name_agent
from quotes.sources import Source

ROOT = Path(__file__).resolve().parents[2]
TEXT = "“The bridge is {},” Ann Reed said."
NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _without_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for module in ("indexing", "previewing"):
        monkeypatch.setattr(f"quotes.pipeline.{module}.load_stages", lambda _: fake_stages())
    monkeypatch.chdir(tmp_path)
    for name, what in (("north/a.txt", "shut"), ("south/b.txt", "open")):
        Path("story", name).parent.mkdir(parents=True)
        Path("story", name).write_text(TEXT.format(what))


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["index", *words])


@pytest.fixture
def wanted(monkeypatch: pytest.MonkeyPatch) -> list[pipeline.Wanted]:
    """What jobs were asked for, instead of done."""
    asked: list[pipeline.Wanted] = []

    def note(wanted: pipeline.Wanted, *_: object, **__: object) -> pipeline.Summary:
        asked.append(wanted)
        return pipeline.Summary()

    monkeypatch.setattr(pipeline, "index", note)
    return asked


# What is asked for


def test_paths_and_addresses_are_mixed(wanted: list[pipeline.Wanted]) -> None:
    long = f"https://b.example/{'long' * 100}"
    Path("www.saved").touch()
    assert run("story", "https://desk.example/feed", "HTTP://b.example/", long, "www.saved").exit_code == 0
    assert wanted[0].named == (
        Source(path=Path("story")),
        Source(address="https://desk.example/feed"),
        Source(address="HTTP://b.example/"),
        Source(address=long),
        Source(path=Path("www.saved")),
    )


def test_a_list_of_sources_comes_on_top(wanted: list[pipeline.Wanted]) -> None:
    Path("feeds.txt").write_text("https://desk.example/feed\nstory\n")
    run("more", "--sources", "feeds.txt")
    named = [str(one.path or one.address) for one in wanted[0].named]
    assert named == ["more", "https://desk.example/feed", str(Path("story").absolute())]
    result = run("--sources", "none.txt")
    assert (result.exit_code, len(wanted)) == (1, 1)
    assert result.stderr.startswith("quotes: none.txt: the list of sources cannot be opened")


def test_the_list_beside_the_database_is_read_where_nothing_is_named(wanted: list[pipeline.Wanted]) -> None:
    assert run().exit_code == 2
    Path("sources.txt").write_text("https://desk.example/feed\n")
    run()
    run("story")
    Path("m.csv").write_text("file\n")
    run("--manifest", "m.csv")
    assert [[one.address for one in job.named] for job in wanted] == [
        ["https://desk.example/feed"],
        [None],
        [],
    ]


@pytest.mark.parametrize(
    "word", ["www.desk.example/feed", "ftp://desk.example/feed", "https://", "file:///etc"]
)
def test_a_word_that_is_no_address_is_told_and_not_looked_for(
    word: str, wanted: list[pipeline.Wanted]
) -> None:
    result = run(word)
    assert (result.exit_code, wanted) == (1, [])
    assert result.stderr.startswith(f"quotes: {word!r} is no web address")
    assert "write a web address with https://, or the path of a file or folder" in result.stderr


def test_a_list_that_is_gone_is_told_even_where_it_is_quiet() -> None:
    """A job in a crontab would read nothing for ever, and nobody would know."""
    Path("sources.txt").write_text("story\n")
    assert run("--quiet").exit_code == 0
    Path("sources.txt").unlink()
    said = "nothing to read is named, and sources.txt (or .csv, .opml) is not there"
    assert run("--quiet").stderr == f"quotes: {said}; quotes.db is only brought up to date\n"
    Path("speakers.txt").write_text("same: A = B\n")
    assert run("--quiet").stderr == ""


def test_options_reach_the_job(wanted: list[pipeline.Wanted]) -> None:
    run("story")
    manners = "--allow-private --delay 2.5 --contact a@b.example"
    run("story", *f"--since 2026-03-04 --limit 7 --jobs 3 --fresh --wait {manners}".split())
    usual, other = wanted
    assert (usual.since, usual.limit, usual.jobs, usual.fresh, usual.wait) == (None, None, 1, False, 0)
    assert usual.manners == Manners()
    assert (other.since, other.limit, other.jobs, other.fresh) == ("2026-03-04", 7, 3, True)
    assert other.wait == float("inf")
    assert other.manners == Manners(user_agent=name_agent("a@b.example"), delay=2.5, allow_private=True)


@pytest.mark.parametrize(
    ("words", "since"),
    [
        ("2026-03-04", "2026-03-04"),
        ("12h", "2026-03-03T21:30:00+00:00"),
        ("7d", "2026-02-25T09:30:00+00:00"),
        (" 2 W ", "2026-02-18T09:30:00+00:00"),
        ("2026-03-04T09:30", "2026-03-04T09:30:00+00:00"),
        ("2026-03-04T09:30+02:00", "2026-03-04T07:30:00+00:00"),
    ],
)
def test_a_time_may_be_a_day_or_long_ago(words: str, since: str) -> None:
    assert read_since(words, NOW) == since


@pytest.mark.parametrize("words", ["yesterday", "7", "", "-7d", "7y", "2026-13-01", "123456w", "0x7d"])
def test_what_is_no_time_is_a_matter_of_usage(words: str) -> None:
    result = run("story", "--since", words)
    assert result.exit_code == 2
    assert "is no date and no time ago: write 2026-03-04, 12h, 7d or 2w" in " ".join(result.stderr.split())
    assert not list(Path().glob("*.db*"))


def test_only_what_was_published_since_is_read() -> None:
    row = '{{"text": "“No {0},” Ann Reed said.", "outlet": "Desk", "published": "{0}"}}\n'
    Path("a.jsonl").write_text("".join(row.format(day) for day in ("2026-03-03", "2026-03-04", "2026-03-05")))
    assert run("a.jsonl", "--since", "2026-03-04").stdout.startswith("2 added: 2 quotes")
    assert run("a.jsonl").stdout.startswith("1 added, 2 unchanged: 1 quote")


def test_at_most_so_many_articles_are_read_and_the_rest_next_time() -> None:
    assert run("story", "--limit", "1").stdout.startswith("1 added: 1 quote")
    assert run("story", "--limit", "1").stdout.startswith("1 added")
    assert run("story", "--limit", "1").stdout.startswith("nothing new")


# What would be done


def test_a_dry_run_says_what_would_be_read_and_keeps_nothing() -> None:
    Path("story", "north", "c.pdf").mkdir()
    result = run("story", "gone.txt", "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "read   story/north/a.txt: not read yet",
        "read   story/south/b.txt: not read yet",
        f"skip   {Path.cwd().name}/gone.txt: no such file or folder",
    ]
    assert result.stderr == "a job would read 2, skip 1\n"
    limited = run("story", "--dry-run", "--limit", "1").stderr
    assert limited == "a job would read 2, until it has 1 new or changed article\n"
    assert sorted(path.name for path in Path().iterdir()) == ["story"]


def test_a_dry_run_changes_no_database() -> None:
    for name in ("story/north/a.txt", "story/south/b.txt"):
        os.utime(name, (1, 1))
    time.sleep(2.1)  # a file that has only just changed may change again and look the same
    run("story")
    before = {path.name: path.read_bytes() for path in Path().glob("*.db*")}
    result = run("story", "--dry-run")
    assert (result.stdout, result.stderr) == ("", "a job would find nothing new\n")
    Path("story/north/a.txt").write_text(TEXT.format("gone"))
    result = run("story", "--dry-run")
    assert result.stdout == "read   story/north/a.txt: it may have changed since it was read\n"
    assert {path.name: path.read_bytes() for path in Path().glob("*.db*")} == before


# Exit statuses


def test_a_job_beside_another_one_ends_with_75_and_quietly_so() -> None:
    database = Path("quotes.db")
    with store.hold(database):
        command = [sys.executable, "-m", "quotes", "index", "story"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        loud, quiet = (
            subprocess.run([*command, *more], env=environment, capture_output=True, text=True, check=False)
            for more in ([], ["--quiet"])
        )
    assert (loud.returncode, loud.stdout) == (75, "")
    assert re.fullmatch(r"quotes: quotes.db: another job is at work on it .*\n", loud.stderr)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (75, "", "")


def test_a_job_that_is_told_to_waits_for_another_one() -> None:
    """The article has no quotes: no models are loaded."""
    Path("none.txt").write_text("Nobody spoke.")
    with store.hold(Path("quotes.db")):
        command = [sys.executable, "-m", "quotes", "index", "none.txt", "--wait"]
        job = subprocess.Popen(
            command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
        )
        with pytest.raises(subprocess.TimeoutExpired):
            job.wait(2)
    out, _ = job.communicate(timeout=60)
    assert (job.returncode, out.split(";")[0]) == (0, "1 added")


def test_statuses_of_what_went_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("story").exit_code == 0
    Path("story/north/empty.txt").touch()
    assert run("story").exit_code == 3

    def fail(*_: object, **__: object) -> None:
        raise ModelError("the models are gone")

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "index", fail)
    assert run("story").exit_code == 1
    monkeypatch.setattr(pipeline, "index", interrupt)
    assert run("story").exit_code == 130


def test_every_status_is_told_in_the_help() -> None:
    told = re.findall(r"^ +(\d+) {2,}\S", run("--help").output, re.MULTILINE)
    assert told == ["0", "1", "2", "3", "75", "130"]


def test_what_was_skipped_before_is_not_said_again_in_silence() -> None:
    Path("story/north/empty.txt").touch()
    said = "quotes: story/north/empty.txt: empty; nothing to read\n"
    assert run("story", "--quiet").output == said
    assert run("story", "--quiet").output == ""
    assert run("story").stderr == said
    Path("story/north/empty.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert "a picture, not text" in run("story", "--quiet").output


# How it looks


@pytest.mark.parametrize("width", [60, 80])
def test_the_help_is_grouped_and_fits(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = CliRunner().invoke(main, ["index", "--help"], terminal_width=width).output.splitlines()
    headings = [line for line in lines if re.fullmatch(r"\S.*:", line)]
    assert headings == ["What to read:", "From the web:", "How to run:", "Where to keep it:", "Other:"]
    options = [param for param in main.commands["index"].params if isinstance(param, click.Option)]
    assert all(any(line.strip().startswith(option.opts[0]) for line in lines) for option in options)
    assert max(map(len, lines)) <= max(width, 80)


def test_two_processes_write_what_one_writes() -> None:
    for number in range(40):
        Path("story", "north", f"{number}.txt").write_text(TEXT.format(f"shut for {number} days"))
    dumps = []
    for jobs in ("1", "2"):
        assert run("story", "--jobs", jobs, "--db", f"{jobs}.db").stdout.startswith("42 added: 42 quotes")
        with closing(store.open_quotes(Path(f"{jobs}.db"))) as connection:
            dumps.append(list(store.dump(connection)))
    assert dumps[0] == dumps[1]


@pytest.mark.models
def test_ctrl_c_with_two_processes_keeps_what_was_written(tmp_path: Path) -> None:
    """Whenever it comes: one line, no traceback, no process left, and the next job goes on."""
    for number in range(40):
        Path("story", "north", f"{number}.txt").write_text(
            f"{TEXT.format('shut')} It is day {number}. " * 200
        )
    command = [sys.executable, "-m", "quotes", "index", "story", "--jobs", "2"]
    for seconds in (0.6, 1.2, 6.0):
        job = subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL) and None,
        )
        time.sleep(seconds)
        os.killpg(job.pid, signal.SIGINT)
        _, err = job.communicate(timeout=20)
        assert job.returncode in (130, -signal.SIGINT)  # both are 130 to a shell
        assert err == "\nquotes: stopped; nothing is lost, run the same command again to go on\n"
    with closing(sqlite3.connect("quotes.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
