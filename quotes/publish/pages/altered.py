"""What an outlet altered lately: the newest, the most reworded, and several wordings of one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotes.publish.pages.answers import Row
    from quotes.publish.pages.differing import Pairs

_SAME = frozenset({"reference", "punctuation"})
_OTHER_WORDS = frozenset({"reworded", "inflected"})


def pick_newest(rows: Sequence[Row], size: int) -> Pairs:
    """Return the newest quotes whose words are not the reference's; `rows` are of the query NEWEST_QUOTES."""
    return [(None, row["id"]) for row in _keep_altered(rows)][:size]


def pick_widest(rows: Sequence[Row], size: int) -> Pairs:
    """Return the quotes that are least like the reference; a mere cut is legitimate, and left out."""
    reworded = [row for row in _keep_altered(rows) if row["change_kind"] in _OTHER_WORDS]
    return [(None, row["id"]) for row in sorted(reworded, key=lambda row: row["similarity"])][:size]


def pick_repeated(rows: Sequence[Row], size: int) -> Pairs:
    """Return where several wordings of one statement were printed: each later one with the first."""
    first: dict[str, Row] = {}
    pairs: dict[str, tuple[str | None, str]] = {}
    for row in reversed(rows):
        earlier = first.setdefault(row["statement_id"], row)
        if row["wording_id"] != earlier["wording_id"]:
            pairs[row["wording_id"]] = earlier["id"], row["id"]
    return [*reversed(pairs.values())][:size]


def _keep_altered(rows: Iterable[Row]) -> list[Row]:
    """Return the quotes of statements that another outlet printed too, in other words; a wording once."""
    altered: dict[str, Row] = {}
    for row in rows:
        if row["change_kind"] not in _SAME and row["outlet_count"] > 1:
            altered.setdefault(row["wording_id"], row)
    return list(altered.values())
