"""Readers: one function for each kind of file, from a file to its articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from quotes.sources.captions import read_captions
from quotes.sources.details import add_address, make_article
from quotes.sources.mail import read_mail
from quotes.sources.pages import read_page, read_saved
from quotes.sources.pdf import read_pdf
from quotes.sources.records import read_json, read_json_lines, read_table
from quotes.sources.warc import read_warc
from quotes.sources.xml_lists import read_xml
from quotes.text.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.errors import SourceError
    from quotes.records import Article
    from quotes.sources.place import Place, Reader, Warn

_RECORD = re.compile(r"\.(?:jsonl|ndjson|json|csv|tsv|warc)(?:\.gz|\.zip)?([#:])", re.IGNORECASE)

VERSION: Final = "1"
"""Another one where the same bytes may give another article: files are then read again."""

COLLECTIONS: Final = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".warc")
"""Endings of files that hold many articles: that one of these is gone says nothing of its articles."""


def read_text(place: Place, _warn: Warn) -> Iterator[Article]:
    """Yield the one article of a plain text file."""
    details = add_address(place.details, place.address)
    yield make_article(decode(place.read(), place.source), place.source, details)


def document_name(article: Article) -> str:
    """Return the name that `quotes extract` prints: the file's stem, or a record's own id or line number."""
    if not (found := _RECORD.search(article.source)):
        name = article.source.rpartition("/")[2]
        return name.rpartition(".")[0] or name
    record = article.source[found.end() :]
    stem = article.source[: found.start()].rpartition("/")[2]
    return record if found[1] == "#" else f"{stem}:{record}"


def reason_of(error: SourceError, where: str) -> str:
    """Return an error's message without the name of the place, which is kept apart."""
    return str(error).removeprefix(f"{where}: ")


READERS: Final[dict[str, Reader]] = {
    ".atom": read_xml,
    ".csv": read_table,
    ".eml": read_mail,
    ".htm": read_page,
    ".html": read_page,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".mht": read_saved,
    ".mhtml": read_saved,
    ".ndjson": read_json_lines,
    ".opml": read_xml,
    ".pdf": read_pdf,
    ".rss": read_xml,
    ".srt": read_captions,
    ".tsv": read_table,
    ".txt": read_text,
    ".vtt": read_captions,
    ".warc": read_warc,
    ".xhtml": read_page,
    ".xml": read_xml,
}
"""What reads a file, by the ending of its name in lower case."""
