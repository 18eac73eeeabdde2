"""Whatever happened to a folder from job to job, what stands in the end is what one job finds there now."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from fake_stages import fake_stages
from faults import START, check_files, run_folder

from quotes.pipeline import check, filing

if TYPE_CHECKING:
    from pathlib import Path

JOBS, FILES = 12, 10
FOLDERS = ("one/desk", "two/desk")  # of one outlet: a page of another one is not believed
PAGE = """<html><head><title>Quay {n}</title><link rel="canonical" href="https://desk.example/{n}"></head>
<body><article><h1>Quay {n}</h1>
<p>“The quay has {w} berths left for the {n} ferries,” Ann Reed said in the harbour hall.</p>
<p>The council met for three hours that evening and, as in the weeks before, it did not decide anything.</p>
<p>“Nobody has asked the crews of pier {n},” said Pike. It rained until the {w} of March.</p>
</article></body></html>"""
TEXT = "“Statement {n} has {w} words,” Ann Reed said. “And {w} more,” said Pike."
STANDING = (
    "SELECT id, content_hash, title, url, outlet_id, quote_count, stages_version, input_hash FROM articles"
    " WHERE removed IS NULL",
    "SELECT q.article_id, q.text, q.spans, q.speaker_as_printed, q.context_before, q.context_after"
    " FROM quotes AS q JOIN articles AS a ON a.id = q.article_id"
    " WHERE a.removed IS NULL AND q.last_revision IS NULL",
)


def meddle(chance: random.Random, folder: Path) -> None:
    """Do one thing to one file: write it, delete it, touch it, or move it to the other folder."""
    number, ending = chance.randrange(FILES), chance.choice([".txt", ".html"])
    file = folder / chance.choice(FOLDERS) / f"{number}{ending}"
    what = chance.choice(["write", "write", "write", "delete", "touch", "move"])
    if what == "write":
        if ending == ".html":  # one file an address
            for other in folder.rglob(file.name):
                other.unlink()
        words = (PAGE if ending == ".html" else TEXT).format(n=number, w=chance.randrange(4))
        file.write_text(words, encoding="utf-8")
    elif file.exists() and what == "delete":
        file.unlink()
    elif file.exists() and what == "touch":
        os.utime(file)
    elif file.exists():
        file.rename(folder / chance.choice(FOLDERS) / file.name)


def list_standing(database: Path) -> list[set[tuple[object, ...]]]:
    with closing(sqlite3.connect(database)) as connection:
        return [set(connection.execute(query)) for query in STANDING]


@pytest.mark.parametrize("seed", range(6))
def test_what_stands_is_what_is_there(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files come, change, move and go, and rules change, in any order."""
    monkeypatch.setattr(filing, "_JUST_NOW", 0)  # the times of these files are trusted at once
    chance, folder, rules = random.Random(seed), tmp_path / "desk", "rules-0"
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
        (folder / name / "stays.txt").write_text(f"“It stays in {name},” said Pike.", encoding="utf-8")
    for job in range(JOBS):
        for _ in range(chance.randrange(5)):
            meddle(chance, folder)
        rules = chance.choice([rules, rules, rules, f"rules-{job}"])
        run_folder(folder, tmp_path / "quotes.db", rules, lambda: START + timedelta(days=job))  # noqa: B023
        run_folder(folder, tmp_path / f"fresh{job}.db", rules)
        assert list_standing(tmp_path / "quotes.db") == list_standing(tmp_path / f"fresh{job}.db")
    check_files(tmp_path / "quotes.db")
    assert check(tmp_path / "quotes.db", thoroughly=True, stages=fake_stages(rules=rules)).found == ()
