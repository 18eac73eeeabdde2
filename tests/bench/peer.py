"""The peer in the measurements at scale: datasketch finds candidates, rapidfuzz verifies them.

What a capable user of both would write: identical texts are collapsed, shingles are hashed by a quick
function, scores are computed in batches. Neither library knows days or speakers: where the quotes have them,
candidates of other speakers or days far apart are dropped before they are verified.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from datasketch import MinHash, MinHashLSH
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from quotes.records import Printed

    Integers = NDArray[np.int64]
    Floats = NDArray[np.float32]

PERMUTATIONS = 128
DAYS = 7  # an occasion
_STEP = 1 << 20  # pairs verified together: bounds memory
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Settings:
    """How the peer goes about it.

    Candidates share shingles of so many words, to the index's `threshold` (Jaccard); they are one utterance
    from `cutoff` on by rapidfuzz's `scorer`. `joining` makes groups of all that is connected ("components"),
    or connects each text with its best longer one alone ("forest").
    """

    shingle: int
    threshold: float
    scorer: str
    cutoff: int
    joining: str

    def __str__(self) -> str:
        return (
            f"shingles of {self.shingle} words, threshold {self.threshold},"
            f" {self.scorer} from {self.cutoff}, {self.joining}"
        )


# The best F1 of those that tune_peer.py tries on 100,000 quotes, by what is known of each quote.
SETTINGS = {
    "words": Settings(2, 0.5, "partial_ratio", 90, "forest"),
    "words, days": Settings(2, 0.1, "partial_ratio", 70, "forest"),
    "words, days, speakers": Settings(2, 0.05, "partial_ratio", 60, "components"),
}


@dataclass(frozen=True, slots=True)
class Texts:
    """Columns of distinct texts (lower-case words alone), and which of them each quote has.

    `days` are ordinals, `speakers` numbers; both are 0 where they are unknown.
    """

    distinct: list[str]
    lengths: Integers
    days: Integers
    speakers: Integers
    rows: Integers


@dataclass(frozen=True, slots=True)
class Candidates:
    """Columns of pairs of texts, by their places."""

    late: Integers
    early: Integers


def group_by_peer(quotes: Sequence[Printed], settings: Settings) -> dict[str, str]:
    """Return the group of each quote, by the quote's id."""
    texts = collect_texts(quotes)
    candidates = find_candidates(texts, settings.shingle, settings.threshold)
    scores = score(texts, candidates, settings.scorer, settings.cutoff)
    groups = join(texts, candidates, scores, settings.cutoff, settings.joining)
    return name_groups(quotes, texts, groups)


def collect_texts(quotes: Sequence[Printed]) -> Texts:
    """Return the distinct texts of `quotes`; those of another day or speaker are distinct."""
    places: dict[tuple[str, str | None, str | None], int] = {}
    rows = []
    for quote in quotes:
        words = " ".join(_WORD.findall(quote.text.lower()))
        rows.append(places.setdefault((words, quote.published, quote.speaker), len(places)))
    numbers: dict[str | None, int] = {None: 0}
    return Texts(
        distinct=[words for words, _, _ in places],
        lengths=np.array([len(words) for words, _, _ in places]),
        days=np.array([date.fromisoformat(day).toordinal() if day else 0 for _, day, _ in places]),
        speakers=np.array([numbers.setdefault(speaker, len(numbers)) for _, _, speaker in places]),
        rows=np.array(rows),
    )


def find_candidates(texts: Texts, shingle: int, threshold: float) -> Candidates:
    """Return the pairs of texts that share a bucket, a speaker and an occasion."""
    index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    found: list[int] = []
    counts = []
    shingled = (_cut(text, shingle) for text in texts.distinct)
    for place, sketch in enumerate(MinHash.generator(shingled, num_perm=PERMUTATIONS, hashfunc=crc32)):
        others = index.query(sketch)
        index.insert(place, sketch, check_duplication=False)
        found += others
        counts.append(len(others))
    late, early = np.repeat(np.arange(len(counts)), counts), np.array(found, dtype=np.int64)
    near = np.abs(texts.days[late] - texts.days[early]) <= DAYS
    kept = near & (texts.speakers[late] == texts.speakers[early])
    return Candidates(late[kept], early[kept])


def _cut(text: str, shingle: int) -> set[bytes]:
    """Return the shingles of a text; a shorter text is one shingle."""
    words = text.encode().split()
    starts = range(max(len(words) - shingle + 1, 1))
    return {b" ".join(words[start : start + shingle]) for start in starts}


def score(texts: Texts, candidates: Candidates, scorer: str, cutoff: int) -> Floats:
    """Return the score of each pair, from 0 to 100; below `cutoff` it is 0."""
    return np.concatenate([np.zeros(0, np.float32), *_score_steps(texts, candidates, scorer, cutoff)])


def _score_steps(texts: Texts, candidates: Candidates, scorer: str, cutoff: int) -> Iterator[Floats]:
    options: dict[str, Any] = {"scorer": getattr(fuzz, scorer), "score_cutoff": cutoff, "dtype": np.float32}
    for start in range(0, len(candidates.late), _STEP):
        late, early = (
            [texts.distinct[place] for place in column[start : start + _STEP].tolist()]
            for column in (candidates.late, candidates.early)
        )
        yield cpdist(late, early, **options)


def join(texts: Texts, candidates: Candidates, scores: Floats, cutoff: int, joining: str) -> Integers:
    """Return the group of each text."""
    kept = np.flatnonzero(scores >= cutoff)
    late, early, scores = candidates.late[kept], candidates.early[kept], scores[kept]
    if joining == "forest":
        best = _find_best_longer(texts.lengths, late, early, scores)
        late, early = late[best], early[best]
    count = len(texts.distinct)
    links = coo_matrix((np.ones(len(late), dtype=np.bool_), (late, early)), shape=(count, count))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def _find_best_longer(lengths: Integers, late: Integers, early: Integers, scores: Floats) -> Integers:
    """Return the pair of each text with the longer text that it matches best."""
    longer_late = lengths[late] > lengths[early]
    short, long = np.where(longer_late, early, late), np.where(longer_late, late, early)
    order = np.lexsort((long, -lengths[long], -scores, short))
    is_first = np.concatenate((np.ones(min(1, len(order)), np.bool_), np.diff(short[order]) != 0))
    return np.asarray(order[is_first])


def name_groups(quotes: Sequence[Printed], texts: Texts, groups: Integers) -> dict[str, str]:
    """Return the group of each quote, given the group of each text."""
    return {quote.id: str(group) for quote, group in zip(quotes, groups[texts.rows].tolist(), strict=True)}
