"""Annotated articles as examples: each quote's candidates with their evidence, and which one is right."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.attribute.attributing import Attributing
from quotes.attribute.rules import Earlier, Found
from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.records import NOT_SPEECH, Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from quotes.attribute.candidates import Proposal
    from quotes.attribute.evidence import Evidence
    from quotes.attribute.reading import Reading
    from quotes.records import Annotated, Quote, Span

    Annotate = Callable[[Iterable[str]], Iterable[tuple[str, Annotated]]]

INVENTED_FILE = Path(__file__).with_name("invented.json")
_MODIFIERS = frozenset({"compound", "nmod:poss", "nmod", "obl", "nmod:desc"})
_RELATIVE = frozenset({"who", "which", "that"})


@dataclass(frozen=True, slots=True)
class Example:
    """One quote: the evidence for nobody and for each candidate, and the place of the right one (0: nobody).

    `has_source` is false where the annotators name no source; where they do and no candidate is right, nobody
    is the best answer left. `invented` says that the article is an invented passage.
    """

    document: str
    evidence: tuple[Evidence, ...]
    right: int
    has_source: bool
    invented: bool = False


def read_gold(path: Path) -> dict[str, dict[str, Any]]:
    """Return the annotations of a PolNeAR file (JSON Lines) by document."""
    with path.open(encoding="utf-8") as lines:
        return {record["doc"]: record for record in map(json.loads, lines)}


def list_examples(
    document: str, text: str, annotated: Annotated, gold: Mapping[str, Any], language: str = "en"
) -> Iterator[Example]:
    """Yield an example for each quote that the annotators marked in one article.

    Earlier quotes of the article count as attributed to whom the annotators say.
    """
    article = Article(document, "", text, document, language=language)
    parts = paragraphs(text)
    quotes = [q for q in find_quotes(article, parts) if q.inside is None and q.kind not in NOT_SPEECH]
    attributing = Attributing(article, parts, quotes, annotated)
    for quote, place in attributing.places():
        if place is None:
            continue
        proposals, evidence = attributing.weigh(place)
        marked = _find_marked(gold["quotes"], quote)
        unsaid = _find_marked(gold["nonattributed"], quote)
        if marked is None and unsaid is None:
            attributing.earlier.append(
                Earlier(place, proposals[0].found[0] if _is_ruled(proposals) else None)
            )
            continue
        sources = [tuple(span) for span in (marked or {}).get("source_spans") or ()]
        right = _find_right(attributing.reading, proposals, sources)
        found = Found(proposals[right - 1].span, None, "gold", 1.0) if right else None
        if sources and found is None:
            found = Found(sources[0], None, "gold", 1.0)
        attributing.earlier.append(Earlier(place, found))
        yield Example(document, tuple(evidence), right, bool(sources))


def read_invented(path: Path = INVENTED_FILE) -> list[dict[str, Any]]:
    """Return invented passages: the `way` of reporting speech each shows, its `text` and its `quotes`."""
    passages: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return passages


def list_invented(path: Path, annotate: Annotate, language: str = "en") -> Iterator[Example]:
    """Yield an example for each quote of the invented passages in `path`, as `list_examples` does.

    `annotate` yields each of the texts it is given with its annotations.
    """
    passages = read_invented(path)
    for passage, (text, annotated) in zip(passages, annotate(p["text"] for p in passages), strict=True):
        for example in list_examples(passage["way"], text, annotated, mark_invented(passage), language):
            yield replace(example, invented=True)


def mark_invented(passage: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return an invented passage's quotes as annotators mark them, by their offsets.

    Raises LookupError where a quote does not stand inside marks or its speaker not in the text.
    """
    text, end = passage["text"], 0
    marked: dict[str, list[dict[str, Any]]] = {"quotes": [], "nonattributed": []}
    for one in passage["quotes"]:
        found = re.compile("(?<=[“‘\"'])" + re.escape(one["quote"])).search(text, end)
        if found is None:
            raise LookupError(f"{one['quote']!r} is not quoted in {text!r}")
        end = found.end()
        span = {"start": found.start(), "end": end}
        if one["speaker"] is None:
            marked["nonattributed"].append(span)
        else:
            marked["quotes"].append({**span, "source_spans": [_find_speaker(text, one)]})
    return marked


def _find_speaker(text: str, one: Mapping[str, Any]) -> Span:
    """Where the words that name the speaker stand; the first time unless `occurrence` says which."""
    occurrence: int = one.get("occurrence", 0)
    places: list[Span] = [found.span() for found in re.finditer(rf"\b{re.escape(one['speaker'])}\b", text)]
    if len(places) <= occurrence:
        raise LookupError(f"{one['speaker']!r} is not in {text!r}")
    return places[occurrence]


def _is_ruled(proposals: Sequence[Proposal]) -> bool:
    return bool(proposals and proposals[0].found)


def _find_marked(marked: Sequence[dict[str, Any]], quote: Quote) -> dict[str, Any] | None:
    """The annotators' quote that a span of ours covers by at least half."""
    for one in marked:
        length = one["end"] - one["start"]
        if any(_shared(span, (one["start"], one["end"])) >= 0.5 * length for span in quote.spans):
            return one
    return None


def _find_right(reading: Reading, proposals: Sequence[Proposal], sources: Sequence[Span]) -> int:
    """The place of the right candidate, counted from 1: a person's name before all else, then the first."""
    right = [number for number, one in enumerate(proposals, 1) if _names_any(reading, one.span, sources)]
    if not right:
        return 0

    def preference(number: int) -> tuple[bool, bool, int]:
        one = proposals[number - 1]
        name, head = reading.name_at(one.head), reading.words[one.head]
        named = name is not None and name.kind == "PER" and head.deprel not in _MODIFIERS
        return (not named, head.deprel in _MODIFIERS, one.span[0])

    return min(right, key=preference)


def _names_any(reading: Reading, span: Span, sources: Sequence[Span]) -> bool:
    """Whether a candidate shares half of the shorter with a source, or is what a source "who" stands for."""
    for source in sources:
        shared = _shared(span, source)
        if shared and shared >= 0.5 * min(span[1] - span[0], source[1] - source[0]):
            return True
        relative = reading.text[slice(*source)].casefold() in _RELATIVE and span[1] < source[0]
        if relative and not reading.text[span[1] : source[0]].strip(" ,"):
            return True
    return False


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
