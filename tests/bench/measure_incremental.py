"""What a scheduled job costs: a database with many quotes grouped, then batches of new ones.

    python tests/bench/measure_incremental.py [--size N] [--batch N] [--batches N] [--data DIR] [--out FILE]

Measured is grouping alone: from the quotes of a batch to the rows that say which statement each one is in.
At the end all rows are compared with those of a database that was given the same quotes at once.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.append(str(Path(__file__).resolve().parents[1] / "unit"))

from remembered import Remembered, dump, read_statements
from scale import SEED, make_quotes, name_processor, read_printed, run_apart

from quotes import store
from quotes.match import group, regroup

if TYPE_CHECKING:
    from quotes.records import Printed


def main() -> None:
    """Print what the batches cost, and whether their rows are those of grouping everything at once."""
    options = read_options()
    with tempfile.TemporaryDirectory() as made:
        path = make_quotes(options.size, options.data or Path(made))
        lines = run_apart(measure, path, options.batch, options.batches, Path(made))
    head = (
        f"{datetime.now(UTC).date()}, {name_processor()}, one core, CPU seconds, grouping kept in quotes.db"
    )
    text = "\n".join([head, "", *lines]) + "\n"
    sys.stdout.write(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")


def read_options() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--batch", type=int, default=1_000)
    parser.add_argument("--batches", type=int, default=10)
    parser.add_argument("--data", type=Path, help="where the quotes are made, or lie already")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def measure(path: Path, batch: int, batches: int, folder: Path) -> list[str]:
    """Return lines that say what the first grouping and each batch took, and what became of the rows."""
    quotes = read_printed(path)
    random.Random(SEED).shuffle(quotes)
    first = len(quotes) - batch * batches
    parts = [quotes[:first], *(quotes[start : start + batch] for start in range(first, len(quotes), batch))]
    return [*grow(parts, folder), *compare(quotes, folder)]


def grow(parts: list[list[Printed]], folder: Path) -> list[str]:
    """Group the parts one after the other into a database in `folder`, and say what each took."""
    with closing(store.open_quotes(folder / "grown.db")) as connection:
        kept = Remembered(connection)
        first, *others = (add(kept, connection, part) for part in parts)
    megabytes = (folder / "grown.db").stat().st_size / 1e6
    return [
        f"{len(parts[0]):,} quotes at once: {first:.1f} s, {megabytes:,.0f} MB",
        f"then {len(others)} batches of {len(parts[-1]):,}: median {statistics.median(others):.2f} s,"
        f" from {min(others):.2f} to {max(others):.2f}",
    ]


def compare(quotes: list[Printed], folder: Path) -> list[str]:
    """Say whether the database that grew holds what grouping `quotes` at once gives."""
    with (
        closing(store.open_quotes(folder / "grown.db")) as grown,
        closing(store.open_quotes(folder / "anew.db")) as anew,
    ):
        add(Remembered(anew), anew, quotes)
        are_same = read_statements(grown) == group(quotes)
        rows = all(one == other for one, other in zip(dump(grown), dump(anew), strict=True))
    return [
        f"the same statements and ids as all {len(quotes):,} in memory: {'yes' if are_same else 'NO'}",
        f"the same rows in every table as all at once: {'yes' if rows else 'NO'}",
    ]


def add(kept: Remembered, connection: store.Connection, quotes: list[Printed]) -> float:
    """Group more quotes and return the CPU seconds that took."""
    kept.quotes.update((quote.id, quote) for quote in quotes)
    start = time.process_time()
    with store.immediate(connection):
        regroup(kept, [quote.id for quote in quotes])
    return time.process_time() - start


if __name__ == "__main__":
    main()
