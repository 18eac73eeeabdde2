"""What stands where on a picture: the reference wording on top, the others below, the address at the foot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.publish.phrases import count
from quotes.publish.picture.setting import (
    FAINT,
    INK,
    MARGIN,
    RULE,
    SIGNS,
    Box,
    Page,
    Picture,
    Style,
)
from quotes.publish.picture.told import LEFT_OUT, Piece, clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.publish.picture.setting import Measure
    from quotes.publish.picture.told import Told, Wording

_INDENT = 24
_ACCENT, _FLAG = "#276890", "#7a3e00"
_MOST_REFERENCE, _MOST_LINES, _MOST_NOTES, _MOST_FLAGS = 5, 4, 2, 3
_HEAD = Style(34, 46, _MOST_REFERENCE, bold=True)
_WHO = Style(24, 34, 2, bold=True)
_FACT = Style(20, 28, _MOST_NOTES, ink=FAINT)
_NAME = Style(20, 32, 1, bold=True, ink=_ACCENT)
_TEXT = Style(24, 38, _MOST_LINES)
_WARNING = Style(20, 30, _MOST_NOTES, bold=True, ink=_FLAG)


def lay_out(told: Told, measure: Measure) -> Picture:
    """Return the picture of what is told, as high as it needs to be: about a dozen paragraphs at most."""
    picture = Picture(
        0, f"How the words were printed: {_cut(told.reference, 100)}", "\n".join(map(clean, _describe(told)))
    )
    page = Page(picture, measure)
    page.write(_plain(f"“{told.reference}”"), _HEAD)
    page.skip(4)
    page.write(_plain(told.speaker), _WHO)
    if told.warning:
        page.write(_plain(told.warning), _WARNING)
    page.write(_plain(f"As printed by {told.printed}"), _FACT)
    page.rule()
    if told.wordings:
        page.write(_write_key(told.wordings), _FACT)
    for wording in told.wordings:
        _lay_wording(page, wording)
    page.skip(10)
    page.write(_plain(told.more), replace(_FACT, ink=INK))
    page.rule()
    page.write(_plain(f"Quote Drift · {told.size} · {told.address}"), _FACT)
    picture.height = page.y + 24
    return picture


def _lay_wording(page: Page, wording: Wording) -> None:
    top = page.skip(14)
    page.write(_plain(f"{wording.printed} · {wording.kind}"), _NAME, _INDENT)
    page.write(wording.pieces, _TEXT, _INDENT)
    for flag in wording.flags[:_MOST_FLAGS]:
        page.write(_plain(f"! {flag}"), replace(_WARNING, most=1), _INDENT)
    if len(wording.flags) > _MOST_FLAGS:
        more = (
            f"! and {count(len(wording.flags) - _MOST_FLAGS, 'more difference')} that may touch the meaning"
        )
        page.write(_plain(more), _WARNING, _INDENT)
    page.draw(Box(MARGIN, top + 4, 6, page.y - top - 4, RULE))


def _plain(text: str) -> tuple[Piece, ...]:
    return (Piece("same", clean(text)),)


def _write_key(wordings: Iterable[Wording]) -> tuple[Piece, ...]:
    """Return what the signs mean that occur in `wordings`."""
    pieces = [piece for wording in wordings for piece in wording.pieces]
    kinds = {piece.kind for piece in pieces}
    signs = kinds & {"removed", "added"} or any(LEFT_OUT in piece.text for piece in pieces)
    key = [Piece("same", f"Other wordings, against the one above{':' if signs else ''}")]
    key += [Piece("same", " "), Piece("removed", "left out")] if "removed" in kinds else []
    key += [Piece("same", " "), Piece("added", "put in")] if "added" in kinds else []
    key += [Piece("note", f" {LEFT_OUT} alike")] if any(LEFT_OUT in piece.text for piece in pieces) else []
    return tuple(key)


def _describe(told: Told) -> Iterator[str]:
    yield f"“{_cut(told.reference, 1000)}” {told.speaker}. {told.warning or ''}".strip()
    yield f"As printed by {told.printed}."
    for wording in told.wordings:
        text = "".join(SIGNS.get(piece.kind, "") + piece.text for piece in wording.pieces)
        yield f"{wording.printed}, {wording.kind}: {_cut(text, 600)}"
        yield from wording.flags
    yield f"{told.more} {told.size}. {told.address}"


def _cut(text: str, most: int) -> str:
    folded = clean(text)
    return folded if len(folded) <= most else f"{folded[: most - 1].rstrip()}…"
