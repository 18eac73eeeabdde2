"""PDF files that hold text, with the extra [pdf]."""

from __future__ import annotations

import logging
from io import BytesIO
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from quotes.errors import SourceError
from quotes.sources.details import add_address, make_article
from quotes.sources.pdf_lines import Line, join_lines
from quotes.text.decode import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.records import Article
    from quotes.sources.place import Place, Warn

MOST_BYTES = 50_000_000
MOST_PAGES = 500
MOST_CHARACTERS = 2_000_000
MOST_SECONDS = 8.0
"""That one file may take: a page of text takes a hundredth."""

_MISSING: Final = "reading PDF needs one more package: pip install 'quote-drift[pdf]'"
_LOCKED: Final = "locked with a password; save it without one"
_SCANNED: Final = "no text in it, only pictures of pages; have the text recognised (OCR) and save it again"
_SLOW: Final = f"takes more than {MOST_SECONDS:.0f} seconds to read; save it as plain text"
_LIMITS: Final[dict[str, Any]] = {
    "maximum_declared_stream_length": 20_000_000,
    "array_based_stream_maximum_output_length": 5_000_000,
    "zlib_maximum_output_length": 5_000_000,
    "lzw_maximum_output_length": 5_000_000,
    "run_length_maximum_output_length": 5_000_000,
    "stream_decoding_work_maximum_length": 20_000_000,
    "stream_parsing_work_maximum_count": 200_000,
    "page_tree_maximum_entries": 5_000,
    "xform_maximum_invocations_per_extraction": 200,
}


def read_pdf(place: Place, warn: Warn) -> Iterator[Article]:
    """Yield the article of a PDF. `warn` is told of pages that could not be read while others could."""
    where = place.source
    data = place.read(MOST_BYTES)
    if len(data) > MOST_BYTES:
        raise SourceError(f"{where}: larger than {MOST_BYTES // 1_000_000} MB; save the pages that matter")
    try:
        import pypdf
    except ImportError as error:
        raise SourceError(f"{where}: {_MISSING}") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would print what is odd about each file
    with pypdf.apply_configuration(**_LIMITS):
        pages, broken = _read_pages(_open(data, where), where)
    text = clean("\n\n".join(join_lines(pages)))
    if not text.strip():
        raise SourceError(f"{where}: {'broken; none of its pages can be read' if broken else _SCANNED}")
    if broken:
        warn(f"{where}: {broken} of {len(pages)} pages could not be read")
    yield make_article(text, where, add_address(place.details, place.address))


def _open(data: bytes, where: str) -> Any:
    from pypdf import PdfReader

    try:
        reader = PdfReader(BytesIO(data))
        is_locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if is_locked else len(reader.pages)
    except Exception as error:  # whatever the file breaks, it is this file alone
        is_locked = type(error).__name__ in ("DependencyError", "FileNotDecryptedError")
        reason = _LOCKED if is_locked else "broken, or not a PDF file"
        raise SourceError(f"{where}: {reason}") from error
    if is_locked:
        raise SourceError(f"{where}: {_LOCKED}")
    if count > MOST_PAGES:
        raise SourceError(f"{where}: more than {MOST_PAGES} pages; save those that matter as another file")
    return reader


def _read_pages(reader: Any, where: str) -> tuple[list[list[Line]], int]:
    """Return the lines of each page, and how many pages could not be read."""
    end = monotonic() + MOST_SECONDS
    pages: list[list[Line]] = []
    broken = size = 0

    def watch(*_: object) -> None:
        if monotonic() > end:
            raise SourceError(f"{where}: {_SLOW}")

    for page in reader.pages:
        watch()
        lines: list[Line] = []
        try:
            page.extract_text(visitor_operand_before=watch, visitor_text=_gather(lines))
        except SourceError:
            raise
        except Exception:  # a broken page is no reason to lose the others
            broken += 1
        pages.append(lines)
        size += sum(len(line.text) for line in lines)
        if size > MOST_CHARACTERS:
            raise SourceError(
                f"{where}: more than {MOST_CHARACTERS:,} characters; save the pages that matter"
            )
    return pages, broken


def _gather(lines: list[Line]) -> Any:
    """Return a function that adds each piece of text it is told to `lines`, with its height on the page."""

    def add(text: str, user: list[float], matrix: list[float], _font: object, _size: object) -> None:
        height = matrix[5] * user[3] + user[5]
        for at, piece in enumerate(text.split("\n")):
            if at or not lines:
                lines.append(Line(piece, height))
            else:
                last = lines[-1]
                lines[-1] = Line(last.text + piece, last.height if last.text.strip() else height)

    return add
