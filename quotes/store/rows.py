"""From frozen records to rows of quotes.db, so that everything is computed before a transaction begins."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from quotes.store.marked import mark_evidence
from quotes.text.ids import content_id, slug

if TYPE_CHECKING:
    from quotes.records import Article, Attribution, LocalSpeaker, Quote, Span
    from quotes.store.marked import Piece

Row = dict[str, Any]

_CONTEXT = 200  # characters around a quote: enough to judge it by, far from the whole article
_DAY = len("2026-03-04")


@dataclass(frozen=True, slots=True)
class Analysed:
    """What the stages found in one article.

    `speaker_of` leads from a quote's id to a local speaker's; for every other quote `reasons` says why it has
    none. `also_of` leads to those who said it together with that speaker, `how` to how the words printed led
    to that speaker. `credits` are those whose material the article says it carries; `credited` leads from a
    quote's id to the outlet that it was told to. `input_hash` stands for the article as it was read, before a
    title or language was told from its words.
    """

    article: Article
    quotes: tuple[Quote, ...]
    attributions: tuple[Attribution, ...]
    speakers: tuple[LocalSpeaker, ...]
    speaker_of: dict[str, str]
    reasons: dict[str, str]
    stages_version: str
    also_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    credits: tuple[str, ...] = ()
    credited: dict[str, str] = field(default_factory=dict)
    input_hash: str = ""


def hash_text(text: str) -> str:
    """Return the sha256 of a text: what articles.content_hash holds, and the key of texts.db."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def hash_input(article: Article) -> str:
    """Return what stands for all that was read of an article, but for where it was read."""
    said = (article.title, article.url, article.byline, article.published)
    known = (article.outlet, article.language, article.kind, *(one or "" for one in said))
    return content_id("input", hash_text(article.text), *known)


def outlet_row(article: Article) -> Row:
    """Return the row of an article's outlet; its domain is known where the article has an address."""
    host = urlsplit(article.url).hostname if article.url else None
    domain = host.removeprefix("www.") if host else None
    return {"id": slug(article.outlet), "name": article.outlet, "domain": domain}


def article_row(article: Article, stages_version: str) -> Row:
    """Return the row of an article, without its quote count, revision and runs."""
    precision = "day" if article.published and len(article.published) == _DAY else "minute"
    return {
        "id": article.id,
        "outlet_id": slug(article.outlet),
        "title": article.title,
        "url": article.url,
        "byline": article.byline,
        "published": article.published,
        "published_precision": precision if article.published else None,
        "language": article.language,
        "kind": article.kind,
        "word_count": len(article.text.split()),
        "content_hash": hash_text(article.text),
        "source": article.source,
        "stages_version": stages_version,
    }


def found_row(found: Analysed) -> Row:
    """Return what the stages found of an article as a whole, as columns of its row."""
    return {
        "quote_count": len(found.quotes),
        "credits": _json(found.credits),
        "input_hash": found.input_hash,
    }


def speaker_rows(found: Analysed) -> list[Row]:
    """Return the rows of the speakers as this article names them."""
    return [
        {
            "id": speaker.id,
            "article_id": found.article.id,
            "name": speaker.name,
            "kind": speaker.kind,
            "role": speaker.role,
            "aliases": _json(speaker.aliases),
        }
        for speaker in found.speakers
    ]


def quote_rows(found: Analysed) -> list[Row]:
    """Return the rows of an article's quotes, with their evidence and a little context."""
    attributions = {attribution.quote_id: attribution for attribution in found.attributions}
    return [_quote_row(found, quote, attributions.get(quote.id)) for quote in found.quotes]


def _quote_row(found: Analysed, quote: Quote, attribution: Attribution | None) -> Row:
    article, text = found.article, found.article.text
    first, last = quote.spans[0][0], quote.spans[-1][1]
    return {
        "id": quote.id,
        "text": quote.text,
        "outlet_id": slug(article.outlet),
        "article_id": article.id,
        "article_speaker_id": found.speaker_of.get(quote.id),
        "published": article.published,
        "kind": quote.kind,
        "inside_quote_id": quote.inside,
        "context_before": cut_before(text, first),
        "context_after": cut_after(text, last),
        "context_between": _json(list_between(text, quote.spans)),
        "spans": _json(quote.spans),
        "no_speaker_reason": None
        if quote.id in found.speaker_of
        else found.reasons.get(quote.id, "not attributed"),
        **_evidence(text, attribution),
        "evidence": _json(_mark(text, quote, attribution)),
        "resolution": found.how.get(quote.id),
        "credited": found.credited.get(quote.id),
    }


