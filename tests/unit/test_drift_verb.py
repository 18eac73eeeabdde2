"""`quotes drift`, and the entries that it shares with the report of `quotes demo`."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from invented_story import Told, Worded
from test_find import HOSTILE, tell

from quotes.cli import main
from quotes.cli.drift import say_first, say_mouths, write_statement
from quotes.publish.brackets import describe_change
from quotes.publish.data import list_changes
from quotes.publish.phrases import FLAGS
from quotes.records import Change
from quotes.store import Mouth, ShownPrinting, ShownStatement, ShownWording, open_quotes, read_drift
from quotes.store.report import ORDERS


@pytest.fixture
def ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.chdir(tmp_path)
    return tell(tmp_path / "quotes.db")


def drift(*options: str) -> Result:
    return CliRunner().invoke(main, ["drift", *options])


def list_ids(*options: str) -> dict[str, list[str]]:
    lists = json.loads(drift(*options, "--json").stdout)
    return {order: [one["id"] for one in found] for order, found in lists.items()}


def test_both_lists_name_who_said_and_printed_what(ids: dict[str, str]) -> None:
    result = drift()
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "Widest drift"
    assert "Newest drift" in lines
    assert lines[2:15] == [
        "1. “We will stop the ferry on 14 May, and we should not have waited so long for the",
        "   repairs.”",
        "   different speakers: Odile Varn, mayor of Port Aster (Harbour Daily, Inland Wire, Quay",
        "      Post and The Lamp); Tam Ruck, chief engineer (The Lamp)",
        "   first: Harbour Daily and Inland Wire, both on 4 March 2026: a tie, as no time of day",
        "      is known.",
        "   drift 62 %, 4 outlets, 4 wordings, last 7 March 2026",
        "      will → may (The Lamp) [certainty]",
        "      14 → 15 (The Lamp) [number]",
        "      left out “not” (The Lamp) [negation]",
        "      left out, with an ellipsis, “on 14 May, and we should not have waited so long”",
        "      (Quay Post)",
        f"   id: {ids['ferry']}",
    ]
    assert lines[-3:] == [
        "More",
        "   python -m quotes find --db quotes.db ID",
        "   python -m quotes serve --db quotes.db --open",
    ]


def test_the_widest_and_the_newest_are_ordered_so(ids: dict[str, str]) -> None:
    both = [ids["ferry"], ids["boats"]]
    assert list_ids() == {"widest": both, "newest": both}
    assert list_ids("--by", "newest", "--limit", "1") == {"newest": both[:1]}
    with closing(open_quotes(Path("quotes.db"))) as connection:
        connection.execute("UPDATE statements SET last_changed = '2026-04-01' WHERE id = ?", (ids["boats"],))
    assert list_ids() == {"widest": both, "newest": both[::-1]}


@pytest.mark.parametrize(
    ("options", "widest", "newest"),
    [
        (["--flag", "negation"], ["ferry"], ["ferry"]),
        (["--flag", "name"], [], []),
        (["--since", "2026-03-06"], ["ferry"], ["ferry"]),
        (["--since", "2026-03-05"], ["ferry", "boats"], ["ferry", "boats"]),
        (["--since", "2026-03-08"], [], []),
        (["--since", "2026-03-06", "--flag", "number"], ["ferry"], ["ferry"]),
    ],
)
def test_flags_and_dates_choose(
    ids: dict[str, str], options: list[str], widest: list[str], newest: list[str]
) -> None:
    expected = {"widest": [ids[name] for name in widest], "newest": [ids[name] for name in newest]}
    assert list_ids(*options) == expected
    assert ("none" in drift(*options).stdout) == (not widest)


def test_the_same_words_in_other_mouths_have_not_drifted_and_are_found(ids: dict[str, str]) -> None:
    with closing(open_quotes(Path("quotes.db"))) as connection:
        connection.execute(
            "UPDATE statements SET meaning_flags = 'attribution', drift = 0, outlet_count = 2 WHERE id = ?",
            (ids["chant"],),
        )
        for order in ORDERS:
            assert [one.id for one in read_drift(connection, order, 9, "attribution")] == [ids["chant"]] * (
                order == "widest"
            )


def test_the_widest_are_read_from_an_index(ids: dict[str, str]) -> None:
    values = {"above": 0, "flag": None, "since": None, "size": 5}
    with closing(open_quotes(Path("quotes.db"))) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {ORDERS['widest']}", values).fetchall()
    assert plan[0]["detail"] == "SEARCH s USING INDEX statements_drift (drift>?)"


def test_a_database_of_an_older_version_is_named_as_such(ids: dict[str, str]) -> None:
    with closing(open_quotes(Path("quotes.db"))) as connection:
        connection.execute("DELETE FROM changes")
    note = "quotes: quotes.db: made by an older version; run `quotes index` again\n"
    assert (drift().exit_code, drift().stderr) == (0, note)
    assert CliRunner().invoke(main, ["find", "small boats"]).stderr == note


def test_no_date_and_no_flag_of_that_name(ids: dict[str, str]) -> None:
    assert drift("--since", "yesterday").exit_code == 2
    assert drift("--flag", "mood").exit_code == 2
    assert "attribution" in FLAGS


def test_json_has_each_change_with_its_outlets(ids: dict[str, str]) -> None:
    (entry,) = json.loads(drift("--by", "widest", "--limit", "1", "--json").stdout)["widest"]
    assert entry["page"] == f"/-/quotes/statement/{ids['ferry']}"
    assert entry["changes"][1] == {
        "op": "replace",
        "words_before": "14",
        "words_after": "15",
        "kind": "substitution",
        "meaning_flag": "number",
        "flag_words": "14 15",
        "outlets": ["The Lamp"],
    }
    assert [mouth["speaker"] for mouth in entry["mouths"]] == ["Odile Varn", "Tam Ruck"]


def test_nothing_printed_reaches_the_terminal_as_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    change = ("replace", "old\x1b[0m", "new\u202e", "substitution", "name")
    first, other = Told("the-lamp", HOSTILE, "2026-03-09"), Told("quay-post", f"{HOSTILE} now", "2026-03-09")
    ids = tell(
        tmp_path / "quotes.db", pier=(Worded("reference", (first,)), Worded("reworded", (other,), (change,)))
    )
    with closing(open_quotes(tmp_path / "quotes.db")) as connection:
        connection.execute("UPDATE statements SET drift = 1 WHERE id = ?", (ids["pier"],))
    for options in ([], ["--json"]):
        output = drift(*options).output
        assert "pier" in output
        assert not set(output) & {"\x1b", "\x07", "\u202e"}


# One entry


def printed(outlet: str, published: str | None = None, reason: str | None = None) -> ShownPrinting:
    return ShownPrinting(f"q-{outlet}", outlet, None, None, published, None, reason)


STATEMENT = ShownStatement(
    id="s1",
    label="We pay two.",
    drift=0.25,
    worst_change="reworded",
    meaning_flags=("number",),
    first_published="2024-05-06T10:00:00+00:00",
    last_published="2024-05-06T10:00:00+00:00",
    first_outlets=("North",),
    outlet_count=3,
    wording_count=2,
    printing_count=3,
    mouths=(Mouth("Ann Reed", "mayor", ("North", "South")), Mouth("Tom Pike", None, ("West",))),
    wordings=(
        ShownWording("w1", "We pay two.", "reference", True, (), (printed("North"), printed("South"))),
        ShownWording(
            "w2",
            "We pay ten " + "again and " * 90 + "again.",
            "reworded",
            False,
            (
                Change("delete", "all", "", "truncation"),
                Change("replace", "colour", "color", "spelling"),
                *(Change("replace", f"a{n}", f"b{n}", "substitution") for n in range(6)),
                Change("replace", "two", "ten", "substitution", "number", "ten"),
            ),
            (printed("West"),),
        ),
    ),
)


def test_the_most_telling_changes_come_first() -> None:
    kinds = [change.meaning_flag or change.kind for change, _ in list_changes(STATEMENT)]
    assert kinds == ["number", *["substitution"] * 6, "truncation"]
    lines = [click.unstyle(line) for line in write_statement(1, STATEMENT, 60)]
    assert lines[5] == "      two → ten (West) [number: ten]"
    assert "      and 3 more changes" in lines
    assert lines[-1] == "   id: s1"
    assert max(map(len, lines)) <= 60


def test_a_change_that_several_made_is_told_once() -> None:
    reference, other = STATEMENT.wordings
    again = replace(other, id="w3", printings=(printed("East"),))
    told = list_changes(replace(STATEMENT, wordings=(reference, other, again)))
    assert told[0][1] == ("West", "East")
    assert len(told) == 8


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            Change("replace", "two", "ten", "substitution", "number", "two ten"),
            "two → ten (A and B) [number]",
        ),
        (Change("delete", "all of it", "", "deletion"), "left out “all of it” (A and B)"),
        (Change("delete", "all of it", "", "truncation"), "cut “all of it” (A and B)"),
        (Change("delete", "it", "", "ellipsis"), "left out, with an ellipsis, “it” (A and B)"),
        (Change("insert", "", "all of it", "insertion"), "put in “all of it” (A and B)"),
        (Change("insert", "", "all of it", "merge"), "put in “all of it” (A and B)"),
        (Change("move", "today", "today", "reordering"), "moved “today” (A and B)"),
        (
            Change("delete", "I think it", "", "deletion", "hedge", "I think"),
            "left out “I think it” (A and B) [hedge: I think]",
        ),
    ],
)
def test_changes_in_words(change: Change, told: str) -> None:
    assert "".join(piece for piece, _ in describe_change(change, ["A", "B"])) == told


def test_speakers_in_words() -> None:
    assert say_mouths(STATEMENT) == "different speakers: Ann Reed, mayor (North and South); Tom Pike (West)"
    assert say_mouths(replace(STATEMENT, mouths=STATEMENT.mouths[:1])) == "said by Ann Reed, mayor"
    assert say_mouths(replace(STATEMENT, mouths=())) == "no speaker is named"
    reference = replace(STATEMENT.wordings[0], printings=(printed("North", reason="nobody is near"),))
    assert (
        say_mouths(replace(STATEMENT, mouths=(), wordings=(reference,)))
        == "no speaker is named: nobody is near"
    )


def test_first_printings_in_words() -> None:
    assert say_first(STATEMENT) == "first: North, on 6 May 2024, 10:00 UTC."
    unknown: Any = replace(STATEMENT, first_published=None)
    assert say_first(unknown) == "first: Not known: no printing of it carries a date."
