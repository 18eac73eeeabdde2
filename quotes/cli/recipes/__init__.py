"""Recipes that run `quotes index` every hour, filled in for this machine: from paths to text."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

from quotes import __version__
from quotes.errors import SourceError

RECIPES = ("cron", "systemd", "launchd", "github")
_ODD = {"cron": ("\\",), "github": ("${{",)}
_ODD_PROGRAM = ("'", '"', "\\", "$")  # systemd takes none of them in the name of a program
_PLAIN = re.compile(r"[\w@:,./+=-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Hourly:
    """What runs every hour: `program`, as a list of words, reads `named` and the list in `sources`.

    All paths start at the root. `user` is whose job it is.
    """

    program: tuple[str, ...]
    database: Path
    sources: Path | None
    named: tuple[str, ...]
    user: str

    @property
    def arguments(self) -> tuple[str, ...]:
        """Return what `quotes` is given."""
        listed = ("--sources", str(self.sources)) if self.sources else ()
        return "index", *self.named, *listed, "--db", str(self.database), "--quiet"

    @property
    def minute(self) -> int:
        """Return a minute of the hour: not everybody's first one, and another one for another database."""
        return 1 + hashlib.sha256(os.fsencode(self.database)).digest()[0] % 59

    @property
    def label(self) -> str:
        """Return a name for the job that tells it from those of other databases."""
        stem = re.sub(r"[^a-z0-9]+", "-", self.database.stem.lower()).strip("-") or "database"
        return "quotes" if stem == "quotes" else f"quotes-{stem}"


def write_recipe(name: str, job: Hourly) -> str:
    """Return the recipe called `name`, one of RECIPES.

    Raises SourceError where a path has what cannot be written there.
    """
    _refuse_odd(name, job)
    values = {"cron": _fill_cron, "systemd": _fill_systemd, "launchd": _fill_launchd, "github": _fill_github}
    template = files("quotes.cli.recipes").joinpath(name).read_text(encoding="utf-8")
    return Template(template).substitute(values[name](job), minute=job.minute)


def _refuse_odd(name: str, job: Hourly) -> None:
    """Raise SourceError for a line break anywhere, and for what a recipe's own syntax cannot hold."""
    for word in (*job.program, *job.arguments, job.user):
        odd = _ODD_PROGRAM if name == "systemd" and word == job.program[0] else _ODD.get(name, ())
        if not word.isprintable() or any(part in word for part in odd):
            raise SourceError(
                f"{word!r}: this name cannot stand in a recipe for {name}; choose a plainer one"
            )


def _fill_cron(job: Hourly) -> dict[str, str]:
    command = shlex.join((*job.program, *job.arguments))
    log = shlex.quote(str(job.database.with_suffix(".log")))
    return {
        "command": command.replace("%", r"\%"),  # cron takes a bare one for a line break
        "again": _repeat("cron", job),
        "log": log.replace("%", r"\%"),
    }


def _fill_systemd(job: Hourly) -> dict[str, str]:
    command = " ".join(quote_unit(word).replace("$", "$$") for word in (*job.program, *job.arguments))
    folder = str(job.database.parent)
    return {
        "again": _repeat("systemd", job),
        "unit": job.label,
        "user": job.user,
        "user_in_shell": shlex.quote(job.user),
        "command": command,
        "folder": quote_unit(folder),
        "folder_in_shell": shlex.quote(folder),
    }


def _fill_launchd(job: Hourly) -> dict[str, str]:
    words = (f"    <string>{escape(word)}</string>" for word in (*job.program, *job.arguments))
    return {
        "label": f"quote-drift.{job.label}",
        "arguments": "\n".join(words),
        "log": escape(str(job.database.with_suffix(".log"))),
    }


def _fill_github(job: Hourly) -> dict[str, str]:
    """Return what the workflow needs: it runs in the repository, so paths are those from here on."""
    listed = ("--sources", _from_here(str(job.sources))) if job.sources else ()
    named = tuple(_from_here(word) for word in job.named)
    name = job.database.name
    command = shlex.join(("index", *named, *listed, "--db", f"data/{name}"))
    return {"command": command, "name": name.replace("'", "''"), "version": __version__}


def _repeat(name: str, job: Hourly) -> str:
    """Return the command that prints the same recipe again."""
    _, *arguments, _ = job.arguments
    return shlex.join((*job.program, "recipe", name, *arguments))


def _from_here(word: str) -> str:
    """Return a path as it is in the repository, taken to be the folder that we are in."""
    path = Path(word)
    if not path.is_absolute():
        return word
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.name


def quote_unit(word: str) -> str:
    """Return a word as a unit of systemd writes it; there % begins something else.

    >>> quote_unit("/srv/quotes.db"), quote_unit('/srv/100 % "true".db')
    ('/srv/quotes.db', '"/srv/100 %% \\\\"true\\\\".db"')
    """
    if _PLAIN.fullmatch(word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'
