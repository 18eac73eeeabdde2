"""Any bytes give articles, addresses or reasons, by any reader, and any text is scanned: never an error."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "hostile"))

from reading import SCAN, check, check_scan
from seeding import list_seeds, list_words

from quotes.languages import LANGUAGES
from quotes.sources import READERS

TARGETS = sorted({reader: ending for ending, reader in reversed(READERS.items())}.values())
"""An ending for each reader."""
EXAMPLES = 20_000
_SCANS = 8_000
_MOST_SECONDS = 5.0
few_shrinks = settings(
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
MARKS = "“”\"'‘’«»„‹›—-,.:;?!()[] \n\tsaid SheAnnÄß中\u200b\ufeff"


def damage(target: str) -> st.SearchStrategy[bytes]:
    """Inputs that are sound for a while: seeds with words and bytes put in, taken out and exchanged."""
    pieces = st.one_of(st.sampled_from(list_words(target)), st.binary(max_size=8))
    edits = st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 40), pieces), max_size=8)
    return st.builds(edit, st.sampled_from(list_seeds(target)), edits)


def edit(seed: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    for at, gone, piece in edits:
        place = at % (len(seed) + 1)
        seed = seed[:place] + piece + seed[place + gone :]
    return seed


def make_up(target: str) -> st.SearchStrategy[bytes]:
    """Inputs made of the words of a kind of file, or of nothing but bytes."""
    words = st.lists(st.sampled_from(list_words(target)), max_size=40).map(b" ".join)
    return st.one_of(words, st.binary(max_size=300))


@pytest.mark.parametrize("target", TARGETS)
def test_any_bytes_give_clean_records(target: str) -> None:
    @settings(few_shrinks, max_examples=(EXAMPLES - _SCANS) // len(TARGETS) + 1)
    @given(st.one_of(damage(target), damage(target), make_up(target)))
    def look(data: bytes) -> None:
        began = time.monotonic()
        check(target, data)
        assert time.monotonic() - began < _MOST_SECONDS

    look()


@settings(few_shrinks, max_examples=_SCANS // 2)
@given(st.text(st.sampled_from(MARKS), max_size=300), st.sampled_from(sorted(LANGUAGES)))
def test_quotes_stand_in_any_text_of_marks(text: str, language: str) -> None:
    check_scan(text, language)


@settings(few_shrinks, max_examples=_SCANS // 2)
@given(st.one_of(st.text(max_size=300), damage(SCAN).map(lambda data: data.decode("utf-8", "replace"))))
def test_quotes_stand_in_any_text(text: str) -> None:
    check_scan(text)
