"""Indexing brings a database up to date: what is new is analysed, what is not is left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from fake_stages import FakeAnnotator, fake_stages

from quotes import store
from quotes.errors import ModelError, SourceError
from quotes.pipeline import Listener, Summary, Wanted, extract, index, match
from quotes.sources import Source

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.records import Unreadable

STORY = {
    "north/a.txt": "Bridge shut for weeks\n\n“The bridge is unsafe,” Ann Reed said. “Take care,” she said.",
    "south/b.txt": "“The bridge is shaky,” Reed said.\n\nIt shook.",
    "west/c.txt": "No one spoke.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in STORY.items():
        write(tmp_path / "desk" / name, text)
    return tmp_path / "desk"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run(folder: Path, *, annotator: FakeAnnotator | None = None, **options: Any) -> Summary:
    rules = options.pop("rules", "rules-1")
    named = tuple(Source(path) for path in options.pop("paths", [folder]))
    wanted = Wanted(named, options.pop("manifest", None), limit=options.pop("limit", None))
    return index(wanted, database(folder), stages=fake_stages(annotator, rules), **options)


def database(folder: Path) -> Path:
    return folder.parent / "quotes.db"


def ask(folder: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database(folder))) as connection:
        return connection.execute(sql, values).fetchall()


def dump(folder: Path) -> list[str]:
    with closing(store.open_quotes(database(folder))) as connection:
        return list(store.dump(connection))


def counts(summary: Summary) -> dict[str, int]:
    return {name: count for name, count in summary.articles.items() if count}


def test_a_first_run_writes_everything(folder: Path) -> None:
    summary = run(folder)
    assert counts(summary) == {"read": 3, "added": 3, "annotated": 2}
    assert summary.quotes == 3
    assert ask(folder, "SELECT id, name FROM outlets ORDER BY id") == [
        (x, x) for x in ("north", "south", "west")
    ]
    assert ask(folder, "SELECT source, title, quote_count, revision FROM articles ORDER BY source") == [
        ("desk/north/a.txt", "Bridge shut for weeks", 2, 1),
        ("desk/south/b.txt", None, 1, 1),
        ("desk/west/c.txt", None, 0, 1),
    ]
    assert ask(folder, "SELECT name, quote_count, statement_count, outlet_count FROM speakers") == [
        ("Reed", 2, 1, 2)
    ]
    assert ask(folder, "SELECT alias, times FROM speaker_aliases ORDER BY alias") == [
        ("Ann Reed", 1),
        ("Reed", 1),
    ]
    assert ask(folder, "SELECT count(*), count(speaker_id), count(statement_id) FROM quotes") == [(3, 2, 3)]
    (swap,) = ask(folder, "SELECT words_before, words_after, outlet_count FROM word_swaps")
    assert sorted(map(str, swap)) == ["1", "shaky,", "unsafe,"]


def test_a_second_run_changes_and_annotates_nothing(folder: Path) -> None:
    run(folder)
    before, annotator = dump(folder), FakeAnnotator()
    summary = run(folder, annotator=annotator)
    assert counts(summary) == {"read": 3, "unchanged": 3}
    assert summary.is_nothing_new
    assert annotator.texts == []
    assert dump(folder) == before
    assert ask(folder, "SELECT articles_unchanged, finished_at IS NULL FROM runs ORDER BY id") == [
        (0, 0),
        (3, 0),
    ]


def test_only_the_new_article_is_annotated_and_the_end_is_the_same(folder: Path, tmp_path: Path) -> None:
    text = STORY["south/b.txt"]
    (folder / "south" / "b.txt").unlink()
    run(folder)
    write(folder / "south" / "b.txt", text)
    annotator = FakeAnnotator()
    assert counts(run(folder, annotator=annotator)) == {"read": 3, "added": 1, "unchanged": 2, "annotated": 1}
    assert annotator.texts == [text]
    piecemeal = dump(folder)
    database(folder).unlink()
    run(folder)
    assert dump(folder) == piecemeal


def test_an_article_without_quotes_reaches_no_model(folder: Path) -> None:
    annotator = FakeAnnotator()
    run(folder, annotator=annotator)
    assert STORY["west/c.txt"] not in annotator.texts


def test_new_rules_work_on_kept_annotations(folder: Path) -> None:
    run(folder)
    annotator = FakeAnnotator()
    summary = run(folder, annotator=annotator, paths=[], rules="rules-2")
    assert counts(summary) == {"redone": 3}
    assert annotator.texts == []
    assert ask(folder, "SELECT DISTINCT revision FROM articles") == [(1,)]
    annotator = FakeAnnotator("fake-2")
    assert counts(run(folder, annotator=annotator, paths=[]))["annotated"] == 2


def test_where_the_cache_is_lost_new_rules_wait_for_the_article(folder: Path) -> None:
    run(folder)
    for file in folder.parent.glob("texts.db*"):
        file.unlink()
    assert counts(run(folder, paths=[], rules="rules-2")) == {}
    assert counts(run(folder, rules="rules-2")) == {"read": 3, "changed": 3, "annotated": 2}


def test_a_new_revision_of_an_address_replaces_its_quotes(folder: Path) -> None:
    record = '{{"url": "https://desk.example/1", "outlet": "Desk", "date": "2024-05-06", "text": "{}"}}'
    file = write(folder.parent / "one.jsonl", record.format("“Old words here,” Reed said."))
    run(folder, paths=[file])
    write(file, record.format("“New words here,” Reed said."))
    assert counts(run(folder, paths=[file]))["changed"] == 1
    stand = "SELECT text FROM quotes WHERE last_revision IS NULL"
    assert ask(folder, stand) == [("New words here,",)]
    assert ask(folder, "SELECT text FROM quotes WHERE last_revision = 1") == [("Old words here,",)]
    assert ask(folder, "SELECT revision, published_precision, first_run_id, last_run_id FROM articles") == [
        (2, "day", 1, 2)
    ]


def test_a_corrected_date_reaches_the_quotes_without_the_models(folder: Path) -> None:
    manifest = write(folder / "m.csv", "file,outlet,published\nnorth/a.txt,North,2024-05-06\n")
    run(folder, paths=[], manifest=manifest)
    write(manifest, "file,outlet,published\nnorth/a.txt,North,2024-05-07\n")
    annotator = FakeAnnotator()
    assert counts(run(folder, paths=[], manifest=manifest, annotator=annotator)) == {"read": 1, "changed": 1}
    assert annotator.texts == []
    assert ask(folder, "SELECT DISTINCT published FROM quotes") == [("2024-05-07",)]
    assert ask(folder, "SELECT day, article_count, quote_count, statement_count FROM daily_counts") == [
        ("2024-05-07", 1, 2, 2)
    ]


def test_a_manifest_given_later_renames_the_outlet_and_doubles_nothing(folder: Path) -> None:
    run(folder)
    names = "".join(f"{name},Outlet {name[0]}\n" for name in STORY)
    manifest = write(folder / "m.csv", "file,outlet\n" + names)
    assert counts(run(folder, paths=[], manifest=manifest))["changed"] == 3
    assert ask(folder, "SELECT name FROM outlets ORDER BY name") == [
        ("Outlet n",),
        ("Outlet s",),
        ("Outlet w",),
    ]
    assert ask(folder, "SELECT count(*) FROM articles") == [(3,)]
    assert ask(folder, "SELECT count(*) FROM quotes") == [(3,)]


def test_one_bad_article_is_skipped_with_its_reason(folder: Path) -> None:
    for reason in ("models", "scan", "rules"):
        write(folder / "bad" / f"{reason}.txt", f"“We break the {reason},” Reed said.")
    write(folder / "bad" / "binary.txt", "\0" * 100)
    told: list[Unreadable] = []
    summary = run(folder, listener=Listener(skipped=lambda one, _: told.append(one)))
    assert counts(summary) == {"read": 6, "added": 3, "skipped": 4, "annotated": 4}
    rows = dict(ask(folder, "SELECT source, reason FROM skipped"))
    assert rows == {one.source: one.reason for one in told}
    assert rows["desk/bad/models.txt"] == "the models failed: RuntimeError: the models broke on two lines"
    assert rows["desk/bad/scan.txt"] == "no quotes could be looked for: IndexError: no such mark"
    assert rows["desk/bad/rules.txt"] == "no speakers could be found: KeyError: 'cue'"


def test_models_that_do_not_load_stop_the_job(folder: Path) -> None:
    def fail() -> None:
        raise ModelError("no models")

    with pytest.raises(ModelError, match="no models"):
        run(folder, annotator=FakeAnnotator(on_batch=fail))
    assert ask(folder, "SELECT finished_at IS NULL, articles_read, articles_added FROM runs") == [(0, 3, 0)]


def test_a_job_that_cannot_go_on_derives_what_it_wrote(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.pipeline.analyse.MOST_ARTICLES", 1)
    annotator = FakeAnnotator()

    def fail() -> None:
        if annotator.texts:
            raise ModelError("no memory")

    annotator.on_batch = fail
    with pytest.raises(ModelError, match="no memory"):
        run(folder, annotator=annotator)
    assert ask(folder, "SELECT finished_at IS NULL, articles_added FROM runs") == [(0, 1)]
    assert ask(folder, "SELECT count(*), count(statement_id) FROM quotes") == [(2, 2)]
    with closing(store.open_quotes(database(folder))) as connection:
        assert store.read_changes(connection) < 0


def test_a_bad_row_of_a_manifest_is_skipped_and_the_rest_is_read(folder: Path) -> None:
    rows = 'file,title\nnorth/a.txt,A\nsouth/b.txt,"Port says "no" again"\nwest/c.txt,C\n'
    manifest = write(folder / "m.csv", rows)
    assert counts(run(folder, paths=[], manifest=manifest)) == {
        "read": 2,
        "added": 2,
        "skipped": 1,
        "annotated": 1,
    }
    assert ask(folder, "SELECT source FROM skipped") == [("m.csv:3",)]
    assert ask(folder, "SELECT count(*), count(statement_id) FROM quotes") == [(2, 2)]
    assert ask(folder, "SELECT finished_at IS NULL FROM runs") == [(0,)]


def test_names_with_typing_errors_make_no_database(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "desk"
    told: list[Unreadable] = []
    listener = Listener(skipped=lambda one, _: told.append(one))
    summary = run(folder, paths=[tmp_path / "nothere", tmp_path / "neither"], listener=listener)
    assert counts(summary) == {"skipped": 2}
    assert [one.reason for one in told] == ["no such file or folder"] * 2
    with pytest.raises(SourceError, match="cannot be opened"):
        run(folder, paths=[], manifest=tmp_path / "nothere.csv")
    assert list(tmp_path.iterdir()) == []


def test_an_article_in_another_language_is_not_read_as_english(folder: Path) -> None:
    line = '{"text": "“Wir bleiben hier,” Reed said.", "language": "de"}'
    file = write(folder.parent / "de.jsonl", line)
    annotator = FakeAnnotator()
    assert counts(run(folder, paths=[file], annotator=annotator)) == {"read": 1, "added": 1}
    assert annotator.texts == []
    assert ask(folder, "SELECT language, quote_count FROM articles") == [("de", 1)]


def test_a_job_cut_off_is_finished_by_the_next(folder: Path) -> None:
    class Cut(KeyboardInterrupt):
        pass

    def cut(summary: Summary) -> None:
        if summary.articles["added"] == 2:
            raise Cut

    with pytest.raises(Cut):
        run(folder, listener=Listener(advanced=cut))
    assert ask(folder, "SELECT count(*) FROM articles") == [(2,)]
    assert ask(folder, "SELECT count(*) FROM statements") == [(0,)]
    assert ask(folder, "SELECT stopped_by, articles_added FROM runs") == [("stopped by hand", 2)]
    run(folder)
    continued = dump(folder)
    database(folder).unlink()
    run(folder)
    assert dump(folder) == continued


def test_deriving_is_made_up_for_even_when_nothing_is_new(folder: Path) -> None:
    run(folder)
    before = dump(folder)
    with closing(store.open_quotes(database(folder))) as connection:
        connection.execute("UPDATE quotes SET statement_id = NULL, wording_id = NULL, speaker_id = NULL")
        connection.execute("PRAGMA user_version = 1")
    assert run(folder).is_nothing_new
    assert dump(folder) == before


def test_the_same_article_twice_counts_once(folder: Path) -> None:
    write(folder / "north" / "copy.txt", STORY["north/a.txt"])
    assert counts(run(folder)) == {"read": 4, "added": 3, "unchanged": 1, "annotated": 2}


def test_two_texts_under_one_address_do_not_take_turns(folder: Path) -> None:
    line = '{{"url": "https://desk.example/1", "text": "“Words {},” Reed said."}}\n'
    file = write(folder.parent / "two.jsonl", line.format("one") + line.format("two"))
    for expected in (
        {"read": 2, "added": 1, "skipped": 1, "annotated": 1},
        {"read": 2, "unchanged": 1, "skipped": 1},
    ):
        assert counts(run(folder, paths=[file])) == expected
    assert ask(folder, "SELECT text FROM quotes") == [("Words one,",)]


def test_a_limit_ends_the_reading(folder: Path) -> None:
    assert counts(run(folder, limit=2))["added"] == 2
    assert counts(run(folder, limit=2)) == {"read": 3, "added": 1, "unchanged": 2}


def test_context_is_short_and_never_the_article(folder: Path) -> None:
    text = "word " * 400 + "“The bridge is unsafe,” Reed said. " + "more " * 400
    write(folder / "long" / "l.txt", text)
    run(folder, paths=[folder / "long"])
    before, after = ask(folder, "SELECT context_before, context_after FROM quotes")[0]
    assert before.startswith("word word")
    assert before.endswith("word “")
    assert after.startswith("” Reed said. more")
    assert max(len(before), len(after)) <= 200
    assert "word word word" not in "".join(str(row) for row in ask(folder, "SELECT * FROM articles"))


def test_extract_gives_offsets_into_the_file(folder: Path) -> None:
    file = write(folder / "x.txt", "\ufeffIt rained.\r\n“Take care,” Reed said.\r\n“Well.”\r\n")
    skipped: list[Unreadable] = []
    (line,) = extract([file, folder / "gone.txt"], stages=fake_stages(), skipped=skipped.append)
    assert (line["doc"], line["source"]) == ("x", f"{file.parent.name}/x.txt")
    with file.open(encoding="utf-8", newline="") as opened:
        text = opened.read()
    first, second = line["quotes"]
    (span,) = first["spans"]
    assert text[slice(*span)] == "Take care,"
    assert first["speaker"]["text"] == first["speaker"]["name"] == "Reed"
    assert text[first["speaker"]["start"] : first["speaker"]["end"]] == "Reed"
    assert text[first["cue"]["start"] : first["cue"]["end"]] == "said"
    assert (first["reason"], first["speaker"]["rule"], first["speaker"]["confidence"]) == (None, "after", 0.9)
    assert (second["speaker"], second["cue"], second["reason"]) == (None, None, "no cue near it")
    assert [one.reason for one in skipped] == ["no such file or folder"]


def test_match_gives_a_statement_for_each_readable_line() -> None:
    seen = []

    def group(quotes: Any) -> dict[str, str]:
        seen.extend(quotes)
        return {quote.id: quotes[0].id for quote in quotes}

    lines = [
        b'{"id": "a", "text": "One."}\n',
        b"\n",
        b"nonsense\n",
        b'{"id": 7, "text": "Two.", "outlet": "X", "date": "2024-05-06", "speaker": "S", "article": "A"}',
        b'{"id": "a", "text": "Again."}',
        b'{"text": "No id."}',
    ]
    skipped: list[Unreadable] = []
    found = list(match(lines, "q.jsonl", group=group, skipped=skipped.append))
    assert found == [{"id": "a", "statement": "a"}, {"id": "7", "statement": "a"}]
    assert (seen[1].outlet, seen[1].published, seen[1].speaker, seen[1].article) == (
        "X",
        "2024-05-06",
        "S",
        "A",
    )
    assert [one.source for one in skipped] == ["q.jsonl:3", "q.jsonl:5", "q.jsonl:6"]
