"""Attribute each quote of an article to the words that name its speaker, with the evidence for it.

Rules and other mentions near a quote give candidates; a ranker trained on annotated articles weighs them.
Where none is more likely than not, the speaker stays unknown, with the reason. Quotes are read in order,
because a quote may go on from the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.attribute.attributing import Attributing
from quotes.attribute.candidates import NEARBY, Proposal
from quotes.attribute.clauses import is_denied, is_disowned, is_strong, is_unused
from quotes.attribute.kinds import find_kind
from quotes.attribute.mention import list_joined
from quotes.attribute.ranker import Ranker, load_ranker
from quotes.attribute.relayed import pass_on
from quotes.attribute.rules import RULE_NAMES as RULES_OF_SPEECH
from quotes.attribute.rules import Earlier, Found
from quotes.attribute.transcript import attribute_turns, is_unmarked
from quotes.languages import name_missing
from quotes.models import READ_LANGUAGES
from quotes.records import NOT_SPEECH, Annotated, Article, Attribution, Candidate, Paragraph, Quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.attribute.place import Place
    from quotes.attribute.reading import Reading

VERSION = "5"  # of the rules and of the ranker that ships: tests/unit/test_ranker.py pins them together
LEAST_LIKELY = {"sentence": 0.5, "fragment": 0.4}  # below it nobody is named
LEAST_CONSIDERED, MOST_CONSIDERED = 0.02, 3
_CLAUSES = frozenset({"clause before", "clause after", "governing verb"})
RULE_NAMES = (*RULES_OF_SPEECH, NEARBY)
__all__ = ["RULE_NAMES", "VERSION", "attribute"]


def attribute(
    article: Article,
    paragraphs: Sequence[Paragraph],
    quotes: Sequence[Quote],
    annotated: Annotated,
    *,
    without: frozenset[str] = frozenset(),
    ranked: bool = True,
) -> tuple[Attribution, ...]:
    """Return one Attribution for each of `quotes`, in their order.

    `without` names rules to leave out, and where `ranked` is false the first rule that answers decides: both
    show what each part is worth.
    """
    if reason := name_missing(article.language, READ_LANGUAGES):
        return tuple(Attribution(quote.id, reason=reason) for quote in quotes)
    if is_unmarked(article, quotes):
        return attribute_turns(article, paragraphs, quotes)
    ranker = load_ranker(article.language) if ranked else None
    attributing = Attributing(article, paragraphs, quotes, annotated)
    return tuple(
        _attribute_one(attributing, quote, place, ranker, without) for quote, place in attributing.places()
    )


def _attribute_one(
    attributing: Attributing,
    quote: Quote,
    place: Place | None,
    ranker: Ranker | None,
    without: frozenset[str],
) -> Attribution:
    """Decide one quote, and let later ones know."""
    if place is None:
        return Attribution(quote.id, reason="outside the article's own paragraphs")
    if quote.kind in NOT_SPEECH:
        return Attribution(quote.id, reason=f"a {quote.kind}, not speech", kind=quote.kind)
    if kind := find_kind(attributing.reading, place):
        attributing.earlier.append(Earlier(place, None))
        return Attribution(quote.id, reason=f"a {kind}, not speech", kind=kind)
    proposals, evidence = attributing.weigh(place, without)
    likely = ranker.rank(evidence)[1:] if ranker else _trust_first(proposals)
    weighed = pass_on(attributing.reading, place, likely, proposals)
    best_first = sorted(zip(weighed, proposals, strict=True), key=lambda pair: -pair[0])
    chosen = best_first[0][1] if best_first and best_first[0][0] >= LEAST_LIKELY[quote.kind] else None
    denied = chosen is not None and _is_denied(attributing.reading, place, chosen)
    named = None if denied else chosen
    considered = _list_considered(best_first, named)
    if named is None:
        attributing.earlier.append(Earlier(place, None))
        return Attribution(quote.id, reason=_say_why(denied, considered), considered=considered)
    found = Found(named.span, named.cue_span, named.rule, round(best_first[0][0], 2))
    attributing.earlier.append(Earlier(place, found))
    also = list_joined(attributing.reading, named.head, named.span)
    return Attribution(
        quote.id, found.speaker, found.cue, found.rule, found.confidence, also=also, considered=considered
    )


def _trust_first(proposals: Sequence[Proposal]) -> list[float]:
    """Without a ranker the first rule that answers decides."""
    first = [one.found[0].confidence for one in proposals[:1] if one.found]
    return first + [0.0] * (len(proposals) - len(first))


def _list_considered(
    best_first: Sequence[tuple[float, Proposal]], named: Proposal | None
) -> tuple[Candidate, ...]:
    others = [(score, one) for score, one in best_first if one is not named and score >= LEAST_CONSIDERED]
    return tuple(
        Candidate(one.span, one.cue_span, one.rule, score) for score, one in others[:MOST_CONSIDERED]
    )


def _is_denied(reading: Reading, place: Place, chosen: Proposal) -> bool:
    """Whether the clause that holds the quote denies it; one in another sentence says nothing about it."""
    if chosen.cue is None:
        return False
    if any(is_unused(reading, word) for word in place.before):
        return True
    last = next((word for word in reversed(place.before) if is_strong(reading, word)), None)
    if last is not None and chosen.cue in place.before and is_disowned(reading, last):
        return True
    return chosen.rule in _CLAUSES and is_denied(reading, chosen.cue)


def _say_why(denied: bool, considered: Sequence[Candidate]) -> str:
    if denied:
        return "the article does not say that it was said"
    if not considered or considered[0].score < 0.2:
        return "nobody is named as the speaker near the quote"
    return "several may be the speaker, none surely enough"
