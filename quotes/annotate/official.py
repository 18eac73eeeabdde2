"""Stanza's own English package, run by Stanza's pipeline over our sentences and words."""

from __future__ import annotations

import logging
import os
import warnings
from typing import TYPE_CHECKING, Any

from quotes.annotate.reader import NameRead, WordRead
from quotes.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SENTENCES_AT_ONCE = 500
_FOLDED = {"PERSON": "PER", "GPE": "LOC", "FAC": "LOC", "PER": "PER", "ORG": "ORG", "LOC": "LOC"}


class Official:
    """The official package, fetched by Stanza where it is missing; ModelError where it cannot be had."""

    def __init__(self, **options: Any) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        logging.getLogger("stanza").setLevel(logging.ERROR)
        settings = {"use_gpu": False, "verbose": False, "logging_level": "ERROR", **options}
        try:
            self._names = _load("tokenize,ner", settings)
            self._parser = _load("tokenize,pos,lemma,depparse", settings)
        except Exception as problem:
            raise ModelError(
                "the official models cannot be reached: connect to the internet once so that Stanza can "
                f"download them, or leave out --models official ({type(problem).__name__})"
            ) from problem

    def find_names(self, sentences: Sequence[Sequence[str]]) -> list[list[NameRead]]:
        """Return the names in each sentence, in order."""
        return [[*map(_name, sentence.ents)] for sentence in _run(self._names, sentences)]

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[list[WordRead]]:
        """Return what the models say of each word of each sentence."""
        return [[*map(_word, sentence.words)] for sentence in _run(self._parser, sentences)]


def _load(processors: str, settings: dict[str, Any]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import stanza
        import torch

        torch.set_num_threads(1)
        return stanza.Pipeline("en", processors=processors, tokenize_pretokenized=True, **settings)


def _run(pipeline: Any, sentences: Sequence[Sequence[str]]) -> Iterator[Any]:
    for start in range(0, len(sentences), SENTENCES_AT_ONCE):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document = pipeline([[*one] for one in sentences[start : start + SENTENCES_AT_ONCE]])
        yield from document.sentences


def _word(word: Any) -> WordRead:
    lemma, upos, xpos = word.lemma or word.text, word.upos or "X", word.xpos or ""
    return WordRead(lemma, upos, xpos, word.deprel or "dep", (word.head or 0) - 1)


def _name(name: Any) -> NameRead:
    return NameRead(name.tokens[0].id[0] - 1, name.tokens[-1].id[-1], _FOLDED.get(name.type, "MISC"))
