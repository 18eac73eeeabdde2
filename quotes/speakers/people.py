"""The persons and bodies an article names: which mentions are the same one, and the role each is given."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.languages import Language
    from quotes.records import Annotated, Name, Sentence, Span

_OWNER = re.compile(r"^[^\s'’]{2,30}['’]s (?=[A-Z])")
_PARTY = re.compile(r"[A-Z]-[A-Z]")  # “(D-N.Y.)” after a name
_POSSESSIVE = re.compile(r"['’]s?$")
_ROLE_LINKS = frozenset(
    {"compound", "amod", "nmod", "nmod:desc", "nmod:poss", "flat", "det", "nummod", "punct", "case"}
)
_BEFORE_NAME = _ROLE_LINKS | {"nsubj", "obj", "obl", "appos"}
LONGEST_ROLE = 10


@dataclass(frozen=True, slots=True)
class Known:
    """One person or body of an article: the fullest name, its kind, and where every mention stands."""

    name: str
    kind: str
    role: str | None
    gender: str | None
    mentions: tuple[Span, ...]


def bare_name(text: str, language: Language) -> str:
    """Return a printed name without titles, a possessive ending and white space.

    >>> from quotes.languages import LANGUAGES
    >>> bare_name("Mrs. Corrigan's", LANGUAGES["en"])
    'Corrigan'
    """
    words = _OWNER.sub("", _POSSESSIVE.sub("", " ".join(text.split()))).split(" ")
    while len(words) > 1 and words[0].casefold() in language.titles:
        words = words[1:]
    return " ".join(words).strip(" ,.;:\"“”‘’'") if len(words) == 1 else " ".join(words).strip(" ,;:\"“”‘’'")


def know_people(text: str, annotated: Annotated, language: Language) -> tuple[Known, ...]:
    """Return the persons of an article in order of first mention.

    A surname goes with the full name that ends in it if there is one such name, or if a title tells which
    (“Mrs. Maddern”); otherwise it stays a person by itself.
    """
    names = [name for name in annotated.names if name.kind == "PER" and _is_name(name, language)]
    full = _full_names(names, language)
    genders = _genders(text, names, language)
    groups: dict[str, list[Name]] = {}
    for name in names:
        key = _whole_name(name, full, genders, language)
        groups.setdefault(key, []).append(name)
    roles = _roles(text, annotated, language)
    return tuple(_known(key, group, roles, genders) for key, group in groups.items())


def _is_name(name: Name, language: Language) -> bool:
    bare = bare_name(name.text, language)
    word = bare.casefold()
    if _PARTY.match(bare):
        return False
    return bare[:1].isupper() and not {word, word.strip(".")} & (
        language.pronouns.keys() | language.determiners | language.titles
    )


def know_bodies(annotated: Annotated, language: Language) -> tuple[Known, ...]:
    """Return the organisations and places of an article, one for each distinct name."""
    groups: dict[str, list[Name]] = {}
    for name in annotated.names:
        if name.kind in {"ORG", "LOC"}:
            groups.setdefault(bare_name(name.text, language), []).append(name)
    return tuple(
        Known(key, "organisation", None, None, tuple((n.start, n.end) for n in group))
        for key, group in groups.items()
    )


def _full_names(names: Sequence[Name], language: Language) -> Counter[str]:
    full = Counter(bare_name(name.text, language) for name in names if " " in bare_name(name.text, language))
    return Counter({name: times for name, times in full.items() if not _is_part_of_other(name, full)})


def _is_part_of_other(name: str, full: Iterable[str]) -> bool:
    """“Ted Maddern” beside “Ted A. Maddern”: the longer name stands for both."""
    words = name.casefold().split()
    for other in full:
        longer = other.casefold().split()
        if len(longer) > len(words) and words[-1] == longer[-1] and set(words) <= set(longer):
            return True
    return False


def _whole_name(name: Name, full: Counter[str], genders: dict[str, set[str]], language: Language) -> str:
    bare = bare_name(name.text, language)
    words = bare.casefold().split()
    matches = [f for f in full if f != bare and _names_same(words, f.casefold().split())]
    if bare in full or not matches:
        return bare
    if len(matches) == 1:
        return matches[0]
    wanted = _title_gender(name.text, language)
    fitting = [match for match in matches if wanted and wanted in genders.get(match, set())]
    return fitting[0] if len(fitting) == 1 else bare


def _names_same(words: list[str], longer: list[str]) -> bool:
    if len(words) == 1:
        return words[0] in {longer[-1], longer[0]} and len(words[0]) > 1
    return words[-1] == longer[-1] and set(words) <= set(longer)


def _title_gender(printed: str, language: Language) -> str | None:
    first = printed.split()[0].casefold() if printed.split() else ""
    if first in language.female_words:
        return "female"
    return "male" if first in language.male_words else None


def _genders(text: str, names: Sequence[Name], language: Language) -> dict[str, set[str]]:
    """What titles and role words beside a name tell of its gender."""
    found: dict[str, set[str]] = {}
    for name in names:
        nearby = re.findall(r"[\w-]+\.?", text[max(0, name.start - 30) : name.end + 30].casefold())
        before = re.findall(r"[\w-]+\.?", text[max(0, name.start - 16) : name.start].casefold())[-1:]
        bare = bare_name(name.text, language)
        words = {*before, name.text.split()[0].casefold()}
        after = re.match(r", (?:an?|the) (?:\w+ ){0,3}?(\w*(?:wo)?man)\b", text[name.end : name.end + 60])
        if after and nearby:
            words.add(after.group(1).casefold())
        first = bare.split()[0].casefold() if " " in bare else ""
        if words & language.female_words or first in language.female_names:
            found.setdefault(bare, set()).add("female")
        if words & language.male_words or first in language.male_names:
            found.setdefault(bare, set()).add("male")
    return found


def _known(key: str, group: list[Name], roles: dict[Span, str], genders: dict[str, set[str]]) -> Known:
    given = Counter(roles[(n.start, n.end)] for n in group if (n.start, n.end) in roles)
    role = max(given, key=lambda words: (given[words], len(words), words)) if given else None
    gender = genders.get(key, set())
    return Known(
        key,
        "person",
        role,
        next(iter(gender)) if len(gender) == 1 else None,
        tuple((n.start, n.end) for n in group),
    )


def _roles(text: str, annotated: Annotated, language: Language) -> dict[Span, str]:
    """The role printed beside each name: right before it, or in apposition either way."""
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
            if role:
                found[(name.start, name.end)] = role
    return found


def _role_of(text: str, sentence: Sentence, name: Name, language: Language) -> str | None:
    tokens = sentence.tokens
    inside = [i for i, token in enumerate(tokens) if name.start <= token.start < name.end]
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
        if linked and index not in inside and tokens[index].text.casefold() in language.person_nouns:
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
    return last in language.person_nouns or (last in language.titles and len(words) > 1)


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
