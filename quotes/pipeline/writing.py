"""From what was read to what is written: only new and changed articles go through the stages."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from quotes import sources, store
from quotes.pipeline.analyse import Scanned, analyse_all, scan
from quotes.pipeline.hiding import name_hiding
from quotes.pipeline.job import Met
from quotes.pipeline.wanted import Origin, forgotten
from quotes.records import Article, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.pipeline.job import Job
    from quotes.pipeline.wanted import Fresh
    from quotes.store import Analysed

Chosen = tuple[Scanned, Origin]
_SAVED_PAGES = (".htm", ".html", ".xhtml")


class _Cache:
    """The annotations that texts.db keeps."""

    def __init__(self, job: Job) -> None:
        self._texts, self._version = job.texts, job.stages.annotation_version

    def read(self, text: str) -> bytes | None:
        return store.read_annotation(self._texts, text, self._version)

    def write(self, text: str, data: bytes) -> None:
        store.write_annotation(self._texts, text, self._version, data)


def choose_stale(job: Job) -> Iterator[Chosen]:
    """Yield the articles that other models or rules analysed, as they were read then, with their quotes.

    One whose text is not kept any more stays as it is until it is read again.
    """
    for article_id, input_hash in store.list_stale(job.connection, job.stages.version):
        article = store.read_input(job.texts, article_id, input_hash)
        scanned = scan(article, job.stages) if article else None
        if isinstance(scanned, Unreadable):
            job.skip(scanned)
        elif scanned:
            origin = forgotten()
            origin.expect()
            yield scanned, origin


def choose(job: Job, fresh: Iterable[Fresh]) -> Iterator[Chosen]:
    """Yield the articles that are new or changed, with their quotes; what gives none is kept as skipped."""
    for found, origin in fresh:
        if isinstance(found, Unreadable):
            job.skip(found)
        elif isinstance(found, Article):
            origin.expect()
            scanned = _scan_new(job, found, origin)
            if scanned:
                job.summary.fresh += 1
                yield scanned, origin


def _scan_new(job: Job, article: Article, origin: Origin) -> Scanned | None:
    """Return a new or changed article with its quotes; None where it is neither, which is counted."""
    if job.wanted.is_too_old(article.published):
        origin.fail()
        return None
    job.count("read")
    if (double := job.find_double(article)) is not None:
        _take_double(job, article, origin, double)
        return None
    state = store.read_state(job.connection, article.id)
    wanted = store.hash_input(article), job.stages.version_for(article)
    met = Met(article.source, store.hash_text(article.text), wanted[0])
    if state and (state.input_hash, state.stages_version) == wanted:
        job.seen[article.id] = met
        _take_unchanged(job, article, origin)
        return None
    scanned = scan(article, job.stages)
    if state and isinstance(scanned, Scanned):
        refuse = _refuse_hidden if origin.is_fetched else _refuse_stranger
        scanned = refuse(job, scanned, state)
    if isinstance(scanned, Unreadable):
        origin.fail()
        job.skip(scanned)
        return None
    job.seen[article.id] = met
    if store.compare_article(job.connection, scanned.article, wanted[1]) == "unchanged":
        store.write_input_hash(job.connection, article.id, wanted[0])
        _take_unchanged(job, article, origin)
        return None
    return scanned


def _refuse_hidden(job: Job, scanned: Scanned, state: store.State) -> Scanned | Unreadable:
    """Return an article as its page shows it now, or why that is not taken for the article."""
    article = scanned.article
    before = store.read_input(job.texts, article.id, state.input_hash)
    if before is None or before.text == article.text:
        return scanned
    reason = name_hiding(before.text, article.text, len(scanned.quotes))
    return Unreadable(article.source, reason, article.outlet) if reason else scanned


def _refuse_stranger(job: Job, scanned: Scanned, state: store.State) -> Scanned | Unreadable:
    """Return an article of a file, or why it is no revision: a page may say that it is another outlet's."""
    article = scanned.article
    before = store.read_input(job.texts, article.id, state.input_hash)
    is_page = sources.ending_of(article.source) in _SAVED_PAGES
    if not is_page or before is None or before.text == article.text or before.outlet == article.outlet:
        return scanned
    reason = f"says that it is {article.url}, an article of {before.outlet} with other words; not believed"
    return Unreadable(article.source, reason, article.outlet)


def _take_double(job: Job, article: Article, origin: Origin, double: str) -> None:
    before = job.recall(article.id)
    if before and job.has_same_words(article):
        origin.take(article.id, before.input_hash)
        job.count("unchanged")
    else:
        origin.fail()
        reason = f"the same address as {double}, which was read instead"
        job.skip(Unreadable(article.source, reason, article.outlet))


def _take_unchanged(job: Job, article: Article, origin: Origin) -> None:
    input_hash = store.hash_input(article)
    if not store.has_input(job.texts, article.id, input_hash):
        store.write_input(job.texts, article)
    origin.take(article.id, input_hash)
    job.meet_again(article.id)


def write_articles(job: Job, chosen: Iterator[Chosen], changed: str) -> None:
    """Write articles as they come out of the stages; one that was there before is counted as `changed`."""
    waiting: deque[Chosen] = deque()

    def scan_all() -> Iterator[Scanned]:
        for scanned, origin in chosen:
            waiting.append((scanned, origin))
            yield scanned

    for result, was_annotated in analyse_all(scan_all(), job.stages, _Cache(job), job.engine):
        scanned, origin = waiting.popleft()
        if was_annotated:
            job.count("annotated")
        if isinstance(result, Unreadable):
            origin.fail()
            job.skip(result)
        else:
            _write(job, result, scanned.given, changed)
            origin.take(result.article.id, result.input_hash)


def _write(job: Job, found: Analysed, given: Article, changed: str) -> None:
    state = store.read_state(job.connection, given.id)
    replaces = None if state else store.find_replaced(job.connection, found.article, job.seen)
    store.write_input(job.texts, given)
    job.summary.altered += store.write_article(
        job.connection, found, job.run, replaces, is_redone=changed == "redone"
    )
    job.summary.quotes += len(found.quotes)
    job.count(changed if state or replaces else "added")
