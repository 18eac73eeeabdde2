"""What the networks look up, made from published data: word vectors and dictionary forms."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from quotes.models.nets.lemmas import ANY, Lemmas
from quotes.models.nets.vectors import Vectors, quantize

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from quotes.training.networks.treebank import Parsed

NUMBERS = 100


def read_vectors(path: Path, words: int) -> Vectors:
    """Return the vectors of the most frequent words of wink's JSON file, which lists them in that order."""
    given = json.loads(path.read_text(encoding="utf-8"))
    chosen = given["words"][:words]
    rows = np.array([given["vectors"][word][:NUMBERS] for word in chosen], dtype=np.float32)
    return Vectors(chosen, *quantize(rows))


def count_lemmas(sentences: Iterable[Parsed]) -> Lemmas:
    """Return the commonest dictionary form of each word, by part of speech where it differs."""
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in sentences:
        for form, lemma, upos in zip(one.forms, one.lemmas, one.upos, strict=True):
            counted[form, upos][lemma] += 1
    best = {key: _commonest(lemmas) for key, lemmas in counted.items()}
    of_word: dict[str, Counter[str]] = defaultdict(Counter)
    for (form, upos), lemma in best.items():
        of_word[form][lemma] += counted[form, upos].total()
    by_tag: dict[str, dict[str, str]] = defaultdict(dict)
    for (form, upos), lemma in best.items():
        whatever = _commonest(of_word[form])
        by_tag[ANY][form] = whatever
        if lemma != whatever:
            by_tag[upos][form] = lemma
    for forms in by_tag.values():
        forms.update({form.replace("'", "’"): lemma for form, lemma in forms.items() if "'" in form})
    return Lemmas(by_tag)


def _commonest(lemmas: Counter[str]) -> str:
    return min(lemmas, key=lambda lemma: (-lemmas[lemma], lemma))
