"""A small database that all is well with, and ways to spoil it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from fake_stages import fake_stages

from quotes import pipeline, store
from quotes.pipeline import Wanted
from quotes.sources import Source

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.pipeline import Checked

STORY = {
    "north": "“The bridge is unsafe,” Ann Reed said. “Take good care,” said Pike.",
    "south": "“The bridge is shaky,” Reed said. It shook.",
    "west": "“The bridge is unsafe,” Reed said. “Nobody asked us about it.”",
}


def write_story(folder: Path, **changed: str) -> None:
    lines = [
        {"text": text, "outlet": outlet, "url": f"https://{outlet}.example/1", "published": "2025-03-04"}
        for outlet, text in {**STORY, **changed}.items()
    ]
    (folder / "story.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def index(folder: Path, **options: Any) -> None:
    stages = fake_stages(**options)
    pipeline.index(Wanted((Source(folder / "story.jsonl"),)), folder / "quotes.db", stages=stages)


def build(folder: Path) -> Path:
    """Make a database with an article that its outlet changed, beside the file it is made of."""
    write_story(folder)
    index(folder)
    write_story(folder, north=STORY["north"].replace("unsafe", "quite unsafe today"))
    index(folder)
    return folder


def spoil(path: Path, *statements: str) -> None:
    """Change a database as no job of ours would."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def dump(folder: Path) -> list[str]:
    with closing(store.open_quotes(folder / "quotes.db")) as opened:
        return [*store.dump(opened)]


def check(folder: Path, mend: bool = False, **options: Any) -> Checked:
    stages = options.pop("stages", None) or fake_stages()
    return pipeline.check(folder / "quotes.db", mend=mend, stages=stages, **options)
