"""The teacher: a large parser and tagger that does not ship, whose word trains the small ones on more text.

A published transformer encoder, fine-tuned on treebanks: for heads and relations, and for tags.
"""

from __future__ import annotations

import unicodedata
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from torch import nn

from quotes.training.networks.batching import NOTHING, batch_by_length, pad
from quotes.training.networks.precision import halve
from quotes.training.networks.roughen import roughen
from quotes.training.networks.treebank import curl

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from random import Random

    from torch import Tensor

    from quotes.training.networks.treebank import Parsed

EPOCHS, RATE, ENCODER_RATE = 10, 2e-3, 3e-4
LONGEST, PIECES_AT_ONCE, CURLY, ROUGH, TAG_SHARE = 120, 1_500, 0.5, 0.2, 0.3
_ARC, _REL, _SHAPES, _SHAPE_SIZE = 256, 128, 8, 24
_NEVER = -1e4
_TOGETHER = 1_000  # sentences whose pieces are counted together: bounds memory
_LONGEST_WORD = 24  # letters: the pieces of one long address would pad all sentences beside it


class Labels(NamedTuple):
    """The labels that the teacher knows, each list in a fixed order."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deprels: tuple[str, ...]


class Scores(NamedTuple):
    """For each word of each sentence: scores of tags, of each head (0 is the root), what tells relations."""

    upos: Tensor
    xpos: Tensor
    heads: Tensor
    below: Tensor
    above: Tensor


class Teacher(nn.Module):  # type: ignore[misc]  # torch is not typed here
    """A transformer with biaffine heads. `encoder` is the folder of a BERT-like encoder and its tokenizer."""

    def __init__(self, encoder: Path, labels: Labels) -> None:
        from transformers import AutoModel, AutoTokenizer

        super().__init__()
        self.labels = labels
        self.tokenizer: Any = AutoTokenizer.from_pretrained(str(encoder))
        self.encoder: Any = AutoModel.from_pretrained(str(encoder))
        size = self.encoder.config.hidden_size + _SHAPE_SIZE
        self.mix = nn.Parameter(torch.zeros(self.encoder.config.num_hidden_layers + 1))
        self.shapes = nn.Embedding(_SHAPES, _SHAPE_SIZE)
        self.root = nn.Parameter(torch.randn(size) / size**0.5)
        self.dropout = nn.Dropout(0.3)
        self.upos = nn.Sequential(nn.Linear(size, 128), nn.GELU(), nn.Linear(128, len(labels.upos)))
        self.xpos = nn.Sequential(nn.Linear(size, 128), nn.GELU(), nn.Linear(128, len(labels.xpos)))
        self.arc_below, self.arc_above = (nn.Linear(size, _ARC) for _ in range(2))
        self.rel_below, self.rel_above = (nn.Linear(size, _REL) for _ in range(2))
        self.arcs = nn.Parameter(torch.zeros(_ARC + 1, _ARC))
        self.relations = nn.Parameter(torch.zeros(len(labels.deprels), _REL + 1, _REL + 1))

    def forward(self, sentences: Sequence[Sequence[str]]) -> Scores:
        """Return the scores of a batch of sentences, padded to the longest."""
        words = self._read(sentences)
        with_root = torch.cat([self.root.expand(len(words), 1, -1), words], 1)
        below = nn.functional.gelu(self.arc_below(self.dropout(words)))
        above = nn.functional.gelu(self.arc_above(self.dropout(with_root)))
        heads = _one_more(self.dropout(below)) @ self.arcs @ self.dropout(above).transpose(1, 2)
        lengths = torch.tensor([len(one) for one in sentences])
        beyond = torch.arange(heads.shape[2]) > lengths[:, None]
        own = torch.eye(heads.shape[1], heads.shape[2] - 1, dtype=torch.bool)
        heads = heads.masked_fill(beyond[:, None], _NEVER)
        heads[:, :, 1:].masked_fill_(own, _NEVER)
        return Scores(
            self.upos(self.dropout(words)),
            self.xpos(self.dropout(words)),
            heads,
            _one_more(nn.functional.gelu(self.rel_below(self.dropout(words)))),
            _one_more(nn.functional.gelu(self.rel_above(self.dropout(with_root)))),
        )

    def relate(self, scores: Scores, pairs: Tensor) -> Tensor:
        """Return the scores of the relations, (pairs, relations), of pairs: a sentence, a word, its head."""
        sentences, words, heads = pairs.T
        below, above = scores.below[sentences, words], scores.above[sentences, heads]
        return torch.einsum("pd,rde,pe->pr", below, self.relations, above)

    def count_pieces(self, sentences: Sequence[Sequence[str]]) -> list[int]:
        """Return of how many pieces each sentence is to the encoder."""
        starts = range(0, len(sentences), _TOGETHER)
        cut = (self._cut(sentences[start : start + _TOGETHER])["input_ids"] for start in starts)
        return [len(pieces) for some in cut for pieces in some]

    def _cut(self, sentences: Sequence[Sequence[str]], **how: Any) -> Any:
        words = [[word[:_LONGEST_WORD] for word in one] for one in sentences]
        return self.tokenizer(words, is_split_into_words=True, truncation=True, **how)

    def _read(self, sentences: Sequence[Sequence[str]]) -> Tensor:
        """Return a vector for each word: its first piece's, over all layers, and the shape of the word."""
        pieces = self._cut(sentences, padding=True, return_tensors="pt")
        first = torch.zeros(len(sentences), max(map(len, sentences)), dtype=torch.long)
        for number in range(len(sentences)):
            seen: set[int] = set()
            for place, word in enumerate(pieces.word_ids(number)):
                if word is not None and word not in seen:
                    seen.add(word)
                    first[number, word] = place
        with halve():
            layers = self.encoder(**pieces, output_hidden_states=True).hidden_states
        mixed = sum(weight * layer.float() for weight, layer in zip(self.mix.softmax(0), layers, strict=True))
        size = mixed.shape[2]
        words = mixed.gather(1, first[:, :, None].expand(-1, -1, size))
        shapes = nn.utils.rnn.pad_sequence(
            [torch.tensor([*map(name_shape, one)]) for one in sentences], batch_first=True
        )
        return torch.cat([words, self.shapes(shapes)], 2)


