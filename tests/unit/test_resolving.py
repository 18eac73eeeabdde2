"""Whom a speaker's words stand for within one article, and what is said of how that was found."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quotes.annotate import Annotator
from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.languages import LANGUAGES
from quotes.records import Annotated, Article, Attribution, Name, Sentence, Token, Unread
from quotes.speakers import Named, name_speakers
from quotes.speakers.people import know_people
from quotes.speakers.titles import title_callings

CASES = json.loads((Path(__file__).parents[1] / "cases" / "resolve.json").read_text(encoding="utf-8"))
ENGLISH = LANGUAGES["en"]


@cache
def annotator() -> Annotator:
    return Annotator()


def resolve(marked: str) -> tuple[list[str | None], list[str | None], Named]:
    """The name and kind of each mention in square brackets, in order."""
    starts = [match.start() - 2 * number for number, match in enumerate(re.finditer(r"\[", marked))]
    mentions = re.findall(r"\[(.+?)\]", marked)
    text = re.sub(r"[\[\]]", "", marked)
    article, lines = Article("a", "Outlet", text, "a.txt"), paragraphs(text)
    (annotated,) = annotator().annotate([Unread(text, lines)])
    quoted = [span for quote in find_quotes(article, lines) for span in quote.spans]
    attributions = [
        Attribution(f"q{number}", speaker=(start, start + len(mention)))
        for number, (start, mention) in enumerate(zip(starts, mentions, strict=True))
    ]
    named = name_speakers(article, annotated, attributions, quoted)
    by_id = {speaker.id: speaker for speaker in named.speakers}
    found = [by_id.get(named.speaker_of.get(one.quote_id, "")) for one in attributions]
    return [one and one.name for one in found], [one and one.kind for one in found], named


@pytest.mark.models
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_a_mention_is_resolved_as_a_reader_would(case: dict[str, Any]) -> None:
    names, kinds, named = resolve(case["text"])
    assert names == case["names"]
    assert kinds == case.get("kinds", [name and "person" for name in case["names"]])
    assert case.get("reason", "") in next(iter(named.reasons.values()), "")
    assert named.how.keys() == named.speaker_of.keys()
    assert all(named.how.values())


def words(text: str) -> Annotated:
    """`text` as one sentence in which every word hangs on the last, each capitalised pair a person's name."""
    tokens, names, position = [], [], 0
    printed = text.split()
    for number, word in enumerate(printed):
        start = text.index(word, position)
        position = start + len(word)
        last = number == len(printed) - 1
        upos = "PROPN" if word[0].isupper() else "VERB"
        head, link = (-1, "root") if last else (len(printed) - 1, "nsubj")
        tokens.append(Token(start, position, word, word.casefold(), upos, "NNP", link, head))
        after = printed[number + 1] if not last else "x"
        if word[0].isupper() and after[0].isupper():
            names.append(Name(start, position + 1 + len(after), f"{word} {after}", "PER"))
    return Annotated((Sentence(0, len(text), tuple(tokens)),), tuple(names))


def test_those_who_said_it_together_are_speakers_too() -> None:
    text = "Ana Roe and Bea Lamb said"
    annotated = words(text)
    attributions = [
        Attribution("q1", speaker=(0, 7), also=((12, 20),)),
        Attribution("q2", speaker=(12, 20), also=((12, 20),)),
    ]
    named = name_speakers(Article("a", "Outlet", text, "a.txt"), annotated, attributions)
    names = {speaker.id: speaker.name for speaker in named.speakers}
    assert sorted(names.values()) == ["Ana Roe", "Bea Lamb"]
    assert [names[local] for local in named.also_of["q1"]] == ["Bea Lamb"]
    assert "q2" not in named.also_of


@pytest.mark.models
def test_two_names_in_one_mention_are_two_speakers() -> None:
    names, _, named = resolve("“We waited,” [Ines Corrigan and Paul Tolley] said.")
    by_id = {speaker.id: speaker.name for speaker in named.speakers}
    assert names == ["Ines Corrigan"]
    assert [by_id[local] for local in named.also_of["q0"]] == ["Paul Tolley"]


def test_a_surname_the_models_missed_is_found_again() -> None:
    text = "Ana Roe waited and then Roe left"
    (known,) = know_people(text, words(text), ENGLISH)
    assert known.mentions == ((0, 7), (24, 27))


@pytest.mark.parametrize(
    ("text", "name", "callings"),
    [
        ("Sen. Ana Roe", "Ana Roe", {"sen.", "senator", "lawmaker"}),
        ("the former president Ana Roe", "Ana Roe", {"former president"}),
        ("President Roe", "President Roe", {"president"}),
        ("the president, Ana Roe", "Ana Roe", set()),
        ("Ana Roe", "Ana Roe", set()),
    ],
)
def test_titles_before_a_name_say_how_it_may_be_called(text: str, name: str, callings: set[str]) -> None:
    start = text.index(name)
    assert set(title_callings(text, Name(start, len(text), name, "PER"), ENGLISH)) == callings


def test_an_article_without_annotations_names_nobody() -> None:
    text = "“We waited,” she said. " * 3
    attributions = [Attribution("q1", speaker=(13, 16)), Attribution("q2", reason="no cue")]
    named = name_speakers(Article("a", "Outlet", text, "a.txt"), Annotated((), ()), attributions)
    assert named.speakers == ()
    assert named.reasons == {"q1": "pronoun “she” follows nobody it could stand for", "q2": "no cue"}
