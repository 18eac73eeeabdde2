"""Who the mentions are, within one article and across articles."""

from __future__ import annotations

from functools import cache

import pytest

from quotes.annotate import Annotator
from quotes.attribute import attribute
from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.languages import LANGUAGES
from quotes.records import Article, LocalSpeaker
from quotes.speakers import Named, merge_speakers, name_speakers
from quotes.speakers.people import bare_name


@cache
def annotator() -> Annotator:
    return Annotator()


def resolve(text: str) -> tuple[list[str | None], Named]:
    """The resolved name of each quote of `text`, in order."""
    article = Article("a", "Outlet", text, "a.txt")
    lines = paragraphs(text)
    quotes = find_quotes(article, lines)
    (annotated,) = annotator().annotate([(text, lines)])
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
    assert names == ["Elin Maddern", "Edwin Maddern", "Maddern"]


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


def local(number: int, name: str, kind: str = "person", role: str | None = None) -> LocalSpeaker:
    return LocalSpeaker(f"local{number}", f"article{number}", name, kind, role, (name.split()[-1],))


def test_equal_full_names_are_one_speaker_with_all_aliases() -> None:
    speakers = merge_speakers(
        [local(1, "Ines Corrigan", role="mayor"), local(2, "Inés Corrigan"), local(3, "Ines M. Corrigan")]
    )
    assert len(speakers) == 1
    assert speakers[0].local_ids == ("local1", "local2", "local3")
    assert speakers[0].aliases == (("Corrigan", 3),)
    assert speakers[0].role == "mayor"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (local(1, "Corrigan"), local(2, "Corrigan")),
        (local(1, "a senior official", "anonymous"), local(2, "a senior official", "anonymous")),
        (local(1, "Ines Corrigan"), local(2, "Paul Corrigan")),
        (local(1, "Corrigan", "organisation"), local(2, "Corrigan")),
    ],
)
def test_a_surname_or_a_description_is_nobody_elsewhere(first: LocalSpeaker, second: LocalSpeaker) -> None:
    assert len(merge_speakers([first, second])) == 2


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("organisation", "U.S. Treasury", "the US Treasury"),
        ("person", "Anna Holt-Reed", "Anna Holt Reed"),
        ("person", "Mohammed al-Sadr", "Mohammed Al Sadr"),
        ("person", "Anna Holt", "Anna Marie Holt"),
        ("person", "Anna M. Holt", "Anna Marie Holt"),
        ("person", "Edwin Maddern Jr.", "Edwin Maddern"),
    ],
)
def test_spelling_makes_nobody_another(kind: str, first: str, second: str) -> None:
    assert len(merge_speakers([local(1, first, kind), local(2, second, kind)])) == 1


def test_middle_names_that_differ_keep_persons_apart() -> None:
    speakers = merge_speakers([local(1, "John A. Roe"), local(2, "John B. Roe"), local(3, "John Roe")])
    assert sorted(speaker.name for speaker in speakers) == ["John A. Roe", "John B. Roe", "John Roe"]


def test_merging_depends_on_no_order() -> None:
    speakers = [
        local(1, "Ines Corrigan"),
        local(2, "Ines Corrigan", role="mayor"),
        local(3, "The Harbour Board", "organisation"),
    ]
    assert merge_speakers(speakers) == merge_speakers(speakers[::-1])
