"""Who does what in a sentence: Stanza's graph parser, its relations scored at the chosen heads only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from torch import nn

from quotes.models.nets.recurrent import Begun, Placed, begin_highway, run_highway, turn
from quotes.models.nets.trees import find_tree
from quotes.models.nets.words import ROOT, SPECIALS, UNKNOWN, list_letters, mark_words, number, spell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor

    from quotes.models.nets.vectors import Vectors

_NEVER, _LEAST = -1e9, -1e4
_BEHIND = 1.5  # logarithms by which a head may be less likely than the best to have its relation looked at
_HEADS = 128  # heads whose relations are scored together: what is between fits the cache


class Read(NamedTuple):
    """What the parser has made of a batch: hidden states with the root first, and scores of heads.

    `states` is (sentences, 1 + words, 2 * hidden), `heads` (sentences, words, 1 + words): 0 is the root.
    """

    states: Tensor
    heads: Tensor


class Chosen(NamedTuple):
    """For each word of each sentence its head, and the number of its relation."""

    heads: Tensor
    relations: Tensor


def know(model: Any, vectors: Vectors, words: Sequence[str]) -> Tensor:
    """Return what the parser makes of each word by itself, (words, numbers); the last row is the root's."""
    numbers = torch.cat([number(model.vocab["word"], [*map(str.lower, words)]), torch.tensor([ROOT])])
    letters = [*list_letters(model.vocab["char"], words), [ROOT]]
    parts = (
        model.trans_pretrained(torch.from_numpy(vectors.find([*words, ""]))),
        model.word_emb(numbers),
        model.lemma_emb(torch.tensor([*[UNKNOWN] * len(words), ROOT])),
        model.trans_char(model.drop(spell(model.charmodel, letters))),
    )
    return torch.cat(parts, 1)


def begin(model: Any, known: Tensor) -> Begun:
    """Return what the first layer makes of each of the rows of `know`."""
    return begin_highway(model.parserlstm, known)


def put_root(places: Tensor, known: Tensor | Sequence[Any]) -> Tensor:
    """Return places, (time, sentences), with the root, the last of what is known, before each sentence."""
    return torch.cat([torch.full((1, places.shape[1]), len(known) - 1), places])


def forget(model: Any, inputs: Tensor, share: float) -> Tensor:
    """Return inputs as training gives them: a share of the words have become unknown ones, numbers are out.

    They are (time, sentences, numbers), the root first, which stays.
    """
    start = model.trans_pretrained.out_features
    end = start + model.word_emb.embedding_dim
    forgotten = (torch.rand(inputs.shape[:2]) < share)[:, :, None]
    forgotten[0] = False
    embedded = torch.where(
        forgotten, model.word_emb.weight[UNKNOWN].to(inputs.dtype), inputs[:, :, start:end]
    )
    forgetful: Tensor = model.drop(torch.cat([inputs[:, :, :start], embedded, inputs[:, :, end:]], 2))
    return forgetful


def read(model: Any, inputs: Tensor | Placed, lengths: Sequence[int]) -> Read:
    """Return the scores of all heads.

    The inputs are rows of `know`, (time, sentences, numbers), or what `begin` makes of them, placed; both
    with the root before each sentence, which `lengths` leave out.
    """
    longer = [length + 1 for length in lengths]
    start = (model.parserlstm_h_init, model.parserlstm_c_init)
    output = run_highway(model.parserlstm, inputs, turn(longer), start, model.drop)
    states = output.transpose(0, 1).contiguous()
    heads = _score_pairs(model.unlabeled, model.drop(states[:, 1:]), model.drop(states))
    size = heads.shape[2]
    beyond = torch.arange(size) >= torch.tensor(longer)[:, None]
    itself = torch.arange(size) == torch.arange(1, size)[:, None]
    return Read(states, heads.masked_fill(beyond[:, None] | itself, _NEVER))


def relate(model: Any, states: Tensor, pairs: Tensor) -> Tensor:
    """Return the scores of the relations, (pairs, relations).

    `pairs` has a row for each: the sentence, a word of it, from 0, and the head, where 0 is the root.
    """
    scorer, (sentences, words, heads) = model.deprel, pairs.T
    lower = scorer.dropout(nn.functional.relu(scorer.W1(model.drop(states[sentences, words + 1]))))
    distinct, own, counts = torch.unique(
        sentences * states.shape[1] + heads, return_inverse=True, return_counts=True
    )
    above = states.flatten(0, 1)[distinct]
    upper = scorer.dropout(nn.functional.relu(scorer.W2(model.drop(above))))
    order = own.argsort(stable=True)
    scores = _relate_below(scorer.scorer, _one_more(lower)[order], _one_more(upper), counts)
    return torch.empty_like(scores).index_copy(0, order, scores)


