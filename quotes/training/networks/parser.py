"""Train the parser: from sentences that a person parsed, and from more that the teacher parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from quotes.models.nets import files, parser
from quotes.models.nets.recurrent import Placed
from quotes.models.nets.words import SPECIALS, make_batch
from quotes.training.networks.batching import batch_by_length
from quotes.training.networks.precision import halve
from quotes.training.networks.scores import score_parses
from quotes.training.networks.treebank import Likely
from quotes.training.networks.vocabularies import make_vocabulary, number_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from quotes.models.nets.vectors import Vectors
    from quotes.training.networks.treebank import Parsed

EPOCHS, GOLD_ALONE, RATE, REMEMBER = 20, 7, 3e-3, 0.9995
WORDS_AT_ONCE = 3_000
UNKNOWN_SHARE = 0.15
CONFIG = {
    "hidden_dim": 256, "num_layers": 2, "word_emb_dim": 64, "tag_emb_dim": 0, "use_upos": False,
    "use_xpos": False, "use_ufeats": False, "char": True, "charlm": False, "char_emb_dim": 32,
    "char_hidden_dim": 96, "char_num_layers": 1, "char_rec_dropout": 0, "transformed_dim": 100,
    "deep_biaff_hidden_dim": 96, "deep_biaff_output_dim": 160, "dropout": 0.33, "rec_dropout": 0,
    "word_dropout": 0.0, "pretrain": True, "linearization": False, "distance": False, "bert_model": None,
    "use_arc_embedding": False, "model_type": "graph",
}  # fmt: skip


def build(sentences: Sequence[Parsed], vectors: Vectors) -> nn.Module:
    """Return a new parser, one of Stanza's, that knows the words and relations of `sentences`."""
    words, letters = number_words(one.forms for one in sentences)
    vocabulary = {
        "word": words,
        "char": letters,
        "lemma": make_vocabulary([], lower=True),
        "deprel": make_vocabulary(sorted({relation for one in sentences for relation in one.deprels})),
    }
    model: nn.Module = files.build_parser({**CONFIG, "vector_dim": vectors.size}, vocabulary)
    return model


def find_loss(model: Any, vectors: Vectors, some: Sequence[Parsed]) -> Tensor:
    """Return the loss per word: of the heads, and of the relations there.

    Where teachers parsed, all that they think possible counts, as much as they do.
    """
    batch = make_batch([one.forms for one in some])
    numbers = model.vocab["deprel"]._unit2id
    right = [
        (sentence, word, one.head, numbers[one.relation] - SPECIALS, one.share)
        for sentence, parsed in enumerate(some)
        for word, possible in enumerate(_list_likely(parsed))
        for one in possible
    ]
    *places, shares = zip(*right, strict=True)
    pairs, relations, counts = torch.tensor(places[:3]).T, torch.tensor(places[3]), torch.tensor(shares)
    with halve():
        known = parser.know(model, vectors, batch.words)
        inputs = known[parser.put_root(batch.places, known)]
        read = parser.read(model, parser.forget(model, inputs, UNKNOWN_SHARE), batch.lengths)
        related = parser.relate(model, read.states, pairs)
    of_heads = -nn.functional.log_softmax(read.heads.float(), 2)[tuple(pairs.T)]
    of_relations = nn.functional.cross_entropy(related.float(), relations, reduction="none")
    return (counts * (of_heads + of_relations)).sum() / sum(map(len, some))


def _list_likely(parsed: Parsed) -> Sequence[Sequence[Likely]]:
    pairs = zip(parsed.heads, parsed.deprels, strict=True)
    return parsed.likely or [[Likely(head, relation, 1.0)] for head, relation in pairs]


def parse(model: Any, vectors: Vectors, sentences: Sequence[Sequence[str]]) -> list[list[tuple[int, str]]]:
    """Return a head (0 is the root) and a relation for each word of each sentence, in their order."""
    model.eval()
    order = sorted(range(len(sentences)), key=lambda number: len(sentences[number]))
    trees: list[list[tuple[int, str]]] = []
    with torch.inference_mode():
        for some in batch_by_length([sentences[number] for number in order], WORDS_AT_ONCE):
            batch = make_batch(some)
            known = parser.know(model, vectors, batch.words)
            placed = Placed(parser.begin(model, known), parser.put_root(batch.places, known))
            trees += parser.parse(model, placed, batch.lengths)
    found = dict(zip(order, trees, strict=True))
    return [found[number] for number in range(len(sentences))]


def evaluate(model: nn.Module, vectors: Vectors, sentences: Sequence[Parsed]) -> dict[str, float]:
    """Return the scores of the parses of `sentences`, words given, in per cent."""
    return score_parses(sentences, parse(model, vectors, [one.forms for one in sentences]))
