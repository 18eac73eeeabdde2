"""Times `quotes index` over 100,000 articles that were all indexed before; no model may be loaded.

    python tests/bench/measure_nothing_new.py [--articles 100000] [--keep FOLDER]

The articles are invented, and read with the small stages of the tests, in the name of the real ones; the job
that is timed is the real command. Once they are a text file each, once the lines of one JSON Lines file.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SMALL = (str(ROOT / "tests" / "crash" / "cli.py"),)
REAL = ("-m", "quotes")
OUTLETS = 50
SETTLED = 2.1  # seconds after which a file's times are trusted
MOST_SECONDS = 5.0
NEVER_LOADED = ("torch", "stanza", "trafilatura", "feedparser", "httpx")


def invent(count: int) -> Iterator[tuple[str, str]]:
    """Yield an outlet and a text for each article; a few of them print the same words."""
    for number in range(count):
        words = f"“Ferry {number // 3} was late by {number % 50} minutes,” Ann Reed said. It rained."
        yield f"outlet{number % OUTLETS}", f"{words}\n\nStory {number}.\n"


def write_files(folder: Path, count: int) -> None:
    for number, (outlet, text) in enumerate(invent(count)):
        place = folder / outlet / f"{number // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.txt").write_text(text, encoding="utf-8")


def write_lines(folder: Path, count: int) -> None:
    folder.mkdir()
    with (folder / "all.jsonl").open("w", encoding="utf-8") as file:
        for number, (outlet, text) in enumerate(invent(count)):
            record = {"outlet": outlet, "text": text, "url": f"https://{outlet}.example/{number}"}
            file.write(json.dumps(record) + "\n")


def index(folder: Path, database: Path, *quotes: str) -> tuple[float, subprocess.CompletedProcess[str]]:
    """Run `quotes index`, as Python runs `quotes`; return the seconds it took, and what it said."""
    command = [sys.executable, *quotes, "index", str(folder), "--db", str(database)]
    began = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return time.monotonic() - began, done


def list_loaded(folder: Path, database: Path) -> list[str]:
    """Return which modules that a job without anything new has no use for were loaded all the same."""
    _, done = index(folder, database, "-X", "importtime", *REAL)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    return [name for name in NEVER_LOADED if name in loaded]


def measure(folder: Path, database: Path) -> bool:
    """Index a folder twice, say what the second job took, and return whether that is little enough."""
    time.sleep(SETTLED)
    first, done = index(folder, database, *SMALL)
    assert done.returncode == 0, done.stderr[-2_000:]
    runs = [index(folder, database, *REAL) for _ in range(3)]
    assert all(again.returncode == 0 for _, again in runs), runs
    seconds = sorted(taken for taken, _ in runs)
    loaded = list_loaded(folder, database)
    again = ", ".join(f"{one:.2f}" for one in seconds)
    sys.stdout.write(
        f"{folder.name}: first {first:.0f} s; nothing new {again} s;"
        f" loaded: {', '.join(loaded) or 'no models'}; said {runs[0][1].stdout.strip()!r}\n"
    )
    sys.stdout.flush()
    return seconds[0] < MOST_SECONDS and not loaded


def main(count: int, top: Path) -> int:
    good = []
    for name, write in (("files", write_files), ("lines", write_lines)):
        if not (top / name).exists():
            write(top / name, count)
        good.append(measure(top / name, top / f"{name}.db"))
    return 0 if all(good) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="for articles and databases; used again")
    given = parser.parse_args()
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
        raise SystemExit(main(given.articles, given.keep))
    with tempfile.TemporaryDirectory() as made:
        raise SystemExit(main(given.articles, Path(made)))
