"""Transcripts: whose turn it is, what is a quote of it, and whose. All invented."""

from __future__ import annotations

import doctest
import time

import pytest

from quotes.attribute import attribute
from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.records import Annotated, Article
from quotes.text import turns

BRIEFING = """Briefing by Commissioner Ann Reed

2:05 P.M.

MS. REED: Good afternoon. We open the talks before summer. (Laughter.) The boats are old.

They failed four times.

Q    Will fares rise?

MS. REED: I don't expect it.

QUESTION: And the crews?

TOM PIKE, fleet manager: Nobody loses a job [applause] at all.

THE MAYOR: I agree.

END 2:31 P.M.
"""


def read(text, kind="transcript"):
    """Each quote's words with the label before them, or the reason why there is none."""
    article = Article("a", "town-hall", text, "a.txt", kind=kind)
    lines = paragraphs(text)
    quotes = find_quotes(article, lines)
    found = attribute(article, lines, quotes, Annotated((), ()))
    assert [one.quote_id for one in found] == [quote.id for quote in quotes]
    return [
        (quote.text, text[slice(*one.speaker)] if one.speaker else one.reason)
        for quote, one in zip(quotes, found, strict=True)
    ]


def test_a_paragraph_of_a_turn_is_a_quote_of_the_labelled_speaker():
    assert read(BRIEFING) == [
        ("Good afternoon. We open the talks before summer. The boats are old.", "MS. REED"),
        ("They failed four times.", "MS. REED"),
        ("I don't expect it.", "MS. REED"),
        ("Nobody loses a job at all.", "TOM PIKE"),
        ("I agree.", "THE MAYOR"),
    ]


def test_the_spans_are_the_words_without_notes():
    article = Article("a", "town-hall", BRIEFING, "a.txt", kind="transcript")
    first = find_quotes(article, paragraphs(BRIEFING))[0]
    assert [BRIEFING[slice(*span)] for span in first.spans] == [
        "Good afternoon. We open the talks before summer.",
        "The boats are old.",
    ]


def test_the_rule_and_the_colon_are_the_evidence():
    article = Article("a", "town-hall", BRIEFING, "a.txt", kind="transcript")
    lines = paragraphs(BRIEFING)
    found = attribute(article, lines, find_quotes(article, lines), Annotated((), ()))[0]
    assert found.rule == "label"
    assert found.cue is not None
    assert BRIEFING[slice(*found.cue)] == ":"


def test_an_article_with_labels_is_no_transcript():
    assert read(BRIEFING, kind="article") == []


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "Reed: We open soon.\n\nPike: We hope so.\n\nReed: We do.\n\nPike: Good.",
            ["Reed", "Pike", "Reed", "Pike"],
        ),
        ("Ann Reed: We open soon.\n\nReed: We do.", ["Ann Reed", "Reed"]),
        ("REED: We open.\n\nFirst: the boats are old.\n\nREED: So it is.", ["REED", "REED", "REED"]),
        ("ANN REED (Harbour Party): We open soon.", ["ANN REED"]),
        ("ANN REED (H), HARBOUR COMMISSIONER: We open soon.", ["ANN REED"]),
        ("Interviewer: When?\n\nReed: Soon.\n\nInterviewer: Why?\n\nReed: Rain.", ["Reed", "Reed"]),
        ("[00:01:12] REED: We open soon.", ["REED"]),
        ("DR. O’HARA-PIKE: We open soon.", ["DR. O’HARA-PIKE"]),
        ("Note this: we open soon.\n\nREED: We do.", ["REED"]),
        ("Q. Do you open?\n\nA. We open soon.\n\nQ. When?\n\nA. In May.", ["A", "A"]),
        (
            "DATE: 4 March 2026\nLOCATION: Town Hall\nPRESENT: Ann Reed\n\nMS. REED: We open soon.",
            ["MS. REED"],
        ),
    ],
)
def test_labels(text, labels):
    assert [label for _, label in read(text)] == labels


def test_a_speech_without_labels_is_all_speech_and_nobodys():
    text = "We open the talks before summer.\n\nThe boats are old, and the “new” ones are late."
    reason = "the transcript does not name the speaker"
    assert read(text) == [(line, reason) for line in text.split("\n\n")]


@pytest.mark.parametrize(
    "text",
    ["Look: we open soon.\n\nLook: the boats are old.", "A. We open soon.", "“New” boats are late. We open."],
)
def test_what_is_no_label_is_speech(text):
    assert read(text) == [(line, "the transcript does not name the speaker") for line in text.split("\n\n")]


def test_a_transcript_in_quotation_marks_is_read_like_an_article():
    text = (
        "“We open the talks before summer and not a day later,” Reed said.\n\n“The boats are old,” she added."
    )
    assert [words for words, _ in read(text)] == [
        "We open the talks before summer and not a day later,",
        "The boats are old,",
    ]


def test_the_same_words_twice_are_two_quotes():
    article = Article("a", "town-hall", "REED: Thank you.\n\nPIKE: Thank you.", "a.txt", kind="transcript")
    ids = [quote.id for quote in find_quotes(article, paragraphs(article.text))]
    assert len(set(ids)) == 2


@pytest.mark.parametrize("text", ["", "REED:", "REED: (Laughter.)", "Q Why?", "QUESTION: Why now?"])
def test_nothing_said(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    ["A" * 50_000 + ":", "Ann Reed, " * 10_000, "(" * 50_000, "REED: (Laughter " * 5_000, "A: b\n" * 10_000],
)
def test_hostile_text_takes_bounded_time(text):
    lines = paragraphs(text)
    article = Article("a", "town-hall", text, "a.txt", kind="transcript")
    began = time.process_time()
    attribute(article, lines, find_quotes(article, lines), Annotated((), ()))
    assert time.process_time() - began < 3


def test_doctests_hold():
    result = doctest.testmod(turns)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.models
def test_labels_lead_to_the_persons_that_the_heading_and_later_turns_name():
    from quotes.pipeline.analyse import analyse_all, scan
    from quotes.pipeline.stages import load_stages

    stages = load_stages()
    text = BRIEFING.replace("MS. REED: I don't", "COMMISSIONER REED: I don't")
    article = Article("a", "town-hall", text, "a.txt", kind="transcript")
    ((found, _),) = analyse_all([scan(article, stages)], stages)
    names = {speaker.id: (speaker.name, speaker.kind) for speaker in found.speakers}
    speakers = [names[found.speaker_of[quote.id]] for quote in found.quotes]
    assert speakers[:3] == [("Ann Reed", "person")] * 3
    assert [kind for _, kind in speakers[3:]] == ["person", "anonymous"]
