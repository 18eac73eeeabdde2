"""Records of news services and of one's own: JSON Lines, JSON, CSV and TSV. All samples are invented."""

from __future__ import annotations

import csv
import io
import json
import time
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from news_exports import GDELT, GNEWS, MEDIA_CLOUD, NEWSCATCHER, PAGE, SAMPLES, TIME, WEBZ, WHOLE

from quotes.records import Article, Unreadable
from quotes.sources import Linked, Place, document_name, read, read_place
from quotes.sources.dates import read_date
from quotes.sources.details import Details
from quotes.sources.field_maps import choose_preset, find_list, load_field_maps

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "https://www.desk.example/news"


def read_all(data: str | bytes, ending: str, told: list[str] | None = None) -> list[Any]:
    data = data.encode("utf-8") if isinstance(data, str) else data
    place = Place(
        f"news{ending}", Details("desk.example"), data=data, address=ADDRESS, ending=ending, is_named=True
    )
    return list(read_place(place, [].append if told is None else told.append))


def only_record(data: Any) -> dict[str, Any]:
    records = find_list(data)
    assert records
    assert isinstance(records[0], dict)
    return records[0]


def write_csv(*rows: dict[str, str], mark: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], delimiter=mark)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


WITH_TEXT = {"gnews", "guardian", "newscatcher", "event registry", "webz"}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_an_export_of_a_service_is_recognised(name: str) -> None:
    data, service, outlet, published, byline = SAMPLES[name]
    told: list[str] = []
    (one,) = read_all(json.dumps(data), ".json", told)
    assert isinstance(one, Article if name in WITH_TEXT else Linked)
    known = one if isinstance(one, Article) else one.details
    assert (known.outlet, known.title, known.published, known.byline) == (
        outlet,
        "Late ferry",
        published,
        byline,
    )
    assert one.source == "news.json:1"
    assert told == []
    if isinstance(one, Article):
        assert (one.url, one.text) == (PAGE, WHOLE)
    else:
        assert (one.address, one.depth, one.is_list) == (PAGE, 1, False)
    preset = choose_preset(only_record(data))
    assert preset
    assert preset.name == service


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_same_records_are_read_from_json_lines_and_a_list(name: str) -> None:
    data = SAMPLES[name][0]
    (one,) = read_all(json.dumps(data), ".json")
    data = only_record(data)
    for text, ending in (
        (json.dumps([data]), ".json"),
        (json.dumps(data), ".jsonl"),
        (json.dumps(data), ".json"),
    ):
        (other,) = read_all(text, ending)
        assert type(other) is type(one)
        assert other.source == f"news{ending}:1"


def test_every_preset_has_a_sample_and_says_where_it_is_documented() -> None:
    names = {preset.name for preset in load_field_maps().presets}
    assert names == {sample[1] for sample in SAMPLES.values()}


def test_when_a_service_saw_a_page_is_no_date_of_publication() -> None:
    (seen,) = read_all(json.dumps(GDELT), ".json")
    assert (seen.details.published, seen.changed, seen.details.language) == (None, TIME, "de")
    (listed,) = read_all(
        write_csv({"URL": PAGE, "MobileURL": "", "Date": "2026-03-04 10:15:00", "Title": "Late"}), ".csv"
    )
    assert (listed.details.published, listed.changed, listed.details.title) == (
        None,
        "2026-03-04T10:15:00",
        "Late",
    )


def test_a_time_without_a_zone_gets_none_unless_the_service_says_so() -> None:
    record = NEWSCATCHER["articles"][0] | {"published_date_precision": "timezone unknown"}  # type: ignore[index]
    (one,) = read_all(json.dumps([record]), ".json")
    assert one.published == "2026-03-04T10:15:00"


@pytest.mark.parametrize("end", ["… [+1234 chars]", "... [1514 chars]", "...", "…", "… \n"])
def test_a_text_that_the_service_cut_is_fetched(end: str) -> None:
    record = GNEWS["articles"][0] | {"content": WHOLE + end}  # type: ignore[index]
    (one,) = read_all(json.dumps([record]), ".json")
    assert isinstance(one, Linked)
    (one,) = read_all(json.dumps([record | {"url": None}]), ".json")
    assert isinstance(one, Article)


def test_a_readers_comment_is_no_article() -> None:
    (one,) = read_all(json.dumps([WEBZ["posts"][0] | {"ord_in_thread": 3}]), ".json")  # type: ignore[index]
    assert isinstance(one, Unreadable)
    assert one.reason == "no article of its own (ord_in_thread)"


