"""Find direct quotes on the text alone, before any model runs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quotes.extract.dialogue import add_dialogue
from quotes.extract.inserts import cut_inserts
from quotes.extract.join import WORD, Body, follows_clause, join_parts, join_split, opens_sentence
from quotes.extract.kinds import find_kind_outside
from quotes.extract.scan import Stretch, find_nested, find_stretches
from quotes.extract.transcript import find_spoken
from quotes.languages import LANGUAGES
from quotes.records import Article, Paragraph, Quote
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.languages import Language

VERSION = "2"
LONGEST_FRAGMENT = 3  # words that begin with a capital and may still be a fragment


def find_quotes(article: Article, paragraphs: Sequence[Paragraph]) -> tuple[Quote, ...]:
    """Return the quotes of `article` in order of their first span.

    Parts of one quote that a reporting clause splits (“A,” she said. “B.”) come back as one quote with
    several spans. A quote within a quote follows the one that it is `inside`, which keeps its words too.
    What captions of pictures quote has the kind "caption"; other furniture gives none. Of a transcript every
    paragraph of speech is a quote.
    """
    language = LANGUAGES.get(article.language) or LANGUAGES["en"]
    levels = [
        *_find_in_body(article, paragraphs, language),
        *_find_in_captions(article, paragraphs, language),
    ]
    levels.sort(key=lambda level: level[0].spans)
    quotes = tuple(quote for level in levels for quote in level)
    return find_spoken(article, paragraphs, quotes) if article.kind == "transcript" else quotes


def _find_in_body(
    article: Article, paragraphs: Sequence[Paragraph], language: Language
) -> Iterator[list[Quote]]:
    """Yield each quote of the body with those within it."""
    body = Body([paragraph for paragraph in paragraphs if paragraph.role == "body"])
    stretches = find_stretches(article.text, body.paragraphs, language)
    stretches = add_dialogue(article.text, body.paragraphs, stretches, language)
    seen: Counter[str] = Counter()
    for joined in join_split(article.text, body, stretches, language):
        run = cut_inserts(article.text, joined, language)
        text = join_parts(article.text, run)
        seen[text] += 1
        quote_id = content_id("quote", article.id, text, str(seen[text]))
        spans = tuple((stretch.start, stretch.end) for stretch in run)
        kind = _find_kind(article.text, body, run[0], text, language)
        quote = Quote(quote_id, article.id, spans, text, kind)
        yield [quote, *_find_nested(article, quote, run, language)]


def _find_in_captions(
    article: Article, paragraphs: Sequence[Paragraph], language: Language
) -> Iterator[list[Quote]]:
    captions = [paragraph for paragraph in paragraphs if paragraph.role == "caption"]
    for caption in captions:
        for number, stretch in enumerate(find_stretches(article.text, [caption], language)):
            text = join_parts(article.text, [stretch])
            quote_id = content_id("quote in caption", article.id, text, f"{caption.start} {number}")
            if WORD.search(text):
                yield [Quote(quote_id, article.id, ((stretch.start, stretch.end),), text, "caption")]


def _find_nested(
    article: Article, outer: Quote, run: Sequence[Stretch], language: Language
) -> Iterator[Quote]:
    """Yield the quotes within `outer`, whose stretches are `run`."""
    text = article.text
    inner = (nested for stretch in run for nested in find_nested(text, stretch, language))
    around = Body([Paragraph(*span) for span in outer.spans])
    for number, stretch in enumerate(inner):
        words = join_parts(text, [stretch])
        if WORD.search(words):
            quote_id = content_id("quote within", outer.id, words, str(number))
            kind = _find_kind(text, around, stretch, words, language)
            yield Quote(quote_id, article.id, ((stretch.start, stretch.end),), words, kind, outer.id)


def _find_kind(text: str, body: Body, stretch: Stretch, words: str, language: Language) -> str:
    """A quote is a fragment where it is built into the reporter's own sentence."""
    if language.marks.comma_outside:
        return find_kind_outside(text, body, stretch, words, language)
    first_letter = next((c for c in words if c.isalpha()), "")
    if first_letter.islower():
        return "fragment"
    if len(WORD.findall(words)) > LONGEST_FRAGMENT:
        return "sentence"
    paragraph = body.at(stretch.start)
    if paragraph is None:
        return "fragment"
    opens = opens_sentence(text, paragraph, stretch) or follows_clause(text, paragraph, stretch, language)
    return "sentence" if opens and words[-1] in ".,!?…" else "fragment"
