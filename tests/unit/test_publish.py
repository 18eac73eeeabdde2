"""`quotes publish`: what is in the folder and what is not, the same bytes for the same content."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tomllib
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import invented_story
import pytest
import yaml
from click.testing import CliRunner, Result
from fake_stages import fake_stages

from quotes.cli import main
from quotes.cli.screen import say_datasette
from quotes.errors import DatabaseError, PublicationError
from quotes.publish.metadata import read_metadata, split_metadata
from quotes.publish.publication import folder as writing
from quotes.publish.publication import publish, wheel
from quotes.store import is_snapshot, snapshot, write_snapshot

if TYPE_CHECKING:
    from quotes.store.connect import Connection

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = {
    ".dockerignore", "Dockerfile", "HOSTING.md", "datasette.yml", "inspect-data.json", "metadata.yml",
    "quote-drift.service", wheel.wheel_name(), "quotes.db", "requirements.txt", "settings.json",
}  # fmt: skip
STORY = {
    "north/a.txt": "“The bridge is shut,” Ann Reed said.",
    "south/b.txt": "“The bridge is open,” Ann Reed said.",
    "south/c.txt": "“We will stay,” said Pike.\n\n“The bridge is shut,” Ann Reed said.",
}


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "desk" / "quotes.db"
    path.parent.mkdir()
    invented_story.build(path)
    return invented_story.sign(path)


@pytest.fixture
def _in_tmp(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("quotes.pipeline.indexing.load_stages", lambda _: fake_stages())
    monkeypatch.chdir(tmp_path)
    for name, text in STORY.items():
        path = Path("secret-desk") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("_in_tmp")
def test_the_same_content_gives_the_same_bytes_whatever_jobs_made_it() -> None:
    for jobs, name in (
        (["secret-desk"], "at-once.db"),
        (
            ["secret-desk/south/c.txt", "secret-desk/north/a.txt", "secret-desk/south/b.txt", "secret-desk"],
            "by-one.db",
        ),
    ):
        for job in jobs:
            assert run("index", job, "--db", name).exit_code == 0
        assert run("publish", f"{name}-out", "--db", name, "--quiet").output == ""
    published = read(Path("at-once.db-out"))
    assert published == read(Path("by-one.db-out"))
    assert set(published) == WRITTEN
    assert run("publish", "at-once.db-out", "--db", "by-one.db", "--quiet").exit_code == 0
    assert read(Path("at-once.db-out")) == published


@pytest.mark.usefixtures("_in_tmp")
def test_nothing_tells_of_the_machine_or_of_its_jobs(tmp_path: Path) -> None:
    run("index", "secret-desk", "--db", "story.db")
    publish(Path("story.db"), Path("out"))
    for name, content in read(Path("out")).items():
        for secret in (b"secret-desk", str(tmp_path).encode(), str(ROOT).encode(), b"texts.db"):
            assert secret not in content, name
    with closing(sqlite3.connect("out/quotes.db")) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        assert not [name for name in names if name.startswith(("match_", "runs", "skipped", "_migrations"))]
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger'").fetchall()
        columns = {row[1] for row in connection.execute("PRAGMA table_info(articles)")}
        assert {"title", "url", "published"} < columns
        assert not {"source", "first_run_id", "last_run_id"} & columns


def test_a_snapshot_is_whole_and_needs_no_writing(database: Path, tmp_path: Path) -> None:
    kept = write_snapshot(database, tmp_path / "out.db")
    assert is_snapshot(tmp_path / "out.db")
    assert not is_snapshot(database)
    with closing(sqlite3.connect(tmp_path / "out.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        found = connection.execute("SELECT count(*) FROM quotes_fts WHERE quotes_fts MATCH 'ferry'")
        assert found.fetchone()[0] > 2
        indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        here = {row[0] for row in connection.execute(indexes)}
    with closing(sqlite3.connect(database)) as connection:
        there = {row[0] for row in connection.execute(indexes) if not row[0].startswith("match_")}
        rows = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("quotes", "statements", "wordings", "articles", "statement_aliases")
        }
    about_jobs = {"articles_removed_run_id", "revisions_run_id", "skipped_first_run_id", "skipped_run_id"}
    assert there - here == {"articles_source", *about_jobs}
    assert here <= there
    assert {table: kept[table].rows for table in rows} == rows
    assert [path.name for path in tmp_path.glob("out.db*")] == ["out.db"]


def test_a_job_that_writes_neither_waits_nor_shows(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as job:
        job.execute("PRAGMA journal_mode = WAL")
        job.execute("BEGIN IMMEDIATE")
        job.execute("DELETE FROM changes")
        kept = write_snapshot(database, tmp_path / "out.db")
        job.execute("ROLLBACK")
        assert kept["changes"].rows == job.execute("SELECT count(*) FROM changes").fetchone()[0] > 0


def test_a_job_that_begins_meanwhile_does_not_show(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, copied = snapshot._copy, []

    def copy_and_change(connection: Connection, table: str, sql: str) -> None:
        copy(connection, table, sql)
        copied.append(table)
        if len(copied) == 2:
            with closing(sqlite3.connect(database, isolation_level=None)) as job:
                job.execute("DELETE FROM changes")
                job.execute("UPDATE quotes SET text = 'other words'")
                job.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    monkeypatch.setattr(snapshot, "_copy", copy_and_change)
    kept = write_snapshot(database, tmp_path / "out.db")
    assert kept["changes"].rows > 0
    with closing(sqlite3.connect(tmp_path / "out.db")) as connection:
        assert not connection.execute("SELECT 1 FROM quotes WHERE text = 'other words'").fetchall()
    assert [path.name for path in database.parent.iterdir()] == ["quotes.db"], "nothing is left beside it"


def test_the_quotes_printed_last_are_the_last_rows(database: Path, tmp_path: Path) -> None:
    """A search shows the last rows first, and its feed makes room for what is new."""
    write_snapshot(database, tmp_path / "out.db")
    with closing(sqlite3.connect(tmp_path / "out.db")) as connection:
        days = [row[0] for row in connection.execute("SELECT published FROM quotes ORDER BY rowid")]
    assert None in days
    assert len(set(days)) > 3
    assert days == sorted(days, key=lambda day: day or "")


def test_a_folder_with_anything_else_is_refused_and_kept(database: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "quotes.db").write_text("precious")
    with pytest.raises(PublicationError, match="holds other files; name a new folder"):
        publish(database, tmp_path / "notes")
    assert read(tmp_path / "notes") == {"quotes.db": b"precious"}
    with pytest.raises(PublicationError, match="holds other files"):
        publish(database, database.parent)
    (tmp_path / "file").write_text("")
    with pytest.raises(PublicationError, match="is a file"):
        publish(database, tmp_path / "file")
    with pytest.raises(PublicationError, match="cannot be written"):
        publish(database, tmp_path / "file" / "deeper")


def test_what_is_no_database_of_ours_leaves_no_folder_behind(database: Path, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="no such database"):
        publish(tmp_path / "none.db", tmp_path / "out")
    publish(database, tmp_path / "first")
    with pytest.raises(DatabaseError, match="a published copy; name the database it was made from"):
        publish(tmp_path / "first" / "quotes.db", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_publishing_again_replaces_our_files_and_keeps_the_others(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(database, out)
    (out / "fly.toml").write_text("app = 'mine'")
    (out / "quote_drift-0.0.9-1pages-py3-none-any.whl").write_bytes(b"old")
    (out / ".publishing-cut-off").mkdir()
    (out / "settings.json").write_text("{}")
    again = publish(database, out, title="The desk", download=True)
    assert {path.name for path in out.iterdir()} == WRITTEN | {"fly.toml"}
    assert set(again.files) == WRITTEN
    assert json.loads((out / "settings.json").read_text())["allow_download"] is True
    assert yaml.safe_load((out / "metadata.yml").read_text())["title"] == "The desk"


def test_neither_who_publishes_nor_where_changes_a_byte(database: Path, tmp_path: Path) -> None:
    publish(database, tmp_path / "one")
    here = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "quotes", "publish", str(tmp_path / "two"), "--db", "quotes.db", "--quiet"],
        cwd=database.parent,
        env=here | {"PYTHONHASHSEED": "7", "TZ": "Pacific/Apia", "LC_ALL": "C", "PYTHONUTF8": "0"},
        umask=0o077,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert read(tmp_path / "two") == read(tmp_path / "one")
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (tmp_path / "two").iterdir()}
    assert set(modes.values()) == {"0o644"}, "in a container somebody else reads them"


@pytest.mark.parametrize("failing", ["write_snapshot", "pack_wheel"])
def test_a_failure_loses_nothing(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    out = tmp_path / "out"
    publish(database, out)
    before = read(out)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, failing, fail)
    with pytest.raises(PublicationError, match=r"out: cannot be written: No space left on device"):
        publish(database, out, title="Other")
    assert read(out) == before


def test_what_strangers_may_do_is_the_same_on_both_datasettes(database: Path, tmp_path: Path) -> None:
    publish(database, tmp_path / "out")
    settings = json.loads((tmp_path / "out" / "settings.json").read_text())
    config = yaml.safe_load((tmp_path / "out" / "datasette.yml").read_text())
    metadata = yaml.safe_load((tmp_path / "out" / "metadata.yml").read_text())
    assert config["settings"] == settings
    assert (settings["default_allow_sql"], settings["allow_download"]) == (False, False)
    assert config["databases"]["quotes"]["allow_sql"] is metadata["databases"]["quotes"]["allow_sql"] is False
    queries = metadata["databases"]["quotes"]["queries"]
    assert config["databases"]["quotes"]["queries"] == queries
    assert set(read_metadata()["databases"]["quotes"]["queries"]) - set(queries) == {
        "last-jobs",
        "skipped-inputs",
    }
    assert config["plugins"] == metadata["plugins"]
    inspected = json.loads((tmp_path / "out" / "inspect-data.json").read_text())["quotes"]
    assert inspected["size"] == (tmp_path / "out" / "quotes.db").stat().st_size
    assert set(metadata["databases"]["quotes"]["tables"]) <= set(inspected["tables"])


def test_every_key_of_the_metadata_goes_one_way() -> None:
    metadata = read_metadata()
    described, config = split_metadata(metadata)
    assert metadata == read_metadata()
    tables = described["databases"]["quotes"]["tables"].values()
    assert {key for table in tables for key in table} <= {
        "title",
        "description",
        "description_html",
        "columns",
    }
    assert "queries" not in described["databases"]["quotes"]
    assert config["databases"]["quotes"]["tables"]["statements"]["facets"]


def test_the_wheel_has_pages_and_no_models_and_asks_for_what_the_project_does() -> None:
    packed = wheel.pack_wheel()
    assert packed == wheel.pack_wheel()
    assert len(packed) < 1_000_000
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {requirement.partition(";")[0] for requirement in wheel.REQUIRES}
    assert asked <= {requirement.removesuffix(",<1") for requirement in project["dependencies"]}
    assert not any(name in requirement for requirement in asked for name in ("torch", "stanza", "numpy"))


def test_what_editors_and_systems_leave_is_not_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "quotes"
    shutil.copytree(wheel.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "quotes-en"))
    shutil.copy(ROOT / "LICENSE", package)
    packed = wheel.pack_wheel()
    for name in (".env", ".home.html.swp", "pages/home.py~", "plugin/static/.DS_Store"):
        (package / "publish" / name).write_text("secret")
    monkeypatch.setattr(wheel, "PACKAGE", package)
    assert wheel.pack_wheel() == packed


# What Pyodide lacks, what takes gigabytes, and the parts of the project that stay at home.
ALONE = """
import importlib, pkgutil, sys
BARRED = {"torch", "stanza", "numpy", "rapidfuzz", "sqlite_utils", "multiprocessing", "click", "uvicorn",
          "PIL", "font_roboto"}
