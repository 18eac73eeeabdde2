"""The persons and bodies an article names: which printed names are the same one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.records import Name
from quotes.speakers.apposition import find_roles
from quotes.speakers.gender import Genders, title_gender
from quotes.speakers.titles import find_callings, title_callings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotes.languages import Language
    from quotes.records import Annotated, Span

_OWNER = re.compile(r"^[^\s'’]{2,30}['’]s (?=[A-Z])")
_OWNED = re.compile(r"(?<=\w)['’]s (?=[A-Z]).{0,80}$")
_GIVEN = re.compile(r"(?<![\w'’-])([A-Z]\w{1,15}) $")
_PARTY = re.compile(r"[A-Z]-[A-Z]")  # “(D-N.Y.)” after a name
_POSSESSIVE = re.compile(r"['’]s?$")
MOST_NAMESAKES = 40
_REMEMBERED = 4_000  # printed names: an article has many of them again and again
LONGEST_SHORTENED = 4  # “Jr.”, “Co.”, “Inc.”: letters and stop of a last word that keeps its stop
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class Known:
    """One person or body of an article: the fullest name, its kind, and where every mention stands.

    `callings` are the nouns that the article's titles and roles give a person ("senator", "former mayor").
    """

    name: str
    kind: str
    role: str | None
    gender: str | None
    mentions: tuple[Span, ...]
    callings: frozenset[str] = frozenset()
    is_place: bool = False


def bare_name(text: str, language: Language) -> str:
    """Return a printed name without titles, a possessive ending and white space.

    >>> from quotes.languages import LANGUAGES
    >>> bare_name("Mrs. Corrigan's", LANGUAGES["en"])
    'Corrigan'
    """
    return _bare(text, language.titles)


@lru_cache(maxsize=_REMEMBERED)
def _bare(text: str, titles: frozenset[str]) -> str:
    bare = _bare_body(text, titles)
    return _OWNED.sub("", bare) if bare.count(" ") > 1 else bare


def body_name(text: str, language: Language) -> str:
    """Return a printed name as `bare_name` does, with what it owns: a body may be called so.

    >>> from quotes.languages import LANGUAGES
    >>> body_name("North Harbour's Rescue Service", LANGUAGES["en"])
    "North Harbour's Rescue Service"
    """
    return _bare_body(text, language.titles)


@lru_cache(maxsize=_REMEMBERED)
def _bare_body(text: str, titles: frozenset[str]) -> str:
    words = _OWNER.sub("", _POSSESSIVE.sub("", " ".join(text.split()))).split(" ")
    while len(words) > 1 and words[0].casefold() in titles:
        words = words[1:]
    shortened = len(words[-1]) <= LONGEST_SHORTENED or words[-1].casefold() in titles
    marks = " ,;:\"“”‘’'" if len(words) > 1 and shortened else " ,.;:\"“”‘’'"
    return " ".join(words).strip(marks)


def surname(name: str) -> str:
    """Return the last word of a name in lower case, a “Jr.” or “III” left out.

    >>> surname("Edwin Maddern Jr.")
    'maddern'
    """
    words = _words(name)
    return words[-1] if words else ""


def know_people(text: str, annotated: Annotated, language: Language) -> tuple[Known, ...]:
    """Return the persons of an article in order of first mention.

    A surname goes with the full name that ends in it: the one such name; the one that a title tells
    (“Mrs. Maddern”); or the one that the surname alone stood for before a second was named. Otherwise it
    stays a person by itself.
    """
    found = [_with_given(text, _after_title(name, language), language) for name in annotated.names]
    names = [name for name in found if name.kind == "PER" and _is_name(name, language)]
    full = _full_names(names, language)
    names = sorted([*names, *_missed(annotated, names, full)], key=lambda name: name.start)
    genders = Genders(text, [(name, bare_name(name.text, language)) for name in names], language)
    groups: dict[str, list[Name]] = {}
    introduced = _Introduced(text, full, genders, language)
    for name in names:
        groups.setdefault(introduced.whole_name(name), []).append(name)
    roles = find_roles(text, annotated, language)
    people = [
        _known(key, group, roles, genders.of(key, introduced.shorter(group))) for key, group in groups.items()
    ]
    return tuple(replace(known, callings=_callings(text, known, roles, introduced)) for known in people)


def _after_title(name: Name, language: Language) -> Name:
    """“Harbour Guard Capt. Ana Roe”, taken for a body, names the person after the title."""
    words = name.text.split(" ")
    titles = [i for i, word in enumerate(words) if word.endswith(".") and word.casefold() in language.titles]
    if name.kind != "ORG" or not titles or titles[-1] == len(words) - 1:
        return name
    start = name.start + len(" ".join(words[: titles[-1] + 1])) + 1
    return Name(start, name.end, name.text[start - name.start :], "PER")


def _with_given(text: str, name: Name, language: Language) -> Name:
    """“Ana [Roe]”, where the models marked only the surname, is Ana Roe."""
    before = _GIVEN.search(text, max(0, name.start - 20), name.start)
    if name.kind != "PER" or " " in name.text or before is None:
        return name
    if before.group(1).casefold() not in language.female_names | language.male_names:
        return name
    return Name(before.start(1), name.end, text[before.start(1) : name.end], "PER")


def _is_name(name: Name, language: Language) -> bool:
    bare = bare_name(name.text, language)
    word = bare.casefold()
    if _PARTY.match(bare):
        return False
    return bare[:1].isupper() and not {word, word.strip("."), re.split("['’]", word)[0]} & (
        language.pronouns.keys() | language.determiners | language.titles
    )


def know_bodies(annotated: Annotated, people: Sequence[Known], language: Language) -> tuple[Known, ...]:
    """Return the organisations and places of an article, one for each distinct name that is no person's."""
    persons = {part for known in people for part in (known.name.casefold(), surname(known.name))}
    names = [
        (bare, name)
        for name in annotated.names
        if name.kind in {"ORG", "LOC"} and (bare := body_name(name.text, language)).casefold() not in persons
    ]
    whole = _whole_bodies(bare for bare, name in names if name.kind == "ORG")
    groups: dict[str, list[Name]] = {}
    for bare, name in names:
        groups.setdefault(whole.get(bare, bare), []).append(name)
    return tuple(
        Known(
            key,
            "organisation",
            None,
            None,
            tuple((n.start, n.end) for n in group),
            is_place=all(n.kind == "LOC" for n in group),
        )
        for key, group in groups.items()
    )


