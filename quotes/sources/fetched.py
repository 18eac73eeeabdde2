"""What was fetched, as a place to read: its bytes and its media type tell what it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from quotes.errors import SourceError
from quotes.sources.addresses import hide_secrets
from quotes.sources.place import Place, ending_of
from quotes.sources.xml_elements import name_root
from quotes.sources.xml_lists import ROOTS

if TYPE_CHECKING:
    from quotes.requests import Answer
    from quotes.sources.place import Linked

_HEAD = 4_096
_BEGINNINGS: Final = ((b"%PDF-", ".pdf"), (b"WEBVTT", ".vtt"), (b"WARC/", ".warc"))
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body")
_MEDIA_TYPES: Final = {
    "application/feed+json": ".json",
    "application/json": ".json",
    "application/jsonl": ".jsonl",
    "application/atom+xml": ".xml",
    "application/pdf": ".pdf",
    "application/rss+xml": ".xml",
    "application/warc": ".warc",
    "application/x-jsonlines": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/x-subrip": ".srt",
    "application/xhtml+xml": ".html",
    "application/xml": ".xml",
    "message/rfc822": ".eml",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/tab-separated-values": ".tsv",
    "text/vtt": ".vtt",
    "text/x-opml": ".xml",
    "text/xml": ".xml",
}
_UNTOLD = (
    "",
    "application/octet-stream",
    "application/gzip",
    "application/x-gzip",
    "application/zip",
    "text/plain",
)
"""Media types that say nothing of what it is: the address's own ending does."""
_TOLD_BY_NAME = (".csv", ".eml", ".html", ".json", ".jsonl", ".srt", ".tsv", ".txt", ".vtt", ".warc", ".xml")


def place_of_answer(answer: Answer, linked: Linked) -> Place:
    """Return what an answer with data holds as a place, with the ending of its kind.

    What its first bytes are counts before what the server says, and that before the address's own ending.
    """
    place = Place(
        source=hide_secrets(linked.address),
        details=linked.details,
        data=answer.data,
        address=answer.address,
        charset=answer.charset,
        is_named=True,
        depth=linked.depth,
    )
    return replace(place, ending=_find_ending(place, (answer.media_type or "").lower()))


def _find_ending(place: Place, media_type: str) -> str:
    try:
        with place.open() as stream:
            head = stream.read(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
        told = _tell(head, place)
    except SourceError:
        told = ""  # the reader gives the reason
    named = ending_of(place.file_name)
    by_name = named if named in _TOLD_BY_NAME and media_type in _UNTOLD else ""
    other = named or "." + media_type.rpartition("/")[2]
    is_text = media_type in _UNTOLD or media_type.startswith("text/")
    return told or _MEDIA_TYPES.get(media_type) or by_name or (".html" if is_text else other)


def _tell(head: bytes, place: Place) -> str:
    """Return the ending of what the first bytes are; empty where they may be anything."""
    known = next((ending for beginning, ending in _BEGINNINGS if head.startswith(beginning)), "")
    if known or not head.startswith(b"<"):
        return known
    if head[:200].lower().startswith(_MARKUP):
        return ".html"
    with place.open() as stream:
        root = name_root(stream, place.source)
    return ".xml" if root in ROOTS else ".html" if root == "html" else ""
