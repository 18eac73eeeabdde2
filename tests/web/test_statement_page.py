"""The statement page: compared with any wording, drawn by outlet and date, cited, and with hard data."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

import invented_story
import pytest
from invented_story import FERRY, Story, Told, Worded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.web
WORDS = "We will mend every quay of this harbour before winter comes and nobody shall wait for a boat again"


@pytest.fixture
def get(fetch: Callable[..., Any], database: Path, metadata: dict[str, Any]) -> Any:
    return fetch(database, metadata=metadata)


def read(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]{0,2000}>", "", html)).split())


def find_section(html: str, anchor: str) -> str:
    """Return what stands from the heading with an id to the next heading of its rank."""
    return html.partition(f'<h2 id="{anchor}">')[2].partition("<h2")[0]


def test_any_wording_can_be_what_the_others_are_compared_with(get: Any, ids: dict[str, str]) -> None:
    page = f"/-/quotes/statement/{ids['ferry']}"
    links = re.findall(r'<a href="([^"]+)">compare the others with this one</a>', get(page).text)
    assert links == [f"{page}?against={ids[f'ferry/{number}']}#wordings" for number in (1, 2, 3)]
    html = get(links[0].partition("#")[0]).text
    wordings = find_section(html, "wordings")
    assert "Wordings in order of printing, compared with wording 2" in read(wordings.partition("<article")[0])
    assert "Against wording 2:" in read(wordings)
    assert "the others are compared with this one" in wordings.split('id="n2"')[1].split("<blockquote")[0]
    assert "<del>" not in wordings.split('id="n2"')[1].split("</blockquote>")[0]
    first = wordings.split('id="n1"')[1].split("</blockquote>")[0]
    assert re.findall(r"<(del|ins)><span[^>]*>.</span>([^<]*)<", first) == [
        ("del", "may"), ("ins", "will"), ("del", "15"), ("ins", "14"), ("ins", "not"),
    ]  # fmt: skip
    assert "Against wording 2:" in read(html.partition("<dt>Meaning</dt>")[2].partition("</dd>")[0])
    assert "a negation differs: “not” in wording 1" in read(html)


def test_the_flags_on_top_are_those_of_the_comparison_drawn(get: Any, ids: dict[str, str]) -> None:
    for against in ("", f"?against={ids['ferry/1']}", f"?against={ids['ferry/3']}"):
        html = get(f"/-/quotes/statement/{ids['ferry']}{against}").text
        drawn = [
            len(re.findall('class="qd-flag"', wording.partition("</blockquote>")[0]))
            for wording in html.split("<article")[1:]
        ]
        told = html.partition("<dt>Meaning</dt>")[2].partition("</dl>")[0].count("<li>")
        assert sum(drawn) == told


def test_a_printing_stands_for_its_wording(get: Any, ids: dict[str, str]) -> None:
    page = f"/-/quotes/statement/{ids['ferry']}"
    (quote,) = set(
        re.findall(r'id="quote-([0-9a-f]{16})"', get(page).text.split('id="n3"')[1].split("<h3")[0])
    )
    assert "compared with wording 3" in get(f"{page}?against={quote}").text


def test_an_unknown_wording_is_said_to_be_unknown(get: Any, ids: dict[str, str]) -> None:
    html = get(f"/-/quotes/statement/{ids['ferry']}?against=<b>nope</b>").text
    assert "No wording shown here has the id “&lt;b&gt;nope&lt;/b&gt;”: compared with the reference" in html
    assert "Against the reference wording:" in read(html)


def test_with_several_wordings_one_can_be_chosen_from_a_list(get: Any, ids: dict[str, str]) -> None:
    html = get(f"/-/quotes/statement/{ids['ferry']}?against={ids['ferry/2']}").text
    form = html.partition('<form class="qd-against"')[2].partition("</form>")[0]
    assert re.findall(r'<option value="([0-9a-f]+)"( selected)?>(\d)\.', form) == [
        (ids[f"ferry/{number}"], " selected" * (number == 2), str(number + 1)) for number in range(4)
    ]
    assert "<form" not in find_section(get(f"/-/quotes/statement/{ids['boats']}").text, "wordings")


def test_a_list_of_wordings_names_the_database_where_there_are_several(
    fetch: Callable[..., Any], database: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(database.read_bytes())
    html = fetch(database, other)(f"/-/quotes/statement/{ids['ferry']}?database=other").text
    assert '<input type="hidden" name="database" value="other">' in html
    assert f"/-/quotes/{ids['ferry']}?database=other" in html


def test_the_timeline_has_a_lane_an_outlet_and_leads_to_the_printings(get: Any, ids: dict[str, str]) -> None:
    html = get(f"/-/quotes/statement/{ids['ferry']}").text
    drawn = find_section(html, "timeline")
    assert re.findall(r'<svg class="qd-lane"[^>]* role="group" aria-label="([^"]+)"', drawn) == [
        "Harbour Daily", "Inland Wire", "The Lamp", "Quay Post",
    ]  # fmt: skip
    marks = re.findall(r'<a href="#(quote-[0-9a-f]{16})"[^>]*><title>([^<]+)<', drawn)
    assert len(marks) == 5
    assert all(f'id="{anchor}"' in html for anchor, _ in marks)
    assert "Quay Post, 6 March 2026, 09:30 UTC: wording 3, cut, and marked with an ellipsis" in drawn
    assert drawn.count("perhaps first: a tie") == 2
    assert (drawn.count('<rect class="qd-day" x="0.0%"'), drawn.count('<line class="qd-time" x1=')) == (2, 2)
    assert "Printed from 4 March 2026 to 7 March 2026." in read(drawn)


def test_without_a_date_there_is_no_axis(get: Any, ids: dict[str, str]) -> None:
    drawn = find_section(get(f"/-/quotes/statement/{ids['chant']}").text, "timeline")
    assert "No printing of it carries a date, so no order can be drawn." in read(drawn)
    assert "Without a date: The Lamp, wording 1." in read(drawn)
    assert "<svg" not in drawn


def test_all_on_one_day_is_drawn_by_the_hour(get: Any, ids: dict[str, str]) -> None:
    drawn = find_section(get(f"/-/quotes/statement/{ids['boats']}").text, "timeline")
    assert "Printed on 5 March 2026." in read(drawn)
    assert re.findall(r">(\d\d:00)<", drawn) == ["00:00", "06:00", "12:00", "18:00"]


def test_the_lineage_tells_each_step_and_its_reason(get: Any, ids: dict[str, str]) -> None:
    drawn = find_section(get(f"/-/quotes/statement/{ids['ferry']}").text, "lineage")
    assert drawn.count('<ul class="qd-tree">') == 2
    assert "from none: printed first" in read(drawn)
    assert read(drawn).count("from wording 1: the credited outlet printed it earlier (Harbour Daily)") == 3
    assert 'id="lineage"' not in get(f"/-/quotes/statement/{ids['chant']}").text


def test_where_speakers_differ_it_is_seen_which_outlet_names_whom(get: Any, ids: dict[str, str]) -> None:
    html = get(f"/-/quotes/statement/{ids['boats']}").text
    rows = html.partition('<table class="qd-speakers">')[2].partition("</table>")[0].split("<tr>")[2:]
    assert [read(one) for one in rows] == [
        "Port Aster Authority Quay Post (“Authority”) 1 printing by 1 outlet",
        "Tam Ruck, chief engineer Harbour Daily (“Ruck”) 1 printing by 1 outlet",
    ]
    assert '<th scope="row">' in rows[0]
    assert all(f'id="{anchor}"' in html for anchor in re.findall(r'href="#(quote-[0-9a-f]+)"', "".join(rows)))


def test_the_link_and_the_citation_hold_the_lasting_address(
    get: Any, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotes.publish.pages.statement.read_today", lambda: date(2026, 11, 22))
    html = get(f"/-/quotes/statement/{ids['ferry']}").text
    link = f"http://localhost/-/quotes/{ids['ferry']}"
    assert f'<input type="text" id="qd-link" value="{link}" readonly>' in html
    assert (
        get(f"/-/quotes/{ids['ferry']}", follow_redirects=True).url.path
        == f"/-/quotes/statement/{ids['ferry']}"
    )
    cited = unescape(
        html.partition('<textarea id="qd-citation" rows="5" readonly>')[2].partition("</text")[0]
    )
    assert cited == (
        f"“{FERRY}.” Odile Varn, mayor of Port Aster (articles name different speakers). First printed by: "
        "Harbour Daily and Inland Wire, both on 4 March 2026: a tie, as no time of day is known. "
        f"5 printings, 4 wordings, 4 outlets.\nQuote Drift, {link}, retrieved 22 November 2026."
    )
    for field in ("qd-link", "qd-citation"):
        assert f'<label for="{field}">' in html


def test_the_link_keeps_a_base_address_and_https(
    fetch: Callable[..., Any], database: Path, ids: dict[str, str]
) -> None:
    get = fetch(database, settings={"base_url": "/news/", "force_https_urls": True})
    html = get(f"/-/quotes/statement/{ids['ferry']}").text
    assert f'value="https://localhost/news/-/quotes/{ids["ferry"]}" readonly' in html


def test_a_printing_is_shown_as_printed_not_as_joined(
    fetch: Callable[..., Any], database: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    """A quote split in two joins as "We stay. We hope" what the article prints as “We stay,” … “We hope”."""
    copied = tmp_path / "quotes.db"
    copied.write_bytes(database.read_bytes())
    pieces = [["It rained.\n“", None], ["We stay,", "quote"], ["” she said. “", None], ["We hope", "quote"]]
    connection = sqlite3.connect(copied)
    for number, evidence in ((0, json.dumps(pieces)), (1, None)):
        connection.execute(
            "UPDATE quotes SET text = 'We stay. We hope', evidence = ? WHERE id = ?",
            (evidence, ids[f"ferry/{number}"]),
        )
    connection.commit()
    connection.close()
    html = fetch(copied)(f"/-/quotes/statement/{ids['ferry']}").text
    contexts = re.findall(r'<p class="qd-context" dir="auto">(.*?)</p>', html, re.DOTALL)
    assert contexts[0] == "It rained.\n“<mark>We stay,</mark>” she said. “<mark>We hope</mark>"
    assert "At the quay on Monday, “<mark>We stay. We hope</mark>” Odile Varn said to the crowd." in contexts


def test_without_threads_as_in_a_browser_it_is_answered_too(
    fetch: Callable[..., Any], database: Path, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("asyncio.to_thread", None)
    get = fetch(database, settings={"num_sql_threads": 0})
    assert get(f"/-/quotes/statement/{ids['ferry']}").status_code == 200
    assert get(f"/-/quotes/statement/{ids['ferry']}.svg").status_code == 200


def build_hard(path: Path) -> dict[str, str]:
    """A story with 300 outlets, 40 wordings, words from right to left, and a quote of 2,000 words."""
    connection = sqlite3.connect(path)
    connection.executescript(invented_story.SCHEMA.read_text(encoding="utf-8"))
    story = Story(connection)
    invented_story._add_people(story)
    outlets = [f"outlet-{number}" for number in range(300)]
    for outlet in outlets:
        story.add("outlets", id=outlet, name=f"The {outlet.title()} Gazette", domain=None)
    days = [f"2026-03-{1 + number % 28:02}" for number in range(300)]
    told = tuple(Told(outlet, WORDS, day) for outlet, day in zip(outlets, days, strict=True))
    story.tell("printed by all", (Worded("reference", told),))
    texts = [WORDS.replace("winter", f"winter {number}") for number in range(60)]
    wordings = [
        Worded("reworded", (Told("the-lamp", text, f"2026-04-{1 + n % 28:02}"),))
        for n, text in enumerate(texts)
    ]
    story.tell("worded by many", (Worded("reference", (Told("quay-post", WORDS, "2026-04-01"),)), *wordings))
    long = " ".join(f"{WORDS} {number}." for number in range(100))
    cut = Told("quay-post", long.replace("nobody", "somebody"), "2026-05-02")
    story.tell(
        "long", (Worded("reference", (Told("the-lamp", long, "2026-05-01"),)), Worded("reworded", (cut,)))
    )
    turned = Told("the-lamp", "לא נעצור את המעבורת", "2026-05-01")
    other = Told("quay-post", "נעצור את המעבורת", "2026-05-02")
    story.tell("turned", (Worded("reference", (turned,)), Worded("shortened", (other,))))
    connection.commit()
    connection.close()
    return story.ids


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    path = tmp_path_factory.mktemp("hard") / "quotes.db"
    return path, build_hard(path)


def test_300_outlets_are_folded_and_counted(
    fetch: Callable[..., Any], hard: tuple[Path, dict[str, str]]
) -> None:
    path, ids = hard
    html = fetch(path)(f"/-/quotes/statement/{ids['printed by all']}").text
    assert "<summary>297 more printings of wording 1</summary>" in html
    assert "<summary>and 292 more</summary>" in html
    assert "<summary>18 more outlets</summary>" in html
    assert html.count('<svg class="qd-lane"') == 30
    assert "Not drawn: 270 more outlets (270 printings) printed it later." in html
    assert html.count('id="quote-') == 300
    assert len(html) < 1_000_000


def test_60_wordings_are_all_there_the_last_ones_folded(
    fetch: Callable[..., Any], hard: tuple[Path, dict[str, str]]
) -> None:
    path, ids = hard
    html = fetch(path)(f"/-/quotes/statement/{ids['worded by many']}").text
    assert html.count('<article class="qd-wording') == 61
    assert "<summary>21 more wordings</summary>" in html
    assert "Not in this tree, for want of room: 1 more." in html
    assert len(re.findall(r'<svg class="qd-lane"', html)) == 2


def test_a_quote_of_2000_words_is_compared_and_shortened_where_it_is_repeated(
    fetch: Callable[..., Any], hard: tuple[Path, dict[str, str]]
) -> None:
    path, ids = hard
    html = fetch(path)(f"/-/quotes/statement/{ids['long']}").text
    assert html.count(">somebody<") == 100
    assert len(read(html.partition("<h1")[2].partition("</h1>")[0])) < 800
    contexts = re.findall(r'<p class="qd-context"[^>]*>(.*?)</p>', html, re.DOTALL)
    assert all(len(read(context)) < 1500 for context in contexts)


def test_words_from_right_to_left_find_their_direction(
    fetch: Callable[..., Any], hard: tuple[Path, dict[str, str]]
) -> None:
    path, ids = hard
    html = fetch(path)(f"/-/quotes/statement/{ids['turned']}").text
    assert '<h1 class="qd-reference" dir="auto">' in html
    assert html.count('<blockquote class="qd-diff" dir="auto">') == 2


def test_ids_on_the_page_are_unique(get: Any, ids: dict[str, str]) -> None:
    for name in ("ferry", "boats", "chant"):
        found = re.findall(r'\bid="([^"]+)"', get(f"/-/quotes/statement/{ids[name]}").text)
        assert len(found) == len(set(found))


def test_a_credited_outlet_of_a_hostile_list_is_no_error(
    fetch: Callable[..., Any], database: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    copied = tmp_path / "quotes.db"
    copied.write_bytes(database.read_bytes())
    connection = sqlite3.connect(copied)
    connection.execute("UPDATE statements SET first_outlets = ?", (json.dumps([1, None, "x" * 9]),))
    connection.commit()
    connection.close()
    assert fetch(copied)(f"/-/quotes/statement/{ids['ferry']}").status_code == 200
