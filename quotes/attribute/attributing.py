"""One article while its quotes are attributed in order: candidates, evidence, and what is known by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.attribute.candidates import propose
from quotes.attribute.evidence import weigh_up
from quotes.attribute.place import place_quote
from quotes.attribute.reading import Reading
from quotes.attribute.rules import FRAGMENT_RULES, SENTENCE_RULES
from quotes.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.attribute.candidates import Proposal
    from quotes.attribute.evidence import Evidence
    from quotes.attribute.place import Place
    from quotes.attribute.rules import Earlier
    from quotes.records import Annotated, Article, Paragraph, Quote


class Attributing:
    """The reading of an article and its `earlier` quotes, which grow as quotes are decided."""

    def __init__(
        self, article: Article, paragraphs: Sequence[Paragraph], quotes: Sequence[Quote], annotated: Annotated
    ) -> None:
        self.quotes = quotes
        self.reading = Reading(article, paragraphs, quotes, annotated, LANGUAGES[article.language])
        self.earlier: list[Earlier] = []

    def places(self) -> Iterator[tuple[Quote, Place | None]]:
        """Yield each quote with its place, in order; None outside the article's own paragraphs."""
        for quote in self.quotes:
            yield quote, place_quote(self.reading, quote)

    def weigh(
        self, place: Place, without: frozenset[str] = frozenset()
    ) -> tuple[list[Proposal], list[Evidence]]:
        """Return the candidates for a quote, and the evidence for nobody and then for each of them.

        `without` names rules that are left out.
        """
        rules = FRAGMENT_RULES if place.quote.kind == "fragment" else SENTENCE_RULES
        proposals = propose(self.reading, place, self.earlier, rules, without)
        return proposals, weigh_up(self.reading, place, self.earlier, proposals)
