"""Measure how fast articles are read: by stage, beside spaCy, by number, in processes, from a cold start.

    python tests/bench/measure_speed.py [--only PART,...] [--peer-python PYTHON] [--out tests/bench/speed.txt]

Words are counted at white space, as ../shared/score/peer_speed.py counts them; CPU time is user and system
time of all processes of a command, each of which computes in one thread. The peer needs an environment of its
own:

    python -m venv peer && peer/bin/pip install "spacy==2.3.9" "numpy<2"
    python tests/bench/measure_speed.py --peer-python peer/bin/python
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from datetime import date
from importlib.metadata import version
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from news_folders import POLNEAR, count_words, list_articles, make_folder, write_tiny
from scale import ALL, align, fit_growth, make_quotes, measure, name_processor, run_apart
from stage_times import time_stages
from timed_commands import ROOT, run, run_quotes, time_first_line

from quotes import store
from quotes.match import group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PEER = ROOT / ".." / "shared" / "score" / "peer_speed.py"
NEVER_LOADED = ("torch", "stanza")
SETTLED = 2.1  # seconds after which a file's times are trusted
GROUPED = 100_000


def main() -> None:
    """Print the parts that are asked for, one after the other."""
    options = read_options()
    parts = []
    with tempfile.TemporaryDirectory() as made:
        for part in report(options, Path(made)):
            sys.stdout.write(part + "\n\n")
            sys.stdout.flush()
            parts.append(part)
    if options.out:
        options.out.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def read_options() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", type=lambda words: words.split(","), default=[*PARTS], help=", ".join(PARTS)
    )
    parser.add_argument("--folder", type=Path, default=POLNEAR / "dev", help="what is extracted")
    parser.add_argument("--articles", type=Path, default=POLNEAR / "train", help="what is indexed")
    parser.add_argument("--sizes", type=int, nargs="+", default=(10, 100, 1_000), help="for growth")
    parser.add_argument("--many", type=int, default=200, help="articles for one process against two")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer-python", type=Path, help="the Python that has spaCy")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if unknown := [part for part in options.only if part not in PARTS]:
        parser.error(f"no part is called {unknown[0]}: choose from {', '.join(PARTS)}")
    return options


def report(options: argparse.Namespace, top: Path) -> Iterator[str]:
    """Yield when, with what and on what it is measured, then the parts."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("quote-drift", "torch", "numpy"))
    yield (
        f"{date.today().isoformat()}, {name_processor()}, {os.cpu_count()} cores,"
        f" load {os.getloadavg()[0]:.1f} before\nPython {platform.python_version()}, {versions}"
    )
    for name in PARTS:
        if name in options.only:
            folder = top / name
            folder.mkdir()
            yield "\n".join(PARTS[name](options, folder))


def measure_stages(options: argparse.Namespace, top: Path) -> Iterator[str]:
    """Yield the CPU time of each stage of `quotes index`."""
    words = count_words(list_articles(options.folder))
    seconds = run_apart(time_stages, options.folder, top / "quotes.db")
    whole = sum(seconds.values())
    yield f"Stages of quotes index, one process, {words:,} words"
    rows = [
        (stage, f"{taken:.2f}", f"{taken / whole:.0%}", f"{words / taken:,.0f}")
        for stage, taken in seconds.items()
    ]
    yield align(
        [("", "CPU s", "share", "words/s"), *rows, ("together", f"{whole:.2f}", "", f"{words / whole:,.0f}")]
    )


def measure_extracting(options: argparse.Namespace, top: Path) -> Iterator[str]:
    """Yield how many words a CPU second are extracted, start-up taken off, beside the peer."""
    words = count_words(list_articles(options.folder))
    tiny = write_tiny(top)
    rows, ratios, peaks = [], [], []
    for number in range(options.rounds):
        first = _time_peer(options) if number % 2 else None  # the peer comes first in every other round
        whole = run_quotes("extract", options.folder, is_pinned=True)
        start = run_quotes("extract", tiny, is_pinned=True)
        peer = first or _time_peer(options)
        speed = words / max(whole.cpu - start.cpu, 0.001)
        peaks.append(whole.peak)
        ratios.append(speed / peer if peer else 0.0)
        shown = (f"{peer:,.0f}", f"{ratios[-1]:.2f}") if peer else ("", "")
        rows.append((str(number + 1), f"{whole.cpu:.2f}", f"{start.cpu:.2f}", f"{speed:,.0f}", *shown))
    yield f"quotes extract, one core, {words:,} words; at most {max(peaks):.0f} MB"
    yield align([("round", "CPU s", "of which start-up", "words/s", "spaCy small", "ratio"), *rows])
    if ratios[0]:
        yield f"ratio: median {median(ratios):.2f}, from {min(ratios):.2f} to {max(ratios):.2f}"
    else:
        yield "without the peer: see measure_speed.py --help for how to install it"


