"""Field maps: what the fields of a record mean, by the service that it was exported from."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from quotes.languages import LANGUAGES
from quotes.sources.dates import read_date
from quotes.sources.details import normal_language, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_PARTS = 50  # of a list in a record
_NO_ZONE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_BY = re.compile(r"by\s{1,3}(?=\S)", re.IGNORECASE)
# How services end a text that they cut: "… [+1234 chars]", "... [1234 chars]", or with the dots alone.
_CUT = re.compile(r"(?:\[\+?\d{1,9} char(?:acter)?s\]|…|\.\.\.)\s{0,9}$")


@dataclass(frozen=True, slots=True)
class Preset:
    """A service's fields: `fields` has the names of each of ours, the likeliest first."""

    name: str
    has: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]
    utc_if: tuple[str, object] | None = None
    only: tuple[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Headerless:
    """A table without a line of names, known by its number of columns and its first cell."""

    count: int
    first: str
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FieldMaps:
    """All presets, where lists of records stand, and tables without names."""

    presets: tuple[Preset, ...]
    lists: tuple[str, ...]
    headerless: tuple[Headerless, ...] = field(default=())


@cache
def load_field_maps() -> FieldMaps:
    """Return the presets of field_maps.toml, in its order."""
    data = tomllib.loads(files("quotes.sources").joinpath("field_maps.toml").read_text(encoding="utf-8"))
    tables = tuple(Headerless(one["count"], one["first"], one["columns"]) for one in data["headerless"])
    return FieldMaps(tuple(map(_read_preset, data["preset"])), tuple(data["lists"]), tables)


def _read_preset(given: dict[str, Any]) -> Preset:
    rest = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    has, utc_if, only = rest.pop("has"), rest.pop("utc_if", None), rest.pop("only", None)
    return Preset(given["name"], has, rest, utc_if, only)


def choose_preset(record: Mapping[str, object]) -> Preset | None:
    """Return the preset whose fields a record has; None where it is none of a known service."""
    presets = load_field_maps().presets
    return next((one for one in presets if all(has_field(record, path) for path in one.has)), None)


def name_columns(row: Sequence[str]) -> dict[str, str] | None:
    """Return the fields of a row of a table without names, or None where it is none that is known."""
    for table in load_field_maps().headerless:
        if len(row) == table.count and re.fullmatch(table.first, row[0]):
            return {name: row[at] for name, at in table.columns.items()}
    return None


def find_list(data: object) -> list[object] | None:
    """Return the list of records in a JSON document, or None where it has none."""
    if isinstance(data, list):
        return data
    if isinstance(data, dict):
        for path in load_field_maps().lists:
            if isinstance(found := find_field(data, path), list):
                return found
    return None


def has_field(record: Mapping[str, object], path: str) -> bool:
    """Return whether a record has a field, filled or not."""
    is_there = path in record or path.lower() in record
    return is_there or ("." in path and find_field(record, path) is not None)


def find_field(record: Mapping[str, object], path: str) -> object:
    """Return the value of a field; of a field in a list of objects, the list of their values.

    >>> find_field({"authors": [{"name": "Ann Reed"}, {"name": "Tom Pike"}]}, "authors.name")
    ['Ann Reed', 'Tom Pike']
    """
    for name in (path, path.lower()):
        if name in record:
            return record[name]
    value: object = record
    for part in path.split("."):
        if isinstance(value, list):
            value = [one.get(part) for one in value[:_MOST_PARTS] if isinstance(one, dict)]
        else:
            value = value.get(part) if isinstance(value, dict) else None
    return value


def translate(record: Mapping[str, object], preset: Preset) -> dict[str, object]:
    """Return what a record says, under our names: of each field what is filled, dates in their one form."""
    said = {name: _first_filled(record, paths) for name, paths in preset.fields.items()}
    for name in ("published", "changed"):
        said[name] = read_date(said.get(name))
    if preset.utc_if and find_field(record, preset.utc_if[0]) == preset.utc_if[1]:
        said["published"] = _in_utc(said["published"])
    if byline := one_line(said.get("byline")):
        said["byline"] = _BY.sub("", byline, count=1) if _BY.match(byline) else byline
    said["language"] = _read_language(said.get("language"))
    return said


def is_whole(text: object) -> bool:
    """Return whether a service's text is one, and not cut.

    >>> is_whole("The ferry sailed."), is_whole("The ferry sai… [+1234 chars]")
    (True, False)
    """
    return isinstance(text, str) and bool(text.strip()) and not _CUT.search(text[-60:])


def _first_filled(record: Mapping[str, object], paths: Sequence[str]) -> object:
    found = (find_field(record, path) for path in paths)
    return next((value for value in found if value not in (None, "", [])), None)


def _in_utc(date: object) -> object:
    return f"{date}+00:00" if isinstance(date, str) and _NO_ZONE.fullmatch(date) else date


def _read_language(given: object) -> str | None:
    """Return the code of a language that is given by its code or its English name."""
    text = one_line(given)
    if text is None:
        return None
    named = (one.code for one in LANGUAGES.values() if one.name.lower() == text.lower())
    return next(named, None) or normal_language(text)
