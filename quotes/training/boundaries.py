"""Learn where sentences end: python -m quotes.training.boundaries UD-TRAIN.conllu.gz [--out FILE].

A logistic regression over the signs of `quotes.annotate.boundaries`, on the treebank's own words joined to
paragraphs. Most weights are driven to nought; the rest are rounded and written, a sign and its weight a line.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

from quotes.annotate.boundaries import WEIGHTS_FILE, Gap, goes_on, list_signs
from quotes.annotate.sentences import cut_sentences
from quotes.annotate.words import find_words
from quotes.training.networks.treebank import read_treebank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotes.training.networks.treebank import Parsed

SEED = 7
CURLY = 0.5  # share of the paragraphs that are printed with curly marks
LEAST_SEEN = 4  # gaps that must show a sign before it counts
COMMON = 12  # times that a word stands in small letters before it is a sign by itself: names never are
SPARSE, STEPS = 3e-5, 250
PARTS = 10  # a weight of 1 is written as 10

Seen = tuple[list[str], bool]


@dataclass(frozen=True, slots=True)
class Marked:
    """A paragraph of a treebank: its text, the spans of its words and where its sentences end."""

    document: str
    text: str
    words: tuple[tuple[int, int], ...]
    ends: tuple[int, ...]


def join_paragraphs(sentences: Iterable[Parsed]) -> Iterator[Marked]:
    """Yield the paragraphs of a treebank, their sentences joined by single spaces."""
    own: list[Parsed] = []
    for sentence in sentences:
        if sentence.begins and own:
            yield _join(own)
            own = []
        own.append(sentence)
    if own:
        yield _join(own)


def _join(sentences: Sequence[Parsed]) -> Marked:
    text, words, ends = "", list[tuple[int, int]](), list[int]()
    for sentence in sentences:
        text = f"{text} " if text else ""
        for form, spaced in zip(sentence.forms, sentence.spaced, strict=True):
            words.append((len(text), len(text) + len(form)))
            text = f"{text}{form} " if spaced else f"{text}{form}"
        text = text.rstrip()
        ends.append(len(text))
    return Marked(sentences[0].document, text, tuple(words), tuple(ends))


def list_gaps(paragraphs: Iterable[Marked], shuffled: random.Random) -> Iterator[Seen]:
    """Yield the signs at each gap where a sentence may end, and whether one does."""
    for paragraph in paragraphs:
        text = curl_marks(paragraph.text) if shuffled.random() < CURLY else paragraph.text
        ends, seen = frozenset(paragraph.ends), list[Seen]()

        def is_end(gap: Gap, ends: frozenset[int] = ends, seen: list[Seen] = seen) -> bool:
            right = gap.words[gap.last].end in ends
            if not goes_on(gap):
                seen.append((list_signs(gap), right))
            return right

        cut_sentences(text, find_words(text), is_end)
        yield from seen


def curl_marks(text: str) -> str:
    """Return `text` with its straight marks as newspapers print them."""
    parts = text.replace("'", "’").split('"')
    return "".join(
        part + ("" if at == len(parts) - 1 else "”" if at % 2 else "“") for at, part in enumerate(parts)
    )


def choose_signs(seen: Sequence[Seen], common: frozenset[str]) -> list[str]:
    """Return the signs that may have a weight, in order; of words only common ones."""
    counts = Counter(sign for signs, _ in seen for sign in signs)
    return sorted(
        sign
        for sign, count in counts.items()
        if count >= LEAST_SEEN and ("=" not in sign or sign.rpartition("=")[2] in common)
    )


def learn_weights(seen: Sequence[Seen], known: Sequence[str]) -> dict[str, int]:
    """Return the weights other than nought of a logistic regression with an L1 penalty (FISTA)."""
    number = {sign: at for at, sign in enumerate(known)}
    rows = [[number[sign] for sign in signs if sign in number] for signs, _ in seen]
    sizes = np.array([len(row) for row in rows])
    column = np.concatenate([np.array(row, dtype=np.int64) for row in rows])
    row_of = np.repeat(np.arange(len(rows)), sizes)
    right = np.array([end for _, end in seen], dtype=np.float64)
    stride = len(rows) / (0.25 * sizes.max() * np.bincount(column, minlength=len(known)))
    weights = ahead = np.zeros(len(known))
    pace = 1.0
    for _ in range(STEPS):
        odds = np.bincount(row_of, ahead[column], len(rows))
        slope = np.bincount(column, ((1 / (1 + np.exp(-odds)) - right) / len(rows))[row_of], len(known))
        moved = ahead - stride * slope
        moved = np.sign(moved) * np.maximum(np.abs(moved) - stride * SPARSE, 0)
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = moved + (pace - 1) / faster * (moved - weights)
        weights, pace = moved, faster
    rounded = np.rint(weights * PARTS).astype(int)
    return {sign: int(weight) for sign, weight in zip(known, rounded, strict=True) if weight}


def learn(sentences: Sequence[Parsed], seed: int = SEED) -> dict[str, int]:
    """Return the weights of the signs, learned from the sentences of a treebank."""
    small = Counter(form for one in sentences for form in one.forms if form.isalpha() and form.islower())
    common = frozenset(form for form, count in small.items() if count >= COMMON)
    seen = list(list_gaps(join_paragraphs(sentences), random.Random(seed)))
    return learn_weights(seen, choose_signs(seen, common))


@click.command()
@click.argument("treebank", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), default=WEIGHTS_FILE, show_default=True
)
def main(treebank: Path, out: Path) -> None:
    """Write the weights of the signs that a sentence ends, learned from TREEBANK (CoNLL-U)."""
    weights = learn(list(read_treebank(treebank)))
    out.write_text("".join(f"{sign}\t{weights[sign]}\n" for sign in sorted(weights)), encoding="utf-8")
    click.echo(f"{len(weights)} weights in {out}")


if __name__ == "__main__":
    main()
