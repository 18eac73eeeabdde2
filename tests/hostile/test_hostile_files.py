"""Hostile files are read right or told apart with a reason, in bounded memory; none costs another one."""

from __future__ import annotations

from typing import Any

import pytest
from hostile_files import FILES, Hostile
from measure_hostile import measure, read_file
from reading import CRASHERS, SCAN, check
from seeding import SOUND

MOST_MB = 300
MOST_SECONDS = 60  # on any machine; measure_hostile.py says how long it takes


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return measure(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: repr(file.name))
def test_a_hostile_file_has_its_reason(file: Hostile, measured: dict[str, Any]) -> None:
    outcome = measured["files"][file.name]
    assert outcome["count"]
    if file.reason is not None:
        assert any(file.reason in reason for reason in outcome["reasons"]), outcome
    if file.text is not None:
        assert any(file.text in text for text in outcome["texts"]), outcome
    if file.address is not None:
        assert file.address in outcome["addresses"], outcome
    assert not any("Error:" in reason for reason in outcome["reasons"]), outcome


def test_all_of_them_take_little_time_and_memory(measured: dict[str, Any]) -> None:
    assert len(measured["files"]) == len(FILES) >= 40
    assert measured["megabytes"] < MOST_MB
    assert measured["seconds"] < MOST_SECONDS


@pytest.mark.parametrize("path", sorted(CRASHERS.iterdir()), ids=lambda path: path.name)
def test_what_broke_a_reader_once_breaks_none_now(path: Any) -> None:
    check(SCAN if path.suffix == f".{SCAN}" else path.suffix, path.read_bytes())


@pytest.mark.parametrize("path", sorted(SOUND.iterdir()), ids=lambda path: path.name)
def test_what_fuzzing_starts_from_is_read(path: Any) -> None:
    outcome = read_file(path)
    assert outcome.texts or outcome.addresses
    assert not outcome.reasons
