"""What `quotes publish` says: what it wrote, how large it is, and what to do with it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from quotes.cli.screen import count_words, say_datasette

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.publish.publication import Publication

_ABOUT = {
    "inspect-data.json": "how many rows each table has",
    ".db": "the database",
    ".whl": "the pages, to be installed beside Datasette",
    ".yml": "how Datasette shows it, and what visitors may do",
    ".json": "the same, for Datasette 0.65",
    ".md": "how to put it on Fly.io, Google Cloud Run or a server of your own",
}
_LITE = "https://lite.datasette.io/?url=SITE/quotes.db&metadata=SITE/metadata.yml&install=SITE/{}#/-/quotes"


def tell_published(written: Publication) -> Iterator[str]:
    """Yield the lines that sum up a publication."""
    rows = written.rows
    kinds = (("quotes", "quote"), ("statements", "statement"), ("articles", "article"), ("outlets", "outlet"))
    yield f"{written.folder}: {', '.join(count_words(rows[table], noun) for table, noun in kinds)}"
    width = max(map(len, written.files))
    for name, size in written.files.items():
        about = next((words for suffix, words in _ABOUT.items() if name.endswith(suffix)), "")
        yield f"  {name:{width}}  {_tell_size(size):>9}  {about}".rstrip()
    folder = shlex.quote(str(written.folder))
    wheel = next(name for name in written.files if name.endswith(".whl"))
    yield f"\nLook at it as visitors will:\n  {say_datasette()} serve {folder} --port 8002"
    yield f"Put it on the web: see {written.folder / 'HOSTING.md'}. Restart a server that shows it already."
    yield f"Without a server, where SITE has these files:\n  {_LITE.format(wheel)}"


def _tell_size(size: int) -> str:
    """Return a size in the unit that suits it.

    >>> _tell_size(999), _tell_size(52_000), _tell_size(1_234_567_890)
    ('1 kB', '52 kB', '1,234.6 MB')
    """
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3)):,} kB"
