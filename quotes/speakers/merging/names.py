"""Names of persons as they are compared: their words, and how one may be another form of a second."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from quotes.speakers.merging.lists import load_lists

_NICK = re.compile(r"\s[\"“”(«]([^\"“”()«»]{1,30})[\"“”)»](?=\s)")
_HYPHEN = re.compile(r"[-‐–]")
_LONG = re.compile(r"(.)\1+")
_LEAST_SPELT = 5  # letters of a word in which one letter may differ
_LEAST_SOUND = 4  # letters; shorter words sound alike by chance (“Lee”, “Li”)
# Letters and their groups that alphabets and languages write differently, longest first.
_SOUNDS = (
    ("shch", "s"), ("tsch", "h"), ("sch", "s"), ("tch", "h"), ("sh", "s"), ("zh", "s"), ("sz", "s"),
    ("ch", "h"), ("kh", "h"), ("gh", "k"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"), ("ae", "a"), ("oe", "o"), ("ue", "u"),
    ("x", "ks"), ("c", "k"), ("q", "k"), ("g", "k"), ("w", "v"), ("z", "s"), ("y", "i"), ("j", "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name without titles: its words, folded, and what stood after them (“jr”) and in marks.

    `bare` is true for a surname by itself, which may have several words (“Van Hollen”, “Holt-Reed”).
    """

    words: tuple[str, ...]
    bare: bool = False
    suffix: str = ""
    nick: str = ""

    @property
    def first(self) -> str:
        """The first word: the given name, unless the name is bare."""
        return self.words[0]

    @property
    def last(self) -> str:
        """The last word, by which names are looked up."""
        return self.words[-1]

    @property
    def middle(self) -> tuple[str, ...]:
        """The words between, without particles."""
        return tuple(word for word in self.words[1:-1] if word not in load_lists().particles)


def fold(text: str) -> str:
    """Return `text` without case, accents and dots, with single spaces.

    >>> fold("Inés  O’Neill Jr.")
    "ines o'neill jr"
    """
    plain = text.replace("’", "'")
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(plain.casefold().replace(".", "").replace(",", " ").split())


@lru_cache(maxsize=1 << 16)
def parse_name(printed: str, tails: frozenset[tuple[str, ...]] = frozenset()) -> PersonName:
    """Return the name that is printed; `tails` are ends of longer names that may stand by themselves.

    >>> parse_name("Dr. Anna M. Holt-Reed Jr.")
    PersonName(words=('anna', 'm', 'holt', 'reed'), bare=False, suffix='jr', nick='')
    """
    lists = load_lists()
    nick = _NICK.search(printed)
    tokens = fold(_NICK.sub(" ", printed)).replace("'s ", " ").split() or [printed.casefold()]
    while len(tokens) > 1 and tokens[0] in lists.titles:
        tokens = tokens[1:]
    suffix = ""
    while len(tokens) > 1 and tokens[-1] in lists.suffixes:
        tokens, suffix = tokens[:-1], tokens[-1]
    words = tuple(word for token in tokens for word in _HYPHEN.sub(" ", token).split()) or (tokens[-1],)
    bare = len(tokens) == 1 or (
        all(token in lists.particles for token in tokens[:-1])
        and (words in tails or not printed[:1].isupper())
    )
    return PersonName(words, bare, suffix, fold(nick.group(1)) if nick else "")


def ends_of(name: PersonName) -> tuple[str, ...] | None:
    """Return the surname with its particles, where a full name has any before its last word."""
    words, start = name.words, len(name.words) - 1
    while start > 1 and words[start - 1] in load_lists().particles:
        start -= 1
    return words[start:] if not name.bare and start < len(words) - 1 else None


def ends_in(full: PersonName, bare: PersonName) -> bool:
    """Say whether `bare` is the surname of `full`; some surnames stand first (“Xi Jinping”)."""
    if full.bare or len(full.words) <= len(bare.words) or bare.suffix not in {"", full.suffix}:
        return False
    if full.words[-len(bare.words) :] == bare.words:
        return True
    return bare.words == full.words[:1] and full.first in load_lists().family_first


def fit_middles(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two runs of middle names may be one person's: the shorter within the longer, in order.

    >>> fit_middles(("m",), ("marie", "rose")), fit_middles(("a",), ("b",))
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    left = iter(long)
    return all(any(_begins(word, mine) for word in left) for mine in short)


def _begins(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def relate(one: PersonName, other: PersonName) -> str | None:
    """Return how two full names may be one person's, or None; nothing of it is a proof by itself.

    >>> relate(parse_name("Bill Roe"), parse_name("William J. Roe"))
    'a short form of the first name'
    """
    if one.suffix != other.suffix and ((one.suffix and other.suffix) or one.first != other.first):
        return None
    if one.last == other.last:
        return _relate_first(one, other)
    if _is_respelt(one.last, other.last) and fit_middles(one.middle, other.middle):
        first = one.first, other.first
        if first[0] == first[1] or are_nicknames(*first) or _is_respelt_first(*first):
            return "another spelling"
    return None


def _relate_first(one: PersonName, other: PersonName) -> str | None:
    first, second = one.first, other.first
    fits = fit_middles(one.middle, other.middle)
    if first == second:
        return "the same first name and surname" if fits else None
    if first in other.words[1:-1] or second in one.words[1:-1]:
        return "a first name left out"
    if first in other.nick.split() or second in one.nick.split():
        return "the nickname printed in the name"
    if not fits:
        return None
    if min(len(first), len(second)) == 1:
        return "an initial for the first name" if first[0] == second[0] else None
    if are_nicknames(first, second):
        return "a short form of the first name"
    return "another spelling" if _is_respelt_first(first, second) else None


def are_nicknames(one: str, other: str) -> bool:
    """Say whether two first names are forms of one name.

    >>> are_nicknames("bill", "william"), are_nicknames("bill", "robert")
    (True, False)
    """
    nicknames = load_lists().nicknames
    return not frozenset(nicknames.get(one, ())).isdisjoint(nicknames.get(other, ()))


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """Return a word as other alphabets and languages may spell it too.

    >>> sound("zelenskyy") == sound("selenskij") == sound("zelenskiy")
    True
    """
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _LONG.sub(lambda found: found[1], word)


def _is_respelt(one: str, other: str) -> bool:
    if len(sound(one)) >= _LEAST_SOUND and sound(one) == sound(other):
        return True
    return min(len(one), len(other)) >= _LEAST_SPELT and OSA.distance(one, other, score_cutoff=1) <= 1


def _is_respelt_first(one: str, other: str) -> bool:
    """As surnames, but an ending tells men from women (“Julian”, “Julia”)."""
    if one[-2:] == other[-2:] and one[0] == other[0]:
        return _is_respelt(one, other)
    return len(sound(one)) >= _LEAST_SOUND and sound(one) == sound(other)
