"""The demonstration: the invented articles that come with the package, indexed, and what was found."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from quotes import store
from quotes.errors import SourceError
from quotes.pipeline.indexing import index
from quotes.pipeline.wanted import Wanted

if TYPE_CHECKING:
    from quotes.pipeline.stages import Stages
    from quotes.pipeline.wanted import Listener, Summary
    from quotes.store import Report

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "articles.csv"


def index_samples(
    database: Path, *, stages: Stages | None = None, listener: Listener | None = None
) -> Summary:
    """Index the samples into `database`, as any other articles would be."""
    if not SAMPLES.is_file():
        raise SourceError(f"{SAMPLES.name}: the samples are missing from this installation; reinstall quotes")
    return index(Wanted(manifest=SAMPLES), database, stages=stages, listener=listener)


def report(database: Path, limit: int = 4) -> Report:
    """Return what an existing `database` holds, the widest drift first."""
    with closing(store.open_quotes(database, create=False)) as connection:
        return store.read_report(connection, limit)
