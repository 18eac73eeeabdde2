"""Train the tagger: from sentences that a person tagged, and from more that the teacher tagged."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from quotes.models.nets import files, tagger
from quotes.models.nets.recurrent import Placed
from quotes.models.nets.words import make_batch
from quotes.training.networks.batching import NOTHING, batch_by_length, pad
from quotes.training.networks.precision import halve
from quotes.training.networks.vocabularies import make_vocabulary, number_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from quotes.models.nets.vectors import Vectors
    from quotes.training.networks.treebank import Parsed

EPOCHS, GOLD_ALONE, RATE, REMEMBER = 6, 1, 2e-3, 0.998
UNKNOWN_SHARE = 0.15
CONFIG = {
    "hidden_dim": 160, "num_layers": 1, "word_emb_dim": 64, "tag_emb_dim": 0, "char": True, "charlm": False,
    "char_emb_dim": 32, "char_hidden_dim": 96, "char_num_layers": 1, "char_rec_dropout": 0,
    "char_bidirectional": False, "transformed_dim": 100, "deep_biaff_hidden_dim": 160,
    "composite_deep_biaff_hidden_dim": 30, "dropout": 0.33, "rec_dropout": 0, "word_dropout": 0.0,
    "pretrain": True, "bert_model": None,
    "tag_columns": [["upos", "upos", None, "WORD", True, []], ["xpos", "xpos", None, "AUTO", True, ["upos"]]],
}  # fmt: skip


def build(sentences: Sequence[Parsed], vectors: Vectors) -> nn.Module:
    """Return a new tagger, one of Stanza's, that knows the words and tags of `sentences`."""
    words, letters = number_words(one.forms for one in sentences)
    vocabulary = {
        "word": words,
        "char": letters,
        "upos": make_vocabulary(sorted({tag for one in sentences for tag in one.upos})),
        "xpos": make_vocabulary(sorted({tag for one in sentences for tag in one.xpos})),
    }
    model: nn.Module = files.build_tagger({**CONFIG, "vector_dim": vectors.size}, vocabulary)
    return model


def find_loss(model: Any, vectors: Vectors, some: Sequence[Parsed]) -> Tensor:
    """Return the loss per word, of both tags."""
    batch = make_batch([one.forms for one in some])
    with halve():
        inputs = tagger.know(model, vectors, batch.words)[batch.places]
        scores = tagger.score(model, tagger.forget(model, inputs, UNKNOWN_SHARE), batch.lengths)
    loss = torch.zeros(())
    for name, given in zip(("upos", "xpos"), scores, strict=True):
        known = model.vocab[name]._unit2id
        tags = pad([[known[tag] for tag in getattr(one, name)] for one in some])
        loss = loss + nn.functional.cross_entropy(
            given.float().transpose(0, 1).flatten(0, 1), tags.flatten(), ignore_index=NOTHING
        )
    return loss


def evaluate(model: Any, vectors: Vectors, sentences: Sequence[Parsed]) -> dict[str, float]:
    """Return the shares of right tags, in per cent."""
    model.eval()
    right = Counter[str]()
    words = 0
    with torch.inference_mode():
        for some in batch_by_length(sentences, 3_000):
            batch = make_batch([one.forms for one in some])
            begun = tagger.begin(model, tagger.know(model, vectors, batch.words))
            tags = tagger.tag(model, Placed(begun, batch.places), batch.lengths)
            for one, row in zip(some, tags, strict=True):
                words += len(one)
                right["UPOS"] += sum(own == tag for own, (tag, _) in zip(one.upos, row, strict=True))
                right["XPOS"] += sum(own == tag for own, (_, tag) in zip(one.xpos, row, strict=True))
    return {name: 100 * times / words for name, times in right.items()}
