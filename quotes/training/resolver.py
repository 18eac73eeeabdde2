"""Fit the weights of pronoun clues: python -m quotes.training.resolver LABELS GOLD TEXTS --cache FOLDER.

LABELS is a table of mentions with the names they stand for (tests/quality/resolved_mentions.tsv): half,
doc (its name hidden), start, end, mention, name. The weights go into `quotes.speakers.pronouns` by hand.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.languages import LANGUAGES
from quotes.records import Article
from quotes.speakers.pronouns import WEIGHTS, weigh_candidates
from quotes.speakers.scene import Scene
from quotes.speakers.within import pronoun_kind, read_mentions
from quotes.training.annotated import read_annotated
from quotes.training.documents import hide_name
from quotes.training.gold import read_gold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quotes.records import Annotated, Span

BY_HAND = frozenset({"called so", "answers or asks"})  # clues that the labelled pronouns hardly show
CLUES = tuple(clue for clue in WEIGHTS if clue not in BY_HAND)
RATE, STEPS = 0.03, 3000


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader says that the mention at `span` stands for."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The clues of one pronoun's candidates, a row each, and which rows are right."""

    clues: np.ndarray
    right: np.ndarray


def read_labels(path: Path, half: str) -> dict[str, list[Label]]:
    """Return the labels of one half ("tune" or "check") by document."""
    labels: dict[str, list[Label]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if row["half"] == half:
                labels[row["doc"]].append(Label((int(row["start"]), int(row["end"])), row["name"]))
    return dict(labels)


def list_choices(
    article: Article, annotated: Annotated, gold: Mapping[str, Any], labels: Sequence[Label]
) -> Iterator[Choice]:
    """Yield the choice at each labelled “he” and “she”, as met while reading with the weights of today."""
    name_of = {label.span: label.name for label in labels}
    quoted = [span for quote in find_quotes(article, paragraphs(article.text)) for span in quote.spans]
    scene = Scene(article, annotated, quoted, LANGUAGES[article.language])
    choices: list[Choice] = []

    def watch(span: Span) -> None:
        kind = pronoun_kind(scene, span)
        weighed = weigh_candidates(scene, span, kind) if kind in {"male", "female"} else {}
        right = np.array([is_same(name, name_of.get(span, "")) for name in weighed], dtype=bool)
        if right.any() and not right.all():
            rows = [[clues[clue] for clue in CLUES] for _, clues in weighed.values()]
            choices.append(Choice(np.array(rows), right))

    spans = [tuple(span) for quote in gold["quotes"] for span in (quote["source_spans"] or ())[:1]]
    read_mentions(scene, {*spans, *name_of}, watch)
    yield from choices


def is_same(name: str, label: str) -> bool:
    """Return whether one name holds all words of the other, or both end alike after the same first letter.

    >>> is_same("Ana M. Roe", "Ana Roe"), is_same("Bea Roe", "Ana Roe"), is_same("Roe", "Ana Roe")
    (True, False, True)
    """
    words, others = name.casefold().split(), label.casefold().split()
    if not words or not others:
        return False
    alike = words[-1] == others[-1] and words[0][0] == others[0][0]
    return set(words) <= set(others) or set(others) <= set(words) or alike


def fit(choices: Sequence[Choice], penalty: float) -> np.ndarray:
    """Return the weights under which the right candidates are likeliest, kept small by `penalty` (Adam)."""
    weights, speed, spread = (np.zeros(len(CLUES)) for _ in range(3))
    for step in range(1, STEPS + 1):
        slope = penalty * weights + sum(_slope(choice, weights) for choice in choices)
        speed = 0.9 * speed + 0.1 * slope
        spread = 0.999 * spread + 0.001 * slope**2
        weights = weights - RATE * (speed / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-9)
    return weights


def _slope(choice: Choice, weights: np.ndarray) -> np.ndarray:
    scores = np.exp(choice.clues @ weights - (choice.clues @ weights).max())
    shares = scores / scores.sum()
    wanted = np.where(choice.right, shares, 0)
    slope: np.ndarray = choice.clues.T @ (shares - wanted / wanted.sum())
    return slope


@click.command(help=__doc__)
@click.argument("labels", type=click.Path(path_type=Path, exists=True))
@click.argument("gold", type=click.Path(path_type=Path, exists=True))
@click.argument("texts", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--cache", type=click.Path(path_type=Path), default=Path("annotated"), help="Keeps annotations."
)
@click.option("--half", default="tune", show_default=True)
@click.option("--penalty", default=0.3, show_default=True)
def main(labels: Path, gold: Path, texts: Path, cache: Path, half: str, penalty: float) -> None:
    marked, wanted = read_gold(gold), read_labels(labels, half)
    paths = [path for path in sorted(texts.glob("*.txt")) if hide_name(path.stem) in wanted]
    choices = [
        choice
        for path, text, annotated in read_annotated(paths, cache)
        for choice in list_choices(
            Article(path.stem, "", text, path.name),
            annotated,
            marked[path.stem],
            wanted[hide_name(path.stem)],
        )
    ]
    click.echo(f"{len(choices):,} pronouns")
    for clue, weight in zip(CLUES, fit(choices, penalty), strict=True):
        click.echo(f'    "{clue}": {weight:.2f},')


if __name__ == "__main__":
    main()
