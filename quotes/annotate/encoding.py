"""Annotations as compressed bytes, as the cache keeps them."""

from __future__ import annotations

import json
import zlib
from typing import Any

from quotes.records import Annotated, Name, Sentence, Token

VERSION = "4"  # of the bytes, and of how sentences are cut and chosen
_LITTLE_EFFORT = 1  # a fifth larger, in half the time


def encode(annotated: Annotated) -> bytes:
    """Return `annotated` as compressed bytes for the cache; `decode` is its inverse."""
    rows = {
        "version": VERSION,
        "sentences": [sentence.tokens for sentence in annotated.sentences],
        "names": annotated.names,
    }
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LITTLE_EFFORT)


def decode(data: bytes) -> Annotated:
    """Return the annotations that `encode` wrote. Raises ValueError where `data` is not such bytes."""
    try:
        rows = json.loads(zlib.decompress(data))
        sentences = tuple(_sentence(tokens) for tokens in rows["sentences"])
        return Annotated(sentences, tuple(Name(*name) for name in rows["names"]))
    except (zlib.error, KeyError, TypeError, IndexError, RecursionError) as problem:
        raise ValueError(f"not a cached annotation: {problem}") from problem


def _sentence(rows: list[list[Any]]) -> Sentence:
    tokens = tuple(Token(*row) for row in rows)
    return Sentence(tokens[0].start, tokens[-1].end, tokens)
