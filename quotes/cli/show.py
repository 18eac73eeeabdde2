"""One quote with the evidence for its speaker as lines of text: pure functions from what the store gives."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from quotes.cli import lines
from quotes.cli.lines import MARGIN, clean, wrap
from quotes.cli.screen import count_words
from quotes.publish.editions import find_other, say_edit, say_removed
from quotes.publish.phrases import describe_date
from quotes.publish.shortening import cut_middle
from quotes.publish.why import (
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

_MOST_HEAD = 400  # characters of the quote at the top
_STYLES: dict[str, dict[str, Any]] = {
    "quote": {"bold": True},
    "speaker": {"underline": True, "fg": "green"},
    "cue": {"reverse": True},
}
_KEY = (("quote", "the quote"), ("speaker", "the speaker"), ("cue", "the cue"))


def write_quote(quote: ShownQuote, width: int, styled: bool, serve: str) -> Iterator[str]:
    """Yield the lines that tell who said a quote and why, at most about `width` characters each.

    Where not `styled`, words in brackets mark what bold, underlined and reversed letters mark elsewhere.
    `serve` is the command that shows the database.
    """
    yield from wrap(f"“{cut_middle(quote.text, _MOST_HEAD)}”", width, "", "")
    yield from wrap(say_who(quote), width, "", "", bold=True)
    kind = note_kind(quote)
    if kind:
        yield from wrap(f"({kind})", width, "", "", dim=True)
    yield from _head("As printed")
    yield from wrap_pieces(shorten_pieces(quote.pieces), width, styled)
    if styled:
        roles = {role for _, role in quote.pieces}
        key = (click.style(words, **_STYLES[role]) for role, words in _KEY if role in roles)
        yield f"{MARGIN}({', '.join(key)})"
    for title, told in _list_sections(quote):
        yield from _head(title)
        for line in told:
            yield from wrap(line, width, MARGIN, MARGIN * 2)
    yield from _head("More")
    yield from _write_next(quote, width, serve)


def _list_sections(quote: ShownQuote) -> list[tuple[str, list[str]]]:
    """Return the sections that have anything to say, each with its lines."""
    nested = [f"it stands within {_name_nested(quote.outer)}"] if quote.outer else []
    nested += [f"within it stands {_name_nested(inner)}" for inner in quote.inner]
    title = quote.title or "article without a title"
    printed = [f"{quote.outlet}, {describe_date(quote.published)}: {title}", *filter(None, [quote.url])]
    printed += filter(None, [_say_edit(quote), say_removed(quote.removed)])
    sections = (
        ("Why", [f"{heading}: {sentence}" for heading, sentence in explain(quote)]),
        ("Also considered", [f"{one.score:.2f}  {describe_considered(one)}" for one in quote.considered]),
        ("Quotes within quotes", nested),
        ("Printed in", printed),
    )
    return [section for section in sections if section[1]]


def _say_edit(quote: ShownQuote) -> str | None:
    """Return what its outlet did to the quote later, with the words in its place."""
    said, other = say_edit(quote.edit), find_other(quote.edit)
    altered = (quote.altered_to if other[0] == "to" else quote.altered_from) if other else None
    return f"{said} {other[0]} {_name_nested(altered)}" if said and other and altered else said


def _name_nested(nested: Nested) -> str:
    return f"“{textwrap.shorten(nested.text, 60, placeholder=' …')}” ({nested.id})"


def _write_next(quote: ShownQuote, width: int, serve: str) -> Iterator[str]:
    counts = describe_counts(quote)
    if counts:
        yield from wrap(f"its statement: {counts}", width, MARGIN, MARGIN)
    yield f"{MARGIN}{serve} --open"
    yield f"{MARGIN}and there /-/quotes/quote/{quote.id}"


def _head(title: str) -> Iterator[str]:
    yield ""
    yield click.style(title, bold=True)


def wrap_pieces(pieces: Sequence[Piece], width: int, styled: bool) -> Iterator[str]:
    """Yield the lines of printed words, their parts told apart by style, or else by words in brackets.

    >>> list(wrap_pieces([("“", None), ("We stay", "quote"), (",” ", None), ("she", "speaker")], 60, False))
    ['   “[quote: We stay],” [speaker: she]']
    """
    if not styled:
        pieces = [piece for words, role in pieces for piece in _bracket(words, role)]
    yield from lines.wrap_pieces(pieces, width, _STYLES)


def _bracket(words: str, role: str | None) -> list[Piece]:
    return [(f"[{role}: ", None), (words, None), ("]", None)] if role in _STYLES else [(words, role)]


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
