"""What README.md and its neighbours say is true: commands, options, tables, queries, examples, links."""

from __future__ import annotations

import ast
import csv
import doctest
import importlib
import io
import json
import re
import shlex
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import click
import invented_story
import pytest
import readme_parts
import walk
from click.testing import CliRunner
from cogapp import Cog
from fake_stages import fake_stages

from quotes import pipeline, sources, store
from quotes.cli import main
from quotes.records import Article
from quotes.store import open_quotes, open_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Without what cog writes.
PROSE = re.sub(r"\]\]\] -->.*?<!-- \[\[\[end\]\]\] -->", "", README, flags=re.DOTALL)
PAGES = (
    "README.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "quotes/engine/MANY_MACHINES.md",
    "quotes/models/MODEL_CARD.md",
    "quotes/samples/README.md",
)
EXAMPLES = sorted(
    path.relative_to(ROOT) for path in (ROOT / "quotes").rglob("*.py") if ">>> " in path.read_text("utf-8")
)
PARAMETERS = [
    pytest.param(name, parameter, id=f"{name}-{parameter.name}")
    for name, command in main.commands.items()
    for parameter in command.params
]


def find_blocks(language: str) -> list[str]:
    """The fenced blocks of README in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def find_lines(*languages: str) -> list[str]:
    return [line for language in languages for block in find_blocks(language) for line in block.splitlines()]


def read_section(heading: str) -> str:
    """The text between a heading of README and the next one of any level."""
    found = re.search(rf"^#+ {re.escape(heading)}$(.*?)(?=^#+ |\Z)", README, re.DOTALL | re.MULTILINE)
    assert found, f"README has no heading {heading!r}"
    return found.group(1)


def list_columns(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Columns by table, without the tables that SQLite and full-text search keep for themselves."""
    tables = connection.execute(
        "SELECT name FROM pragma_table_list"
        " WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    query = "SELECT name FROM pragma_table_info(?)"
    return {table: [row[0] for row in connection.execute(query, (table,))] for (table,) in tables}


# What the program writes into README


def test_readme_is_up_to_date(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    status = Cog().main(["cog", "--check", "--diff", "README.md"])
    assert not status, "run: python -m cogapp -r README.md\n" + capsys.readouterr().out


@pytest.mark.parametrize("name", list(main.commands))
def test_every_verb_is_explained(name: str) -> None:
    command = main.commands[name]
    assert command.get_short_help_str(limit=200) in " ".join(read_section(f"quotes {name}").split())
    assert f"quotes {name}" in PROSE


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_every_option_is_explained(name: str, parameter: click.Parameter) -> None:
    is_option = isinstance(parameter, click.Option)
    words = parameter.opts if is_option else [parameter.human_readable_name]
    assert [word for word in words if word not in read_section(f"quotes {name}")] == []
    assert not is_option or parameter.help


def test_every_table_and_column_is_explained() -> None:
    with closing(open_quotes(Path(":memory:"))) as connection:
        tables = list_columns(connection)
    assert tables.keys() == readme_parts.describe_tables().keys()
    for table, columns in tables.items():
        assert re.findall(r"^\| `(\w+)` \| \S", read_section(table), re.MULTILINE) == columns


def test_the_cache_beside_it_is_explained(tmp_path: Path) -> None:
    section = read_section("What is in quotes.db") + README.partition("</details>")[2].partition("\n#")[0]
    with closing(open_texts(tmp_path / "quotes.db")) as connection:
        tables = list_columns(connection)
    del tables["_migrations"]
    names = {*tables, *(column for columns in tables.values() for column in columns)}
    assert {name for name in names if f"`{name}`" not in section} == set()
    assert (tmp_path / "texts.db").is_file()
    open_texts(tmp_path / "NAME.db").close()
    assert (tmp_path / "NAME.texts.db").is_file()


def test_every_canned_query_is_explained() -> None:
    named = re.findall(r"^- \[`([a-z-]+)`\]\(db/queries/\1\.sql\): \*\*\S", README, re.MULTILINE)
    assert sorted(named) == sorted(path.stem for path in (ROOT / "db" / "queries").glob("*.sql"))


def test_every_module_is_in_the_layout() -> None:
    present = {path.stem for path in (ROOT / "quotes").glob("*.py")}
    present |= {path.parent.name for path in (ROOT / "quotes").glob("*/__init__.py")}
    named = re.findall(r"^\| `(\w+)` \| \S", read_section("For developers"), re.MULTILINE)
    assert sorted(named) == sorted(present - {"__init__", "__main__"})


# What README tells to type


def test_its_two_commands_for_a_fresh_machine() -> None:
    install, test = [line for line in find_lines("sh") if line.startswith("python3 -m venv")]
    assert install.split(" && ") == [
        "python3 -m venv .venv",
        ".venv/bin/pip install .",
        ".venv/bin/quotes demo",
    ]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").replace('"', "").replace(" --quiet", "")
    steps = [step.replace(".venv", "$venv") for step in test.split(" && ")]
    assert [line for line in script.splitlines() if line in steps] == steps


@pytest.mark.parametrize("line", [line for line in find_lines("sh", "cron") if "/quotes " in line])
def test_its_commands_are_understood(line: str) -> None:
    words = shlex.split(line.partition(".venv/bin/quotes ")[2])
    command = main.commands[words[0]]
    # A command keeps the help option that it first makes, so it is made as it is when the program runs.
    context = click.Context(command, parent=main.make_context("quotes", list(words)))
    command.make_parser(context).parse_args(words[1:])


def test_what_cron_runs_is_a_line_of_a_crontab() -> None:
    (line,) = find_lines("cron")
    *times, job = line.split(maxsplit=5)
    assert len(times) == 5
    assert all(re.fullmatch(r"\*|\d+", time) for time in times)
    assert "%" not in job  # cron reads it as a line break
    assert "--quiet" in job


STATUSES = {
    0: ["models"],
    1: ["serve", "--db", "none.db"],
    2: ["index"],
    3: ["index", "gone.txt"],
    75: ["index", "here.txt"],
    130: ["demo"],
}


@pytest.mark.parametrize(("status", "words"), STATUSES.items())
def test_exit_statuses_are_as_listed(
    status: int, words: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline, "index_samples", interrupt)
    (tmp_path / "here.txt").write_text("Nobody spoke.", encoding="utf-8")
    with hold_elsewhere(tmp_path / "quotes.db"):
        assert CliRunner().invoke(main, words).exit_code == status


@contextmanager
def hold_elsewhere(database: Path) -> Iterator[None]:
    """Hold the lock of a database as another process does."""
    begun, ended = Event(), Event()

    def hold() -> None:
        with store.hold(database):
            begun.set()
            ended.wait(60)

    thread = Thread(target=hold)
    thread.start()
    begun.wait(60)
    try:
        yield
    finally:
        ended.set()
        thread.join()


def test_no_exit_status_is_left_out() -> None:
    listed = re.findall(r"^\| (\d+) \|", read_section("Every hour"), re.MULTILINE)
    assert listed == [str(status) for status in STATUSES]


# What README shows of input and output


def test_its_manifest_is_read_whole(tmp_path: Path) -> None:
    (manifest,) = find_blocks("csv")
    (tmp_path / "articles.csv").write_text(manifest, encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(manifest)))
    for row in rows:
        (tmp_path / row["file"]).parent.mkdir()
        (tmp_path / row["file"]).write_text(f"{row['title']}.", encoding="utf-8")
    notes: list[str] = []
    articles = list(sources.read([], tmp_path / "articles.csv", notes.append))
    assert notes == []
    for row, article in zip(rows, articles, strict=True):
        assert isinstance(article, Article)
        assert (article.outlet, article.title) == (row["outlet"], row["title"])
        assert (article.url, article.byline) == (row["url"] or None, row["byline"] or None)
        assert (article.published or "")[:10] == row["published"][:10]


def test_its_json_line_is_read_whole(tmp_path: Path) -> None:
    line = find_blocks("json")[0]
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    notes: list[str] = []
    (article,) = sources.read([tmp_path / "a.jsonl"], warn=notes.append)
    assert notes == []
    assert {name: getattr(article, name) for name in json.loads(line)} == json.loads(line)


def test_its_line_of_extract_has_the_fields(tmp_path: Path) -> None:
    (line,) = find_blocks("json")[1].splitlines()
    shown = json.loads(line)
    text = "“The small boats stay,” Ms Reed said."
    for part in (shown["quotes"][0]["cue"], shown["quotes"][0]["speaker"]):
        assert text[part["start"] : part["end"]] == part["text"]
    assert [text[slice(*span)] for span in shown["quotes"][0]["spans"]] == [shown["quotes"][0]["text"]]
    (tmp_path / "ferry.txt").write_text(text.replace("Ms Reed", "Ann Reed"), encoding="utf-8")
    (found,) = pipeline.extract([tmp_path / "ferry.txt"], stages=fake_stages())
    assert list_keys(found) == list_keys(shown)


def list_keys(value: Any, path: str = "") -> set[str]:
    """The paths of all keys in nested plain data."""
    if isinstance(value, list):
        return {path}.union(*(list_keys(one, f"{path}[]") for one in value))
    if isinstance(value, dict):
        return {path}.union(*(list_keys(one, f"{path}.{name}") for name, one in value.items()))
    return {path}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("docs") / "quotes.db"
    invented_story.build(path)
    return path


@pytest.mark.parametrize("sql", find_blocks("sql"))
def test_its_queries_answer(sql: str, story: Path) -> None:
    check_answer(story, sql)


def test_its_query_on_the_command_line_answers(story: Path) -> None:
    (line,) = (line for line in find_lines("sh") if "/sqlite-utils " in line)
    check_answer(story, shlex.split(line)[2])


def check_answer(database: Path, sql: str) -> None:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        assert connection.execute(sql).fetchall() != []


# The sample, read by the models


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[str]]]:
    """The demo's database, and the lines that it prints."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("demo")
        patch.chdir(folder)
        result = CliRunner().invoke(main, ["demo", "--quiet"], catch_exceptions=False)
        assert result.exit_code == 0
        yield folder / "quotes-demo" / "quotes.db", result.stdout.splitlines()


@pytest.mark.models
def test_the_demo_prints_what_readme_shows(demo: tuple[Path, list[str]]) -> None:
    lines = iter(demo[1])
    shown = [line for line in find_lines("text") if line.strip() not in ("", "…")]
    missing = [line for line in shown if line not in lines]  # each after the one before
    assert missing[:1] == [], "refresh the excerpt in README.md from the output of `quotes demo`"


@pytest.mark.models
def test_the_first_example_is_one_statement_of_the_sample(demo: tuple[Path, list[str]]) -> None:
    printed = re.findall(r"^> - ([^:]+): “(.+)”$", README, re.MULTILINE)
    assert len(printed) == 3
    with closing(sqlite3.connect(demo[0])) as connection:
        found = {
            connection.execute(
                "SELECT s.id, s.meaning_flags FROM statements AS s JOIN quotes AS q ON q.statement_id = s.id"
                " JOIN outlets AS o ON o.id = q.outlet_id WHERE o.name = ? AND instr(q.text, ?)",
                (outlet, words),
            ).fetchone()
            for outlet, words in printed
        }
    ((_, flags),) = found
    assert {"negation", "number"} <= set(flags.split(","))


@pytest.mark.models
def test_the_walk_finds_what_it_tells(demo: tuple[Path, list[str]]) -> None:
    with closing(sqlite3.connect(demo[0])) as connection:
        found = connection.execute(
            "SELECT DISTINCT s.outlet_count, s.disputed_speaker, s.meaning_flags"
            " FROM quotes AS q JOIN statements AS s ON s.id = q.statement_id WHERE instr(q.text, ?)",
            (walk.WORDS,),
        ).fetchall()
    assert f"`{walk.WORDS}`" in read_section("Who changed this sentence?")
    assert found == [(5, 1, "attribution,number")]


@pytest.mark.parametrize("name", [*(step.name for step in walk.STEPS), walk.PICTURE[0]])
def test_every_picture_of_the_walk_is_shown_and_told(name: str) -> None:
    (told,) = re.findall(rf"!\[([^\]]+)\]\(tests/docs/walk/{name}\.png\)", README)
    assert len(told.split()) > 8
    assert 5_000 < (ROOT / "tests" / "docs" / "walk" / f"{name}.png").stat().st_size < 120_000


@pytest.mark.models
@pytest.mark.parametrize("sql", find_blocks("sql"))
def test_its_queries_answer_on_the_sample(sql: str, demo: tuple[Path, list[str]]) -> None:
    check_answer(demo[0], sql)


# Figures, links, and examples in the code


def read_floors(file: str) -> dict[str, Any]:
    """The constants of a module of tests/quality, which needs data that may not be here."""
    tree = ast.parse((ROOT / "tests" / "quality" / file).read_text(encoding="utf-8"))
    named = [(node.targets[0], node.value) for node in tree.body if isinstance(node, ast.Assign)]
    return {
        name.id: ast.literal_eval(value)
        for name, value in named
        if isinstance(name, ast.Name) and isinstance(value, ast.Constant | ast.Dict)
    }


def test_its_figures_are_those_that_the_floors_hold() -> None:
    section = read_section("How sure is it?")
    floors = read_floors("test_attribution_quality.py")
    figures = {
        row: float(figure) for row, figure in re.findall(r"^\| (.+?) \| ([\d.]+)", section, re.MULTILINE)
    }
    assert 0 <= figures["quotes found with exact boundaries, F1"] - floors["EXACT_SPAN_F1"] < 1
    end_to_end = figures["quote found and its speaker's words right, F1 (end to end)"]
    assert 0 <= end_to_end - floors["END_TO_END_F1"] < 1
    held_out = re.findall(r"\(end to end\) \| [\d.]+ \| ([\d.]+)", section)
    assert 0 <= float(held_out[0]) - floors["HELD_OUT_END_TO_END_F1"] < 1
    longer = figures["the same, for quotes of four words and more"]
    assert 0 <= longer - floors["END_TO_END_F1_FROM_4_WORDS"] < 1
    assert 0 <= figures["quotes by persons led to the person's right name"] - floors["RESOLVED_PERSONS"] < 1
    assert figures["titles and scare quotes wrongly given a speaker"] == floors["MOST_FALSE_ATTRIBUTIONS"]
    (grouping,) = re.findall(r"F1 (\.\d+) for", section)
    assert 0 <= float(grouping) - read_floors("test_match_quality.py")["FLOORS"]["f1"] < 0.01


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    local = [target for target in targets if not target.startswith("https://")]
    folder = (ROOT / page).parent
    assert [target for target in local if not (folder / target.partition("#")[0]).exists()] == []
    headings = {
        re.sub(r"[^\w -]", "", line).strip().lower().replace(" ", "-")
        for line in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }
    assert [target for target in local if target.startswith("#") and target[1:] not in headings] == []


@pytest.mark.parametrize("page", PAGES)
def test_files_named_in_text_are_there(page: str) -> None:
    """`tests/…`, `db/…` and `quotes/…` in code marks are files or folders of this repository."""
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:tests|db|quotes)/[\w./-]*)`", text)) - {"db/quotes.db", "quotes/"}
    assert {name for name in named if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("path", EXAMPLES, ids=str)
def test_examples_in_docstrings_hold(path: Path) -> None:
    parts = path.with_suffix("").parts
    module = importlib.import_module(".".join(part for part in parts if part != "__init__"))
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed
