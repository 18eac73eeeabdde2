"""Why this speaker: the words made of a quote's evidence, and `quotes show`."""

from __future__ import annotations

import doctest
import json
import re
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from quotes import store
from quotes.attribute import RULE_NAMES
from quotes.cli import main
from quotes.cli import show as cli_show
from quotes.cli.show import clean, wrap_pieces, write_quote
from quotes.publish import why
from quotes.publish.shortening import cut_middle
from quotes.publish.why import RULES, describe_confidence, describe_rule, explain, say_who
from quotes.records import NOT_SPEECH, Article, Attribution, Candidate, LocalSpeaker, Quote
from quotes.store import Analysed, marked
from quotes.store import show as store_show

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.records import Span
    from quotes.store.show import ShownQuote

TEXT = (
    "Rain fell. “We stay,” Ann Reed said, “and we wait.”\n"
    "“The ‘Old Gull’ is tired,” she told the Lamp.\n"
    "“Open the small bridge.”"
)


@pytest.mark.parametrize("module", [marked, store_show, why, cli_show], ids=lambda module: module.__name__)
def test_examples_in_docstrings_hold(module: object) -> None:
    assert not doctest.testmod(module).failed  # type: ignore[arg-type]


def find(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


# The words


def test_every_rule_and_kind_has_words() -> None:
    assert set(RULES) >= set(RULE_NAMES)
    assert set(why.KINDS) == {"fragment", *NOT_SPEECH}
    assert len({rule.name for rule in RULES.values()}) == len(RULES)


@pytest.mark.parametrize("rule", [*RULES, "a rule of tomorrow", None])
@pytest.mark.parametrize("cue", ["said", None])
def test_a_rule_names_what_it_was_about(rule: str | None, cue: str | None) -> None:
    sentence = describe_rule(rule, "she {0} {cue}", cue)
    assert "“she {0} {cue}”" in sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "None" not in sentence
    assert len(describe_rule(rule, "word " * 500, "x" * 500)) < 400


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(1.0, "nearly all are"), (0.94, "about nineteen in twenty are"), (0.9, "about nine in ten are"),
     (0.5, "about half are"), (0.05, "about one in twenty is"), (0.0, "hardly any is")],
)  # fmt: skip
def test_a_confidence_in_words(confidence: float, words: str) -> None:
    assert describe_confidence(confidence).startswith(
        f"{confidence:.2f}: of attributions marked so, {words} right"
    )


@pytest.mark.parametrize("words", ["one two three " * 100, "x" * 1000, "a " * 500, "ש" * 700 + " שלום " * 99])
def test_the_middle_of_what_is_long_is_left_out(words: str) -> None:
    short = cut_middle(words, 100)
    assert len(short) <= 105
    head, tail = short.split(" […] ")
    assert words.startswith(head)
    assert words.rstrip().endswith(tail.rstrip())
    assert cut_middle("x" * 120, 100) == "x" * 120


# The command


def analyse() -> Analysed:
    article = Article(
        "a1", "The Lamp", TEXT, "a.txt", "Bridge <b>shut</b>", "https://lamp.example/1", None, "2024-05-06"
    )
    spans = [
        find(TEXT, words) for words in ("The ‘Old Gull’ is tired,", "Old Gull", "Open the small bridge.")
    ]
    ids = ("aaaa000000000001", "aaaa000000000002", "bbbb000000000003")
    kinds = ("sentence", "nickname", "sentence")
    first = (find(TEXT, "We stay,"), find(TEXT, "and we wait."))
    quotes = (
        Quote("c0ffee0000000000", "a1", first, "We stay, and we wait.", "sentence"),
        *(
            Quote(id_, "a1", (span,), TEXT[slice(*span)], kind, ids[0] if kind == "nickname" else None)
            for id_, span, kind in zip(ids, spans, kinds, strict=True)
        ),
    )
    other = Candidate(find(TEXT, "the Lamp"), find(TEXT, "told"), "nearby", 0.12)
    return Analysed(
        article,
        quotes,
        (
            Attribution(quotes[0].id, find(TEXT, "Ann Reed"), find(TEXT, "said"), "clause after", 0.94),
            Attribution(
                ids[0], find(TEXT, "she"), find(TEXT, "told"), "clause after", 0.66,
                also=(find(TEXT, "the Lamp"),), considered=(other,),
            ),
            Attribution(ids[1], reason="a nickname, not speech", kind="nickname"),
            Attribution(ids[2], reason="nobody is named near it", considered=(other,)),
        ),
        (
            LocalSpeaker("l1", "a1", "Ann Reed", "person", "mayor", ("Ann Reed",)),
            LocalSpeaker("l2", "a1", "The Lamp", "organisation", None, ("the Lamp",)),
        ),
        {quotes[0].id: "l1", ids[0]: "l1"},
        {ids[1]: "a nickname, not speech", ids[2]: "nobody is named near it"},
        "v1",
        {ids[0]: ("l2",)},
        {ids[0]: "“she”: the subject of the sentence before", quotes[0].id: "named in full"},
    )  # fmt: skip


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    with closing(store.open_quotes(tmp_path / "quotes.db")) as connection:
        run = store.start_run(connection, "2024-05-06T10:00:00+00:00", "0", "m")
        store.write_article(connection, analyse(), run)
        connection.execute("UPDATE article_speakers SET merge_evidence = 'the same full name in 3 articles'")
    return tmp_path / "quotes.db"


