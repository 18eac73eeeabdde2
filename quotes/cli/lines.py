"""Lines for a terminal: nothing that it would obey, words kept whole, and no wider than asked for."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Piece = tuple[str, str | None]
    """A stretch of words, and its role, which may have a style."""
    Styles = Mapping[str, Mapping[str, Any]]

MARGIN = "   "
_ATOM = re.compile(r"\n|[^\S\n]+|\S+")
# What a terminal obeys instead of showing it: controls, and marks that turn the direction of what follows.
_UNSHOWN = {
    code: " " if chr(code).isspace() else None
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if chr(code) != "\n"
}
_ESCAPED = {code: f"\\u{code:04x}" for code in _UNSHOWN}


def clean(text: str) -> str:
    """Return `text` without what a terminal would obey instead of showing it.

    >>> clean("a\\x1b[31mb\\u202ec\\td")
    'a[31mbc d'
    """
    return text.translate(_UNSHOWN)


def write_json(value: Any) -> str:
    """Return `value` as JSON, what a terminal would obey as escapes.

    >>> write_json("a\\u202e")
    '"a\\\\u202e"'
    """
    return json.dumps(value, ensure_ascii=False, indent=2).translate(_ESCAPED)


def wrap(
    text: str, width: int, first: str = "", rest: str = "", most: int | None = None, **style: Any
) -> Iterator[str]:
    """Yield `text` in lines of about `width` characters, the first after `first`; of a quote `most` lines."""
    lines = textwrap.wrap(
        clean(text),
        width,
        initial_indent=first,
        subsequent_indent=rest,
        max_lines=most,
        placeholder=" …”",
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from (click.style(line, **style) if style else line for line in lines)


def wrap_pieces(pieces: Sequence[Piece], width: int, styles: Styles, margin: str = MARGIN) -> Iterator[str]:
    """Yield the lines of `pieces` behind `margin`, each piece in the style of its role."""
    for paragraph in _split_words(pieces):
        line: list[list[Piece]] = []
        for word in paragraph:
            if line and len(margin) + sum(map(_measure, [*line, word])) + len(line) > width:
                yield margin + " ".join(_style(one, styles) for one in line)
                line = []
            line.append(word)
        yield margin + " ".join(_style(one, styles) for one in line)


def _split_words(pieces: Sequence[Piece]) -> list[list[list[Piece]]]:
    """Return paragraphs of words; a word is what stands between two spaces, with the role of each part."""
    paragraphs: list[list[list[Piece]]] = [[]]
    is_open = False
    for words, role in pieces:
        for atom in _ATOM.findall(clean(words)):
            if atom == "\n":
                paragraphs.append([])
            elif not atom.isspace():
                if not is_open:
                    paragraphs[-1].append([])
                paragraphs[-1][-1].append((atom, role))
            is_open = not atom.isspace()
    return [paragraph for paragraph in paragraphs if paragraph]


def _measure(word: Sequence[Piece]) -> int:
    return sum(len(part) for part, _ in word)


def _style(word: Sequence[Piece], styles: Styles) -> str:
    return "".join(
        click.style(part, **styles[role]) if role and role in styles else part for part, role in word
    )
