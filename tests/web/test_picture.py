"""The picture of a statement's drift: what it tells, how it is laid out, painted and answered."""

from __future__ import annotations

import re
import sqlite3
import time
import xml.etree.ElementTree as ET
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from payloads import PAYLOADS
from PIL import Image, ImageColor
from poisoned import poison
from test_statement_page import build_hard

from quotes.publish.picture.layout import lay_out
from quotes.publish.picture.letters import SCALE, Letters
from quotes.publish.picture.png import paint_png
from quotes.publish.picture.setting import WIDTH, Picture
from quotes.publish.picture.svg import paint_svg
from quotes.publish.picture.told import (
    MOST_WORDINGS,
    Piece,
    Told,
    ToldFrom,
    Wording,
    choose_wordings,
    describe_printed,
    tell,
    tell_wording,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.web
SVG = "{http://www.w3.org/2000/svg}"
REFERENCE = "We will open the bridge on 14 May, and nobody should wait for it again"


@pytest.fixture
def get(fetch: Callable[..., Any], database: Path) -> Any:
    return fetch(database)


def draw(*wordings: str, reference: str = REFERENCE, **options: Any) -> Picture:
    told = Told(
        reference=reference,
        printed=options.get("printed", "The Lamp, 4 March 2026"),
        speaker=options.get("speaker", "Odile Varn, mayor"),
        warning=options.get("warning"),
        wordings=tuple(
            tell_wording(reference, text, "reworded", "Quay Post, 5 March 2026") for text in wordings
        ),
        more="And 2 more wordings, at the address below.",
        size="3 printings, 2 wordings, 2 outlets",
        address="https://news.example/-/quotes/ab",
    )
    return lay_out(told, Letters().measure)


def list_texts(picture: Picture) -> list[str]:
    return [run.text for run in picture.runs]


def test_a_picture_tells_the_reference_and_what_was_changed() -> None:
    texts = list_texts(draw(REFERENCE.replace("14", "15").replace("should", "may")))
    assert texts == [
        "“We will open the bridge on 14 May, and nobody should wait for it",
        "again”",
        "Odile Varn, mayor",
        "As printed by The Lamp, 4 March 2026",
        "Other wordings, against the one above:", "−left out", "+put in",
        "Quay Post, 5 March 2026 · Reworded",
        "We will open the bridge on", "−14", "+15", "May, and nobody", "−should", "+may", "wait for it again",
        "! a number differs: 14, here 15",
        "! how certain or binding it is differs: should, here may",
        "And 2 more wordings, at the address below.",
        "Quote Drift · 3 printings, 2 wordings, 2 outlets · https://news.example/-/quotes/ab",
    ]  # fmt: skip


def test_differences_have_a_sign_and_a_line_besides_their_colour() -> None:
    picture = draw(REFERENCE.replace("14", "15"))
    runs = {run.text: run for run in picture.runs}
    for text, is_through in (("−14", True), ("+15", False)):
        run = runs[text]
        beside = [box for box in picture.boxes if run.x <= box.x <= run.x + run.width and box.height == 2]
        (line,) = [box for box in beside if abs(box.y - run.y) < run.size]
        assert (line.y < run.y) is is_through
        assert any(
            box.x < run.x and box.x + box.width > run.x + run.width and box.y < run.y < box.y + box.height
            for box in picture.boxes
        )


def test_a_long_quote_is_cut_and_a_long_wording_shown_around_its_changes() -> None:
    long = " ".join(f"sentence number {n} of a long speech about the harbour," for n in range(150))
    picture = draw(long.replace("number 70 of", "number 71 of"), reference=long)
    texts = list_texts(picture)
    assert picture.height < 700
    assert any(text.endswith("…") for text in texts)
    assert {"−70", "+71", "[…]"} <= set(texts)


def test_a_word_without_an_end_is_broken() -> None:
    picture = draw("W" * 3000, reference="W" * 5000)
    assert all(run.x + run.width <= WIDTH for run in picture.runs)
    assert picture.height < 900


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=40, deadline=None)
@given(st.lists(words, max_size=3), words, words)
def test_any_text_fits_and_is_well_formed(wordings: list[str], reference: str, speaker: str) -> None:
    picture = draw(*wordings, reference=reference, speaker=speaker)
    assert all(run.x >= 0 and run.x + run.width <= WIDTH + 1 for run in picture.runs)
    assert all(run.y < picture.height for run in picture.runs)
    assert ET.fromstring(paint_svg(picture)).tag == f"{SVG}svg"


