"""PDF files become articles: paragraphs without running heads and broken words, or a reason."""

from __future__ import annotations

import builtins
import textwrap
import time
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from news_pages import PARAGRAPHS

from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.records import Article, Unreadable
from quotes.sources import Place, read_place
from quotes.sources.details import Details
from quotes.sources.pdf_lines import Line, join_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

pypdf = pytest.importorskip("pypdf", reason="needs the extra [pdf]")


def make_pdf(pages: Sequence[bytes]) -> bytes:
    """Return a PDF with one page for each stream of drawing commands; /F1 is a font."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font]
    for page in pages:
        stream = zlib.compress(page)
        head = b"<< /Length %d /Filter /FlateDecode >>" % len(stream)
        objects.append(head + b"\nstream\n" + stream + b"\nendstream")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    kids = b" ".join(b"%d 0 R" % (5 + 2 * at) for at in range(len(pages)))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids)
    data, starts = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, end)


def draw(lines: Sequence[str]) -> bytes:
    """Return the commands that print lines below each other; an empty one leaves a gap."""
    commands = [b"BT /F1 11 Tf 72 770 Td 14 TL"]
    for line in lines:
        escaped = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")
        commands.append(b"(%s) Tj T*" % escaped if line else b"T*")
    return b"\n".join([*commands, b"ET"])


def read_one(data: bytes, warned: list[str] | None = None) -> Article | Unreadable:
    place = Place("a.pdf", Details(outlet="gull"), data=data, ending=".pdf")
    (found,) = read_place(place, (warned if warned is not None else []).append)
    assert isinstance(found, Article | Unreadable)
    return found


def reason(data: bytes) -> str:
    found = read_one(data)
    assert isinstance(found, Unreadable), found
    return found.reason


def quotes(text: str) -> list[str]:
    one = Article("id", "outlet", text, "source")
    return [quote.text for quote in find_quotes(one, paragraphs(text))]


def test_a_pdf_has_the_paragraphs_and_quotes_of_its_article() -> None:
    pages = []
    for number, part in enumerate((PARAGRAPHS[:4], PARAGRAPHS[4:8], PARAGRAPHS[8:]), 1):
        lines = [line for paragraph in part for line in [*textwrap.wrap(paragraph, 60), ""]]
        pages.append(draw(["THE GULL · ROADS", "", *lines, f"Page {number} of 3"]))
    found = read_one(make_pdf(pages))
    assert isinstance(found, Article)
    assert found.text.split("\n\n") == list(PARAGRAPHS)
    assert quotes(found.text) == quotes("\n\n".join(PARAGRAPHS))


def lines(*texts: str, step: float = 14) -> list[Line]:
    return [Line(text, 800 - step * at) for at, text in enumerate(texts) if text]


LONG, LAST = "The whole of this line is full of words,", "and short."


@pytest.mark.parametrize(
    ("pages", "joined"),
    [
        ([lines("The bridge is shut, engi-", "neers said.")], ["The bridge is shut, engineers said."]),
        ([lines("A well-known fault is a well-", "known one.")], ["A well-known fault is a well-known one."]),
        ([lines("The talks of 1914-", "1918 are over.")], ["The talks of 1914-1918 are over."]),
        ([lines("A first", "one.", "", "The second.")], ["A first one.", "The second."]),
        ([lines(LONG, LAST, LONG, LAST)], [f"{LONG} {LAST}", f"{LONG} {LAST}"]),
        (
            [lines("The council of the town of"), lines("Lowhaven met.")],
            ["The council of the town of Lowhaven met."],
        ),
        ([lines("The council met."), lines("It rained.")], ["The council met.", "It rained."]),
        ([lines("MS. HOLT: We will", "MR. PIKE: No.")], ["MS. HOLT: We will", "MR. PIKE: No."]),
        ([lines("The ﬁrst ﬂoor of the oﬃce")], ["The first floor of the office"]),
        ([lines("Words", "12")], ["Words"]),
        ([], []),
    ],
)
def test_lines_become_paragraphs(pages: list[list[Line]], joined: list[str]) -> None:
    assert list(join_lines(pages)) == joined


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def refuse(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "pypdf":
            raise ImportError(name)
        return load(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert reason(make_pdf([draw(["Words."])])) == (
        "reading PDF needs one more package: pip install 'quote-drift[pdf]'"
    )


def lock(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(make_pdf([draw(["The bridge stays shut."])])))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_locked_pdf_says_so_and_one_that_only_may_not_be_changed_is_read() -> None:
    assert reason(lock("secret")) == "locked with a password; save it without one"
    found = read_one(lock(""))
    assert isinstance(found, Article)
    assert found.text == "The bridge stays shut."


SHOW = b"(a) Tj "


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (make_pdf([b""]), "only pictures of pages"),
        (make_pdf([draw(["Words."])])[:200], "broken"),
        (b"%PDF-1.4" + b"\0\xff" * 5_000, "broken"),
        (b"no PDF at all", "broken"),
        (b"", "broken"),
        (make_pdf([draw(["Words."])] * 501), "more than 500 pages"),
        (make_pdf([b" " * 100_000_000]), "none of its pages can be read"),
        (make_pdf([b"BT /F1 11 Tf " + SHOW * 400_000 + b"ET"]), "none of its pages can be read"),
        (make_pdf([b"[" * 100_000]), "none of its pages can be read"),
    ],
    ids=["scanned", "cut", "junk", "text", "empty", "pages", "bomb", "commands", "nested"],
)
def test_what_gives_no_text_says_why(data: bytes, words: str) -> None:
    began = time.process_time()
    assert words in reason(data)
    assert time.process_time() - began < 5


def test_a_slow_pdf_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.sources.pdf.MOST_SECONDS", 0.05)
    assert "seconds to read" in reason(make_pdf([b"BT /F1 11 Tf " + SHOW * 20_000 + b"ET"] * 5))


def test_one_broken_page_costs_no_others() -> None:
    warned: list[str] = []
    found = read_one(make_pdf([draw(["The bridge stays shut."]), b"[" * 100_000]), warned)
    assert isinstance(found, Article)
    assert found.text == "The bridge stays shut."
    assert warned == ["a.pdf: 1 of 2 pages could not be read"]
