"""Whether a change turns what is said: words that deny, and what they deny."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.drift.english import expand, list_words
from quotes.text.normal import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.drift.printings import Printing

_DENYING = list_words("""
    not no never none nobody nothing nowhere neither without non unless hardly barely scarcely rarely
    seldom unable unlikely unwilling impossible
    """)
# These deny what they come with: "failed to", "lack of".
_FAILING = {
    **dict.fromkeys(list_words("fail fails failed failing refuse refuses refused decline declined"), "to"),
    "lack": "of",
}
# Phrases with a word that denies where the phrase does not.
_IDIOMS = (
    *(("not", "only"), ("not", "just"), ("not", "merely"), ("not", "simply"), ("not", "least")),
    *(("not", "to", "mention"), ("or", "not"), ("if", "not"), ("why", "not"), ("nothing", "but")),
    *(("no", "less", "than"), ("no", "fewer", "than"), ("no", "more", "than")),
    *(("no", "doubt"), ("no", "wonder"), ("no", "matter"), ("no", "later", "than"), ("no", "sooner")),
    *(("can", "not", "help"), ("can", "not", "but"), ("could", "not", "help"), ("non", "profit")),
)
# Words that a lost "not" takes along without taking a clause: "do not", "no longer", "not ever".
_WITH_DENIAL = list_words("""
    am is are was were be been being do does did have has had will would shall should can could may might
    must to ever any longer more yet even really at all in way so
    """)
# What stands between a denial and the clause it denies: "I do not think that", "it is not true that".
_LINKS = frozenset({"that", "if", "whether"})
_COMPLEMENTED = list_words("""
    think thought believe believed know knew say said saying mean meant expect expected claim claimed claiming
    suggest suggested suggesting argue argued agree agreed accept admit promise promised true sure certain
    convinced clear case
    """)
# What is said to be one of these is not so: "it is a lie that".
_FALSEHOODS = list_words("lie lies myth fiction nonsense rubbish fantasy false untrue wrong")
# Where these are denied, so is what they come with: "not going to", "no intention of", "never agreed to".
_AIMS = list_words("""
    going want wants wanted plan plans planning intend intends intended intention intentions agree agreed able
    willing ready prepared wish wishes need reason desire right power mean meant try trying seek seeking
    """)
_UNABLE = frozenset({"unable", "unwilling", "unlikely", "impossible"})
# "no evidence that" denies what follows, "no doubt that" does not.
_NO_DENIALS = frozenset({"doubt", "question", "secret", "surprise", "wonder", "mistake", "denying"})
_NOUN_MARKERS = frozenset({"a", "any", "the", "no", "some", "without"})
_DOUBTING = frozenset({"doubt", "doubts", "doubted", "deny", "denies", "denied"})
_ANSWERS = frozenset({"yes", "no"})
# "I don't think it will" says what "I think it won't" says.
_RAISING = list_words(
    "think thinks thought believe believes expect expects suppose want wants seem seems appear"
)
_PREFIXES = ("un", "in", "im", "il", "ir", "dis")
_LEAST_BASE = 4
_LATIN_ENDINGS = ("able", "ible", "al", "ate", "ent", "ect", "ive", "ant", "ar", "ous", "ure", "ally", "ably")
_NO_OPPOSITES = list_words("""
    unless invaluable indifferent infamous inflammable inhabitable immigrant immigrants immigrate intense
    increase inborn incorporate instigate investigate inform
    """)
_APART = list_words("""
    agree agrees agreed allow allowed appear appears appeared approve approves approved believe connect
    connected honest like likes liked loyal obey obeyed prove proved proven qualify qualified regard respect
    satisfied similar trust trusted
    """)


def count_denials(words: Sequence[str]) -> int:
    """Return how many of the words deny.

    >>> count_denials(["isn't"]), count_denials(["not", "only"]), count_denials(["failed", "to"])
    (1, 0, 1)
    """
    plain = list(expand(words))
    count = sum(word in _DENYING for word in plain)
    count += sum(_FAILING.get(a) == b for a, b in pairwise(plain))
    for place in range(len(plain)):
        count -= any(tuple(plain[place : place + len(idiom)]) == idiom for idiom in _IDIOMS)
    return count


def are_opposites(one: str, other: str) -> bool:
    """Say whether a prefix or ending makes one of two words deny the other.

    >>> are_opposites("legal", "illegal"), are_opposites("valuable", "invaluable")
    (True, False)
    >>> are_opposites("harmful", "harmless")
    True
    """
    base, longer = sorted((one, other), key=len)
    if one.endswith(("ful", "less")) and other.endswith(("ful", "less")):
        return one != other and one.removesuffix("ful").removesuffix("less") == other.removesuffix(
            "ful"
        ).removesuffix("less")
    if len(base) < _LEAST_BASE or longer in _NO_OPPOSITES or not longer.endswith(base):
        return False
    prefix = longer.removesuffix(base)
    if prefix == "dis":
        return base in _APART
    return prefix == "un" or (prefix in _PREFIXES and base.endswith(_LATIN_ENDINGS))


def find_turning(
    before: Sequence[str], after: Sequence[str], answers: int
) -> tuple[list[str], list[str]] | None:
    """Return the words of either side that turn what is said, or None where nothing does.

    So many of the words are a "no" that answers and denies nothing.
    """
    if {"yes", "no"} <= {*before, *after} and ("yes" in before) != ("yes" in after):
        return list(_ANSWERS.intersection(before)), list(_ANSWERS.intersection(after))
    pairs = [(a, b) for a in before for b in after if are_opposites(a, b)]
    turned = sum(a not in _DENYING and b not in _DENYING for a, b in pairs)
    denials = count_denials(before) + count_denials(after) - answers
    if (denials + turned) % 2 == 0 or (
        not pairs and not (before and after) and _takes_clause(before or after)
    ):
        return None
    if pairs:
        return [pairs[0][0]], [pairs[0][1]]
    return _list_denials(before), _list_denials(after)


def weigh_turning(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how many denials a change takes away, less those that it brings."""
    opposites = (
        1 if len(a) > len(b) else -1
        for a in before
        for b in after
        if are_opposites(a, b) and _DENYING.isdisjoint((a, b))
    )
    return count_denials(before) - count_denials(after) + sum(opposites)


