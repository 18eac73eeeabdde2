"""Articles with their annotations, kept in a folder from run to run."""

from __future__ import annotations

import hashlib
from itertools import islice
from typing import TYPE_CHECKING

from quotes.annotate import VERSION, Annotator, decode, encode
from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.records import Article, Unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from quotes.records import Annotated

TOGETHER = 16


def read_annotated(paths: Sequence[Path], cache: Path) -> Iterator[tuple[Path, str, Annotated]]:
    """Yield each file with its text and annotations; those that `cache` lacks are made and kept there."""
    texts = (path.read_bytes().decode("utf-8") for path in paths)
    for path, (text, annotated) in zip(paths, annotate_texts(texts, cache), strict=True):
        yield path, text, annotated


def annotate_texts(texts: Iterable[str], cache: Path) -> Iterator[tuple[str, Annotated]]:
    """Yield each text with its annotations; those that `cache` lacks are made and kept there."""
    cache.mkdir(parents=True, exist_ok=True)
    annotator = Annotator()
    waiting = iter(texts)
    while some := list(islice(waiting, TOGETHER)):
        jobs = [_job(text) for text in some]
        kept = [cache / _key(job, annotator.version) for job in jobs]
        lacking = [(job, at) for job, at in zip(jobs, kept, strict=True) if not at.exists()]
        if lacking:
            made = annotator.annotate([job for job, _ in lacking])
            for (_, at), annotated in zip(lacking, made, strict=True):
                at.write_bytes(encode(annotated))
        for text, at in zip(some, kept, strict=True):
            yield text, decode(at.read_bytes())


def _job(text: str) -> Unread:
    """Return what the models are given of an article: as the pipeline gives it."""
    parts = paragraphs(text)
    quotes = find_quotes(Article("", "", text, ""), parts)
    return Unread(text, parts, tuple(span for one in quotes if one.inside is None for span in one.spans))


def _key(job: Unread, version: str) -> str:
    return hashlib.sha256(f"{version} {VERSION} {job!r}".encode("utf-8", "surrogatepass")).hexdigest()
