"""Judge predicted quotes and speakers against gold ones, by the rules that the shared scorer states.

A prediction stands for the gold stretches it covers by half. Single-quoted stretches, and those with fewer
words than asked for, count neither way. A mention is right where it shares half of the shorter of itself and
the gold source. Names are compared without titles.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

Span = tuple[int, int]

_OUTSIDE_BEFORE = re.compile(r"\A[\s\"'`“”‘’«»]+")
_OUTSIDE_AFTER = re.compile(r"\A[\s\"'`“”‘’«»,.]+")
_HONORIFICS = frozenset({
    "the", "a", "an", "mr", "mrs", "ms", "dr", "sir", "rev", "prof", "professor", "president", "vice",
    "former", "secretary", "senator", "sen", "republican", "rep", "democratic", "governor", "gov", "mayor",
    "judge", "general", "gen", "attorney", "lt", "col", "house", "speaker", "chairman", "congressman",
    "congresswoman", "jr", "sr", "ii", "iii",
})  # fmt: skip
_PERSONS = frozenset({"name", "coref"})


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """One quoted stretch and who it is attributed to. `person` is the name its source stands for, if known.

    `is_person` says that the name was read off a named mention or one that refers to it, `speech` that
    somebody said it at all.
    """

    span: Span
    words: int
    double: bool
    speech: bool
    sources: tuple[Span, ...] = ()
    cue: Span | None = None
    cue_text: str = ""
    person: str | None = None
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One article with every quoted stretch of it."""

    name: str
    outlet: str
    text: str
    stretches: tuple[GoldQuote, ...]


@dataclass(frozen=True, slots=True)
class Predicted:
    """One stretch of one predicted quote. `name` is whom the speaker's words were resolved to."""

    span: Span
    speaker: Span | None = None
    name: str | None = None
    rule: str | None = None
    confidence: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one gold quote, or of one stretch that nobody said.

    `found` is "exact", "overlap" or "missed"; `speaker` "right", "wrong" or "none"; `person` "right",
    "wrong" or None where gold has no name.
    """

    gold: GoldQuote
    found: str
    speaker: str
    person: str | None
    predicted: Predicted | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One article judged: its quotes, what nobody said, and how many predictions there were."""

    article: GoldArticle
    quotes: tuple[Verdict, ...]
    not_speech: tuple[Verdict, ...]
    predictions: int
    attributed: int
    exact: int


def read_gold(path: Path) -> Iterator[GoldArticle]:
    """Yield the articles of a gold file; the text of each lies beside it."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = (path.parent / row["text_path"]).read_bytes().decode("utf-8")
            said = [_read_quote(quote, True) for quote in row["quotes"]]
            unsaid = [_read_quote(quote, False) for quote in row["nonattributed"]]
            stretches = sorted((*said, *unsaid), key=lambda quote: quote.span)
            yield GoldArticle(row["doc"], row["outlet"], text, tuple(stretches))


def _read_quote(row: Mapping[str, Any], speech: bool) -> GoldQuote:
    sources = tuple((start, end) for start, end in row.get("source_spans") or ())
    cues = row.get("cue_spans") or ()
    how = row.get("resolve_how")
    return GoldQuote(
        span=(row["start"], row["end"]),
        words=row["n_words"],
        double=row["mark"] == "double",
        speech=speech,
        sources=sources,
        cue=(cues[0][0], cues[-1][1]) if cues else None,
        cue_text=(row.get("cue_text") or "").casefold(),
        person=row.get("resolved_speaker") if sources and how != "pron-unresolved" else None,
        is_person=how in _PERSONS,
    )


def read_predictions(line: Mapping[str, Any]) -> list[Predicted]:
    """Return the stretches of one line that `quotes extract` prints."""
    found = []
    for quote in line["quotes"]:
        speaker = quote["speaker"] or {}
        words = (speaker["start"], speaker["end"]) if speaker else None
        name = speaker.get("name") or speaker.get("text")
        said = (words, name, speaker.get("rule"), speaker.get("confidence"), quote["reason"])
        found += [Predicted((start, end), *said) for start, end in quote["spans"]]
    return found


def judge(article: GoldArticle, predictions: Sequence[Predicted], min_words: int = 0) -> Judged:
    """Return what became of every double-quoted stretch of `article` that has at least `min_words` words."""
    text = article.text
    counted = [one for one in article.stretches if one.double and one.words >= min_words]
    ignored = [one.span for one in article.stretches if not (one.double and one.words >= min_words)]
    projected = _project(text, predictions, [one.span for one in article.stretches])
    kept = [one for one in projected if not any(_covers(other, one.span) for other in ignored)]
    printed = {trim(text, one.span) for one in kept}
    quotes = [one for one in counted if one.speech]
    return Judged(
        article,
        tuple(_judge_quote(text, quote, kept, printed) for quote in quotes),
        tuple(_judge_unsaid(text, one, kept, printed) for one in counted if not one.speech),
        predictions=len(printed),
        attributed=sum(one.speaker is not None for one in kept),
        exact=len({trim(text, quote.span) for quote in quotes} & printed),
    )


def trim(text: str, span: Span) -> Span:
    """Return `span` without space and marks at its ends, or a comma or stop at its end."""
    words = text[slice(*span)]
    before = len(words) - len(_OUTSIDE_BEFORE.sub("", words))
    after = len(words) - len(_OUTSIDE_AFTER.sub("", words[::-1]))
    return span[0] + before, max(span[0] + before, span[1] - after)


def shared(one: Span, other: Span) -> int:
    """Return how many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _covers(cover: Span, span: Span) -> bool:
    return 2 * shared(cover, span) >= span[1] - span[0]


