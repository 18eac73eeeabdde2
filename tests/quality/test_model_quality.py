"""How well the embedded networks tag, parse and find names, on the dev files that lie beside the checkout.

The floors only rise. What was measured when they were set stands beside each.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from parsing import list_paragraphs, place_gold, place_read, read_gold_words, score

from quotes import models
from quotes.annotate.sentences import split_sentences
from quotes.models.nets.names import list_spans
from quotes.training.networks.names import read_named
from quotes.training.networks.scores import score_spans
from quotes.training.networks.treebank import read_treebank

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "models" / "data"
WORDS_GIVEN = {  # ud-dev
    "UPOS": 96.4,  # 96.7
    "LAS": 88.5,  # 88.9
    "nsubj": 92.6,  # 92.9
    "ccomp": 75.4,  # 76.6
    "parataxis": 49.0,  # 51.2
    "appos": 58.6,  # 60.8
}
RAW_TEXT = {"words": 99.2, "UPOS": 95.8, "LAS": 87.0}  # 99.4, 96.1, 87.4
NAMES = {"PER": 90.3, "ORG": 77.2, "LOC": 84.5, "all": 81.8}  # ner-all.dev: 90.8, 77.7, 85.0, 82.2

pytestmark = [
    pytest.mark.models,
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason="the treebanks are not beside the checkout"),
]


@pytest.fixture(scope="module")
def networks():
    from quotes.annotate.networks import Networks

    return Networks(models.FOLDER)


def below(measured: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    return {name: measured[name] for name, floor in floors.items() if measured[name] < floor}


def test_words_given_are_tagged_and_parsed_above_the_floors(networks) -> None:
    sentences = [*read_treebank(DATA / "ud-dev.conllu.gz")]
    assert below(score(place_gold(sentences), read_gold_words(networks, sentences)), WORDS_GIVEN) == {}


def test_raw_text_is_cut_tagged_and_parsed_above_the_floors(networks) -> None:
    sentences = [*read_treebank(DATA / "ud-dev.conllu.gz")]
    words = [[w.text for w in one] for text in list_paragraphs(sentences) for one in split_sentences(text)]
    read = place_read(zip(words, networks.parse(words), strict=True))
    assert below(score(place_gold(sentences), read), RAW_TEXT) == {}


def test_names_are_found_above_the_floors(networks) -> None:
    tagged = read_named(DATA / "ner-all.dev.json.gz")
    found = networks.find_names([one.words for one in tagged])
    gold = [{*list_spans(one.tags)} for one in tagged]
    assert below(dict(score_spans(gold, [{*map(tuple, one)} for one in found])), NAMES) == {}
