"""A picture as SVG: shapes and text alone, with no style sheet, script, link or anything from elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from quotes.publish.picture.setting import PAPER, WIDTH

if TYPE_CHECKING:
    from quotes.publish.picture.setting import Box, Picture, Run

_FONTS = "Roboto, Helvetica, Arial, sans-serif"


def paint_svg(picture: Picture) -> str:
    """Return a document that looks alike in any font: each text is stretched to the width laid out for it."""
    height = f"{picture.height:g}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" font-family="{_FONTS}">',
        f"<title>{escape(picture.title)}</title>",
        f"<desc>{escape(picture.about)}</desc>",
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
        *map(_paint_box, picture.boxes),
        *map(_paint_run, picture.runs),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _paint_box(box: Box) -> str:
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" fill="{box.ink}"/>'
    )


def _paint_run(run: Run) -> str:
    weight = ' font-weight="bold"' if run.bold else ""
    # Of a text from right to left the left end is its end.
    turned = ' direction="rtl" text-anchor="end"' if run.turned else ""
    return (
        f'<text x="{run.x:g}" y="{run.y:g}" textLength="{run.width:g}" lengthAdjust="spacingAndGlyphs" '
        f'font-size="{run.size}"{weight} fill="{run.ink}"{turned}>{escape(run.text)}</text>'
    )
