"""The embedded models: Stanza's networks, run over many sentences at once and without Stanza's pipeline."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

import torch

from quotes.annotate.reader import NameRead, WordRead
from quotes.models.nets import files, names, parser, tagger
from quotes.models.nets.lemmas import Lemmas
from quotes.models.nets.lexicon import MOST_WORDS, Lexicon
from quotes.models.nets.recurrent import Placed
from quotes.models.nets.vectors import Vectors
from quotes.models.nets.words import stack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from torch import Tensor

    from quotes.models.nets.names import NameSpan
    from quotes.models.nets.recurrent import Begun

    _Tagged = tuple[list[tuple[str, str]], list[tuple[int, str]]]

WORDS_AT_ONCE, PLACES_AT_ONCE = MOST_WORDS, 4_000
LONGER = 1.2  # how many times as long as its shortest sentence, and a word, a batch's longest may be

B = TypeVar("B")
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
            self._root = parser.know(self._parser, vectors, [])
        self._known_to_names = Lexicon([partial(names.know, self._names, vectors)])
        self._known = Lexicon(
            [
                partial(tagger.know, self._tagger, vectors),
                lambda words: parser.know(self._parser, vectors, words)[:-1],
            ]
        )

    def find_names(self, sentences: Sequence[Sequence[str]]) -> list[list[NameRead]]:
        """Return the names in each sentence, in order."""

        def begin(tables: Sequence[Tensor]) -> Begun:
            return names.begin(self._names, tables[0])

        def read(begun: Begun, places: Tensor, lengths: Sequence[int]) -> list[list[NameSpan]]:
            return names.find_names(self._names, Placed(begun, places), lengths)

        found = _read_in_batches(self._known_to_names, begin, read, sentences)
        return [[*map(NameRead._make, spans)] for spans in found]

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[list[WordRead]]:
        """Return what the networks say of each word of each sentence."""

        def begin(tables: Sequence[Tensor]) -> tuple[Begun, Begun]:
            to_tagger, to_parser = tables
            with_root = torch.cat([to_parser, self._root])
            return tagger.begin(self._tagger, to_tagger), parser.begin(self._parser, with_root)

        def read(begun: tuple[Begun, Begun], places: Tensor, lengths: Sequence[int]) -> Iterator[_Tagged]:
            to_tagger, to_parser = begun
            tags = tagger.tag(self._tagger, Placed(to_tagger, places), lengths)
            rooted = Placed(to_parser, parser.put_root(places, to_parser.ahead))
            return zip(tags, parser.parse(self._parser, rooted, lengths), strict=True)

        find = self._lemmas.find
        return [
            [
                WordRead(find(word, upos), upos, xpos, relation, head - 1)
                for word, (upos, xpos), (head, relation) in zip(words, tags, tree, strict=True)
            ]
            for words, (tags, tree) in zip(
                sentences, _read_in_batches(self._known, begin, read, sentences), strict=True
            )
        ]


def _read_in_batches(
    lexicon: Lexicon,
    begin: Callable[[Sequence[Tensor]], B],
    read: Callable[[B, Tensor, Sequence[int]], Iterable[R]],
    sentences: Sequence[Sequence[str]],
) -> list[R]:
    """Return what `read` gives for each sentence, in order.

    It is given, for a batch of sentences, what `begin` made of the tables of the lexicon, the row at each
    place, (time, sentences), and the lengths.
    """
    by_length = sorted(range(len(sentences)), key=lambda number: len(sentences[number]))
    found: dict[int, R] = {}
    with torch.inference_mode():
        for some in _cut(by_length, sentences):
            rows, tables = lexicon.find([sentences[number] for number in some])
            begun = begin(tables)
            for numbers in _batch(rows):
                batch = [rows[number] for number in numbers]
                done = read(begun, stack(batch), [*map(len, batch)])
                found.update(zip([some[number] for number in numbers], done, strict=True))
    return [found[number] for number in range(len(sentences))]


def _cut(numbers: Sequence[int], sentences: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    """Yield the numbers of sentences whose words are looked up together: WORDS_AT_ONCE at most."""
    some, words = list[int](), 0
    for number in numbers:
        words += len(sentences[number])
        if some and words > WORDS_AT_ONCE:
            yield some
            some, words = [], len(sentences[number])
        some.append(number)
    if some:
        yield some


def _batch(rows: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the numbers of sentences of about the same length, PLACES_AT_ONCE words at most with padding.

    The shortest sentences have to come first.
    """
    batch, longest = list[int](), 0
    for number, row in enumerate(rows):
        if batch and (len(row) > longest or (len(batch) + 1) * len(row) > PLACES_AT_ONCE):
            yield batch
            batch = []
        if not batch:
            longest = int(LONGER * len(row)) + 1
        batch.append(number)
    if batch:
        yield batch
