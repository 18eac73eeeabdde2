"""Whether a change makes something surer, less sure or a duty: modal verbs, and words of certainty."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.drift.english import expand, list_words
from quotes.text.normal import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.drift.printings import Printing

_MODALS = frozenset({"may", "might", "can", "could", "will", "would", "shall", "should", "must", "ought"})
# Modals that stand for each other: in reported speech, or in another register.
_ALIKE = (
    {"may", "might", "could"},
    {"can", "could"},
    {"will", "would", "shall"},
    {"should", "ought"},
    {"should", "shall"},
    {"must", "have to", "need to"},
)
_DUTIES = {**dict.fromkeys(("have", "has", "had"), "have to"), **dict.fromkeys(("need", "needs"), "need to")}
_FUTURE = frozenset({"will", "would", "shall"})
_MERE_FUTURE = frozenset({"will", "shall"})
_DETERMINERS = frozenset({"a", "an", "the", "my", "your", "his", "her", "its", "our", "their"})
_BEFORE_MONTH = frozenset(
    {"in", "of", "by", "since", "until", "till", "last", "next", "this", "early", "late"}
)
_FORMS_OF_BE = frozenset({"am", "is", "are", "was", "were", "be"})
_UNSURE = list_words("""
    think thinks believe believes expect expects hope hopes suspect suspects guess suppose assume assumes
    probably possibly perhaps maybe likely presumably
    """)
_SURE = list_words(
    "know knows certain certainly definitely undoubtedly surely sure clearly obviously inevitably"
)
# "used to" and "had better" are modals in all but name.
_PAST = frozenset({"used", "better"})
_LONGEST_SURENESS = 3
_LONGEST_CAME = 2


def find_shift(
    reference: Printing, before: range, other: Printing, after: range
) -> tuple[list[str], list[str]] | None:
    """Return the words of either side that make a modal or a degree of certainty another one, or None."""
    one, two = _find_modals(reference, before), _find_modals(other, after)
    if one and two:
        return None if _are_alike(one, two) else (one, two)
    words, others = [reference.keys[i] for i in before], [other.keys[i] for i in after]
    if one or two:
        return (one, two) if _came_alone(words, others, one or two) else None
    return _find_sureness(words, others)


def _find_modals(printing: Printing, places: range) -> list[str]:
    """Return the modals at `places`, those that are verbs: "the will", "his might" and the month are none."""
    found = []
    for place in places:
        for word in expand(printing.keys[place : place + 1]):
            before = printing.keys[place - 1] if place else ""
            if word in _MODALS and before not in _DETERMINERS and not _is_month(printing, place):
                found.append(word)
    following = printing.keys[places.stop : places.stop + 1]
    words = [*(printing.keys[i] for i in places), *following]
    duties = [_DUTIES[a] for a, b in pairwise(words) if a in _DUTIES and b == "to"]
    return duties or found


def _is_month(printing: Printing, place: int) -> bool:
    word = printing.words[place]
    if word.text != "May":
        return False
    following = printing.keys[place + 1 : place + 2]
    return not word.opens or printing.keys[place - 1] in _BEFORE_MONTH or "".join(following).isdigit()


def _are_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    if len(one) != len(other):
        return set(one) == set(other)
    return all(
        a == b or any(a in alike and b in alike for alike in _ALIKE)
        for a, b in zip(sorted(one), sorted(other), strict=True)
    )


def _came_alone(before: Sequence[str], after: Sequence[str], modals: Sequence[str]) -> bool:
    """Say whether a modal came or went by itself, not with a clause or a tense: "must close" for "close".

    A future counts only for a plan or where it takes "be" along: "would" for "plan to", "is" for "would be".
    """
    one, other = expand(before), expand(after)
    own, rest = (one, other) if _MODALS.intersection(one) else (other, one)
    longest = _LONGEST_CAME + ("been" in own)
    if not _MODALS.issuperset(modals) or max(len(before), len(after)) > longest or _PAST.intersection(rest):
        return False
    if not FUNCTION_WORDS.issuperset(set(own) - _MODALS) or _UNSURE.intersection(rest):
        return False
    if _FORMS_OF_BE.intersection(rest):
        return not {"be", "been"}.isdisjoint(own) and "going" not in rest and _MERE_FUTURE.isdisjoint(modals)
    return rest[-1:] == ("to",) or _FUTURE.isdisjoint(modals)


def _find_sureness(before: Sequence[str], after: Sequence[str]) -> tuple[list[str], list[str]] | None:
    if max(len(before), len(after)) > _LONGEST_SURENESS:
        return None
    for first, second in ((_UNSURE, _SURE), (_SURE, _UNSURE)):
        one, two = [w for w in before if w in first], [w for w in after if w in second]
        if one and two and second.isdisjoint(before) and first.isdisjoint(after):
            return one, two
    return None
