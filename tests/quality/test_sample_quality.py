"""The bundled sample, indexed as a user indexes it, against its labels made by hand.

The bounds only get better. Whoever betters a figure tightens its bound; whoever worsens one says why.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quotes.pipeline import index_samples

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.models

FLOORS = {
    "quotes found": 125,  # of 125
    "speakers named": 87,  # of 112 quotes that are speech
    "pairs grouped": 125,  # of 135 pairs of quotes of one statement
    "pairs apart": 10,  # of 13 that look alike
    "kinds named": 52,  # of 61 variants
    "flags found": 14,  # of 16, attribution aside
    "disputes found": 3,  # of 7; the other 4 are between a body and its own unnamed voice
}
CEILINGS = {
    "extra quotes": 0,
    "non-speech with a speaker": 1,
    "wrong names": 0,
    "wrong pairs": 5,
    "false flags": 0,
    "false disputes": 0,
}

GOLD = json.loads((Path(__file__).parents[1] / "golden" / "samples.json").read_text(encoding="utf-8"))
LABELS = {quote["id"]: quote for article in GOLD["articles"] for quote in article["quotes"]}
# What a change is called the other way round, where the other one of two wordings of a day is the reference.
MIRRORED = {"merged": "shortened", "shortened": "merged"}
ROWS = """
    SELECT articles.source, quotes.text, substr(quotes.published, 1, 10) AS day, quotes.statement_id,
           speakers.name, speakers.kind, wordings.change_kind, wordings.is_reference,
           statements.disputed_speaker,
           (SELECT group_concat(DISTINCT meaning_flag) FROM changes
             WHERE changes.wording_id = quotes.wording_id) AS flags
      FROM quotes
      JOIN articles ON articles.id = quotes.article_id
      LEFT JOIN wordings ON wordings.id = quotes.wording_id
      LEFT JOIN statements ON statements.id = quotes.statement_id
      LEFT JOIN speakers ON speakers.id = quotes.speaker_id
     WHERE quotes.inside_quote_id IS NULL
     ORDER BY articles.source, json_extract(quotes.spans, '$[0][0]')
