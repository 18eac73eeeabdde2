"""How much one list that a person named may lead to: a job has to end, whatever lists name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quotes import sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quotes.sources import Linked

MOST_PAGES, MOST_LISTS = 200_000, 1_000
"""What one named list may lead to, by all the lists that it names and that these name."""


class Room:
    """Counts what lists lead to, each address once, by the named list that all of it comes from."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        self._warn = warn
        self._roots: dict[str, str] = {}
        self._known: set[str] = set()
        self._told: set[str] = set()
        self._taken: Counter[tuple[str, bool]] = Counter()

    def take(self, address: str, listed: Sequence[Linked]) -> Iterator[Linked]:
        """Yield what the list at `address` names, as far as there is room; what is left out is told."""
        root = self._roots.get(address, address)
        left_out = False
        for one in listed:
            name = sources.normal_address(one.address) or ""
            if name not in self._known:
                if self._taken[root, one.is_list] >= (MOST_LISTS if one.is_list else MOST_PAGES):
                    left_out = True
                    continue
                self._taken[root, one.is_list] += 1
                self._known.add(name)
            if one.is_list:
                self._roots.setdefault(name, root)
            yield one
        if left_out and root not in self._told:
            self._told.add(root)
            most = f"{MOST_LISTS:,} lists or {MOST_PAGES:,} pages"
            self._warn(f"{sources.hide_secrets(root)}: leads to more than {most}; name those that matter")
