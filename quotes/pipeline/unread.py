"""What the models do not read, and why: its quotes are found, and nobody is made their speaker by guess."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from quotes.languages import LANGUAGES, name_missing
from quotes.languages.detect import find_language, has_own_words
from quotes.models import READ_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.records import Article, Paragraph, Quote

MOST_READ: Final = 500_000
"""The most characters of an article that the models read: about a quarter of a minute on one core."""


def name_obstacle(article: Article) -> str | None:
    """Return why the models cannot read `article`; None where they can."""
    if len(article.text) > MOST_READ:
        return (
            f"the article has more than {MOST_READ:,} characters, too many for the models: "
            "quotes only; split it into one file an article"
        )
    return name_missing(article.language, READ_LANGUAGES)


def find_foreign(
    article: Article, paragraphs: Sequence[Paragraph], quotes: Sequence[Quote]
) -> dict[str, str]:
    """Return the reason for each quote, by its id, in a passage clearly in another language than the article.

    A passage is a paragraph, or one too short to tell with those beside it. Where the words around the quotes
    are the article's own (“Wir bleiben”, she said) it is no foreign passage.
    """
    starts = [paragraph.start for paragraph in paragraphs]
    inside: dict[int, list[Quote]] = {}
    for quote in quotes:
        inside.setdefault(max(0, bisect_right(starts, quote.spans[0][0]) - 1), []).append(quote)
    found: dict[str, str] = {}
    for index, group in inside.items():
        if index < len(paragraphs) and not has_own_words(
            _around(article, paragraphs[index], group), article.language
        ):
            reason = name_missing(_find_spoken(article, paragraphs, index), READ_LANGUAGES)
            found |= {quote.id: reason for quote in group if reason}
    return found


def _around(article: Article, paragraph: Paragraph, quotes: Sequence[Quote]) -> str:
    """Return the words of a paragraph that stand outside its quotes."""
    parts, at = [], paragraph.start
    for start, end in sorted(span for quote in quotes for span in quote.spans):
        parts.append(article.text[at : max(at, min(start, paragraph.end))])
        at = max(at, end)
    return " ".join([*parts, article.text[at : paragraph.end]])


def _find_spoken(article: Article, paragraphs: Sequence[Paragraph], index: int) -> str:
    """Return the language of a passage; the article's own where it is none with data here."""
    beside = paragraphs[max(0, index - 1) : index + 2]
    alone = find_language(article.text[paragraphs[index].start : paragraphs[index].end])
    together = find_language(article.text[beside[0].start : beside[-1].end])
    spoken = together if alone == article.language else alone
    return spoken if spoken in LANGUAGES else article.language
