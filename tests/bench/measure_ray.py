"""What engines take for the same articles, and whether they give the same database.

    python tests/bench/measure_ray.py [--articles 300] [--quotes 100000] [--jobs 2] [--keep DIR] [--out FILE]

Real articles are read by the real models, into a database that holds many quotes already: those of invented
articles, which small stages read. With the last engine, a worker is killed when half of the articles are
written. CPU seconds and memory are those of all processes, looked at twice a second.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections import defaultdict
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

sys.path.extend(str(Path(__file__).resolve().parents[1] / folder) for folder in ("unit", "crash"))

from fake_stages import FakeAnnotator, attribute, name_speakers
from faults import dump
from invented_quotes import invent_quotes
from news_folders import POLNEAR, count_words, list_articles
from press import name_speaker
from scale import align, name_processor, run_apart
from sessions import list_session

from quotes import store
from quotes.pipeline import Wanted, index
from quotes.pipeline.stages import load_stages
from quotes.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sessions import Process

    from quotes.records import Printed

ROOT = Path(__file__).resolve().parents[2]
TOGETHER = 20  # quotes in an invented article
WORKER = "ray::Reader."  # as it is called while it reads
_PAUSE = 0.5
_TIMES = 5
_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}


@dataclass(slots=True)
class Ran:
    """What a job took: seconds, CPU seconds of all and of its own process, MB; and what was killed when."""

    wall: float = 0.0
    cpu: float = 0.0
    own: float = 0.0
    peak: float = 0.0
    said: str = ""
    killed: str = ""
    rows: list[str] = field(default_factory=list)
    seen: dict[int, float] = field(default_factory=lambda: defaultdict(float))


def main() -> None:
    """Print a table of what each engine took."""
    options = read_options()
    articles = list_articles(POLNEAR / "train")[: options.articles]
    with tempfile.TemporaryDirectory() as made:
        top = options.keep or Path(made)
        copy_articles(articles, top / "real")
        base = make_base(top, options.quotes)
        text = "\n".join([*tell_head(articles, options), "", *measure_all(top, base, options)]) + "\n"
    sys.stdout.write(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")


def read_options() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--quotes", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="where the database to begin with lies, or is made")
    parser.add_argument("--note", default="", help="what else the machine was doing")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def copy_articles(articles: Sequence[Path], folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in articles:
        shutil.copy(path, folder)


# The database to begin with


def make_base(top: Path, count: int) -> Path:
    """Return the folder of a database of `count` quotes in invented articles, made unless it is there."""
    folder = top / f"base-{count}"
    if not (folder / "quotes.db").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        run_apart(index_invented, count, folder)
    return folder


def index_invented(count: int, folder: Path) -> None:
    """Index invented articles: all stages are the real ones but those that ask the models who spoke."""
    real = load_stages()
    stages = replace(
        real,
        annotator=FakeAnnotator(real.annotator.version),
        attribute=attribute,
        name_speakers=name_speakers,
    )
    path = folder / "invented.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for record in invent_articles(invent_quotes(count)[0]):
            lines.write(json.dumps(record) + "\n")
    index(Wanted((Source(path),)), folder / "unfinished.db", stages=stages)
    (folder / "unfinished.texts.db").rename(folder / "texts.db")
    (folder / "unfinished.db").rename(folder / "quotes.db")


def invent_articles(quotes: Sequence[Printed]) -> Iterator[dict[str, str]]:
    """Yield articles that print quotes; those of one outlet and day stand together."""
    together = defaultdict(list)
    for quote in quotes:
        together[quote.outlet, quote.published].append(quote)
    for (outlet, published), printed in together.items():
        for start in range(0, len(printed), TOGETHER):
            said = [f"“{one.text}” {_name(one)} said." for one in printed[start : start + TOGETHER]]
            yield {
                "outlet": outlet,
                "published": published or "",
                "url": f"https://{outlet.replace(' ', '')}.example/{published}/{start}",
                "text": "\n\n".join(said),
            }


def _name(quote: Printed) -> str:
    return name_speaker(9 * int((quote.speaker or "0").split()[-1]))  # persons


# The engines


def measure_all(top: Path, base: Path, options: argparse.Namespace) -> Iterator[str]:
    """Yield the lines of the table, and what is to be said below it."""
    jobs = ("--jobs", str(options.jobs))
    ray = ("--engine", "ray", *jobs)
    engines: dict[str, tuple[str, ...]] = {
        "one process": (),
        f"{options.jobs} processes": jobs,
        f"Ray, {options.jobs} workers": ray,
        f"Ray, {options.jobs} workers, one killed": ray,
    }
    runs = {}
    for name, engine in engines.items():
        database = copy_base(base, top / "copy")
        runs[name] = run(top / "real", database, engine, options.articles, "killed" in name)
        runs[name].rows = dump(database)
    yield align([*list_rows(runs)])
    yield ""
    yield from tell_killed(runs[name])
    yield ""
    few = run(top / "real", copy_base(base, top / "few"), (*ray, "--limit", "1"), 1, False)
    yield from tell_figures(top, base, runs, few)


def list_rows(runs: Mapping[str, Ran]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table; each database is compared with the first."""
    yield ("", "wall s", "CPU s", "of it the job's", "peak MB", "database")
    wanted = next(iter(runs.values())).rows
    for name, ran in runs.items():
        same = f"the same {len(ran.rows):,} rows" if ran.rows == wanted else "OTHER ROWS"
        times = (f"{value:.1f}" for value in (ran.wall, ran.cpu, ran.own))
        yield (name, *times, f"{ran.peak:,.0f}", same)


