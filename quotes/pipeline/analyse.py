"""One article at a time through the stages, annotated in batches; a bad one is told apart from the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from quotes.engine import Failure, describe, run_here, split_batches
from quotes.errors import QuotesError
from quotes.languages.detect import find_language
from quotes.pipeline.nested import attribute_levels
from quotes.pipeline.unread import find_foreign, name_obstacle
from quotes.records import Annotated, Attribution, Unreadable
from quotes.store.rows import Analysed, hash_input
from quotes.text.credits import find_credited, find_credits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quotes.engine import Engine
    from quotes.pipeline.stages import Stages
    from quotes.records import Article, Paragraph, Quote

MOST_ARTICLES, MOST_CHARACTERS = 16, 100_000
"""What is annotated together: enough to keep the models busy, little enough to lose when a job is killed."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """An article with its paragraphs and its quotes, found on the text alone; `given` is as it was read."""

    article: Article
    paragraphs: tuple[Paragraph, ...]
    quotes: tuple[Quote, ...]
    given: Article


class Cache(Protocol):
    """Keeps annotations from job to job."""

    def read(self, text: str) -> bytes | None:
        """Return what was kept for `text`, or None."""

    def write(self, text: str, data: bytes) -> None:
        """Keep `data` for `text`."""


def scan(article: Article, stages: Stages) -> Scanned | Unreadable:
    """Return the article with its quotes, its language told, and its headline as title where it had none."""
    given = article
    try:
        if not article.language:
            article = replace(article, language=find_language(article.text))
        paragraphs = stages.paragraphs(article.text)
        quotes = stages.find_quotes(article, paragraphs)
    except Exception as error:
        return Unreadable(article.source, f"no quotes could be looked for: {describe(error)}", article.outlet)
    headline = next((p for p in paragraphs if p.role == "headline"), None)
    if headline and article.title is None:
        article = replace(article, title=" ".join(article.text[headline.start : headline.end].split())[:500])
    return Scanned(article, paragraphs, quotes, given)


def analyse_all(
    scanned: Iterable[Scanned], stages: Stages, cache: Cache | None = None, engine: Engine = run_here
) -> Iterator[tuple[Analysed | Unreadable, bool]]:
    """Yield each article analysed, or why it could not be, in order, and whether the models read it now.

    The models run where `engine` runs them, and nothing else does.
    """
    batches = (
        [(one, _recall(one, stages, cache)) for one in batch]
        for batch in split_batches(scanned, _size, MOST_ARTICLES, MOST_CHARACTERS)
    )
    jobs = ((batch, [_job(one) for one, known in batch if known is None]) for batch in batches)
    for batch, results in engine(stages.annotator.load, jobs, (QuotesError,)):
        unread = [one for one, known in batch if known is None]
        _keep(zip(unread, results, strict=True), stages, cache)
        fresh = iter(results)
        for one, known in batch:
            yield _analyse(one, next(fresh) if known is None else known, stages), known is None


def _size(one: Scanned) -> int:
    return len(one.article.text)


def _recall(one: Scanned, stages: Stages, cache: Cache | None) -> Annotated | None:
    """Return the annotations of an article that needs no reading by the models, or must not have one."""
    if not one.quotes or name_obstacle(one.article):
        return Annotated((), ())
    data = cache.read(one.article.text) if cache else None
    try:
        return stages.decode(data) if data else None
    except ValueError:
        return None  # damaged: it is annotated again


def _job(one: Scanned) -> tuple[str, tuple[Paragraph, ...]]:
    return one.article.text, one.paragraphs


def _keep(read: Iterable[tuple[Scanned, Annotated | Failure]], stages: Stages, cache: Cache | None) -> None:
    for one, result in read:
        if cache and not isinstance(result, Failure):
            cache.write(one.article.text, stages.encode(result))


def _analyse(one: Scanned, annotated: Annotated | Failure, stages: Stages) -> Analysed | Unreadable:
    article = one.article
    if isinstance(annotated, Failure):
        return Unreadable(article.source, f"the models failed: {annotated.reason}", article.outlet)
    try:
        attributions = _attribute(one, annotated, stages)
        quoted = tuple(span for quote in _list_outer(one) for span in quote.spans)
        named = stages.name_speakers(article, annotated, attributions, quoted)
        attributions = tuple(_doubt(found, named.sure) for found in attributions)
    except Exception as error:
        return Unreadable(article.source, f"no speakers could be found: {describe(error)}", article.outlet)
    kinds = {attribution.quote_id: attribution.kind for attribution in attributions}
    return Analysed(
        article,
        tuple(replace(quote, kind=kinds.get(quote.id) or quote.kind) for quote in one.quotes),
        attributions,
        named.speakers,
        dict(named.speaker_of),
        dict(named.reasons),
        stages.version_for(article),
        dict(named.also_of),
        dict(named.how),
        find_credits(article, one.paragraphs),
        find_credited(article, one.quotes),
        hash_input(one.given),
    )


def _doubt(found: Attribution, sure: Mapping[str, float]) -> Attribution:
    """Return `found` as sure as both inferences: which words name the speaker, and whom these mean."""
    if found.confidence is None:
        return found
    return replace(found, confidence=round(found.confidence * sure.get(found.quote_id, 1.0), 2))


def _list_outer(one: Scanned) -> list[Quote]:
    return [quote for quote in one.quotes if quote.inside is None]


def _attribute(one: Scanned, annotated: Annotated, stages: Stages) -> tuple[Attribution, ...]:
    """Return who each quote is attributed to; nobody, with the reason, where the models cannot read."""
    if obstacle := name_obstacle(one.article):
        return tuple(Attribution(quote.id, reason=obstacle) for quote in one.quotes)
    foreign = find_foreign(one.article, one.paragraphs, one.quotes)
    attributions = attribute_levels(
        one.article,
        one.paragraphs,
        one.quotes,
        lambda paragraphs, quotes: stages.attribute(one.article, paragraphs, quotes, annotated),
    )
    return tuple(
        Attribution(found.quote_id, reason=foreign[found.quote_id], kind=found.kind)
        if found.quote_id in foreign
        else found
        for found in attributions
    )
