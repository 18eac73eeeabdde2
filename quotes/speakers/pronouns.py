"""Whom “he” or “she” stands for: every person the article may mean is weighed, and a clear winner is named.

Each clue is a number from 0 to 1 about one candidate; its weight says how much it speaks for or against.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log2
from typing import TYPE_CHECKING

from quotes.speakers.scene import WINDOW, Mention, Scene

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.records import Span
    from quotes.speakers.people import Known

SENTENCES_BACK = 12
RIGHT = 0.95  # share of the winners that were right, on labelled articles the weights were not fitted on
SURE = 0.55  # share of all candidates' weight that the winner must have
_ASKING = frozenset({"ask", "press", "question", "quiz", "grill", "challenge", "interview"})

WEIGHTS = {  # by quotes.training.resolver, but for what BY_HAND names there
    "same sentence": 0.80,
    "sentence before": 1.33,
    "distance": -0.77,
    "main subject": 0.26,
    "subject": -0.91,
    "owner": -0.04,
    "nearest subject": 1.69,
    "same paragraph": 1.91,
    "spoke just before": 0.20,
    "often named": 1.80,
    "in the headline": 0.48,
    "gender known": 0.68,
    "named in the quote": -2.16,
    "answers or asks": 1.5,
    "nearest subject, quote first": 0.01,
    "spoke just before, quote first": 1.82,
    "began the paragraph before": 1.64,
    "rivals since": -0.69,
    "before a break": -0.36,
    "described only": -1.87,
    "was told": 0.19,
    "called so": 3.00,
}


Weighed = dict[str, tuple[Mention, dict[str, float]]]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the words to be resolved stand: their sentence, their paragraph and the quotes in it.

    `named` are those named in the quotes; `first` says that a quote opens the paragraph, before the words,
    and `question` that the last one asks something.
    """

    sentence: int
    paragraph: int
    quotes: Sequence[Span]
    named: Sequence[Known]
    first: bool
    question: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """Who a mention stands for with the evidence in a few words, or no one with the reason.

    `sure` is how likely it is that they are meant, from 0 to 1.
    """

    known: Known | None
    how: str
    sure: float = 1.0


def resolve_pronoun(scene: Scene, span: Span, gender: str) -> Finding:
    """Return whom the pronoun at `span` stands for: nobody where no candidate stands out."""
    printed = scene.article.text[slice(*span)]
    clues = weigh_candidates(scene, span, gender)
    if not clues:
        return Finding(None, f"pronoun “{printed}” follows nobody it could stand for")
    ranked, share = _rank({name: of for name, (_, of) in clues.items()})
    if share < SURE:
        return Finding(None, f"pronoun “{printed}” could be {' or '.join(sorted(ranked[:2]))}")
    best = ranked[0]
    mention, of = clues[best]
    return Finding(mention.known, f"“{printed}”: {_tell(of, alone=len(ranked) == 1)}", RIGHT * share)


def choose(scene: Scene, span: Span, names: Sequence[str]) -> Known | None:
    """Return the one of the persons called `names` who stands out among all that were mentioned before."""
    clues = weigh_candidates(scene, span, None)
    if not clues:
        return None
    called = {name: {**of, "called so": float(name in names)} for name, (_, of) in clues.items()}
    ranked, share = _rank(called)
    return clues[ranked[0]][0].known if ranked[0] in names and share >= SURE else None


def _rank(clues: dict[str, dict[str, float]]) -> tuple[list[str], float]:
    """The names, the likeliest first, and the share of the first in all weight."""
    scores = {
        name: exp(sum(WEIGHTS[clue] * value for clue, value in of.items())) for name, of in clues.items()
    }
    ranked = sorted(scores, key=lambda name: -scores[name])
    return ranked, scores[ranked[0]] / sum(scores.values())


def weigh_candidates(scene: Scene, span: Span, gender: str | None) -> Weighed:
    """Return the persons the words at `span` may stand for: the last mention of each, and its clues."""
    latest = _latest_mentions(scene, span, gender) or _named_after(scene, span, gender)
    subjects, spot = _nearest_subjects(latest), _look_around(scene, span)
    weighed = {}
    for name, mention in latest.items():
        clues = {
            **_place_clues(scene, spot, mention),
            **_person_clues(scene, mention.known, gender),
            **_quote_clues(scene, spot, mention),
            **_speech_clues(scene, spot, mention, subjects),
        }
        rivals = sum(
            other.start > mention.start and other.place != mention.place for other in latest.values()
        )
        weighed[name] = (mention, {**clues, "rivals since": min(rivals, 4) / 4})
    return weighed


def _look_around(scene: Scene, span: Span) -> _Spot:
    paragraph = scene.paragraph_at(span[0])
    begins = scene.paragraph_span(paragraph)[0]
    quotes = scene.quotes_of_paragraph(span[0])
    return _Spot(
        scene.sentence_at(span[0]),
        paragraph,
        quotes,
        [known for quote in quotes for _, known in scene.names_in(quote)],
        any(start - begins <= 2 and end <= span[0] for start, end in quotes),
        any(scene.article.text[end - 1] == "?" for _, end in quotes[-1:]),
    )


