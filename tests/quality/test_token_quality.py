"""Words and sentences against the treebanks, and what goes wrong in news: floors that only rise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from measure_tokens import DATA, NEWS, count_traps, cut_with_rules, read_news, read_part, score

from quotes.annotate.boundaries import WEIGHTS_FILE
from quotes.training.boundaries import learn
from quotes.training.networks.treebank import read_treebank

if TYPE_CHECKING:
    from collections import Counter

WORDS = {"EWT (web)": 98.9, "GUM news": 99.9, "GUM other": 99.9}
SENTENCES = {"EWT (web)": 91.5, "GUM news": 96.0, "GUM other": 93.6}
MOST_TRAPPED = {  # of 10,337 sentences of 250 articles
    "only marks": 0,
    "begins with a closing mark": 0,
    "ends with a title or initial": 2,
    "who said it is cut off": 0,
    "ends without a stop": 14,
    "begins with a small letter": 5,
    "more than 80 words": 13,
}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason="the treebanks are not beside the checkout"),
]


def test_words_and_sentences_are_those_of_the_treebanks() -> None:
    paragraphs = read_part("dev")
    table = score(paragraphs, cut_with_rules([paragraph.text for paragraph in paragraphs]))
    assert {kind for kind in table if kind != "all"} == WORDS.keys()
    for kind, (words, sentences) in table.items():
        assert words.f1 >= WORDS.get(kind, 0)
        assert sentences.f1 >= SENTENCES.get(kind, 0)


@pytest.fixture(scope="module")
def counts() -> Counter[str]:
    if not NEWS.is_dir():
        pytest.skip("the measuring articles are not beside the checkout")
    texts = read_news(250)
    return count_traps(texts, cut_with_rules(texts))


@pytest.mark.parametrize("trap", MOST_TRAPPED)
def test_few_sentences_of_news_fall_into_a_trap(counts: Counter[str], trap: str) -> None:
    assert counts["sentences"] > 10_000
    assert counts[trap] <= MOST_TRAPPED[trap]


def test_the_weights_that_ship_are_those_that_training_learns() -> None:
    weights = learn(list(read_treebank(DATA / "ud-train.conllu.gz")))
    rows = (line.split("\t") for line in WEIGHTS_FILE.read_text(encoding="utf-8").splitlines())
    shipped = {sign: int(weight) for sign, weight in rows}
    # Another processor's exponential may turn a weight that lies half way between two whole numbers.
    assert all(abs(weights.get(sign, 0) - shipped.get(sign, 0)) <= 1 for sign in weights | shipped)
