"""The command line: data on stdout, the rest on stderr, one line a problem, and an exit status that tells."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import invented_story
import pytest
from click.testing import CliRunner, Result
from fake_stages import fake_stages

from quotes import pipeline
from quotes.cli import main
from quotes.cli.report import write_report
from quotes.cli.screen import measure_width, say_program
from quotes.errors import ModelError
from quotes.store import read_report
from quotes.store.connect import Connection

ROOT = Path(__file__).resolve().parents[2]
TEXT = "“The bridge is {},” Ann Reed said."


@pytest.fixture(autouse=True)
def _without_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for module in ("indexing", "extraction"):
        monkeypatch.setattr(f"quotes.pipeline.{module}.load_stages", lambda _: fake_stages())
    monkeypatch.chdir(tmp_path)


def run(*words: str, **options: Any) -> Result:
    return CliRunner().invoke(main, list(words), **options)


def write(name: str, text: str | bytes) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(text.encode() if isinstance(text, str) else text)
    return name


def write_story() -> None:
    write("story/north/a.txt", TEXT.format("shut"))
    write("story/south/b.txt", TEXT.format("open"))


def test_help_lists_the_verbs_in_order_with_an_example() -> None:
    lines = run("--help").output.splitlines()
    start = lines.index("Commands:") + 1
    verbs = [line.split()[0] for line in lines[start:] if line.startswith("  ") and line.strip()]
    first, second = ["demo", "index", "serve", "publish"], ["find", "drift", "show", "export"]
    third, last = ["extract", "match"], ["check", "vacuum", "merge", "recipe", "models"]
    assert verbs[: verbs.index("Example:")] == first + second + third + last
    assert "quotes demo" in "\n".join(lines)
    assert not any("..." in line for line in lines[start:])


def test_index_sums_up_and_says_when_there_is_nothing_new() -> None:
    write_story()
    first, second = run("index", "story"), run("index", "story")
    assert (first.exit_code, first.stderr) == (0, "")
    assert (
        first.stdout == "2 added: 2 quotes read; kept in quotes.db;"
        " look at them with `python -m quotes serve --db quotes.db`\n"
    )
    assert (second.exit_code, second.stdout) == (0, "nothing new: 2 articles unchanged\n")


def test_a_hint_can_be_typed_where_the_path_has_a_space() -> None:
    write_story()
    assert "serve --db 'my story.db'`" in run("index", "story", "--db", "my story.db").stdout


def test_the_database_goes_into_the_folder_db_where_there_is_one() -> None:
    write_story()
    Path("db").mkdir()
    run("index", "story")
    assert Path("db/quotes.db").is_file()
    assert Path("db/texts.db").is_file()
    assert not Path("quotes.db").exists()


def test_one_bad_article_is_a_line_and_the_rest_goes_on() -> None:
    write_story()
    write("story/north/empty.txt", "")
    write("story/north/picture.txt", b"\x89PNG\r\n\x1a\n")
    write("story/north/none.txt", "Nobody spoke.")
    result = run("index", "story", "gone.txt", "--db", "x.db")
    assert result.exit_code == 3
    assert result.stderr.splitlines() == [
        f"quotes: {Path.cwd().name}/gone.txt: no such file or folder",
        "quotes: story/north/empty.txt: empty; nothing to read",
        "quotes: story/north/picture.txt: a picture, not text; save it as plain text first",
    ]
    assert result.stdout.startswith("3 added, 3 skipped: 2 quotes read; kept in x.db")


def test_quiet_says_nothing_but_what_went_wrong() -> None:
    write_story()
    write("story/north/empty.txt", "")
    write("story/north/x.docx", "")
    result = run("index", "story", "--quiet")
    assert result.output == "quotes: story/north/empty.txt: empty; nothing to read\n"
    assert "files passed over" in run("index", "story").stderr


def test_many_problems_do_not_scroll_everything_away() -> None:
    write("bad.jsonl", "nonsense\n" * 50)
    lines = run("index", "bad.jsonl").stderr.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "quotes: … and 30 more skipped"


def test_a_manifest_of_missing_files_and_no_manifest_at_all() -> None:
    write("m.csv", "file,outlet\ngone.txt,Desk\n")
    result = run("index", "--manifest", "m.csv")
    assert result.exit_code == 3
    assert "gone.txt: named in the manifest, but not there" in result.stderr
    assert result.stdout == "nothing read; 1 skipped\n"
    result = run("index", "--manifest", "none.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "quotes: none.csv: the manifest cannot be opened: No such file or directory\n"


def test_nothing_to_read_is_a_matter_of_usage() -> None:
    result = run("index")
    assert result.exit_code == 2
    assert "nothing to read" in result.stderr


def test_a_file_that_is_no_database_is_refused_and_kept() -> None:
    write_story()
    write("x.db", "precious notes\n" * 100)
    result = run("index", "story", "--db", "x.db")
    assert (result.exit_code, result.stderr) == (
        1,
        "quotes: x.db: not a SQLite database; name another file\n",
    )
    assert Path("x.db").read_text() == "precious notes\n" * 100


def test_missing_models_are_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> None:
        raise ModelError("the models do not load: reinstall")

    write_story()
    monkeypatch.setattr("quotes.pipeline.indexing.load_stages", fail)
    result = run("index", "story")
    assert (result.exit_code, result.stderr) == (1, "quotes: the models do not load: reinstall\n")


def interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("job", "words", "said"),
    [
        ("index", ["index", "story"], "; nothing is lost, run the same command again to go on"),
        ("index_samples", ["demo"], "; nothing is lost, run the same command again to go on"),
        ("extract", ["extract", "story"], ""),
    ],
)
def test_an_interrupted_job_says_what_is_lost(
    monkeypatch: pytest.MonkeyPatch, job: str, words: list[str], said: str
) -> None:
    monkeypatch.setattr(pipeline, job, interrupt)
    result = run(*words)
    assert result.exit_code == 130
    assert result.stderr == f"\nquotes: stopped{said}\n"


def test_ctrl_c_is_how_serving_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    write_story()
    run("index", "story")
    monkeypatch.setattr("quotes.publish.serve", interrupt)
    result = run("serve")
    assert (result.exit_code, result.output) == (0, "")


def test_extract_prints_a_line_an_article() -> None:
    write_story()
    write("story/c.jsonl", '{"id": "c-1", "text": "“Café,” Reed said."}\n[]\n')
    result = run("extract", "story")
    assert result.exit_code == 1
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["doc"] for line in lines] == ["c-1", "a", "b"]
    assert lines[0]["quotes"][0]["text"] == "Café,"
    assert "Café" in result.stdout
    assert result.stderr.splitlines() == [
        'quotes: story/c.jsonl:2: this line is not an object with "text"',
        "3 articles, 1 skipped",
    ]
    assert list(Path().glob("*.db")) == []


def test_match_reads_a_file_or_stdin() -> None:
    lines = '{"id": "a", "text": "We shall all go home tonight."}\n{"id": "b", "text": "No."}\n'
    write("q.jsonl", lines)
    expected = [{"id": "a", "statement": "a"}, {"id": "b", "statement": "b"}]
    for result in (run("match", "q.jsonl"), run("match", "-", input=lines)):
        assert (result.exit_code, result.stderr) == (0, "2 quotes, 0 skipped\n")
        assert [json.loads(line) for line in result.stdout.splitlines()] == expected
    result = run("match", "-", "--quiet", input="{}\n")
    assert result.exit_code == 1
    assert result.stderr == 'quotes: stdin:1: this line is not an object with "id" and "text"\n'


def test_models_are_listed_with_their_jobs() -> None:
    rows = json.loads(run("models", "--json").stdout)
    assert {"names", "parser", "tagger"} <= {row["model"] for row in rows}
    assert all(row["megabytes"] > 0 and not Path(row["file"]).is_absolute() for row in rows)
    text = run("models").stdout
    assert all(row["job"] in text for row in rows)


def test_serve_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("serve", "--db", "none.db")
    assert (result.exit_code, result.stderr) == (
        1,
        "quotes: none.db: no such database; make it with `quotes index`\n",
    )
    served = []
    monkeypatch.setattr("quotes.publish.serve", lambda *args, **options: served.append((args, options)))
    write_story()
    run("index", "story")
    assert run("serve", "--port", "0", "--open").exit_code == 0
    assert served == [((Path("quotes.db"), 0), {"open_browser": True})]


def test_demo_tells_where_it_keeps_what_it_found(monkeypatch: pytest.MonkeyPatch) -> None:
    write("samples/north/a.txt", TEXT.format("shut"))
    write("samples/south/b.txt", TEXT.format("open").replace("Ann Reed", "Tom Pike"))
    write(
        "samples/m.csv", "file,outlet,published\nnorth/a.txt,North,2024-05-06\nsouth/b.txt,South,2024-05-06\n"
    )
    monkeypatch.setattr("quotes.pipeline.demo.SAMPLES", Path("samples/m.csv"))
    for _ in range(2):
        result = run("demo")
        assert (result.exit_code, result.stderr) == (0, "")
        assert "2 articles of 2 outlets: 2 quotes by 2 speakers, 1 statement" in result.stdout
        assert "first: North and South, both on 6 May 2024: a tie" in result.stdout
        assert "different speakers: " in result.stdout
        assert "Pike (South)" in result.stdout
        assert "quotes serve --db quotes-demo/quotes.db" in result.stdout
        assert "\x1b" not in result.stdout
    assert Path("quotes-demo/quotes.db").is_file()
    assert "\x1b[" in run("demo", color=True).stdout
    assert "\x1b[" not in run("demo", color=True, env={"NO_COLOR": "1"}).stdout


def test_a_report_counts_and_shows_no_statement_twice(tmp_path: Path) -> None:
    invented_story.build(tmp_path / "quotes.db")
    with closing(sqlite3.connect(tmp_path / "quotes.db", factory=Connection)) as connection:
        connection.row_factory = sqlite3.Row
        report = read_report(connection, 1)
    lines = [click.unstyle(line) for line in write_report(report, width=60)]
    assert lines[0] == "11 articles of 4 outlets: 10 quotes by 3 speakers, 3 statements"
    assert lines[2] == "Widest drift"
    assert "\n".join(lines).count("We will stop the ferry") == 1
    assert max(map(len, lines[1:])) <= 60
    others = [click.unstyle(line) for line in write_report(replace(report, widest=()), width=60)]
    assert others[1:5] == ["", "Widest drift", "   none", ""]
    assert others[5] == "More words in different mouths"


def test_lines_are_as_wide_as_the_terminal_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stdout.isatty", lambda: False)
    assert measure_width() == 88
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert measure_width() == 60
    monkeypatch.setenv("COLUMNS", "200")
    assert measure_width() == 88


def settle(speakers: tuple[tuple[str, str, str], ...], disputed: bool, path: Path) -> list[str]:
    """Return the mouths of a statement; of each speaker are given the outlet that names it, name and kind."""
    ferry = invented_story.build(path)["ferry"]
    with closing(sqlite3.connect(path, factory=Connection)) as connection:
        connection.row_factory = sqlite3.Row
        for outlet, name, kind in speakers:
            connection.execute("INSERT INTO speakers (id, name, kind) VALUES (?, ?, ?)", (name, name, kind))
            connection.execute(
                "UPDATE quotes SET speaker_id = ? WHERE outlet_id = ? AND statement_id = ?",
                (name, outlet, ferry),
            )
        connection.execute(
            "UPDATE statements SET disputed_speaker = ?, speaker_id = ? WHERE id = ?",
            (disputed, speakers[0][1], ferry),
        )
        connection.commit()
        report = read_report(connection, 10)
    (statement,) = [one for one in report.widest if one.id == ferry]
    return [mouth.speaker for mouth in statement.mouths]


def test_only_settled_speakers_are_mouths(tmp_path: Path) -> None:
    printed = (
        ("harbour-daily", "Simeon Ald", "person"),
        ("inland-wire", "Ald", "person"),
        ("the-lamp", "the captain", "anonymous"),
        ("quay-post", "Bett Kroll", "person"),
    )
    assert sorted(settle(printed, True, tmp_path / "one.db")) == ["Bett Kroll", "Simeon Ald"]
    assert settle(printed, False, tmp_path / "two.db") == ["Simeon Ald"]


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": str(n), "text": f"word{n} " * 50}) + "\n" for n in range(2000))
    (tmp_path / "q.jsonl").write_text(lines)
    command = [sys.executable, "-m", "quotes", "match", str(tmp_path / "q.jsonl"), "--quiet"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    process.wait(60)
    assert b"Traceback" not in err
    assert b"Exception" not in err


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def heed_sigint() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_is_one_line(tmp_path: Path) -> None:
    fifo = tmp_path / "q.jsonl"
    os.mkfifo(fifo)
    command = [sys.executable, "-m", "quotes", "match", str(fifo)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    # A test run in the background has SIGINT ignored, and so would the process that it starts.
    started = subprocess.Popen(command, cwd=ROOT, preexec_fn=heed_sigint, **pipes)
    with started as process, fifo.open("w"):  # the pipe opens once the job reads
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    # To a shell both are 130: Python ends itself by the signal where that comes while it compiles code.
    assert (out, process.returncode) in [(b"", 130), (b"", -signal.SIGINT)]
    assert b"quotes: stopped" in err
    assert b"Traceback" not in err


@pytest.mark.parametrize(
    ("called", "on_path", "said"),
    [
        (".venv/bin/quotes", None, ".venv/bin/quotes"),
        ("/opt/bin/quotes", "/opt/bin/quotes", "quotes"),
        ("/opt/bin/quotes", "/usr/bin/quotes", "/opt/bin/quotes"),
        ("quotes/__main__.py", None, "python -m quotes"),
    ],
)
def test_a_hint_names_the_program_as_it_can_be_typed(
    monkeypatch: pytest.MonkeyPatch, called: str, on_path: str | None, said: str
) -> None:
    monkeypatch.setattr("sys.argv", [called])
    monkeypatch.setattr("shutil.which", lambda _: on_path)
    assert say_program() == said
