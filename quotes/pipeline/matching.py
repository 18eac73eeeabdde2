"""Matching: other people's quotes in, the statement of each out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes import sources
from quotes.records import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from quotes.records import Printed

    Group = Callable[[Sequence[Printed]], Mapping[str, str]]


def match(
    lines: Iterable[bytes],
    where: str,
    *,
    group: Group | None = None,
    skipped: Callable[[Unreadable], None] = lambda _: None,
) -> Iterator[dict[str, Any]]:
    """Yield {"id", "statement"} for each quote of `lines`, in order; `skipped` is told of the others."""
    if group is None:
        from quotes import match as stage

        group = stage.group
    quotes = []
    for found in sources.read_quotes(lines, where):
        if isinstance(found, Unreadable):
            skipped(found)
        else:
            quotes.append(found)
    statement_of = group(quotes)
    for quote in quotes:
        yield {"id": quote.id, "statement": statement_of[quote.id]}
