"""Measure grouping at scale: CPU seconds, memory, and right pairs, beside datasketch and rapidfuzz.

Every run is a fresh process that computes in one thread. What is compared is the CPU time (user and system)
from quotes in memory to groups; reading them is told apart. Memory is the most that the process ever held.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from datetime import date
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from scale import (
    ALL,
    EVIDENCE,
    SEED,
    align,
    fit_growth,
    make_quotes,
    measure,
    name_processor,
    run_apart,
    tell_scores,
)

from quotes.match import group

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scale import Grouping, Measured

SIZES = (10_000, 100_000, 1_000_000)
PEER_SIZE = 100_000


def main() -> None:
    options = read_options()
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for part in report(options, options.data or Path(folder)):
            sys.stdout.write(part + "\n\n")
            sys.stdout.flush()
            parts.append(part)
    if options.out:
        options.out.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def read_options() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="Numbers of quotes.")
    parser.add_argument("--peer", type=int, default=PEER_SIZE, help="Quotes for the peer; 0 for no peer.")
    parser.add_argument("--rounds", type=int, default=2, help="Runs of the peer, each between two of ours.")
    parser.add_argument("--data", type=Path, help="A folder to keep the quotes in for another run.")
    parser.add_argument("--out", type=Path, help="Write the report to this file too.")
    return parser.parse_args()


def report(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    """Yield the parts of the report as they are measured."""
    if options.peer and find_spec("datasketch") is None:
        raise SystemExit(
            "the peer needs datasketch: install the optional dependencies bench, or give --peer 0"
        )
    sizes = sorted(options.sizes)
    paths = {size: make_quotes(size, folder) for size in {*sizes, options.peer} - {0}}
    yield tell_setting(("numpy", "rapidfuzz", *(("datasketch", "scipy") if options.peer else ())))
    if sizes:
        yield tabulate_sizes([run_apart(measure, paths[size], ALL, group) for size in sizes])
    if options.peer:
        yield from compare_with_peer(paths[options.peer], options.rounds)


def tell_setting(packages: Sequence[str]) -> str:
    """Return when, with what and on what it is measured."""
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"{date.today().isoformat()}, {name_processor()}, one core\n"
        f"Python {platform.python_version()}, {versions}; quotes of make_scale.py with seed {SEED}"
    )


def tabulate_sizes(runs: Sequence[Measured]) -> str:
    """Return a table of our runs, the smallest first, and how their CPU time grows."""
    head = (
        "quotes", "statements", "reading s", "grouping s", "peak MB", "precision", "recall", "F1", "growth"
    )  # fmt: skip
    growth = ["", *(f"{fit_growth(*_list_costs(pair)):.2f}" for pair in pairwise(runs))]
    rows = [
        (
            f"{run.quotes:,}", f"{run.statements:,}", f"{run.reading:.2f}", f"{run.grouping:.2f}",
            f"{run.peak:.0f}", *tell_scores(run.scores), exponent,
        )
        for run, exponent in zip(runs, growth, strict=True)
    ]  # fmt: skip
    whole = f"\ngrowth exponent over all sizes: {fit_growth(*_list_costs(runs)):.2f}" if len(runs) > 1 else ""
    return f"Quote Drift, CPU seconds\n{align([head, *rows])}{whole}"


def _list_costs(runs: Sequence[Measured]) -> tuple[list[int], list[float]]:
    return [run.quotes for run in runs], [run.grouping for run in runs]


def compare_with_peer(path: Path, rounds: int) -> Iterator[str]:
    """Yield a comparison for each kind of evidence, then one where the peer sees words alone."""
    from peer import PERMUTATIONS, SETTINGS, group_by_peer

    ours, peers = {}, {}
    for name, evidence in EVIDENCE.items():
        peer = partial(group_by_peer, settings=SETTINGS[name])
        turns: Sequence[Grouping] = [group] + [peer, group] * rounds
        runs = [run_apart(measure, path, evidence, turn) for turn in turns]
        ours[name], peers[name] = runs[::2], runs[1::2]
        head = f"{runs[0].quotes:,} quotes, both see {name}"
        told = f"peer: MinHashLSH of {PERMUTATIONS} permutations, {SETTINGS[name]}"
        yield f"{head}\n{told}\n{tabulate_comparison(ours[name], peers[name])}"
    words, *_, everything = EVIDENCE
    head = f"Quote Drift sees {everything}, the peer {words} (the runs above)"
    yield f"{head}\n{tabulate_comparison(ours[everything], peers[words])}"


def tabulate_comparison(ours: Sequence[Measured], peers: Sequence[Measured]) -> str:
    """Return a table of both, the median and spread of their CPU time, and the ratio of the two."""
    head = ("", "runs", "grouping s", "least", "most", "peak MB", "precision", "recall", "F1")
    table = align([head, _tell_runs("Quote Drift", ours), _tell_runs("peer", peers)])
    mine, theirs = ([run.grouping for run in runs] for runs in (ours, peers))
    speed, least, most = (
        median(theirs) / median(mine),
        min(theirs) / max(mine),
        max(theirs) / min(mine),
    )
    return f"{table}\nspeed: {speed:.1f} times the peer's (from {least:.1f} to {most:.1f})"


def _tell_runs(name: str, runs: Sequence[Measured]) -> tuple[str, ...]:
    spent = [run.grouping for run in runs]
    seconds = (f"{value:.2f}" for value in (median(spent), min(spent), max(spent)))
    return (
        name,
        str(len(runs)),
        *seconds,
        f"{max(run.peak for run in runs):.0f}",
        *tell_scores(runs[0].scores),
    )


if __name__ == "__main__":
    main()
