"""Batches at some size give the groups, the ids and every row that grouping all at once gives."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from invented_quotes import invent_quotes
from measure_incremental import compare, grow

if TYPE_CHECKING:
    from pathlib import Path

SIZE, BATCH = 20_000, 500


def test_batches_after_twenty_thousand_quotes_change_nothing_else(tmp_path: Path) -> None:
    quotes, _ = invent_quotes(SIZE)
    random.Random(1).shuffle(quotes)
    starts = range(SIZE - 4 * BATCH, SIZE, BATCH)
    parts = [quotes[: starts[0]], *(quotes[start : start + BATCH] for start in starts)]
    assert len(grow(parts, tmp_path)) == 2  # what it took: told, never asserted
    assert [line.rpartition(": ")[2] for line in compare(quotes, tmp_path)] == ["yes", "yes"]