def _whole_bodies(names: Iterable[str]) -> dict[str, str]:
    """From “Post” to “Harbour Post” and from “HRC” to “Harbour Relief Committee”, where there is one such."""
    distinct = dict.fromkeys(names)
    longer: dict[str, list[str]] = {}
    for name in distinct:
        for short in _shorten_body(name.split()):
            longer.setdefault(short, []).append(name)
    whole: dict[str, str] = {}
    for short in sorted(distinct, key=len, reverse=True):  # what is longer is settled first
        wholes = {whole.get(name, name) for name in longer.get(short, ())}
        if len(wholes) == 1:
            whole[short] = wholes.pop()
    return whole


def _shorten_body(words: Sequence[str]) -> set[str]:
    """Return the short forms of a name: its last words, its capitals, the capitals of its first words."""
    shorter = {" ".join(words[first:]) for first in range(1, len(words))}
    for end in range(2, len(words) + 1):  # NY Daily News, HRC
        capitals = "".join(word[0] for word in words[:end] if word[0].isupper())
        shorter.add(" ".join([capitals, *words[end:]]))
    return shorter


def _missed(annotated: Annotated, names: Sequence[Name], full: Counter[str]) -> Iterator[Name]:
    """Yield the lone surnames, of persons marked elsewhere, that the models did not mark as persons."""
    others = [name for name in annotated.names if name.kind != "PER"]
    lone = {name.text for name in names if " " not in name.text} - {name.text for name in others}
    surnames = {word for word in lone | {name.split()[-1] for name in full} if len(word) > 2}
    taken = [*names, *(name for name in others if " " in name.text)]
    covered = {offset for name in taken for offset in range(name.start, name.end)}
    for sentence in annotated.sentences:
        for token in sentence.tokens:
            if token.text in surnames and token.upos == "PROPN" and token.start not in covered:
                yield Name(token.start, token.end, token.text, "PER")


def _full_names(names: Sequence[Name], language: Language) -> Counter[str]:
    full = Counter(bare_name(name.text, language) for name in names if " " in bare_name(name.text, language))
    ending: dict[str, list[str]] = {}
    for name in full:
        ending.setdefault(_words(name)[-1], []).append(name)
    return Counter(
        {
            name: times
            for name, times in full.items()
            if not _is_part_of_other(name, ending[_words(name)[-1]][:MOST_NAMESAKES])
        }
    )


