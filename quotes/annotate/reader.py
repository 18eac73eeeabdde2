"""What a set of models has to do: read sentences of words. Two sets do it, the embedded and the official."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class WordRead(NamedTuple):
    """What models say of one word: `head` is the index of its governor in the sentence, -1 at the root."""

    lemma: str
    upos: str
    xpos: str
    deprel: str
    head: int


class NameRead(NamedTuple):
    """A name: the index of its first word, that after its last, and "PER", "ORG", "LOC" or "MISC"."""

    first: int
    after: int
    kind: str


class Reader(Protocol):
    """A set of models in memory. Sentences are given as their words."""

    def find_names(self, sentences: Sequence[Sequence[str]]) -> list[list[NameRead]]:
        """Return the names in each sentence, in order."""

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[list[WordRead]]:
        """Return what the models say of each word of each sentence."""
