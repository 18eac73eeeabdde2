"""Names of persons, bodies and places: Stanza's name finder, sentences decoded together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from quotes.models.nets import recurrent
from quotes.models.nets.recurrent import Begun, Placed, run_layer, turn
from quotes.models.nets.words import SPECIALS, UNKNOWN, list_letters, number, spell_both_ways

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from quotes.models.nets.vectors import Vectors

NameSpan = tuple[int, int, str]
"""The first word of a name, the one after its last, and its kind."""


def know(model: Any, vectors: Vectors, words: Sequence[str]) -> Tensor:
    """Return what the name finder makes of each word by itself, (words, numbers): its vector, its letters."""
    lower = [word.lower() for word in words]
    own = number(model.vocab["delta"], lower)
    is_known = torch.tensor([word in vectors.place for word in lower])
    own[is_known & (own == UNKNOWN)] = 0  # as Stanza has it: known to the vectors, so nothing is added
    vector = torch.from_numpy(vectors.find(words)) + model.delta_emb(own)
    return torch.cat([vector, spell_both_ways(model.charmodel, list_letters(model.vocab["char"], words))], 1)


def forget(model: Any, inputs: Tensor, share: float) -> Tensor:
    """Return inputs, (time, sentences, numbers), with only their letters left to a share of the words."""
    end = model.delta_emb.embedding_dim
    forgotten = (torch.rand(inputs.shape[:2]) < share)[:, :, None]
    vectors = torch.where(forgotten, model.delta_emb.weight[UNKNOWN].to(inputs.dtype), inputs[:, :, :end])
    return torch.cat([vectors, inputs[:, :, end:]], 2)


def blend(model: Any, inputs: Tensor) -> Tensor:
    """Return rows of `know` with vectors and letters brought together."""
    blended: Tensor = model.drop(model.input_transform(model.drop(inputs)))
    return blended


def begin(model: Any, known: Tensor) -> Begun:
    """Return what the layer makes of each of the rows of `know`."""
    return recurrent.begin(model.taggerlstm.lstm, blend(model, known))


def score(model: Any, inputs: Tensor | Placed, lengths: Sequence[int]) -> Tensor:
    """Return the score of each tag for each word, (time, sentences, tags).

    The inputs are rows of `blend`, (time, sentences, numbers), or what `begin` makes, placed.
    """
    start = (model.taggerlstm_h_init, model.taggerlstm_c_init)
    output = run_layer(model.taggerlstm.lstm, inputs, turn(lengths), start)
    scores: Tensor = model.tag_clfs[0](model.drop(output))
    return scores


def find_names(model: Any, inputs: Tensor | Placed, lengths: Sequence[int]) -> list[list[NameSpan]]:
    """Return the names in each sentence, in order, given what `score` is."""
    tags = _decode(score(model, inputs, lengths), model.crits[0]._transitions, lengths)
    known = model.vocab["tag"]._id2unit[0]
    return [
        list_spans([known[tag] for tag in row[:length]]) for row, length in zip(tags, lengths, strict=True)
    ]


def list_spans(tags: Sequence[str]) -> list[NameSpan]:
    """Return the names that tags (B-PER, I-PER, E-PER, S-PER, O …) stand for, as a lenient reader would.

    >>> list_spans(["B-PER", "E-PER", "O", "S-LOC"])
    [(0, 2, 'PER'), (3, 4, 'LOC')]
    """
    spans: list[NameSpan] = []
    goes_on = False
    for place, tag in enumerate(tags):
        part, _, kind = tag.partition("-")
        if part in ("I", "E") and goes_on and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], place + 1, kind)
        elif kind:
            spans.append((place, place + 1, kind))
        goes_on = part in ("B", "I")
    return spans


def _decode(scores: Tensor, between: Tensor, lengths: Sequence[int]) -> list[list[int]]:
    """Return the likeliest sequence of tags of each sentence (Viterbi, all sentences at once)."""
    best, before = scores[0], []
    ends = torch.tensor(lengths)
    for time in range(1, len(scores)):
        all_ways = best[:, :, None] + between
        reached, came_from = all_ways.max(1)
        goes_on = (time < ends)[:, None]
        best = torch.where(goes_on, reached + scores[time], best)
        before.append(torch.where(goes_on, came_from, torch.arange(scores.shape[2])))
    best[:, :SPECIALS] = float("-inf")
    tag = best.argmax(1)
    tags = [tag]
    for came_from in reversed(before):
        tag = came_from.gather(1, tag[:, None])[:, 0]
        tags.append(tag)
    return torch.stack(tags[::-1], 1).tolist()  # type: ignore[no-any-return]