def _is_part_of_other(name: str, namesakes: Iterable[str]) -> bool:
    """“Ted Maddern” beside “Ted A. Maddern”: the longer name stands for both."""
    words = _words(name)
    longer = (_words(other) for other in namesakes)
    return any(len(other) > len(words) and set(words) <= set(other) for other in longer)


def _words(name: str) -> list[str]:
    words = name.casefold().replace(",", " ").split()
    while len(words) > 1 and words[-1].strip(".") in _SUFFIXES:
        words = words[:-1]
    return words


class _Introduced:
    """The full names of an article, and whom a lone surname has stood for so far."""

    def __init__(self, text: str, full: Counter[str], genders: Genders, language: Language) -> None:
        self._text = text
        self._full, self._genders, self.language = full, genders, language
        self._ending: dict[str, list[str]] = {}
        self._starting: dict[str, list[str]] = {}
        for name in full:
            words = _words(name)
            self._ending.setdefault(words[-1], []).append(name)
            self._starting.setdefault(words[0], []).append(name)
        self._seen: set[str] = set()
        self._alone: dict[tuple[str, str | None], str] = {}

    def whole_name(self, name: Name) -> str:
        """Return the full name that `name` stands for, or the name itself; names come in their order."""
        bare = bare_name(name.text, self.language)
        words = _words(bare)
        if bare in self._full:
            self._seen.add(bare)
            return bare
        matches = self._match(words)
        if len(matches) > 1:
            matches = self._narrow(name, bare, matches)
        if len(matches) == 1:
            self._seen.add(matches[0])
            if len(words) == 1:
                for called in {None, self._gender_told(name)}:
                    self._alone.setdefault((bare, called), matches[0])
            return matches[0]
        return bare

    def shorter(self, group: Sequence[Name]) -> set[str]:
        """Return the bare names in `group` that stand for no other person."""
        return {bare_name(name.text, self.language) for name in group if not self.is_shared(name)}

    def is_shared(self, name: Name) -> bool:
        """Return whether `name` is a lone surname of several persons."""
        words = _words(bare_name(name.text, self.language))
        return len(words) == 1 and len(self._ending.get(words[0], ())) > 1

    def _match(self, words: list[str]) -> list[str]:
        """The full names that end as `words` do; a lone first name where none does."""
        if not words or len(words[0]) < 2:
            return []
        ending = self._ending.get(words[-1], [])[:MOST_NAMESAKES]
        matches = [full for full in ending if len(words) == 1 or set(words) <= set(_words(full))]
        return matches or (self._starting.get(words[0], [])[:MOST_NAMESAKES] if len(words) == 1 else [])

    def _narrow(self, name: Name, bare: str, matches: list[str]) -> list[str]:
        wanted = self._gender_told(name)
        if wanted:
            matches = [match for match in matches if wanted in (self._genders.of(match) or {wanted})]
            fitting = [match for match in matches if self._genders.of(match)]
            if len(fitting) == 1 or len(matches) == 1:
                return fitting or matches
        alone = self._alone.get((bare, wanted))
        return [alone] if alone and alone in matches else [one for one in matches if one in self._seen]

    def _gender_told(self, name: Name) -> str | None:
        """Return the gender that a title before a name or in it tells."""
        before = self._text[max(0, name.start - 12) : name.start].split()[-1:]
        return title_gender(" ".join([*before, name.text]), self.language) or title_gender(
            name.text, self.language
        )


def _known(key: str, group: list[Name], roles: dict[Span, str], gender: set[str]) -> Known:
    given = Counter(roles[(n.start, n.end)] for n in group if (n.start, n.end) in roles)
    role = max(given, key=lambda words: (given[words], len(words), words)) if given else None
    spans = tuple((n.start, n.end) for n in group)
    return Known(key, "person", role, next(iter(gender)) if len(gender) == 1 else None, spans)


def _callings(text: str, known: Known, roles: dict[Span, str], names: _Introduced) -> frozenset[str]:
    """The nouns for a person; a surname that two persons share tells nothing (“President Maddern”)."""
    found: set[str] = set()
    for start, end in known.mentions:
        name = Name(start, end, text[start:end], "PER")
        if not names.is_shared(name):
            found.update(find_callings(roles.get((start, end), ""), names.language))
            found.update(title_callings(text, name, names.language))
    return frozenset(found)
