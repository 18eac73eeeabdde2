"""The SQL functions: the same answers as pages and tables, for any value, and never slow."""

from __future__ import annotations

import random
import sqlite3
import time
from typing import TYPE_CHECKING, Any

import pytest
from sqlite_utils import Database
from sqlite_utils.plugins import ensure_plugins_loaded, pm

from quotes.drift.wordings import describe_wordings
from quotes.publish import functions
from quotes.publish.functions import MOST_CHARACTERS, register, similarity, word_diff
from quotes.records import Printed

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    register(connection)
    yield connection
    connection.close()


def ask(connection: sqlite3.Connection, sql: str, *values: Any) -> Any:
    return connection.execute(sql, values).fetchone()[0]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("We will go today.", "We may go tomorrow", "We [will → may] go [today → tomorrow]"),
        ("We will not go", "We will go", "We will [−not] go"),
        ("We go", "We go home", "We go [+home]"),
        ("We will go.", "“we will go”", "“we will go”"),
        ("", "", ""),
        ("one two three four five six seven eight nine ten we stay", "we stay", "[… 10 words] we stay"),
    ],
)
def test_differences_stand_in_brackets(
    connection: sqlite3.Connection, before: str, after: str, shown: str
) -> None:
    assert ask(connection, "SELECT word_diff(?, ?)", before, after) == shown


def test_similarity_is_that_of_the_wordings(connection: sqlite3.Connection) -> None:
    texts = ("We will stop the ferry on 14 May", "we may stop the ferry on 15 May.", "stop the “ferry”")
    quotes = [Printed(str(number), text, published="2026-03-04") for number, text in enumerate(texts)]
    wordings = describe_wordings(quotes).wordings
    (reference,) = (wording.text for wording in wordings if wording.is_reference)
    for wording in wordings:
        assert ask(connection, "SELECT similarity(?, ?)", reference, wording.text) == wording.similarity
    assert {wording.similarity for wording in wordings} == {1.0, 0.75, 0.5455}


@pytest.mark.parametrize("function", ["word_diff", "similarity"])
def test_what_is_no_text_has_no_answer(connection: sqlite3.Connection, function: str) -> None:
    for one, other in ((None, "a"), ("a", None), (None, None), (b"a", "a"), ("a", b"\xff\x00")):
        assert ask(connection, f"SELECT {function}(?, ?)", one, other) is None


def test_numbers_are_their_text(connection: sqlite3.Connection) -> None:
    assert ask(connection, "SELECT word_diff(14, 15)") == "[14 → 15]"
    assert ask(connection, "SELECT similarity(14, '14')") == 1.0


def test_of_a_long_text_nothing_is_told(connection: sqlite3.Connection) -> None:
    longest = "word " * (MOST_CHARACTERS // 5)
    assert ask(connection, "SELECT similarity(?, 'word')", longest) is not None
    assert ask(connection, "SELECT similarity(?, 'word')", longest + "s") is None
    assert ask(connection, "SELECT word_diff('word', ?)", longest + "s") is None
    assert ask(connection, "SELECT word_diff(?, ?)", longest, longest[:-1]) is None, "too many words"


def test_they_may_stand_in_an_index(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE pairs (one, other)")
    connection.execute("CREATE INDEX alike ON pairs (similarity(one, other))")
    connection.execute("INSERT INTO pairs VALUES ('we stay', 'we go')")
    assert ask(connection, "SELECT count(*) FROM pairs WHERE similarity(one, other) > 0.4") == 1


def test_no_value_makes_them_fail_or_slow() -> None:
    seeded = random.Random(7)
    stretches = (
        "a ", "a-", "1 ", "1,", "not no never ", "14 fifteen 2.5 million ", "… ", "[a] ", "a.b.", "%", "&",
        "\n", "\0", "\u0301", "\u202e", "a\u200b", "𝒜", "_a", "“", "'", "- ", "I'll ", "[", "]", "ß", "İ ",
    )  # fmt: skip
    texts = [(stretch * MOST_CHARACTERS)[:MOST_CHARACTERS] for stretch in stretches]
    texts += [
        "".join(seeded.choices(stretches, k=seeded.randrange(900)))[:MOST_CHARACTERS] for _ in range(30)
    ]
    slowest = 0.0
    for one in texts:
        for other in (one[: len(one) // 2], "we will not go", seeded.choice(texts)):
            for function in (word_diff, similarity):
                best = min(_time(function, one, other) for _ in range(2))
                slowest = max(slowest, best)
    assert slowest < 0.1  # seconds of one core: five times what it takes


def _time(function: Any, one: str, other: str) -> float:
    started = time.thread_time()
    function(one, other)
    return time.thread_time() - started


def test_sqlite_utils_has_them_too() -> None:
    ensure_plugins_loaded()
    was_there = pm.is_registered(functions)
    if not was_there:
        pm.register(functions)
    try:
        assert ask(Database(memory=True).conn, "SELECT word_diff('we will', 'we may')") == "we [will → may]"
    finally:
        if not was_there:
            pm.unregister(functions)