def _project(text: str, predictions: Sequence[Predicted], stretches: Sequence[Span]) -> list[Predicted]:
    """Return what is predicted for each stretch; of several, one with a speaker, then the tightest."""
    best: dict[Span, tuple[tuple[bool, int], Predicted]] = {}
    for predicted in predictions:
        span = trim(text, predicted.span)
        touched = [one for one in stretches if shared(one, span)] if span[0] < span[1] else []
        covered = [one for one in touched if _covers(span, one)]
        for target in covered or ([span] if touched else []):
            rank = (predicted.speaker is not None, span[0] - span[1])
            if target not in best or rank > best[target][0]:
                best[target] = (rank, replace(predicted, span=target))
    return [predicted for _, predicted in best.values()]


def _judge_quote(text: str, gold: GoldQuote, kept: Sequence[Predicted], printed: set[Span]) -> Verdict:
    touching = [one for one in kept if shared(one.span, gold.span)]
    covered = sum(shared(one.span, gold.span) for one in touching)
    if not touching or 2 * covered < gold.span[1] - gold.span[0]:
        return Verdict(gold, "missed", "none", "wrong" if gold.person else None, None)
    chosen = _choose(touching, gold)
    found = "exact" if trim(text, gold.span) in printed else "overlap"
    speaker, person = "none", None
    if chosen.speaker:
        speaker = "right" if _is_mentioned(chosen.speaker, gold.sources) else "wrong"
    if gold.person:
        named = chosen.speaker and is_same_name(chosen.name or "", gold.person)
        person = "right" if named else "wrong"
    return Verdict(gold, found, speaker, person, chosen)


def _choose(touching: Sequence[Predicted], gold: GoldQuote) -> Predicted:
    """Return the prediction that shares most with `gold`, then one with a speaker, then the tightest."""

    def rank(number: int) -> tuple[int, bool, int, int]:
        one = touching[number]
        return shared(one.span, gold.span), one.speaker is not None, one.span[0] - one.span[1], number

    return touching[max(range(len(touching)), key=rank)]


def _judge_unsaid(text: str, gold: GoldQuote, kept: Sequence[Predicted], printed: set[Span]) -> Verdict:
    spoken = [one for one in kept if one.speaker and _covers(one.span, gold.span)]
    found = "exact" if trim(text, gold.span) in printed else "missed"
    return Verdict(gold, found, "wrong" if spoken else "none", None, spoken[0] if spoken else None)


def _is_mentioned(speaker: Span, sources: Sequence[Span]) -> bool:
    shorter = [(shared(speaker, one), min(speaker[1] - speaker[0], one[1] - one[0])) for one in sources]
    return any(both and 2 * both >= least for both, least in shorter)


def is_same_name(one: str, other: str) -> bool:
    """Whether two names can be one person's: the surname alone will do, a first name must not contradict."""
    a, b = _name_words(one), _name_words(other)
    if not a or not b or a == b:
        return bool(a) and a == b
    if len(a) <= 4 and len(b) <= 4 and a[-1] == b[-1]:
        is_initial = a[0][0] == b[0][0] and 1 in {len(a[0]), len(b[0])}
        return 1 in {len(a), len(b)} or a[0] == b[0] or is_initial
    return set(a) <= set(b) or set(b) <= set(a)


def _name_words(name: str) -> list[str]:
    words = re.findall(r"[^\W_][\w'’-]*", re.sub(r"['’]s\b", "", name).casefold())
    return [word for word in words if word not in _HONORIFICS] or words
