"""The page of one quote: who said it, the marked words, why, and who else was considered."""

from __future__ import annotations

import json
import re
import sqlite3
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from payloads import PAYLOADS
from poisoned import poison
from test_hostile_pages import Shape

from quotes.publish.databases import PAGE_TABLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.web
ASCII = [payload for payload in PAYLOADS if payload.isascii()][::6]


@pytest.fixture
def get(fetch: Callable[..., Any], database: Path, metadata: dict[str, Any]) -> Any:
    return fetch(database, metadata=metadata)


def read(response: Any) -> str:
    """Return the page's text as a screen reader says it, tags and repeated spaces gone."""
    assert response.status_code == 200, response.text
    content = response.text.partition("<section")[2].partition("</section>")[0]
    return " ".join(unescape(re.sub(r"<[^>]{0,2000}>", "", content)).split())


def test_the_page_says_who_and_why(get: Any, ids: dict[str, str]) -> None:
    page = read(get(f"/-/quotes/quote/{ids['boats']}"))
    for part in (
        "The small boats stay. Tam Ruck, chief engineer; together with Odile Varn, mayor of Port Aster",
        "“[quote: The small boats stay.]” [speaker: Tam Ruck] [cue: said] to the crowd.",
        "Decided by The rule “speaker-cue” decided: “Ruck”, cue “said”.",
        "Confidence 0.90: of attributions marked so, about nine in ten are right on the measuring articles.",
        "Who that is Tam Ruck (“Ruck”: the surname of Tam Ruck).",
        "Across articles Taken for Tam Ruck: the same name, Tam Ruck, in several articles.",
        "0.31 the harbour master clause before the quote, cue “warned” 0.04 the harbour master named nearby",
        "Within it stands “Stay, boats”",
        "Printed in Harbour Daily, 5 March 2026: Ferry stops, part 0",
        "All wordings and printings (2 printings, 2 wordings and 2 outlets)",
    ):
        assert part in page, part


def test_the_parts_of_a_split_quote_are_marked(get: Any, ids: dict[str, str]) -> None:
    html = get(f"/-/quotes/statement/{ids['ferry']}").text
    pages = {unescape(link) for link in re.findall(r'href="(/-/quotes/quote/[0-9a-f]{16})"', html)}
    assert len(pages) == 5
    split = [
        page for page in map(read, map(get, sorted(pages))) if "] she said" in page or "” she said" in page
    ]
    assert len(split) == 1
    assert (
        "“[quote: We will stop the ferry on 14 May,]” she said, “[quote: and we should not have waited so"
        in split[0]
    )


def test_a_quote_without_a_speaker_says_so(get: Any, ids: dict[str, str]) -> None:
    page = read(get(f"/-/quotes/quote/{ids['chant']}"))
    assert "Save our crossing! No speaker: no reporting word near it" in page
    assert "Why" not in page
    assert "Confidence" not in page
    assert "this printing only" in page


def test_a_quote_within_a_quote_has_its_page_and_no_statement(get: Any, ids: dict[str, str]) -> None:
    response = get(f"/-/quotes/{ids['inner']}", follow_redirects=True)
    assert response.url.path == f"/-/quotes/quote/{ids['inner']}"
    page = read(response)
    assert "a slogan" in page
    assert "Stands within “The small boats stay.”" in page
    assert "All wordings" not in page


def test_marks_tell_their_part_without_colour(get: Any, ids: dict[str, str]) -> None:
    html = get(f"/-/quotes/quote/{ids['ferry']}").text
    marks = re.findall(r'<mark class="qd-as-(\w+)"><span class="qd-hidden">\[(\w+): </span><bdi>', html)
    assert marks == [("quote", "quote"), ("speaker", "speaker"), ("cue", "cue")]
    style = get("/-/static-plugins/quote-drift/quote.css").text
    for role, sign in (("quote", "font-weight"), ("speaker", "text-decoration"), ("cue", "border")):
        assert sign in style.partition(f".qd-as-{role} {{")[2].partition("}")[0]


def test_every_link_of_the_pages_answers(get: Any, ids: dict[str, str]) -> None:
    pages = [f"/-/quotes/quote/{ids[name]}" for name in ("ferry", "boats", "chant", "inner", "loose")]
    links = {
        unescape(link) for page in pages for link in re.findall(r'(?:href|action)="(/[^"]*)"', get(page).text)
    }
    links = {link.partition("#")[0] for link in links}
    assert len(links) > 15
    assert {link: get(link).status_code for link in links if get(link).status_code not in (200, 302)} == {}