def make_optimizer(teacher: Teacher) -> torch.optim.Optimizer:
    """Return an optimizer that changes the encoder, which knows much, more slowly than the rest."""
    encoder = [*teacher.encoder.parameters()]
    known = {*map(id, encoder)}
    others = [weights for weights in teacher.parameters() if id(weights) not in known]
    groups = [{"params": encoder, "lr": ENCODER_RATE}, {"params": others, "lr": RATE}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def save(teacher: Teacher, encoder: Path, path: Path) -> None:
    """Write the teacher; its tokenizer and the shape of its encoder stay in the folder `encoder`."""
    torch.save(
        {"model": teacher.state_dict(), "labels": tuple(teacher.labels), "encoder": str(encoder.resolve())},
        path,
    )


def load(path: Path) -> Teacher:
    """Read what `save` wrote."""
    from pathlib import Path

    kept = torch.load(path, weights_only=True)
    teacher = Teacher(Path(kept["encoder"]), Labels(*kept["labels"]))
    teacher.load_state_dict(kept["model"])
    teacher.eval()
    return teacher


def list_batches(teacher: Teacher, gold: Sequence[Parsed], random: Random) -> list[list[Parsed]]:
    """Return the batches of an epoch, half of the documents with curly marks, some sentences roughened."""
    usable = [one for one in gold if 1 < len(one) <= LONGEST]
    chosen = [*roughen(curl(usable, random, CURLY), random, ROUGH)]
    return batch_by_length(
        chosen, PIECES_AT_ONCE, random, teacher.count_pieces([one.forms for one in chosen])
    )


def find_loss(teacher: Teacher, some: Sequence[Parsed]) -> Tensor:
    """Return the loss per word: of heads, relations and tags."""
    scores, labels = teacher([one.forms for one in some]), teacher.labels
    heads = pad([one.heads for one in some])
    below = heads != NOTHING
    relations = _number(labels.deprels, [one.deprels for one in some])[below]
    pairs = torch.cat([below.nonzero(), heads[below][:, None]], 1)
    loss = nn.functional.cross_entropy(scores.heads[below], heads[below])
    loss = loss + nn.functional.cross_entropy(teacher.relate(scores, pairs), relations)
    loss = loss + TAG_SHARE * _cross(scores.upos, _number(labels.upos, [one.upos for one in some]))
    return loss + TAG_SHARE * _cross(scores.xpos, _number(labels.xpos, [one.xpos for one in some]))


def list_labels(gold: Sequence[Parsed]) -> Labels:
    """Return the labels that stand in a treebank."""
    columns = ((one.upos, one.xpos, one.deprels) for one in gold)
    return Labels(*(tuple(sorted(set(chain.from_iterable(column)))) for column in zip(*columns, strict=True)))


def _number(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> Tensor:
    numbers = {label: number for number, label in enumerate(labels)}
    return pad([[numbers[label] for label in row] for row in rows])


def _cross(scores: Tensor, right: Tensor) -> Tensor:
    return nn.functional.cross_entropy(scores.flatten(0, 1), right.flatten(), ignore_index=NOTHING)


def name_shape(word: str) -> int:
    """Return what kind of letters a word is made of, which an encoder of lower case does not see."""
    if word.isupper():
        return 1 if len(word) == 1 else 2
    if word[:1].isupper():
        return 3
    if word.islower():
        return 4
    if any(char.isdigit() for char in word):
        return 5
    if all(unicodedata.category(char)[0] in "PS" for char in word):
        return 6
    return 7


def _one_more(vectors: Tensor) -> Tensor:
    return torch.cat([vectors, vectors.new_ones(*vectors.shape[:-1], 1)], -1)
