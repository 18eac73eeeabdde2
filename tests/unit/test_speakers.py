"""Who the mentions are, within one article."""

from __future__ import annotations

from functools import cache

import pytest

from quotes.annotate import Annotator
from quotes.attribute import attribute
from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.languages import LANGUAGES
from quotes.records import Article, Unread
from quotes.speakers import Named, name_speakers
from quotes.speakers.people import bare_name


@cache
def annotator() -> Annotator:
    return Annotator()


def resolve(text: str) -> tuple[list[str | None], Named]:
    """The resolved name of each quote of `text`, in order."""
    article = Article("a", "Outlet", text, "a.txt")
    lines = paragraphs(text)
    quotes = find_quotes(article, lines)
    (annotated,) = annotator().annotate([Unread(text, lines)])
    attributions = attribute(article, lines, quotes, annotated)
    named = name_speakers(
        article, annotated, attributions, [span for quote in quotes for span in quote.spans]
    )
    by_id = {speaker.id: speaker.name for speaker in named.speakers}
    return [by_id.get(named.speaker_of.get(quote.id, "")) for quote in quotes], named


@pytest.mark.models
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mayor Ines Corrigan spoke first. “We waited,” Corrigan said.", ["Ines Corrigan"]),
        ("Ines Corrigan, the mayor, spoke first. “We waited,” the mayor said.", ["Ines Corrigan"]),
        ("Ines Corrigan spoke first. “We waited,” she said.", ["Ines Corrigan"]),
        ("Ines Corrigan met Paul Tolley. “We waited,” he said.", ["Paul Tolley"]),
        ("“We waited,” two senior officials said.", ["two senior officials"]),
        ("“We waited,” the Harbour Council said.", ["Harbour Council"]),
        ("Ines Corrigan waved. A spokesman read a note. “We waited,” he said.", ["A spokesman"]),
        (
            "Maddern was late. Ana Maddern runs the ferry with Craig Maddern. “We waited,” Mr Maddern said.",
            ["Craig Maddern"],
        ),
        (
            "Ana Maddern met Craig Maddern. Maddern never married. “We waited,” she said.",
            ["Ana Maddern"],
        ),
    ],
)
def test_resolves_a_mention_within_the_article(text: str, names: list[str]) -> None:
    assert resolve(text)[0] == names


@pytest.mark.models
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("“We waited,” he said.", "follows nobody"),
        ("Ana Maddern and Bea Maddern run the ferry. “We waited,” she said.", "could be"),
        ("Ana Maddern met Bea Maddern. Maddern never married. “We waited,” she said.", "could be"),
        ("The crew was late. “We waited,” they said.", "not resolved"),
    ],
)
def test_nobody_is_named_by_a_guess(text: str, reason: str) -> None:
    names, named = resolve(text)
    assert names == [None]
    assert reason in next(iter(named.reasons.values()))


@pytest.mark.models
def test_relatives_with_one_surname_are_not_mixed_up() -> None:
    text = (
        "Edwin Maddern built the ferry and Elin Maddern sails it.\n\n"
        "“It leaks,” Elin Maddern said. “It does not,” Edwin Maddern said. “It floats,” Maddern said."
    )
    names, _ = resolve(text)
    assert names == ["Elin Maddern", "Edwin Maddern", None]


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("Mrs. Corrigan’s", "Corrigan"),
        ("Dr. Ines Corrigan", "Ines Corrigan"),
        ("Corrigan,", "Corrigan"),
        ("Sir", "Sir"),
    ],
)
def test_a_bare_name_has_no_title_and_no_ending(printed: str, bare: str) -> None:
    assert bare_name(printed, LANGUAGES["en"]) == bare