def test_svg_and_png_have_one_layout_and_the_same_bytes_each_time() -> None:
    one, other = (draw(REFERENCE.replace("14", "15")) for _ in range(2))
    assert paint_svg(one) == paint_svg(other)
    png = paint_png(one, Letters())
    assert png == paint_png(other, Letters())
    image = Image.open(BytesIO(png)).convert("RGB")
    assert image.size == (WIDTH * SCALE, round(one.height * SCALE))
    for box in one.boxes:
        place = (round((box.x + 1) * SCALE), round(box.y * SCALE) + 1)
        ink = ImageColor.getrgb(box.ink)
        shades = zip(image.getpixel(place), ink, strict=True)
        assert box.height == 2 or max(abs(one - other) for one, other in shades) <= 4  # of few colours


def test_text_from_right_to_left_begins_at_the_right() -> None:
    picture = draw("נעצור [+] את", reference="לא נעצור את המעבורת")
    first = picture.runs[0]
    assert first.turned
    assert first.x + first.width > WIDTH * 0.9
    assert 'direction="rtl" text-anchor="end"' in paint_svg(picture)
    assert paint_png(picture, Letters())


def test_letters_that_the_font_lacks_are_measured_and_do_not_fail() -> None:
    letters = Letters()
    assert letters.lacks("語")
    assert not letters.lacks("é")
    assert letters.measure("語語", 20, bold=False) == 40
    assert letters.measure("W", 20, bold=True) > letters.measure("i", 20, bold=True)


def row(
    identifier: str, kind: str, flags: int = 0, outlets: int = 1, day: str | None = None
) -> dict[str, Any]:
    return {
        "id": identifier,
        "is_reference": int(kind == "reference"),
        "change_kind": kind,
        "flags": flags,
        "outlet_count": outlets,
        "similarity": 0.5,
        "first_published": day,
    }


def test_the_most_telling_wordings_are_chosen_and_shown_in_order_of_printing() -> None:
    rows = [
        row("reference", "reference", flags=9),
        row("marks", "punctuation", outlets=50),
        row("short", "shortened", outlets=50),
        row("late", "reworded", day="2026-03-09"),
        row("flagged", "shortened", flags=1, day="2026-03-08"),
        row("undated", "inflected"),
    ]
    assert choose_wordings(rows, 3) == ["flagged", "late", "undated"]
    assert len(choose_wordings([row(str(n), "reworded") for n in range(40)])) == MOST_WORDINGS


def test_what_is_too_long_to_compare_is_said_to_be() -> None:
    wording = tell_wording("word " * 4000, "word " * 4001, "reworded", "The Lamp")
    assert wording.pieces[-1] == Piece("note", " [too long to compare]")


def test_who_printed_it_is_named_with_how_many_others() -> None:
    assert describe_printed([["The Lamp", None]], 1) == "The Lamp, no date"
    assert describe_printed([["The Lamp", "2026-03-05"]], 2) == "The Lamp, 5 March 2026, and 1 more outlet"
    assert describe_printed([], 0) == "an outlet that is not known"


def test_a_statement_of_one_wording_says_so() -> None:
    counts = {"quote_count": 2, "wording_count": 1, "outlet_count": 2}
    statement = {"label": "We stay", "speaker": None, "disputed_speaker": 0, **counts}
    told = tell(ToldFrom(statement, None, (), "https://news.example/-/quotes/ab"))
    assert told.more == "No other wording of it is known here."
    assert told.speaker == "No speaker named"
    assert told.wordings == ()


def test_flags_are_said_in_words() -> None:
    wording = tell_wording(REFERENCE, REFERENCE.replace("nobody", "somebody"), "reworded", "The Lamp")
    assert isinstance(wording, Wording)
    assert any(flag.startswith("a negation differs: nobody") for flag in wording.flags)