def copy_base(base: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in ("quotes.db", "texts.db"):
        shutil.copy(base / name, folder)
    return folder / "quotes.db"


def run(articles: Path, database: Path, engine: Sequence[str], count: int, is_killing: bool) -> Ran:
    """Index articles with an engine; where `is_killing`, kill a worker of Ray in the middle."""
    command = [sys.executable, "-m", "quotes", "index", str(articles), "--db", str(database), *engine]
    before, ran = count_rows(database, "articles"), Ran()
    began = time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        job = subprocess.Popen(command, env=_ENVIRONMENT, stdout=said, stderr=said, start_new_session=True)
        while job.poll() is None:
            time.sleep(_PAUSE)
            processes = list_session(job.pid)
            note(ran, processes, job.pid)
            written = count_rows(database, "articles") - before
            if is_killing and not ran.killed and written >= count / 2:
                ran.killed = kill_one(processes, written)
        ran.wall = time.monotonic() - began
        said.seek(0)
        ran.said = said.read()
    ran.cpu = sum(ran.seen.values())
    if job.returncode:
        raise RuntimeError(f"{' '.join(command)}: {job.returncode}\n{ran.said[-2_000:]}")
    return ran


def note(ran: Ran, processes: Sequence[Process], own: int) -> None:
    """Remember what the processes took so far."""
    for one in processes:
        ran.seen[one.number] = max(ran.seen[one.number], one.cpu)
    ran.own = ran.seen[own]
    ran.peak = max(ran.peak, sum(read_memory(one.number) for one in processes))


def read_memory(process: int) -> float:
    """Return the memory of a process in MB, its share of what it shares with others."""
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return 0.0


def count_rows(database: Path, table: str) -> int:
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        count: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return count


def kill_one(processes: Sequence[Process], written: int) -> str:
    """Kill a worker that is reading, if there is one, and say so."""
    for worker in processes:
        if worker.name.startswith(WORKER):
            os.kill(worker.number, signal.SIGKILL)
            return f"a worker was killed when {written} articles were written"
    return ""


# What is said of it


def tell_head(articles: Sequence[Path], options: argparse.Namespace) -> list[str]:
    """Return the lines above the table."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("ray", "torch", "quote-drift"))
    cores = f"{os.cpu_count()} cores{', ' + options.note if options.note else ''}"
    return [
        f"{datetime.now(UTC).date()}, {name_processor()}, {cores}",
        f"Python {sys.version.split()[0]}, {versions}",
        f"{len(articles)} articles of news, {count_words(articles):,} words, read by the embedded models,",
        f"into a database of {options.quotes:,} quotes in invented articles, which small stages read before",
    ]


def tell_killed(ran: Ran) -> Iterator[str]:
    if ran.killed:
        yield f"{ran.killed}; the job said:"
        lines = ran.said.splitlines()
        yield from (f"  {line}" for line in lines if line.startswith("quotes: "))  # where it lies is no news


def tell_figures(top: Path, base: Path, runs: Mapping[str, Ran], few: Ran) -> Iterator[str]:
    """Say what an article takes and gives: what tests/docs/hundred_million.py computes with."""
    articles = [*(top / "real").iterdir()]
    count, words = len(articles), count_words(articles)
    alone, *_, last = runs.values()
    yield f"words in an article: {words / count:.0f}"
    for name, table in (("quotes", "quotes"), ("named speakers", "article_speakers")):
        more = [count_rows(folder / "quotes.db", table) for folder in (base, top / "copy")]
        yield f"{name} in an article: {(more[1] - more[0]) / count:.2f}"
    for name in ("quotes.db", "texts.db"):
        sizes = [(folder / name).stat().st_size for folder in (base, top / "copy")]
        yield f"bytes of {name} for an article: {(sizes[1] - sizes[0]) / count:,.0f}"
    yield f"words read in a CPU second: {words / (alone.cpu - few.own):,.0f}"
    yield f"CPU seconds of the job's own process for an article: {(last.own - few.own) / (count - 1):.4f}"
    yield from tell_merging(index_real(top / "real", top / "alone"))


def index_real(articles: Path, folder: Path) -> Path:
    """Return a database of the real articles alone: little surrounds the speakers of invented ones."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    database = folder / "quotes.db"
    store.open_quotes(database).close()
    run(articles, database, ("--jobs", "2"), 0, False)
    return database


def tell_merging(database: Path) -> Iterator[str]:
    """Say what it takes to merge speakers, where each article was there before."""
    taken = [run_apart(merge_speakers, database) for _ in range(_TIMES)]
    speakers, _ = taken[0]
    seconds = median(seconds for _, seconds in taken)
    yield f"CPU seconds to merge a million named speakers: {1e6 * seconds / speakers:.0f}"
    megabytes = run_apart(measure_memory, database)
    yield f"MB to merge a million named speakers: {1e6 * megabytes / speakers:,.0f}"


def merge_speakers(database: Path) -> tuple[int, float]:
    """Merge all speakers, as each job does that has news; return their number, and CPU seconds."""
    stages, start = load_stages(), time.process_time()
    with closing(store.open_quotes(database)) as connection:
        people = store.read_people(connection)
        speakers = stages.merge_speakers(people.locals, people.settings, ())
        store.write_people(connection, people, speakers, 0)
    return len(people.locals), time.process_time() - start


def measure_memory(database: Path) -> float:
    """Return the most memory, in MB, that merging all speakers takes; it takes its time to count that."""
    load_stages()  # what is loaded does not grow
    tracemalloc.start()
    merge_speakers(database)
    return tracemalloc.get_traced_memory()[1] / 2**20


if __name__ == "__main__":
    main()
