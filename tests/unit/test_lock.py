"""One job at a time: the lock beside a database, who holds it, and what ends it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from quotes.errors import DatabaseError, LockedError
from quotes.store.lock import hold, lock_path

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import pathlib, sys, time
from quotes.store.lock import hold
with hold(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def start_holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def is_free(path: Path) -> bool:
    """Say whether another thread could take the lock now."""
    found = []

    def attempt() -> None:
        try:
            with hold(path):
                found.append(True)
        except LockedError:
            found.append(False)

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    return found[0]


def test_who_holds_it_and_since_when_is_said(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    process = start_holder(path)
    with pytest.raises(LockedError) as caught, hold(path):
        pass
    who = rf"another job is at work on it \(process {process.pid}, since 20\d\d-\d\d-\d\d"
    assert re.match(rf"{re.escape(str(path))}: {who}", str(caught.value))
    assert "\n" not in str(caught.value)
    process.communicate()
    with hold(path):
        assert str(os.getpid()) in lock_path(path).read_text()


def test_the_kernel_ends_it_with_its_process_and_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    process = start_holder(path)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    file = lock_path(path)
    inode = file.stat().st_ino
    with hold(path):
        assert file.stat().st_ino == inode
    assert file.stat().st_ino == inode
    assert file.read_text() == ""


def test_it_is_waited_for_as_long_as_asked(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    process = start_holder(path)
    with pytest.raises(LockedError), hold(path, wait=0.2):
        pass
    timer = threading.Timer(0.2, process.kill)
    timer.start()
    with hold(path, wait=60):
        assert process.wait(10) == -signal.SIGKILL
    process.communicate()


def test_whoever_holds_it_goes_on_and_others_do_not(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    with hold(path):
        with hold(path):
            assert not is_free(path)
        assert not is_free(path), "the inner one must not let go of it"
    assert is_free(path)


def test_it_ends_with_an_error(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    with pytest.raises(KeyError), hold(path):
        raise KeyError
    assert is_free(path)


def test_a_link_to_a_database_has_its_lock(tmp_path: Path) -> None:
    (tmp_path / "quotes.db").write_bytes(b"")
    (tmp_path / "link.db").symlink_to("quotes.db")
    with hold(tmp_path / "link.db"):
        assert not is_free(tmp_path / "quotes.db")
        assert is_free(tmp_path / "other.db")


@pytest.mark.parametrize("note", [b"", b"\xff\xfe", b"process 1\n\x1b[31m", b"x" * 10_000])
def test_an_odd_note_is_not_printed(tmp_path: Path, note: bytes) -> None:
    path = tmp_path / "quotes.db"
    process = start_holder(path)
    lock_path(path).write_bytes(note)
    with pytest.raises(LockedError, match=r"\(another process\)"), hold(path):
        pass
    process.communicate()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseError, match="cannot be written"), hold(tmp_path / "file" / "quotes.db"):
        pass
    (tmp_path / "quotes.db.lock").mkdir()
    with pytest.raises(DatabaseError, match="cannot be written"), hold(tmp_path / "quotes.db"):
        pass
