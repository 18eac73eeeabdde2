"""The article page: its quotes in order with their evidence, and never the whole article."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from quotes.publish.pages.article import ArticleQuote, narrow, nest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.web


@pytest.fixture
def own(database: Path, tmp_path: Path) -> Path:
    """The story in a file that a test may change."""
    path = tmp_path / "quotes.db"
    path.write_bytes(database.read_bytes())
    return path


def change(path: Path, sql: str, *values: Any) -> None:
    connection = sqlite3.connect(path)
    connection.execute(sql, values)
    connection.commit()
    connection.close()


@pytest.fixture
def get(fetch: Callable[..., Any], database: Path, metadata: dict[str, Any]) -> Any:
    return fetch(database, metadata=metadata)


def find_article(path: Path, quote: str) -> str:
    connection = sqlite3.connect(path)
    (article,) = connection.execute("SELECT article_id FROM quotes WHERE id = ?", (quote,)).fetchone()
    connection.close()
    return f"/-/quotes/article/{article}"


def read(response: Any) -> str:
    """Return the page's text as a screen reader says it, tags and repeated spaces gone."""
    assert response.status_code == 200, response.text
    content = response.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]{0,2000}>", "", content)).split())


def test_the_page_says_what_the_article_is(get: Any, database: Path, ids: dict[str, str]) -> None:
    response = get(find_article(database, ids["ferry"]))
    page = read(response)
    for part in (
        "Ferry stops, part 0",
        "Outlet Harbour Daily",
        "Published 4 March 2026",
        "Byline Invented Desk",
        "Size 300 words (English), 1 quote",
        "Last changed here 9 March 2026, 08:00 UTC (job 1)",
        "1. Odile Varn, mayor of Port Aster",
        "[cue: said] to the crowd.",
        "Speaker found by the rule “speaker-cue”, cue “said”, confidence 0.90 of 1 · why this speaker",
        "Printed by 3 other outlets too, 4 wordings in all",
        "Speakers in this article Odile Varn, mayor of Port Aster 1 quote here · also mentioned as “Varn”",
    ):
        assert part in page, part
    assert (
        'href="https://harbour-daily.example/ferry?id=0" rel="noopener noreferrer nofollow"' in response.text
    )
    assert "Changed" not in page
    assert "Transcript" not in page


def test_an_address_that_is_none_is_no_link(get: Any, database: Path, ids: dict[str, str]) -> None:
    response = get(find_article(database, ids["ferry/2"]))
    assert "javascript:" not in response.text
    assert "No web address is known." in read(response)


def test_an_article_without_quotes_says_so(get: Any, database: Path) -> None:
    connection = sqlite3.connect(database)
    (article,) = connection.execute("SELECT id FROM articles WHERE quote_count = 0").fetchone()
    connection.close()
    assert "This article quotes nobody" in read(get(f"/-/quotes/article/{article}"))


def test_nobody_named_says_why(get: Any, database: Path, ids: dict[str, str]) -> None:
    page = read(get(find_article(database, ids["chant"])))
    assert "1. No speaker named" in page
    assert "No speaker: no reporting word near it · why no speaker" in page
    assert "Published Not known: the article came without a date." in page
    assert "Its statement: printed only here" in page


def test_two_who_spoke_together_are_both_named(get: Any, database: Path, ids: dict[str, str]) -> None:
    page = read(get(find_article(database, ids["boats"])))
    assert "1. Tam Ruck, chief engineer; together with Odile Varn, mayor of Port Aster" in page


def test_what_nobody_said_is_folded_apart(get: Any, database: Path, ids: dict[str, str]) -> None:
    page = read(get(find_article(database, ids["inner"])))
    assert "Nobody is quoted in this article" in page
    assert "In quotation marks, but nobody’s speech: 1 A slogan" in page


def test_a_nested_quote_stands_beneath_the_outer(fetch: Any, own: Path, ids: dict[str, str]) -> None:
    change(
        own,
        "UPDATE quotes SET kind = 'sentence', spans = '[[50, 60]]',"
        " article_id = (SELECT article_id FROM quotes WHERE id = ?) WHERE id = ?",
        ids["boats"],
        ids["inner"],
    )
    page = read(fetch(own)(find_article(own, ids["boats"])))
    assert page.index("The small boats stay.") < page.index("Within it stands:") < page.index("Stay, boats")
    assert "2." not in page.partition("Quotes in order")[2].partition("Speakers in this")[0]


