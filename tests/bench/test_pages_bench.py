"""The database that pages are measured on, and the measuring, as far as every machine can test them."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import measure_pages
import million
import press
import pytest
import yaml
from invented_quotes import invent_quotes

from quotes import store
from quotes.publish import bundled_metadata

if TYPE_CHECKING:
    from pathlib import Path

METADATA = yaml.safe_load(bundled_metadata().read_text(encoding="utf-8"))["databases"]["quotes"]


def write_lines(size: int, folder: Path) -> Path:
    """Write invented quotes as make_scale.py writes its own."""
    quotes, true = invent_quotes(size)
    seen: set[str] = set()
    path = folder / f"{size}.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for number, quote in enumerate(quotes):
            relation = "identical" if true[quote.id] in seen else "reference"
            seen.add(true[quote.id])
            speaker = f"s{int(true[quote.id][1:]) * 7919 % press.SPEAKERS}"
            record = {"id": number, "text": quote.text, "relation": relation, "speaker": speaker}
            lines.write(json.dumps({**record, "date": quote.published}) + "\n")
    return path


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press")
    path = folder / "quotes.db"
    with closing(store.open_quotes(path)) as connection:
        million.write_articles(connection, write_lines(1_500, folder))
        million.derive_all(connection)
    return path


def test_few_print_and_speak_most(tmp_path: Path) -> None:
    printings = list(press.read_printings(write_lines(20_000, tmp_path), seed=1))
    (outlet, most), *_ = Counter(one.outlet for one in printings).most_common(1)
    assert outlet == press.name_outlet(0)
    assert 0.07 < most / len(printings) < 0.12
    assert len({one.outlet for one in printings}) > 250
    speakers = Counter(one.speaker for one in printings)
    assert speakers[press.name_speaker(0)] > 20 * speakers[press.name_speaker(200)]
    assert 0.1 < speakers[""] / len(printings) < 0.14


def test_names_are_told_apart() -> None:
    for name, count in ((press.name_outlet, press.OUTLETS), (press.name_speaker, press.SPEAKERS)):
        assert len({name(number) for number in range(count)}) == count


def test_an_article_prints_quotes_of_one_outlet_and_day(tmp_path: Path) -> None:
    printings = list(press.read_printings(write_lines(2_000, tmp_path), seed=1))
    articles = list(press.divide(printings, seed=1))
    assert Counter(one for article in articles for one in article) == Counter(printings)
    places = [{(one.outlet, (one.published or "")[:10]) for one in article} for article in articles]
    assert {len(place) for place in places} == {1}


def test_the_database_is_whole(database: Path) -> None:
    with closing(store.open_quotes(database)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert store.read_changes(connection) < 0  # all is derived
        for table in ("changes", "repeats", "outlet_followers", "speaker_outlet_stats", "word_swaps"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0], table
        speech = "kind IN ('sentence', 'fragment')"
        grouped = connection.execute(f"SELECT count(*) FROM quotes WHERE {speech} AND statement_id IS NULL")
        assert grouped.fetchone()[0] == 0


@pytest.mark.web
def test_everything_is_measured(database: Path, monkeypatch, capsys, tmp_path: Path) -> None:
    out = tmp_path / "pages.txt"
    monkeypatch.setattr("sys.argv", f"measure_pages.py {database} --requests 1 --out {out}".split())
    measure_pages.main()
    said = capsys.readouterr().out
    assert out.read_text(encoding="utf-8") == said
    assert "0 not answered with 200" in said, [line for line in said.splitlines() if "  200" not in line]
    shown = [name for name, table in METADATA["tables"].items() if not table.get("hidden")]
    names = [f"table {name} " for name in shown] + [f"query {name} " for name in METADATA["queries"]]
    assert [name for name in names if f"\n{name}" not in said] == []


def test_the_time_told_is_one_that_was_taken() -> None:
    timed = measure_pages.Timed("page", tuple(float(number) for number in range(1, 101)), 200, 0)
    assert (timed.median, timed.p95) == (50.5, 95.0)
    assert measure_pages.Timed("page", (7.0,), 200, 0).p95 == 7.0
