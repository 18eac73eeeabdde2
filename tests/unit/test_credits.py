"""Whom an article credits for what it prints: names as printed, and the outlets that they stand for."""

from __future__ import annotations

import doctest
import time

import pytest

from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.records import Article
from quotes.text import outlets
from quotes.text.credits import find_credited, find_credits
from quotes.text.outlets import is_agency, match_outlets, outlet_key

STORY = "The ferry stopped at noon, and nobody on the quay was told why it had done so.\n\n" * 8


def make_article(text, outlet="Harbour Daily", byline=None):
    return Article("a", outlet, text, "a.txt", byline=byline)


def read_credits(text, **fields):
    article = make_article(text, **fields)
    return list(find_credits(article, paragraphs(text)))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("LOWHAVEN (AP) — The ferry stopped at noon.", ["AP"]),
        ("LOWHAVEN, May 4 (Reuters) - The ferry stopped at noon.", ["Reuters"]),
        ("LOWHAVEN, May 4, 2026 (UPI) -- The ferry stopped at noon.", ["UPI"]),
        ("(CNN) — The ferry stopped at noon.", ["CNN"]),
        ("Lowhaven (AFP) – The ferry stopped at noon.", ["AFP"]),
        ("Lowhaven (Corvid News) — The ferry stopped at noon.", ["Corvid News"]),
        ("(Reuters) The ferry stopped at noon.", ["Reuters"]),
        ("By ANN REED, Associated Press", ["Associated Press"]),
        ("Ann Reed (Lowhaven) — The ferry stopped at noon.", []),
        ("Mara Voss (R) - the senator for Lowhaven - spoke at noon.", []),
        ("The council (the AP reported) voted at noon.", []),
        ("AP classes begin at noon in Lowhaven.", []),
        ("By Tom Pike, The Associated Press", ["Associated Press"]),
        ("By TOM PIKE, Lowhaven, PA", []),
        ("By Monday the AP had reported that the mayor was gone.", []),
        ("By the time Reuters reached him, the mayor had left.", []),
        ("Agence France-Presse (AFP) said on Monday that it would close.", []),
        ("Associated Press (AP) chief Ann Reed resigned.", []),
        ("Mara Voss (Inland News) – the site’s editor – spoke at noon.", []),
    ],
)
def test_the_top(line, names):
    assert read_credits(f"{line}\n\n{STORY}") == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("The-CNN-Wire", ["CNN"]),
        ("™ & © 2026 Cable News Network, Inc.", ["Cable News Network"]),
        ("© 2026 The Associated Press. All rights reserved.", ["Associated Press"]),
        ("Copyright 2026 The Lowhaven Gazette", ["Lowhaven Gazette"]),
        ("The Associated Press contributed to this report.", ["Associated Press"]),
        ("Ann Reed of the Inland Post contributed reporting.", ["Inland Post"]),
        ("Contributing: Tom Pike, Corvid News", ["Corvid News"]),
        ("With files from Reuters and AFP", ["Reuters", "AFP"]),
        ("Additional reporting by the BBC", ["BBC"]),
        ("This article originally appeared in the Lowhaven Gazette.", ["Lowhaven Gazette"]),
        ("— Reuters", ["Reuters"]),
        ("(AFP)", ["AFP"]),
        ("Source: dpa", ["dpa"]),
        ("© 2026 Harbour Daily. All rights reserved.", []),
        ("Photo: Ann Reed/Reuters", []),
        ("Bloomberg via Getty Images.", []),
        ("Reuters", []),
        ("Ann Reed contributed to this report.", []),
        ("The ferry contributed to the delay, the mayor told CNN.", []),
        ("The council had copyright in it, the Inland Post reported.", []),
        ("Her novel was first published in the Inland Post.", []),
        ("(Reporting by Ann Reed; Editing by Tom Post)", []),
        ("Associated Press writers Tom Pike in Lowhaven and Ann Reed contributed.", ["Associated Press"]),
        ("© 2026 Lowhaven Gazette, Lowhaven, PA", ["Lowhaven Gazette"]),
        ("Photo © Reuters", []),
        ("© Reuters/Ann Reed", []),
        ("Image copyright 2026 Reuters", []),
        ("“Many people contributed to this story,” he told CNN on Monday.", []),
        ("She told CNN of the fund to which he had contributed.", []),
        ("The book is copyright 2026, the Inland Post noted.", []),
        ("With information from Reuters’ archives, she wrote a book.", []),
        ("This story first appeared on Inland News and was later denied by the BBC.", []),
        ("Ann Reed and Emily Post contributed to this report.", []),
    ],
)
def test_the_foot(line, names):
    assert read_credits(f"{STORY}{line}") == names


def test_credits_in_the_middle_of_an_article_are_none():
    assert read_credits(f"{STORY}The Associated Press contributed to this report.\n\n{STORY}") == []


