"""Whose words a transcript's are: those of the label before them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from quotes.records import Article, Attribution, Paragraph, Quote
from quotes.text.turns import find_turns

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS = "\"'“‘„«‹»›”’"
_CONFIDENCE = 0.99
_NO_LABEL = "the transcript does not name the speaker"


def is_unmarked(article: Article, quotes: Sequence[Quote]) -> bool:
    """Whether these are a transcript's words without quotation marks around them."""
    starts = [quote.spans[0][0] for quote in quotes[:1]]
    is_marked = any(start and article.text[start - 1] in _MARKS for start in starts)
    return article.kind == "transcript" and not is_marked


def attribute_turns(
    article: Article, paragraphs: Sequence[Paragraph], quotes: Sequence[Quote]
) -> tuple[Attribution, ...]:
    """Return for each of `quotes`, words of a transcript without marks, the speaker that its turn is labelled
    with."""
    turns = find_turns(article.text, paragraphs)
    starts = [turn.label[0] for turn in turns]
    attributions = []
    for quote in quotes:
        number = bisect_right(starts, quote.spans[0][0]) - 1
        if number < 0:
            attributions.append(Attribution(quote.id, reason=_NO_LABEL))
            continue
        turn = turns[number]
        attributions.append(Attribution(quote.id, turn.label, turn.colon, "label", _CONFIDENCE))
    return tuple(attributions)
