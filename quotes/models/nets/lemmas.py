"""Dictionary forms, looked up by a word and its part of speech, as Stanza's dictionary lemmatizer does."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ANY = ""
"""Stands for words whose dictionary form is the same whatever their part of speech."""


class Lemmas:
    """The dictionary form of each of many words, by part of speech."""

    def __init__(self, by_tag: Mapping[str, Mapping[str, str]]) -> None:
        self.by_tag = by_tag

    @classmethod
    def load(cls, path: Path) -> Lemmas:
        """Read what `save` wrote."""
        with gzip.open(path, "rt", encoding="utf-8") as kept:
            return cls(json.load(kept))

    def save(self, path: Path) -> None:
        """Write the dictionary as gzipped JSON, the same bytes for the same words."""
        text = json.dumps(self.by_tag, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        path.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))

    def find(self, word: str, upos: str) -> str:
        """Return the dictionary form of `word`; the word itself where the dictionary lacks it."""
        of_tag = self.by_tag.get(upos)
        found = of_tag.get(word) if of_tag else None
        return found if found is not None else self.by_tag.get(ANY, {}).get(word, word)
