"""How two lists of words are aligned: by rapidfuzz, or where there is none (Pyodide), by plain Python."""

from __future__ import annotations

try:
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Indel, LCSseq
except ModuleNotFoundError:
    from quotes.text.plain_alignments import Indel, LCSseq, fuzz  # type: ignore[no-redef]

__all__ = ["Indel", "LCSseq", "fuzz"]
