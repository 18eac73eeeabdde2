"""Which wording most likely derives from which, as a tree that a page can print."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.publish.pages.wording import Wording

MOST_NODES = 60
# A phone has no room for more steps to the right: what derives from there on stands at the same step.
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Node:
    """A wording and those that derive from it; at the deepest step also what derives from these."""

    wording: Wording
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lineage:
    """The wordings that derive from none, with all others below them; `unshown` are too many to show.

    `has_edges` says whether any wording could be told to derive from another.
    """

    roots: tuple[Node, ...]
    has_edges: bool
    unshown: int


def grow_lineage(wordings: Sequence[Wording]) -> Lineage:
    """Return the tree of `wordings`, in which each stands once, parents before children."""
    numbers = {wording.number for wording in wordings}
    children: dict[int | None, list[Wording]] = {}
    for wording in wordings:
        parent = wording.parent if wording.parent in numbers - {wording.number} else None
        children.setdefault(parent, []).append(wording)
    roots: list[Node] = []
    # (wording, the list it joins, its step), the next one last
    waiting = [(wording, roots, 0) for wording in reversed(children.get(None, []))]
    placed = 0
    while waiting and placed < MOST_NODES:
        wording, siblings, step = waiting.pop()
        node = Node(wording)
        siblings.append(node)
        placed += 1
        below = (node.children, step + 1) if step < DEEPEST else (siblings, step)
        waiting += [(child, *below) for child in reversed(children.get(wording.number, []))]
    return Lineage(tuple(roots), has_edges=len(children) > 1, unshown=len(wordings) - placed)
