"""Records: JSON Lines, JSON, CSV and TSV, ours and as news services export them."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from quotes.errors import SourceError
from quotes.records import Article, Unreadable
from quotes.sources.dates import read_date
from quotes.sources.details import add_details, make_article, normal_address, one_line
from quotes.sources.field_maps import choose_preset, find_list, is_whole, name_columns, translate
from quotes.sources.outlets import LONGEST_ADDRESS, name_outlet, outlet_of_links
from quotes.sources.place import Linked
from quotes.sources.tables import read_lines, read_rows
from quotes.text.decode import clean, decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quotes.sources.field_maps import Preset
    from quotes.sources.place import Place, Warn
    from quotes.sources.tables import Row

    Read = Article | Unreadable | Linked

MOST_PARTS: Final = 500_000
"""The most objects and lists in one JSON document or line. It may have ten times as many values."""
_NEEDS = (
    "no articles in it that are known: an article needs the field “text” or “url”, and may have “title”,"
    " “published”, “outlet”, “byline” and “language”"
)
_IS_MANIFEST = "a manifest, with a column “file”; name it behind --manifest"
_NEITHER = "this record has neither a text nor a web address"


def read_json_lines(place: Place, warn: Warn) -> Iterator[Read]:
    """Yield what each line gives, a JSON object with `text` or `url` and what else is known.

    An article's source is the file with the line's number or, where the record has `doc` or `id`, with that.
    """
    for number, line in enumerate(read_lines(place), 1):
        if not line.strip():
            continue
        where = f"{place.source}:{number}"
        try:
            record = load_json(line, where, "this line is not JSON")
        except SourceError as error:
            yield Unreadable(where, str(error).removeprefix(f"{where}: "), place.details.outlet)
        else:
            yield interpret(record, where, place, warn, 'this line is not an object with "text"')


def read_json(place: Place, warn: Warn) -> Iterator[Read]:
    """Yield what each record of a JSON document gives: a list, or an object that holds one.

    A document that is none is unreadable where a person named it, and passed over where it lies in a folder.
    """
    try:
        data = load_json(place.read(), place.source)
    except SourceError:
        if place.is_named:
            raise
        return
    records = find_list(data)
    if records is None and isinstance(data, dict) and place.is_named:
        records = [data] if choose_preset(data) or data.keys() & {"text", "url"} else None
    known = [one for one in records or () if isinstance(one, dict)]
    if records is None or (known and not any(_is_known(one, place) for one in known[:50])):
        yield from _pass_over(place, _NEEDS)
        return
    for number, record in enumerate(records, 1):
        yield interpret(record, f"{place.source}:{number}", place, warn, _NEITHER)


def read_table(place: Place, warn: Warn) -> Iterator[Read]:
    """Yield what each row of a CSV or TSV file gives; its first line names the columns, GDELT's files apart.

    A table that is none is unreadable where a person named it, and passed over where it lies in a folder.
    """
    rows = read_rows(place, is_plain=lambda cells: name_columns(cells) is not None)
    number, first = next(rows, (0, None))
    if not isinstance(first, list):
        yield from _pass_over(place, f"not CSV: {first}" if first else "empty; nothing to read")
        return
    header = [name.strip().lower() for name in first]
    if name_columns(first) is not None:
        header, rows = [], chain([(number, first)], rows)
    elif "file" in header or not _is_known(dict.fromkeys(header), place):
        yield from _pass_over(place, _IS_MANIFEST if "file" in header else _NEEDS)
        return
    for number, row in rows:
        yield _read_row(row, header, f"{place.source}:{number}", place, warn)


def _read_row(row: Row, header: list[str], where: str, place: Place, warn: Warn) -> Read:
    if isinstance(row, list):
        record = dict(zip(header, row, strict=False)) if header else name_columns(row)
        return interpret(record, where, place, warn, _NEITHER)
    reason = str(row).removeprefix(f"{place.source}: ")
    return Unreadable(where, f"this row cannot be read: {reason}", place.details.outlet)


def load_json(data: bytes, where: str, otherwise: str = "not JSON") -> object:
    """Return what JSON says. Raises SourceError where it is none, or of more parts than articles have."""
    text = decode(data, where)
    if text.count("[") + text.count("{") > MOST_PARTS or text.count(",") > 10 * MOST_PARTS:
        raise SourceError(f"{where}: JSON of too many parts; write one article a line (.jsonl)")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{where}: {otherwise}") from error


def interpret(record: object, where: str, place: Place, warn: Warn, otherwise: str) -> Read:
    """Return the article of a record, or the link where it has an address and no whole text.

    `otherwise` is the reason where it has neither.
    """
    if not isinstance(record, dict):
        return Unreadable(where, otherwise, place.details.outlet)
    preset = choose_preset(record)
    if preset is None:
        return _read_ours(record, where, place, warn, otherwise)
    return _read_theirs(record, preset, where, place, warn)


def _read_ours(record: Mapping[str, object], where: str, place: Place, warn: Warn, otherwise: str) -> Read:
    text, address = record.get("text"), _read_address(record.get("url"))
    if isinstance(text, str) and text.strip():
        name = one_line(record.get("doc")) or one_line(record.get("id"))
        source = f"{place.source}#{name}" if name else where
        return make_article(clean(text), source, add_details(place.details, record, where, warn))
    if address is None:
        return Unreadable(where, otherwise, place.details.outlet)
    return _link(address, dict(record), place, where, warn)


def _read_theirs(record: Mapping[str, object], preset: Preset, where: str, place: Place, warn: Warn) -> Read:
    said = translate(record, preset)
    address = _read_address(said.pop("url", None))
    text = said.pop("text", None)
    if preset.only and record.get(preset.only[0], preset.only[1]) != preset.only[1]:
        return Unreadable(where, f"no article of its own ({preset.only[0]})", place.details.outlet)
    if address and not is_whole(text):
        return _link(address, said, place, where, warn)
    if not isinstance(text, str) or not text.strip():
        return Unreadable(where, _NEITHER, place.details.outlet)
    if address and not said.get("outlet"):
        said["outlet"] = outlet_of_links(place) or name_outlet(address)
    details = add_details(place.details, said | {"url": address}, where, warn)
    return make_article(clean(text), where, details)


def _read_address(given: object) -> str | None:
    is_one = isinstance(given, str) and len(given) <= LONGEST_ADDRESS
    return normal_address(str(given).strip()) if is_one else None


def _link(address: str, said: dict[str, object], place: Place, where: str, warn: Warn) -> Linked:
    """Return a link with what the record says of its page; the page's own address may be another one."""
    known = replace(place.details, outlet=outlet_of_links(place))
    details = add_details(known, said | {"url": None}, where, warn)
    return Linked(address, details, where, place.depth + 1, changed=read_date(said.get("changed")))


def _is_known(record: Mapping[str, object], place: Place) -> bool:
    """Say whether records are articles. In a folder, ours need a text: many a table has addresses."""
    is_ours = "text" in record or (place.is_named and "url" in record)
    return is_ours or choose_preset(record) is not None


def _pass_over(place: Place, reason: str) -> Iterator[Unreadable]:
    if place.is_named:
        yield Unreadable(place.source, reason, place.details.outlet)
