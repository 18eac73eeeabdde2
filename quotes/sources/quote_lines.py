"""Other people's quotes, a JSON object a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quotes.errors import SourceError
from quotes.records import Printed, Unreadable
from quotes.sources.details import normal_date, one_line
from quotes.text.decode import clean, decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def read_quotes(lines: Iterable[bytes], where: str) -> Iterator[Printed | Unreadable]:
    """Yield a quote for each line, an object with `id` and `text`, and what it says beside them.

    `outlet`, `date`, `speaker` and `article` may be missing. A line without an id of its own is
    unreadable, and so is one whose text is not a string; a text without words is a quote like no other.
    """
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        source = f"{where}:{number}"
        quote = _read_quote(line, source)
        if isinstance(quote, Printed) and quote.id in seen:
            quote = Unreadable(source, f"the id {quote.id!r} stands on a line before")
        elif isinstance(quote, Printed):
            seen.add(quote.id)
        yield quote


def _read_quote(line: bytes, source: str) -> Printed | Unreadable:
    try:
        record = json.loads(decode(line, source))
    except SourceError as error:
        return Unreadable(source, str(error).removeprefix(f"{source}: "))
    except (ValueError, RecursionError):
        return Unreadable(source, "this line is not JSON")
    text = record.get("text") if isinstance(record, dict) else None
    name = record.get("id") if isinstance(record, dict) else None
    if not isinstance(text, str) or not isinstance(name, str | int) or name == "":
        return Unreadable(source, 'this line is not an object with "id" and "text"')
    date = one_line(record.get("date") or record.get("published"))
    return Printed(
        id=clean(str(name)),
        text=clean(text),
        outlet=one_line(record.get("outlet")),
        published=normal_date(date) if date else None,
        speaker=one_line(record.get("speaker")),
        article=one_line(record.get("article")),
    )
