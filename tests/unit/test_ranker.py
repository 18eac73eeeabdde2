"""The ranker: what it answers, that it reads what training writes, and how attribution uses it."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
import pytest

from quotes.annotate import Annotator
from quotes.attribute import LEAST_LIKELY, RULE_NAMES, VERSION, attribute
from quotes.attribute.attributing import Attributing
from quotes.attribute.ranker import Ranker, load_ranker
from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.models import find_ranker
from quotes.records import Annotated, Article, Attribution, Paragraph, Quote, Unread
from quotes.training.gold import list_examples
from quotes.training.ranker import Network, number_evidence, store, train

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.training.gold import Example

Read = tuple[Article, tuple[Paragraph, ...], tuple[Quote, ...], Annotated]

JOINT = "“The ferry stays,” Ines Corrigan and Bram Tolley said in a joint letter on Monday.\n"
EITHER = "“The ferry stays,” Ines Corrigan or Bram Tolley said; nobody remembers which.\n"
DOUBTFUL = "Perrin said Tolley called the idea of Venn “a kind of fog” on Monday.\n"


def make_ranker() -> Ranker:
    """A network of one that likes "good" and dislikes "bad"."""
    evidence = np.array([[0.0, 0.0], [0.0, 2.0], [0.0, -2.0]], dtype=np.float32)
    middle, bias = np.zeros((1, 1), dtype=np.float32), np.zeros(1, dtype=np.float32)
    return Ranker(["good", "bad"], [(evidence, middle, bias, np.zeros(1, dtype=np.float32))])


def test_probabilities_follow_the_evidence() -> None:
    nobody, good, bad = make_ranker().rank([(), ("good",), ("bad", "never seen")])
    assert good > nobody > bad
    assert nobody + good + bad == pytest.approx(1, abs=0.001)


def test_without_candidates_nobody_is_sure() -> None:
    assert make_ranker().rank([("bad",)]) == [1.0]


def test_a_language_without_a_ranker_has_none() -> None:
    assert load_ranker("xx") is None


@pytest.fixture
def examples() -> list[Example]:
    from quotes.training.gold import Example

    said = [("order Qvm", "strong"), ("order vmQ",)]
    return [Example(f"d{i}", (("nobody",), *said), 1, True) for i in range(30)] + [
        Example(f"n{i}", (("nobody", "title"), *said[::-1]), 0, False) for i in range(30)
    ]


def test_training_is_the_same_each_time_and_is_read_back(examples: list[Example], tmp_path: Path) -> None:
    number_of = number_evidence(examples)
    networks = [train(examples, number_of, seed=3) for _ in range(2)]
    for name in ("one.npz", "two.npz"):
        store(tmp_path / name, number_of, networks[:1] if name == "one.npz" else networks[1:])
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    ranker = load_ranker_at(tmp_path / "one.npz")
    scores = ranker.rank(examples[0].evidence)
    assert scores == pytest.approx(_ask(networks[0], number_of, examples[0]), abs=0.01)


def load_ranker_at(path: Path) -> Ranker:
    from quotes.attribute.ranker import read_ranker

    return read_ranker(path)


def _ask(network: Network, number_of: dict[str, int], example: Example) -> list[float]:
    import torch

    words = [number_of[word] for evidence in example.evidence for word in evidence if word in number_of]
    counts = [sum(word in number_of for word in evidence) for evidence in example.evidence]
    starts = [sum(counts[:i]) for i in range(len(counts))]
    with torch.no_grad():
        scores = network(torch.tensor(words), torch.tensor(starts))
    shares: list[float] = torch.softmax(scores, 0).tolist()
    return shares


def test_another_ranker_comes_with_another_version() -> None:
    path = find_ranker("en")
    assert path is not None
    pinned = dict.fromkeys(("2", "3", "4", "5"), "a5eafee7323a52ab")
    assert sha256(path.read_bytes()).hexdigest()[:16] == pinned.get(VERSION), "bump VERSION and pin both"


@cache
def annotator() -> Annotator:
    return Annotator()


def read(text: str) -> Read:
    article = Article("a", "Outlet", text, "a.txt")
    parts = paragraphs(text)
    (annotated,) = annotator().annotate([Unread(text, parts)])
    return article, parts, find_quotes(article, parts), annotated


def attribute_first(text: str, **options: bool | frozenset[str]) -> Attribution:
    return attribute(*read(text), **options)[0]  # type: ignore[arg-type]


@pytest.mark.models
def test_those_who_speak_together_are_all_named() -> None:
    found = attribute_first(JOINT)
    assert found.speaker is not None
    assert JOINT[slice(*found.speaker)] == "Ines Corrigan"
    assert [JOINT[slice(*span)] for span in found.also] == ["Bram Tolley"]


@pytest.mark.models
@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("“We do not know,” an aide to Senator Ed Rusk said.\n", "an aide to Senator Ed Rusk"),
        ("“We do not know,” said a spokesman for Ed Rusk.\n", "a spokesman for Ed Rusk"),
        ("“We do not know,” Secretary of State Ed Rusk said.\n", "Ed Rusk"),
        ("“We do not know,” Deputy Minister of Finance Ann Poole said Monday.\n", "Ann Poole"),
    ],
)
def test_who_speaks_for_somebody_is_not_that_person(text: str, mention: str) -> None:
    found = attribute_first(text)
    assert found.speaker is not None
    assert text[slice(*found.speaker)] == mention


@pytest.mark.models
def test_one_or_the_other_is_not_both() -> None:
    assert attribute_first(EITHER).also == ()


@pytest.mark.models
def test_what_was_considered_is_told_the_likeliest_first() -> None:
    found = attribute_first(DOUBTFUL)
    scores = [one.score for one in found.considered]
    assert scores
    assert found.confidence is None or found.confidence >= scores[0]
    assert scores == sorted(scores, reverse=True)
    assert found.speaker or all(score < LEAST_LIKELY["fragment"] for score in scores)
    assert {one.rule for one in found.considered} <= set(RULE_NAMES)
    assert found.speaker not in [one.speaker for one in found.considered]


@pytest.mark.models
def test_a_rule_left_out_puts_nobody_forward() -> None:
    text = "“We waited,” said Ines Corrigan.\n"
    article, parts, quotes, annotated = read(text)
    attributing = Attributing(article, parts, quotes, annotated)
    ((_, place),) = attributing.places()
    assert place is not None
    with_rule, _ = attributing.weigh(place)
    without, _ = attributing.weigh(place, frozenset({"clause after"}))
    assert with_rule[0].rule == "clause after"
    assert "clause after" not in {one.rule for one in without}


@pytest.mark.models
def test_an_annotated_article_gives_examples() -> None:
    text = "“We waited,” said Ines Corrigan, who laughed. She has seen “The Salt Ledger” twice.\n"
    article, _, _, annotated = read(text)
    start, title = text.index("We waited"), text.index("The Salt")
    who = text.index("Ines")
    gold = {
        "quotes": [{"start": start, "end": start + 10, "source_spans": [[who, who + 13]]}],
        "nonattributed": [{"start": title, "end": title + 15}],
    }
    said, unsaid = list_examples(article.id, text, annotated, gold)
    assert (said.has_source, unsaid.has_source, unsaid.right) == (True, False, 0)
    assert "rule clause after" in said.evidence[said.right]
    assert len(said.evidence) > 1
