"""`quotes find`: what was printed of words that somebody remembers."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from invented_story import Story, Told, Worded, build

from quotes.cli import main
from quotes.drift.remembered import Closeness, find_stretch, measure_closeness, read_remembered
from quotes.pipeline.finding import MOST_WORDS
from quotes.publish.brackets import mark
from quotes.publish.diff import Segment, compare_stretch
from quotes.records import Change
from quotes.store import find as store_find
from quotes.store import find_candidates, open_quotes
from quotes.store.migrate import find_data
from quotes.text.normal import words

HOSTILE = "They \x1b[31mpaint\x1b[0m the \u202eold pier\x07 red"


def tell(path: Path, **statements: tuple[Worded, ...]) -> dict[str, str]:
    """Index the invented story and more `statements` as `path`; return the ids by name."""
    ids = build(path)
    with closing(sqlite3.connect(path)) as connection:
        story = Story(connection, ids)
        for name, wordings in statements.items():
            story.tell(name, wordings)
        connection.execute("CREATE TABLE _migrations (name TEXT PRIMARY KEY) STRICT")
        names = [(file.name,) for file in (find_data() / "migrations").glob("*.sql")]
        connection.executemany("INSERT INTO _migrations VALUES (?)", names)
        connection.commit()
    return ids


@pytest.fixture
def ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.chdir(tmp_path)
    pier = (Worded("reference", (Told("the-lamp", HOSTILE, "2026-03-09"),)),)
    return tell(tmp_path / "quotes.db", pier=pier)


def find(*typed: str) -> Result:
    return CliRunner().invoke(main, ["find", *typed])


def read(*typed: str) -> Any:
    return json.loads(find(*typed, "--json").stdout)


def test_every_wording_is_listed_with_who_printed_it_and_when(ids: dict[str, str]) -> None:
    result = find("we shall stop the ferry on 14 May")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:4] == [
        "1. different speakers: Odile Varn, mayor of Port Aster (Harbour Daily, Inland Wire, Quay",
        "   Post and The Lamp); Tam Ruck, chief engineer (The Lamp)",
        "   4 outlets, 4 wordings, 5 printings",
        "   first: Harbour Daily and Inland Wire, both on 4 March 2026: a tie, as no time of day",
    ]
    assert "   “We [shall → will] stop the ferry on 14 May, and we should not have waited so long" in lines
    start = lines.index("      reference wording")
    first = lines.index("      Harbour Daily, 4 March 2026 (Odile Varn)")
    assert start < first
    assert lines[first + 1] == "      Inland Wire, 4 March 2026 (Odile Varn)"
    assert "      Quay Post, 6 March 2026, 09:30 UTC (Odile Varn)" in lines
    assert lines[-4:] == [
        "More",
        "   python -m quotes serve --db quotes.db --open",
        f"   its page: /-/quotes/statement/{ids['ferry']}",
        f"   python -m quotes show --db quotes.db {ids['ferry']}",
    ]


def test_what_touches_the_meaning_is_said_with_its_words(ids: dict[str, str]) -> None:
    text = " ".join(find("we may stop the ferry on 14 May").stdout.split())
    assert re.search(r"meaning, against your words: a number differs \(14\W+15\)", text)
    assert "meaning, against the reference wording: how certain or binding it is differs (will may);" in text
    assert "a negation differs (not)" in text


def test_a_wording_that_only_has_the_words_apart_is_shown_plain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    printed = (
        "We're shutting the pier today since 9,000 people use it each day, and I'm not going to gamble with a"
        " single one"
    )
    tell(tmp_path / "quotes.db", pier=(Worded("reference", (Told("the-lamp", printed, "2026-03-09"),)),))
    lines = find("we are closing a pier").stdout.splitlines()
    assert "      reference wording, has hardly any of your words" in lines
    assert not any("[" in line for line in lines)


def test_a_wording_with_the_words_as_typed_says_so(ids: dict[str, str]) -> None:
    lines = find("“Small  boats”").stdout.splitlines()
    assert "      reference wording, has all your words" in lines
    assert lines.count("      has all your words") == 1
    assert not any("Marks" in line for line in lines)


@pytest.mark.parametrize("words", ["We will stop the ferry on 14 May", "may stop the ferry on 15 may"])
def test_marks_and_capitals_make_no_difference(ids: dict[str, str], words: str) -> None:
    plain = read(words)["statements"]
    for typed in (f"“{words.upper()}…”", f'"{words}"', f"{words.replace(' ', '  ')} —"):
        found = read(typed)["statements"]
        assert [one["id"] for one in found] == [one["id"] for one in plain] == [ids["ferry"]]
        assert [w["found"] for w in found[0]["wordings"]] == [w["found"] for w in plain[0]["wordings"]]


def test_json_has_all_of_it(ids: dict[str, str]) -> None:
    found = read("we may stop the ferry on 14 May")
    assert (found["words"], found["count"], found["nearest"]) == ("we may stop the ferry on 14 May", 1, None)
    (statement,) = found["statements"]
    assert statement["id"] == ids["ferry"]
    assert statement["page"] == f"/-/quotes/statement/{ids['ferry']}"
    assert statement["reference"].startswith("We will stop the ferry")
    assert (statement["drift"], statement["meaning_flags"]) == (0.62, ["modality", "negation", "number"])
    wording = next(one for one in statement["wordings"] if one["id"] == ids["ferry/1"])
    assert (wording["is_reference"], wording["kind"]) == (False, "reworded")
    assert wording["parent_id"] == ids["ferry/0"]
    assert wording["parent_basis"] == "the credited outlet printed it earlier"
    assert statement["reference_basis"].startswith("the most complete")
    assert [change["flag_words"] for change in wording["changes"]] == ["will may", "14 15", "not"]
    (changed,) = [one for one in wording["differences"] if one["kind"] == "added"]
    assert (changed["text"], changed["change"]["words_before"], changed["flag"]) == ("15", "14", "number")
    (printing,) = wording["printings"]
    assert printing == {
        "quote_id": ids["ferry/1"],
        "outlet": "The Lamp",
        "title": "Ferry stops, part 2",
        "url": "https://the-lamp.example/ferry?id=2",
        "published": "2026-03-05",
        "speaker": "Odile Varn",
        "no_speaker_reason": None,
        "stands": True,
        "altered_to_id": None,
        "removed": None,
        "is_later": False,
    }


def test_words_without_a_speaker_say_why(ids: dict[str, str]) -> None:
    result = find("save our crossing")
    assert result.stdout.startswith("1. no speaker is named: no reporting word near it\n")
    assert "Not known: no printing of it carries a date." in result.stdout


def test_where_nothing_is_close_the_nearest_is_offered_as_such(ids: dict[str, str]) -> None:
    result = find("the engineer repaints every old lighthouse beside the boats")
    assert result.exit_code == 1
    assert result.stderr == "quotes: quotes.db: nothing printed is close to these words\n"
    assert result.stdout.startswith("nearest:\n\n1. ")
    found = read("the engineer repaints every old lighthouse beside the boats")
    assert (found["count"], found["statements"]) == (0, [])
    assert found["nearest"]["id"] in ids.values()
    result = find("zzxq vvwq")
    assert (result.exit_code, result.stdout) == (1, "")
    assert read("zzxq vvwq") == {"words": "zzxq vvwq", "count": 0, "statements": [], "nearest": None}


def test_the_limit_says_what_it_leaves_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tell(
        tmp_path / "quotes.db",
        **{
            f"s{n}": (Worded("reference", (Told("the-lamp", f"The {name} quay is shut now", "2026-03-09"),)),)
            for n, name in enumerate(["north", "south", "east"])
        },
    )
    result = find("north quay is shut now", "--limit", "1")
    assert "“The north quay is shut now”" in result.stdout
    assert "2 more statements close to these words: raise --limit" in result.stdout
    assert len(read("quay is shut now", "--limit", "2")["statements"]) == 2


@pytest.mark.parametrize("name", ["ferry", "ferry/1", "ferry/3"])
def test_an_id_lists_the_wordings_of_its_statement(ids: dict[str, str], name: str) -> None:
    found = read(ids[name].upper())
    assert found["words"].startswith("We will stop the ferry")
    assert [one["id"] for one in found["statements"]] == [ids["ferry"]]


def test_a_former_id_leads_on(ids: dict[str, str]) -> None:
    with closing(sqlite3.connect("quotes.db")) as connection:
        connection.execute("INSERT INTO statement_aliases VALUES ('00000000000000aa', ?)", (ids["ferry"],))
        connection.commit()
    assert read("00000000000000aa")["statements"][0]["id"] == ids["ferry"]


def test_an_editors_brackets_are_no_words(ids: dict[str, str]) -> None:
    plain, typed = find("we will stop the ferry"), find("[w]e will stop [...] the [ferry]")
    assert typed.stdout == plain.stdout


# What is typed and printed may be hostile


@pytest.mark.parametrize(
    "typed",
    [
        'stop" OR "the ferry',
        "stop AND the NOT ferry",
        "NEAR(stop the ferry, 2)",
        "text: stop the ferry*",
        "^stop the ferry",
        "stop the ferry 🚢🚢",
        "עצור stop the ferry \u202e",
        "stop\x00 the ferry",
        "stop the ferry \udcff",
        "stop the ferry {x} -- ; DROP TABLE quotes",
    ],
)
def test_nothing_typed_is_a_query(ids: dict[str, str], typed: str) -> None:
    result = find(typed)
    assert result.exit_code in (0, 1)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    shown = json.loads(find(typed, "--json").stdout)
    best = (shown["statements"] or [shown["nearest"]])[0]
    assert best["id"] == ids["ferry"]


@pytest.mark.parametrize("typed", ["", " ", "…", "“”", "🚢", "\u202e", "*"])
def test_without_a_word_there_is_nothing_to_look_for(ids: dict[str, str], typed: str) -> None:
    result = find(typed)
    assert result.exit_code == 2
    assert "no word to look for: type some words of the quote" in result.stderr


def test_ten_thousand_words_are_no_quote(ids: dict[str, str]) -> None:
    result = find("ferry " * 10_000)
    assert result.exit_code == 2
    assert f"10,000 words: type one quote, {MOST_WORDS} words at most" in result.stderr
    assert find("stop the ferry " * (MOST_WORDS // 3)).exit_code in (0, 1)


def test_nothing_printed_reaches_the_terminal_as_a_command(ids: dict[str, str]) -> None:
    for typed in (["paint the old pier"], ["paint the old pier", "--json"]):
        output = find(*typed).output
        assert "pier" in output
        assert not set(output) & {"\x1b", "\x07", "\u202e", "\x9b"}


def test_a_million_prints_of_one_quote_are_one_wording(
    ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_find, "_MOST_WORDINGS", 2)
    with closing(open_quotes(Path("quotes.db"))) as connection:
        for number in range(20):
            told = Told("the-lamp", "The small boats stay.", "2026-03-05", "engineer")
            Story(connection, {}).quote(told, number + 10)
        connection.execute(
            "UPDATE quotes SET statement_id = :id, wording_id = :id WHERE text = 'The small boats stay.'",
            {"id": ids["boats"]},
        )
        found = find_candidates(connection, ["the small"], ["boats", "stay"])
    assert len(found) == 2
    assert len({one.text for one in found}) == 2


def test_candidates_come_from_indexes_only(ids: dict[str, str]) -> None:
    values = {"match": '"a"', "seen": 1, "quotes": 1, "wordings": 1}
    with closing(sqlite3.connect("quotes.db")) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {store_find._CANDIDATES}", values).fetchall()
    steps = [row[3] for row in plan]
    assert not any(step.startswith("SCAN q") and "VIRTUAL TABLE" not in step for step in steps), steps
    assert any(step.startswith("SEARCH q USING INTEGER PRIMARY KEY") for step in steps), steps


# How close


def close(typed: str, printed: str) -> Closeness:
    return measure_closeness(read_remembered(words(typed)), words(printed))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("we will halt the ferry", "We shall stop the ferry,"),
        ("the colours of travellers", "the colors of travelers"),
        ("they do not want it", "They don’t want it"),
        ("the harbour was closed at dawn", "The harbor is closed at dawn."),
        ("it is what it is", "It is what it is."),
        ("harbour", "We closed the harbour."),
        ("we will go", "We may go."),
        (
            "the pilot boats never left the northern harbour before the storm broke",
            "never left the northern harbour",
        ),
    ],
)
def test_other_wordings_are_close(typed: str, printed: str) -> None:
    assert close(typed, printed).is_close


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("we will halt the ferry", "We will plant forty trees."),
        ("the lighthouse keeper counted seven ships at noon", "at noon"),
        ("", "We will plant forty trees."),
        ("we will", ""),
        ("the of and to", "A pair of nurses and me to watch"),
    ],
)
def test_other_words_are_not(typed: str, printed: str) -> None:
    assert not close(typed, printed).is_close


def test_words_far_apart_in_a_speech_are_not_the_quote() -> None:
    speech = " ".join(f"{word} {'filler ' * 40}" for word in ["stop", "the", "ferry", "in", "May"])
    assert not close("stop the ferry in May", speech).is_close
    assert close("stop the ferry in May", f"{speech} we stop the ferry in May {speech}").found == 1.0
    whole = words(f"{speech} we stop the ferry now {speech}")
    start, end = find_stretch(words("stop the ferry"), whole)
    assert "we stop the ferry now" in " ".join(whole[start:end])
    assert end - start < 12


# What differs


@pytest.mark.parametrize(
    ("typed", "printed", "shown"),
    [
        ("we will go", "We may go.", "We [will → may] go."),
        ("we go home today", "We go today", "We go [−home] today"),
        ("we go today", "We go home today", "We go [+home] today"),
        ("so we stay here", "stay here", "[−so we] stay here"),
        ("we go", "Whatever anybody else may say or do about it tonight, we go, and so do they all", None),
        (
            "and stay here",
            "We have to leave it all behind us now, and stay. So they said.",
            "We have to leave it all behind us now, and stay. [−here] So they said.",
        ),
        (
            "one two three four five six seven eight nine we stay here",
            "we stay here",
            "[… 9 words] we stay here",
        ),
    ],
)
def test_differences_stand_in_brackets(typed: str, printed: str, shown: str | None) -> None:
    assert "".join(piece for piece, _ in mark(compare_stretch(typed, printed))) == (shown or printed)


def test_words_that_moved_are_marked_once() -> None:
    moved = Segment("moved", "today", change=Change("move", "today", "today", "reordering"))
    pieces = mark([moved, Segment("same", " we go")])
    assert "".join(piece for piece, _ in pieces) == "[moved: today] we go"


def test_lines_are_as_narrow_as_a_phone(ids: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.cli.screen.measure_width", lambda: 40)
    monkeypatch.setattr("quotes.cli.asking.measure_width", lambda: 40)
    lines = click.unstyle(find("we shall stop the ferry on 14 May").stdout).splitlines()
    body = lines[: lines.index("More")]
    assert max(map(len, body)) <= 40
