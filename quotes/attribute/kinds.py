"""Quoted words that are nobody's speech: titles, slogans on things, nicknames, words set at a distance.

A kind is given only where the words beside the marks say so. Whatever is in doubt may be speech, because a
speaker lost is worse than a title with no kind. Chants are speech: the crowd said them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from quotes.attribute.place import Place
    from quotes.attribute.reading import Reading, Word
    from quotes.records import Span

LONGEST_TITLE, LONGEST_NICKNAME = 14, 4  # words
BESIDE = 8  # words looked at on each side
HEARING = 80  # words on each side, in the paragraph, of which none may tell of speech
_LIST_REACH, _LONGEST_JOINT = 400, 8  # characters
_MARKS = "\"“”‘’'`«»„‚"
_LETTERS = re.compile(r"[^\W_][\w’'&-]*")
_JOINT = re.compile(rf"[{_MARKS}]{{0,2}}(?:[,;] ?|\s)(?:(?:and|or|&)\s)?[{_MARKS}]{{0,2}}")
_NOUN_PHRASE = frozenset({"DET", "ADJ", "ADV", "NUM", "NOUN", "PROPN", "PUNCT"})
_PERSONAL = frozenset({"male", "female", "plural"})
_LONG_PHRASE = _NOUN_PHRASE - {"PUNCT"} | {"ADP", "PART"}
_DATA = tomllib.loads(files("quotes.attribute").joinpath("kinds.toml").read_text(encoding="utf-8"))
_LISTS = {name: frozenset[str](words) for name, words in _DATA.items()}


@dataclass(frozen=True, slots=True)
class _Setting:
    """A quote's own words, and the reporter's words beside it or beside the list of quotes it stands in."""

    words: Sequence[str]
    before: Sequence[Word]
    after: Sequence[Word]
    alone: bool  # not in a list
    opened: bool  # a space and a mark are all that stand between it and the words before
    closed: bool  # likewise after, and no comma or stop ends it

    def ends(self, *forms: str) -> bool:
        """Whether the words before end with `forms`."""
        return tuple(word.form for word in self.before[-len(forms) :]) == forms

    @property
    def introduced(self) -> Sequence[Word]:
        """The words before, without a comma that leads to the quote."""
        comma = len(self.before) > 1 and self.before[-1].text == ","
        return self.before[:-1] if comma else self.before

    @property
    def named(self) -> bool:
        """Whether the words are written as a name, small words aside."""
        large = [word for word in self.words if word.casefold() not in _LISTS["small"]]
        return bool(large) and not any(word[0].islower() for word in large)

    @property
    def titled(self) -> bool:
        """Whether the words are written as a title: as a name that begins with a capital."""
        return self.named and not self.words[0][0].islower()


def find_kind(reading: Reading, place: Place) -> str | None:
    """Return which of records.NOT_SPEECH the quoted words are, or None where they may be speech."""
    words = _LETTERS.findall(place.quote.text)
    if not 0 < len(words) <= LONGEST_TITLE or len(place.quote.spans) > 1:
        return None
    setting = _set(reading, place, words)
    if any(_cries(word) for word in setting.before[-2:]):
        return None
    kinds = (rule(reading, setting) for rule in _RULES)
    return next((kind for kind in kinds if kind), None)


def _cries(word: Word) -> bool:
    return word.lemma in _LISTS["cries"] and (word.upos == "NOUN" or word.lemma != "call")


def _is_any(word: Word, nouns: Container[str]) -> bool:
    return word.lemma in nouns or word.form.removesuffix("s") in nouns


def _set(reading: Reading, place: Place, words: Sequence[str]) -> _Setting:
    first, last = _list_around(reading, place.span)
    before = _unquoted(reading, reversed(reading.between(place.paragraph.start, first[0])[-BESIDE:]))[::-1]
    after = _unquoted(reading, reading.between(last[1], place.paragraph.end + 1)[:BESIDE])
    opened = bool(before) and first[0] - before[-1].end <= 3
    closed = bool(after) and after[0].start - last[1] <= 3 and reading.text[last[1] - 1] not in ",.!?"
    return _Setting(words, before, after, first == last, opened, closed)


def _unquoted(reading: Reading, indexes: Iterable[int]) -> list[Word]:
    """The words of `indexes` up to the next quote, without the marks."""
    found: list[Word] = []
    for index in indexes:
        if reading.quoted[index]:
            break
        if reading.words[index].text.strip(_MARKS) or reading.words[index].xpos == "POS":
            found.append(reading.words[index])
    return found


def _list_around(reading: Reading, span: Span) -> tuple[Span, Span]:
    """The first and the last quote of the list that the one at `span` is in (“A,” “B” and “C”)."""
    near = reading.spans_near(span[0] - _LIST_REACH, span[1] + _LIST_REACH)
    if span not in near:
        return span, span
    first = last = near.index(span)
    while first > 0 and _are_listed(reading, near[first - 1], near[first]):
        first -= 1
    while last + 1 < len(near) and _are_listed(reading, near[last], near[last + 1]):
        last += 1
    return near[first], near[last]


def _are_listed(reading: Reading, left: Span, right: Span) -> bool:
    joint = reading.text[left[1] : right[0]]
    if len(joint) > _LONGEST_JOINT or not _JOINT.fullmatch(joint):
        return False
    return reading.text[left[1] - 1] == "," or any(word in joint for word in (",", "and", "or", "&"))


def _nickname_in_name(reading: Reading, setting: _Setting) -> str | None:
    """Between two parts of a person's name (Col “Dusty” Roe)."""
    fits = setting.alone and setting.opened and setting.closed and len(setting.words) <= LONGEST_NICKNAME
    if not fits or not setting.words[0][0].isupper():
        return None
    left, right = setting.before[-1], setting.after[0]
    if {left.upos, right.upos} != {"PROPN"} or right.form in _LISTS["weekdays"] or right.text[0].islower():
        return None
    kinds = [name.kind if name else None for name in map(reading.name_at, (left.number, right.number))]
    first_names = reading.language.female_names | reading.language.male_names
    is_person = ("PER" in kinds and kinds[0] != "ORG") or left.form in first_names
    return "nickname" if is_person else None


