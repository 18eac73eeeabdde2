"""The speakers file: a person's plain words on who is one speaker and who is not. Read, never written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotes.errors import SourceError
from quotes.records import Meant, Overrule
from quotes.text.decode import decode
from quotes.text.ids import slug

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIMIT = 5_000_000
"""The most bytes of a speakers file: a person wrote it."""

HOW = "write “same: A = B” or “not same: A / B”"
_LINE = re.compile(r"(not same|same)\s{0,20}:(.{0,2000})", re.IGNORECASE | re.DOTALL)
_WHERE = re.compile(r"([^()]{0,300})\(([^()]{1,300})\)")
_COMMENT = re.compile(r"(?:^|\s)#.{0,10000}$")
_SIGNS = {"same": "=", "not same": "/"}


def find_speakers_file(database: Path) -> Path | None:
    """Return the file beside a database that is named after it, or `speakers.txt`; None where none is."""
    beside = (database.with_name(f"{database.stem}.speakers.txt"), database.with_name("speakers.txt"))
    return next((path for path in beside if path.is_file()), None)


def read_overrules(path: Path) -> tuple[Overrule, ...]:
    """Return what the lines of a speakers file say, in order.

    Raises SourceError, naming the line, where one says nothing or the opposite of an earlier one.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise SourceError(f"{path}: the speakers file cannot be opened: {error.strerror}") from error
    if len(data) > LIMIT:
        raise SourceError(f"{path}: larger than {LIMIT // 1_000_000} MB; is this the speakers file?")
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        return ()
    overrules = tuple(_read_lines(decode(data, str(path)), path.name))
    _check(overrules)
    return overrules


def _read_lines(text: str, name: str) -> Iterator[Overrule]:
    for number, line in enumerate(text.splitlines(), 1):
        words = _COMMENT.sub("", line).strip(" \t\ufeff")
        if words:
            yield _read_line(words, f"{name}:{number}")


def _read_line(words: str, place: str) -> Overrule:
    """Return what a line says.

    >>> _read_line("not same: John Roe (Daily Example) / John Roe", "s.txt:1").named
    (Meant(name='John Roe', where='Daily Example'), Meant(name='John Roe', where=None))
    """
    found = _LINE.fullmatch(" ".join(words.split()))
    if not found:
        raise SourceError(f"{place}: “{words[:60]}” says nothing of speakers; {HOW}")
    verb = found[1].lower()
    named = tuple(_read_name(part, place) for part in found[2].split(_SIGNS[verb]))
    if len(named) < 2:
        raise SourceError(f"{place}: “{verb}:” names only one; {HOW}")
    keys = [_key(meant) for meant in named]
    if len(set(keys)) < len(keys):
        raise SourceError(
            f"{place}: names {named[0].name} twice; say which is meant, as in “(Daily Example)”"
        )
    return Overrule(verb == "same", named, place)


def _read_name(part: str, place: str) -> Meant:
    """Return the name, and in brackets behind it the outlet or the article's id."""
    words = part.strip()
    where = _WHERE.fullmatch(words)
    name = (where[1] if where else words).strip()
    if not name:
        raise SourceError(f"{place}: a name is missing; {HOW}")
    return Meant(name, where[2].strip() if where else None)


def _key(meant: Meant) -> tuple[str, str]:
    return slug(meant.name), slug(meant.where or "-")


def _check(overrules: tuple[Overrule, ...]) -> None:
    """Raise where two names are “same”, by whatever lines, and “not same”."""
    one_of: dict[tuple[str, str], tuple[str, str]] = {}

    def find(key: tuple[str, str]) -> tuple[str, str]:
        while one_of.get(key, key) != key:
            key = one_of[key]
        return key

    for overrule in overrules:
        if overrule.same:
            first, *others = (find(_key(meant)) for meant in overrule.named)
            one_of.update((other, first) for other in others if other != first)
    for overrule in overrules:
        ends = [find(_key(meant)) for meant in overrule.named]
        if not overrule.same and len(set(ends)) < len(ends):
            raise SourceError(f"{overrule.place}: “not same”, but other lines say “same”; delete one of them")
