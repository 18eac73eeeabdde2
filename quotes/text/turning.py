"""English words that turn what is said into something else: those that deny, and numbers."""

from __future__ import annotations

NEGATIONS = frozenset(
    {"not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "cannot"}
)
_SMALL = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion trillion dozen hundreds thousands millions billions dozens half twice
    first second third fourth fifth sixth seventh eighth ninth tenth
"""
NUMBER_WORDS = frozenset(_SMALL.split())


def is_turning(word: str) -> bool:
    """Say whether a word, as it is compared, denies or counts.

    >>> is_turning("won't"), is_turning("1.5"), is_turning("harbour")
    (True, True, False)
    """
    return word in NEGATIONS or word in NUMBER_WORDS or word.endswith("n't") or word[0].isdigit()