def test_csv_of_media_cloud_and_flattened_json() -> None:
    told: list[str] = []
    (one,) = read_all("\ufeff" + write_csv(MEDIA_CLOUD), ".csv", told)
    assert (one.details.outlet, one.details.published, one.changed) == (
        "port.example",
        "2026-03-04",
        "2026-03-05T02:11:09",
    )
    flat = {"source.id": "", "source.name": "The Desk", "url": PAGE, "urlToImage": "", "publishedAt": TIME}
    (one,) = read_all(write_csv(flat, mark=";"), ".csv")
    assert (one.details.outlet, one.details.published, one.source) == ("The Desk", TIME, "news.csv:2")
    assert told == []


@pytest.mark.parametrize(
    "row",
    [
        ["20260304101500-T12", "20260304101500", "1", "port.example", PAGE, 'say "aye', *([""] * 21)],
        ["1234567890", *(["x"] * 58), "20260304101500", PAGE],
        ["1234567890", "20260304100000", "20260304101500", "1", "port.example", PAGE, *(["1"] * 10)],
    ],
    ids=["gkg", "events", "mentions"],
)
def test_gdelts_files_have_no_names_of_columns(row: list[str]) -> None:
    other = [cell.replace(PAGE, PAGE + "/2") for cell in row]
    found = read_all("\t".join(row) + "\n" + "\t".join(other) + "\n", ".csv")
    assert [one.address for one in found] == [PAGE, PAGE + "/2"]
    assert {(one.changed, one.details.published) for one in found} == {(TIME, None)}
    assert found[0].details.outlet in ("port.example", "")  # the events name no domain


def test_ones_own_table_holds_texts_over_many_lines() -> None:
    rows = [
        {"text": f"One.\n\n{WHOLE}", "outlet": "The Desk", "published": "2026-03-04", "id": "7", "url": PAGE},
        {"text": "Two.", "outlet": "", "published": "", "id": "", "url": ""},
        {"text": "", "outlet": "", "published": "", "id": "", "url": "https://port.example/3"},
        {"text": "", "outlet": "", "published": "", "id": "", "url": "not one"},
    ]
    one, two, three, four = read_all(write_csv(*rows), ".csv")
    assert (one.text, one.source, document_name(one)) == (f"One.\n\n{WHOLE}", "news.csv#7", "7")
    assert (one.outlet, one.url, one.published) == ("The Desk", PAGE, "2026-03-04")
    assert (two.outlet, two.source, document_name(two)) == ("desk.example", "news.csv:5", "news:5")
    assert (three.address, three.details.outlet) == ("https://port.example/3", "")
    assert isinstance(four, Unreadable)
    assert (four.source, four.reason) == ("news.csv:7", "this record has neither a text nor a web address")


def test_a_table_in_utf_16_and_one_with_tabs() -> None:
    text = write_csv({"text": "“Aye.”", "title": 'The "Desk"'}, mark="\t")
    for data in (text.encode("utf-16"), text.encode("utf-8-sig")):
        (one,) = read_all(data, ".tsv")
        assert (one.text, one.title) == ("“Aye.”", 'The "Desk"')


@pytest.mark.parametrize("bad", ['"never closed', 'x,"says "no" again"', "\udcff\udcfe,x"])
def test_a_bad_row_is_the_only_one_lost(bad: str) -> None:
    data = f"text,title\nOne.,A\n{bad}\nTwo.,B\n".encode("utf-8", "surrogateescape")
    one, lost, two = read_all(data, ".csv")
    assert (one.text, two.text, two.source) == ("One.", "Two.", "news.csv:4")
    assert isinstance(lost, Unreadable)
    assert lost.source == "news.csv:3"


def test_a_table_of_bad_rows_takes_bounded_time_and_memory() -> None:
    data = b"text,title\n" + b'b","\n' * 300_000
    begin = time.process_time()
    found = read_all(data, ".csv")
    assert time.process_time() - begin < 30
    assert "too many rows that never end" in found[-1].reason or len(found) == 300_000