def _relate_below(scorer: Any, lower: Tensor, upper: Tensor, counts: Tensor) -> Tensor:
    """Return the scores of the relations of `lower`: the words below the first of `upper` come first.

    Most heads have several words below them, and most words none: what a head has to do with is done once.
    `counts` tells how many words are below each.
    """
    weights = scorer.W_bilin.weight
    from_above = weights.transpose(0, 1).flatten(1)
    scores: list[Tensor] = []
    for heads, below in zip(upper.split(_HEADS), counts.split(_HEADS), strict=True):
        between = (heads @ from_above).view(-1, weights.shape[0], weights.shape[2])
        is_below = torch.arange(int(below.max())) < below[:, None]
        count = int(below.sum())
        padded = lower.new_zeros(*is_below.shape, lower.shape[1])
        padded[is_below], lower = lower[:count], lower[count:]
        scores.append(torch.bmm(padded, between)[is_below])
    return torch.cat(scores) + scorer.W_bilin.bias


def parse(model: Any, inputs: Tensor | Placed, lengths: Sequence[int]) -> list[list[tuple[int, str]]]:
    """Return a head (0 is the root) and a relation for each word of each sentence, given what `read` is."""
    found = read(model, inputs, lengths)
    likely = nn.functional.log_softmax(found.heads, 2)
    chosen = choose(likely, lengths, partial(relate, model, found.states))
    names = model.vocab["deprel"]._id2unit[SPECIALS:]
    return [
        [(head, names[relation]) for head, relation in zip(heads[:length], relations[:length], strict=True)]
        for heads, relations, length in zip(
            chosen.heads.tolist(), chosen.relations.tolist(), lengths, strict=True
        )
    ]


def choose(likely: Tensor, lengths: Sequence[int], relate: Callable[[Tensor], Tensor]) -> Chosen:
    """Return the best tree of each sentence, its heads and relations chosen together.

    A head that is a little less likely, but in a sure relation, may be the better one. `likely` has the
    logarithms of how likely heads are, (sentences, words, 1 + words); `relate` returns the scores of the
    relations of pairs (a sentence, a word of it, its head).
    """
    words = mark_words(lengths)
    is_open = likely > likely.amax(2, keepdim=True) - _BEHIND
    pairs = (words[:, :, None] & is_open).nonzero()
    surest, best = nn.functional.log_softmax(relate(pairs), 1).max(1)
    place = tuple(pairs.T)
    together = (likely - _BEHIND).index_put(place, likely[place] + surest)
    heads = choose_heads(together, lengths)
    relations = torch.full(likely.shape, -1).index_put(place, best).gather(2, heads[:, :, None])[:, :, 0]
    unread = words & (relations < 0)  # heads that nothing but the tree speaks for
    if unread.any():
        others = torch.cat([unread.nonzero(), heads[unread][:, None]], 1)
        relations[unread] = relate(others).argmax(1)
    return Chosen(heads, relations)


def choose_heads(scores: Tensor, lengths: Sequence[int]) -> Tensor:
    """Return the best head of each word such that each sentence is a tree with one root."""
    heads = scores.argmax(2)
    for sentence in _list_broken(heads, lengths):
        length = lengths[sentence]
        likely = nn.functional.log_softmax(scores[sentence, :length, : length + 1].double(), 1)
        heads[sentence, :length] = torch.from_numpy(find_tree(likely.numpy().clip(_LEAST)))
    return heads


def _list_broken(heads: Tensor, lengths: Sequence[int]) -> list[int]:
    """Return the sentences in which some words hang in a circle, or more than one hangs from the root."""
    beyond = torch.arange(heads.shape[1]) >= torch.tensor(lengths)[:, None]
    heads = heads.masked_fill(beyond, 0)
    roots = ((heads == 0) & ~beyond).sum(1)
    above = torch.cat([heads.new_zeros(len(heads), 1), heads], 1)
    for _ in range(heads.shape[1].bit_length()):
        above = above.gather(1, above)
    is_broken = (roots != 1) | above.any(1)
    return [*is_broken.nonzero().flatten().tolist()]


def _score_pairs(scorer: Any, below: Tensor, above: Tensor) -> Tensor:
    lower = _one_more(scorer.dropout(nn.functional.relu(scorer.W1(below))))
    upper = _one_more(scorer.dropout(nn.functional.relu(scorer.W2(above))))
    scores: Tensor = lower @ scorer.scorer.W_bilin.weight[:, :, 0] @ upper.transpose(1, 2)
    return scores + scorer.scorer.W_bilin.bias


def _one_more(vectors: Tensor) -> Tensor:
    return torch.cat([vectors, vectors.new_ones(*vectors.shape[:-1], 1)], -1)
