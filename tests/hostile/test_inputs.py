"""Folders and files as an unfriendly hand would make them: nothing hangs, nothing stops the rest."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from quotes.records import Article, Unreadable
from quotes.sources import read

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "The ferry was late, “again”."


def split(*paths: Path) -> tuple[list[Article], list[Unreadable]]:
    found = list(read(paths))
    return [x for x in found if isinstance(x, Article)], [x for x in found if isinstance(x, Unreadable)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    return folder


def test_links_that_lead_back_are_refused(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    (folder / "broken.txt").symlink_to(folder / "nowhere.txt")
    good, bad = split(folder)
    assert [one.source for one in good] == ["desk/good.txt"]
    assert {one.source: one.reason for one in bad} == {
        "desk/sub/up": "a link to a folder that was read already",
        "desk/broken.txt": "no such file or folder",
    }


def test_folders_nested_deeper_than_the_stack(folder: Path) -> None:
    depth, here = 600, os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    good, bad = split(folder)
    assert [one.source for one in good] == ["desk/good.txt"]
    assert bad == []


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_named_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    os.mkfifo(folder / "pipe.txt")
    good, bad = split(folder, folder / "pipe")
    assert len(good) == 1
    assert {one.source: one.reason for one in bad} == {
        "desk/pipe.txt": "neither a file nor a folder",
        "desk/pipe": "neither a file nor a folder",
    }


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_locked_file_and_folder_do_not_stop_the_rest(folder: Path) -> None:
    (folder / "locked.txt").write_text(GOOD, encoding="utf-8")
    (folder / "locked.txt").chmod(0)
    (folder / "closed").mkdir(mode=0)
    good, bad = split(folder)
    assert len(good) == 1
    assert len(bad) == 2


def test_names_that_are_not_text(folder: Path) -> None:
    try:
        (folder / os.fsdecode(b"odd\xff\n\x1b[31m.txt")).write_text(GOOD, encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system refuses such names")
    good, _ = split(folder)
    sources = [one.source for one in good]
    assert len(sources) == 2
    assert all(source.isprintable() for source in sources)
    "".join(sources).encode("utf-8")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xef\xbb\xbf",
        b"\x00" * 5_000,
        bytes(range(256)) * 20,
        b"\x1f\x8b\x08" + b"bomb" * 100,
        b"\xff\xfe\x00",
        b"\xff\xfe" + b"\x00\xd8" * 10,
        b"caf\xe9 " * 3 + b"\x81",
    ],
    ids=lambda data: repr(data[:12]),
)
def test_one_bad_file_does_not_stop_the_rest(folder: Path, data: bytes) -> None:
    (folder / "bad.txt").write_bytes(data)
    (folder / "bad.jsonl").write_bytes(b"{" + data)
    good, bad = split(folder)
    assert [one.source for one in good] == ["desk/good.txt"]
    assert {one.source.split(":")[0] for one in bad} == {"desk/bad.txt", "desk/bad.jsonl"}
    assert all("\n" not in one.reason for one in bad)


def test_a_record_longer_than_the_limit_does_not_hide_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotes.sources.tables.LIMIT", 100)
    monkeypatch.setattr("quotes.text.decode.LIMIT", 100)
    lines = ['{"text": "' + "a" * 500 + '"}', '{"text": "short"}']
    (folder / "long.jsonl").write_text("\n".join(lines), encoding="utf-8")
    good, bad = split(folder / "long.jsonl")
    assert [one.source for one in good] == ["desk/long.jsonl:2"]
    assert [one.source for one in bad] == ["desk/long.jsonl:1"]
    assert "larger than" in bad[0].reason
