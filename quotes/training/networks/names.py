"""Train the name finder."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import torch

from quotes.models.nets import files, names
from quotes.models.nets.recurrent import Placed
from quotes.models.nets.words import make_batch, mark_words
from quotes.training.networks.batching import batch_by_length
from quotes.training.networks.precision import halve
from quotes.training.networks.scores import score_spans
from quotes.training.networks.treebank import curl_words
from quotes.training.networks.vocabularies import make_tags, number_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from random import Random

    from torch import Tensor, nn

    from quotes.models.nets.vectors import Vectors

LONGEST, WORDS_AT_ONCE = 150, 1_500
CURLY = 0.4
EPOCHS, RATE, REMEMBER = 10, 2e-3, 0.9995
UNKNOWN_SHARE = 0.05
CONFIG = {
    "hidden_dim": 200, "num_layers": 1, "char": True, "charlm": False, "char_emb_dim": 32,
    "char_hidden_dim": 64, "char_num_layers": 1, "char_rec_dropout": 0, "dropout": 0.4, "word_dropout": 0.0,
    "locked_dropout": 0.0, "lowercase": True, "emb_finetune": True, "input_transform": True,
    "scheme": "bioes", "connect_output_layers": False, "bert_model": None, "pretrain": True,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """One sentence with a tag for each word (B-PER, I-PER, E-PER, S-PER, O …)."""

    words: tuple[str, ...]
    tags: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.words)


def read_named(path: Path) -> list[Named]:
    """Return the sentences of a gzipped JSON file: lists of {"text", "ner"}."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [
            Named(tuple(word["text"] for word in one), tuple(word["ner"] for word in one))
            for one in json.load(lines)
        ]


def curl(sentences: Iterable[Named], random: Random) -> Iterator[Named]:
    """Yield `sentences`, a share of them with curly marks and apostrophes, as newspapers print them."""
    for one in sentences:
        is_curly = random.random() < CURLY
        yield replace(one, words=curl_words(one.words, opens=True)[0]) if is_curly else one


def build(sentences: Sequence[Named], vectors: Vectors) -> nn.Module:
    """Return a new name finder, one of Stanza's, that knows the words and tags of `sentences`."""
    words, letters = number_words(one.words for one in sentences)
    vocabulary = {
        "char": letters,
        "delta": words,
        "tag": make_tags(sorted({tag for one in sentences for tag in one.tags})),
    }
    model: nn.Module = files.build_names({**CONFIG, "word_emb_dim": vectors.size}, vocabulary)
    return model


def list_batches(sentences: Sequence[Named], random: Random) -> list[list[Named]]:
    """Return the batches of an epoch."""
    usable = [one for one in curl(sentences, random) if 1 < len(one) <= LONGEST]
    return batch_by_length(usable, WORDS_AT_ONCE, random)


def find_loss(model: Any, vectors: Vectors, some: Sequence[Named]) -> Tensor:
    """Return the loss per sentence: how unlikely the right sequences of tags are."""
    batch = make_batch([one.words for one in some])
    with halve():
        inputs = names.know(model, vectors, batch.words)[batch.places]
        blended = names.blend(model, names.forget(model, inputs, UNKNOWN_SHARE))
        scores = names.score(model, blended, batch.lengths)
    known = model.vocab["tag"]._unit2id[0]
    tags = torch.nn.utils.rnn.pad_sequence(
        [torch.tensor([known[tag] for tag in one.tags]) for one in some], batch_first=True
    )
    loss: Tensor = model.crits[0](
        scores.float().transpose(0, 1).contiguous(), ~mark_words(batch.lengths), tags
    )[0]
    return loss


def evaluate(model: Any, vectors: Vectors, sentences: Sequence[Named]) -> dict[str, float]:
    """Return the F1 of each kind of name, and of all, in per cent."""
    model.eval()
    gold: list[set[tuple[int, int, str]]] = []
    given: list[set[tuple[int, int, str]]] = []
    with torch.inference_mode():
        for some in batch_by_length(sentences, 3_000):
            gold += [{*names.list_spans(one.tags)} for one in some]
            batch = make_batch([one.words for one in some])
            begun = names.begin(model, names.know(model, vectors, batch.words))
            given += map(set, names.find_names(model, Placed(begun, batch.places), batch.lengths))
    return dict(score_spans(gold, given))
