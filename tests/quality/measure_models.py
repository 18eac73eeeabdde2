"""What the embedded models reach, beside the first set: `python tests/quality/measure_models.py [--before]`.

Prints tags and parses of ud-test and ud-gum-news-test, with the words given and from raw text, and names in
ner-ww.test by kind. Needs ../shared/models; the first set stands there.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "quality")]

from parsing import list_paragraphs, place_gold, place_read, read_gold_words, score  # noqa: E402

from quotes import models  # noqa: E402
from quotes.annotate.sentences import split_sentences  # noqa: E402
from quotes.models.nets.names import list_spans  # noqa: E402
from quotes.training.networks.names import read_named  # noqa: E402
from quotes.training.networks.scores import score_spans  # noqa: E402
from quotes.training.networks.treebank import read_treebank  # noqa: E402

if TYPE_CHECKING:
    from quotes.annotate.reader import Reader

SHARED = ROOT / ".." / "shared" / "models"
TREEBANKS = ("ud-dev", "ud-test", "ud-gum-news-test")
NAMES = ("ner-all.dev", "ner-ww.test", "ner-uner.test")


def load(before: bool, folder: Path | None) -> tuple[str, Reader, float]:
    """Return the models to be measured: their name, themselves, and the size of their files in MB."""
    if before:
        from quotes.annotate.official import Official

        files = sum(path.stat().st_size for path in (SHARED / "quotes-en").rglob("*.pt"))
        return "first set", Official(dir=str(SHARED / "quotes-en"), download_method=None), files / 1e6
    from quotes.annotate.networks import Networks

    folder = folder or models.FOLDER
    files = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return "embedded", Networks(folder), files / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", action="store_true", help="Measure the first set.")
    parser.add_argument("--folder", type=Path, help="Measure the models in this folder.")
    parser.add_argument("--test", action="store_true", help="Test files, not only dev files.")
    wanted = parser.parse_args()
    name, reader, size = load(wanted.before, wanted.folder)
    print(f"{name}: {size:.1f} MB")
    for treebank in TREEBANKS if wanted.test else TREEBANKS[:1]:
        sentences = [*read_treebank(SHARED / "data" / f"{treebank}.conllu.gz")]
        gold = place_gold(sentences)
        start = time.process_time()
        given = read_gold_words(reader, sentences)
        speed = len(gold) / (time.process_time() - start)
        _print(f"{treebank}, words given ({speed:,.0f} tokens/s)", score(gold, given))
        if not wanted.before:
            words = [
                [w.text for w in one] for text in list_paragraphs(sentences) for one in split_sentences(text)
            ]
            _print(
                f"{treebank}, raw text", score(gold, place_read(zip(words, reader.parse(words), strict=True)))
            )
    for test in NAMES if wanted.test else NAMES[:1]:
        tagged = read_named(SHARED / "data" / f"{test}.json.gz")
        read = reader.find_names([one.words for one in tagged])
        gold_spans = [{*list_spans(one.tags)} for one in tagged]
        _print(test, dict(score_spans(gold_spans, [{*map(tuple, one)} for one in read])))


def _print(what: str, scores: dict[str, float]) -> None:
    print(f"{what:52}", *(f"{name} {value:.1f}" for name, value in islice(scores.items(), 12)), flush=True)


if __name__ == "__main__":
    main()
