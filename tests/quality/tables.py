"""What judged articles add up to: figures, and aligned tables of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calibration import Judgement
from structures import MENTIONS, STRUCTURES, name_mention, name_structure

from quotes.training.documents import hide_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from judging import GoldArticle, GoldQuote, Judged, Verdict
    from pinned import Key, Outcome

WORDS = ((3, "1-3 words"), (7, "4-7 words"))
COLUMNS = ("quotes", "found", "right", "before", "person", "wrong", "none")


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures in per cent, the last three as counts; no `persons` where gold names none."""

    exact: float
    end_to_end: float
    precision: float
    recall: float
    persons: float | None
    false_attributions: int
    not_speech: int
    quotes: int


def add_up(judged: Sequence[Judged]) -> Figures:
    """Return the figures over all of `judged`."""
    verdicts = [verdict for one in judged for verdict in one.quotes]
    unsaid = [verdict for one in judged for verdict in one.not_speech]
    right = sum(verdict.speaker == "right" for verdict in verdicts)
    sourced = sum(bool(verdict.gold.sources) for verdict in verdicts)
    attributed = sum(one.attributed for one in judged)
    exact, printed = sum(one.exact for one in judged), sum(one.predictions for one in judged)
    persons = [verdict.person == "right" for verdict in verdicts if verdict.gold.is_person]
    return Figures(
        exact=percent(2 * exact, printed + len(verdicts)),
        end_to_end=percent(2 * right, attributed + sourced),
        precision=percent(right, attributed),
        recall=percent(right, sourced),
        persons=percent(sum(persons), len(persons)) if persons else None,
        false_attributions=sum(verdict.speaker == "wrong" for verdict in unsaid),
        not_speech=len(unsaid),
        quotes=len(verdicts),
    )


def percent(part: float, whole: float) -> float:
    """Return `part` of `whole` in per cent, 0 of nothing."""
    return 100 * part / whole if whole else 0.0


def list_judgements(judged: Iterable[Judged]) -> Iterator[Judgement]:
    """Yield each attribution whose truth is known with its confidence; of what nobody said, all are wrong."""
    for one in judged:
        for verdict in (*one.quotes, *one.not_speech):
            predicted = verdict.predicted
            known = verdict.gold.sources or not verdict.gold.speech
            if known and predicted and predicted.speaker and predicted.confidence is not None:
                yield Judgement(predicted.confidence, verdict.speaker == "right")


def list_person_judgements(judged: Iterable[Judged]) -> Iterator[Judgement]:
    """Yield each attribution whose person gold names: right where it was resolved to that person."""
    for one in judged:
        for verdict in one.quotes:
            predicted = verdict.predicted
            if verdict.person and predicted and predicted.speaker and predicted.confidence is not None:
                yield Judgement(predicted.confidence, verdict.person == "right")


def name_words(_: GoldArticle, quote: GoldQuote) -> str:
    """Return which band of lengths the quote is in."""
    return next((name for most, name in WORDS if quote.words <= most), "8 words or more")


GROUPINGS: dict[str, Callable[[GoldArticle, GoldQuote], str]] = {
    "structure": name_structure,
    "words": name_words,
    "mention": name_mention,
    "outlet": lambda article, _: article.outlet,
}


def tabulate(judged: Sequence[Judged], grouping: str, before: Mapping[Key, Outcome]) -> list[tuple[str, ...]]:
    """Return a head and one row for each kind of quote; shares are in per cent of the row's quotes.

    `before` gives the column of what was right then; a dot stands where it knows no quote of the row.
    """
    rows: dict[str, list[tuple[str, Verdict]]] = {}
    for one in judged:
        for verdict in one.quotes:
            name = GROUPINGS[grouping](one.article, verdict.gold)
            rows.setdefault(name, []).append((hide_name(one.article.name), verdict))
    order = {name: number for number, name in enumerate((*STRUCTURES, *MENTIONS))}
    names = sorted(rows, key=lambda name: (order.get(name, len(order)), name))
    everything = [verdict for one in rows.values() for verdict in one]
    table = [(name, *_count(rows[name], before)) for name in names]
    return [(grouping, *COLUMNS), *table, ("all", *_count(everything, before))]


def _count(rows: Sequence[tuple[str, Verdict]], before: Mapping[Key, Outcome]) -> tuple[str, ...]:
    verdicts = [verdict for _, verdict in rows]
    then = [
        before[name, *verdict.gold.span] for name, verdict in rows if (name, *verdict.gold.span) in before
    ]
    persons = [verdict.person == "right" for verdict in verdicts if verdict.person]
    return (
        str(len(rows)),
        share([verdict.found != "missed" for verdict in verdicts]),
        share([verdict.speaker == "right" for verdict in verdicts]),
        share([outcome.speaker == "right" for outcome in then]),
        share(persons),
        share([verdict.speaker == "wrong" for verdict in verdicts]),
        share([verdict.speaker == "none" and verdict.found != "missed" for verdict in verdicts]),
    )


def share(verdicts: Sequence[bool]) -> str:
    """Return the share of True in per cent, a dot of nothing."""
    return f"{percent(sum(verdicts), len(verdicts)):.1f}" if verdicts else "·"


def align(rows: Sequence[Sequence[str]]) -> str:
    """Return `rows` as lines, the first column to the left and all others to the right."""
    widths = [max(len(row[number]) for row in rows) for number in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join((row[0].ljust(widths[0]), *cells)).rstrip())
    return "\n".join(lines)
