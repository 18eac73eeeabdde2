"""The distinct words of a batch: what a network knows of a word by itself is worked out once for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import torch

from quotes.models.nets.recurrent import run_layer, run_one_way, turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

LONGEST_WORD = 40  # characters read; a longer one is an address or a slip
UNKNOWN, ROOT, SPECIALS = 1, 3, 4  # of Stanza's vocabularies


class Batch(NamedTuple):
    """Sentences as the networks read them: the distinct words, and which of them stands where.

    `places` is (time, sentences), padded with 0; `lengths` are those of the sentences.
    """

    words: tuple[str, ...]
    places: Tensor
    lengths: tuple[int, ...]


def make_batch(sentences: Sequence[Sequence[str]]) -> Batch:
    """Return `sentences` as a batch."""
    known: dict[str, int] = {}
    rows = [[known.setdefault(word, len(known)) for word in sentence] for sentence in sentences]
    return Batch(tuple(known), stack(rows), tuple(map(len, sentences)))


def stack(rows: Sequence[Sequence[int]]) -> Tensor:
    """Return rows of numbers as columns, (longest, rows), padded with 0."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows]).T


def mark_words(lengths: Sequence[int]) -> Tensor:
    """Return which places of a batch hold words, (sentences, longest)."""
    return torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]


def number(vocabulary: Any, words: Sequence[str]) -> Tensor:
    """Return the numbers of `words` in one of Stanza's vocabularies."""
    known = vocabulary._unit2id
    return torch.tensor([known.get(word, UNKNOWN) for word in words], dtype=torch.long)


def list_letters(vocabulary: Any, words: Sequence[str]) -> list[list[int]]:
    """Return the numbers of the letters of each of `words`."""
    known = vocabulary._unit2id
    return [[known.get(letter, UNKNOWN) for letter in word[:LONGEST_WORD]] for word in words]


def spell(model: Any, letters: Sequence[Sequence[int]]) -> Tensor:
    """Return what Stanza's CharacterModel makes of words by their letters: one that reads them forward."""
    inputs, lengths = _embed_letters(model, letters)
    output = run_one_way(model.charlstm.lstm, "l0", inputs, (model.charlstm_h_init, model.charlstm_c_init))
    heard = torch.sigmoid(model.char_attn(model.dropout(output)))
    is_letter = torch.arange(len(output))[:, None, None] < lengths[:, None]
    spelled: Tensor = (output * heard * is_letter).sum(0)
    return spelled


def spell_both_ways(model: Any, letters: Sequence[Sequence[int]]) -> Tensor:
    """Return what Stanza's CharacterModel makes of words by their letters: the ends of reading both ways."""
    inputs, lengths = _embed_letters(model, letters)
    start = (model.charlstm_h_init, model.charlstm_c_init)
    output = run_layer(model.charlstm.lstm, inputs, turn([*map(len, letters)]), start)
    half = output.shape[2] // 2
    last = output[lengths - 1, torch.arange(len(letters)), :half]
    return torch.cat([last, output[0, :, half:]], 1)


def _embed_letters(model: Any, letters: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    return model.dropout(model.char_emb(stack(letters))), torch.tensor([*map(len, letters)])
