"""Speech within reported speech: in “Roe told the court that Lim shouted, ‘Go’” it is Lim who is quoted."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from quotes.attribute.clauses import is_cue, is_person, is_strong, subject_of
from quotes.attribute.mention import name_mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.attribute.candidates import Proposal
    from quotes.attribute.place import Place
    from quotes.attribute.reading import Reading

_LIGHT = frozenset({"PUNCT", "SCONJ", "ADV", "PRON", "DET"})
_COMPLEMENTS = frozenset({"ccomp", "xcomp"})
_PREDICATES = frozenset({"VERB", "AUX"})


def pass_on(
    reading: Reading, place: Place, likely: Sequence[float], proposals: Sequence[Proposal]
) -> list[float]:
    """Return how likely each of `proposals` is once who only reports another’s words has passed that on."""
    by_span = {one.span: share for one, share in zip(proposals, likely, strict=True)}
    for outer in proposals:
        inner = _find_relayed(reading, place, outer)
        span = name_mention(reading, inner) if inner is not None else outer.span
        if span != outer.span:
            by_span[span] = by_span.get(span, 0.0) + by_span[outer.span]
            by_span[outer.span] = 0.0
    return [by_span[one.span] for one in proposals]


def _find_relayed(reading: Reading, place: Place, outer: Proposal) -> int | None:
    """Return the head word of whoever is quoted by what `outer` reports, None where that is `outer`.

    The verb next to the quote decides, if it reports or describes, stands below the cue of `outer` and has a
    person of its own as its subject. What is only claimed stays the words of whoever claims it, a fragment
    those of the person in whose report it stands; an outlet only passes it on.
    """
    if outer.cue is None or outer.cue not in place.before or not is_strong(reading, outer.cue):
        return None
    if reading.words[outer.cue].lemma in reading.language.doubting_verbs:
        return None
    cue = next((word for word in reversed(place.before) if _quotes(reading, word)), outer.cue)
    if cue <= outer.cue or outer.cue not in reading.ancestors(cue) or not _leads_to(reading, place, cue):
        return None
    is_told = reading.words[cue].deprel in _COMPLEMENTS
    if place.quote.kind == "fragment" and is_told and is_person(reading, outer.head):
        return None
    subject = subject_of(reading, cue)
    if subject is None or subject == outer.head or not outer.cue < subject < cue:
        return None
    is_pronoun = reading.words[subject].upos == "PRON"  # mostly stands for `outer`
    return subject if is_person(reading, subject) and not is_pronoun else None


def _quotes(reading: Reading, word: int) -> bool:
    """Whether verb `word` says whose the words after it are (he shouted, she called it)."""
    return is_strong(reading, word) or (
        is_cue(reading, word) and reading.words[word].lemma in reading.language.describing_verbs
    )


def _leads_to(reading: Reading, place: Place, cue: int) -> bool:
    """Whether the quote is what verb `cue` reports or describes: no other verb stands between them."""
    between = [reading.words[word] for word in place.before if word > cue]
    if any(word.upos in _PREDICATES or word.form == "to" for word in between):
        return False
    below = any(cue in islice(reading.ancestors(word), 3) for word in reading.between(*place.span))
    return below or all(word.upos in _LIGHT for word in between)