def _takes_clause(words: Sequence[str]) -> bool:
    """Say whether words left out or put in are more than a denial: then its clause came or went with it."""
    others = [word for word in words if not count_denials([word])]
    return not _WITH_DENIAL.issuperset(others) and not count_denials(words) == len(words) - 1 == 1


def _list_denials(words: Sequence[str]) -> list[str]:
    return [word for word in words if count_denials([word])] or list(words if count_denials(words) else ())


def find_denial(printing: Printing, end: int) -> tuple[int, int] | None:
    """Return the words right before the word at `end` that deny the clause it is in or opens.

    "The crews do not | trust the board", "I don't think | the board knows", "no evidence that | it knew".
    """
    if end >= len(printing.words) or printing.opens(end) or printing.is_parted(end):
        return None
    start, keys = printing.find_sentence(end), printing.keys
    place = end - 1
    governing = _find_governing(printing, start, place)
    if governing is not None:
        return (governing, end)
    if place > start and keys[place] in _LINKS:
        place -= 1
        if place > start and keys[place - 1] == "no":
            return None if keys[place] in _NO_DENIALS else (place - 1, end)
    before = keys[place - 1] if place > start else ""
    if keys[place] in _DOUBTING:
        return None if before in _NOUN_MARKERS or count_denials([before]) else (place, end)
    if before and keys[place].removesuffix("s") in _COMPLEMENTED:
        place -= 1
    return (place, end) if place >= start and _denies(printing, place) else None


def _find_governing(printing: Printing, start: int, link: int) -> int | None:
    """Return where a denial that ends with the word at `link` begins ("refuse to", "a lie that")."""
    keys = printing.keys
    if link - 1 < start:
        return None
    last, denied = keys[link - 1], link - 2 >= start and _denies(printing, link - 2)
    if keys[link] == "that" and last in _FALSEHOODS:
        return None if count_denials(keys[start : link - 1]) else link - 1
    if _FAILING.get(last) == keys[link] or (keys[link] == "to" and last in _UNABLE):
        return None if denied else link - 1
    return link - 2 if denied and keys[link] in ("to", "of") and last in _AIMS else None


def _denies(printing: Printing, place: int) -> bool:
    """Say whether the word at `place` denies: no answer, no “no” as it was said, no "not only"."""
    keys = printing.keys
    if place in printing.answers or (keys[place] == "no" and printing.marks[place + 1].strip()):
        return False
    return (
        count_denials(keys[place : place + 1]) > 0 and count_denials(keys[max(0, place - 1) : place + 2]) > 0
    )


def is_moved_denial(reference: Printing, place: int, other: Printing, other_place: int) -> bool:
    """Say whether a denial that moved denies another word than before ("did not say" … "is not over")."""
    denied, other_denied = _find_denied(reference, place), _find_denied(other, other_place)
    return denied != other_denied and denied not in _RAISING and other_denied not in _RAISING


def _find_denied(printing: Printing, place: int) -> str:
    following = (key for key in printing.keys[place + 1 :] if key not in FUNCTION_WORDS)
    return next(following, "")
