"""Roles beside names: whether two are a sign of one person, or of two persons of one name."""

from __future__ import annotations

import re
from functools import lru_cache

from quotes.speakers.merging.lists import load_lists
from quotes.speakers.merging.names import fold

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 16)
def role_words(role: str | None) -> frozenset[str]:
    """Return the words of a role, spelled out, without small words.

    >>> sorted(role_words("Democratic Rep. from the Northern District"))
    ['democratic', 'district', 'from', 'northern', 'representative']
    """
    lists = load_lists()
    words = _WORD.findall(fold(role or "").replace("'s", ""))
    return frozenset(
        lists.spelled_out.get(word, word) for word in words if word not in lists.small_words and len(word) > 1
    )


def share_role(one: str | None, other: str | None) -> str | None:
    """Return the words in which two roles agree, if they tell who is meant, or None.

    >>> share_role("Sen.", "Republican senator"), share_role("spokesman", "a spokesman")
    ('senator', None)
    """
    lists = load_lists()
    common = role_words(one) & role_words(other)
    strong = common - lists.weak_roles
    if strong & lists.offices or (strong and len(common) > 1):
        return " ".join(sorted(common))
    return None


def are_exclusive(one: str | None, other: str | None) -> bool:
    """Say whether hardly anybody has both roles at one time; a former role excludes nothing.

    >>> are_exclusive("prime minister", "baseball pitcher"), are_exclusive("former pitcher", "mayor")
    (True, False)
    """
    words, others = role_words(one), role_words(other)
    if (words | others) & load_lists().past_roles or (words & others) - load_lists().weak_roles:
        return False
    fields, other_fields = _list_fields(words), _list_fields(others)
    return bool(fields and other_fields) and fields.isdisjoint(other_fields)


def find_single_office(role: str | None) -> str | None:
    """Return the role, folded, where it is the title of an office that one person holds at a time.

    >>> find_single_office("President"), find_single_office("council president")
    ('president', None)
    """
    words = fold(role or "")
    is_title = bool(role) and (role or "")[0].isupper()
    return words if is_title and words in load_lists().single_offices else None


@lru_cache(maxsize=1 << 16)
def _list_fields(words: frozenset[str]) -> frozenset[str]:
    fields = load_lists().fields
    return frozenset(field for calling, field in fields.items() if words.issuperset(calling.split()))