def show(*words: str) -> Result:
    return CliRunner().invoke(main, ["show", *words])


def test_a_quote_is_shown_with_its_evidence(database: Path) -> None:
    result = show("aaaa000000000001")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "“The ‘Old Gull’ is tired,”",
        "Ann Reed, mayor; together with The Lamp",
        "",
        "As printed",
        "   Rain fell. “We stay,” Ann Reed said, “and we wait.”",
        "   “[quote: The ‘Old Gull’ is tired,]” [speaker: she] [cue: told] [speaker: the Lamp].",
        "   “Open the small bridge.”",
        "",
        "Why",
        "   Decided by: A reporting clause follows the quote: “told” with “she” as its subject.",
        "   Confidence: 0.66: of attributions marked so, about thirteen in twenty are right on",
        "      the measuring articles.",
        "   Who that is: Ann Reed (“she”: the subject of the sentence before).",
        "   Across articles: Taken for Ann Reed: the same full name in 3 articles.",
        "",
        "Also considered",
        "   0.12  “the Lamp”: named nearby, cue “told”",
        "",
        "Quotes within quotes",
        "   within it stands “Old Gull” (aaaa000000000002)",
        "",
        "Printed in",
        "   The Lamp, 6 May 2024: Bridge <b>shut</b>",
        "   https://lamp.example/1",
        "",
        "More",
        "   python -m quotes serve --db quotes.db --open",
        "   and there /-/quotes/quote/aaaa000000000001",
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("c0ffee00", "“We stay, and we wait.”"),
        ("C0FFEE0000000000", "“We stay, and we wait.”"),
        ("we WAIT", "“We stay, and we wait.”"),
        ("wait stay", "“We stay, and we wait.”"),
        ('"small bridge"', "No speaker: nobody is named near it"),
        ("bbbb0000", "   Decided by: None of those considered is likely enough."),
        ("aaaa000000000002", "No speaker: a nickname, not speech"),
        ("aaaa000000000002", "   it stands within “The ‘Old Gull’ is tired,” (aaaa000000000001)"),
    ],
)
def test_a_quote_is_named_by_its_id_or_by_words(database: Path, words: str, told: str) -> None:
    result = show(words)
    assert result.exit_code == 0
    assert told in result.stdout.splitlines()


@pytest.mark.parametrize("words", ["aaaa0000", "old gull"])
def test_several_quotes_are_listed(database: Path, words: str) -> None:
    result = show(words)
    assert result.exit_code == 1
    assert sorted(result.stdout.splitlines()) == [
        "aaaa000000000001  The Lamp, 2024-05-06: “The ‘Old Gull’ is tired,”",
        "aaaa000000000002  The Lamp, 2024-05-06: “Old Gull”",
    ]
    assert result.stderr == "quotes: several quotes may be meant; name one by its id\n"
    several = json.loads(show(words, "--json").stdout)
    assert (several["count"], len(several["several"])) == (2, 2)
    assert several["several"][0].keys() == {"id", "outlet", "published", "text"}


def test_of_many_the_best_are_listed(database: Path) -> None:
    with closing(store.open_quotes(database)) as connection:
        found = analyse()
        more = tuple(replace(found.quotes[0], id=f"dddd{number:012x}") for number in range(30))
        nobody = Analysed(replace(found.article, id="a2"), more, (), (), {}, {}, "v1")
        store.write_article(connection, nobody, 1)
    lines = show("dddd0000").stdout.splitlines()
    assert len(lines) == 11
    assert lines[-1] == "… and 20 more quotes; name it by more of its words"


