"""What English words share: contractions, short forms, inflections, spellings, typing errors, initials."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotes.models.word_information import load_bits
from quotes.text.normal import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable


def list_words(text: str) -> frozenset[str]:
    """Return the words of a list written with spaces between them."""
    return frozenset(text.split())


_WHOLE = {
    "can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"),
    "ain't": ("is", "not"), "gonna": ("going", "to"), "wanna": ("want", "to"), "gotta": ("got", "to"),
    "let's": ("let", "us"),
}  # fmt: skip
_SHORT_TITLES = {
    "mr": "mister", "dr": "doctor", "prof": "professor", "sen": "senator", "rep": "representative",
    "gov": "governor", "pres": "president", "gen": "general", "col": "colonel", "lt": "lieutenant",
    "capt": "captain", "sgt": "sergeant", "rev": "reverend", "st": "saint",
}  # fmt: skip
_TITLES = frozenset(
    {
        *(
            "mrs",
            "ms",
            "miss",
            "sir",
            "dame",
            "lord",
            "lady",
            "judge",
            "justice",
            "mayor",
            "minister",
            "premier",
        ),
        *(
            "chancellor",
            "secretary",
            "king",
            "queen",
            "prince",
            "princess",
            "pope",
            "bishop",
            "chief",
            "speaker",
        ),
        *_SHORT_TITLES,
        *_SHORT_TITLES.values(),
    }
)
_CALENDAR = """
    january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
"""
# Read as the long form where the other side prints that: "Sun." is Sunday, the sun is not.
_SHORT_FORMS = {
    **_SHORT_TITLES,
    **{name[:size]: name for name in _CALENDAR.split() for size in (3, 4) if size < len(name)},
    "govt": "government", "dept": "department", "vs": "versus",
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
    if "'" not in key and key not in _WHOLE and key not in _SHORT_FORMS:
        return (key,)
    if key in _WHOLE:
        return _WHOLE[key]
    if _SHORT_FORMS.get(key) in beside:
        return (_SHORT_FORMS[key],)
    for ending, written in _ENDINGS.items():
        if key.endswith(ending) and len(key) > len(ending):
            return (key.removesuffix(ending), *written)
    for ending, readings in _OPEN_ENDINGS.items():
        found = [reading for reading in readings if reading in beside]
        if key.endswith(ending) and len(key) > len(ending) and found:
            return (key.removesuffix(ending), found[0])
    return (key,)


def is_title(word: str) -> bool:
    """Say whether a word is put before names: a rank, an office or a form of address."""
    return word in _TITLES


def stem(word: str) -> str:
    """Return what the forms of one word share.

    >>> stem("expressed") == stem("expresses"), stem("were") == stem("is")
    (True, True)
    """
    return _LEMMAS.get(word) or _SUFFIX.sub("", word.removesuffix("'s"))


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
