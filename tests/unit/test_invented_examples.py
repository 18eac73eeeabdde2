"""The invented training passages are well formed, and none of them is a test case."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.records import Article
from quotes.training.gold import mark_invented, read_invented

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.records import Quote

CASES = Path(__file__).resolve().parents[1] / "cases"
PASSAGES = read_invented()
FEWEST_OF_A_WAY = 8
SHORTEST_SENTENCE = 4  # words: shorter ones may stand in both by chance
MARKS = "“”‘’\"'"
SENTENCE_END = re.compile(r"[.!?][”’\"')]*\s+|\n+")


def find_outermost(text: str) -> list[Quote]:
    article = Article("a", "", text, "a.txt")
    return [quote for quote in find_quotes(article, paragraphs(text)) if not quote.inside]


def list_strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from list_strings(one)


def list_sentences(text: str) -> set[str]:
    sentences = (" ".join(re.findall(r"\w+", one.casefold())) for one in SENTENCE_END.split(text))
    return {one for one in sentences if len(one.split()) >= SHORTEST_SENTENCE}


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage["text"][:30])
def test_every_quote_is_found_and_its_speaker_stands_outside_all_quotes(passage: dict[str, Any]) -> None:
    text = passage["text"]
    found = find_outermost(text)
    marked = mark_invented(passage)
    spans = sorted((one["start"], one["end"]) for side in marked.values() for one in side)
    assert spans == [quote.spans[0] for quote in found]
    assert all(text[start - 1] in MARKS for start, _ in spans)
    assert {quote.kind for quote in found} <= {"sentence", "fragment", "nickname"}
    speakers = [span for one in marked["quotes"] for span in one["source_spans"]]
    inside = [span for quote in found for span in quote.spans]
    assert not [text[slice(*s)] for s in speakers for i in inside if s[0] < i[1] and i[0] < s[1]]


def test_no_sentence_is_one_of_a_test_case() -> None:
    tested: set[str] = set()
    for path in CASES.glob("*.json"):
        for text in list_strings(json.loads(path.read_text(encoding="utf-8"))):
            tested |= list_sentences(text)
    assert len(tested) > 300
    shared = {passage["text"]: list_sentences(passage["text"]) & tested for passage in PASSAGES}
    assert not {text: sentences for text, sentences in shared.items() if sentences}


def test_no_passage_comes_twice() -> None:
    sentences = Counter(one for passage in PASSAGES for one in list_sentences(passage["text"]))
    assert not [sentence for sentence, count in sentences.items() if count > 1]


def test_every_way_is_shown_often_enough_to_be_learnt() -> None:
    shown = Counter(passage["way"] for passage in PASSAGES)
    assert min(shown.values()) >= FEWEST_OF_A_WAY, shown


def test_a_third_of_the_quotes_are_nobodys() -> None:
    speakers = [one["speaker"] for passage in PASSAGES for one in passage["quotes"]]
    assert 0.25 < speakers.count(None) / len(speakers) < 0.4


def test_keys_are_those_that_training_reads() -> None:
    assert {frozenset(passage) for passage in PASSAGES} == {frozenset({"way", "text", "quotes"})}
    keys = {key for passage in PASSAGES for one in passage["quotes"] for key in one}
    assert keys == {"quote", "speaker", "occurrence"}


@pytest.mark.parametrize(
    ("quote", "speaker"), [("To wait", "Ines"), ("We waited", "Ines Roe")], ids=["unmarked", "unnamed"]
)
def test_a_passage_that_does_not_fit_its_text_is_said(quote: str, speaker: str) -> None:
    text = "“We waited,” said Ines. To wait is dull."
    with pytest.raises(LookupError, match=speaker if quote == "We waited" else "not quoted"):
        mark_invented({"way": "plain", "text": text, "quotes": [{"quote": quote, "speaker": speaker}]})
