"""Packed files are read by the reader of what is in them, and bombs are not."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc
import zipfile
from collections import deque
from functools import partial
from typing import TYPE_CHECKING

import pytest

from quotes.errors import SourceError
from quotes.records import Article, Unreadable
from quotes.sources import read
from quotes.sources.details import Details
from quotes.sources.place import Place, ending_of
from quotes.sources.unpack import FREE, unpack

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The ferry was late, “again”.\n"
LINE = '{"text": "The ferry was late."}\n'


def unpacked(data: bytes, *, is_zip: bool = False) -> bytes:
    stream = unpack(io.BytesIO(data), "file", is_zip=is_zip)
    parts = []
    while part := stream.read(50_000):
        parts.append(part)
    return b"".join(parts)


def zipped(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def test_what_is_not_packed_is_as_it_was() -> None:
    for data in (b"", b"\x1f", TEXT.encode(), zipped(("a.xml", b"<a/>"))):
        assert unpacked(data) == data


def test_gzip_is_unpacked_member_after_member() -> None:
    data = random.Random(0).randbytes(300_000) + b"a" * 100_000
    assert unpacked(gzip.compress(data)) == data
    assert unpacked(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 600) == b"one two"
    assert unpacked(gzip.compress(b"one ") + b"\0" * 100_000 + gzip.compress(b"two")) == b"one two"


def test_a_part_may_be_read() -> None:
    stream = unpack(io.BytesIO(gzip.compress(TEXT.encode() * 9)), "file", is_zip=False)
    assert stream.readline() == TEXT.encode()
    assert stream.read(3) == b"The"


@pytest.mark.parametrize("cut", [3, 12, 40, -1, -9])
def test_damaged_gzip_has_a_reason(cut: int) -> None:
    data = gzip.compress(random.Random(0).randbytes(100))
    with pytest.raises(SourceError, match=r"^file: .*get the file again"):
        unpacked(data[:cut])
    with pytest.raises(SourceError, match=r"^file: damaged gzip data"):
        unpacked(data + b"and more")


def test_what_stands_before_the_damage_is_read_and_the_damage_told() -> None:
    lines = b"".join(b"line %d\n" % number for number in range(100_000))
    data = gzip.compress(lines) + gzip.compress(lines)[:-20]
    stream = unpack(io.BytesIO(data), "file", is_zip=False)
    found = stream.read(len(lines) * 3)
    assert found.startswith(lines)
    with pytest.raises(SourceError, match="ends too early"):
        stream.read(1)
    with pytest.raises(SourceError, match="ends too early"):
        Place("file", Details("d"), data=data).read()


@pytest.mark.parametrize("kind", ["gzip", "gzip in members", "zip"])
def test_a_bomb_is_left_before_it_is_large(kind: str) -> None:
    zeros = bytes(2_000_000)
    bomb = {
        "gzip": lambda: gzip.compress(bytes(100_000_000)),
        "gzip in members": lambda: gzip.compress(zeros) * 50,
        "zip": lambda: zipped(("a.csv", bytes(100_000_000))),
    }[kind]()
    tracemalloc.start()
    stream = unpack(io.BytesIO(bomb), "file", is_zip=kind == "zip")
    with pytest.raises(SourceError, match=r"^file: unpacks to more than"):
        deque(iter(partial(stream.read, 1_000_000), b""), maxlen=0)
    assert tracemalloc.get_traced_memory()[1] < 2 * FREE
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped(("a.csv", b"a"), ("b.csv", b"b")), "where it holds one file"),
        (zipped(), "not a whole ZIP|where it holds one file"),
        (zipped(("folder/", b"")), "cannot be read"),
        (zipped(("a.csv", b"a"))[:-30], "not a whole ZIP archive"),
        (zipped(("a.csv", TEXT.encode() * 50)).replace(b"PK\x01\x02", b"PK\x01\x03"), "cannot be read"),
        (b"PK\x03\x04" + b"PK\x05\x06" + b"\xff" * 18, "where it holds one file"),
    ],
    ids=("two files", "no file", "a folder", "cut", "broken list", "no list"),
)
def test_other_archives_have_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        unpacked(data if data[:2] == b"PK" else b"PK" + data, is_zip=True)


def test_damage_and_passwords_in_a_zip_have_a_reason() -> None:
    words = random.Random(0).randbytes(3_000)
    good = zipped(("a.csv", words))
    assert unpacked(good, is_zip=True) == words
    bad = good[:200] + bytes(50) + good[250:]
    with pytest.raises(SourceError, match="damaged ZIP data"):
        unpacked(bad, is_zip=True)
    locked = bytearray(zipped(("a.csv", words)))
    at = locked.index(b"PK\x01\x02")
    locked[6] |= 1
    locked[at + 8] |= 1
    with pytest.raises(SourceError, match="password"):
        unpacked(bytes(locked), is_zip=True)


def test_an_archive_of_a_million_names_is_not_listed() -> None:
    entry = zipped(("a.csv", b"a"))
    at, end = entry.index(b"PK\x01\x02"), entry.index(b"PK\x05\x06")
    names = entry[at:end] * 100_000
    size = len(names).to_bytes(4, "little")
    lying = entry[:at] + names + entry[end : end + 12] + size + entry[end + 16 :]
    tracemalloc.start()
    with pytest.raises(SourceError, match="where it holds one file"):
        unpacked(lying, is_zip=True)
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def test_endings_of_packed_files() -> None:
    assert ending_of("SITEMAP.XML.GZ") == ".xml"
    assert ending_of("notes.gz") == ".gz"
    fetched = Place("s", Details("d"), data=b"", address="https://desk.example/s.xml.gz?page=2")
    assert fetched.suffix == ".xml"
    assert Place("s", Details("d"), address="https://desk.example/s.php", ending=".xml").suffix == ".xml"


def test_packed_files_in_a_folder_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    (tmp_path / "b.jsonl.GZ").write_bytes(gzip.compress(LINE.encode() * 2))
    (tmp_path / "c.csv.zip").write_bytes(zipped(("c.csv", b"text\nThe ferry.\n")))
    (tmp_path / "d.txt.gz").write_bytes(b"\x1f\x8b\x08broken")
    (tmp_path / "e.zip").write_bytes(zipped(("e.txt", b"The ferry.")))
    told: list[str] = []
    found = list(read([tmp_path], warn=told.append))
    name = tmp_path.name
    assert [one.source for one in found if isinstance(one, Article)] == [
        f"{name}/a.txt.gz", f"{name}/b.jsonl.GZ:1", f"{name}/b.jsonl.GZ:2", f"{name}/c.csv.zip:2",
    ]  # fmt: skip
    (bad,) = [one for one in found if isinstance(one, Unreadable)]
    assert (bad.source, bad.reason) == (f"{name}/d.txt.gz", "damaged gzip data; get the file again")
    assert len(told) == 1
    assert "1 files passed over (.zip)" in told[0]
