"""The role that an article prints beside each name: right before it, or in apposition either way."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from quotes.speakers.merging.lists import load_lists

if TYPE_CHECKING:
    from quotes.languages import Language
    from quotes.records import Annotated, Name, Sentence, Span

_ROLE_LINKS = frozenset(
    {"compound", "amod", "nmod", "nmod:desc", "nmod:poss", "flat", "det", "nummod", "punct", "case"}
)
_BEFORE_NAME = _ROLE_LINKS | {"nsubj", "obj", "obl", "appos"}
_KIN = frozenset(
    {"brother", "sister", "husband", "wife", "son", "daughter", "father", "mother", "widow", "widower",
     "uncle", "aunt", "cousin", "nephew", "niece", "partner", "friend", "grandmother", "grandfather", "twin"}
)  # fmt: skip
LONGEST_ROLE = 10


def find_roles(text: str, annotated: Annotated, language: Language) -> dict[Span, str]:
    """Return the role printed beside each name of a person, by the span of the name."""
    found: dict[Span, str] = {}
    persons = [name for name in annotated.names if name.kind == "PER"]
    position = 0
    for sentence in annotated.sentences:
        while position < len(persons) and persons[position].end <= sentence.start:
            position += 1
        for name in persons[position:]:
            if name.start >= sentence.end:
                break
            role = _role_of(text, sentence, name, language)
            if role and role.casefold() not in _KIN:
                found[(name.start, name.end)] = role
    return found


def _role_of(text: str, sentence: Sentence, name: Name, language: Language) -> str | None:
    tokens = sentence.tokens
    first = bisect_left(tokens, (name.start,))
    inside = range(first, bisect_left(tokens, (name.end,), first))
    if not inside:
        return None
    head = next((i for i in inside if tokens[i].head not in inside), inside[-1])
    before = _words_before(sentence, inside[0])
    if before and _is_role(sentence, before, language):
        return _phrase(text, sentence, before)
    for index in (
        tokens[head].head,
        *(i for i, t in enumerate(tokens) if t.head == head and t.deprel == "appos"),
    ):
        linked = index >= 0 and (tokens[head].deprel == "appos" or tokens[index].deprel == "appos")
        if linked and index not in inside and _is_calling(tokens[index].text.casefold(), language):
            return _phrase(text, sentence, _noun_phrase(sentence, index, set(inside)))
    return None


def _words_before(sentence: Sentence, first: int) -> list[int]:
    """The unbroken run of describing words right before a name."""
    run: list[int] = []
    for index in range(first - 1, max(-1, first - 1 - LONGEST_ROLE), -1):
        token = sentence.tokens[index]
        if token.upos not in {"NOUN", "PROPN", "ADJ"} or token.deprel not in _BEFORE_NAME:
            break
        run.insert(0, index)
    return run


def _is_role(sentence: Sentence, words: list[int], language: Language) -> bool:
    last = sentence.tokens[words[-1]].text.casefold()
    return _is_calling(last, language) or (last in language.titles and len(words) > 1)


def _is_calling(word: str, language: Language) -> bool:
    return word in language.person_nouns or word in load_lists().fields


def _noun_phrase(sentence: Sentence, head: int, without: set[int]) -> list[int]:
    """A noun with the words that describe it, unbroken, leaving out `without`."""
    below = {head}
    for _ in range(4):
        below |= {
            i for i, t in enumerate(sentence.tokens)
            if t.head in below and i not in without and t.deprel in _ROLE_LINKS and t.upos != "PUNCT"
        }  # fmt: skip
    phrase = [head]
    for index in range(head - 1, -1, -1):
        if index not in below:
            break
        phrase.insert(0, index)
    for index in range(head + 1, min(len(sentence.tokens), head + LONGEST_ROLE)):
        if index not in below:
            break
        phrase.append(index)
    return phrase


def _phrase(text: str, sentence: Sentence, words: list[int]) -> str | None:
    """The words of a role without its article ("the council’s spokesperson" is "council’s spokesperson")."""
    while words and sentence.tokens[words[0]].upos in {"DET", "PRON", "PUNCT", "ADP"}:
        words = words[1:]
    if not words:
        return None
    return " ".join(text[sentence.tokens[words[0]].start : sentence.tokens[words[-1]].end].split())
