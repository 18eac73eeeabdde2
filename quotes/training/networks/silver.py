"""Sentences parsed and tagged by teachers: with every word stands what they think possible."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

from quotes.annotate.annotator import cut_sentences
from quotes.furniture import paragraphs
from quotes.models.nets.parser import choose
from quotes.models.nets.words import mark_words
from quotes.training.documents import hide_name
from quotes.training.networks.batching import batch_by_length
from quotes.training.networks.names import read_named
from quotes.training.networks.scores import score_parses
from quotes.training.networks.teacher import Teacher
from quotes.training.networks.treebank import Likely, Parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from torch import Tensor, nn

SHORTEST, LONGEST, PIECES_AT_ONCE = 3, 80, 4_000
_LEAST = 0.02  # less likely heads and relations are not kept


def list_sentences(texts: Path, names: Path | None, left_out: frozenset[str]) -> list[tuple[str, ...]]:
    """Return the distinct sentences of the articles in a folder, and of a training file for names.

    `left_out` are the hidden names of articles that are kept aside.
    """
    found: dict[tuple[str, ...], None] = {}
    for path in sorted(texts.glob("*.txt")):
        if hide_name(path.stem) in left_out:
            continue
        text = path.read_bytes().decode("utf-8")
        for _, sentence in cut_sentences(text, paragraphs(text)):
            found[tuple(word.text for word in sentence)] = None
    for one in read_named(names) if names else ():
        found[one.words] = None
    return [*found]


def evaluate(teacher: nn.Module, sentences: Sequence[Parsed]) -> dict[str, float]:
    """Return the scores of the teacher's parses of short sentences, words given, in per cent."""
    assert isinstance(teacher, Teacher)
    gold = sorted((one for one in sentences if SHORTEST <= len(one) <= LONGEST), key=lambda one: one.forms)
    read = sorted(parse_all([teacher], [one.forms for one in gold]), key=lambda one: one.forms)
    return score_parses(gold, [[*zip(one.heads, one.deprels, strict=True)] for one in read])


def parse_all(teachers: Sequence[Teacher], sentences: Sequence[Sequence[str]]) -> Iterator[Parsed]:
    """Yield what teachers think of each sentence, but for very short and very long ones; short ones first.

    They have to know the same labels, those of one treebank, and to begin with the same encoder.
    """
    for teacher in teachers:
        teacher.eval()
    usable = [one for one in sentences if SHORTEST <= len(one) <= LONGEST]
    with torch.inference_mode():
        for some in batch_by_length(usable, PIECES_AT_ONCE, sizes=teachers[0].count_pieces(usable)):
            yield from _parse_batch(teachers, some)


def _parse_batch(teachers: Sequence[Teacher], some: Sequence[Sequence[str]]) -> Iterator[Parsed]:
    read = [teacher(some) for teacher in teachers]

    def relate(pairs: Tensor) -> Tensor:
        related = [teacher.relate(scores, pairs) for teacher, scores in zip(teachers, read, strict=True)]
        return _average(related).log()

    likely = _average([scores.heads for scores in read]).log()
    heads, relations = choose(likely, [*map(len, some)], relate)
    upos = _average([scores.upos for scores in read]).argmax(2)
    xpos = _average([scores.xpos for scores in read]).argmax(2)
    labels = teachers[0].labels
    possible = _list_possible(likely, [*map(len, some)], relate, labels.deprels)
    columns = (some, *(tensor.tolist() for tensor in (heads, relations, upos, xpos)), possible)
    for words, head, relation, own_upos, own_xpos, of_words in zip(*columns, strict=True):
        size = len(words)
        yield Parsed(
            "", tuple(words), ("_",) * size,
            tuple(labels.upos[tag] for tag in own_upos[:size]),
            tuple(labels.xpos[tag] for tag in own_xpos[:size]),
            tuple(head[:size]), tuple(labels.deprels[one] for one in relation[:size]),
            likely=of_words,
        )  # fmt: skip


def _list_possible(
    likely: Tensor, lengths: Sequence[int], relate: Callable[[Tensor], Tensor], names: Sequence[str]
) -> list[tuple[tuple[Likely, ...], ...]]:
    """Return, for each word of each sentence, what has at least the share _LEAST, the likeliest first."""
    least = math.log(_LEAST)
    pairs = (mark_words(lengths)[:, :, None] & (likely > least)).nonzero()
    together = likely[tuple(pairs.T)][:, None] + relate(pairs)
    found = (together > least).nonzero()
    shares = together[tuple(found.T)].exp().tolist()
    possible: list[list[list[Likely]]] = [[[] for _ in range(length)] for length in lengths]
    places = zip(pairs[found[:, 0]].tolist(), found[:, 1].tolist(), shares, strict=True)
    for (sentence, word, head), relation, share in places:
        possible[sentence][word].append(Likely(head, names[relation], share))
    return [tuple(tuple(sorted(word, key=lambda one: -one.share)) for word in one) for one in possible]


def _average(scores: Sequence[Tensor]) -> Tensor:
    """Return how likely each choice is, on average over teachers."""
    return torch.stack([one.softmax(-1) for one in scores]).mean(0)