def _time_peer(options: argparse.Namespace) -> float:
    """Return the words a CPU second that spaCy parses; 0 where it is not installed."""
    if options.peer_python is None:
        return 0.0
    ran = run([str(options.peer_python), str(PEER), str(options.folder), "1"], is_pinned=True)
    return float(ran.out.split()[-1])


def measure_growth(options: argparse.Namespace, top: Path) -> Iterator[str]:
    """Yield what more and more articles take, and the exponent of growth."""
    articles = list_articles(options.articles)
    start = run_quotes("index", write_tiny(top), "--db", top / "tiny.db", "--quiet").cpu
    rows, costs, sizes = [], [], sorted(options.sizes)
    for size in sizes:
        folder = make_folder(top, articles, size)
        ran = run_quotes("index", folder, "--db", top / f"{size}.db", "--quiet")
        costs.append(max(ran.cpu - start, 0.001))
        words = count_words(list_articles(folder))
        each = f"{costs[-1] / size * 1_000:.0f}", f"{words / costs[-1]:,.0f}"
        rows.append((f"{size:,}", f"{words:,}", f"{ran.cpu:.1f}", *each, f"{ran.peak:.0f}"))
    yield f"quotes index, one process; start-up ({start:.1f} s) taken off what an article takes"
    yield align([("articles", "words", "CPU s", "ms an article", "words/s", "peak MB"), *rows])
    if len(sizes) > 1:
        yield f"growth exponent: {fit_growth(sizes, costs):.2f}"


def measure_jobs(options: argparse.Namespace, top: Path) -> Iterator[str]:
    """Yield the wall time of one process against two, in turns, and whether their databases are equal."""
    folder = make_folder(top, list_articles(options.articles), options.many)
    names = (f"{number}.db" for number in count())
    rows, ratios, peaks, dumps = [], [], [], set()
    for number in range(options.rounds):
        taken = []
        for jobs in (1, 2):
            database = top / next(names)
            ran = run_quotes("index", folder, "--db", database, "--jobs", jobs, "--quiet")
            taken.append(ran.wall)
            peaks.append(ran.peak)
            dumps.add(_dump(database))
        ratios.append(taken[0] / taken[1])
        rows.append((str(number + 1), f"{taken[0]:.1f}", f"{taken[1]:.1f}", f"{ratios[-1]:.2f}"))
    yield f"quotes index, {options.many} articles, wall time; a process takes {max(peaks):.0f} MB at most"
    yield align([("round", "--jobs 1", "--jobs 2", "times as fast"), *rows])
    equal = "equal" if len(dumps) == 1 else "NOT EQUAL"
    yield f"times as fast: median {median(ratios):.2f}; databases {equal}"


def _dump(database: Path) -> tuple[str, ...]:
    with store.open_quotes(database) as connection:
        return tuple(store.dump(connection))


def measure_grouping(_: argparse.Namespace, top: Path) -> Iterator[str]:
    """Yield what grouping quotes takes; grouping.txt has more sizes, and the peer."""
    ran = run_apart(measure, make_quotes(GROUPED, top), ALL, group)
    took = f"{ran.grouping:.2f} CPU s, {ran.peak:.0f} MB, F1 {ran.scores.f1:.3f}"
    yield f"Grouping {ran.quotes:,} quotes: {took}"


def measure_starting(options: argparse.Namespace, top: Path) -> Iterator[str]:
    """Yield the wall time from a cold start to help, to nothing new, and to the first article's answer."""
    tiny, database = write_tiny(top), top / "quotes.db"
    run([sys.executable, "-c", f"import time; time.sleep({SETTLED})"])
    run_quotes("index", tiny, "--db", database, "--quiet")
    nothing_new = ("index", tiny, "--db", database)
    loaded = _list_loaded(
        run([sys.executable, "-X", "importtime", "-m", "quotes", *map(str, nothing_new)]).err
    )
    yield "Start-up, wall time, seconds"
    rows = [
        ("quotes --help", lambda: run_quotes("--help").wall),
        ("quotes index, nothing new", lambda: run_quotes(*nothing_new).wall),
        ("quotes extract, to the first line", lambda: time_first_line("extract", tiny)),
    ]
    taken = [(name, *_spread(time_it() for _ in range(options.rounds))) for name, time_it in rows]
    yield align([("", "median", "least", "most"), *taken])
    yield f"loaded with nothing new: {', '.join(loaded) or 'no models'}"


def _list_loaded(told: str) -> list[str]:
    modules = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    return [name for name in NEVER_LOADED if name in modules]


def _spread(taken: Iterable[float]) -> tuple[str, str, str]:
    seconds = sorted(taken)
    return f"{median(seconds):.2f}", f"{seconds[0]:.2f}", f"{seconds[-1]:.2f}"


PARTS: dict[str, Callable[[argparse.Namespace, Path], Iterator[str]]] = {
    "stages": measure_stages,
    "extract": measure_extracting,
    "growth": measure_growth,
    "jobs": measure_jobs,
    "grouping": measure_grouping,
    "startup": measure_starting,
}

if __name__ == "__main__":
    main()
