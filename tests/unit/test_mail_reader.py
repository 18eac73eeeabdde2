"""Newsletters become articles: the words that are shown, with the headers' title and time."""

from __future__ import annotations

import time
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from news_pages import PARAGRAPHS, wrap

from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.records import Article, Unreadable
from quotes.sources import Place, read, read_place
from quotes.sources.details import Details

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = "\n\n".join(PARAGRAPHS)
LETTER = f"""<html><head><title>Letter</title><style>p {{}}</style></head><body>
<div style="display: none">The bridge, “in short”: all you need to know</div>
<table role="presentation"><tr><td><table width="600">
<tr><td><a href="https://x.example">View in browser</a></td></tr>
<tr><td><h1>The Lowhaven Letter</h1></td></tr>
<tr><td>{wrap(PARAGRAPHS[:6])}</td></tr>
<tr><td>{"<br><br>".join(PARAGRAPHS[6:8])}</td></tr>
<tr><td><table><tr><td>Also</td><td>{wrap(PARAGRAPHS[8:])}</td></tr></table></td></tr>
<tr><td><a href="https://x.example/u">Unsubscribe</a><br>You get this letter for you asked for it.</td></tr>
</table></td></tr></table></body></html>"""


def letter(plain: str | None = PLAIN, html: str | None = LETTER, **headers: str) -> EmailMessage:
    message = EmailMessage()
    given = {
        "From": '"The Lowhaven Letter" <letter@gull.example>',
        "Subject": "Bridge: “not for anybody”",
        "Date": "Wed, 04 Mar 2026 09:30:00 +0100",
    }
    for name, value in (given | headers).items():
        message[name] = value
    if plain is not None:
        message.set_content(plain)
    if html is not None:
        if plain is None:
            message.set_content(html, subtype="html")
        else:
            message.add_alternative(html, subtype="html")
    return message


def read_one(data: EmailMessage | bytes, outlet: str = "gull") -> Article | Unreadable:
    data = data if isinstance(data, bytes) else data.as_bytes()
    (found,) = read_place(Place("a.eml", Details(outlet=outlet), data=data, ending=".eml"))
    assert isinstance(found, Article | Unreadable)
    return found


def article(data: EmailMessage | bytes, outlet: str = "gull") -> Article:
    found = read_one(data, outlet)
    assert isinstance(found, Article), found
    return found


def quotes(text: str) -> list[str]:
    one = Article("id", "outlet", text, "source")
    return [quote.text for quote in find_quotes(one, paragraphs(text))]


@pytest.mark.parametrize(
    "message",
    [letter(), letter(plain=None), letter(html=None), letter(plain="Please read this letter in a browser.")],
    ids=["both", "html", "plain", "plain is a note"],
)
def test_a_letter_has_the_quotes_of_its_article(message: EmailMessage) -> None:
    found = article(message)
    assert quotes(found.text) == quotes(PLAIN)
    assert all(line in found.text for line in PARAGRAPHS)
    assert "all you need to know" not in found.text


def test_the_headers_give_title_and_time() -> None:
    found = article(letter())
    assert (found.title, found.published, found.outlet) == (
        "Bridge: “not for anybody”",
        "2026-03-04T08:30:00+00:00",
        "gull",
    )
    assert article(letter(Date="yesterday")).published is None


def test_the_sender_is_the_outlet_only_where_nothing_else_names_one(tmp_path: Path) -> None:
    assert article(letter(), outlet="unknown").outlet == "The Lowhaven Letter"
    assert article(letter(From="letter@gull.example"), outlet="unknown").outlet == "gull.example"
    (tmp_path / "heron").mkdir()
    (tmp_path / "heron" / "a.eml").write_bytes(letter().as_bytes())
    (found,) = read([tmp_path])
    assert isinstance(found, Article)
    assert found.outlet == "heron"


def test_headers_that_nobody_encoded_are_read_as_utf_8() -> None:
    data = "Subject: Brücke “zu”\nContent-Type: text/plain; charset=latin-1\n\n".encode() + PLAIN.encode(
        "cp1252"
    )
    found = article(data)
    assert (found.title, quotes(found.text)) == ("Brücke “zu”", quotes(PLAIN))


def test_what_is_attached_is_not_read() -> None:
    message = letter(html=None)
    message.add_attachment(
        "<p>“Never,” said somebody in the attachment.</p>", subtype="html", filename="a.html"
    )
    message.add_attachment("“Never,” said somebody else.", filename="a.txt")
    assert quotes(article(message).text) == quotes(PLAIN)


def test_a_letter_of_pictures_says_so() -> None:
    found = read_one(letter(plain=None, html='<html><body><img src="a.png"></body></html>'))
    assert isinstance(found, Unreadable)
    assert found.reason == "a message without text; what is attached is not read"


NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000))


PARTS = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: text/plain\n\n\n" * 30_000


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (NESTED, "nested too deeply"),
        (b"Content-Type: message/rfc822\n\n" * 20_000, "nested too deeply"),
        (
            b"Content-Type: multipart/mixed; boundary=b\n\n"
            + b"--b\nContent-Type: text/plain\n\n\n" * 30_000,
            "without text",
        ),
        (b"Content-Type: text/html; " + b"a=1; " * 200_000 + b"\n\nx", "a header of more than"),
        (b"Subject: " + b"=?utf-8?q?a?= " * 100 + b"\n\n", "without text"),
        (b"Content-Transfer-Encoding: base64\nSubject: x\n\n!!!!", "without text"),
        (b"no headers at all", "no headers"),
        (b"", "no headers"),
    ],
    ids=["nested", "forwarded", "parts", "header", "encoded", "base64", "none", "empty"],
)
def test_a_message_made_to_be_slow_gives_a_reason_at_once(data: bytes, words: str) -> None:
    began = time.process_time()
    found = read_one(data)
    assert time.process_time() - began < 15
    assert isinstance(found, Unreadable)
    assert words in found.reason


@pytest.mark.parametrize("name", ["From", "Subject", "Date", "Content-Type", "Content-Disposition"])
@pytest.mark.parametrize(
    "value", ["(" * 9_000, "=?x?q?=FF?= " * 900, "<" * 9_000, '"' * 9_000, ";=" * 4_000, "\\"]
)
def test_odd_headers_cost_no_article(name: str, value: str) -> None:
    began = time.process_time()
    data = f"{name}: {value}\nX-Other: y\n\n{PLAIN}".encode()
    assert "Lars Quist" in article(data, outlet="unknown").text
    assert time.process_time() - began < 2
