"""Common words that are names: a frozen list, and the script that made it.

    python -m quotes.models.name_words UD_TRAIN.conllu.gz FOLDER_OF_TEXTS LIST.tsv

The first word of a sentence has a capital, name or not. Other words that open one are taken for names by it;
those in the table of word information only if they are listed here.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.models.word_information import load_bits
from quotes.text.normal import printed_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LEAST_TIMES, LEAST_SHARE = 5, 0.97
_LEAST_WORDS = 6  # a line of fewer, or with most words capitalised, may be a headline
_LIST = "name_words.tsv"
_HEADER = """\
# English words among those of word_information.tsv that have a capital wherever they stand: in {share:.0%} of
# {times} places or more within a sentence. {kept} words.
# Sources: training texts of UD English EWT and GUM without its non-commercial genres (CC BY-SA 4.0, CC BY),
# and of PolNeAR v1.0 (news articles; no licence stated). Words only: no text of any source is here.
# Made by: python -m quotes.models.name_words ud-train.conllu.gz polnear/text/train name_words.tsv
"""


@cache
def load_name_words() -> frozenset[str]:
    """Return the common words that are names, as they are compared ("monday", "russia")."""
    lines = resources.files("quotes").joinpath("models", _LIST).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def read_lines(treebank: Path, folder: Path) -> Iterator[str]:
    """Yield the sentences of a gzipped CoNLL-U file and the lines of the .txt files of a folder."""
    with gzip.open(treebank, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# text = "):
                yield line.removeprefix("# text = ")
    for path in sorted(folder.glob("*.txt")):
        yield from path.read_text(encoding="utf-8").splitlines()


def find_names(lines: Iterable[str], listed: Iterable[str]) -> list[str]:
    """Return those of the `listed` words that have a capital within sentences, in alphabetical order."""
    times: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for line in lines:
        words = printed_words(line)
        begins = [word.text[:1].isupper() for word in words]
        if len(words) < _LEAST_WORDS or sum(begins) > len(words) / 2:
            continue
        for word, is_capital in zip(words, begins, strict=True):
            if not word.opens:
                times[word.key] += 1
                capitals[word.key] += is_capital
    return sorted(
        word
        for word in listed
        if word.isalpha() and len(word) > 1 and times[word] >= LEAST_TIMES
        and capitals[word] >= LEAST_SHARE * times[word]
    )  # fmt: skip


if __name__ == "__main__":
    treebank, folder, target = map(Path, sys.argv[1:])
    found = find_names(read_lines(treebank, folder), load_bits())
    header = _HEADER.format(share=LEAST_SHARE, times=LEAST_TIMES, kept=len(found))
    target.write_text(header + "".join(f"{word}\n" for word in found), encoding="utf-8")
