"""One quote with the evidence for its speaker as lines of text: pure functions from what the store gives."""

from __future__ import annotations

import re
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.screen import count_words
from quotes.publish.phrases import describe_date
from quotes.publish.why import (
    cut_middle,
    describe_considered,
    describe_counts,
    explain,
    note_kind,
    say_who,
    shorten_pieces,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.store.marked import Piece
    from quotes.store.show import Hits, Nested, ShownQuote

_MARGIN = "   "
_MOST_HEAD = 400  # characters of the quote at the top
_STYLES: dict[str, dict[str, Any]] = {
    "quote": {"bold": True},
    "speaker": {"underline": True, "fg": "green"},
    "cue": {"reverse": True},
}
_KEY = (("quote", "the quote"), ("speaker", "the speaker"), ("cue", "the cue"))
_ATOM = re.compile(r"\n|[^\S\n]+|\S+")
# What a terminal obeys instead of showing it: controls, and marks that turn the direction of what follows.
_UNSHOWN = {
    code: None
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if chr(code) != "\n"
}
Word = list[tuple[str, str | None]]


def write_quote(quote: ShownQuote, width: int, styled: bool, serve: str) -> Iterator[str]:
    """Yield the lines that tell who said a quote and why, at most about `width` characters each.

    Where not `styled`, words in brackets mark what bold, underlined and reversed letters mark elsewhere.
    `serve` is the command that shows the database.
    """
    yield from _wrap(f"“{cut_middle(quote.text, _MOST_HEAD)}”", width, "", "")
    yield from _wrap(say_who(quote), width, "", "", bold=True)
    kind = note_kind(quote)
    if kind:
        yield from _wrap(f"({kind})", width, "", "", dim=True)
    yield from _head("As printed")
    yield from wrap_pieces(shorten_pieces(quote.pieces), width, styled)
    if styled:
        roles = {role for _, role in quote.pieces}
        key = (click.style(words, **_STYLES[role]) for role, words in _KEY if role in roles)
        yield f"{_MARGIN}({', '.join(key)})"
    for title, lines in _list_sections(quote):
        yield from _head(title)
        for line in lines:
            yield from _wrap(line, width, _MARGIN, _MARGIN * 2)
    yield from _head("More")
    yield from _write_next(quote, width, serve)


def _list_sections(quote: ShownQuote) -> list[tuple[str, list[str]]]:
    """Return the sections that have anything to say, each with its lines."""
    nested = [f"it stands within {_name_nested(quote.outer)}"] if quote.outer else []
    nested += [f"within it stands {_name_nested(inner)}" for inner in quote.inner]
    title = quote.title or "article without a title"
    printed = [f"{quote.outlet}, {describe_date(quote.published)}: {title}", *filter(None, [quote.url])]
    if quote.revision > 1:
        printed.append("the outlet has changed the article since it was first read")
    sections = (
        ("Why", [f"{heading}: {sentence}" for heading, sentence in explain(quote)]),
        ("Also considered", [f"{one.score:.2f}  {describe_considered(one)}" for one in quote.considered]),
        ("Quotes within quotes", nested),
        ("Printed in", printed),
    )
    return [section for section in sections if section[1]]


def _name_nested(nested: Nested) -> str:
    return f"“{textwrap.shorten(nested.text, 60, placeholder=' …')}” ({nested.id})"


def _write_next(quote: ShownQuote, width: int, serve: str) -> Iterator[str]:
    counts = describe_counts(quote)
    if counts:
        yield from _wrap(f"its statement: {counts}", width, _MARGIN, _MARGIN)
    yield f"{_MARGIN}{serve} --open"
    yield f"{_MARGIN}and there /-/quotes/quote/{quote.id}"


def _head(title: str) -> Iterator[str]:
    yield ""
    yield click.style(title, bold=True)


def _wrap(text: str, width: int, first: str, rest: str, **style: Any) -> Iterator[str]:
    lines = textwrap.wrap(
        clean(text),
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from (click.style(line, **style) if style else line for line in lines)


def clean(text: str) -> str:
    """Return `text` without what a terminal would obey instead of showing it.

    >>> clean("a\\x1b[31mb\\u202ec")
    'a[31mbc'
    """
    return text.translate(_UNSHOWN)


def wrap_pieces(pieces: Sequence[Piece], width: int, styled: bool) -> Iterator[str]:
    """Yield the lines of printed words, their parts told apart by style, or else by words in brackets.

    >>> list(wrap_pieces([("“", None), ("We stay", "quote"), (",” ", None), ("she", "speaker")], 60, False))
    ['   “[quote: We stay],” [speaker: she]']
    """
    if not styled:
        pieces = [piece for words, role in pieces for piece in _bracket(words, role)]
    for paragraph in _split_words(pieces):
        line: list[Word] = []
        for word in paragraph:
            if line and len(_MARGIN) + sum(map(_measure, [*line, word])) + len(line) > width:
                yield _MARGIN + " ".join(map(_style, line))
                line = []
            line.append(word)
        yield _MARGIN + " ".join(map(_style, line))


def _bracket(words: str, role: str | None) -> list[Piece]:
    return [(f"[{role}: ", None), (words, None), ("]", None)] if role in _STYLES else [(words, role)]


def _split_words(pieces: Sequence[Piece]) -> list[list[Word]]:
    """Return paragraphs of words; a word is what stands between two spaces, with the role of each part."""
    paragraphs: list[list[Word]] = [[]]
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


def _measure(word: Word) -> int:
    return sum(len(part) for part, _ in word)


def _style(word: Word) -> str:
    return "".join(click.style(part, **_STYLES[role]) if role in _STYLES else part for part, role in word)


def write_hits(hits: Hits, width: int) -> Iterator[str]:
    """Yield one line for each quote that may be meant, with the id that names it."""
    for hit in hits.best:
        line = clean(
            f"{hit.id}  {hit.outlet}, {(hit.published or 'no date')[:10]}: “{' '.join(hit.text.split())}”"
        )
        yield line if len(line) <= width else f"{line[: width - 2]} …"
    if hits.count > len(hits.best):
        yield f"… and {count_words(hits.count - len(hits.best), 'more quote')}; name it by more of its words"


def list_quote(quote: ShownQuote) -> dict[str, Any]:
    """Return a quote with its evidence for --json; `why` says the same in sentences."""
    listed = asdict(quote)
    listed["pieces"] = [{"words": words, "role": role} for words, role in quote.pieces]
    return {**listed, "who": say_who(quote), "why": [sentence for _, sentence in explain(quote)]}


def list_hits(hits: Hits) -> dict[str, Any]:
    """Return the quotes that may be meant for --json."""
    return {"count": hits.count, "several": [asdict(hit) for hit in hits.best]}
