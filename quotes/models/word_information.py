"""How much a word tells: a frozen table of integer bits, and the script that made it.

    python -m quotes.models.word_information UD_TRAIN.conllu.gz FOLDER_OF_TEXTS TABLE.tsv

The table is a decision made once: grouping adds and compares these integers, so another table may give other
statements. Count again only together with a new VERSION.
"""

from __future__ import annotations

import gzip
import math
import sys
from collections import Counter
from functools import cache
from importlib import resources
from pathlib import Path

from quotes.text.normal import words

VERSION = 1
MOST_BITS = 16
_TABLE = "word_information.tsv"
_HEADER = """\
# Information of English words: word, then round(-log2 of its share) in bits; a word not listed has {most}.
# version {version}; {total} words counted, {kept} kept.
# Sources: training texts of UD English EWT and GUM without its non-commercial genres (CC BY-SA 4.0, CC BY),
# and of PolNeAR v1.0 (news articles; no licence stated). Word counts only: no text of any source is here.
# Made by: python -m quotes.models.word_information ud-train.conllu.gz polnear/text/train word_information.tsv
"""


@cache
def load_bits() -> dict[str, int]:
    """Return the bits of each listed word; a word that is not listed has MOST_BITS."""
    table = resources.files("quotes").joinpath("models", _TABLE).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {word: int(bits) for word, bits in rows}


def count_words(treebank: Path, folder: Path) -> Counter[str]:
    """Return how often each word stands in a gzipped CoNLL-U file and in the .txt files of a folder."""
    counts: Counter[str] = Counter()
    with gzip.open(treebank, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# text = "):
                counts.update(words(line.removeprefix("# text = ")))
    for path in sorted(folder.glob("*.txt")):
        counts.update(words(path.read_text(encoding="utf-8")))
    return counts


def render_table(counts: Counter[str]) -> str:
    """Return the table as text: only words with fewer than MOST_BITS, in alphabetical order."""
    total = counts.total()
    bits = {word: max(1, round(-math.log2(times / total))) for word, times in counts.items()}
    kept = sorted(word for word in bits if bits[word] < MOST_BITS)
    header = _HEADER.format(most=MOST_BITS, version=VERSION, total=total, kept=len(kept))
    return header + "".join(f"{word}\t{bits[word]}\n" for word in kept)


if __name__ == "__main__":
    treebank, folder, table = map(Path, sys.argv[1:])
    table.write_text(render_table(count_words(treebank, folder)), encoding="utf-8")
