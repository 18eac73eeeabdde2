"""What a stretch of text says of its story: names, phrases, and short names beside full ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zlib import crc32

from quotes.text.normal import FUNCTION_WORDS, words

if TYPE_CHECKING:
    from collections.abc import Iterator

PHRASE = 7  # words: as long as chance hardly repeats
_CAPITAL = "[A-ZÀ-ÖØ-ÞĆČĎĐĚĞİĽŁŃŇŘŚŞŠŤŮŹŻŽΑ-ΩА-Я]"
_WORD = rf"{_CAPITAL}(?:[\w’'-]{{1,30}}|\.(?:{_CAPITAL}\.){{0,4}})"
_RUN = re.compile(rf"\b{_WORD}(?:,? {_WORD}){{0,3}}")
_OWNER = re.compile(r"['’]s?$")
_SHORT = re.compile(r"[(\[](?:the |or )?((?:[A-Z]\.?){2,8})[)\]]")
_BEFORE = re.compile(r"(?:[\w&’'-]{1,30} ){1,8}\Z")
_FURTHEST = 8 * 31  # characters that this can match


def list_names(text: str) -> Iterator[str]:
    """Yield the capitalised runs of at most four words of `text`, without the small words they begin with.

    >>> list(list_names("But Ines Corrigan left Ardmore’s council."))
    ['Ines Corrigan', 'Ardmore']
    """
    for found in _RUN.finditer(_plain(text)):
        for part in found.group().split(", "):
            run = part.split()
            if "'" in part or "’" in part:
                run = [_OWNER.sub("", word) for word in run]
            while run and run[0].casefold() in FUNCTION_WORDS:
                run = run[1:]
            if run:
                yield " ".join(run)


def _plain(text: str) -> str:
    return " ".join(text.split())


def list_phrases(text: str) -> Iterator[int]:
    """Yield a number for each stretch of seven words; equal numbers are equal words, save by rare chance."""
    keys = words(text)
    for start in range(len(keys) - PHRASE + 1):
        yield crc32(" ".join(keys[start : start + PHRASE]).encode("utf-8", "replace"))


def list_expansions(text: str) -> Iterator[tuple[str, str]]:
    """Yield each short name in brackets with the words before it whose first letters it is.

    >>> list(list_expansions("aides at the Office of the Examples (OOE) said"))
    [('OOE', 'Office of the Examples')]
    """
    plain = _plain(text)
    last = 0
    for found in _SHORT.finditer(plain):
        words_before = _BEFORE.search(plain, max(last, found.start() - _FURTHEST), found.start())
        if words_before is None:
            continue
        last = found.end()
        short, before = found.group(1).replace(".", ""), words_before.group().split()
        for start in range(len(before) - 1, -1, -1):
            if before[start][:1].isupper() and short in spell(" ".join(before[start:])):
                yield short, " ".join(before[start:])
                break


def spell(name: str) -> frozenset[str]:
    """Return the short names that the first letters of a name make, with and without its small words.

    >>> sorted(spell("Office of the Examples"))
    ['OE', 'OOE', 'OOTE']
    """
    parts = re.findall(r"[\w&’']+", name)
    capitals = [part[0] for part in parts if part[0].isupper()]
    linked = [part[0] for part in parts if part[0].isupper() or part.casefold() in {"of", "for", "on", "in"}]
    return frozenset("".join(letters).upper() for letters in (capitals, linked, [part[0] for part in parts]))
