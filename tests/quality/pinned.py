"""The outcome of every gold quote as last pinned, and what was gained and lost since. It holds no words."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.training.documents import hide_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from judging import Judged, Verdict

COLUMNS = ("doc", "start", "end", "found", "speaker", "person", "rule")
NOT_SPEECH = "not speech"
Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one gold quote; `found` is "not speech" for a stretch that nobody said."""

    found: str
    speaker: str
    person: str
    rule: str


@dataclass(frozen=True, slots=True)
class Change:
    """What changed for one quote: "gain", "loss" or "other", and each change in words."""

    key: Key
    kind: str
    told: str


def list_outcomes(judged: Iterable[Judged]) -> dict[Key, Outcome]:
    """Return the outcome of every quote, and of every stretch that nobody said, by its place."""
    outcomes = {}
    for one in judged:
        for verdict in (*one.quotes, *one.not_speech):
            outcomes[hide_name(one.article.name), *verdict.gold.span] = _tell(verdict)
    return outcomes


def _tell(verdict: Verdict) -> Outcome:
    rule = verdict.predicted.rule if verdict.predicted else None
    found = verdict.found if verdict.gold.speech else NOT_SPEECH
    return Outcome(found, verdict.speaker, verdict.person or "", rule or "")


def write_outcomes(path: Path, outcomes: Mapping[Key, Outcome]) -> None:
    """Write `outcomes` in order of article and place."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(COLUMNS)
        for key, one in sorted(outcomes.items()):
            table.writerow((*key, one.found, one.speaker, one.person, one.rule))


def read_outcomes(path: Path) -> dict[Key, Outcome]:
    """Return what `write_outcomes` wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {
            (row["doc"], int(row["start"]), int(row["end"])): Outcome(
                *(row[column] for column in COLUMNS[3:])
            )
            for row in rows
        }


def compare(before: Mapping[Key, Outcome], after: Mapping[Key, Outcome]) -> list[Change]:
    """Return what changed for the quotes that both have, in order of article and place."""
    changes = []
    for key in sorted(before.keys() & after.keys()):
        kind = _weigh(before[key], after[key])
        if kind:
            changes.append(Change(key, kind, _describe(before[key], after[key])))
    return changes


def _weigh(before: Outcome, after: Outcome) -> str | None:
    """Speaker before person before span: what a reader minds most decides."""
    if _ranks(before) == _ranks(after):
        return None
    if before.found == NOT_SPEECH:
        return "gain" if after.speaker == "none" else "loss"
    for old, new in zip(_ranks(before), _ranks(after), strict=True):
        if old != new and (old == 2 or new == 2):
            return "gain" if new == 2 else "loss"
    return "other"


def _ranks(outcome: Outcome) -> tuple[int, int, int]:
    """Speaker, person and span, 2 where right."""
    return (
        {"right": 2, "none": 1}.get(outcome.speaker, 0),
        {"right": 2, "": 1}.get(outcome.person, 0),
        {"exact": 2, "overlap": 1}.get(outcome.found, 0),
    )


def _describe(before: Outcome, after: Outcome) -> str:
    told = []
    for name in ("found", "speaker", "person"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            told.append(f"{name} {old} → {new}")
    rules = f"{before.rule or 'no rule'} → {after.rule or 'no rule'}"
    return ", ".join(told) + f" ({rules if before.rule != after.rule else after.rule or 'no rule'})"