def test_the_page_forbids_scripts_and_writing(get: Any, ids: dict[str, str]) -> None:
    page = f"/-/quotes/quote/{ids['boats']}"
    response = get(page)
    assert response.headers["content-security-policy"] == get("/-/quotes").headers["content-security-policy"]
    assert "<script" not in response.text
    assert " style=" not in response.text
    assert get(page, method="head").status_code == 200
    assert get(page, method="post").status_code in {403, 405}
    assert get(page, method="delete").status_code == 405


@pytest.mark.parametrize("identifier", ["0123456789abcdef", "nope", "~00", "%2e%2e", "a'b", "x" * 3000])
def test_a_missing_quote_says_what_to_do(get: Any, identifier: str) -> None:
    response = get(f"/-/quotes/quote/{identifier}")
    assert response.status_code == 404
    assert "No statement, wording or quote in this database has the id" in response.text
    assert 'name="q"' in response.text


def test_evidence_that_cannot_be_read_gives_way_to_the_context(
    fetch: Any, tmp_path: Path, database: Path, ids: dict[str, str]
) -> None:
    path = tmp_path / "quotes.db"
    path.write_bytes(database.read_bytes())
    connection = sqlite3.connect(path)
    for evidence in (None, "[]", "[[1, 2, 3]]", '[["x", "<b>"]]'):
        connection.execute("UPDATE quotes SET evidence = ?", (evidence,))
        connection.commit()
        page = read(fetch(path)(f"/-/quotes/quote/{ids['boats']}"))
        assert "At the quay on Monday, “[quote: The small boats stay.]” Tam Ruck said to the crowd." in page
    connection.close()


def test_tables_lead_to_the_page(get: Any, ids: dict[str, str]) -> None:
    boats, inner = (f"/-/quotes/quote/{ids[name]}" for name in ("boats", "inner"))
    html = get("/quotes/quotes").text
    assert f'<a href="{boats}">speaker-cue</a>' in html
    assert f'<a href="{boats}">evidence, marked</a>' in html
    assert f'<a href="{inner}">no reporting word near it</a>' in html
    for table in ("considered_speakers", "joint_speakers"):
        assert f'<a href="{boats}">' in get(f"/quotes/{table}").text, table


@pytest.mark.parametrize("table", ["article_speakers", "considered_speakers", "joint_speakers"])
def test_whoever_may_not_see_the_evidence_sees_no_page(
    fetch: Any, database: Path, ids: dict[str, str], table: str
) -> None:
    assert table in PAGE_TABLES
    rules = {"databases": {"quotes": {"tables": {table: {"allow": {"id": "desk"}}}}}}
    get = fetch(database, metadata=rules)
    page = f"/-/quotes/quote/{ids['boats']}"
    assert get(page).status_code == 403
    assert "harbour master" not in get(page).text
    assert get(page, actor={"id": "desk"}).status_code == 200


def test_of_several_databases_the_page_names_its_own(
    fetch: Any, database: Path, tmp_path: Path, ids: dict[str, str]
) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(database.read_bytes())
    html = fetch(database, other)(f"/-/quotes/quote/{ids['boats']}?database=other").text
    assert f'href="/-/quotes/quote/{ids["inner"]}?database=other"' in html
    assert f'href="/-/quotes/statement/{ids["boats"]}?database=other"' in html


@pytest.mark.parametrize("payload", ASCII, ids=range(len(ASCII)))
def test_a_payload_in_the_address_stays_text(get: Any, payload: str) -> None:
    from datasette.utils import tilde_encode

    known = Shape(get("/-/quotes/quote/nope").text).elements
    response = get(f"/-/quotes/quote/{tilde_encode(payload)}")
    assert response.status_code == 404
    assert Shape(response.text).elements <= known


@pytest.mark.parametrize("column", ["evidence", "resolution", "no_speaker_reason", "attribution_rule"])
def test_every_field_is_shown_and_stays_text(
    fetch: Any, tmp_path: Path, database: Path, ids: dict[str, str], column: str
) -> None:
    """What test_hostile_pages puts into all fields at once must be on this page, and be text there."""
    payload = f"<script>{column}</script>\"'\u202e{{{{ 7 * 7 }}}}"
    path = tmp_path / "quotes.db"
    path.write_bytes(database.read_bytes())
    poison(path, "harmless")
    connection = sqlite3.connect(path)
    value = json.dumps([[payload, "gap"], [payload, "cue"]]) if column == "evidence" else payload
    connection.execute(f"UPDATE quotes SET {column} = ? WHERE {column} IS NOT NULL", (value,))
    connection.commit()
    connection.close()
    name = "chant" if column == "no_speaker_reason" else "boats"
    response = fetch(path)(f"/-/quotes/quote/{ids[name]}")
    assert payload in "".join(Shape(response.text).text)
    assert "<script" not in response.text