@pytest.mark.parametrize(
    "words", ["ffff", "no such words", "", " ", '"', "…", "\0", "NEAR(", "text:", "*", "x" * 5000]
)
def test_what_no_quote_has_is_said_in_one_line(database: Path, words: str) -> None:
    result = show(words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "quotes: quotes.db: no quote has this id or these words; try fewer words of it\n"


def test_a_missing_database_and_a_missing_word_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = show("words")
    assert (result.exit_code, result.stderr) == (
        1,
        "quotes: quotes.db: no such database; make it with `quotes index`\n",
    )
    assert show().exit_code == 2


def test_json_keeps_its_keys(database: Path) -> None:
    result = show("aaaa000000000001", "--json")
    assert result.exit_code == 0
    told: dict[str, Any] = json.loads(result.stdout)
    assert set(told) == {
        "id", "text", "kind", "pieces", "speaker_id", "speaker", "name_here", "role", "as_printed", "cue",
        "rule", "confidence", "reason", "resolution", "merge_evidence", "considered", "joint", "outer",
        "inner",
        "outlet_id", "outlet", "published", "article_id", "title", "url", "revision", "statement_id",
        "printing_count", "wording_count", "outlet_count", "who", "why",
        "first_revision", "last_revision", "altered_to", "altered_from", "removed",
    }  # fmt: skip
    assert told["pieces"][1] == {"words": "The ‘Old Gull’ is tired,", "role": "quote"}
    assert told["considered"] == [{"speaker": "the Lamp", "cue": "told", "rule": "nearby", "score": 0.12}]
    assert told["joint"][0]["name"] == "The Lamp"
    assert told["inner"] == [{"id": "aaaa000000000002", "text": "Old Gull", "kind": "nickname"}]
    assert len(told["why"]) == 4


@pytest.fixture
def shown(database: Path) -> ShownQuote:
    with closing(store.open_quotes(database)) as connection:
        found = store.read_shown(connection, "aaaa000000000001")
        assert store.read_shown(connection, "nope") is None
    assert found is not None
    return found


@pytest.mark.parametrize("width", [30, 50, 88])
def test_lines_keep_to_the_width(shown: ShownQuote, width: int) -> None:
    lines = list(write_quote(shown, width, styled=False, serve="quotes serve"))
    assert [line for line in lines if len(line) > max(width, 45)] == []
    styled = "\n".join(write_quote(shown, width, styled=True, serve="quotes serve"))
    for code in ("\x1b[1m", "\x1b[4m", "\x1b[7m"):  # bold, underlined, reversed: no part by colour alone
        assert code in styled
    assert "[quote:" not in styled


def tell_plain(quote: ShownQuote) -> str:
    """The lines without the styles that are ours."""
    text = "\n".join(write_quote(quote, 80, styled=False, serve="quotes serve"))
    return re.sub("\x1b\\[[012]m", "", text)


def test_a_terminal_obeys_nothing_of_an_article(shown: ShownQuote) -> None:
    evil = "\x1b[2J\x1b]0;owned\x07 \u202eevil\u2066 \x9b31m\r\x08"
    fields = {
        name: evil + name
        for name in ("text", "speaker", "role", "as_printed", "cue", "rule", "resolution", "merge_evidence",
                     "outlet", "published", "title", "url", "name_here", "kind", "removed")
    }  # fmt: skip
    hostile = replace(
        shown,
        **fields,
        pieces=((evil, None), (evil, "quote"), (evil, "speaker")),
        considered=(replace(shown.considered[0], speaker=evil, cue=evil, rule=evil),),
        joint=(replace(shown.joint[0], name=evil, role=evil),),
        inner=(replace(shown.inner[0], text=evil),),
        last_revision=1,
        altered_to=replace(shown.inner[0], text=evil),
    )
    text = tell_plain(hostile)
    assert clean(text) == text
    assert text.count("evil") > 15
    refused = replace(hostile, speaker=None, reason=evil)
    assert clean(tell_plain(refused)) == tell_plain(refused)


def test_pieces_wrap_between_words_only() -> None:
    pieces = [("“", None), ("We stay here", "quote"), (",” \n", None), ("she", "speaker"), ("x" * 90, None)]
    assert list(wrap_pieces(pieces, 20, styled=False)) == [
        "   “[quote: We stay",
        "   here],”",
        "   [speaker:",
        f"   she]{'x' * 90}",
    ]


def test_who_and_why_without_evidence_say_so(shown: ShownQuote) -> None:
    bare = replace(
        shown, resolution=None, merge_evidence=None, confidence=None, rule=None, cue=None, joint=()
    )
    assert say_who(bare) == "Ann Reed, mayor"
    assert explain(bare) == (
        ("Decided by", "Which rule decided was not kept: “she”."),
        ("Who that is", "In this article “she” is Ann Reed."),
    )
    unresolved = replace(bare, reason="pronoun “she” could be Ann Reed or Cy Holt", speaker=None)
    assert say_who(unresolved).startswith(
        "No speaker: “she” is named, but not resolved: pronoun “she” could be"
    )
    assert explain(unresolved)[-1] == (
        "Who that is",
        "Not known: pronoun “she” could be Ann Reed or Cy Holt.",
    )
    elsewhere = replace(bare, speaker="Anna Reed")
    assert explain(elsewhere)[-1] == ("Across articles", "This article’s Ann Reed is taken for Anna Reed.")
