"""Where fuzzing starts from: small sound inputs for each reader, and words of its kind of file."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path

from reading import SCAN

SOUND = Path(__file__).resolve().parent / "sound"
_ANY = [b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xc3", b"\r\n", b"\n\n", b"A" * 200, b"-1", b"2026-03-04"]
# Endings whose readers read what another one's files are like.
_LIKE = {
    SCAN: ".txt",
    ".htm": ".html",
    ".xhtml": ".html",
    ".rss": ".xml",
    ".atom": ".xml",
    ".rdf": ".xml",
    ".opml": ".xml",
    ".ndjson": ".jsonl",
    ".json": ".jsonl",
    ".tsv": ".csv",
    ".mht": ".eml",
    ".mhtml": ".eml",
    ".srt": ".vtt",
}


def kind_of(target: str) -> str:
    """Return the ending that a reader's files usually have; of the mark scanner, that of plain text."""
    return _LIKE.get(target, target)


@cache
def list_seeds(target: str) -> tuple[bytes, ...]:
    """Return sound inputs for a reader, by its ending, or for the mark scanner, plain and packed."""
    endings = {target, kind_of(target)}
    plain = [file.read_bytes() for file in sorted(SOUND.iterdir()) if file.suffix in endings]
    assert plain, f"{target}: put a sound file of this kind into {SOUND.name}/"
    return (*plain, gzip.compress(plain[0], mtime=0))


@cache
def list_words(target: str) -> tuple[bytes, ...]:
    """Return words that mean something to a reader, or to the mark scanner."""
    words = json.loads(SOUND.with_name("words.json").read_text(encoding="utf-8"))
    return (*(word.encode() for word in words[kind_of(target)].split(" ")), *_ANY)
