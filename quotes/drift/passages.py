"""One edit between two wordings, with its words in both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.drift.english import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotes.drift.alignment import Edit
    from quotes.drift.printings import Printing
    from quotes.text.normal import Word


@dataclass(frozen=True, slots=True)
class Flag:
    """What in the meaning may have moved, and the words that raised it: "may → will".

    Where only one of the two wordings has such words, they stand alone: "not", "I think".
    """

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Passage:
    """An edit with the reference and the wording that it leads to."""

    edit: Edit
    reference: Printing
    other: Printing

    @property
    def before(self) -> tuple[Word, ...]:
        """The words of the reference."""
        return self.reference.words[self.edit.start : self.edit.end]

    @property
    def after(self) -> tuple[Word, ...]:
        """The words of the other wording."""
        return self.other.words[self.edit.other_start : self.edit.other_end]

    @property
    def keys(self) -> tuple[str, ...]:
        """The words of the reference as they are compared."""
        return self.reference.keys[self.edit.start : self.edit.end]

    @property
    def other_keys(self) -> tuple[str, ...]:
        """The words of the other wording as they are compared."""
        return self.other.keys[self.edit.other_start : self.edit.other_end]

    @property
    def is_editorial(self) -> bool:
        """Whether it puts in or takes out words in square brackets, which the speaker did not say."""
        words = self.after or self.before
        return bool(words) and all(word.editorial for word in words)

    def widen(self, most: int, belongs: Callable[[str], bool] | None = None) -> tuple[list[str], list[str]]:
        """Return the words of both with up to `most` shared words on either side that belong to them."""
        start, end, other_start, other_end = (
            self.edit.start, self.edit.end, self.edit.other_start, self.edit.other_end,
        )  # fmt: skip
        one, other = self.reference.keys, self.other.keys
        for _ in range(most):
            if min(start, other_start) > 0 and _is_shared(one[start - 1], other[other_start - 1], belongs):
                start, other_start = start - 1, other_start - 1
            if end < len(one) and other_end < len(other) and _is_shared(one[end], other[other_end], belongs):
                end, other_end = end + 1, other_end + 1
        return list(one[start:end]), list(other[other_start:other_end])

    def flag(self, name: str, keys: Sequence[str], other_keys: Sequence[str]) -> Flag | None:
        """Return a flag raised by these of its words, as printed; None where it has none of them."""
        one = _show(self.reference, range(self.edit.start, self.edit.end), keys)
        other = _show(self.other, range(self.edit.other_start, self.edit.other_end), other_keys)
        return Flag(name, " → ".join(filter(None, (one, other)))) if one or other else None


def _show(printing: Printing, places: range, keys: Sequence[str]) -> str:
    """Return the words at these places that are among `keys`, as printed."""
    shown, last = "", -1
    for place in places:
        if _is_among(printing.keys[place], keys):
            joined = place == last + 1 and printing.is_compound(place)
            shown += ("-" if joined else " ") + printing.words[place].text
            last = place
    return shown.strip()


def _is_shared(word: str, other: str, belongs: Callable[[str], bool] | None) -> bool:
    return word == other and (belongs is None or belongs(word))


def _is_among(key: str, keys: Sequence[str]) -> bool:
    return key in keys or not set(expand([key])).isdisjoint(keys)
