"""The embedded models: Stanza's networks, run over many sentences at once and without Stanza's pipeline."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

import torch

from quotes.annotate.reader import NameRead, WordRead
from quotes.models.nets import files, names, parser, tagger
from quotes.models.nets.lemmas import Lemmas
from quotes.models.nets.lexicon import Lexicon
from quotes.models.nets.vectors import Vectors
from quotes.models.nets.words import stack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

PLACES_AT_ONCE = 4_000

R = TypeVar("R")


class Networks:
    """The networks in `folder`, loaded."""

    def __init__(self, folder: Path) -> None:
        # Small networks gain next to nothing from a second thread, and two jobs that want all cores starve
        # each other: with two threads each they took several times as long as one after the other.
        torch.set_num_threads(1)
        self._tagger = files.load(folder / "tagger.pt", files.build_tagger)
        self._parser = files.load(folder / "parser.pt", files.build_parser)
        self._names = files.load(folder / "names.pt", files.build_names)
        self._lemmas = Lemmas.load(folder / "lemmas.json.gz")
        vectors = Vectors.load(folder / "vectors.npz")
        with torch.inference_mode():
            self._root = parser.know(self._parser, vectors, [])[-1]
        self._known_to_names = Lexicon([partial(names.know, self._names, vectors)])
        self._known = Lexicon(
            [
                partial(tagger.know, self._tagger, vectors),
                lambda words: parser.know(self._parser, vectors, words)[:-1],
            ]
        )

    def find_names(self, sentences: Sequence[Sequence[str]]) -> list[list[NameRead]]:
        """Return the names in each sentence, in order."""
        return _read_in_batches(self._find_names, sentences)

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[list[WordRead]]:
        """Return what the networks say of each word of each sentence."""
        return _read_in_batches(self._parse, sentences)

    def _find_names(self, sentences: Sequence[Sequence[str]]) -> Iterator[list[NameRead]]:
        rows, (table,) = self._known_to_names.find(sentences)
        for found in names.find_names(self._names, table[stack(rows)], [*map(len, sentences)]):
            yield [*map(NameRead._make, found)]

    def _parse(self, sentences: Sequence[Sequence[str]]) -> Iterator[list[WordRead]]:
        lengths = [*map(len, sentences)]
        rows, (for_tagger, for_parser) = self._known.find(sentences)
        places = stack(rows)
        tags = tagger.tag(self._tagger, for_tagger[places], lengths)
        trees = parser.parse(self._parser, self._root, for_parser[places], lengths)
        find = self._lemmas.find
        for words, own, tree in zip(sentences, tags, trees, strict=True):
            yield [
                WordRead(find(word, upos), upos, xpos, relation, head - 1)
                for word, (upos, xpos), (head, relation) in zip(words, own, tree, strict=True)
            ]


def _read_in_batches(
    read: Callable[[Sequence[Sequence[str]]], Iterable[R]], sentences: Sequence[Sequence[str]]
) -> list[R]:
    """Return what `read` gives for each sentence, in order, a batch of about the same length at a time."""
    found: dict[int, R] = {}
    with torch.inference_mode():
        for numbers in _batch(sentences):
            found.update(zip(numbers, read([sentences[number] for number in numbers]), strict=True))
    return [found[number] for number in range(len(sentences))]


def _batch(sentences: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    """Yield the numbers of sentences of about the same length, PLACES_AT_ONCE words at most with padding."""
    batch: list[int] = []
    for number in sorted(range(len(sentences)), key=lambda one: len(sentences[one])):
        if batch and (len(batch) + 1) * len(sentences[number]) > PLACES_AT_ONCE:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
