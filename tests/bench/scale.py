"""What measurements at scale share: quotes whose groups are known, fresh processes, and counting.

The quotes are made from real ones that lie beside the checkout; nothing of them is kept here.
"""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from unittest.mock import patch

from quotes.records import Printed
from quotes.sources import read_quotes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    Grouping = Callable[[Sequence[Printed]], Mapping[str, str]]

MAKER = Path(__file__).resolve().parents[2] / ".." / "shared" / "drift" / "make_scale.py"
SEED = 7
# What is told of each quote beside its words, from nothing to all that the data hold.
EVIDENCE = {
    "words": (),
    "words, days": ("published",),
    "words, days, speakers": ("published", "speaker"),
}
ALL = EVIDENCE["words, days, speakers"]
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
_WIDEST = (("avx512f", "AVX-512"), ("avx2", "AVX2"))
_CPU_INFO = Path("/proc/cpuinfo")

Returned = TypeVar("Returned")


@dataclass(frozen=True, slots=True)
class Scores:
    """How far the pairs that stand in one group are the right ones, from 0 to 1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What grouping one file of quotes took and gave: CPU seconds (user and system), peak memory in MB."""

    quotes: int
    statements: int
    reading: float
    grouping: float
    peak: float
    scores: Scores


def make_quotes(size: int, folder: Path) -> Path:
    """Return a file of `size` quotes in `folder`, a JSON object a line, made there unless it is there."""
    if not MAKER.exists():
        raise SystemExit("the measuring data are not beside the checkout (shared/drift)")
    path = folder / f"quotes_{size}_{SEED}.jsonl"
    if not path.exists():
        unfinished = path.with_suffix(f".{os.getpid()}")
        command = [sys.executable, str(MAKER), str(size), str(unfinished), "--seed", str(SEED)]
        subprocess.run(command, check=True, capture_output=True)
        unfinished.replace(path)
    return path


def read_printed(path: Path, evidence: Collection[str] = ALL) -> list[Printed]:
    """Return the quotes of a file as `quotes match` reads them, save what `evidence` leaves out."""
    with path.open("rb") as lines:
        found = list(read_quotes(lines, path.name))
    quotes = [quote for quote in found if isinstance(quote, Printed)]
    if len(quotes) < len(found):
        raise RuntimeError(f"{path.name}: {len(found) - len(quotes)} lines are no quotes")
    hidden: dict[str, Any] = dict.fromkeys(name for name in ALL if name not in evidence)
    return [replace(quote, **hidden) for quote in quotes] if hidden else quotes


def read_clusters(path: Path) -> dict[str, str]:
    """Return the true group of each quote of a file, by the quote's id."""
    with path.open(encoding="utf-8") as lines:
        records = map(json.loads, lines)
        return {str(record["id"]): str(record["cluster"]) for record in records}


def measure(path: Path, evidence: Collection[str], group: Grouping) -> Measured:
    """Return what `group` takes and gives for the quotes of a file. Memory is that of the whole process."""
    start = time.process_time()
    quotes = read_printed(path, evidence)
    read = time.process_time()
    found = group(quotes)
    grouped = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    scores = score_pairs(found, read_clusters(path))
    return Measured(len(quotes), len(set(found.values())), read - start, grouped - read, peak, scores)


def score_pairs(found: Mapping[str, str], true: Mapping[str, str]) -> Scores:
    """Return how the groups `found` agree with the `true` ones, over all pairs of quotes, by counting."""
    both = _count_pairs((found[quote], true[quote]) for quote in true)
    said, right = _count_pairs(found.values()), _count_pairs(true.values())
    return Scores(
        precision=both / said if said else 1.0,
        recall=both / right if right else 1.0,
        f1=2 * both / (said + right) if said + right else 1.0,
    )


def _count_pairs(groups: Iterable[object]) -> int:
    return sum(math.comb(members, 2) for members in Counter(groups).values())


def run_apart(function: Callable[..., Returned], *arguments: object) -> Returned:
    """Return what `function` returns in a fresh process that computes in one thread."""
    process = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
    with patch.dict(os.environ, _ONE_THREAD), process:
        return process.submit(function, *arguments).result()


def fit_growth(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Return the exponent of growth: the slope of the least squares line, both on a logarithmic scale."""
    logarithms = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    return statistics.linear_regression(*logarithms).slope


def name_processor() -> str:
    """Return the name of this machine's processor and its widest instructions, as far as it is told."""
    lines = _CPU_INFO.read_text(encoding="utf-8").splitlines() if _CPU_INFO.exists() else []
    told = {name.strip(): rest.strip() for name, _, rest in (line.partition(":") for line in lines)}
    widest = next((name for flag, name in _WIDEST if flag in told.get("flags", "").split()), "")
    return " with ".join(filter(None, (told.get("model name", "unknown processor"), widest)))


def align(rows: Sequence[Sequence[str]]) -> str:
    """Return `rows` as lines, the first column to the left and all others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *others in rows:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join((first.ljust(widths[0]), *cells)).rstrip())
    return "\n".join(lines)


def tell_scores(scores: Scores) -> tuple[str, str, str]:
    """Return the scores as they are printed."""
    return f"{scores.precision:.3f}", f"{scores.recall:.3f}", f"{scores.f1:.4f}"
