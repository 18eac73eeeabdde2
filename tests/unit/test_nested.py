"""Quotes within quotes and in captions, told apart before attribution: no models."""

from __future__ import annotations

from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.pipeline.extraction import describe_article
from quotes.pipeline.nested import attribute_levels
from quotes.records import Article, Attribution, Paragraph, Quote, Span
from quotes.store import Analysed

TEXT = (
    "Ferry stops\n\n“Ann Roe told me, ‘Go home,’ and he said, ‘Never,’” said Mara Lind.\n\n"
    "FILE - A ferry called “Patience” at the pier. (Photo by A. Roe)\n"
)


def find_span(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


def attribute(lines: tuple[Paragraph, ...], quotes: tuple[Quote, ...]) -> tuple[Attribution, ...]:
    """Attributions as the rules might give them."""
    said = {
        "Go home,": (find_span("Ann Roe"), find_span("told")),
        "Never,": (find_span("he"), find_span("said")),
    }
    assert all(any(line.start <= quote.spans[0][0] < line.end for line in lines) for quote in quotes)
    outer = (find_span("Mara Lind"), find_span("said Mara"))
    return tuple(Attribution(quote.id, *said.get(quote.text, outer), rule="clause") for quote in quotes)


def analyse() -> Analysed:
    article = Article("a", "Outlet", TEXT, "a.txt")
    lines = paragraphs(TEXT)
    quotes = find_quotes(article, lines)
    attributions = attribute_levels(article, lines, quotes, attribute)
    reasons = {one.quote_id: one.reason for one in attributions if one.reason}
    return Analysed(article, quotes, attributions, (), {}, reasons, "rules")


def test_a_quote_within_a_quote_has_the_speaker_whom_the_outer_words_name() -> None:
    outer, home, never, caption = analyse().attributions
    assert TEXT[slice(*outer.speaker or ())] == "Mara Lind"
    assert TEXT[slice(*home.speaker or ())] == "Ann Roe"
    assert (never.speaker, never.cue, never.confidence) == (None, None, None)
    assert never.reason == "words that Mara Lind quotes; nobody is named for them"
    assert (caption.speaker, caption.kind) == (None, "caption")


def test_i_within_a_quote_is_its_speaker() -> None:
    text = "“I told him, ‘Go home,’ and he said nothing,” said Mara Lind.\n"
    article, lines = Article("a", "Outlet", text, "a.txt"), paragraphs(text)
    quotes = find_quotes(article, lines)

    def told(_: tuple[Paragraph, ...], some: tuple[Quote, ...]) -> tuple[Attribution, ...]:
        says = {None: ("Mara Lind", "said Mara", 0.9)}
        who = [says.get(quote.inside, ("I", "told", 0.95)) for quote in some]
        places = [(text.index(speaker), text.index(cue), speaker, cue, sure) for speaker, cue, sure in who]
        return tuple(
            Attribution(quote.id, (at, at + len(speaker)), (by, by + len(cue)), "clause before", sure)
            for quote, (at, by, speaker, cue, sure) in zip(some, places, strict=True)
        )

    outer, inner = attribute_levels(article, lines, quotes, told)
    assert (inner.speaker, inner.rule, inner.confidence) == (outer.speaker, "first person", 0.9)
    assert text[slice(*inner.cue or ())] == "told"


def test_levels_and_what_is_no_speech_are_printed_apart() -> None:
    line = describe_article(analyse())
    (outer,) = line["quotes"]
    assert [quote["text"] for quote in outer["nested"]] == ["Go home,", "Never,"]
    assert [quote["text"] for quote in line["not_speech"]] == ["Patience"]
    assert line["not_speech"][0]["reason"]


def test_one_reason_for_every_quote_of_an_article_nobody_could_read() -> None:
    article = Article("a", "Outlet", TEXT, "a.txt", language="de")
    lines = paragraphs(TEXT)
    quotes = find_quotes(article, lines)
    found = attribute_levels(
        article, lines, quotes, lambda _, some: tuple(Attribution(quote.id, reason="why") for quote in some)
    )
    assert [one.quote_id for one in found] == [quote.id for quote in quotes]
    assert all(one.reason and one.speaker is None for one in found)
