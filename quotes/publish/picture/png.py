"""A picture as PNG, with SCALE pixels each way for each unit of the layout."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw
from PIL.ImageColor import getrgb

from quotes.publish.picture.letters import SCALE
from quotes.publish.picture.setting import PAPER, WIDTH

if TYPE_CHECKING:
    from quotes.publish.picture.letters import Letters
    from quotes.publish.picture.setting import Picture

_COLOURS = 256  # the most that a palette holds


def paint_png(picture: Picture, letters: Letters) -> bytes:
    """Return the picture's file. Letters that the font lacks are empty boxes."""
    image = Image.new("RGB", (round(WIDTH * SCALE), round(picture.height * SCALE)), PAPER)
    draw = ImageDraw.Draw(image)
    for box in picture.boxes:
        left, top = box.x * SCALE, box.y * SCALE
        draw.rectangle((left, top, left + box.width * SCALE - 1, top + box.height * SCALE - 1), fill=box.ink)
    for run in picture.runs:
        font = letters.find_font(run.size, run.bold)
        draw.text((run.x * SCALE, run.y * SCALE), run.text, fill=run.ink, font=font, anchor="ls")
    file = BytesIO()
    few = image.quantize(palette=_mix(picture), dither=Image.Dither.NONE)
    few.save(file, "PNG", compress_level=3)  # half the time of the default, for a file 20 % larger
    return file.getvalue()


def _mix(picture: Picture) -> Image.Image:
    """Return a palette of the picture's inks, and of what lies between them and what they stand on.

    Half the bytes of all colours, and a third of the time.
    """
    grounds = sorted({PAPER, *(box.ink for box in picture.boxes)})
    pairs = [(ink, ground) for ground in grounds for ink in sorted({run.ink for run in picture.runs})]
    steps = max(_COLOURS // len(pairs) - 1, 1)
    palette = Image.new("P", (1, 1))
    palette.putpalette(
        [
            round(one + (other - one) * step / steps)
            for ink, ground in pairs[:_COLOURS]
            for step in range(steps + 1)
            for one, other in zip(getrgb(ground), getrgb(ink), strict=True)
        ]
    )
    return palette
