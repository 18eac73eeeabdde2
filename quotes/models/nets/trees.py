"""The best tree over the words of a sentence (Chu and Liu 1965, Edmonds 1967)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]
    Heads = NDArray[np.int64]


def find_tree(scores: Scores) -> Heads:
    """Return the head of each word such that they make the best tree in which one word hangs from the root.

    `scores` are those of each head for each word, (words, 1 + words), all finite; 0 is the root.
    """
    size = scores.shape[1]
    square = np.vstack([np.zeros((1, size)), scores])
    penalty = np.ptp(square) * size + 1  # more than any gain
    np.fill_diagonal(square, -np.inf)
    square[0] = -np.inf
    square[0, 0] = 0
    heads = _span(square)[1:]
    if np.count_nonzero(heads == 0) > 1:  # seldom, and slow: with the penalty, circle after circle closes
        square[1:, 0] -= penalty
        heads = _span(square)[1:]
    return heads


def _span(scores: Scores) -> Heads:
    """Return the best heads; the first row and column are the root's. A circle is solved like one word."""
    heads: Heads = scores.argmax(1)
    circle = _find_circle(heads)
    if circle is None:
        return heads
    inside = np.array(circle)
    outside = np.setdiff1d(np.arange(len(heads)), inside)
    broken = scores[np.ix_(inside, outside)] - scores[inside, heads[inside]][:, None]
    below = scores[np.ix_(outside, inside)]
    last = len(outside)
    smaller = np.full((last + 1, last + 1), -np.inf)
    smaller[:last, :last] = scores[np.ix_(outside, outside)]
    smaller[last, :last], smaller[:last, last] = broken.max(0), below.max(1)
    found = _span(smaller)
    is_below = found[:last] == last
    heads[outside] = np.where(is_below, inside[below.argmax(1)], outside[np.where(is_below, 0, found[:last])])
    heads[inside[broken[:, found[last]].argmax()]] = outside[found[last]]
    return heads


def _find_circle(heads: Heads) -> list[int] | None:
    """Return words that hang in a circle, None where there is none."""
    above = heads.tolist()
    seen = [0] * len(above)
    seen[0] = -1
    for start in range(1, len(above)):
        word = start
        while not seen[word]:
            seen[word] = start
            word = above[word]
        if seen[word] == start:
            circle = [word]
            while above[circle[-1]] != word:
                circle.append(above[circle[-1]])
            return circle
    return None