class Barrier:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BARRED:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Barrier())
sys.path.insert(0, sys.argv[1])
import quotes
assert quotes.__file__.startswith(sys.argv[1]), quotes.__file__
names = [module.name for module in pkgutil.walk_packages(quotes.__path__, "quotes.")]
for name in names:
    if not name.startswith("quotes.publish.picture."):
        importlib.import_module(name)
from quotes.drift.changes import compare, read_printing
from quotes.publish.diff import compare as show
print(len(names), [segment.text for segment in show("We will stay here", "We may stay here")])
"""


def test_the_wheel_needs_nothing_else_of_the_project(tmp_path: Path) -> None:
    (tmp_path / wheel.wheel_name()).write_bytes(wheel.pack_wheel())
    with zipfile.ZipFile(tmp_path / wheel.wheel_name()) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        archive.extractall(tmp_path / "site")
    assert not [name for name in names if name.endswith((".so", ".pyd", ".pyc"))]
    assert (
        names == sorted(names[:-1], key=lambda name: (".dist-info" in name, names.index(name))) + names[-1:]
    )
    assert any(name.endswith("templates/quotes_home.html") for name in names)
    assert {"quotes/models/name_words.tsv", "quotes/models/word_information.tsv"} <= {*names}
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(tmp_path / "site")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "may" in done.stdout


@pytest.mark.usefixtures("_in_tmp")
def test_publish_says_what_it_wrote_and_what_to_do_next(tmp_path: Path) -> None:
    run("index", "secret-desk", "--db", "story.db")
    result = run("publish", "my site", "--db", "story.db", "--title", "Desk")
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[0] == "my site: 4 quotes, 2 statements, 3 articles, 2 outlets"
    assert f"  {say_datasette()} serve 'my site' --port 8002" in lines
    assert any("HOSTING.md" in line for line in lines)
    assert f"install=SITE/{wheel.wheel_name()}#/-/quotes" in result.stdout
    failed = run("publish", "secret-desk", "--db", "story.db")
    assert failed.exit_code == 1
    assert (
        failed.stderr
        == "quotes: secret-desk: holds other files; name a new folder, or one published to before\n"
    )
    missing = run("publish", "other", "--db", "none.db")
    assert missing.stderr == "quotes: none.db: no such database; make it with `quotes index`\n"