def _so_called(_: Reading, setting: _Setting) -> str | None:
    distant = setting.ends("so-called") or setting.ends("so", "-", "called") or setting.ends("so", "called")
    return "scare quote" if distant and len(setting.words) <= 6 else None


def _known_as(_: Reading, setting: _Setting) -> str | None:
    if len(setting.words) > 2 * LONGEST_NICKNAME or not setting.opened or not setting.named:
        return None
    before = setting.before[:-1] if setting.before[-1].form == "the" else setting.before
    forms, lemmas = [word.form for word in before], [word.lemma for word in before]
    known = forms[-1:] == ["as"] and "know" in lemmas[-6:-1]
    called = lemmas[-1:] == ["call"] and bool(_LISTS["everybody"].intersection(forms[-2:-1]))
    by_name = forms[-2:] == ["goes", "by"] or bool(_LISTS["aliases"].intersection(forms[-1:]))
    return "nickname" if known or called or by_name else None


def _on_a_thing(reading: Reading, setting: _Setting) -> str | None:
    """Printed on what people wear or hold up (a “Yes” cap; a sign that reads “Yes”; with the words “Yes”)."""
    carriers = reading.language.carrier_nouns
    hyphen = next((place for place, word in enumerate(setting.after[:2]) if word.text.endswith("-")), -1)
    worn = setting.after[hyphen + 1 : hyphen + 2]  # a T-shirt
    if setting.closed and any(_is_any(word, carriers) for word in worn):
        return "slogan"
    before = setting.introduced
    if len(before) < 3:
        return None
    if before[-1].form in _LISTS["wording"] and before[-2].form == "the":
        things = carriers | _LISTS["things"]
        return "slogan" if any(_is_any(word, things) for word in before[:-2]) else None
    carrier = before[-3 if before[-2].form in {"that", "which"} else -2]
    return "slogan" if before[-1].form in _LISTS["shown"] and _is_any(carrier, carriers) else None


def _after_slogan(_: Reading, setting: _Setting) -> str | None:
    return "slogan" if setting.before and setting.introduced[-1].lemma in _LISTS["slogans"] else None


def _after_naming(reading: Reading, setting: _Setting) -> str | None:
    """After “titled”, and after “called” where it says what a thing is called."""
    if not setting.opened:
        return None
    article = setting.before[-1].form in {"the", "a", "an", "as"} and len(setting.before) > 1
    last = setting.before[-2 if article else -1]
    if last.form in _LISTS["naming"]:
        return "title"
    if last.form not in _LISTS["calling"] or last.xpos != "VBN" or not setting.titled:
        return None
    if reading.children(last.number, "obl:agent"):
        return None
    called = [reading.words[index] for index in reading.children(last.number, "nsubj:pass")]
    return None if any(_is_person(reading, word) for word in called) else "title"


def _is_person(reading: Reading, word: Word) -> bool:
    name, language = reading.name_at(word.number), reading.language
    named = name is not None and name.kind == "PER"
    return named or word.lemma in language.person_nouns or language.pronouns.get(word.form) in _PERSONAL


def _after_work(reading: Reading, setting: _Setting) -> str | None:
    """After the noun that says what it is (the film “A B”; a film about the strike, “A B”)."""
    before = setting.introduced
    if not before or not setting.titled:
        return None
    works = reading.language.work_nouns
    if before[-1].lemma in works | _LISTS["made"] and before[-1].upos in {"NOUN", "PROPN"}:
        return "title"
    if len(setting.words) < 2 or len(before) == len(setting.before):
        return None
    phrase = takewhile(lambda word: word.upos in _LONG_PHRASE, reversed(before))
    return "title" if any(word.lemma in works for word in phrase) else None


def _before_work(reading: Reading, setting: _Setting) -> str | None:
    """Before the noun that says what it is (the “A B” show; “A B,” a film about …; “A B” is a film)."""
    if not setting.titled or len(setting.words) < 2 or not setting.after:
        return None
    works = reading.language.work_nouns | _LISTS["made"]
    first, *others = setting.after
    if setting.closed and first.lemma in works | _LISTS["showing"]:
        return "title"
    described = first.form in {"a", "an", "the"} or (setting.closed and first.lemma == "be")
    phrase = takewhile(lambda word: word.upos in _NOUN_PHRASE, others)
    return "title" if described and any(word.lemma in works for word in phrase) else None


