"""Folders of news articles to measure with: as many as are wanted, of the same kind whatever their number."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

POLNEAR = Path(__file__).resolve().parents[2] / ".." / "shared" / "polnear" / "text"
TINY = "“The ferry was late again,” Ann Reed said.\n"
SEED = 7


def list_articles(folder: Path) -> list[Path]:
    """Return the articles in a folder, in order of their names. Raises SystemExit where there is none."""
    found = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    if not found:
        raise SystemExit("the measuring articles are not beside the checkout (shared/polnear)")
    return found


def count_words(paths: Sequence[Path]) -> int:
    """Return how many words there are, split at white space."""
    return sum(len(path.read_text(encoding="utf-8").split()) for path in paths)


def make_folder(top: Path, articles: Sequence[Path], count: int) -> Path:
    """Return a folder of `count` articles drawn from `articles`, the same at each call.

    Where these are too few, they come again under other names, with a line more: no text is there twice.
    """
    folder = top / f"articles-{count}"
    folder.mkdir()
    drawn = random.Random(SEED).sample(list(articles), len(articles))
    for number in range(count):
        again, index = divmod(number, len(drawn))
        text = drawn[index].read_text(encoding="utf-8")
        more = f"\n\nThis is edition number {again + 1}.\n" if again else ""
        (folder / f"{number:05}.txt").write_text(text + more, encoding="utf-8")
    return folder


def write_tiny(top: Path) -> Path:
    """Return a file with one short article, for which all models are loaded."""
    path = top / "tiny.txt"
    path.write_text(TINY, encoding="utf-8")
    return path
