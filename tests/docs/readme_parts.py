"""The parts of README.md that are written from the program itself. cog puts them in:

    python -m cogapp -r README.md

and tests/unit/test_docs.py fails where that was forgotten.
"""

from __future__ import annotations

import ast
import tomllib
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from click.testing import CliRunner

from quotes.cli import main
from quotes.publish import bundled_metadata
from quotes.store import open_quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]


def write_help() -> str:
    """Return the help of `quotes` and of each verb, as the command line prints it."""
    return "\n".join(_write_help(words) for words in ([], *([name] for name in main.commands)))


def list_queries() -> str:
    """Return a line for each canned query, linked to its file."""
    lines = (
        f"- [`{name}`](db/queries/{name}.sql): **{query['title']}.** {_one_line(query['description'])}"
        for name, query in read_metadata()["queries"].items()
    )
    return "\n".join(lines) + "\n"


def list_tables() -> str:
    """Return what each table holds, as one table."""
    rows = [(f"`{name}`", table["description"]) for name, table in describe_tables().items()]
    return _write_table(("table", "what is in it"), rows)


def list_columns() -> str:
    """Return a table of columns for each table; those that point to another table say so."""
    return "\n".join(_write_columns(name, table) for name, table in describe_tables().items())


def list_modules() -> str:
    """Return the modules of quotes/ with the first sentence of each, in the order of the import contract."""
    rows = [(f"`{name}`", read_sentence(name)) for name in read_layers()]
    return _write_table(("in quotes/", "what it does"), rows)


@cache
def read_metadata() -> dict[str, Any]:
    """Return what metadata.yml says of quotes.db."""
    metadata: dict[str, Any] = yaml.safe_load(bundled_metadata().read_text(encoding="utf-8"))
    return dict(metadata["databases"]["quotes"])


def describe_tables() -> dict[str, Any]:
    """Return title, description and columns of every table, by its name."""
    return dict(read_metadata()["tables"])


@cache
def read_references() -> dict[tuple[str, str], str]:
    """Return the table that each referring column of a new quotes.db points to, by table and column."""
    query = """
    SELECT t.name, f."from", f."table" FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS f
    """
    with closing(open_quotes(Path(":memory:"))) as connection:
        rows = connection.execute(query).fetchall()
    return {(table, column): other for table, column, other in rows}


def read_layers() -> list[str]:
    """Return the modules that the import contract names, the highest first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [name.strip() for layer in layers for name in layer.split("|")]


def read_sentence(module: str) -> str:
    """Return the first line of a module's docstring."""
    folder = ROOT / "quotes" / module
    file = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    return (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def _write_help(words: Sequence[str]) -> str:
    result = CliRunner().invoke(main, [*words, "--help"], prog_name="quotes", terminal_width=80)
    name = " ".join(["quotes", *words])
    return f"### {name}\n\n```\n{result.output.strip()}\n```\n"


def _write_columns(name: str, table: dict[str, Any]) -> str:
    rows = [(f"`{column}`", text + _point(name, column)) for column, text in table["columns"].items()]
    return f"#### {name}\n\n{_write_table(('column', 'what it says'), rows)}"


def _point(table: str, column: str) -> str:
    other = read_references().get((table, column))
    return f" (→ `{other}`)" if other else ""


def _write_table(head: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    lines = [head, ("---", "---"), *rows]
    return "".join(f"| {left} | {_one_line(right)} |\n" for left, right in lines)


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
