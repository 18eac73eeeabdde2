"""Quotes that are told apart before attribution: those within another quote, and those in captions.

The speaker of a quote within a quote is the one whom the outer quote's own words name (“Ann Roe told me,
‘Go home.’”). A pronoun there is nobody: whom the speaker means, the article does not tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.languages import LANGUAGES
from quotes.records import Attribution, Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotes.records import Article, Quote

    Attribute = Callable[[tuple[Paragraph, ...], tuple[Quote, ...]], tuple[Attribution, ...]]

CAPTION = "caption"


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
        named = _is_named_in(article, holder, one)
        found[one.quote_id] = one if named else _leave_open(article, one, found.get(holder.id))
    return tuple(found.get(quote.id) or _name_caption(quote) for quote in quotes)


def _is_named_in(article: Article, holder: Quote, found: Attribution) -> bool:
    """Whether the words of `holder` themselves name who said the quote within it."""
    language = LANGUAGES.get(article.language)
    if found.speaker is None or found.cue is None or language is None:
        return False
    if article.text[slice(*found.speaker)].casefold() in language.pronouns:
        return False
    return all(
        any(start <= place[0] and place[1] <= end for start, end in holder.spans)
        for place in (found.speaker, found.cue)
    )


def _leave_open(article: Article, inner: Attribution, outer: Attribution | None) -> Attribution:
    who = " ".join(article.text[slice(*outer.speaker)].split()) if outer and outer.speaker else ""
    reason = f"words that {who} quotes" if who else "words quoted within a quote"
    return Attribution(inner.quote_id, reason=f"{reason}; nobody is named for them", kind=inner.kind)


def _name_caption(quote: Quote) -> Attribution:
    return Attribution(quote.id, reason="in the caption of a picture, not in the article", kind=CAPTION)