def _latest_mentions(scene: Scene, span: Span, gender: str | None) -> dict[str, Mention]:
    sentence, clause = scene.sentence_at(span[0]), scene.place_of(span).clause
    beside = _beside(scene, span, clause)
    latest: dict[str, Mention] = {}
    for mention in reversed(scene.seen[-WINDOW:]):
        if sentence - mention.sentence > SENTENCES_BACK and latest:
            break
        here = 0 <= clause == mention.place.clause or mention.known in beside
        if here or not scene.can_be(mention.known, gender):
            continue
        latest.setdefault(mention.known.name, mention)
    return latest


def _beside(scene: Scene, span: Span, clause: int) -> list[Known]:
    """Those named after the pronoun in its own clause: “he” is not Tolley in “he told Tolley”."""
    sentence = scene.sentence_of(span[0])
    if sentence is None or clause < 0:
        return []
    after = [name for name in scene.names_in((span[1], sentence.end)) if not scene.is_quoted(name[0][0])]
    return [known for name, known in after if scene.place_of(name).clause == clause]


def _named_after(scene: Scene, span: Span, gender: str | None) -> dict[str, Mention]:
    """“After he spoke, Paul Tolley left”: the subject of the main clause that follows."""
    sentence = scene.sentence_of(span[0])
    if sentence is None or scene.place_of(span).part == "main":
        return {}
    for name, known in scene.names_in((span[1], sentence.end)):
        if known.kind == "person" and not scene.is_quoted(name[0]) and scene.can_be(known, gender):
            mention = scene.mention(name, known)
            if mention.place.part == "main":
                return {known.name: mention}
    return {}


def _nearest_subjects(latest: dict[str, Mention]) -> set[str]:
    subjects = [mention for mention in latest.values() if mention.place.is_subject]
    last = max((mention.sentence for mention in subjects), default=-1)
    return {mention.known.name for mention in subjects if mention.sentence == last}


def _place_clues(scene: Scene, spot: _Spot, mention: Mention) -> dict[str, float]:
    distance, paragraph = scene.told_between(mention.sentence, spot.sentence), spot.paragraph
    return {
        "same sentence": float(distance == 0),
        "sentence before": float(distance == 1),
        "distance": min(distance, 8) / 8,
        "main subject": float(mention.place.part == "main"),
        "subject": float(mention.place.part == "subject"),
        "owner": float(mention.place.part == "owner"),
        "same paragraph": float(mention.paragraph == paragraph),
        "before a break": float(scene.breaks_between(mention.paragraph, paragraph)),
    }


def _person_clues(scene: Scene, known: Known, gender: str | None) -> dict[str, float]:
    return {
        "often named": min(1.0, log2(1 + scene.times[known.name]) / 5),
        "in the headline": float(known.name in scene.in_headline),
        "gender known": float(scene.is_sure(known, gender)),
        "described only": float(known.kind == "anonymous"),
    }


def _quote_clues(scene: Scene, spot: _Spot, mention: Mention) -> dict[str, float]:
    """What the quotes of the pronoun's paragraph say: who is named in them, who was asked before them."""
    near = scene.told_between(mention.sentence, spot.sentence) <= 1
    is_object = mention.place.part == "object"
    asking = near and bool(spot.quotes) and mention.place.verb in _ASKING
    asked = (is_object - mention.place.is_subject) * asking * (-1 if spot.question else 1)
    told = is_object and not asking and mention.place.verb in scene.language.strong_cues
    return {
        "named in the quote": float(mention.known in spot.named),
        "answers or asks": float(asked),
        "was told": float(told),
    }


def _speech_clues(scene: Scene, spot: _Spot, mention: Mention, subjects: set[str]) -> dict[str, float]:
    """What the reporting around the pronoun says, above all where a quote opens its paragraph."""
    paragraph, name, speaker, first = spot.paragraph, mention.known.name, scene.speaker, spot.first
    near = speaker is not None and speaker.known.name == name and paragraph - speaker.paragraph <= 1
    return {
        "nearest subject": float(name in subjects),
        "nearest subject, quote first": float(first and name in subjects),
        "spoke just before": float(near),
        "spoke just before, quote first": float(first and near),
        "began the paragraph before": float(name == scene.opener.get(paragraph - 1)),
    }


_WORDS = {
    "answers or asks": "in the question just before",
    "nearest subject": "the subject of the nearest sentence about a person",
    "spoke just before": "the speaker of the quote before",
    "same sentence": "named in the same sentence",
    "sentence before": "named in the sentence before",
}


def _tell(clues: dict[str, float], *, alone: bool) -> str:
    if alone:
        return "the only person it could stand for"
    told = [clue for clue in _WORDS if clues[clue]]
    best = max(told, key=lambda clue: WEIGHTS[clue] * clues[clue], default="")
    return _WORDS.get(best, "the likeliest person named before")
