"""The pictures of README's walk, taken of the demo in headless Chromium:

    python tests/docs/walk.py

They are kept in tests/docs/walk; take them again when the pages look otherwise.
"""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from PIL import Image

sys.path.append(str(Path(__file__).resolve().parents[1] / "web"))

from chromium import Browser, find_chromium
from servers import serving

from quotes import store
from quotes.pipeline import index_samples

FOLDER = Path(__file__).resolve().parent / "walk"
WORDS = "200 litres"
_WIDTH, _COLOURS = 800, 128
_ABOVE = 60  # pixels kept above the element that a part starts from


@dataclass(frozen=True, slots=True)
class Step:
    """A picture: its name, the page, and of it the part from one element on, so many pixels high."""

    name: str
    page: str
    start: str
    height: int


STEPS = (
    Step("1-front", "/-/quotes", "body", 640),
    Step("2-search", f"/-/quotes?q={WORDS.replace(' ', '+')}", "body", 420),
    Step("3-speaker", "/-/quotes/statement/{id}", "h1", 500),
    Step("4-wordings", "/-/quotes/statement/{id}", "#n4", 480),
    Step("5-lineage", "/-/quotes/statement/{id}", "#timeline", 880),
)
# What the statement page offers to put in an article.
PICTURE = "6-picture", "/-/quotes/statement/{id}.png"


def main() -> None:
    """Take all pictures."""
    program = find_chromium()
    if program is None:
        sys.exit("walk: no Chromium on this machine; install it, then take the pictures again")
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as made:
        database = Path(made, "quotes.db")
        index_samples(database)
        with closing(store.open_quotes(database)) as connection:
            (found,) = connection.execute(
                "SELECT statement_id FROM quotes WHERE text LIKE ? LIMIT 1", (f"%{WORDS}%",)
            ).fetchone()
        with serving(database) as address, closing(Browser(program, Path(made, "profile"))) as browser:
            for step in STEPS:
                take(browser, address + step.page.format(id=found), step)
            name, page = PICTURE
            with urlopen(address + page.format(id=found)) as answer, Image.open(answer) as picture:
                keep(name, picture.resize((_WIDTH, picture.height * _WIDTH // picture.width)))


def take(browser: Browser, page: str, step: Step) -> None:
    """Keep the picture of one step."""
    browser.open(page, _WIDTH)
    start = browser.evaluate(f'document.querySelector("{step.start}").getBoundingClientRect().top')
    with TemporaryDirectory() as made:
        browser.shoot(Path(made, "page.png"))
        with Image.open(Path(made, "page.png")) as picture:
            top = max(int(start) - _ABOVE, 0)
            keep(step.name, picture.crop((0, top, picture.width, min(top + step.height, picture.height))))


def keep(name: str, picture: Image.Image) -> None:
    """Write a picture of few colours, and so of few bytes."""
    picture.convert("RGB").quantize(_COLOURS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
