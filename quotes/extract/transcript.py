"""The words of a transcript: a quote a paragraph, whether or not they stand in quotation marks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quotes.records import Article, Paragraph, Quote
from quotes.text.ids import content_id
from quotes.text.turns import find_turns, split_directions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.records import Span

_MARKED = 0.5  # share of the body in quotation marks from which on the marks tell what was said


def find_spoken(
    article: Article, paragraphs: Sequence[Paragraph], marked: Sequence[Quote]
) -> tuple[Quote, ...]:
    """Return the quotes of a transcript, a paragraph of speech each.

    `marked` are those in quotation marks: they are returned where they hold most of the words. Without
    speakers' labels every paragraph of the body is taken as speech. Nobody is quoted with a question that a
    nameless reporter asks.
    """
    body = [paragraph for paragraph in paragraphs if paragraph.role == "body"]
    in_marks = sum(end - start for quote in marked if quote.inside is None for start, end in quote.spans)
    if in_marks > _MARKED * sum(paragraph.end - paragraph.start for paragraph in body):
        return tuple(marked)
    turns = find_turns(article.text, paragraphs)
    passages = [spans for turn in turns if not turn.asks for spans in turn.passages]
    if not turns:
        passages = [tuple(split_directions(article.text, one.start, one.end)) for one in body]
    return _make_quotes(article, [spans for spans in passages if spans])


def _make_quotes(article: Article, passages: Sequence[tuple[Span, ...]]) -> tuple[Quote, ...]:
    seen: Counter[str] = Counter()
    quotes = []
    for spans in passages:
        text = " ".join(" ".join(article.text[slice(*span)].split()) for span in spans)
        seen[text] += 1
        quote_id = content_id("quote", article.id, text, str(seen[text]))
        quotes.append(Quote(quote_id, article.id, spans, text, "sentence"))
    return tuple(quotes)