def _evidence(text: str, attribution: Attribution | None) -> Row:
    if attribution is None or attribution.speaker is None:
        return dict.fromkeys(
            ("speaker_as_printed", "cue", "attribution_rule", "confidence", "speaker_span", "cue_span")
        )
    confidence = attribution.confidence
    return {
        "speaker_as_printed": _fold(text[slice(*attribution.speaker)]),
        "cue": _fold(text[slice(*attribution.cue)]) if attribution.cue else None,
        "attribution_rule": attribution.rule,
        "confidence": None if confidence is None else round(min(max(confidence, 0.0), 1.0), 4),
        "speaker_span": _json(attribution.speaker),
        "cue_span": _json(attribution.cue) if attribution.cue else None,
    }


def _mark(text: str, quote: Quote, attribution: Attribution | None) -> list[Piece]:
    if attribution is None or attribution.speaker is None:
        return mark_evidence(text, quote.spans)
    return mark_evidence(text, quote.spans, (attribution.speaker, *attribution.also), attribution.cue)


def considered_rows(found: Analysed) -> list[Row]:
    """Return the rows of the other speakers that were considered for each quote, the likeliest first."""
    text = found.article.text
    return [
        {
            "quote_id": attribution.quote_id,
            "position": position,
            "speaker_as_printed": _fold(text[slice(*candidate.speaker)]),
            "cue": _fold(text[slice(*candidate.cue)]) if candidate.cue else None,
            "attribution_rule": candidate.rule,
            "score": round(min(max(candidate.score, 0.0), 1.0), 4),
            "speaker_span": _json(candidate.speaker),
        }
        for attribution in found.attributions
        for position, candidate in enumerate(attribution.considered)
    ]


def joint_rows(found: Analysed) -> list[Row]:
    """Return the rows of those who said a quote together with its speaker."""
    aliases = {speaker.id: speaker.aliases for speaker in found.speakers}
    words = {
        attribution.quote_id: [_fold(found.article.text[slice(*span)]) for span in attribution.also]
        for attribution in found.attributions
    }
    rows = []
    for quote_id, speakers in found.also_of.items():
        for speaker in speakers:
            printed = (one for one in words.get(quote_id, ()) if one in aliases[speaker])
            ids = {"quote_id": quote_id, "article_speaker_id": speaker}
            rows.append({**ids, "speaker_as_printed": next(printed, aliases[speaker][0])})
    return rows


def cut_before(text: str, end: int) -> str:
    """Return about 200 characters of `text` before `end`, from the beginning of a word on.

    >>> cut_before("It rained. The mayor said: “Well.”", 28)
    'It rained. The mayor said: “'
    """
    start = max(0, end - _CONTEXT)
    words = text[start:end]
    if start and not text[start - 1].isspace():
        words = words.partition(" ")[2] if " " in words else ""
    return _fold(words)


def cut_after(text: str, start: int) -> str:
    """Return about 200 characters of `text` from `start`, to the end of a word.

    >>> cut_after("“Well,” the mayor said.", 6)
    '” the mayor said.'
    """
    end = min(len(text), start + _CONTEXT)
    words = text[start:end]
    if end < len(text) and not text[end].isspace():
        words = words.rpartition(" ")[0]
    return _fold(words)


def list_between(text: str, spans: tuple[Span, ...]) -> list[str]:
    """Return the words between the spans of a split quote, each about 200 characters at most."""
    between = []
    for (_, end), (start, _) in pairwise(spans):
        words = _fold(text[end:start]) if start - end <= _CONTEXT else f"{cut_after(text, end)} …"
        between.append(words)
    return between


def _fold(words: str) -> str:
    return " ".join(words.split())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
