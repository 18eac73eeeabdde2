"""A speakers file: what a person writes in it is read, obeyed, applied when it changes, and never written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from fake_stages import fake_stages
from test_merging import local, names_of, setting, why
from test_pipeline import ask, dump, write

from quotes.cli import main
from quotes.errors import SourceError
from quotes.pipeline import Listener, Wanted, load_stages
from quotes.pipeline import index as run_index
from quotes.records import LocalSpeaker, Meant, Overrule, Setting
from quotes.sources import Source, find_speakers_file, read_overrules
from quotes.speakers import list_notes, merge_speakers

if TYPE_CHECKING:
    from pathlib import Path

STORY = {
    "north/a.txt": "“The bridge is unsafe,” Ann Reed said.",
    "south/b.txt": "“The ferry is late,” Reed said.",
    "west/c.txt": "“The road is long,” Ines Corrigan said.",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "speakers.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in STORY.items():
        write(tmp_path / "desk" / name, text)
    return tmp_path / "desk"


def say(*lines: str) -> tuple[Overrule, ...]:
    """The overrules of lines like “same: A = B”."""
    found = []
    for number, line in enumerate(lines, 1):
        verb, _, names = line.partition(":")
        parts = names.split("=" if verb == "same" else "/")
        split = [part.strip().removesuffix(")").partition(" (") for part in parts]
        meant = tuple(Meant(name, where or None) for name, _, where in split)
        found.append(Overrule(verb == "same", meant, f"s.txt:{number}"))
    return tuple(found)


def test_a_file_is_read_line_by_line(file: Path) -> None:
    file.write_bytes(
        "\ufeff# who is who\r\n\r\n"
        "same: Volodymyr Tolenskyj = Wolodymyr Tolensky = Tolensky   # one man\r\n"
        "NOT SAME :  John Roe (Daily Example) /  John Roe (Other Post)".encode()
    )
    tolensky = Meant("Volodymyr Tolenskyj"), Meant("Wolodymyr Tolensky"), Meant("Tolensky")
    roe = Meant("John Roe", "Daily Example"), Meant("John Roe", "Other Post")
    assert read_overrules(file) == (
        Overrule(True, tolensky, "speakers.txt:3"),
        Overrule(False, roe, "speakers.txt:4"),
    )


@pytest.mark.parametrize("text", ["", "\n \n", "# nothing yet\n", "\ufeff"])
def test_a_file_may_say_nothing(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert read_overrules(file) == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("John Roe = Jon Roe", "“John Roe = Jon Roe” says nothing of speakers; write “same: A = B”"),
        ("same: John Roe", "names only one"),
        ("same: John Roe / Jon Roe", "names only one"),
        ("not same: John Roe = Jon Roe", "names only one"),
        ("same: John Roe =", "a name is missing"),
        ("same: = ", "a name is missing"),
        ("same: (Daily Example) = John Roe", "a name is missing"),
        ("not same: John Roe / JOHN ROE", "twice; say which is meant"),
        ("not same: A / B / a", "twice; say which is meant"),
        ("not same: X / Z", "other lines say “same”"),
        ("same: " + "x" * 3000, "says nothing of speakers"),
    ],
)
def test_a_bad_line_is_one_clear_error_with_its_number(file: Path, line: str, message: str) -> None:
    file.write_text(f"same: X = Y\nsame: Y = Z\n{line}\n", encoding="utf-8")
    with pytest.raises(SourceError) as error:
        read_overrules(file)
    assert str(error.value).startswith("speakers.txt:3: ")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("data", [b"\x00\x01" * 500, b"%PDF-1.7", b"same: A = B\n" * 500_000])
def test_a_file_that_is_no_text_is_refused(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    with pytest.raises(SourceError, match=r"speakers\.txt"):
        read_overrules(file)


def test_a_file_is_found_beside_its_database(tmp_path: Path) -> None:
    assert find_speakers_file(tmp_path / "story.db") is None
    common, own = tmp_path / "speakers.txt", tmp_path / "story.speakers.txt"
    common.touch()
    assert find_speakers_file(tmp_path / "story.db") == common
    own.touch()
    assert find_speakers_file(tmp_path / "story.db") == own


def test_same_joins_whom_nothing_else_would() -> None:
    people = [local(1, "Ines Corrigan"), local(2, "Mrs. Mayor"), local(3, "the mayor", "anonymous")]
    speakers = merge_speakers(people, (), say("same: Ines Corrigan = Mayor = Mayor"))
    assert {"local1", "local2", "local3"} in names_of(speakers)
    assert why(speakers, "local2") == "a person says so (s.txt:1)"


def test_not_same_keeps_apart_whom_all_signs_would_join() -> None:
    people = [local(1, "Ines Corrigan", role="Senator"), local(2, "Ines Corrigan", role="Senator")]
    settings = [setting(1), setting(2)]
    assert len(merge_speakers(people, settings)) == 1
    for line in (
        "not same: Ines Corrigan (Outlet 1) / Ines Corrigan (outlet-2)",
        "not same: Inés Corrigan (Outlet 1) / Ines Corrigan",
        "not same: Ines Corrigan / ines corrigan (article2)",
    ):
        assert len(merge_speakers(people, settings, say(line))) == 2


def test_not_same_holds_through_others() -> None:
    people = [local(1, "Bill Corrigan"), local(2, "William Corrigan"), local(3, "Corrigan")]
    settings = [setting(1), setting(2), setting(3)]
    assert len(merge_speakers(people, settings)) == 1
    speakers = merge_speakers(people, settings, say("not same: Bill Corrigan / William Corrigan"))
    assert sorted(map(len, names_of(speakers))) == [1, 1, 1]


def test_those_set_apart_by_outlet_are_one_person_each() -> None:
    people = [speaker_at(number, outlet) for number, outlet in enumerate("aabb")]
    settings = [setting_at(number, outlet) for number, outlet in enumerate("aabb")]
    speakers = merge_speakers(people, settings, say("not same: Ines Corrigan (a) / Ines Corrigan (b)"))
    assert sorted(map(sorted, names_of(speakers))) == [["l0", "l1"], ["l2", "l3"]]


def speaker_at(number: int, outlet: str) -> LocalSpeaker:
    return LocalSpeaker(f"l{number}", f"{outlet}{number}", "Ines Corrigan", "person", None, ())


def setting_at(number: int, outlet: str) -> Setting:
    return Setting(f"{outlet}{number}", (outlet,), f"20{number:02}-01-01")


def test_what_names_nobody_and_what_cannot_be_done_is_noted() -> None:
    people = [local(1, "Ines Corrigan"), local(2, "Paul Tolley"), local(3, "Paul Tolley")]
    settings = [setting(1), setting(2), setting(3)]
    overrules = say(
        "same: Ines Corrigan = Nobody",
        "same: Ines Corrigan = Paul Tolley",
        "not same: Ines Corrigan / Paul Tolley (Outlet 2)",
        "not same: Ines Corrigan / Paul Tolley (Gazette)",
    )
    speakers = merge_speakers(people, settings, overrules)
    notes = list_notes(people, settings, overrules, speakers)
    assert notes == (
        "s.txt:1: no speaker is called “Nobody”",
        "s.txt:2: not all of these are one speaker, because a “not same” says so",
        "s.txt:4: no speaker is called “Paul Tolley” (Gazette)",
    )


def index(
    folder: Path, lines: str | None = None, paths: list[Path] | None = None
) -> tuple[str | None, list[str]]:
    """Index with real merging; return by what speakers were merged anew, and the notes."""
    if lines is not None:
        (folder.parent / "speakers.txt").write_text(lines, encoding="utf-8")
    notes: list[str] = []
    stages = replace(fake_stages(), merge_speakers=load_stages().merge_speakers)
    summary = run_index(
        Wanted(tuple(map(Source, [folder] if paths is None else paths))),
        folder.parent / "quotes.db",
        stages=stages,
        listener=Listener(warned=notes.append),
    )
    return summary.merged_by, notes


def speakers_of(folder: Path) -> dict[str, str]:
    return dict(
        ask(folder, "SELECT a.name, s.name FROM article_speakers a JOIN speakers s ON s.id = a.speaker_id")
    )


APART = {"Ann Reed": "Ann Reed", "Reed": "Reed", "Ines Corrigan": "Ines Corrigan"}


@pytest.mark.parametrize("empty", [False, True], ids=["same articles", "no articles"])
def test_a_change_of_the_file_alone_is_applied(folder: Path, empty: bool) -> None:
    paths: list[Path] | None = [] if empty else None
    assert index(folder) == (None, [])
    assert speakers_of(folder) == APART
    before = dump(folder)
    assert index(folder, "same: Ann Reed = Reed\nsame: A = Reed\n", paths) == (
        "speakers.txt",
        ["speakers.txt:2: no speaker is called “A”"],
    )
    assert speakers_of(folder) == APART | {"Reed": "Ann Reed"}
    evidence = ask(folder, "SELECT merge_evidence FROM article_speakers WHERE name = 'Reed'")
    assert evidence == [("a person says so (speakers.txt:1)",)]
    assert index(folder, None, paths) == (None, [])
    (folder.parent / "speakers.txt").unlink()
    assert index(folder, None, paths) == ("", [])
    assert dump(folder) == before


def test_a_first_run_with_a_file_is_like_a_later_one(folder: Path) -> None:
    index(folder)
    index(folder, "same: Ann Reed = Reed\n")
    later = dump(folder)
    for path in folder.parent.glob("*.db*"):
        path.unlink()
    index(folder)
    assert dump(folder) == later


def test_a_comment_changes_nothing(folder: Path) -> None:
    index(folder, "same: Ann Reed = Reed\n")
    assert index(folder, "same: Ann Reed = Reed # said the desk\n# more\n") == (None, [])


def test_the_file_is_no_article_and_is_never_written(folder: Path) -> None:
    file = folder / "speakers.txt"
    file.write_text("same: Ann Reed = Reed\n", encoding="utf-8")
    before = file.stat()
    run_index(Wanted((Source(folder),)), folder / "quotes.db", stages=fake_stages())
    with closing(sqlite3.connect(folder / "quotes.db")) as connection:
        sources = [row[0] for row in connection.execute("SELECT source FROM articles ORDER BY 1")]
    assert sources == ["desk/north/a.txt", "desk/south/b.txt", "desk/west/c.txt"]
    after = file.stat()
    assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size)


def test_a_bad_line_stops_a_job_before_anything_is_written(folder: Path) -> None:
    with pytest.raises(SourceError, match=r"speakers\.txt:1: "):
        index(folder, "nonsense\n")
    assert not (folder.parent / "quotes.db").exists()


def test_the_command_takes_a_file_and_says_what_it_did(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    stages = replace(fake_stages(), merge_speakers=load_stages().merge_speakers)
    monkeypatch.setattr("quotes.pipeline.indexing.load_stages", lambda _: stages)
    write(folder.parent / "who.txt", "same: Ann Reed = Reed\nsame: Ann Reed = Nobody\n")
    call = CliRunner().invoke
    assert call(main, ["index", "desk", "--db", "x.db"]).exit_code == 0
    told = call(main, ["index", "--db", "x.db", "--speakers", "who.txt"])
    assert told.exit_code == 0
    assert told.stdout == "nothing read; speakers merged as who.txt says\n"
    assert told.stderr == "quotes: who.txt:2: no speaker is called “Nobody”\n"
    missing = call(main, ["index", "--db", "none.db", "--speakers", "who.txt"])
    assert (missing.exit_code, "nothing to read" in missing.stderr) == (2, True)
    gone = call(main, ["index", "desk", "--db", "x.db", "--speakers", "gone.txt"])
    assert (gone.exit_code, gone.stderr) == (
        1,
        "quotes: gone.txt: the speakers file cannot be opened: No such file or directory\n",
    )
    again = call(main, ["index", "desk", "--db", "x.db"])
    assert again.stdout == (
        "nothing new: 3 articles unchanged; speakers merged without the speakers file there was\n"
    )
