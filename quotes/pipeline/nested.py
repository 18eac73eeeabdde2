"""Quotes that are told apart before attribution: those within another quote, and those in captions.

The speaker of a quote within a quote is the one whom the outer quote's own words name (“Ann Roe told me,
‘Go home.’”); “I” is the speaker of the outer one. Another pronoun there is nobody: whom the speaker means,
the article does not tell.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.languages import LANGUAGES
from quotes.records import Attribution, Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotes.records import Article, Quote, Span

    Attribute = Callable[[tuple[Paragraph, ...], tuple[Quote, ...]], tuple[Attribution, ...]]

CAPTION = "caption"
FIRST_PERSON = "first person"  # the rule


def attribute_levels(
    article: Article, paragraphs: tuple[Paragraph, ...], quotes: Sequence[Quote], attribute: Attribute
) -> tuple[Attribution, ...]:
    """Return who each of `quotes` is attributed to, in their order.

    `attribute` is asked for the outer quotes in `paragraphs`, then for those within them in the outer ones.
    """
    outer = tuple(quote for quote in quotes if quote.inside is None and quote.kind != CAPTION)
    inner = tuple(quote for quote in quotes if quote.inside is not None)
    found = {one.quote_id: one for one in attribute(paragraphs, outer)}
    holders = {quote.id: quote for quote in outer}
    held = {quote.id: holders[quote.inside] for quote in inner if quote.inside in holders}
    words = tuple(Paragraph(*span) for holder in dict.fromkeys(held.values()) for span in holder.spans)
    for one in attribute(words, inner) if inner else ():
        holder = held[one.quote_id]
        found[one.quote_id] = _decide(article, holder, found.get(holder.id), one)
    return tuple(found.get(quote.id) or _name_caption(quote) for quote in quotes)


def _decide(article: Article, holder: Quote, outer: Attribution | None, inner: Attribution) -> Attribution:
    """Return the attribution of a quote within `holder` where the words of that one report who said it."""
    language = LANGUAGES.get(article.language)
    if inner.speaker and language and _covers(holder, inner.speaker) and _covers(holder, inner.cue):
        printed = article.text[slice(*inner.speaker)].casefold()
        if printed == "i" and outer and outer.speaker:
            sure = min(inner.confidence or 0.0, outer.confidence or 0.0)
            others = tuple(one for one in inner.considered if one.speaker != outer.speaker)
            return replace(
                inner, speaker=outer.speaker, rule=FIRST_PERSON, confidence=sure, considered=others
            )
        if printed not in language.pronouns:
            return inner
    return _leave_open(article, inner, outer)


def _covers(holder: Quote, words: Span | None) -> bool:
    return words is not None and any(start <= words[0] and words[1] <= end for start, end in holder.spans)


def _leave_open(article: Article, inner: Attribution, outer: Attribution | None) -> Attribution:
    who = " ".join(article.text[slice(*outer.speaker)].split()) if outer and outer.speaker else ""
    reason = f"words that {who} quotes" if who else "words quoted within a quote"
    return Attribution(inner.quote_id, reason=f"{reason}; nobody is named for them", kind=inner.kind)


def _name_caption(quote: Quote) -> Attribution:
    return Attribution(quote.id, reason="in the caption of a picture, not in the article", kind=CAPTION)