"""
Row = dict[str, Any]


@dataclass
class Measures:
    """What is right, by name of the measure, and what is not; both as lines to read."""

    right: dict[str, list[str]]
    wrong: dict[str, list[str]]

    def judge(self, right: str, wrong: str, line: str, verdict: bool) -> None:
        (self.right[right] if verdict else self.wrong[wrong]).append(line)


@dataclass(frozen=True)
class Sample:
    """The row found for each label, and the rows that no label has."""

    found: dict[str, Row]
    extra: list[Row]

    @cached_property
    def measures(self) -> Measures:
        measures = Measures(defaultdict(list), defaultdict(list))
        self._measure_extraction(measures)
        self._measure_speakers(measures)
        self._measure_grouping(measures)
        self._measure_drift(measures)
        return measures

    def _measure_extraction(self, measures: Measures) -> None:
        for id_ in LABELS:
            measures.judge("quotes found", "quotes found", id_, id_ in self.found)
        measures.wrong["extra quotes"] = [f"{row['source']}: {row['text']}" for row in self.extra]

    def _measure_speakers(self, measures: Measures) -> None:
        for id_, row in self.found.items():
            label = LABELS[id_]
            line = f"{id_}: {row['name']} for {label['speaker'] or label['mention'] or label['reason']}"
            if label["nonspeech"]:
                measures.judge("", "non-speech with a speaker", line, row["name"] is None)
                continue
            measures.judge("speakers named", "speakers named", line, is_right_name(label, row))
            measures.judge("", "wrong names", line, not is_wrong_name(label, row))

    def _measure_grouping(self, measures: Measures) -> None:
        statement_of = {id_: id_ for id_ in LABELS}
        for statement in GOLD["statements"]:
            statement_of |= {variant["quote"]: statement["reference"] for variant in statement["variants"]}
        for one, other in combinations(LABELS, 2):
            together = self._are_together(one, other)
            if statement_of[one] == statement_of[other]:
                measures.judge("pairs grouped", "pairs grouped", f"{one} {other}", together)
            else:
                measures.judge("", "wrong pairs", f"{one} {other}", not together)
        for pair in GOLD["apart"]:
            line = f"{pair['a']} {pair['b']}: {pair['why']}"
            measures.judge("pairs apart", "pairs apart", line, not self._are_together(pair["a"], pair["b"]))

    def _are_together(self, one: str, other: str) -> bool:
        a, b = self.found.get(one), self.found.get(other)
        if a is None or b is None or a["statement_id"] is None:
            return False  # words that nobody said belong to no statement
        return bool(a["statement_id"] == b["statement_id"])

    def _measure_drift(self, measures: Measures) -> None:
        for statement in GOLD["statements"]:
            for variant in statement["variants"]:
                kind, flags = self._describe(statement["reference"], variant["quote"])
                if kind == "reference" and "split against whole" in variant["details"]:
                    kind = "punctuation"  # words that only a reporting clause splits are one wording
                line = f"{variant['quote']}: {kind} for {variant['kind']}"
                measures.judge("kinds named", "kinds named", line, kind == variant["kind"])
                wanted = set(variant["flags"]) - {"attribution"}
                for flag in sorted(wanted | flags):
                    line = f"{variant['quote']}: {flag}"
                    if flag in wanted:
                        measures.judge("flags found", "flags found", line, flag in flags)
                    else:
                        measures.wrong["false flags"].append(line)
            self._measure_dispute(statement, measures)

    def _measure_dispute(self, statement: dict[str, Any], measures: Measures) -> None:
        disputed = bool(self.found.get(statement["reference"], {}).get("disputed_speaker"))
        if statement["disputed_speaker"]:
            measures.judge("disputes found", "disputes found", statement["name"], disputed)
        else:
            measures.judge("", "false disputes", statement["name"], not disputed)

    def _describe(self, reference: str, variant: str) -> tuple[str, set[str]]:
        """The kind and flags of a variant; either of two quotes printed on one day may be the reference."""
        if not self._are_together(reference, variant):
            return "apart", set()
        first, row = self.found[reference], self.found[variant]
        mirrored = row["is_reference"] and not first["is_reference"] and row["day"] == first["day"]
        judged = first if mirrored else row
        kind = str(judged["change_kind"])
        return MIRRORED.get(kind, kind) if mirrored else kind, set((judged["flags"] or "").split(",")) - {""}


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    database = tmp_path_factory.mktemp("sample") / "quotes.db"
    index_samples(database)
    return read_sample(database)


@pytest.mark.parametrize("measure", sorted(FLOORS))
def test_what_is_right_stays_above_its_floor(sample: Sample, measure: str) -> None:
    missed = sample.measures.wrong[measure]
    assert len(sample.measures.right[measure]) >= FLOORS[measure], "\n".join(["missed:", *missed])


@pytest.mark.parametrize("measure", sorted(CEILINGS))
def test_what_is_wrong_stays_below_its_ceiling(sample: Sample, measure: str) -> None:
    wrong = sample.measures.wrong[measure]
    assert len(wrong) <= CEILINGS[measure], "\n".join(["wrong:", *wrong])


def read_sample(database: Path) -> Sample:
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        rows = [dict(row) for row in connection.execute(ROWS)]
    waiting = defaultdict[tuple[str, str], list[str]](list)
    for id_, label in LABELS.items():
        waiting[id_.partition("#")[0], plain(" ".join(label["parts"]))].append(id_)
    allowed, found, extra = set(find_allowed()), dict[str, Row](), list[Row]()
    for row in rows:
        printed = ("/".join(Path(row["source"]).with_suffix("").parts[-2:]), plain(row["text"]))
        if waiting[printed]:
            found[waiting[printed].pop(0)] = row
        elif printed not in allowed:
            extra.append(row)
    return Sample(found, extra)


def find_allowed() -> Iterator[tuple[str, str]]:
    """Article and words of what may be found, though it stands in furniture."""
    for article in GOLD["articles"]:
        for stretch in article["furniture"]:
            if stretch["where"] in ("headline", "caption"):
                yield article["file"].removesuffix(".txt"), plain(stretch["text"])


def plain(text: str) -> str:
    """The words alone: joining the parts of a split quote changes marks and capitals, never words."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def is_right_name(label: dict[str, Any], row: Row) -> bool:
    if label["speaker"] is None:
        return bool(row["kind"] == "anonymous")
    return bool(row["name"]) and name_words(row["name"]) == name_words(label["speaker"])


def is_wrong_name(label: dict[str, Any], row: Row) -> bool:
    """Whether somebody else is named; a part of the right name ("Maddox") is only not yet resolved."""
    if row["kind"] not in ("person", "organisation"):
        return False
    return not label["speaker"] or not name_words(row["name"]) <= name_words(label["speaker"])


def name_words(name: str) -> set[str]:
    return set(plain(name).split()) - {"the"}
