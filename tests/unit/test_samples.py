"""The bundled sample and its hand-made labels fit together: no tool is run here."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "quotes" / "samples"
LAST_LINE = "© Invented text: part of the Quote Drift sample."
MAX_BYTES = 100_000

MARKS = {
    "``": "grave accents",
    "''": "archive",
    "“": "curly double",
    '"': "straight double",
    "‘": "single",
    "«": "French",
    "„": "German",
}
ARTICLE_TAGS = {
    "menu",
    "log-in",
    "caption",
    "photo credit",
    "biography",
    "related",
    "newsletter",
    "copyright",
    "no quote",
    "undated",
    "day only",
    "time and zone",
}
QUOTE_TAGS = {
    "according to",
    "anonymous",
    "colon",
    "colon before",
    "document",
    "floating",
    "in the words of",
    "mentioned word",
    "multi-paragraph",
    "nested",
    "nickname",
    "opener as closer",
    "organisation",
    "passive",
    "pronoun",
    "question",
    "relative",
    "role",
    "scare",
    "short fragment",
    "signature",
    "slogan",
    "split",
    "spokesperson",
    "surname",
    "they",
    "title",
    "unclosed",
    "verb-first",
}
DETAILS = {
    "contraction",
    "deletion",
    "ellipsis",
    "identical",
    "inflection",
    "insertion",
    "modality",
    "name",
    "negation",
    "number",
    "other mouth",
    "punctuation",
    "shortened at the end",
    "shortened at the start",
    "spelling",
    "split against whole",
    "substitution",
    "translation-like",
}
WORDING_KINDS = {"reference", "punctuation", "shortened", "ellipsis", "inflected", "reworded", "merged"}
FLAGS = {"negation", "number", "modality", "name", "contrast", "attribution"}


@cache
def load(path: str) -> Any:
    return json.loads((ROOT / "tests" / path).read_text(encoding="utf-8"))


def gold() -> dict[str, Any]:
    return dict(load("golden/samples.json"))


def article_text(file: str) -> str:
    return (SAMPLES / file).read_text(encoding="utf-8")


def quotes() -> dict[str, dict[str, Any]]:
    return {quote["id"]: quote for article in gold()["articles"] for quote in article["quotes"]}


def manifest() -> list[dict[str, str]]:
    with (SAMPLES / "articles.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def opening_mark(text: str, start: int) -> str | None:
    """The mark that ends right before `start`, two characters wide where it can be; None without one."""
    return next((mark for mark in MARKS if text.endswith(mark, 0, start)), None)


def find_part(text: str, part: str, start: int) -> int:
    """Where `part` stands right after an opening mark at or after `start`; -1 if nowhere."""
    at = text.find(part, start)
    while at >= 0 and opening_mark(text, at) is None:
        at = text.find(part, at + 1)
    return at


def find_quote(text: str, parts: list[str], start: int) -> list[int]:
    """Where each part stands, in order."""
    places: list[int] = []
    for part in parts:
        places.append(find_part(text, part, start))
        start = max(places[-1], 0) + len(part)
    return places


@pytest.mark.parametrize("entry", gold()["articles"], ids=lambda entry: str(entry["file"]))
def test_quotes_occur_as_printed(entry: dict[str, Any]) -> None:
    text, end = article_text(entry["file"]), 0
    for number, quote in enumerate(entry["quotes"], start=1):
        assert quote["id"] == f"{entry['file'].removesuffix('.txt')}#{number}"
        places = find_quote(text, quote["parts"], end)
        assert -1 not in places, quote["id"]
        assert MARKS[str(opening_mark(text, places[0]))] == quote["style"]
        check_evidence(text, quote, places)
        end = places[-1] + len(quote["parts"][-1])


def check_evidence(text: str, quote: dict[str, Any], places: list[int]) -> None:
    """Mention and cue stand in the quote's own paragraphs, or in the two before or the one after them."""
    end = places[-1] + len(quote["parts"][-1])
    before = text[: places[0]].split("\n\n")[-3:]
    after = text[end:].split("\n\n")[:2]
    near = "\n\n".join(before) + text[places[0] : end] + "\n\n".join(after)
    for field in ("mention", "cue"):
        assert quote[field] is None or quote[field] in near, (quote["id"], field)


@pytest.mark.parametrize("entry", gold()["articles"], ids=lambda entry: str(entry["file"]))
def test_furniture_occurs_in_marks(entry: dict[str, Any]) -> None:
    for stretch in entry["furniture"]:
        assert find_part(article_text(entry["file"]), stretch["text"], 0) >= 0, stretch


def find_labels(entry: dict[str, Any], text: str) -> list[tuple[int, int]]:
    """Spans of all labels of an article: parts of quotes, and stretches of furniture."""
    spans, end = list[tuple[int, int]](), 0
    for part in (part for quote in entry["quotes"] for part in quote["parts"]):
        start = find_part(text, part, end)
        end = start + len(part)
        spans.append((start, end))
    for stretch in entry["furniture"]:
        start = find_part(text, stretch["text"], 0)
        spans.append((start, start + len(stretch["text"])))
    return spans


@pytest.mark.parametrize("entry", gold()["articles"], ids=lambda entry: str(entry["file"]))
def test_no_opening_mark_is_forgotten(entry: dict[str, Any]) -> None:
    # A mark before a letter and after a space opens; the first character of a file follows nothing.
    text = article_text(entry["file"])
    spans = find_labels(entry, text)
    for at in range(1, len(text)):
        mark = opening_mark(text, at)
        if mark and text[at].isalnum() and (at == len(mark) or text[at - len(mark) - 1].isspace()):
            assert any(start <= at < end for start, end in spans), text[at : at + 40]


