"""Parts of speech: Stanza's tagger with one hidden layer for both kinds of tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from torch import nn

from quotes.models.nets.recurrent import Begun, Placed, begin_highway, run_highway, turn
from quotes.models.nets.words import UNKNOWN, list_letters, number, spell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from quotes.models.nets.vectors import Vectors


class Scores(NamedTuple):
    """The score of each tag for each word, (time, sentences, tags)."""

    upos: Tensor
    xpos: Tensor


def know(model: Any, vectors: Vectors, words: Sequence[str]) -> Tensor:
    """Return what the tagger makes of each word by itself, (words, numbers)."""
    letters = list_letters(model.vocab["char"], words)
    parts = (
        model.word_emb(number(model.vocab["word"], [*map(str.lower, words)])),
        model.trans_pretrained(torch.from_numpy(vectors.find(words))),
        model.trans_char(model.drop(spell(model.charmodel, letters))),
    )
    return torch.cat(parts, 1)


def begin(model: Any, known: Tensor) -> Begun:
    """Return what the first layer makes of each of the rows of `know`."""
    return begin_highway(model.taggerlstm, known)


def forget(model: Any, inputs: Tensor, share: float) -> Tensor:
    """Return inputs as training gives them: a share of the words have become unknown ones, numbers are out.

    They are (time, sentences, numbers).
    """
    end = model.word_emb.embedding_dim
    forgotten = (torch.rand(inputs.shape[:2]) < share)[:, :, None]
    embedded = torch.where(forgotten, model.word_emb.weight[UNKNOWN].to(inputs.dtype), inputs[:, :, :end])
    forgetful: Tensor = model.drop(torch.cat([embedded, inputs[:, :, end:]], 2))
    return forgetful


def score(model: Any, inputs: Tensor | Placed, lengths: Sequence[int]) -> Scores:
    """Return the scores of the tags.

    The inputs are rows of `know`, (time, sentences, numbers), or what `begin` makes of them, placed.
    """
    start = (model.taggerlstm_h_init, model.taggerlstm_c_init)
    output = run_highway(model.taggerlstm, inputs, turn(lengths), start, model.drop)
    hidden = model.drop(nn.functional.relu(model.upos_hid(model.drop(output))))
    return Scores(model.upos_clf(hidden), model.tag_clf["xpos"](hidden))


def tag(model: Any, inputs: Tensor | Placed, lengths: Sequence[int]) -> list[list[tuple[str, str]]]:
    """Return the universal and the Penn tag of each word of each sentence, given what `score` is."""
    best = [scores.argmax(2).T.tolist() for scores in score(model, inputs, lengths)]
    upos, xpos = (model.vocab[name]._id2unit for name in ("upos", "xpos"))
    return [
        [(upos[one], xpos[other]) for one, other in zip(ones[:length], others[:length], strict=True)]
        for ones, others, length in zip(*best, lengths, strict=True)
    ]
