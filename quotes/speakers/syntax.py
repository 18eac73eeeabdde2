"""The grammar around a mention: what part it plays in its clause, and in which clause."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.records import Sentence, Span, Token

_CLAUSES = frozenset({"root", "parataxis", "conj"})
_OBJECTS = frozenset({"obj", "iobj"})
_CHAIN = 6


@dataclass(frozen=True, slots=True)
class Place:
    """`part` is "main" (subject of a main clause), "subject", "source", "object", "owner" or "other".

    `clause` is the offset of the word that governs the mention (-1 where there is none), `verb` its lemma.
    """

    part: str
    clause: int
    verb: str

    @property
    def is_subject(self) -> bool:
        """Whether the mention is the subject of any clause, or named as the source of one."""
        return self.part in {"main", "subject", "source"}


def head_of(sentence: Sentence, span: Span) -> Token | None:
    """Return the word of `span` that the others hang on: the first whose governor stands outside."""
    tokens = sentence.tokens
    first = bisect_left(tokens, (span[0],))
    inside = range(first, bisect_left(tokens, (span[1],), first))
    for index in inside:
        if tokens[index].head not in inside and tokens[index].deprel != "punct":
            return tokens[index]
    return None


def find_place(sentence: Sentence, span: Span) -> Place:
    """Return the part that the words at `span` play; of “Ana and Bea”, each plays the part of both."""
    tokens = sentence.tokens
    token = head_of(sentence, span)
    for _ in range(_CHAIN):
        if token is None or token.deprel not in {"conj", "appos", "flat"} or token.head < 0:
            break
        token = tokens[token.head]
    if token is None or token.head < 0:
        return Place("other", -1, "")
    governor = tokens[token.head]
    return Place(_part(token, governor, sentence), governor.start, governor.lemma.casefold())


def _part(token: Token, governor: Token, sentence: Sentence) -> str:
    if token.deprel.startswith("nsubj"):
        return "main" if _is_main(governor, sentence) else "subject"
    if token.deprel in _OBJECTS:
        return "object"
    if _is_source(token, sentence):
        return "source"
    return "owner" if token.deprel == "nmod:poss" else "other"


def _is_source(token: Token, sentence: Sentence) -> bool:
    """According to [Ana Roe]"""
    tokens = sentence.tokens
    below = (one for one in tokens if one.head >= 0 and tokens[one.head] is token)
    return any(one.text.casefold() == "according" for one in below)


def _is_main(verb: Token, sentence: Sentence) -> bool:
    """Whether the clause hangs on nothing but other main clauses."""
    for _ in range(_CHAIN):
        if verb.deprel not in _CLAUSES:
            return False
        if verb.head < 0:
            return True
        verb = sentence.tokens[verb.head]
    return False
