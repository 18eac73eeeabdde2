"""Articles through the stages, in batches that run where the engine runs them; a bad one costs no other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from quotes.engine import Failure, describe, run_here, split_batches
from quotes.errors import QuotesError
from quotes.languages.detect import find_language
from quotes.pipeline.nested import attribute_levels
from quotes.pipeline.unread import find_foreign, name_obstacle
from quotes.records import Annotated, Attribution, Unread, Unreadable
from quotes.store.rows import Analysed, hash_input
from quotes.text.credits import find_credited, find_credits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from quotes.engine import Engine
    from quotes.pipeline.stages import Stages
    from quotes.records import Article, Paragraph, Quote, Span

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


@dataclass(frozen=True, slots=True)
class Task:
    """An article to analyse, and its annotations as they were kept: what travels to where functions run."""

    scanned: Scanned
    kept: bytes | None

    @property
    def is_unread(self) -> bool:
        """Whether the models have to read it."""
        return self.kept is None and _is_readable(self.scanned)


Done = tuple[Analysed | Unreadable, bytes | None]
"""An article analysed, or why it could not be; and its annotations to be kept, where the models read it."""


def analyse_all(
    scanned: Iterable[Scanned], stages: Stages, cache: Cache | None = None, engine: Engine = run_here
) -> Iterator[tuple[Analysed | Unreadable, bool]]:
    """Yield each article analysed, or why it could not be, in order, and whether the models read it now.

    All of it runs where `engine` runs it, models and rules; the cache is read and written here.
    """
    tasks = (Task(one, _recall(one, cache)) for one in scanned)
    batches = split_batches(tasks, _size, MOST_ARTICLES, MOST_CHARACTERS)
    first = next(batches, [])
    prepare = partial(_prepare, stages, any(task.is_unread for task in first), cache is not None)
    keyed = ((batch, batch) for batch in chain([first], batches))
    for batch, results in engine(prepare, keyed, (QuotesError,)):
        done = [_complete(task, result) for task, result in zip(batch, results, strict=True)]
        _keep(batch, done, cache)
        for task, (found, data) in zip(batch, done, strict=True):
            yield found, task.is_unread or data is not None


def _size(task: Task) -> int:
    return len(task.scanned.article.text)


def _is_readable(one: Scanned) -> bool:
    """Whether the models can say anything of an article."""
    return bool(one.quotes) and not name_obstacle(one.article)


def _recall(one: Scanned, cache: Cache | None) -> bytes | None:
    return cache.read(one.article.text) if cache and _is_readable(one) else None


def _prepare(stages: Stages, has_unread: bool, keeps: bool) -> Callable[[Sequence[Task]], list[Done]]:
    """Return what analyses articles; with the models in memory where the first of them are to be read."""
    if has_unread:
        stages.annotator.load()
    return partial(analyse, stages, keeps)


def analyse(stages: Stages, keeps: bool, tasks: Sequence[Task]) -> list[Done]:
    """Return each article analysed; the models read those without kept annotations together.

    What they say is encoded where it `keeps`, to be kept.
    """
    known = [_read_kept(task, stages) for task in tasks]
    unread = {number: task.scanned for number, task in enumerate(tasks) if known[number] is None}
    given = [Unread(one.article.text, one.paragraphs, _list_quoted(one)) for one in unread.values()]
    fresh = dict(zip(unread, stages.annotator.annotate(given) if given else (), strict=True))
    return [
        (
            _analyse(task.scanned, fresh[number] if annotated is None else annotated, stages),
            stages.encode(fresh[number]) if keeps and number in fresh else None,
        )
        for number, (task, annotated) in enumerate(zip(tasks, known, strict=True))
    ]


def _read_kept(task: Task, stages: Stages) -> Annotated | None:
    """Return what is known of an article; None where the models have to read it."""
    if not _is_readable(task.scanned):
        return Annotated((), ())
    try:
        return stages.decode(task.kept) if task.kept else None
    except ValueError:
        return None  # damaged: it is annotated again


def _complete(task: Task, result: Done | Failure) -> Done:
    if isinstance(result, Failure):
        article = task.scanned.article
        return Unreadable(article.source, f"the models failed: {result.reason}", article.outlet), None
    return result


def _keep(batch: Sequence[Task], done: Sequence[Done], cache: Cache | None) -> None:
    for task, (_, data) in zip(batch, done, strict=True):
        if cache and data is not None:
            cache.write(task.scanned.article.text, data)


def _analyse(one: Scanned, annotated: Annotated, stages: Stages) -> Analysed | Unreadable:
    article = one.article
    try:
        attributions = _attribute(one, annotated, stages)
        named = stages.name_speakers(article, annotated, attributions, _list_quoted(one))
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


def _list_quoted(one: Scanned) -> tuple[Span, ...]:
    return tuple(span for quote in one.quotes if quote.inside is None for span in quote.spans)


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
