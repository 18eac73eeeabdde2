"""Attribute each quote of an article to the words that name its speaker, with the rule and cue that decided.

Quotes are read in order, because a quote may go on from the one before. Where no rule answers the speaker
stays unknown, with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.attribute.clauses import is_denied
from quotes.attribute.nonspeech import name_reason
from quotes.attribute.place import Place, place_quote
from quotes.attribute.reading import Reading
from quotes.attribute.rules import FRAGMENT_RULES, SENTENCE_RULES, Earlier, Found, Rule
from quotes.languages import LANGUAGES
from quotes.records import Annotated, Article, Attribution, Paragraph, Quote

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = "1"
PRONOUN_FACTOR = 0.7  # of the pronouns on the measuring articles, so many lead to the right name
__all__ = ["FRAGMENT_RULES", "SENTENCE_RULES", "VERSION", "attribute"]


def attribute(
    article: Article,
    paragraphs: Sequence[Paragraph],
    quotes: Sequence[Quote],
    annotated: Annotated,
    sentence_rules: Sequence[Rule] = SENTENCE_RULES,
    fragment_rules: Sequence[Rule] = FRAGMENT_RULES,
) -> tuple[Attribution, ...]:
    """Return one Attribution for each of `quotes`, in their order."""
    language = LANGUAGES.get(article.language)
    if language is None:
        reason = f"no attribution rules for language {article.language!r}"
        return tuple(Attribution(quote.id, reason=reason) for quote in quotes)
    reading = Reading(article, paragraphs, quotes, annotated, language)
    earlier: list[Earlier] = []
    attributions = []
    for quote in quotes:
        place = place_quote(reading, quote)
        if place is None:
            attributions.append(Attribution(quote.id, reason="outside the article's own paragraphs"))
            continue
        nonspeech = name_reason(reading, place)
        rules = fragment_rules if quote.kind == "fragment" else sentence_rules
        found = None if nonspeech else _first_answer(reading, place, earlier, rules)
        if found and _is_denied(reading, found):
            found, nonspeech = None, "the article does not say that it was said"
        earlier.append(Earlier(place, found))
        attributions.append(_attribution(reading, quote, found, nonspeech))
    return tuple(attributions)


def _is_denied(reading: Reading, found: Found) -> bool:
    """Whether the clause that holds the quote denies it; one in another sentence says nothing about it."""
    holds = found.rule in {"clause before", "clause after", "governing verb"}
    return holds and found.cue is not None and any(is_denied(reading, i) for i in reading.between(*found.cue))


def _first_answer(
    reading: Reading, place: Place, earlier: Sequence[Earlier], rules: Sequence[Rule]
) -> Found | None:
    for rule in rules:
        found = rule(reading, place, earlier)
        if found:
            return found
    return None


def _attribution(reading: Reading, quote: Quote, found: Found | None, reason: str | None) -> Attribution:
    if found is None:
        return Attribution(quote.id, reason=reason or "nobody is named as the speaker near the quote")
    printed = reading.text[slice(*found.speaker)].casefold()
    doubt = PRONOUN_FACTOR if reading.language.pronouns.get(printed) in {"male", "female"} else 1.0
    return Attribution(quote.id, found.speaker, found.cue, found.rule, round(found.confidence * doubt, 2))
