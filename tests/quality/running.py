"""Run the tool's own pipeline over the measuring articles, annotated once and kept between runs."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judging import judge, read_gold, read_predictions

from quotes import sources
from quotes.pipeline.analyse import analyse_all, scan
from quotes.pipeline.extraction import describe_article
from quotes.records import Unreadable
from quotes.training.documents import hide_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from judging import GoldArticle, Judged

    from quotes.pipeline.analyse import Scanned
    from quotes.pipeline.stages import Stages

HERE = Path(__file__).resolve().parent
POLNEAR = HERE.parents[1] / ".." / "shared" / "polnear"
PARTS = ("dev", "heldout", "tune")
CACHE = Path(tempfile.gettempdir()) / "quote-drift-annotations"


@dataclass(frozen=True, slots=True)
class FolderCache:
    """Keeps annotations as files, by what they depend on: models, what these are given, and the text."""

    folder: Path
    version: str

    def read(self, text: str) -> bytes | None:
        """Return what was kept for `text`, or None."""
        path = self._locate(text)
        return path.read_bytes() if path.exists() else None

    def write(self, text: str, data: bytes) -> None:
        """Keep `data` for `text`; a run that is stopped leaves no half of it."""
        path = self._locate(text)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(data)
        unfinished.replace(path)

    def _locate(self, text: str) -> Path:
        key = f"{self.version}\0{text}".encode("utf-8", "surrogatepass")
        return self.folder / hashlib.sha256(key).hexdigest()[:32]


def read_held_out() -> frozenset[str]:
    """Return the hidden names of the train articles that nothing is tuned on."""
    lines = (HERE / "heldout.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def is_held_out(number: int, name: str) -> bool:
    """Whether the train article with that number, in order of names, is kept aside."""
    return number % 4 != 0 and int(hashlib.sha256(name.encode()).hexdigest(), 16) % 6 == 0


def read_part(part: str) -> list[GoldArticle]:
    """Return the gold articles of one of PARTS."""
    if part == "dev":
        return list(read_gold(POLNEAR / "gold_dev.jsonl"))
    held_out = read_held_out()
    train = read_gold(POLNEAR / "gold_train.jsonl")
    return [article for article in train if (hide_name(article.name) in held_out) == (part == "heldout")]


def extract_part(
    articles: Sequence[GoldArticle], part: str, stages: Stages, folder: Path
) -> list[dict[str, Any]]:
    """Return for each article the line that `quotes extract` prints."""
    texts = POLNEAR / "text" / ("dev" if part == "dev" else "train")
    paths = [texts / f"{article.name}.txt" for article in articles]
    cache = FolderCache(folder, stages.annotation_version)
    lines = []
    for result, _ in analyse_all(_scan_all(paths, stages), stages, cache):
        if isinstance(result, Unreadable):
            raise RuntimeError(f"{result.source}: {result.reason}")
        lines.append(describe_article(result))
    return lines


def _scan_all(paths: Sequence[Path], stages: Stages) -> Iterator[Scanned]:
    for found in sources.read(paths):
        scanned = found if isinstance(found, Unreadable) else scan(found, stages)
        if isinstance(scanned, Unreadable):
            raise RuntimeError(f"{scanned.source}: {scanned.reason}")
        yield scanned


def judge_lines(
    articles: Sequence[GoldArticle], lines: Sequence[dict[str, Any]], min_words: int = 0
) -> list[Judged]:
    """Return every article judged; one without a line counts as one without quotes."""
    predictions = {line["doc"]: read_predictions(line) for line in lines}
    return [judge(article, predictions.get(article.name, ()), min_words) for article in articles]
