"""Files as an unfriendly hand, or a broken disk, would make them, each with what is to be made of it."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seeding import SOUND

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MARKED = "“The quay is shut,” Tom Pike said."
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
RSS = '<rss version="2.0"><channel><title>Desk</title>{}</channel></rss>'
ITEM = "<item><title>Quay</title><link>{}</link><description>{}</description></item>\n"
BODY = f"<p>{MARKED}</p><p>The council met for three hours, and decided nothing at all.</p>" * 3
GB = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file: its name, what makes its bytes, and a part of what must come of it.

    That is the reason why it is not read, or not whole; a text; or an address.
    """

    name: str
    make: Callable[[], bytes]
    reason: str | None = None
    text: str | None = None
    address: str | None = None

    def write(self, folder: Path) -> Path:
        """Write it into `folder` and return its path."""
        path = folder / self.name
        path.write_bytes(self.make())
        return path


def bomb(size: int = GB) -> bytes:
    """Return gzip data of a thousandth of `size` that unpacks to so many zeros, and then ends too early."""
    packer, chunk = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16), bytes(1_000_000)
    first = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (size // len(chunk) - 1)


def pack(*files: tuple[str, bytes]) -> bytes:
    """Return a ZIP archive of files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def page(body: str, head: str = "") -> bytes:
    """Return a page with `body` in its article."""
    return (
        f"<html><head><title>Quay</title>{head}</head><body><article>{body}</article></body></html>".encode()
    )


def sound(name: str) -> bytes:
    """Return the bytes of a sound file."""
    return (SOUND / name).read_bytes()


def nest(count: int) -> bytes:
    """Return a letter whose parts stand in one another."""
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(count))
    return f"From: a@desk.example\nMIME-Version: 1.0\n{head}Content-Type: text/plain\n\n{MARKED}\n".encode()


def warc(
    length: int | str, data: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(BODY)
) -> bytes:
    """Return a WARC file with one answer that says it has so many bytes."""
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        "WARC-Date: 2026-03-04T09:30:00Z\r\nWARC-Target-URI: https://desk.example/quay\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
    )
    return f"{head}Content-Length: {length}\r\n\r\n".encode() + data + b"\r\n\r\n"


def pdf(stream: bytes, kids: str = "3 0 R") -> bytes:
    """Return a PDF file of one page with this stream, packed; `kids` are the pages."""
    packed = zlib.compress(stream, 9)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count 1>>".encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    written, places = b"%PDF-1.4\n", []
    for number, object_ in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(written))
        written += b"%d 0 obj%sendobj\n" % (number, object_)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(places)
    end = f"trailer<</Root 1 0 R/Size 6>>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + table + end.encode()


def lock() -> bytes:
    """Return a PDF file with a password."""
    from pypdf import PdfWriter

    writer, stream = PdfWriter(clone_from=io.BytesIO(sound("paper.pdf"))), io.BytesIO()
    writer.encrypt("harbour", algorithm="RC4-128")
    writer.write(stream)
    return stream.getvalue()


TEXTS = (
    Hostile(
        "damaged.txt",
        lambda: MARKED.encode()[:20] + b"\xff\xfe\xe2\x80 and so on",
        "not UTF-8 text (byte 20)",
    ),
    Hostile("utf16.txt", lambda: MARKED.encode("utf-16"), text=MARKED),
    Hostile("utf16-big.txt", lambda: b"\xfe\xff" + MARKED.encode("utf-16-be"), text=MARKED),
    Hostile("utf16-unmarked.txt", lambda: ("The quay is shut. " * 9).encode("utf-16-le"), "binary data"),
    Hostile("utf16-odd.txt", lambda: b"\xff\xfe" + b"\x00\xd8" * 9, "begins as UTF-16 but is not"),
    Hostile("nul.txt", lambda: bytes(5_000), "binary data"),
    Hostile("one-nul.txt", lambda: MARKED.encode() * 9 + b"\x00and no more", text=f"{MARKED} and no more"),
    Hostile("escapes.txt", lambda: b"\x1b[31mred\x1b[0m" * 20, "binary data"),
    Hostile("surrogate.txt", lambda: MARKED.encode() + b"\xed\xa0\x80", "not UTF-8 text (byte 38)"),
    Hostile("mixed.txt", lambda: f"„A“ «B» \"C’ ‘D” »E« ‹F› ''G'' “{MARKED}".encode(), text="»E«"),
    Hostile("marks.txt", lambda: ("“" * 40_000).encode(), text="““““"),
    Hostile("large.txt", lambda: b"It rained. " * 4_600_000, "larger than 50 MB"),
    Hostile("nearly-large.txt", lambda: b"It rained. " * 4_500_000, text="It rained. It rained."),
    Hostile("really-a.zip.txt", lambda: pack(("a.txt", b"A")), "a ZIP archive"),
    Hostile("odd\x1b[31m\nname\u202e.txt", lambda: MARKED.encode(), text=MARKED),
    Hostile("bomb.txt.gz", bomb, "as no text does"),
    Hostile("bomb-in-bomb.txt.gz", lambda: gzip.compress(bomb(100_000_000), mtime=0), "a gzip archive"),
    Hostile("cut.txt.gz", lambda: gzip.compress(MARKED.encode() * 999, mtime=0)[:-30], "ends too early"),
    Hostile("garbled.txt.gz", lambda: b"\x1f\x8b\x08" + b"nonsense" * 9, "damaged gzip data"),
    Hostile("bomb.txt.zip", lambda: pack(("a.txt", bytes(300_000_000))), "larger than 50 MB"),
    Hostile("two.txt.zip", lambda: pack(("a.txt", b"A"), ("b.txt", b"B")), "holds one file"),
    Hostile("zip-in.txt.zip", lambda: pack(("a.txt", pack(("b.txt", b"B")))), "a ZIP archive"),
    Hostile("climbs.txt.zip", lambda: pack(("../../up.txt", MARKED.encode())), text=MARKED),
    Hostile("cut.txt.zip", lambda: pack(("a.txt", MARKED.encode() * 99))[:-30], "not a whole ZIP archive"),
)

PAGES = (
    Hostile("deep.html", lambda: page("<div>" * 20_000 + BODY), "nested too deeply"),
    Hostile("opens.html", lambda: b"<" * 1_000_000, "tags"),
    Hostile("attributes.html", lambda: page(f"<p {'a=1 ' * 99_000}>{BODY}"), "attributes on one tag"),
    Hostile("huge.html", lambda: page(BODY * 40_000), "5,000,000 bytes of HTML"),
    Hostile("empty-page.html", lambda: page(""), "no "),
    Hostile("never-closed.html", lambda: page(f"{BODY}<!--{BODY * 99}"), text=MARKED),
    Hostile("references.html", lambda: page(f"<p>&#0;&#xD800;&#x110000;&a;</p>{BODY}"), text=MARKED),
    Hostile("marks.html", lambda: page(f"{BODY}<p>{'“' * 40_000}</p>"), text=MARKED),
    Hostile("lies.html", lambda: page(BODY, "<meta charset=utf-16>"), text=MARKED),
    Hostile(
        "picture.html",
        lambda: page(f'<img src="data:image/png;base64,{"A" * 9_000_000}">{BODY}'),
        text=MARKED,
    ),
    Hostile("laughs.html", lambda: LAUGHS.encode() + page(f"<p>&j;</p>{BODY}"), text=MARKED),
    Hostile("outside.html", lambda: OUTSIDE.encode() + page(f"<p>&a;</p>{BODY}"), text=MARKED),
    Hostile("really-a-pdf.html", lambda: sound("paper.pdf"), "a PDF file"),
    Hostile("bomb.html.gz", bomb, "as no text does"),
)

LISTS = (
    Hostile("laughs.rss", lambda: (LAUGHS + RSS.format("&j;")).encode(), "entities"),
    Hostile("laughs.atom", lambda: (LAUGHS + "<feed><title>&j;</title></feed>").encode(), "entities"),
    Hostile("laughs.opml", lambda: (LAUGHS + "<opml><body>&j;</body></opml>").encode(), "entities"),
    Hostile("laughs.xml", lambda: (LAUGHS + "<urlset><url>&j;</url></urlset>").encode(), "entities"),
    Hostile("outside.rss", lambda: (OUTSIDE + RSS.format("&a;")).encode(), "entities"),
    Hostile("deep.xml", lambda: b"<urlset>" + b"<url>" * 100_000, "XML"),
    Hostile("tag.xml", lambda: b"<urlset " + b"a" * 5_000_000, "XML"),
    Hostile(
        "million-lines.rss",
        lambda: RSS.format(ITEM.format("https://desk.example/quay", "") * 1_000_000).encode(),
        "only its first entries were read",
    ),
    Hostile("cut.rss", lambda: sound("rss.xml")[:-80], address="https://desk.example/quay"),
    Hostile("schemes.rss", lambda: RSS.format(ITEM.format("file:///etc/passwd", "")).encode(), "no "),
    Hostile("bomb.xml.gz", bomb, "neither a feed"),
    Hostile("empty.opml", lambda: b"", "neither a feed"),
)

RECORDS = (
    Hostile(
        "surrogate.jsonl", lambda: b'{"text": "A \\ud800 stands here, \\u0000 alone"}', text="A \ufffd stands"
    ),
    Hostile("deep.jsonl", lambda: b'{"text": ' + b"[" * 100_000, "not JSON"),
    Hostile("numbers.jsonl", lambda: b'{"text": ' + b"9" * 100_000 + b"}", "not JSON"),
    Hostile(
        "twice.jsonl", lambda: b'{"text": "First of two", "text": "Second of two"}', text="Second of two"
    ),
    Hostile("odd.jsonl", lambda: b'{"text": ["a"]}\n[]\nnull\n"a"\n1e999\n', 'not an object with "text"'),
    Hostile("long.jsonl", lambda: b'{"text": "' + b"a" * 60_000_000, "larger than 50 MB"),
    Hostile("deep.json", lambda: b"[" * 100_000, "JSON"),
    Hostile("scalar.json", lambda: b"42", "no articles in it that are known"),
    Hostile("nul.csv", lambda: b"text,url\n" + bytes(4_000), "binary data"),
    Hostile("open.csv", lambda: b'text,url\n"' + b"a,b\n" * 50_000, "this row cannot be read"),
    Hostile("long.csv", lambda: b"text,url\n" + b"a" * 100_000_000 + b",b\n", "larger than 50 MB"),
    Hostile("wide.csv", lambda: b"text" + b",a" * 500_000 + b"\nA\n", text="A"),
    Hostile("bomb.csv.zip", lambda: pack(("a.csv", bytes(300_000_000))), "as no text does"),
)

OTHERS = (
    Hostile("nested.eml", lambda: nest(10_000), "nested too deeply"),
    Hostile("headers.eml", lambda: b"X: " + b"a\r\n b" * 2_000_000 + b"\r\n\r\nA", "a header of more than"),
    Hostile(
        "charset.eml",
        lambda: b"Content-Type: text/plain; charset=nonsense\r\n\r\n" + MARKED.encode(),
        text="quay",
    ),
    Hostile("nothing.eml", lambda: b"Subject: Nothing\r\n\r\n", "a message without text"),
    Hostile(
        "backwards.vtt",
        lambda: b"WEBVTT\n\n00:09.000 --> 00:01.000\nThe quay is shut.\n",
        text="quay is shut",
    ),
    Hostile("times.vtt", lambda: b"WEBVTT\n\n99:99:99.999 --> -1\nThe quay.\n", "no captions in it"),
    Hostile("times.srt", lambda: b"1\nnever --> always\nThe quay.\n", "no captions in it"),
    Hostile("cues.vtt", lambda: b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nA\n\n" * 300_000, text="A"),
    Hostile("short.warc", lambda: warc(10), "a broken record passed over"),
    Hostile("long.warc", lambda: warc(10**12), text=MARKED),
    Hostile("negative.warc", lambda: warc(-1), "a broken record passed over"),
    Hostile("cut.warc.gz", lambda: gzip.compress(sound("crawl.warc") * 9, mtime=0)[:-30], "ends too early"),
    Hostile(
        "bomb.warc",
        lambda: warc(
            len(
                answer := b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
                + bomb()
            ),
            answer,
        ),
        "as no text does",
    ),
    Hostile("nothing.warc", lambda: b"no WARC at all\r\n" * 9, "not a WARC file"),
    Hostile("cut.pdf", lambda: sound("paper.pdf")[:300], "broken, or not a PDF file"),
    Hostile(
        "bomb.pdf",
        lambda: pdf(b"BT /F 12 Tf (A) Tj ET " + bytes(300_000_000)),
        "none of its pages can be read",
    ),
    Hostile("loop.pdf", lambda: pdf(b"BT ET", kids="2 0 R"), "broken, or not a PDF file"),
    Hostile("locked.pdf", lock, "locked with a password"),
    Hostile("pictures.pdf", lambda: pdf(b"BT ET"), "no text in it, only pictures"),
)

FILES = (*TEXTS, *PAGES, *LISTS, *RECORDS, *OTHERS)
