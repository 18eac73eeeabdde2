"""Name the way in which a gold quote is reported, from where its source and its cue stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from judging import GoldArticle, GoldQuote, Span

STRUCTURES = (
    "inverted", "clause after", "clause before", "colon", "according to", "signature", "continued",
    "fragment", "floating", "other", "no source",
)  # fmt: skip
MENTIONS = ("full name", "one-word name", "name with more", "description", "pronoun", "no source")
_MARKS = "\"'`“”‘’«»"
_DASHES = "–—-―~"
_PRONOUNS = frozenset({
    "i", "you", "he", "she", "it", "we", "they", "who", "one", "this", "that", "these", "those",
})  # fmt: skip
FRAGMENT_WORDS = 3


def name_structure(article: GoldArticle, quote: GoldQuote) -> str:
    """Return which of STRUCTURES the quote has; the first that fits, from the rarest to the commonest."""
    if not quote.sources:
        return "no source"
    source, text = quote.sources[0], article.text
    if _is_signed(text, quote.span, source):
        return "signature"
    if _paragraph(text, quote.span)[0] > source[0] or _paragraph(text, quote.span)[1] < source[1]:
        return "colon" if _mark_before(text, quote.span) == ":" else "floating"
    if re.match(r"according\b|per\b", quote.cue_text):
        return "according to"
    if _mark_before(text, quote.span) == ":":
        return "colon"
    if is_fragment(text, quote):
        return "fragment"
    if _is_continued(quote, source, _siblings(article, quote)):
        return "continued"
    return _name_order(quote.span, source, quote.cue)


def _name_order(span: Span, source: Span, cue: Span | None) -> str:
    if source[0] >= span[1]:
        return "inverted" if cue and span[1] <= cue[0] < source[0] else "clause after"
    return "clause before" if source[1] <= span[0] and (not cue or cue[0] < span[0]) else "other"


def name_mention(article: GoldArticle, quote: GoldQuote) -> str:
    """Return what the source looks like: one of MENTIONS."""
    if not quote.sources:
        return "no source"
    words = re.findall(r"[^\W_][\w'’.-]*", article.text[slice(*quote.sources[0])])
    if len(words) == 1:
        is_pronoun = words[0].casefold() in _PRONOUNS
        return "pronoun" if is_pronoun else "one-word name" if words[0][0].isupper() else "description"
    capitals = sum(word[0].isupper() for word in words)
    if words and capitals == len(words):
        return "full name"
    return "name with more" if capitals > 1 else "description"


def is_fragment(text: str, quote: GoldQuote) -> bool:
    """Whether the quoted words are built into the reporter's own sentence."""
    short = quote.words <= FRAGMENT_WORDS or text[quote.span[0]].islower()
    runs_in = _mark_before(text, quote.span).isalnum()
    last = text[slice(*quote.span)].rstrip(_MARKS + " ")[-1:]
    runs_on = last not in set(",.?!…") and _mark_after(text, quote.span).isalnum()
    return short and (runs_in or runs_on)


def _is_signed(text: str, span: Span, source: Span) -> bool:
    """“Q” – Name, on the line of the quote or on the next."""
    if source[0] < span[1]:
        return False
    between = "".join(text[span[1] : source[0]].split()).strip(_MARKS + ".,?!")
    return bool(between) and len(between) <= 2 and not between.strip(_DASHES)


def _is_continued(quote: GoldQuote, source: Span, siblings: Sequence[GoldQuote]) -> bool:
    """“Q,” she said. “Q.”: the source stands between it and an earlier quote of its own."""
    earlier = [one for one in siblings if one.span[1] <= source[0] and source in one.sources]
    return bool(earlier) and source[1] <= quote.span[0]


def _siblings(article: GoldArticle, quote: GoldQuote) -> list[GoldQuote]:
    start, end = _paragraph(article.text, quote.span)
    return [one for one in article.stretches if start <= one.span[0] < end and one.span != quote.span]


def _paragraph(text: str, span: Span) -> Span:
    end = text.find("\n", span[1])
    return text.rfind("\n", 0, span[0]) + 1, len(text) if end < 0 else end


def _mark_before(text: str, span: Span) -> str:
    """The last character before the quote's own marks, on any line."""
    return text[max(0, span[0] - 40) : span[0]].rstrip(_MARKS + " \r\n\t")[-1:]


def _mark_after(text: str, span: Span) -> str:
    return text[span[1] : span[1] + 20].split("\n")[0].lstrip(_MARKS + " ")[:1]
