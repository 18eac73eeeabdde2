"""Indexing: what is new or changed is analysed and written, then everything across articles is derived."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quotes import __version__, sources, store
from quotes.errors import ModelError, SourceError
from quotes.pipeline.analyse import Scanned, analyse_all, scan
from quotes.pipeline.deriving import Word, derive, read_word
from quotes.pipeline.stages import load_stages
from quotes.records import Unreadable
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from quotes.pipeline.stages import Stages
    from quotes.records import Article

COUNTED = ("read", "added", "changed", "unchanged", "skipped", "annotated")


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told what happens during a job; each part may be left out."""

    skipped: Callable[[Unreadable], None] = lambda _: None
    warned: Callable[[str], None] = lambda _: None
    advanced: Callable[[Summary], None] = lambda _: None


@dataclass(slots=True)
class Summary:
    """What a job did, counted in articles by the names in COUNTED, and in quotes.

    `merged_by` is the name of the speakers file where it said something new; "" where it has gone.
    """

    articles: Counter[str] = field(default_factory=Counter)
    quotes: int = 0
    merged_by: str | None = None

    @property
    def is_nothing_new(self) -> bool:
        """Whether no article was written."""
        return not (self.articles["added"] or self.articles["changed"])


@dataclass(frozen=True, slots=True)
class _Cache:
    texts: store.Connection
    version: str

    def read(self, text: str) -> bytes | None:
        return store.read_annotation(self.texts, text, self.version)

    def write(self, text: str, data: bytes) -> None:
        store.write_annotation(self.texts, text, self.version, data)


@dataclass(slots=True)
class _Job:
    connection: store.Connection
    texts: store.Connection
    stages: Stages
    listener: Listener
    run: int
    word: Word
    summary: Summary = field(default_factory=Summary)
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)  # source and words by article id

    def count(self, name: str) -> None:
        self.summary.articles[name] += 1
        self.listener.advanced(self.summary)

    def skip(self, unreadable: Unreadable) -> None:
        store.write_skipped(self.connection, self.run, [unreadable])
        self.listener.skipped(unreadable)
        self.count("skipped")


def index(
    paths: Sequence[Path],
    manifest: Path | None,
    database: Path,
    *,
    models: str = "embedded",
    limit: int | None = None,
    speakers: Path | None = None,
    stages: Stages | None = None,
    listener: Listener | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Summary:
    """Bring `database` up to date with the articles of `paths` or `manifest`, and return what was done.

    At most `limit` articles are read. `speakers` is a file in which a person says who is one speaker and who
    is not; where it is None, one beside the database is taken. Each article is written whole or not at all,
    so a job that was cut off is finished by running it again. Raises QuotesError where the job as a whole
    cannot go on; what was written until then is whole. No database is made where nothing that is to be read
    exists.
    """
    stages = stages or load_stages(models)
    listener = listener or Listener()
    word = read_word(speakers, database)
    if not database.exists() and not _find_any([manifest] if manifest else paths):
        return _skip_missing(paths, manifest, listener)
    with (
        closing(store.open_quotes(database)) as connection,
        closing(store.open_texts(database)) as texts,
    ):
        run = store.start_run(connection, _stamp(now), __version__, stages.annotator.version)
        job = _Job(connection, texts, stages, listener, run, word)
        try:
            _write_articles(job, _choose(job, _read(job, paths, manifest, limit)))
        except (SourceError, ModelError):
            _finish(job, now)
            raise
        _finish(job, now)
    return job.summary


def _find_any(paths: Sequence[Path]) -> bool:
    return any(path.exists() for path in paths)


def _skip_missing(paths: Sequence[Path], manifest: Path | None, listener: Listener) -> Summary:
    """Say of each input that it is not there. A name with a typing error makes no database."""
    summary = Summary()
    for found in sources.read(paths, manifest, listener.warned):
        if isinstance(found, Unreadable):
            listener.skipped(found)
            summary.articles["skipped"] += 1
            listener.advanced(summary)
    return summary


def _finish(job: _Job, now: Callable[[], datetime]) -> None:
    is_news = store.read_mark(job.connection) != job.word.mark
    notes = derive(job.connection, job.stages, job.word)
    if is_news:
        job.summary.merged_by = job.word.path.name if job.word.path else ""
    for note in notes:
        job.listener.warned(note)
    counts = {name: job.summary.articles[name] for name in COUNTED}
    store.finish_run(job.connection, job.run, _stamp(now), counts)


def _read(job: _Job, paths: Sequence[Path], manifest: Path | None, limit: int | None) -> Iterator[Article]:
    """Yield the articles to look at, each once; what gives none is kept as skipped."""
    for found in sources.read(paths, manifest, job.listener.warned, job.word.path):
        if isinstance(found, Unreadable):
            job.skip(found)
            continue
        job.count("read")
        words = content_id(found.text)
        source, first_words = job.seen.get(found.id, ("", words))
        if found.id not in job.seen:
            job.seen[found.id] = (found.source, words)
            yield found
        elif words == first_words:
            job.count("unchanged")
        else:
            reason = f"the same address as {source}, which was read instead"
            job.skip(Unreadable(found.source, reason, found.outlet))
        if limit is not None and job.summary.articles["read"] >= limit:
            return


def _choose(job: _Job, articles: Iterator[Article]) -> Iterator[Scanned]:
    """Yield the articles that are new or changed, with their quotes."""
    for article in articles:
        scanned = scan(article, job.stages)
        if isinstance(scanned, Unreadable):
            job.skip(scanned)
        elif store.compare_article(job.connection, scanned.article, job.stages.version) == "unchanged":
            job.count("unchanged")
        else:
            yield scanned


def _write_articles(job: _Job, scanned: Iterator[Scanned]) -> None:
    cache = _Cache(job.texts, job.stages.annotation_version)
    for result, was_annotated in analyse_all(scanned, job.stages, cache):
        if was_annotated:
            job.count("annotated")
        if isinstance(result, Unreadable):
            job.skip(result)
            continue
        article = result.article
        state = store.compare_article(job.connection, article, job.stages.version)
        replaces = store.find_replaced(job.connection, article, job.seen) if state == "new" else None
        store.write_text(job.texts, article.text)
        store.write_article(job.connection, result, job.run, replaces)
        job.summary.quotes += len(result.quotes)
        job.count("added" if state == "new" and not replaces else "changed")


def _stamp(now: Callable[[], datetime]) -> str:
    return now().isoformat(timespec="seconds")
