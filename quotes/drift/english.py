"""What English words mean for a change: contractions, numbers, modals, negations, inflections, spellings."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from quotes.models.word_information import load_bits
from quotes.text.normal import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEGATIONS = frozenset(
    {"not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without"}
)
_MODALS = frozenset({"may", "might", "can", "could", "will", "would", "shall", "should", "must", "ought"})
_SMALL = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
"""
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_LARGE = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
# What these leave open: a plural stands for at least twice its word.
_VAGUE: dict[str, float] = {
    **{word + "s": 2.0 * value for word, value in {**_LARGE, "ten": 10, "dozen": 12}.items()},
    "half": 0.5,
    "twice": 2.0,
}
_VALUES: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_SMALL.split())},
    **{word: 10.0 * value for value, word in enumerate(_TENS, 3)},
    **{word: float(value) for value, word in enumerate(_ORDINALS, 1)},
    **{word: float(value) for word, value in _LARGE.items()},
    "dozen": 12.0,
    **_VAGUE,
}
_FIGURES = re.compile(r"(\d{1,18}(?:\.\d{1,9})?)(st|nd|rd|th|s)?\Z")
_WHOLE = {
    "can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"),
    "ain't": ("is", "not"), "gonna": ("going", "to"), "wanna": ("want", "to"), "gotta": ("got", "to"),
    "let's": ("let", "us"),
}  # fmt: skip
# 's and 'd stand for two words each; the reading is chosen by what the other side prints.
_ENDINGS = {"'re": ("are",), "'ll": ("will",), "'ve": ("have",), "'m": ("am",), "n't": ("not",)}
_OPEN_ENDINGS = {"'s": ("is", "has"), "'d": ("would", "had")}
_PARADIGMS = """
    be am is are was were been being
    have has had having
    do does did done doing
    go goes went gone going
    say says said saying
    get gets got gotten getting
    make makes made making
    take takes took taken taking
    see sees saw seen seeing
    come comes came coming
    know knows knew known knowing
    think thinks thought thinking
    tell tells told telling
    give gives gave given giving
    feel feels felt feeling
    keep keeps kept keeping
    leave leaves left leaving
    find finds found finding
    bring brings brought bringing
    run runs ran running
    win wins won winning
    lose loses lost losing
    mean means meant meaning
    man men
    woman women
    child children
    person people
    will would
    can could
    shall should
    may might
"""
_LEMMAS = {form: forms.split()[0] for forms in _PARADIGMS.strip().splitlines() for form in forms.split()}
_SUFFIX = re.compile(r"(?<=[a-z]{3})(?:'s|s'|ies|ied|es|ed|ing|s|d|e|y)\Z")
_SPELLINGS = (
    ("isation", "ization"),
    ("ise", "ize"),
    ("ising", "izing"),
    ("yse", "yze"),
    ("our", "or"),
    ("ogue", "og"),
    ("programme", "program"),
    ("llful", "lful"),
)
_SHORT_WORD = 4  # letters: "our" is not "or"
_RE = re.compile(r"(?<=[bt])re(?=s?\Z)")
# The last syllable of several, as in "travelled", "fuelling" and "enroll", not in "filling".
_DOUBLE_L = re.compile(r"(?<=[aeiou])ll(?=(?:ed|ings?|ers?|ors?|ous|ists?|ments?|s)?\Z)")
_SYLLABLES = re.compile(r"[aeiouy][^aeiouy]+[aeiouy]ll|[^q]ue(?=ll)|ia(?=ll)")
# Typed for each other so often that it is no change of words.
_MIXED_UP = frozenset({"form", "from"})


