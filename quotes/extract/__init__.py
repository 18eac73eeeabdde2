"""Find direct quotes on the text alone, before any model runs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quotes.extract.join import WORD, Body, join_parts, join_split, opens_sentence
from quotes.extract.scan import Stretch, find_stretches
from quotes.languages import LANGUAGES
from quotes.records import Article, Paragraph, Quote
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = "1"
LONGEST_FRAGMENT = 3  # words that begin with a capital and may still be a fragment


def find_quotes(article: Article, paragraphs: Sequence[Paragraph]) -> tuple[Quote, ...]:
    """Return the quotes of `article` in order of their first span; furniture paragraphs give none.

    Parts of one quote that a reporting clause splits (“A,” she said. “B.”) come back as one quote with
    several spans.
    """
    language = LANGUAGES.get(article.language) or LANGUAGES["en"]
    body = Body([paragraph for paragraph in paragraphs if paragraph.role == "body"])
    stretches = find_stretches(article.text, body.paragraphs)
    quotes: list[Quote] = []
    seen: Counter[str] = Counter()
    for run in join_split(article.text, body, stretches, language):
        text = join_parts(article.text, run)
        seen[text] += 1
        quote_id = content_id("quote", article.id, text, str(seen[text]))
        spans = tuple((stretch.start, stretch.end) for stretch in run)
        quotes.append(Quote(quote_id, article.id, spans, text, _find_kind(article.text, body, run[0], text)))
    return tuple(quotes)


def _find_kind(text: str, body: Body, stretch: Stretch, words: str) -> str:
    """A quote is a fragment where it is built into the reporter's own sentence."""
    first_letter = next((c for c in words if c.isalpha()), "")
    if first_letter.islower():
        return "fragment"
    if len(WORD.findall(words)) > LONGEST_FRAGMENT:
        return "sentence"
    paragraph = body.at(stretch.start)
    opens = paragraph is not None and opens_sentence(text, paragraph, stretch)
    return "sentence" if opens and words[-1] in ".,!?…" else "fragment"