def _of_a_programme(reading: Reading, setting: _Setting) -> str | None:
    """After an outlet's name (ABC's “A B”) or after who makes it (host of “A B”)."""
    if not setting.opened or not setting.titled or len(setting.before) < 2:
        return None
    last, owner = setting.before[-1], setting.before[-2]
    if last.xpos == "POS":
        name = reading.name_at(owner.number)
        outlet = name.kind == "ORG" if name else owner.text.isupper()
        return "title" if outlet or owner.text.isupper() or _is_aired(reading, setting, owner) else None
    if last.upos != "ADP":
        return None
    if owner.lemma in _LISTS["showing"]:
        return "title"
    return (
        "title" if len(setting.words) > 1 and owner.lemma in _LISTS["facing"] and last.form != "of" else None
    )


def _is_aired(reading: Reading, setting: _Setting, owner: Word) -> bool:
    """Said on Harbour News’s “A B”, where the models take the outlet for something else"""
    name = reading.name_at(owner.number)
    first = reading.between(name.start, name.end)[0] if name else owner.number
    on_air = first > 0 and reading.words[first - 1].form == "on"
    return on_air and len(setting.words) > 1 and owner.text in _LISTS["airing"]


def _performed(reading: Reading, setting: _Setting) -> str | None:
    """After what is done with a work (sang “A B”; roles in “A B”; told “A B in the Morning”)."""
    if not setting.opened or not setting.titled or len(setting.words) < 2:
        return None
    last = setting.before[-1]
    subjects = [reading.words[index] for index in reading.children(last.number, "nsubj")]
    read = last.lemma == "read" and any(_is_person(reading, word) for word in subjects)
    return "title" if read or last.form in {"on", "in"} or last.lemma in _LISTS["performed"] else None


def _after_noun(reading: Reading, setting: _Setting) -> str | None:
    """A title of three words and more right after a noun that tells of no words (the weepie “A B C”)."""
    if not setting.opened or not setting.titled or len(setting.words) < 3:
        return None
    language, last = reading.language, setting.before[-1]
    worded = language.cue_nouns | language.document_nouns | language.person_nouns | language.name_nouns
    return "title" if last.upos == "NOUN" and not _is_any(last, worded) else None


def _a_named_thing(_: Reading, setting: _Setting) -> str | None:
    """What a thing is called, where it is one of several (at a “Harbour Watch Forum” held by the port)."""
    if not (setting.opened and setting.closed and setting.alone and setting.titled) or len(setting.words) < 2:
        return None
    return "title" if setting.before[-1].form in _LISTS["any"] else None


def _what_one_is(reading: Reading, setting: _Setting) -> str | None:
    """What somebody is called, right before the name (its “national harbour reporter” Jo Roe)."""
    if not (setting.opened and setting.closed and setting.alone) or setting.words[0][0].isupper():
        return None
    name = reading.name_at(setting.after[0].number)
    is_one = setting.words[-1].casefold() in reading.language.person_nouns
    return "scare quote" if is_one and name is not None and name.kind == "PER" else None


def _by_author(_: Reading, setting: _Setting) -> str | None:
    """A headline with its writer (“A b c,” by Jo Roe)."""
    if len(setting.words) < 3 or not setting.words[0][0].isupper() or len(setting.after) < 2:
        return None
    return "title" if setting.after[0].form == "by" and setting.after[1].upos == "PROPN" else None


def _word_at_a_distance(reading: Reading, setting: _Setting) -> str | None:
    """One word, or two before a noun, in lower case where nothing in the paragraph tells of speech."""
    longest = 2 if setting.closed and setting.after[0].upos == "NOUN" else int(setting.alone)
    near = [*setting.before[-1:], *setting.after[:1]]
    if not near or len(setting.words) > longest or not setting.words[0][0].islower():
        return None
    paragraph = reading.paragraph(reading.paragraph_at(near[0].start))
    if paragraph is None:
        return None
    inside = reading.between(paragraph.start, paragraph.end)
    around = range(max(inside.start, near[0].number - HEARING), min(inside.stop, near[-1].number + HEARING))
    return None if any(_tells(reading, reading.words[index]) for index in around) else "scare quote"


def _tells(reading: Reading, word: Word) -> bool:
    if reading.quoted[word.number]:
        return False
    verb = word.upos in {"VERB", "AUX"} and word.form in reading.language.cue_forms
    return verb or (word.upos == "NOUN" and word.lemma in reading.language.cue_nouns)


_RULES: tuple[Callable[[Reading, _Setting], str | None], ...] = (
    _nickname_in_name,
    _so_called,
    _known_as,
    _on_a_thing,
    _after_slogan,
    _after_naming,
    _after_work,
    _before_work,
    _of_a_programme,
    _performed,
    _a_named_thing,
    _what_one_is,
    _by_author,
    _after_noun,
    _word_at_a_distance,
)
