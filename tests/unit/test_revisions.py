"""What an outlet changed in an article stays, as of a former revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from printing_house import analyse, ask, open_new, print_text, write

from quotes import store
from quotes.store.successors import LEAST_ELSEWHERE, LEAST_HERE, Standing, find_altered, find_same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STAY = "The quay will stay open all winter"
LIE = "She lied to the harbour board about the pumps"
MISLED = "She misled the harbour board about the pumps"
FISH = "Nobody asked the fishermen what they want"
ALTERED = [
    ("We will never surrender this bridge", "We will not surrender this bridge"),
    ("The pumps failed twice before January", "The pumps failed three times before January"),
    ("It cost 40 million crowns", "It cost 14 million crowns"),
    ("not guilty", "guilty"),
    (
        "We have no plans to close the slipway, and nobody asked us to",
        "We have no plans to close the slipway",
    ),
    ("The council may sue", "The council will sue the builder"),
    ("I believe the tests were faked. I saw the sheets. Everyone did.", "I saw the sheets."),
    ("She lied to the board", "She misled the board"),
    ("deeply disappointed", "disappointed"),
    ("I shot him because he ran at me with a knife", "I fired because he ran at me with a knife"),
    ("You can't do that to people who work here", "You cannot do that to those who work here"),
    ("The budget is dead", "The budget is not dead"),
]
OTHERS = [
    ("We have no plans to close the school", "We have no money to keep the pool open"),
    ("I am very proud of what we did here", "I am not going to talk about the election"),
    ("The water came over the wall at night", "The wall was built by my grandfather"),
    ("a disgrace", "a scandal"),
    ("I don't know who did it", "I don't want to be mayor any longer"),
    ("The pumps failed twice", "The ferry was late twice this week"),
    ("That was the plan", "The plan is to build a wall of steel across the bay"),
    ("People are angry", "People are leaving the island every week because of the rent"),
    ("the right thing to do", "the wrong thing to say"),
    ("no comment", "no money left"),
]
QUOTES = """
SELECT q.text, q.first_revision, q.last_revision, n.text FROM quotes AS q
LEFT JOIN quotes AS n ON n.id = q.altered_to_id ORDER BY q.first_revision, q.text
"""
REVISIONS = "SELECT revision, quote_count, run_id FROM revisions ORDER BY revision"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[store.Connection]:
    with open_new(tmp_path) as opened:
        yield opened
        assert ask(opened, "PRAGMA foreign_key_check") == []


def look(connection: store.Connection) -> list[tuple[object, ...]]:
    """Return each quote without its last mark, its first and last revision, and the one in its place."""
    return [
        (text.rstrip(".,"), first, last, after and after.rstrip(".,"))
        for text, first, last, after in ask(connection, QUOTES)
    ]


def test_an_altered_quote_stays_and_leads_to_the_one_in_its_place(connection: store.Connection) -> None:
    assert write(connection, print_text(STAY, "Ann Reed", LIE, "Tom Vale")) == 0
    assert write(connection, print_text(STAY, "Ann Reed", MISLED, "Tom Vale", FISH, "Ann Reed")) == 1
    assert look(connection) == [
        (LIE, 1, 1, MISLED),
        (STAY, 1, None, None),
        (FISH, 2, None, None),
        (MISLED, 2, None, None),
    ]
    assert ask(connection, REVISIONS) == [(1, 2, 1)]
    assert ask(connection, "SELECT revision, quote_count, last_run_id FROM articles") == [(2, 3, 2)]


def test_a_former_quote_keeps_its_evidence_and_its_speakers(connection: store.Connection) -> None:
    text = print_text(LIE, "Tom Vale and Ann Reed", STAY, "Ann Reed")
    write(connection, text)
    former = ask(connection, "SELECT id, evidence, spans, cue_span FROM quotes WHERE text LIKE 'She%'")
    write(connection, print_text(STAY, "Bea Holm"))
    rows = ask(connection, "SELECT id, evidence, spans, cue_span FROM quotes WHERE last_revision = 1")
    assert rows == former
    assert ask(connection, "SELECT quote_id, speaker_as_printed FROM joint_speakers") == [
        (former[0][0], "Ann Reed")
    ]
    names = ask(connection, "SELECT name FROM article_speakers ORDER BY name")
    assert names == [("Ann Reed",), ("Bea Holm",), ("Tom Vale",)]
    write(connection, print_text(STAY, "Bea Holm", LIE, "Bea Holm"))
    assert ask(connection, "SELECT count(*) FROM joint_speakers") == [(0,)]
    assert ask(connection, "SELECT name FROM article_speakers") == [("Bea Holm",)]


def test_a_quote_that_is_left_out_leads_nowhere(connection: store.Connection) -> None:
    write(connection, print_text(STAY, "Ann Reed", LIE, "Tom Vale"))
    assert write(connection, print_text(STAY, "Ann Reed", FISH, "Tom Vale")) == 0
    assert look(connection) == [(LIE, 1, 1, None), (STAY, 1, None, None), (FISH, 2, None, None)]


def test_a_quote_that_comes_back_stands_again(connection: store.Connection) -> None:
    for words, count in ((LIE, 0), (MISLED, 1), (LIE, 1)):
        assert write(connection, print_text(words, "Tom Vale")) == count
    assert look(connection) == [(LIE, 1, None, None), (MISLED, 2, 2, LIE)]
    assert write(connection, print_text(MISLED, "Tom Vale")) == 1
    assert look(connection) == [(LIE, 1, 3, MISLED), (MISLED, 2, None, None)]
    assert [row[0] for row in ask(connection, REVISIONS)] == [1, 2, 3]


def test_a_quote_that_is_moved_is_not_altered(connection: store.Connection) -> None:
    write(connection, print_text(STAY, "Ann Reed", LIE, "Tom Vale", FISH, "Ann Reed"))
    assert write(connection, print_text(FISH, "Ann Reed", LIE, "Tom Vale", STAY, "Ann Reed")) == 0
    assert {row[1:] for row in look(connection)} == {(1, None, None)}


def test_of_two_quotes_of_the_same_words_one_may_go(connection: store.Connection) -> None:
    write(connection, print_text(LIE, "Tom Vale", STAY, "Ann Reed", LIE, "Tom Vale"))
    assert write(connection, print_text(LIE, "Tom Vale", STAY, "Ann Reed")) == 0
    assert look(connection) == [(LIE, 1, None, None), (LIE, 1, 1, None), (STAY, 1, None, None)]
    assert write(connection, print_text(LIE, "Tom Vale", STAY, "Ann Reed", LIE, "Tom Vale")) == 0
    assert {row[1:] for row in look(connection)} == {(1, None, None)}


def test_other_marks_leave_no_trace(connection: store.Connection) -> None:
    write(connection, print_text("The quay — the old one — stays open", "Ann Reed", LIE, "Tom Vale"))
    write(connection, print_text("The quay – the old one – stays open", "Ann Reed", MISLED, "Tom Vale"))
    write(connection, print_text("The quay, the old one, stays open", "Ann Reed", MISLED + "!", "Tom Vale"))
    assert look(connection) == [
        (LIE, 1, 1, MISLED + "!"),
        ("The quay, the old one, stays open", 1, None, None),
        (MISLED + "!", 2, None, None),
    ]


@pytest.mark.parametrize("speaker", ["Reed", "Ann Reed"])
def test_a_speaker_who_is_named_otherwise_is_the_same_one(connection: store.Connection, speaker: str) -> None:
    other = "Ann Reed" if speaker == "Reed" else "Reed"
    write(connection, print_text(LIE, speaker, FISH, speaker))
    assert write(connection, print_text(MISLED, other)) == 1
    rows = ask(connection, "SELECT name, aliases FROM article_speakers")
    assert rows == [(other, f'["{other}", "{speaker}"]')]
    assert ask(connection, "SELECT count(DISTINCT article_speaker_id), count(*) FROM quotes") == [(1, 3)]


def test_nobody_took_the_place_of_somebody_elses_quote(connection: store.Connection) -> None:
    write(connection, print_text(LIE, "Tom Vale"))
    assert write(connection, print_text(MISLED, "Ann Reed")) == 0
    assert write(connection, print_text(LIE.replace("lied", "spoke"), "")) == 1


def test_other_stages_claim_no_alteration(connection: store.Connection) -> None:
    write(connection, print_text(LIE, "Tom Vale"))
    write(connection, print_text(MISLED, "Tom Vale"))
    assert write(connection, print_text(STAY, "Ann Reed", LIE + " today", "Tom Vale"), stages="v2") == 0
    assert look(connection) == [
        (LIE, 1, 1, LIE + " today"),
        (STAY, 1, None, None),
        (LIE + " today", 2, None, None),
    ]
    assert [row[0] for row in ask(connection, REVISIONS)] == [1, 2]
    assert write(connection, print_text(STAY, "Ann Reed"), stages="v3") == 0
    assert look(connection) == [(LIE, 1, 1, None), (STAY, 1, None, None)]


def test_a_date_and_an_outlet_are_those_of_the_article(connection: store.Connection) -> None:
    write(connection, print_text(LIE, "Tom Vale"), published=None)
    write(connection, print_text(MISLED, "Tom Vale"), published="2026-03-05", outlet="Desk")
    assert ask(connection, "SELECT outlet_id, published FROM quotes") == [("desk", "2026-03-05")] * 2
    write(connection, print_text(MISLED, "Tom Vale"), published="2026-03-07")
    rows = ask(connection, "SELECT outlet_id, published FROM quotes ORDER BY published")
    assert rows == [("the-desk", "2026-03-05"), ("the-desk", "2026-03-07")]
    write(connection, print_text(MISLED, "Tom Vale"), published="2026-03-01")
    assert ask(connection, "SELECT DISTINCT published FROM quotes") == [("2026-03-01",)]
    assert look(connection) == [(LIE, 1, 1, MISLED), (MISLED, 2, None, None)]
    assert ask(connection, "SELECT count(*) FROM revisions") == [(1,)]


def test_an_article_that_is_given_another_id_keeps_what_its_outlet_changed(
    connection: store.Connection,
) -> None:
    write(connection, print_text(LIE, "Tom Vale"))
    write(connection, print_text(MISLED, "Tom Vale"))
    old, new = analyse("").article.id, analyse(print_text(MISLED, "Tom Vale"), number=2)
    run = store.start_run(connection, "2026-03-09", "1", "none")
    assert store.write_article(connection, new, run, replaces=old) == 0
    assert look(connection) == [(LIE, 1, 1, MISLED), (MISLED, 2, None, None)]
    assert ask(connection, "SELECT DISTINCT article_id FROM quotes") == [(new.article.id,)]
    assert ask(connection, "SELECT id, revision FROM articles") == [(new.article.id, 2)]


def test_a_removed_article_is_marked_until_it_is_read_again(connection: store.Connection) -> None:
    write(connection, print_text(LIE, "Tom Vale"))
    article, before = analyse("").article.id, ask(connection, "SELECT * FROM quotes")
    connection.execute("DELETE FROM match_pending")
    changes = store.read_changes(connection)
    assert store.mark_removed(connection, {article: "its page answers: 410", "0" * 16: "gone"}, 1) == 1
    assert store.mark_removed(connection, {article: "gone"}, 1) == 0
    mark = "SELECT removed, removed_run_id FROM articles"
    assert ask(connection, mark) == [("its page answers: 410", 1)]
    assert ask(connection, "SELECT * FROM quotes") == before
    assert ask(connection, "SELECT * FROM match_pending") == []
    assert store.read_changes(connection) == changes
    assert store.mark_standing(connection, [article]) == 1
    assert store.mark_standing(connection, [article]) == 0
    assert ask(connection, mark) == [(None, None)]
    store.mark_removed(connection, {article: "gone"}, 1)
    write(connection, print_text(LIE, "Tom Vale"))
    assert ask(connection, mark) == [(None, None)]


@pytest.mark.parametrize(("before", "after"), ALTERED)
def test_what_is_reworded_in_its_place_is_altered(before: str, after: str) -> None:
    for one, other in ((before, after), (after, before)):
        assert find_altered([Standing("a", one, 3)], [Standing("b", other, 4)]) == {"a": "b"}


@pytest.mark.parametrize(("before", "after"), OTHERS)
def test_what_only_stands_there_instead_is_not_altered(before: str, after: str) -> None:
    for one, other in ((before, after), (after, before)):
        assert find_altered([Standing("a", one, 3)], [Standing("b", other, 3)]) == {}


def test_the_further_away_the_more_is_asked_for() -> None:
    assert LEAST_HERE < LEAST_ELSEWHERE
    before, after = "We lost three boats", "We lost five boats"
    assert find_altered([Standing("a", before, 1)], [Standing("b", after, 2)]) == {"a": "b"}
    assert find_altered([Standing("a", before, 1)], [Standing("b", after, 9)]) == {}
    near, far = Standing("b", after, 2), Standing("c", "We lost three good boats", 9)
    assert find_altered([Standing("a", before, 1)], [near, far]) == {"a": "c"}


def test_quotes_are_matched_one_to_one_and_the_same_whatever_their_ids() -> None:
    gone = [Standing("a", "The pumps failed twice", 0), Standing("b", "The pumps failed", 0)]
    new = [Standing("c", "The pumps have failed", 0), Standing("d", "The pumps failed twice today", 0)]
    assert find_altered(gone, new) == {"a": "d", "b": "c"}
    assert find_altered(gone, new[:1]) == {"b": "c"}
    nobody = Standing("e", "The pumps failed", 0, is_said=False)
    assert find_altered([nobody], new) == {}
    assert find_same(gone, [Standing("f", "the pumps – failed!", 5), nobody]) == {"b": "f"}


def test_very_long_quotes_cost_little() -> None:
    words = [*STAY.split(), *LIE.split(), *FISH.split()] * 20_000
    gone = [Standing("a", " ".join(words), 0)]
    assert find_altered(gone, [Standing("b", " ".join(words[7:]), 0)]) == {"a": "b"}