def expand(keys: Iterable[str], others: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the words with contractions written out, reading 's and 'd as `others` has them.

    >>> expand(["they're", "shouldn't", "he'd"], ["he", "had"])
    ('they', 'are', 'should', 'not', 'he', 'had')
    """
    beside = frozenset(others)
    return tuple([part for key in keys for part in _expand_word(key, beside)])


def _expand_word(key: str, beside: frozenset[str]) -> tuple[str, ...]:
    if key in _WHOLE:
        return _WHOLE[key]
    for ending, written in _ENDINGS.items():
        if key.endswith(ending) and len(key) > len(ending):
            return (key.removesuffix(ending), *written)
    for ending, readings in _OPEN_ENDINGS.items():
        found = [reading for reading in readings if reading in beside]
        if key.endswith(ending) and len(key) > len(ending) and found:
            return (key.removesuffix(ending), found[0])
    return (key,)


def count_negations(words: Iterable[str]) -> int:
    """Return how many of the expanded words deny."""
    return sum(word in _NEGATIONS for word in words)


def find_modals(words: Iterable[str]) -> Counter[str]:
    """Return the modal verbs among the expanded words; will and would count as one, so do can and could …"""
    return Counter(_LEMMAS.get(word, word) for word in words if word in _MODALS)


def find_numbers(words: Iterable[str]) -> Counter[float]:
    """Return the values of the number words and figures: "two" and "2" have the same.

    >>> find_numbers(["2", "thousand"]) == find_numbers(["two", "thousand"])
    True
    """
    values = (_VALUES.get(word) if word in _VALUES else _read_figures(word) for word in words)
    return Counter(value for value in values if value is not None)


def _read_figures(word: str) -> float | None:
    found = _FIGURES.match(word)
    return float(found[1]) if found else None


def read_number(word: str) -> tuple[float, str] | None:
    """Return the value of a word and "", "th" (an ordinal) or "s" (a decade); None where it gives no figure.

    >>> read_number("first") == read_number("1st"), read_number("one") == read_number("first")
    (True, False)
    >>> read_number("thousands") is None
    True
    """
    if word in _VAGUE:
        return None
    if word in _VALUES:
        return _VALUES[word], "th" if word in _ORDINALS else ""
    found = _FIGURES.match(word)
    return (float(found[1]), "th" if len(found[2] or "") == 2 else found[2] or "") if found else None


def stem(word: str) -> str:
    """Return what the forms of one word share.

    >>> stem("expressed") == stem("expresses"), stem("were") == stem("is")
    (True, True)
    """
    return _LEMMAS.get(word) or _SUFFIX.sub("", word)


def spell(word: str) -> str:
    """Return a spelling that British and American forms share, without apostrophes and colons of times.

    >>> spell("traveller") == spell("traveler"), spell("shoot") == spell("shot")
    (True, False)
    """
    plain = word.replace("'", "").replace(":", "")
    if len(plain) <= _SHORT_WORD:
        return plain
    for british, american in _SPELLINGS:
        plain = plain.replace(british, american)
    plain = _RE.sub("er", plain)
    return _DOUBLE_L.sub("l", plain) if _SYLLABLES.search(plain) else plain


def are_transposed(one: str, other: str) -> bool:
    """Say whether one of two words is a typing error: two letters behind the first changed places.

    Only one of the two may be a listed word: two listed words are different words.

    >>> are_transposed("form", "from"), are_transposed("because", "becuase"), are_transposed("sued", "used")
    (True, True, False)
    """
    if len(one) != len(other) or one == other:
        return False
    differ = [i for i in range(len(one)) if one[i] != other[i]]
    first, last = differ[0], differ[-1]
    if len(differ) != 2 or last != first + 1 or one[first] != other[last] or one[last] != other[first]:
        return False
    return {one, other} == _MIXED_UP or (first > 0 and (one in load_bits()) != (other in load_bits()))


def are_initials(short: str, words: Iterable[str]) -> bool:
    """Say whether one word is the initials of several, articles and prepositions aside.

    >>> are_initials("eu", ["the", "european", "union"])
    True
    """
    content = [word[0] for word in words if word not in FUNCTION_WORDS]
    return len(content) > 1 and short == "".join(content) and (short == "us" or short not in FUNCTION_WORDS)
