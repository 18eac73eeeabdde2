"""Try settings of the peer, and print the best of each way to find candidates.

What peer.SETTINGS holds is the best F1 for each kind of evidence at 100,000 quotes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from peer import collect_texts, find_candidates, join, name_groups, score
from scale import (
    EVIDENCE,
    align,
    make_quotes,
    read_clusters,
    read_printed,
    run_apart,
    score_pairs,
    tell_scores,
)

if TYPE_CHECKING:
    from collections.abc import Collection


SIZE = 100_000
BLOCKINGS = ((2, 0.7), (2, 0.5), (2, 0.3), (2, 0.2), (2, 0.1), (3, 0.5), (3, 0.3))
# Tried where days cut down what has to be scored; without them it is more than memory holds.
DENSE = ((2, 0.05),)
SCORERS = ("ratio", "partial_ratio")
CUTOFFS = (60, 70, 80, 85, 90, 95)
JOININGS = ("components", "forest")
HEAD = (
    "shingle", "threshold", "candidates", "finding s", "scorer", "scoring s",
    "cutoff", "joining", "precision", "recall", "F1",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="The number of quotes.")
    parser.add_argument("--data", type=Path, help="A folder to keep the quotes in for another run.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = make_quotes(options.size, options.data or Path(folder))
        for name, evidence in EVIDENCE.items():
            blockings = BLOCKINGS + (DENSE if evidence else ())
            rows = [
                row for blocking in blockings for row in run_apart(try_blocking, path, evidence, *blocking)
            ]
            sys.stdout.write(f"{options.size:,} quotes, the peer sees {name}\n{align([HEAD, *rows])}\n\n")
            sys.stdout.flush()


def try_blocking(
    path: Path, evidence: Collection[str], shingle: int, threshold: float
) -> list[tuple[str, ...]]:
    """Return a row for each scorer: its best cutoff and joining, and what they give."""
    quotes, clusters = read_printed(path, evidence), read_clusters(path)
    texts = collect_texts(quotes)
    start = time.process_time()
    candidates = find_candidates(texts, shingle, threshold)
    found = (str(shingle), str(threshold), f"{len(candidates.late):,}", f"{time.process_time() - start:.1f}")
    rows: list[tuple[str, ...]] = []
    for scorer in SCORERS:
        start = time.process_time()
        scores = score(texts, candidates, scorer, min(CUTOFFS))
        spent = f"{time.process_time() - start:.1f}"
        tried = {
            (cutoff, joining): score_pairs(
                name_groups(quotes, texts, join(texts, candidates, scores, cutoff, joining)), clusters
            )
            for cutoff, joining in product(CUTOFFS, JOININGS)
        }
        cutoff, joining = max(tried, key=lambda choice: tried[choice].f1)
        rows.append((*found, scorer, spent, str(cutoff), joining, *tell_scores(tried[cutoff, joining])))
    return rows


if __name__ == "__main__":
    main()
