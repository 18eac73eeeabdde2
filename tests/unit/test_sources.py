"""Files, folders and manifests become articles, and what gives none says why."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from quotes.errors import SourceError
from quotes.records import Article, Unreadable
from quotes.sources import READERS, document_name, read
from quotes.sources.details import normal_address, normal_date
from quotes.sources.files import list_suffixes


def write(path: Path, text: str = "The ferry was late, “again”.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def articles(*paths: Path, manifest: Path | None = None) -> list[Article]:
    found = list(read(paths, manifest))
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def reasons(*paths: Path, manifest: Path | None = None) -> dict[str, str]:
    return {one.source: one.reason for one in read(paths, manifest) if isinstance(one, Unreadable)}


def test_a_folder_is_read_in_sorted_order_with_its_names_as_outlets(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TXT", "sub/c.txt", ".hidden/x.txt", ".x.txt", "articles.csv", "notes.md"):
        write(tmp_path / "desk" / name)
    found = articles(tmp_path / "desk")
    assert [(one.source, one.outlet) for one in found] == [
        ("desk/a.TXT", "desk"),
        ("desk/b.txt", "desk"),
        ("desk/sub/c.txt", "sub"),
    ]


def test_a_source_never_is_a_path_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path / "desk" / "a.txt")
    monkeypatch.chdir(tmp_path / "desk")
    for path in (file, file.parent, Path(), Path("a.txt"), Path("../desk/a.txt")):
        assert [one.source for one in articles(path)] == ["desk/a.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = write(tmp_path / "desk" / "a.txt")
    assert len(articles(file, file.parent, file)) == 1


def test_ids_come_from_the_address_or_from_outlet_and_words(tmp_path: Path) -> None:
    record = {"outlet": "A", "text": "Words.", "url": "https://a.example/1"}
    changes: list[dict[str, str]] = [
        {},
        {"text": "Other."},
        {"outlet": "B"},
        {"url": "https://a.example/1#top"},
    ]
    lines = [json.dumps(record | change) for change in changes]
    assert len({one.id for one in articles(write(tmp_path / "a.jsonl", "\n".join(lines)))}) == 1
    del record["url"]
    lines = [json.dumps(record | change) for change in changes[:3]]
    assert len({one.id for one in articles(write(tmp_path / "a.jsonl", "\n".join(lines)))}) == 3


def test_a_manifest_says_what_is_read_and_what_is_known(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "unnamed.txt")
    write(tmp_path / "more" / "b.txt")
    manifest = write(
        tmp_path / "articles.csv",
        '\ufeff"File",outlet,title,published,url,byline,shoe size\n'
        'a.txt,The Desk,"Bridge, shut",2024-05-06,https://desk.example/a,Ann Reed,42\n'
        "b.txt,,,,,\n",
    )
    one, two = articles(tmp_path / "more", manifest=manifest)
    assert (one.outlet, one.title, one.published) == ("The Desk", "Bridge, shut", "2024-05-06")
    assert (one.url, one.byline) == ("https://desk.example/a", "Ann Reed")
    assert (two.outlet, two.source, two.title) == ("more", "more/b.txt", None)


def test_what_a_manifest_names_and_is_not_there_is_unreadable(tmp_path: Path) -> None:
    manifest = write(tmp_path / "m.csv", "file,outlet\ngone.txt,Desk\n,Desk\n")
    assert list(read([], manifest)) == [
        Unreadable(f"{tmp_path.name}/gone.txt", "named in the manifest, but not there", "Desk"),
        Unreadable("m.csv:3", "this row of the manifest names no file"),
    ]


def test_a_file_given_beside_a_manifest_is_the_only_one_read(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(tmp_path / name)
    manifest = write(tmp_path / "m.csv", "file,outlet\na.txt,A\nb.txt,B\n")
    assert [one.outlet for one in articles(tmp_path / "b.txt", manifest=manifest)] == ["B"]
    assert reasons(tmp_path / "c.txt", manifest=manifest) == {
        f"{tmp_path.name}/c.txt": "not named in the manifest m.csv"
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [("name,outlet\na,b\n", 'no column "file"'), ('"file\na', "not CSV"), ("", "empty")],
)
def test_an_unusable_manifest_stops_the_job(tmp_path: Path, text: str, message: str) -> None:
    manifest = write(tmp_path / "m.csv", text)
    with pytest.raises(SourceError, match=message):
        list(read([], manifest))
    with pytest.raises(SourceError, match="cannot be opened"):
        list(read([], tmp_path / "none.csv"))


@pytest.mark.parametrize("bad", ['a.txt,"Port says "no" again"', 'a.txt,"never closed'])
def test_a_row_that_is_not_csv_is_the_only_one_lost(tmp_path: Path, bad: str) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(tmp_path / name)
    manifest = write(tmp_path / "m.csv", f'file,title\nb.txt,"B\nB"\n{bad}\nc.txt,C\n')
    first, lost, last = read([], manifest)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert (first.title, last.title) == ("B B", "C")
    assert isinstance(lost, Unreadable)
    assert lost.source == "m.csv:4"
    assert lost.reason.startswith("this row of the manifest is not CSV")


def test_rows_that_are_not_csv_take_no_longer_than_their_number(tmp_path: Path) -> None:
    manifest = write(tmp_path / "m.csv", "file,title\n" + 'b","\n' * 50_000)
    begin = time.process_time()
    assert len(list(read([], manifest))) == 50_000
    assert time.process_time() - begin < 10


def test_json_lines_are_articles_and_bad_lines_are_not(tmp_path: Path) -> None:
    lines = [
        '{"text": "One.", "outlet": "A", "date": "2024-05-06", "author": ["Ann Reed", "Tom Pike"], "id": 7}',
        "",
        '{"text": "Two."}',
        "not json",
        '["text"]',
        '{"text": 5}',
        '{"text": "  "}',
        "[" * 100_000,
        '{"text": "Odd \\ud800 half \\u0000 pair."}',
    ]
    found = list(read([write(tmp_path / "desk" / "all.jsonl", "\n".join(lines))]))
    good = [one for one in found if isinstance(one, Article)]
    assert [one.source for one in good] == ["desk/all.jsonl#7", "desk/all.jsonl:3", "desk/all.jsonl:9"]
    assert (good[0].published, good[0].byline, good[0].outlet) == ("2024-05-06", "Ann Reed, Tom Pike", "A")
    assert good[1].outlet == "desk"
    assert good[2].text == "Odd \ufffd half   pair."
    assert [document_name(one) for one in good] == ["7", "all:3", "all:9"]
    bad = {one.source: one.reason for one in found if isinstance(one, Unreadable)}
    assert bad == {
        "desk/all.jsonl:4": "this line is not JSON",
        "desk/all.jsonl:5": 'this line is not an object with "text"',
        "desk/all.jsonl:6": 'this line is not an object with "text"',
        "desk/all.jsonl:7": 'this line is not an object with "text"',
        "desk/all.jsonl:8": "this line is not JSON",
    }


def test_what_cannot_be_used_is_left_out_and_told(tmp_path: Path) -> None:
    record = {"text": "One.", "date": "last Tuesday", "url": "javascript:alert(1)", "title": {"a": 1}}
    told: list[str] = []
    (one,) = read([write(tmp_path / "desk" / "a.jsonl", json.dumps(record))], warn=told.append)
    assert isinstance(one, Article)
    assert (one.published, one.url, one.title) == (None, None, None)
    assert len(told) == 3
    assert told[0] == "desk/a.jsonl:1: title not used, neither text nor a number"
    assert told[1].startswith("desk/a.jsonl:1: published not used, 'last Tuesday'")


def test_fields_of_another_type_are_told_in_one_line(tmp_path: Path) -> None:
    record: dict[str, object] = {"text": "One.", "outlet": {"name": "Desk"}, "title": True, "url": None}
    told: list[str] = []
    blank: dict[str, object] = {"text": "Two.", "author": [], "title": " ", "published": "", "date": 20240506}
    lines = "\n".join(map(json.dumps, (record, blank)))
    one, two = read([write(tmp_path / "desk" / "a.jsonl", lines)], warn=told.append)
    assert told == ["desk/a.jsonl:1: outlet, title not used, neither text nor a number"]
    assert isinstance(one, Article)
    assert (one.outlet, one.title) == ("desk", None)
    assert isinstance(two, Article)
    assert two.published == "2024-05-06"


@pytest.mark.parametrize(
    ("given", "kind", "warnings"),
    [
        ("transcript", "transcript", 0),
        (" Transcript ", "transcript", 0),
        ("article", "article", 0),
        ("", "article", 0),
        (None, "article", 0),
        ("speech", "article", 1),
        (["transcript", "speech"], "article", 1),
        ({"is": "transcript"}, "article", 1),
    ],
)
def test_a_record_says_whether_it_is_a_transcript(
    tmp_path: Path, given: object, kind: str, warnings: int
) -> None:
    told: list[str] = []
    line = json.dumps({"text": "One.", "kind": given})
    (one,) = read([write(tmp_path / "a.jsonl", line)], warn=told.append)
    assert isinstance(one, Article)
    assert (one.kind, len(told)) == (kind, warnings)


def test_a_manifest_says_which_file_is_a_transcript(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(tmp_path / name, f"REED: The words of {name}.")
    manifest = write(tmp_path / "articles.csv", "file,Kind\na.txt,transcript\nb.txt,\nc.txt,record\n")
    told: list[str] = []
    found = list(read([], manifest, told.append))
    assert [one.kind for one in found if isinstance(one, Article)] == ["transcript", "article", "article"]
    assert told == ["articles.csv:4: kind not used, 'record' is not like article or transcript"]


@pytest.mark.parametrize(
    ("given", "language", "warnings"),
    [("de", "de", 0), ("en-GB", "en", 0), ("PT_br", "pt", 0), (None, "", 0), ("some words", "", 1)],
)
def test_a_record_keeps_its_language(tmp_path: Path, given: object, language: str, warnings: int) -> None:
    told: list[str] = []
    line = json.dumps({"text": "One.", "language": given})
    (one,) = read([write(tmp_path / "a.jsonl", line)], warn=told.append)
    assert isinstance(one, Article)
    assert (one.language, len(told)) == (language, warnings)


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("2026-03-04", "2026-03-04"),
        ("20260304", "2026-03-04"),
        ("2026-03-04T09:30:00+00:00", "2026-03-04T09:30:00+00:00"),
        ("2026-03-04T09:30Z", "2026-03-04T09:30:00+00:00"),
        ("2026-03-04T23:30:00-05:00", "2026-03-05T04:30:00+00:00"),
        ("2026-03-04 09:30:15.25", "2026-03-04T09:30:15"),
        ("2026-03-04T00:00:00+02:00", "2026-03-04"),
        ("0001-01-01T01:00:00+09:00", None),
        ("2026-02-30", None),
        ("2026-03", None),
        ("2026", None),
        ("yesterday", None),
    ],
)
def test_dates_take_one_form(given: str, normal: str | None) -> None:
    assert normal_date(given) == normal


def test_addresses_are_of_the_web() -> None:
    assert normal_address("http://a.example/x?y=1#z") == "http://a.example/x?y=1"
    for wrong in ("ftp://a.example", "a.example", "https://", "http://[", "https://a.example/a b", "data:x"):
        assert normal_address(wrong) is None


def test_what_gives_no_article_says_why(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path / "word.docx")
    write(tmp_path / "blank.txt", "\n")
    found = reasons(tmp_path / "empty", tmp_path / "word.docx", tmp_path / "blank.txt", tmp_path / "gone")
    name = tmp_path.name
    assert found == {
        "empty": f"no articles in this folder; {list_suffixes(READERS)}",
        f"{name}/word.docx": f"not a kind of file that is read; {list_suffixes(READERS)}",
        f"{name}/blank.txt": "empty; nothing to read",
        f"{name}/gone": "no such file or folder",
    }


def test_files_of_other_kinds_in_a_folder_are_counted(tmp_path: Path) -> None:
    for name in ("a.txt", "b.docx", "c.odt", "LICENSE", "m.csv", "sources.txt", "quotes.sources.csv"):
        write(tmp_path / "desk" / name)
    told: list[str] = []
    assert len(list(read([tmp_path / "desk"], warn=told.append))) == 1
    assert told == [f"desk: 3 files passed over (.docx, .odt, no ending); {list_suffixes(READERS)}"]


CONTENTS = {
    ".txt": "The ferry.",
    ".jsonl": '{"text": "The ferry."}',
    ".ndjson": '{"text": "The ferry."}',
    ".json": '[{"text": "The ferry."}]',
    ".csv": "text,title\nThe ferry.,Late",
    ".tsv": "text\ttitle\nThe ferry.\tLate",
}


@pytest.mark.parametrize("suffix", sorted(CONTENTS))
def test_readers_of_texts_keep_the_contract(suffix: str, tmp_path: Path) -> None:
    content = CONTENTS[suffix]
    (one,) = articles(write(tmp_path / "desk" / f"a{suffix}", content))
    assert one.source.startswith(f"desk/a{suffix}")
    assert (one.text, one.outlet, len(one.id)) == ("The ferry.", "desk", 16)


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_every_reader_says_why_it_cannot_read(suffix: str, tmp_path: Path) -> None:
    write(tmp_path / "desk" / f"a{suffix}", "\0\1\2\3" * 50)
    found = reasons(tmp_path / "desk" / f"a{suffix}")
    assert found
    assert all("\n" not in reason for reason in found.values())
