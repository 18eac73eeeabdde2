"""Grouping at scale, as far as every machine can test it: right groups, and work that keeps its measure."""

from __future__ import annotations

import json
import os
from itertools import combinations
from pathlib import Path

import measure_grouping
import pytest
import scale
from invented_quotes import invent_quotes

from quotes.match import find_candidates, group
from quotes.match.units import collect_units

LEAST_F1 = 0.985  # measured .994
MOST_GROWTH = 1.6  # measured 1.26
SCRIPT = "measure_grouping.py"


def test_groups_are_right_at_two_thousand_quotes():
    quotes, true = invent_quotes(2_000)
    assert scale.score_pairs(group(quotes), true).f1 >= LEAST_F1


def test_the_work_grows_little_faster_than_the_quotes():
    sizes = (1_000, 2_000, 4_000)
    work = [len(find_candidates(collect_units(invent_quotes(size)[0])).late) for size in sizes]
    assert scale.fit_growth(sizes, work) < MOST_GROWTH


def test_invented_quotes_have_wordings():
    quotes, true = invent_quotes(500)
    assert len({quote.text for quote in quotes}) > len(set(true.values()))


def test_pairs_counted_are_pairs_compared():
    quotes, true = invent_quotes(120)
    found = {quote.id: str(number // 3) for number, quote in enumerate(quotes)}
    pairs = list(combinations(true, 2))
    said = {pair for pair in pairs if found[pair[0]] == found[pair[1]]}
    right = {pair for pair in pairs if true[pair[0]] == true[pair[1]]}
    scores = scale.score_pairs(found, true)
    assert scores.precision == pytest.approx(len(said & right) / len(said))
    assert scores.recall == pytest.approx(len(said & right) / len(right))
    assert scores.f1 == pytest.approx(2 * len(said & right) / (len(said) + len(right)))


@pytest.mark.parametrize("exponent", [1, 2])
def test_growth_is_the_exponent(exponent):
    sizes = (10, 100, 1000)
    assert scale.fit_growth(sizes, [3 * size**exponent for size in sizes]) == pytest.approx(exponent)


def test_a_run_apart_is_another_process():
    assert scale.run_apart(os.getpid) != os.getpid()


def test_the_report_tells_every_size(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(measure_grouping, "make_quotes", write_invented_quotes)
    monkeypatch.setattr("sys.argv", f"{SCRIPT} --sizes 400 200 --peer 0 --data {tmp_path}".split())
    measure_grouping.main()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line[:1].isdigit()][1:] == ["200", "400"]
    assert "growth exponent" in lines[-2]


def write_invented_quotes(size, folder):
    quotes, true = invent_quotes(size)
    records = [
        {"id": q.id, "text": q.text, "date": q.published, "speaker": q.speaker, "cluster": true[q.id]}
        for q in quotes
    ]
    path = folder / f"{size}.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("module", "name", "value", "options", "reason"),
    [
        (scale, "MAKER", Path("missing.py"), "--peer 0", "not beside the checkout"),
        (measure_grouping, "find_spec", lambda _: None, "--peer 10", "needs datasketch"),
    ],
)
def test_what_is_missing_is_told_in_one_line(module, name, value, options, reason, tmp_path, monkeypatch):
    monkeypatch.setattr(module, name, value)
    monkeypatch.setattr("sys.argv", f"{SCRIPT} --sizes 10 {options} --data {tmp_path}".split())
    with pytest.raises(SystemExit, match=reason) as stopped:
        measure_grouping.main()
    assert "\n" not in str(stopped.value)


def test_the_peer_groups_the_same_quotes():
    peer = pytest.importorskip("peer", reason="the peer needs the optional dependencies `bench`")
    quotes, true = invent_quotes(300)
    for settings in peer.SETTINGS.values():
        assert scale.score_pairs(peer.group_by_peer(quotes, settings), true).f1 > 0.6