def test_records_of_a_large_file_are_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,id\n" + "".join(f'"{WHOLE}",{n}\n' for n in range(5_000)), encoding="utf-8")
    tracemalloc.start()
    count = sum(isinstance(one, Article) for one in read([path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 1_500_000


def test_nul_and_odd_marks_in_a_table() -> None:
    one, lost, last = read_all(
        f'text,title\n"{WHOLE * 10}\0",T\u2028U\n{chr(0) * 200},x\nTwo.,B\n'.encode(), ".csv"
    )
    assert (one.text, one.title) == (WHOLE * 10 + " ", "T U")
    assert (lost.source, lost.reason) == (
        "news.csv:3",
        "this row cannot be read: binary data, not text; save it as plain text first",
    )
    assert last.text == "Two."


BOMBS = {
    "deep": ("[" * 200_000, "not JSON"),
    "deep object": ('{"a":' * 100_000, "not JSON"),
    "huge number": ('[{"text": ' + "9" * 1_000_000 + "}]", "not JSON"),
    "many lists": ("[" + "[]," * 1_000_000 + "[]]", "JSON of too many parts"),
    "many numbers": ("[" + "1," * 6_000_000 + "1]", "JSON of too many parts"),
    "a million objects": ("[" + "{}," * 600_000 + "{}]", "JSON of too many parts"),
    "nothing": ("", "empty; nothing to read"),
    "words": ("words", "not JSON"),
    "a number": ("5", "no articles in it"),
    "another object": ('{"name": "ferry", "version": 1}', "no articles in it"),
    "other records": ('[{"name": "ferry"}]', "no articles in it"),
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_json_that_is_none_has_a_reason_and_in_a_folder_is_passed_over(name: str, tmp_path: Path) -> None:
    data, reason = BOMBS[name]
    (one,) = read_all(data, ".json")
    assert isinstance(one, Unreadable)
    assert one.reason.startswith(reason)
    (tmp_path / "a.json").write_text(data, encoding="utf-8")
    (tmp_path / "b.txt").write_text(WHOLE, encoding="utf-8")
    (article,) = read([tmp_path])
    assert article.source.endswith("b.txt")


def test_lines_of_json_have_the_same_bounds() -> None:
    lines = [data for data, _ in BOMBS.values() if data] + [json.dumps({"text": WHOLE})]
    *bad, good = read_all("\n".join(lines), ".jsonl")
    assert isinstance(good, Article)
    assert all(isinstance(one, Unreadable) for one in bad)
    assert {one.reason for one in bad} == {
        "this line is not JSON",
        'this line is not an object with "text"',
        "JSON of too many parts; write one article a line (.jsonl)",
    }


def test_tables_in_a_folder_that_are_none_of_articles_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "manifest.csv").write_text("file,outlet,url,text\na.txt,The Desk,x,y\n", encoding="utf-8")
    (tmp_path / "links.csv").write_text(f"url,outlet\n{PAGE},The Desk\n", encoding="utf-8")
    (tmp_path / "sheet.csv").write_text("name,size\nferry,4\n", encoding="utf-8")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    (tmp_path / "package.json").write_text('{"name": "x", "url": "https://x.example"}', encoding="utf-8")
    told: list[str] = []
    (one,) = read([tmp_path], warn=told.append)
    assert isinstance(one, Article)
    assert told == []


def test_tables_that_are_none_of_articles_say_why_when_named(tmp_path: Path) -> None:
    reasons = []
    for text in ("file,outlet\na.txt,x\n", "name,size\nferry,4\n", "", '"open\n'):
        (tmp_path / "a.csv").write_text(text, encoding="utf-8")
        (one,) = read([tmp_path / "a.csv"])
        assert isinstance(one, Unreadable)
        reasons.append(one.reason)
    assert reasons[0] == "a manifest, with a column “file”; name it behind --manifest"
    assert "“text” or “url”" in reasons[1]
    assert reasons[2] == "empty; nothing to read"
    assert reasons[3].startswith("not CSV")


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("20260304T101500Z", TIME),
        ("20260304101500", TIME),
        ("2026-03-04 10:15:00 +0000", TIME),
        ("2026-03-04T10:15:00.0000000Z", TIME),
        ("2026-03-04 10:15:00", "2026-03-04T10:15:00"),
        ("2026-03-04 10:15:00 UTC", None),
        (1772619300, TIME),
        ("1772619300000", TIME),
        ("9999999999999", "2286-11-20T17:46:39+00:00"),
        ("99999999999999", None),
        ("", None),
        (None, None),
        ({"a": 1}, None),
    ],
)
def test_dates_of_services(given: object, date: str | None) -> None:
    assert read_date(given) == date
