"""Extracting: articles in, one line of plain data for each out; nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes import sources
from quotes.pipeline.analyse import analyse_all, scan
from quotes.pipeline.stages import load_stages
from quotes.records import NOT_SPEECH, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from quotes.pipeline.analyse import Scanned
    from quotes.pipeline.stages import Stages
    from quotes.records import Attribution, Quote, Span
    from quotes.store import Analysed


def extract(
    paths: Sequence[Path],
    *,
    models: str = "embedded",
    stages: Stages | None = None,
    skipped: Callable[[Unreadable], None] = lambda _: None,
    warned: Callable[[str], None] = lambda _: None,
) -> Iterator[dict[str, Any]]:
    """Yield {"doc", "source", "quotes", "not_speech"} for each article of `paths`, in order.

    `skipped` is told what gave none. Offsets are code points into a text file as decoded; of
    other kinds, into the text that was read from it.
    """
    stages = stages or load_stages(models)

    def scan_all() -> Iterator[Scanned]:
        for found in sources.read(paths, None, warned):
            scanned = found if isinstance(found, Unreadable) else scan(found, stages)
            if isinstance(scanned, Unreadable):
                skipped(scanned)
            else:
                yield scanned

    for result, _ in analyse_all(scan_all(), stages):
        if isinstance(result, Unreadable):
            skipped(result)
        else:
            yield describe_article(result)


def describe_article(found: Analysed) -> dict[str, Any]:
    """Return an article's quotes as plain data.

    A quote lists those within it ("nested"). Quoted words that nobody said stand apart ("not_speech").
    """
    attributions = {attribution.quote_id: attribution for attribution in found.attributions}
    described = {q.id: _describe_quote(found, q, attributions.get(q.id)) for q in found.quotes}
    for quote in found.quotes:
        if quote.inside in described:
            described[quote.inside]["nested"].append(described[quote.id])
    outer = [quote for quote in found.quotes if quote.inside is None]
    return {
        "doc": sources.document_name(found.article),
        "source": found.article.source,
        "quotes": [described[quote.id] for quote in outer if quote.kind not in NOT_SPEECH],
        "not_speech": [described[quote.id] for quote in outer if quote.kind in NOT_SPEECH],
    }


def _describe_quote(found: Analysed, quote: Quote, attribution: Attribution | None) -> dict[str, Any]:
    text = found.article.text
    names = {speaker.id: speaker.name for speaker in found.speakers}
    described: dict[str, Any] = {
        "spans": [list(span) for span in quote.spans],
        "text": quote.text,
        "kind": quote.kind,
        "cue": None,
        "speaker": None,
        "reason": found.reasons.get(quote.id),
        "nested": [],
    }
    if attribution is None or attribution.speaker is None:
        return described
    described["cue"] = _describe_span(text, attribution.cue) if attribution.cue else None
    described["speaker"] = _describe_span(text, attribution.speaker) | {
        "name": names.get(found.speaker_of.get(quote.id, "")),
        "rule": attribution.rule,
        "confidence": attribution.confidence,
        "also": [names[speaker] for speaker in found.also_of.get(quote.id, ())],
    }
    return described


def _describe_span(text: str, span: Span) -> dict[str, Any]:
    return {"start": span[0], "end": span[1], "text": text[slice(*span)]}
