"""Bytes become clean text in one place, and its length says where things stand in the file."""

from __future__ import annotations

import pytest

from quotes.errors import SourceError
from quotes.text import decode as module
from quotes.text.decode import clean, decode


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain\r\ntext\r", "plain\r\ntext\r"),
        ("“Yes,” she said.".encode(), "“Yes,” she said."),
        (b"\xef\xbb\xbfmarked", " marked"),
        ("“Ja”".encode("utf-16"), "“Ja”"),
        (b"\xfe\xff" + "«Non»".encode("utf-16-be"), "«Non»"),
        ("The café’s owner said “no” – twice.".encode("cp1252"), "The café’s owner said “no” – twice."),
        (b"a\x0cb" + b"c" * 200, "a\nb" + "c" * 200),
        (b"one\x00odd byte" + b" and text" * 20, "one odd byte" + " and text" * 20),
        ("e\u0301".encode(), "e\u0301"),
    ],
)
def test_text_is_decoded(data: bytes, text: str) -> None:
    assert decode(data, "x.txt") == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (b"\x00\x01\x02\x03" * 40, "binary"),
        (b"h\x00e\x00l\x00l\x00o\x00", "binary"),
        (b"%PDF-1.7 anything", "PDF"),
        (b"PK\x03\x04docx", "office document"),
        ("Он сказал: «нет»".encode("cp1251"), "not UTF-8"),
        ("彼は言った".encode("shift-jis"), "not UTF-8"),
        ("“Cut short".encode()[:1] + "“ok”".encode(), "not UTF-8 text (byte 0)"),
        (b"\xff\xfea", "begins as UTF-16"),
    ],
)
def test_what_is_not_text_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode(data, "desk/x.txt")
    message = str(caught.value)
    assert message.startswith("desk/x.txt: ")
    assert reason in message
    assert "\n" not in message


def test_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIMIT", 10)
    assert decode(b"x" * 10, "x.txt") == "x" * 10
    with pytest.raises(SourceError, match="larger than"):
        decode(b"x" * 11, "x.txt")


def test_cleaning_keeps_the_length_of_every_code_point() -> None:
    everything = "".join(map(chr, range(0x3000))) + "\ud800\udfff\ufeff\U0001f600"
    cleaned = clean(everything)
    assert len(cleaned) == len(everything)
    assert not set(cleaned) & ({chr(c) for c in range(0x20)} - {"\t", "\n", "\r"})
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned
