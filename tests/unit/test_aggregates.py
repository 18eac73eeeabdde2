"""The SQL of the aggregates, asked over small derived tables: who follows whom, which words are swapped."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from quotes import store
from quotes.store.connect import read_sql

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(store.open_quotes(tmp_path / "quotes.db")) as opened:
        opened.execute("PRAGMA foreign_keys = OFF")
        for outlet in ("north", "south", "west", "corvid-news"):
            add(opened, "outlets", id=outlet, name=outlet)
        yield opened


def add(connection, table, **values):
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", [*values.values()])


def add_statement(connection, name, outlets, **values):
    row = {"label": "x", "first_outlets": "[]", "quote_count": 1, "wording_count": 2, "drift": 0}
    row |= {"worst_change": "reference", "disputed_speaker": 0, "outlet_count": outlets}
    add(connection, "statements", id=name, **row | values)


def add_wording(connection, name, printings, parent=None, credited=None, kind="reworded"):
    """A wording of the statement before the slash, with its (outlet, date) printings; the first names it.

    A statement that was not added before is one of several wordings and outlets.
    """
    statement = name.partition("/")[0]
    if not connection.execute("SELECT 1 FROM statements WHERE id = ?", (statement,)).fetchone():
        add_statement(connection, statement, 2)
    counts = {"quote_count": len(printings), "outlet_count": len(printings), "similarity": 1.0}
    dates = [date for _, date in printings if date]
    add(
        connection,
        "wordings",
        id=f"{name}0",
        statement_id=statement,
        text="x",
        is_reference=int(parent is None),
        parent_wording_id=parent and f"{parent}0",
        credited_outlet_id=credited,
        change_kind=kind,
        first_published=min(dates, default=None),
        **counts,
    )
    for number, (outlet, date) in enumerate(printings):
        add(
            connection,
            "quotes",
            id=f"{name}{number}",
            text="x",
            outlet_id=outlet,
            article_id="a",
            published=date,
            statement_id=statement,
            wording_id=f"{name}0",
            kind="sentence",
            no_speaker_reason="x",
            context_before="",
            context_after="",
            context_between="[]",
            spans="[]",
        )


def ask(connection, name):
    return [tuple(row) for row in connection.execute(read_sql(name))]


def test_the_outlet_with_the_parent_wording_is_followed_by_the_one_with_its_copy(connection) -> None:
    for statement in ("s", "t"):
        add_wording(connection, f"{statement}/a", [("north", "2026-03-04"), ("west", "2026-03-05")])
        copies = [("south", "2026-03-05"), ("west", "2026-03-06")]
        add_wording(connection, f"{statement}/b", copies, f"{statement}/a")
    add_wording(connection, "u/a", [("north", "2026-03-04")])
    add_wording(connection, "u/b", [("north", "2026-03-05")], "u/a")
    assert ask(connection, "outlet_followers") == [("north", "south", 2)]


def test_outlets_of_one_day_share_in_being_followed_and_times_tell_them_apart(connection) -> None:
    tied = [("north", "2026-03-04"), ("west", "2026-03-04T10:00:00+00:00")]
    add_wording(connection, "s/a", tied)
    add_wording(connection, "s/b", [("south", "2026-03-05")], "s/a")
    timed = [("north", "2026-03-04T09:00:00+00:00"), ("west", "2026-03-04T10:00:00+00:00")]
    add_wording(connection, "t/a", timed)
    add_wording(connection, "t/b", [("south", "2026-03-05")], "t/a")
    assert ask(connection, "outlet_followers") == [("north", "south", 2), ("west", "south", 1)]


def test_a_credit_names_the_one_who_is_followed(connection) -> None:
    add_wording(connection, "s/a", [("north", "2026-03-03"), ("corvid-news", "2026-03-04")])
    add_wording(connection, "s/b", [("south", None)], "s/a", "corvid-news")
    assert ask(connection, "outlet_followers") == [("corvid-news", "south", 1)]


def add_change(connection, wording, before, after, kind="substitution", flag=None, op="replace"):
    number = connection.execute("SELECT count(*) FROM changes").fetchone()[0]
    add(
        connection,
        "changes",
        id=str(number),
        statement_id=wording.partition("/")[0],
        wording_id=f"{wording}0",
        position=number,
        op=op,
        words_before=before,
        words_after=after,
        kind=kind,
        meaning_flag=flag,
        flag_words=flag and after,
    )


def test_swaps_are_counted_once_a_statement_and_by_outlet(connection) -> None:
    add_wording(connection, "s/b", [("south", "2026-03-05"), ("west", "2026-03-05")])
    add_wording(connection, "s/c", [("north", "2026-03-05")])
    add_wording(connection, "t/b", [("south", "2026-03-05")])
    for wording in ("s/b", "s/c", "t/b"):
        add_change(connection, wording, "discussions", "talks")
    assert ask(connection, "word_swaps") == [("discussions", "talks", 2, 3)]


def test_capitals_count_only_in_names(connection) -> None:
    for number, (before, after) in enumerate(
        (("Discussions", "talks"), ("discussions", "Talks"), ("Reed", "Pike"), ("Reed", "Pike"))
    ):
        add_wording(connection, f"s{number}/b", [("south", "2026-03-05")])
        add_change(connection, f"s{number}/b", before, after)
    assert ask(connection, "word_swaps") == [("discussions", "talks", 2, 1), ("Reed", "Pike", 2, 1)]


def test_only_swaps_that_mean_something_are_listed(connection) -> None:
    add_wording(connection, "s/b", [("south", "2026-03-05")])
    add_change(connection, "s/b", "a", "the", "function word")
    add_change(connection, "s/b", "may", "will", "function word", "modality")
    add_change(connection, "s/b", "harbour", "harbor", "spelling")
    add_change(connection, "s/b", "expressed", "expresses", "inflection")
    add_change(connection, "s/b", "not", "", "deletion", "negation", "delete")
    add_change(connection, "s/b", "one two three four", "five")
    add_change(connection, "s/b", "in order to", "to")
    assert [row[:2] for row in ask(connection, "word_swaps")] == [
        ("expressed", "expresses"),
        ("in order to", "to"),
        ("may", "will"),
    ]


def test_every_kind_of_wording_is_counted_where_outlets_can_be_compared(connection) -> None:
    kinds = ("reference", "punctuation", "shortened", "ellipsis", "inflected", "reworded", "merged")
    add_statement(connection, "s", 2, first_outlets='["north", "south"]')
    add_statement(connection, "alone", 1, first_outlets='["north"]')
    for kind in kinds:
        add_wording(connection, f"s/{kind}", [("north", "2026-03-04")], kind=kind)
    add_wording(connection, "alone/a", [("north", "2026-03-04")], kind="reference")
    rows = {row[0]: row[1:] for row in ask(connection, "outlet_stats")}
    # articles, quotes, attributed, compared, first; then the kinds of wording, and those with a flag
    assert rows["north"] == (0, 8, 0, 7, 1, 2, 1, 1, 1, 1, 1, 0)
    assert rows["south"] == (0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0)
    assert sum(rows["north"][5:-1]) == rows["north"][3]


def test_how_outlets_quote_a_speaker_is_counted_as_for_outlets(connection) -> None:
    add(connection, "speakers", id="mayor", name="the mayor", kind="person")
    add_statement(connection, "s", 2, first_outlets='["north"]')
    add_statement(connection, "alone", 1, first_outlets='["north"]')
    add_wording(connection, "s/a", [("north", "2026-03-04"), ("south", "2026-03-04")], kind="reference")
    add_wording(connection, "s/b", [("south", "2026-03-05")], "s/a")
    add_wording(connection, "alone/a", [("north", "2026-03-04")], kind="reference")
    add_change(connection, "s/b", "may", "will", "function word", "modality")
    assert ask(connection, "speaker_outlet_stats") == []
    connection.execute("UPDATE quotes SET speaker_id = 'mayor'")
    # quotes, compared; same, shortened, ellipsis, inflected, reworded, merged; flagged
    assert ask(connection, "speaker_outlet_stats") == [
        ("mayor", "north", 2, 1, 1, 0, 0, 0, 0, 0, 0),
        ("mayor", "south", 2, 2, 1, 0, 0, 0, 1, 0, 1),
    ]


def test_outlets_are_counted_alike_whether_or_not_speakers_are_known(connection) -> None:
    add(connection, "speakers", id="mayor", name="the mayor", kind="person")
    add_wording(connection, "s/a", [("north", "2026-03-04"), ("south", "2026-03-04")], kind="reference")
    add_wording(connection, "s/b", [("south", "2026-03-05")], "s/a")
    add_change(connection, "s/b", "may", "will", "function word", "modality")
    unknown = {row[0]: row[1:] for row in ask(connection, "outlet_stats")}
    assert (unknown["south"][-1], unknown["north"][-1]) == (1, 0)
    connection.execute("UPDATE quotes SET speaker_id = 'mayor' WHERE published > '2026-03-04'")
    written = read_sql("speaker_outlet_stats")
    connection.execute(f"INSERT INTO speaker_outlet_stats {written}")
    known = {row[0]: row[1:] for row in ask(connection, "outlet_stats")}
    attributed = {outlet: row[2] for outlet, row in known.items()}
    assert attributed == {"corvid-news": 0, "north": 0, "south": 1, "west": 0}
    assert {outlet: row[:2] + row[3:] for outlet, row in known.items()} == {
        outlet: row[:2] + row[3:] for outlet, row in unknown.items()
    }


def test_a_speaker_is_counted_once_a_quote(connection) -> None:
    for name in ("mayor", "clerk", "nobody"):
        add(connection, "speakers", id=name, name=name, kind="person")
        local = {"id": f"{name}-here", "article_id": "a", "name": name, "kind": "person", "aliases": "[]"}
        add(connection, "article_speakers", **local, speaker_id=name)
    add_wording(connection, "s/a", [("north", "2026-03-04"), ("south", "2026-03-05")])
    add_wording(connection, "t/a", [("north", "2026-03-04")])
    connection.execute("UPDATE quotes SET speaker_id = 'mayor'")
    for speaker in ("mayor", "clerk"):  # who said it with the mayor may turn out to be the mayor
        local = {"article_speaker_id": f"{speaker}-here", "speaker_as_printed": speaker}
        add(connection, "joint_speakers", quote_id="s/a0", **local)
    # quotes, statements, outlets
    assert ask(connection, "speakers") == [("clerk", 1, 1, 1), ("mayor", 3, 2, 2), ("nobody", 0, 0, 0)]


def test_the_one_printed_first_is_repeated_by_the_other(connection) -> None:
    for name, date in (("early", "2026-03-04"), ("late", "2026-03-05"), ("undated", None)):
        add_statement(connection, name, 1, first_published=date)
    for similarity, one, other in ((0.9, "late", "early"), (0.8, "early", "undated")):
        connection.execute(read_sql("write_repeat"), (similarity, one, other))
    rows = connection.execute("SELECT * FROM repeats ORDER BY similarity").fetchall()
    assert [tuple(row) for row in rows] == [("early", "undated", 0.8), ("early", "late", 0.9)]


def test_a_repeat_is_written_without_walking_the_statements(connection) -> None:
    plan = connection.execute("EXPLAIN QUERY PLAN " + read_sql("write_repeat"), (0.9, "a", "b"))
    assert [row[3] for row in plan if row[3].startswith("SCAN")] == []
