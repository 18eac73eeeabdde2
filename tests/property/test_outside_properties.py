"""Whatever a person's files or a server's answers hold: what is read of them, or one error that says why."""

from __future__ import annotations

import gzip
import sys
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "hostile"))

from seeding import list_seeds

from quotes import sources
from quotes.errors import SourceError
from quotes.fetch.body import read_bytes, read_kind
from quotes.fetch.failure import FetchError
from quotes.fetch.guard import is_public, read_address
from quotes.fetch.robots import read_rules
from quotes.records import Printed, Unreadable
from quotes.requests import Answer, Asked
from quotes.sources.listed import read_sources

if TYPE_CHECKING:
    import pytest

few_shrinks = settings(
    deadline=None,
    max_examples=300,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
SOUND = [seed for ending in (".html", ".xml", ".pdf", ".warc") for seed in list_seeds(ending)]
TEXT = """file outlet date url , ; " "" # = / | same: not Ann Reed User-agent: * Disallow: Allow: $ %ff
https://desk.example/a file:///etc http://[::1 http://127.0.0.1:99999999/ xn--a //x \ufeff “ é outlet=Desk
kind=x Sitemap: Crawl-delay: 1e999 -1 .*.*.* ../../x \ud83d"""
WORDS = [word.encode("utf-8", "surrogatepass") for word in TEXT.split()] + [b"\n", b"\r\n", b"\t", b"\x00"]
lines = st.lists(st.one_of(st.sampled_from(WORDS), st.binary(max_size=5)), max_size=30).map(b" ".join)


@few_shrinks
@given(st.one_of(lines, lines.map(lambda some: b"file,outlet,url\n" + some), st.binary(max_size=200)))
def test_any_file_of_a_person(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """A manifest, a list of sources, a speakers file, quotes to match."""
    file = tmp_path_factory.getbasetemp() / "given.csv"
    file.write_bytes(data)
    with suppress(SourceError):
        for place in sources.find([], file):
            assert isinstance(place, sources.Place | Unreadable)
    with suppress(SourceError):
        assert all(source.path or source.address for source in read_sources(file))
    with suppress(SourceError):
        sources.read_overrules(file)
    for found in sources.read_quotes(data.splitlines(keepends=True), "given"):
        assert isinstance(found, Printed | Unreadable)


@few_shrinks
@given(lines)
def test_any_robots_txt(data: bytes) -> None:
    rules = read_rules(data)
    assert rules.allow("https://desk.example/story?a=b%20c") in (True, False)
    assert 0 <= rules.delay < float("inf")


@few_shrinks
@given(st.one_of(lines.map(lambda some: some.decode("utf-8", "replace")), st.text(max_size=60)))
def test_any_address_and_header(text: str) -> None:
    with suppress(FetchError):
        assert read_address(f"https://{text}").scheme in ("http", "https")
    with suppress(FetchError):
        assert read_address(text).scheme in ("http", "https")
    is_public(text)
    media_type, charset = read_kind(text)
    for named in (media_type, charset):
        assert named is None or named.isprintable()


@few_shrinks
@given(
    st.binary(max_size=300).flatmap(
        lambda data: st.sampled_from([data, gzip.compress(data), zlib.compress(data)])
    ),
    st.sampled_from(["", "gzip", "deflate", "br", "zstd", "gzip, deflate", "x"]),
    st.integers(1, 400),
)
def test_any_body(data: bytes, encoding: str, most: int) -> None:
    with suppress(FetchError):
        assert len(read_bytes([data[:7], data[7:]], encoding, most)) <= most


@few_shrinks
@given(
    st.one_of(st.binary(max_size=200), st.sampled_from(SOUND)),
    st.sampled_from(["https://desk.example/", "https://desk.example/a.gz", "http://d.example/x.pdf"]),
    st.sampled_from([None, "text/html", "application/xml", "application/pdf", "text/csv", "x/y"]),
    st.sampled_from([None, "utf-8", "utf-16", "nonsense", "idna", "base64", "rot13", "unicode_escape"]),
)
def test_any_answer(data: bytes, address: str, media_type: str | None, charset: str | None) -> None:
    """Whatever a server says of what it sends, a place comes of it, and what is read of it is clean."""
    answer = Answer(Asked(address), 200, address, data, media_type, charset)
    linked = sources.Linked(address, sources.Details(outlet="Desk"), address)
    for found in sources.read_place(sources.place_of_answer(answer, linked)):
        if isinstance(found, Unreadable):
            assert "Error:" not in found.reason
