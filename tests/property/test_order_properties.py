"""One job over all, ten over batches, one in any order, and two shards merged give the same database."""

from __future__ import annotations

import json
import random
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fake_stages import FakeAnnotator, fake_stages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "crash"))

from faults import START, assert_same, dump

from quotes import drift, extract, match, pipeline, speakers
from quotes.pipeline import Stages, Summary, Wanted, demo, index
from quotes.sources import Source

TEXT = """
    the harbour council dredging pumps failed twice before January not never seven eight million crews trawler
    north slipway lease ferry terminal inspectors satisfied closed contract annex signed hurry storm barrier
    minister engineers funding budget deficit vote strike lorry quay winter steel bridge we will may should
"""
WORDS = TEXT.split()
PEOPLE = ["Ann Reed", "Tom Pike", "Reed", "Mara Pike", "Piet Aalto"]
DAYS = ["2026-03-04", "2026-03-05", "2026-03-04T09:30:00+00:00", "2026-09-01", None]


def make_stages() -> Stages:
    """All stages that load no models, and small ones for those that do."""
    return replace(
        fake_stages(FakeAnnotator()),
        find_quotes=extract.find_quotes,
        merge_speakers=speakers.merge_speakers,
        regroup=match.regroup,
        describe=drift.describe,
        derived_version=f"{match.VERSION} {drift.VERSION}",
    )


def invent_corpus(chance: random.Random, folder: Path, count: int) -> list[Path]:
    """Write articles, a file each, that print the same words, shortened and reworded, over and over."""
    whole = [[chance.choice(WORDS) for _ in range(chance.randint(4, 20))] for _ in range(max(2, count // 3))]
    return [_write_article(chance, folder, number, whole) for number in range(count)]


def _write_article(chance: random.Random, folder: Path, number: int, whole: list[list[str]]) -> Path:
    outlet = f"outlet{chance.randrange(5)}"
    said = [
        f"“{_copy(chance, chance.choice(whole))},” {chance.choice(PEOPLE)} said. It rained on day {number}."
        for _ in range(chance.randint(0, 4))
    ]
    record = {
        "text": "\n\n".join([f"Story {number} of that day.", *said]),
        "outlet": outlet,
        "published": chance.choice(DAYS),
        "url": chance.choice([None, f"https://{outlet}.example/{number}"]),
        "title": chance.choice([None, f"Story {number}"]),
    }
    path = folder / outlet / f"{number:03}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return path


def _copy(chance: random.Random, whole: list[str]) -> str:
    start = chance.choice([0, 0, 0, chance.randrange(len(whole) // 2)])
    words = whole[start : chance.choice([len(whole), len(whole), chance.randint(start + 2, len(whole))])]
    if chance.random() < 0.4:
        words[chance.randrange(len(words))] = chance.choice(WORDS)
    return " ".join(words).capitalize()


def run(paths: list[Path], database: Path, limit: int | None = None) -> Summary:
    wanted = Wanted(tuple(map(Source, paths)), limit=limit)
    return index(wanted, database, stages=make_stages(), now=lambda: START)


def divide(chance: random.Random, paths: list[Path], count: int) -> list[list[Path]]:
    """Return `paths` in so many batches, at random."""
    batches: list[list[Path]] = [[] for _ in range(count)]
    for path in chance.sample(paths, len(paths)):
        chance.choice(batches).append(path)
    return batches


@given(st.integers(0, 2**32), st.integers(2, 40))
@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
def test_any_order_gives_the_same(tmp_path_factory: pytest.TempPathFactory, seed: int, count: int) -> None:
    chance, top = random.Random(seed), tmp_path_factory.mktemp("orders")
    paths = invent_corpus(chance, top / "story", count)
    run(paths, top / "full.db")
    wanted = dump(top / "full.db")
    for batch in divide(chance, paths, 10):
        run(batch, top / "batches.db")
    assert_same(top / "batches.db", wanted)
    run(chance.sample(paths, len(paths)), top / "shuffled.db")
    assert_same(top / "shuffled.db", wanted)
    while run(paths, top / "limited.db", limit=7).articles["added"]:
        pass
    assert_same(top / "limited.db", wanted)
    for shard, some in enumerate(divide(chance, paths, 2)):
        run(some, top / f"shard{shard}.db")
    shards = [top / f"shard{shard}.db" for shard in range(2) if (top / f"shard{shard}.db").exists()]
    pipeline.merge(shards, top / "merged.db", stages=make_stages(), now=lambda: START)
    assert_same(top / "merged.db", wanted)
    run(paths, top / "merged.db")
    assert_same(top / "merged.db", wanted)
    shutil.rmtree(top)


def write_manifests(chance: random.Random, folder: Path, count: int) -> list[Path]:
    """Divide the manifest of the samples in `folder` into so many, at random."""
    header, *rows = (folder / "articles.csv").read_text(encoding="utf-8").splitlines()
    chance.shuffle(rows)
    manifests = []
    for number in range(count):
        manifests.append(folder / f"batch{number}.csv")
        lines = [header, *rows[number::count]]
        manifests[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
    return manifests


@pytest.mark.models
def test_so_it_does_for_the_samples_with_all_stages(tmp_path: Path) -> None:
    """The models read each article once: what they say of it does not depend on the job."""
    folder = tmp_path / demo.SAMPLES.parent.name
    shutil.copytree(demo.SAMPLES.parent, folder)
    stages = pipeline.load_stages()
    first = tmp_path / "full" / "quotes.db"
    index(Wanted(manifest=folder / "articles.csv"), first, stages=stages, now=lambda: START)
    wanted = dump(first)
    for number, batches in enumerate((10, 1, 3)):
        database = tmp_path / f"{number}" / "quotes.db"
        database.parent.mkdir()
        shutil.copy(first.with_name("texts.db"), database.parent)
        for manifest in write_manifests(random.Random(number), folder, batches):
            index(Wanted(manifest=manifest), database, stages=stages, now=lambda: START)
        assert_same(database, wanted)
    for number, manifest in enumerate(write_manifests(random.Random(7), folder, 2)):
        index(Wanted(manifest=manifest), tmp_path / f"shard{number}.db", stages=stages, now=lambda: START)
    shards = [tmp_path / "shard0.db", tmp_path / "shard1.db"]
    pipeline.merge(shards, tmp_path / "merged.db", stages=stages, now=lambda: START)
    assert_same(tmp_path / "merged.db", wanted)
