"""Attribution on labelled cases, through the embedded models."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from quotes.annotate import Annotator
from quotes.attribute import attribute
from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.records import Annotated, Article, Attribution, Quote, Unread
from tests.cases import load

pytestmark = pytest.mark.models


@cache
def annotator() -> Annotator:
    return Annotator()


def read(text: str) -> tuple[tuple[Quote, ...], tuple[Attribution, ...], Annotated]:
    article = Article("a", "Outlet", text, "a.txt")
    lines = paragraphs(text)
    quotes = find_quotes(article, lines)
    (annotated,) = annotator().annotate([Unread(text, lines)])
    return quotes, attribute(article, lines, quotes, annotated), annotated


@pytest.mark.parametrize("case", load("attribute"))
def test_names_the_words_that_name_the_speaker(case: dict[str, Any]) -> None:
    text = case["text"]
    quotes, attributions, _ = read(text)
    printed = {
        quote.text: text[slice(*found.speaker)] if found.speaker else None
        for quote, found in zip(quotes, attributions, strict=True)
    }
    for expected in case["expect"]:
        parts = expected["quote"] if isinstance(expected["quote"], list) else [expected["quote"]]
        first = next(text for text in printed if parts[0][:12] in text)
        mention, wanted = printed[first], expected["speaker"]
        same = mention == wanted or bool(mention and wanted and (mention in wanted or wanted in mention))
        assert same, f"{parts}: {mention!r}, not {wanted!r}"


def test_every_attribution_carries_its_evidence() -> None:
    text = "“We waited,” said pilot Ines Corrigan.\n\nThe wait was “absurd”.\n"
    quotes, (said, unknown), _ = read(text)
    assert [quote.id for quote in quotes] == [said.quote_id, unknown.quote_id]
    assert said.rule == "clause after"
    assert said.cue is not None
    assert text[slice(*said.cue)] == "said"
    assert said.confidence is not None
    assert 0 < said.confidence <= 1
    assert (unknown.speaker, unknown.rule, unknown.confidence) == (None, None, None)
    assert unknown.reason


def test_a_language_without_rules_is_said() -> None:
    article = Article("a", "Outlet", "„Wir warten“, sagte Roe.", "a.txt", language="de")
    lines = paragraphs(article.text)
    quotes = find_quotes(article, lines)
    (attribution,) = attribute(article, lines, quotes, Annotated((), ()))
    assert attribution.speaker is None
    assert attribution.reason == "no German models are installed: quotes only"