def test_credits_revision_and_transcript_are_said(fetch: Any, own: Path, ids: dict[str, str]) -> None:
    change(
        own,
        """UPDATE articles SET credits = '["inland-wire", "nobody"]', revision = 3, kind = 'transcript'""",
    )
    page = read(fetch(own)(find_article(own, ids["ferry"])))
    assert "Credits Inland Wire: the article says that it carries their material." in page
    assert "Changed By the outlet, 2 times since it was first read." in page
    assert "Transcript Ferry stops" in page
    assert "An official record of what was said" in page


def test_quotes_stand_in_order_of_their_places(fetch: Any, own: Path, ids: dict[str, str]) -> None:
    change(own, "UPDATE quotes SET article_id = (SELECT article_id FROM quotes WHERE id = ?)", ids["ferry"])
    for place, name in enumerate(("chant", "boats", "loose", "ferry")):
        spans = f"[[{place * 1000}, {place * 1000 + 9}]]"
        change(own, "UPDATE quotes SET spans = ? WHERE id = ?", spans, ids[name])
    change(own, "UPDATE articles SET quote_count = 4000")
    response = fetch(own)(find_article(own, ids["ferry"]))
    places = [response.text.index(f'id="quote-{ids[name]}"') for name in ("chant", "boats", "loose", "ferry")]
    assert places == sorted(places)
    assert "more are not shown here" in read(response)


def test_the_jobs_are_shown_to_those_who_may_read_them(
    fetch: Any, database: Path, ids: dict[str, str]
) -> None:
    get = fetch(database, metadata={"databases": {"quotes": {"tables": {"runs": {"allow": {"id": "desk"}}}}}})
    address = find_article(database, ids["ferry"])
    assert "Last changed here" not in read(get(address))
    assert "Last changed here" in read(get(address, actor={"id": "desk"}))


def test_neither_the_source_nor_the_hash_is_shown(get: Any, database: Path, ids: dict[str, str]) -> None:
    text = get(find_article(database, ids["ferry"])).text
    assert "harbour-daily/0.txt" not in text


@pytest.mark.parametrize("identifier", ["nope", "0123456789abcdef", "~00", "a'b", "x" * 3000])
def test_a_missing_article_says_so(get: Any, identifier: str) -> None:
    response = get(f"/-/quotes/article/{identifier}")
    assert response.status_code == 404
    assert "No article here" in response.text


def test_little_is_shown_around_a_quote() -> None:
    far, near = "Long before this. " * 20, "So she said: “"
    pieces = (
        (f"{far}\n{near}", None),
        ("We stay", "quote"),
        ("” ", None),
        ("she", "speaker"),
        (f". {far}", None),
    )
    shown = narrow(pieces)
    assert shown[0] == (near, None)
    assert shown[1:4] == pieces[1:4]
    assert len(shown[4][0]) <= 82
    assert shown[4][0].endswith(" …")
    assert narrow((("We stay", "quote"),)) == (("We stay", "quote"),)
    assert narrow((("words", None),)) == (("words", None),)


def test_quotes_that_stand_in_each_other_are_shown_once() -> None:
    def quote(name: str) -> ArticleQuote:
        return ArticleQuote(name, (), (), "", None, True, "", None, "")

    def arrange(**inside: str | None) -> list[tuple[str, list[str]]]:
        rows = [{"id": name, "inside_quote_id": outer} for name, outer in inside.items()]
        shown = {name: quote(name) for name in inside}
        return [(one.id, [inner.id for inner in one.inner]) for one in nest(rows, shown)]

    assert arrange(a=None, b="a", c="b", d=None) == [("a", ["b", "c"]), ("d", [])]
    assert arrange(a="elsewhere", b="a") == [("a", ["b"])]
    assert arrange(a="b", b="a", c="c") == [("a", []), ("b", []), ("c", [])]
