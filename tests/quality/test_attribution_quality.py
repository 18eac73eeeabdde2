"""How well quotes are found and attributed, on hand-annotated articles that lie beside the checkout.

The floors only rise. What was measured when they were set stands beside each.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
POLNEAR, SCORE, SEEDS = SHARED / "polnear", SHARED / "score", SHARED / "seeds"

EXACT_SPAN_F1 = 96.5  # 96.6
END_TO_END_F1 = 87.2  # 87.4
END_TO_END_F1_FROM_4_WORDS = 90.5  # 90.7
RESOLVED_PERSONS = 79.5  # 79.7
MOST_FALSE_ATTRIBUTIONS = 10  # 10 of 54 titles, slogans and scare quotes

pytestmark = [
    pytest.mark.models,
    pytest.mark.shared,
    pytest.mark.skipif(not POLNEAR.is_dir(), reason="the measuring data are not beside the checkout"),
]


def run(*words: str | Path) -> str:
    """Run Python with `words`; return what it prints on stdout."""
    done = subprocess.run([sys.executable, *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("quality") / "dev.jsonl"
    path.write_text(run("-m", "quotes", "extract", "--quiet", POLNEAR / "text" / "dev"), encoding="utf-8")
    return path


def score(extracted: Path, *options: str) -> Mapping[str, Any]:
    printed = run(SCORE / "score_attribution.py", POLNEAR / "gold_dev.jsonl", extracted, *options)
    scores: dict[str, Any] = json.loads(printed.splitlines()[0])
    return scores


def test_every_article_is_answered(extracted: Path) -> None:
    answered = {json.loads(line)["doc"] for line in extracted.read_text(encoding="utf-8").splitlines()}
    assert answered == {path.stem for path in (POLNEAR / "text" / "dev").iterdir()}


def test_quotes_are_found_and_attributed(extracted: Path) -> None:
    scores = score(extracted)
    assert scores["exact"]["F1"] >= EXACT_SPAN_F1
    assert scores["e2e"]["F1"] >= END_TO_END_F1
    assert scores["resolved_acc_person"] >= RESOLVED_PERSONS
    assert int(scores["false_attr_nonquoted"].split("/")[0]) <= MOST_FALSE_ATTRIBUTIONS


def test_quotes_of_four_words_and_more_are_attributed(extracted: Path) -> None:
    assert score(extracted, "--minwords=4")["e2e"]["F1"] >= END_TO_END_F1_FROM_4_WORDS


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the sample articles are not beside the checkout")
def test_five_articles_of_one_story_come_out_as_read_by_hand(tmp_path: Path) -> None:
    database = tmp_path / "seeds.db"
    run("-m", "quotes", "index", "--quiet", "--db", database, "--manifest", SEEDS / "articles.csv", SEEDS)
    scores = json.loads(run(SCORE / "score_seeds.py", SEEDS / "gold.json", database).splitlines()[0])
    assert scores["found"] >= 32
    assert scores["extra"] == 0
    assert scores["speakers_right"] >= 32
    assert (scores["pairs_right"], scores["pairs_missed"], scores["pairs_wrong"]) == (15, 0, 0)
