"""What a page says about its article in JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Record: TypeAlias = dict[str, Any]

_LONGEST = 1_000_000  # characters of one script
_MOST = 200  # objects that are looked at
_ARTICLES = ("Article", "BlogPosting", "Report")  # and what ends so: NewsArticle, LiveBlogPosting
_LISTS = ("CollectionPage", "ItemList", "SearchResultsPage")


def find_records(tree: Any) -> list[Record]:
    """Return the objects of a page's JSON-LD, outermost first; what is no JSON is passed over."""
    waiting: list[Any] = []
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" in (script.get("type") or "").lower() and len(text) <= _LONGEST:
            waiting.extend(_parse(text))
    found: list[Record] = []
    while waiting and len(found) < _MOST:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting[:0] = one[:_MOST]
        elif isinstance(one, dict):
            found.append(one)
            waiting.extend(one[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in one)
    return found


def _parse(text: str) -> Iterator[Any]:
    try:
        yield json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return


def find_article(records: list[Record]) -> Record | None:
    """Return the object of the page's article, or None."""
    return next((one for one in records if any(name.endswith(_ARTICLES) for name in _types(one))), None)


def is_list(records: list[Record]) -> bool:
    """Return whether the page says that it is a list of others."""
    return any(name in _LISTS for one in records for name in _types(one))


def _types(record: Record) -> list[str]:
    given = record.get("@type")
    names = given if isinstance(given, list) else [given]
    return [name for name in names if isinstance(name, str)]


def names_of(value: object) -> list[str]:
    """Return the names of persons or bodies: given as text, as objects with a name, or as a list of both.

    >>> names_of([{"@type": "Person", "name": "Ann Reed"}, "Tom Pike"])
    ['Ann Reed', 'Tom Pike']
    """
    given = value if isinstance(value, list) else [value]
    names = [one.get("name") if isinstance(one, dict) else one for one in given[:20]]
    return [name for name in names if isinstance(name, str) and name.strip()]
