"""Who could be the speaker of a quote: whoever a rule puts forward, and every other mention near it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.attribute.clauses import can_speak, is_cue, is_person, is_strong, passes_on, subject_of
from quotes.attribute.mention import name_mention
from quotes.attribute.reading import once_a_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.attribute.place import Place
    from quotes.attribute.reading import Reading
    from quotes.attribute.rules import Earlier, Found, Rule
    from quotes.records import Span

WORDS_BACK, WORDS_ON = 90, 60  # unquoted words around a quote among which other mentions are looked for
MOST_CANDIDATES = 24
NEARBY = "nearby"  # the rule of a mention that no rule puts forward
_CLAUSES = frozenset({"clause after", "clause before", "governing verb"})
_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_SOURCES = frozenset({"obl:agent", "nmod:poss", "appos", "root", "vocative", "parataxis", "list"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words that may name the speaker: their head word, the cue nearest the quote, and the rules for them."""

    span: Span
    head: int
    cue: int | None
    cue_span: Span | None
    found: tuple[Found, ...]

    @property
    def rule(self) -> str:
        return self.found[0].rule if self.found else NEARBY


def propose(
    reading: Reading,
    place: Place,
    earlier: Sequence[Earlier],
    rules: Sequence[Rule],
    without: frozenset[str] = frozenset(),
) -> list[Proposal]:
    """Return the candidates for one quote: those of `rules` in their order, then others, the nearest first.

    `without` names rules that are left out, NEARBY the mentions that no rule puts forward.
    """
    by_span: dict[Span, list[Found]] = {}
    for rule in rules:
        found = rule(reading, place, earlier)
        if found and found.rule not in without:
            by_span.setdefault(found.speaker, []).append(found)
    passing = _passing_on(reading, by_span)
    window = _window(reading, place)
    cues = _cues_by_subject(reading, window)
    proposals = [_ruled(reading, place, *item, cues) for item in by_span.items() if item[0] not in passing]
    if NEARBY in without:
        return proposals[:MOST_CANDIDATES]
    others = list(_others(reading, place, window, cues, set(by_span)))
    others.sort(key=lambda one: _distance(one, place))
    return (proposals + others)[:MOST_CANDIDATES]


def _passing_on(reading: Reading, by_span: dict[Span, list[Found]]) -> set[Span]:
    """The sources that only pass on what a person said (“Q,” Roe said, according to court papers)."""
    said = {
        span
        for span, found in by_span.items()
        if any(one.rule in _CLAUSES and one.cue for one in found)
        and is_person(reading, head_of(reading, span))
    }
    passing = set()
    for span, found in by_span.items():
        is_document = reading.words[head_of(reading, span)].form in reading.language.document_nouns
        if span not in said and (is_document or found[0].rule == "according to"):
            passing.add(span)
    return passing if said else set()


def _ruled(
    reading: Reading, place: Place, span: Span, found: list[Found], cues: dict[int, list[int]]
) -> Proposal:
    head = head_of(reading, span)
    cue_span = next((one.cue for one in found if one.cue), None)
    cue = (
        next(iter(reading.between(*cue_span)), None)
        if cue_span
        else _nearest(cues.get(head, []), place, reading)
    )
    return Proposal(span, head, cue, cue_span, tuple(found))


def _others(
    reading: Reading, place: Place, window: Sequence[int], cues: dict[int, list[int]], known: set[Span]
) -> Iterator[Proposal]:
    """Yield the mentions in the `window` that no rule has put forward, each span once."""
    best: dict[Span, int] = {}
    nouns = (i for i in window if reading.words[i].upos in _NOUNS or reading.name_at(i) is not None)
    for head in nouns:
        if not (_may_speak(reading, head) or (head in cues and reading.words[head].text[0].isalpha())):
            continue
        span = name_mention(reading, head)
        if span in known or reading.inside_quote(span[0]):
            continue
        if span not in best or (head in cues and best[span] not in cues):
            best[span] = head
    for span, head in best.items():
        cue = _nearest(cues.get(head, []), place, reading)
        cue_span = (reading.words[cue].start, reading.words[cue].end) if cue is not None else None
        yield Proposal(span, head, cue, cue_span, ())


@once_a_word
def _may_speak(reading: Reading, head: int) -> bool:
    """Whether the noun or name `head` may be a speaker, whatever it is the subject of."""
    word = reading.words[head]
    if not word.text[0].isalpha() or passes_on(reading, head):
        return False
    if word.deprel == "compound" and reading.words[word.head].form in reading.language.person_nouns:
        return False  # “a [Corrigan] spokesman”
    name = reading.name_at(head)
    if name is not None and name.kind == "PER":
        return head == head_of(reading, (name.start, name.end))
    if word.deprel.startswith("nsubj") and reading.language.pronouns.get(word.form) != "relative":
        return True
    return (word.deprel in _SOURCES and can_speak(reading, head)) or (
        word.upos != "PRON" and is_person(reading, head)
    )


def _window(reading: Reading, place: Place) -> list[int]:
    """The unquoted words around a quote: own paragraph, two before it and one after, within reach."""
    first, last = place.span[0], place.quote.spans[-1][1]
    above = reading.paragraph(max(0, place.paragraph_number - 2)) or place.paragraph
    below = reading.paragraph(place.paragraph_number + 1) or place.paragraph
    back = reading.outside(reading.between(above.start, first)[-6 * WORDS_BACK :])
    on = reading.outside(reading.between(first, below.end + 1)[: 12 * WORDS_ON])
    inside = bisect_left(on, reading.between(first, last).stop)
    return back[-WORDS_BACK:] + on[: inside + WORDS_ON]


def _cues_by_subject(reading: Reading, words: Sequence[int]) -> dict[int, list[int]]:
    """The reporting verbs among `words` by the head word of who does the reporting."""
    found: dict[int, list[int]] = {}
    for index in words:
        if reading.words[index].upos in _VERBS and is_cue(reading, index):
            subject = subject_of(reading, index)
            if subject is not None and not reading.quoted[subject]:
                found.setdefault(subject, []).append(index)
    return found


def _nearest(cues: Sequence[int], place: Place, reading: Reading) -> int | None:
    """The cue nearest the quote, one that reports speech by itself first."""
    if not cues:
        return None
    middle = reading.between(place.span[0], place.span[1])
    edge = (middle.start, middle.stop)
    return min(cues, key=lambda cue: (not is_strong(reading, cue), min(abs(cue - e) for e in edge)))


def _distance(one: Proposal, place: Place) -> int:
    if one.span[1] <= place.span[0]:
        return place.span[0] - one.span[1]
    return max(0, one.span[0] - place.span[1])


def head_of(reading: Reading, span: Span) -> int:
    """Return the word of `span` that the others depend on."""
    words = reading.between(*span)
    if not words:
        return max(0, words.start - 1)
    return next((i for i in words if reading.words[i].head not in words), words[-1])
