"""What quoted words are that nobody said: labelled sentences, through the embedded models."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from quotes.annotate import Annotator
from quotes.attribute import attribute
from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.records import NOT_SPEECH, Annotated, Article, Attribution, Paragraph, Quote, Unread
from tests.cases import load

pytestmark = pytest.mark.models
CASES = [case.values[0] for case in load("kinds")]


def read_lines(text: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line.start, line.end) for line in paragraphs(text))


@cache
def annotations() -> dict[str, Annotated]:
    """The annotations of every case: reading them together takes a tenth of the time."""
    texts = [case["text"] for case in CASES]
    jobs = [Unread(text, read_lines(text)) for text in texts]
    return dict(zip(texts, Annotator().annotate(jobs), strict=True))


def decide(text: str) -> list[tuple[Quote, Attribution]]:
    article, lines = Article("a", "Outlet", text, "a.txt"), read_lines(text)
    quotes = find_quotes(article, lines)
    return list(zip(quotes, attribute(article, lines, quotes, annotations()[text]), strict=True))


@pytest.mark.parametrize("case", load("kinds"))
def test_tells_what_quoted_words_are(case: dict[str, Any]) -> None:
    found = {quote.text.rstrip(",.!?"): decision.kind for quote, decision in decide(case["text"])}
    assert {words: found.get(words, "not found") for words in case["kinds"]} == case["kinds"]


@pytest.mark.parametrize("case", load("kinds"))
def test_what_is_no_speech_has_a_reason_and_no_speaker(case: dict[str, Any]) -> None:
    for _, decision in decide(case["text"]):
        assert decision.kind is None or decision.kind in NOT_SPEECH
        if decision.kind:
            assert (decision.speaker, decision.confidence) == (None, None)
            assert decision.reason
            assert decision.kind in decision.reason


def test_every_kind_and_much_speech_is_among_the_cases() -> None:
    kinds = [kind for case in CASES for kind in case["kinds"].values()]
    assert {*kinds} == {None, *NOT_SPEECH} - {"caption"}
    assert kinds.count(None) >= 20
