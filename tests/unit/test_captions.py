"""Captions become transcripts: whose words they are, without times, tags and what rolls up twice."""

from __future__ import annotations

import time

import pytest

from quotes.attribute import attribute
from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.records import Annotated, Article, Unreadable
from quotes.sources import Place, read_place
from quotes.sources.details import Details


def read_one(text: str, ending: str = ".vtt", **known: str) -> Article | Unreadable:
    place = Place(f"a{ending}", Details(**{"outlet": "town-hall", **known}), data=text.encode())
    (found,) = read_place(place)
    assert isinstance(found, Article | Unreadable)
    return found


def cues(*texts: str) -> str:
    timed = (f"00:00:{at:02}.000 --> 00:00:{at + 1:02}.000\n{text}\n" for at, text in enumerate(texts))
    return "WEBVTT\n\n" + "\n".join(timed)


def text_of(*texts: str) -> str:
    found = read_one(cues(*texts))
    assert isinstance(found, Article), found
    return found.text


def spoken(text: str) -> list[tuple[str, str]]:
    """Each quote of the transcript, with its speaker's label or the reason why there is none."""
    one = Article("a", "town-hall", text, "a.vtt", kind="transcript")
    lines = paragraphs(text)
    quotes = find_quotes(one, lines)
    found = attribute(one, lines, quotes, Annotated((), ()))
    return [
        (quote.text, text[slice(*who.speaker)] if who.speaker else who.reason or "")
        for quote, who in zip(quotes, found, strict=True)
    ]


VOICES = """WEBVTT - Council meeting

NOTE made by hand
00:00 is when it began

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.500 align:start position:0%
<v Mary Holt>We will not open a bridge
that is <i>not</i> safe &amp; sound.

2
00:00:03.500 --> 00:00:05.000
<v Mary Holt>Not for anybody.</v>

3
00:00:05.000 --> 00:00:07.000
<v.loud Tom Pike>It took <00:00:05.500><c>a month</c>.</v>
"""


def test_voices_are_the_speakers_of_the_words() -> None:
    found = read_one(VOICES)
    assert isinstance(found, Article)
    assert found.kind == "transcript"
    assert found.text == (
        "MARY HOLT: We will not open a bridge that is not safe & sound. Not for anybody.\n\n"
        "TOM PIKE: It took a month."
    )
    assert spoken(found.text) == [
        ("We will not open a bridge that is not safe & sound. Not for anybody.", "MARY HOLT"),
        ("It took a month.", "TOM PIKE"),
    ]


def test_labels_and_changes_in_the_words_count() -> None:
    text = text_of(
        ">> MARY HOLT: We will not", "open it.", ">> And why?", "- It falls.", "- Does it?", "TOM PIKE: Yes."
    )
    assert spoken(text) == [
        ("We will not open it.", "MARY HOLT"),
        ("And why?", "SPEAKER"),
        ("It falls.", "SPEAKER"),
        ("Does it?", "SPEAKER"),
        ("Yes.", "TOM PIKE"),
    ]


def test_speakers_that_nobody_names_stay_nameless() -> None:
    text = text_of(">> We open soon.", ">> Do we?", ">> In May.")
    assert [words for words, _ in spoken(text)] == ["We open soon.", "Do we?", "In May."]
    assert {who for _, who in spoken(text)} == {"the transcript does not name the speaker"}
    numbered = text_of("<v Speaker 1>We open soon.", "<v Speaker 2>Do we?")
    assert numbered == "We open soon.\n\nDo we?"


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["we will not", "we will not\nopen it", "open it\nin May"], "we will not open it in May"),
        (["we", "we will", "we will not", "we will not open"], "we will not open"),
        (["we will not\nopen it", "we will not\nopen it"], "we will not open it"),
        (["we <c>will</c> not", "we will not\n<c>open it</c>"], "we will not open it"),
        (["open it\nin May", "in April\nopen it"], "open it in May in April open it"),
    ],
)
def test_captions_that_roll_up_are_read_once(texts: list[str], words: str) -> None:
    assert text_of(*texts) == words


def test_subtitles_with_numbers_and_commas_are_read() -> None:
    text = (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nMary Holt: We will not open it.\r\n\r\n"
        "2\r\n00:00:02,000 --> 00:00:03,000\r\n{\\an8}[Applause] ♪ music ♪\r\n3\r\n"
        "00:00:03,000 --> 00:00:04,000\r\nTom Pike: In 2027,\r\n\r\n4\r\n"
        "00:00:04,000 --> 00:00:05,000\r\nperhaps.\r\n"
    )
    found = read_one(text, ".srt")
    assert isinstance(found, Article)
    assert spoken(found.text) == [("We will not open it.", "MARY HOLT"), ("In 2027, perhaps.", "TOM PIKE")]


def test_a_long_turn_has_paragraphs_that_end_with_a_sentence() -> None:
    sentence = "We looked at a ferry and at a second bridge."
    text = text_of("<v Mary Holt>First.", *(f"<v Mary Holt>{sentence} Number {n}." for n in range(40)))
    blocks = text.split("\n\n")
    assert len(blocks) > 3
    assert all(block.endswith(".") and len(block) < 700 for block in blocks)
    assert {who for _, who in spoken(text)} == {"MARY HOLT"}


@pytest.mark.parametrize(
    ("ending", "text"), [(".vtt", VOICES), (".txt", "The ferry."), (".eml", "A: b\n\nThe ferry.")]
)
def test_what_was_fetched_has_its_address(ending: str, text: str) -> None:
    address = f"https://town.example/a{ending}"
    (found,) = read_place(Place("a", Details("town"), data=text.encode(), address=f"{address}?utm_id=1#t=9"))
    assert isinstance(found, Article)
    assert found.url == address


def test_a_person_may_say_that_captions_are_an_article() -> None:
    found = read_one(VOICES, kind="article")
    assert isinstance(found, Article)
    assert found.kind == "article"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("WEBVTT\n\nNOTE nothing\n", "no captions in it: no line like 00:00:01.000 --> 00:00:04.000"),
        (cues("♪ la la ♪"), "captions without words"),
        ("", "empty; nothing to read"),
    ],
)
def test_what_is_no_captions_says_why(text: str, reason: str) -> None:
    found = read_one(text)
    assert isinstance(found, Unreadable)
    assert found.reason == reason


@pytest.mark.parametrize(
    "text",
    [
        cues("<v " * 200_000),
        cues("<" * 500_000),
        cues("A a " * 200_000 + ":"),
        cues("♪" * 300_000),
        cues("{\\" * 300_000),
        "00:00:01.000 --> 00:00:04.000\n" * 50_000,
        "0" * 1_000_000 + " --> ",
        cues("\n".join(["x"] * 100_000), "\n".join(["x"] * 100_000)),
    ],
    ids=["voices", "tags", "label", "music", "styles", "times", "digits", "lines"],
)
def test_hostile_captions_take_bounded_time(text: str) -> None:
    began = time.process_time()
    read_one(text)
    assert time.process_time() - began < 15