@pytest.mark.parametrize(("suffix", "kind"), [("svg", "image/svg+xml; charset=utf-8"), ("png", "image/png")])
def test_a_picture_is_answered_under_a_strict_policy(
    get: Any, ids: dict[str, str], suffix: str, kind: str
) -> None:
    response = get(f"/-/quotes/statement/{ids['ferry']}.{suffix}")
    assert (response.status_code, response.headers["content-type"]) == (200, kind)
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert "unsafe" not in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.content == get(f"/-/quotes/statement/{ids['ferry']}.{suffix}").content
    assert get(f"/-/quotes/statement/{ids['ferry']}.{suffix}", method="put").status_code == 405


def test_the_page_leads_to_its_pictures(get: Any, ids: dict[str, str]) -> None:
    html = get(f"/-/quotes/statement/{ids['boats']}").text
    links = re.findall(r'<a href="([^"]+)">(SVG|PNG)</a>', html)
    assert [name for _, name in links] == ["SVG", "PNG"]
    assert [get(link).headers["content-type"].partition("/")[0] for link, _ in links] == ["image", "image"]


def test_the_id_of_a_printing_leads_to_the_picture_of_its_statement(get: Any, ids: dict[str, str]) -> None:
    response = get(f"/-/quotes/statement/{ids['ferry/1']}.svg")
    assert response.headers["location"] == f"/-/quotes/statement/{ids['ferry']}.svg"
    assert get("/-/quotes/statement/nope.svg").status_code == 404
    assert get("/-/quotes/statement/nope.png").headers["content-type"].startswith("text/html")


def test_a_picture_has_what_the_statement_page_says(get: Any, ids: dict[str, str]) -> None:
    root = ET.fromstring(get(f"/-/quotes/statement/{ids['ferry']}.svg").text)
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert "Odile Varn, mayor of Port Aster" in texts
    assert "Articles name different speakers for these words." in texts
    assert "As printed by Harbour Daily, 4 March 2026, and 1 more outlet" in texts
    assert "The Lamp, 5 March 2026 · Reworded" in texts
    assert any(f"http://localhost/-/quotes/{ids['ferry']}" in (text or "") for text in texts)
    assert "a negation differs: not" in (root.findtext(f"{SVG}desc") or "")


@pytest.mark.parametrize("payload", PAYLOADS[::20], ids=range(len(PAYLOADS[::20])))
def test_a_payload_in_every_field_stays_text(
    fetch: Any, database: Path, ids: dict[str, str], tmp_path: Path, payload: str
) -> None:
    poisoned = tmp_path / "quotes.db"
    poisoned.write_bytes(database.read_bytes())
    poison(poisoned, payload)
    get = fetch(poisoned)
    response = get(f"/-/quotes/statement/{ids['ferry']}.svg")
    root = ET.fromstring(response.text)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "text",
    }  # fmt: skip
    names = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or "href" in name or name == "style"}
    assert "&" not in re.sub(r"&(amp|lt|gt|quot|#x27);", "", response.text)


def test_hard_data_is_bounded(fetch: Any, tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    ids = build_hard(path)
    connection = sqlite3.connect(path)
    connection.execute(
        "UPDATE wordings SET text = ? WHERE statement_id = ?", ("river bank " * 10_000, ids["long"])
    )
    connection.commit()
    connection.close()
    get = fetch(path)
    for name in ("printed by all", "worded by many", "long", "turned"):
        started = time.monotonic()
        response = get(f"/-/quotes/statement/{ids[name]}.svg")
        assert time.monotonic() - started < 5
        assert float(ET.fromstring(response.text).attrib["height"]) < 2000
        assert len(response.content) < 60_000
    many = get(f"/-/quotes/statement/{ids['worded by many']}.svg").text
    assert many.count("The Lamp, ") >= MOST_WORDINGS
    assert "And 54 more wordings, at the address below." in many
    assert "Boxes stand for letters" not in get(f"/-/quotes/statement/{ids['turned']}.svg").text