def test_speakers_are_known_or_explained() -> None:
    for quote in quotes().values():
        assert (quote["speaker"] is None) == (quote["reason"] is not None), quote["id"]
        assert quote["kind"] in {"sentence", "fragment"}
        assert quote["speaker_kind"] in {None, "person", "organisation", "anonymous"}
        if quote["nonspeech"]:
            assert quote["mention"] is quote["cue"] is quote["speaker_kind"] is None
        else:
            assert quote["mention"] is not None


def test_manifest_names_every_file_and_no_other() -> None:
    rows = manifest()
    assert list(rows[0]) == ["file", "outlet", "title", "published", "url", "byline"]
    named = [row["file"] for row in rows]
    present = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*.txt")}
    assert len(named) == len(set(named)) == 20
    assert set(named) == present == {entry["file"] for entry in gold()["articles"]}
    for row in rows:
        assert row["title"] in article_text(row["file"])
        assert row["url"].startswith(f"https://{Path(row['file']).stem}.example/")


def test_every_outlet_tells_every_story() -> None:
    rows = manifest()
    told = {(row["outlet"], Path(row["file"]).parent.name) for row in rows}
    assert len({outlet for outlet, _ in told}) == 5
    assert len({story for _, story in told}) == 4
    assert len(told) == len(rows) == 20


def test_dates_are_as_precise_as_the_tags_say() -> None:
    tags = {entry["file"]: set(entry["tags"]) for entry in gold()["articles"]}
    lengths = {0: "undated", len("2025-03-10"): "day only", len("2025-03-10T09:40:00+00:00"): "time and zone"}
    for row in manifest():
        assert lengths[len(row["published"])] in tags[row["file"]]


def test_files_are_plain_small_and_marked_as_invented() -> None:
    files = [path for path in SAMPLES.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < MAX_BYTES
    for path in SAMPLES.rglob("*.txt"):
        data = path.read_bytes()
        text = data.decode("utf-8")
        assert b"\r" not in data
        assert "\ufeff" not in text
        assert text.rstrip("\n").split("\n")[-1] == LAST_LINE
        assert 150 <= len(text.split()) <= 450, path.name


def test_every_feature_is_present() -> None:
    articles, found = gold()["articles"], quotes().values()
    assert {tag for entry in articles for tag in entry["tags"]} == ARTICLE_TAGS
    assert {tag for quote in found for tag in quote["tags"]} == QUOTE_TAGS
    assert {quote["style"] for quote in found} == set(MARKS.values())
    assert sum(bool(entry["furniture"]) for entry in articles) >= 4


def test_tags_tell_the_truth() -> None:
    for quote in quotes().values():
        tags, words = set(quote["tags"]), " ".join(quote["parts"]).split()
        assert ("split" in tags or "multi-paragraph" in tags) == (len(quote["parts"]) > 1), quote["id"]
        assert ("anonymous" in tags) == (quote["speaker_kind"] == "anonymous"), quote["id"]
        assert ("organisation" not in tags) or quote["speaker_kind"] == "organisation", quote["id"]
        assert "short fragment" not in tags or (quote["kind"] == "fragment" and len(words) <= 3), quote["id"]
        assert not tags & {"floating", "signature"} or quote["cue"] is None, quote["id"]


def test_statements_group_known_speech_once() -> None:
    known, seen = quotes(), list[str]()
    for statement in gold()["statements"]:
        seen += [statement["reference"], *(variant["quote"] for variant in statement["variants"])]
        assert known[statement["reference"]]["speaker"] == statement["speaker"]
        moved = any("attribution" in variant["flags"] for variant in statement["variants"])
        assert moved == statement["disputed_speaker"], statement["name"]
    assert len(seen) == len(set(seen))
    assert not [quote for quote in seen if known[quote]["nonspeech"]]


def test_every_kind_of_drift_is_present() -> None:
    variants = [variant for statement in gold()["statements"] for variant in statement["variants"]]
    assert {detail for variant in variants for detail in variant["details"]} == DETAILS
    assert {variant["kind"] for variant in variants} == WORDING_KINDS
    assert {flag for variant in variants for flag in variant["flags"]} == FLAGS


def test_pairs_apart_are_in_no_common_statement() -> None:
    home = {
        quote: statement["name"]
        for statement in gold()["statements"]
        for quote in [statement["reference"], *(variant["quote"] for variant in statement["variants"])]
    }
    known = quotes()
    for pair in gold()["apart"]:
        assert pair["a"] != pair["b"]
        assert {pair["a"], pair["b"]} <= set(known)
        assert home.get(pair["a"], pair["a"]) != home.get(pair["b"], pair["b"]), pair


def test_extract_cases_occur_in_their_text() -> None:
    cases = load("cases/extract.json")
    assert len({case["name"] for case in cases}) == len(cases) >= 60
    for case in cases:
        assert case["why"]
        end = 0
        for part in (part for quote in case["quotes"] for part in quote):
            assert part == part.strip()
            at = case["text"].find(part, end)
            assert at >= 0, (case["name"], part)
            end = at + len(part)


def test_attribute_cases_occur_in_their_text() -> None:
    cases = load("cases/attribute.json")
    assert len({case["name"] for case in cases}) == len(cases) >= 60
    for case in cases:
        assert case["why"]
        for quote in case["expect"]:
            assert set(quote["quote"].split()) <= set(
                case["text"].replace("“", " ").replace("”", " ").split()
            )
            assert all(quote[field] is None or quote[field] in case["text"] for field in ("speaker", "cue"))
            assert quote["speaker"] is not None or quote["name"] is quote["cue"] is None