def test_a_byline_that_is_known_beside_the_text():
    assert read_credits(STORY, byline="Ann Reed and Reuters") == ["Reuters"]
    assert read_credits(STORY, byline="Ann Reed, Harbour Post") == []


def test_the_articles_own_outlet_is_no_credit():
    text = f"LOWHAVEN (AP) — It stopped.\n\n{STORY}© 2026 The Associated Press."
    assert read_credits(text, outlet="Associated Press") == []
    assert read_credits(text, outlet="Inland Post") == ["AP"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("“We are closing,” Reed told CNN.", ["CNN"]),
        ("“We are closing,” Reed told the Lowhaven Gazette on Monday.", ["Lowhaven Gazette"]),
        ("“We are closing,” Reed told CNN Tuesday. “Soon.”", ["CNN"]),
        ("In an interview with the BBC, Reed said: “We are closing.”", ["BBC"]),
        ("“We are closing,” Reed said in an ABC News interview.", ["ABC News"]),
        ("“We are closing,” Reed said on NBC’s morning show.", ["NBC"]),
        ("“We are closing,” Reed said, according to Reuters.", ["Reuters"]),
        ("“We are closing,” she said in a statement to the Inland Post.", ["Inland Post"]),
        ("“We are closing,” Reed told BBC Radio Four.", ["BBC"]),
        ("“We are closing,” Reed told the Harbour Daily.", [None]),
        ("“We are closing,” Reed told Congress.", [None]),
        ("“We are closing,” Reed told Dr. Post.", [None]),
        ("“We are closing,” Reed told the Press Club.", [None]),
        ("“We are closing,” Reed said. She told CNN that it had rained.", [None]),
        ("She told CNN that it had rained. “We are closing,” Reed said.", [None]),
        ("“We are closing,” Reed told CNN, according to the Inland Post.", [None]),
        ("“We told CNN that it was over,” Reed said.", [None]),
        ("“We are closing,” Reed told CNN. Pike said: “We are not.”", ["CNN", None]),
        ("“We are closing,” Reed said.\n\nPike told CNN it was raining.", [None]),
        ("“We are closing,” Reed told RTÉ.", ["RTÉ"]),
        ("“We are closing,” Reed told the Sun.", ["Sun"]),
        ("“We are closing,” Reed told Emily Post.", [None]),
        ("“We are closing,” Reed told Wei Sun.", [None]),
        ("Reed, who runs the port, told CNN: “We are closing.”", ["CNN"]),
        ("Reed, who last year told CNN she would resign, said: “We are closing.”", [None]),
        ("“We are closing,” said Reed, who told CNN that it had rained.", [None]),
        ("Asked what she had told CNN, Reed said: “We are closing.”", [None]),
        ("“We are closing,” Reed said before speaking to CNN.", [None]),
    ],
)
def test_the_outlet_that_words_were_told_to(text, names):
    article = make_article(text)
    quotes = find_quotes(article, paragraphs(text))
    credited = find_credited(article, quotes)
    assert [credited.get(quote.id) for quote in quotes] == names


def test_names_of_one_outlet_have_one_key():
    for names in (
        ("AP", "A.P.", "Associated Press", "The Associated Press", "ap", "associated-press", "AP News"),
        ("AFP", "Agence France-Presse", "agence-france-presse"),
        ("BBC", "BBC News", "bbc-news"),
        ("The Lowhaven Gazette", "Lowhaven Gazette", "lowhaven-gazette"),
    ):
        assert len({outlet_key(name) for name in names}) == 1
    assert outlet_key("Inland Post") != outlet_key("Harbour Post")
    assert outlet_key("Inland News") != outlet_key("Inland")
    assert is_agency("The Associated Press")
    assert not is_agency("CNN")


def test_names_lead_to_the_outlets_that_are_there():
    ids = ["associated-press", "inland-post", "bbc-news"]
    assert match_outlets(["BBC", "A.P.", "Reuters"], ids) == ("associated-press", "bbc-news")
    assert match_outlets([], ids) == ()


@pytest.mark.parametrize(
    "text",
    [
        "A" * 60_000,
        "A " * 30_000,
        "Aa. " * 20_000 + "(AP) -",
        "(AP) — " * 10_000,
        "“a” told The " * 5_000,
        "© The Post " * 5_000,
        "told told told " * 5_000,
    ],
)
def test_hostile_text_takes_bounded_time(text):
    began = time.process_time()
    article = make_article(text)
    found = paragraphs(text)
    quotes = find_quotes(article, found)
    middle = time.process_time()
    find_credits(article, found)
    find_credited(article, quotes)
    assert time.process_time() - middle < 1
    assert time.process_time() - began < 30


def test_doctests_hold():
    result = doctest.testmod(outlets)
    assert result.attempted > 0
    assert result.failed == 0
