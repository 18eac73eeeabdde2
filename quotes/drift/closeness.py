"""How close a wording is to an earlier one that it may derive from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quotes.text.alignments import Indel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.drift.drafts import Draft

_MOST = 0.5  # share of its words that a wording has from its origin


class Closeness:
    """Compares the wordings of one statement as copies of one another."""

    def __init__(self, drafts: Sequence[Draft], reference: Draft) -> None:
        self._holders = Counter(key for draft in drafts for key in set(draft.printing.keys))
        self._in_reference = frozenset(reference.printing.keys)

    def count_steps(self, origin: Draft, copy: Draft) -> int | None:
        """Return by how many steps `copy` is made of `origin`; None where most of its words are not there.

        Each new word is a step, and so is each stretch left out. A word that only these two have, against
        the reference, is one step less: copies share mistakes.
        """
        before, after = origin.printing.keys, copy.printing.keys
        steps = shared = left_out = put_in = 0
        for code in Indel.opcodes(before, after):
            if code.tag == "equal":
                shared += code.dest_end - code.dest_start
                steps += put_in or left_out
                left_out = put_in = 0
            elif code.tag == "delete":
                left_out = 1
            else:
                put_in += code.dest_end - code.dest_start
        if not shared or shared < _MOST * len(after):
            return None
        return steps + (put_in or left_out) - len(self.list_own_words(origin, copy))

    def list_own_words(self, origin: Draft, copy: Draft) -> list[str]:
        """Return the words that only these two wordings have, and not the reference, in order."""
        own = set(origin.printing.keys) - self._in_reference
        return [key for key in dict.fromkeys(copy.printing.keys) if key in own and self._holders[key] == 2]
