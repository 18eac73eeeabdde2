"""Words by which a speaker vouches for less: "I think", "probably", "about 200", "in part"."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from quotes.drift.english import list_words
from quotes.drift.numbers import is_number

if TYPE_CHECKING:
    from quotes.drift.printings import Printing

_ADVERBS = """
    probably possibly perhaps maybe apparently allegedly reportedly supposedly presumably purportedly
    hopefully seemingly arguably ostensibly potentially conceivably likely nearly almost partly partially
    largely mostly mainly somewhat usually generally typically normally often sometimes
"""
_PHRASES = """
    it seems to me / it appears to me / in a way / in a sense / so to speak /
    in part / for the most part / to some extent / to some degree / to a degree / more or less / sort of /
    kind of / give or take / in my view / in our view / in my opinion / in our opinion / in my experience /
    in my judgment / to my knowledge / to our knowledge / to the best of my knowledge / as far as i know /
    as far as we know / so far as i know / as far as i can tell / as far as we can tell / as far as i'm
    aware / from what i know / from what i hear / from what we know / if i remember correctly / if i
    remember right / if i'm not mistaken / if i am not mistaken / if you ask me / it seems / it appears / it
    would seem / it looks like / it looks as if / it looks as though / seem to / seems to / seemed to /
    appear to / appears to / appeared to / tend to / tends to / i would say / i'd say / i would guess / i'd
    guess / i would argue / i'd argue / i am told / i'm told / we are told / we're told / i hear / we hear
"""
_VOUCHING = list_words("think believe guess suppose suspect assume presume imagine hope reckon")
_VOUCHERS = product(("i", "we"), ("", "do", "really", "still", "just"), _VOUCHING)
_ESTIMATES = frozenset({"about", "around", "approximately", "roughly", "some"})
_LISTED = frozenset(
    [
        *((adverb,) for adverb in _ADVERBS.split()),
        *(tuple(phrase.split()) for phrase in _PHRASES.split("/")),
        *(tuple(word for word in words if word) for words in _VOUCHERS),
    ]
)
_LONGEST = max(map(len, _LISTED))
# "I think of you", "I believe in it": the verb says something else. "what I think" vouches for nothing.
_AFTER_VOUCHING = frozenset({"of", "about", "in", "so", "not"})
_BEFORE_VOUCHING = frozenset({"what", "how", "whatever", "as", "than", "why"})
_DETERMINERS = list_words("""
    a an the this that these those what which some any one every each no same other new his her my our your
    their its
    """)
_KINDS = frozenset({("kind", "of"), ("sort", "of"), ("likely",)})
# "how often", "not likely", "somewhat of a": a degree, a denial, a noun.
_BEFORE_DEGREE = frozenset({"how", "as", "so", "too", "very", "more", "less", "least", "not", "however"})


def find_hedges(printing: Printing, start: int, end: int) -> list[tuple[int, int]]:
    """Return the hedges that stand wholly within the words from `start` to `end`, as half-open places.

    >>> from quotes.drift.printings import read_printing
    >>> find_hedges(read_printing("I think it was probably about 40, about them"), 0, 9)
    [(0, 2), (4, 5), (5, 6)]
    """
    found, place = [], start
    while place < end:
        size = _measure_hedge(printing, place, end)
        if size:
            found.append((place, place + size))
        place += size or 1
    return found


def _measure_hedge(printing: Printing, place: int, end: int) -> int:
    """Return of how many words the hedge is that begins at `place`; 0 where none does."""
    keys = printing.keys
    if keys[place] in _ESTIMATES:
        return int(_is_counted(keys, place + 1))
    for size in range(min(_LONGEST, end - place), 0, -1):
        phrase = keys[place : place + size]
        if phrase in _LISTED:
            return size if _is_hedge(phrase, keys, place) else 0
    return 0


def _is_counted(keys: tuple[str, ...], place: int) -> bool:
    """Say whether a number begins at `place`; "about one" may be about somebody."""
    if keys[place : place + 1] == ("one",):
        return False
    return is_number("".join(keys[place : place + 1])) or (
        keys[place : place + 1] == ("a",) and is_number("".join(keys[place + 1 : place + 2]))
    )


def _is_hedge(phrase: tuple[str, ...], keys: tuple[str, ...], place: int) -> bool:
    before = keys[place - 1] if place else ""
    after = "".join(keys[place + len(phrase) : place + len(phrase) + 1])
    if before.endswith("n't"):
        return False  # "can't possibly", "don't usually"
    if phrase[-1] in _VOUCHING and phrase[0] in ("i", "we"):
        return after not in _AFTER_VOUCHING and before not in _BEFORE_VOUCHING
    if phrase in _KINDS:
        earlier = keys[place - 2] if place > 1 else ""
        noun = before in _DETERMINERS or before.endswith("'s") or earlier in _DETERMINERS
        return not noun and before not in _BEFORE_DEGREE
    return len(phrase) > 1 or (before not in _BEFORE_DEGREE and after != "of")


def is_clause(printing: Printing, hedge: tuple[int, int]) -> bool:
    """Say whether a hedge is a clause or phrase of its own ("I think", "in my view"), no adverb."""
    return hedge[1] - hedge[0] > 1 and printing.keys[hedge[0]] not in ("kind", "sort")
