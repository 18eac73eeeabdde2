"""Indexing: what is new or changed is analysed and written, then everything across articles is derived."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quotes import __version__, store
from quotes.engine import check_engine
from quotes.errors import DamagedError, QuotesError
from quotes.pipeline.deriving import derive, read_word
from quotes.pipeline.filing import Filing
from quotes.pipeline.job import Job
from quotes.pipeline.stages import load_stages
from quotes.pipeline.visiting import Visiting
from quotes.pipeline.wanted import COUNTED, Listener, Summary
from quotes.pipeline.writing import choose, choose_stale, write_articles
from quotes.records import Unreadable
from quotes.sources import Linked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from quotes.pipeline.stages import Stages
    from quotes.pipeline.wanted import Fresh, Wanted

_CACHES = 2
"""Caches that a job tries: one that proves to be damaged, and a new one."""


def index(
    wanted: Wanted,
    database: Path,
    *,
    models: str = "embedded",
    speakers: Path | None = None,
    stages: Stages | None = None,
    listener: Listener | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Summary:
    """Bring `database` up to date with what is wanted, and return what was done.

    First, articles that other models or rules read are analysed again, as they were kept. `speakers` is a
    file in which a person says who is one speaker and who is not; where it is None, one beside the database
    is taken. Each article is written whole or not at all, so a job that was cut off is finished by running it
    again. Raises QuotesError where the job as a whole cannot go on (LockedError while another is at work);
    what was written until then is whole. No database is made where nothing that is to be read exists.
    """
    check_engine(wanted.engine)
    stages = stages or load_stages(models)
    listener = listener or Listener()
    word = read_word(speakers, database)
    if not database.exists() and not wanted.exists:
        return _skip_missing(wanted, listener)
    with (
        store.hold(database, wanted.wait),
        closing(store.open_quotes(database, warn=listener.warned)) as connection,
    ):
        begun = now().isoformat(timespec="seconds")
        run = store.start_run(connection, begun, __version__, stages.annotator.version)
        for _ in range(_CACHES):
            with closing(store.open_texts(database, warn=listener.warned)) as texts:
                job = Job(connection, texts, stages, listener, wanted, run, word, now)
                try:
                    return _run(job, database)
                except DamagedError as error:
                    if error.path != str(store.texts_path(database)):
                        raise
                    damage = error
            aside = store.set_aside(store.texts_path(database))
            listener.warned(f"{damage.fault}; kept as {aside.name}, and a new one is begun")
        raise damage


def _run(job: Job, database: Path) -> Summary:
    """Do what a job does, and return what was done."""
    try:
        write_articles(job, choose_stale(job), "redone")
        write_articles(job, choose(job, _read(job, database)), "changed")
    except QuotesError as error:
        if not isinstance(error, DamagedError):
            _finish(job, str(error))
        raise
    except KeyboardInterrupt:
        _record(job, "stopped by hand")
        raise
    _finish(job)
    return job.summary


def _skip_missing(wanted: Wanted, listener: Listener) -> Summary:
    """Say of each input that it is not there. A name with a typing error makes no database."""
    summary = Summary()
    for found in wanted.find_places(listener.warned):
        if isinstance(found, Unreadable):
            listener.skipped(found, False)
            summary.articles["skipped"] += 1
            listener.advanced(summary)
    return summary


def _read(job: Job, database: Path) -> Iterator[Fresh]:
    """Yield what is new, or may be: first of files, then of addresses, those that files name among them."""
    filing = Filing(job, database)
    places = filing.find_new(job.wanted.find_places(job.listener.warned, job.word.path))
    job.summary.places = len(places)
    job.listener.advanced(job.summary)
    links = job.wanted.list_links()
    for found, origin in filing.read(places):
        if isinstance(found, Linked):
            links.append(found)
        else:
            yield found, origin
    if job.is_full:
        return
    if links:
        from quotes.fetch import Fetcher

        yield from Visiting(job, Fetcher(job.wanted.manners)).read(links)
    if not job.is_full:
        filing.mark_removed(job.wanted.folders)


def _finish(job: Job, stopped_by: str | None = None) -> None:
    is_news = store.read_mark(job.connection) != job.word.mark
    notes = derive(job.connection, job.stages, job.word)
    if is_news:
        job.summary.merged_by = job.word.path.name if job.word.path else ""
    for note in notes:
        job.listener.warned(note)
    _record(job, stopped_by)


def _record(job: Job, stopped_by: str | None) -> None:
    counts = {f"articles_{name}": job.summary.articles[name] for name in COUNTED}
    counts |= {"quotes_altered": job.summary.altered, "requests": job.summary.requests}
    store.finish_run(job.connection, job.run, job.stamp(), counts, stopped_by)
