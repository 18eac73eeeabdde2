"""The font of the pictures, and how wide a text is in it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

import font_roboto
from PIL import ImageFont

# Pixels of a PNG for each unit of the layout: 1,800 across, sharp in a column of any article.
SCALE = 1.5
_FILES = {False: font_roboto.Roboto, True: font_roboto.RobotoBold}
_NO_LETTER = "\U0010ffff"
# How wide a letter is that the font lacks, in parts of its size: wide as in Chinese, or as most are.
_WIDE, _NARROW = 1.0, 0.6


@dataclass(slots=True)
class Letters:
    """The font in the sizes used; one a picture, as a font is not shared between threads."""

    _fonts: dict[tuple[int, bool], ImageFont.FreeTypeFont] = field(default_factory=dict)
    _lacking: dict[str, bool] = field(default_factory=dict)

    def find_font(self, size: int, bold: bool) -> ImageFont.FreeTypeFont:
        """Return the font for so many units of the layout, in the pixels of a PNG."""
        if (size, bold) not in self._fonts:
            layout = ImageFont.Layout.BASIC  # the same on every machine
            self._fonts[size, bold] = ImageFont.truetype(_FILES[bold], size * SCALE, layout_engine=layout)
        return self._fonts[size, bold]

    def measure(self, text: str, size: int, bold: bool) -> float:
        """Return how many units wide `text` is; of letters that the font lacks, about how many."""
        known = "".join(sign for sign in text if not self.lacks(sign))
        unknown = sum(_guess_width(sign) for sign in text if self.lacks(sign))
        return self.find_font(size, bold).getlength(known) / SCALE + unknown * size

    def lacks(self, sign: str) -> bool:
        """Return whether the font has no letter for a sign."""
        if sign not in self._lacking:
            font = self.find_font(20, bold=False)
            box = bytes(font.getmask(_NO_LETTER))
            self._lacking[sign] = not sign.isspace() and bytes(font.getmask(sign)) == box
        return self._lacking[sign]


def _guess_width(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(sign) in "WF" else _NARROW
