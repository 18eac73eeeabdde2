"""The comparison of any two quotes, by id, by address or in words."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from quotes.publish.pages.compare import MOST_CHARACTERS, read_meant
from quotes.publish.phrases import CHANGE_KINDS, describe_similarity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.web
PAGE = "/-/quotes/compare"
ID, OTHER = "00112233445566ff", "ff66554433221100"


@pytest.fixture
def get(fetch: Callable[..., Any], database: Path, metadata: dict[str, Any]) -> Any:
    return fetch(database, metadata=metadata)


def read(response: Any, status: int = 200) -> str:
    """Return the page's text as a screen reader says it, tags and repeated spaces gone."""
    assert response.status_code == status, response.text
    content = response.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]{0,9000}>", "", content)).split())


def compare(get: Any, one: str, other: str, status: int = 200) -> str:
    return read(get(PAGE, params={"one": one, "other": other}), status)


def test_two_wordings_of_a_statement(get: Any, ids: dict[str, str]) -> None:
    page = compare(get, ids["ferry"], ids["ferry/1"])
    for part in (
        "About 9 of 10 words are the same (similarity 0.86 of 1). Both are wordings of one statement.",
        "The second, against the first we −will +may certainty stop the ferry on −14 +15 number May",
        "The first, against the second We −may +will certainty stop the ferry on −15 +14 number May",
        "will → may other small words, such as “the”, “of” or “will” how certain or binding it is differs: “",
        "14 → 15 other words a number differs: “14",
        "left out “not” words left out a negation differs: “not”",
        "Who printed the first Harbour Daily, 4 March 2026: Ferry stops, part 0 said by Odile Varn · why this"
        " speaker Inland Wire, 4 March 2026",
        "Who printed the second The Lamp, 5 March 2026",
        "All wordings of this statement",
    ):
        assert part in page, part


def test_any_words(get: Any) -> None:
    page = compare(get, "We will stop the ferry", "“we will stop the ferry!”")
    assert "All words are the same, in the same order (similarity 1.00 of 1)." in page
    assert "Both are the same wording: capitals, marks and spaces aside, the texts are equal." in page
    assert "No word: only marks, capitals, spelling or spaces differ." in page
    assert "It was typed in here. Look for these words in every printed wording" in page
    assert "equal, letter by letter" in compare(get, "We stay", "We stay")
    page = compare(get, "We stay", "Nobody knows")
    assert "No word is the same (similarity 0.00 of 1). Words that were typed belong to no statement." in page


def test_words_against_a_printed_quote(get: Any, ids: dict[str, str]) -> None:
    page = compare(get, ids["boats"], "The small boats go")
    assert "About 8 of 10 words are the same (similarity 0.75 of 1)." in page
    assert "Who printed the first Harbour Daily, 5 March 2026" in page
    assert "Who printed the second It was typed in here." in page


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("ferry", "boats", "In this database they are two statements."),
        ("ferry/0", "ferry/0", "Both print one wording of one statement."),
        ("ferry/1", "ferry/2", "Both are wordings of one statement."),
    ],
)
def test_what_the_two_are_to_each_other(
    get: Any, ids: dict[str, str], one: str, other: str, relation: str
) -> None:
    assert relation in compare(get, ids[one], ids[other])


def test_a_quote_in_no_statement(get: Any, ids: dict[str, str]) -> None:
    page = compare(get, ids["loose"], ids["boats"])
    assert "Who printed the first The Lamp, 8 March 2026" in page
    assert "It belongs to no statement." in page


@pytest.mark.parametrize(
    ("typed", "identifier", "names"),
    [
        (ID, ID, "quote"),
        (ID.upper(), ID, "quote"),
        (f"https://desk.example/-/quotes/{ID}", ID, "statement"),
        (f"/-/quotes/{ID}?database=story", ID, "statement"),
        (f"https://desk.example/base/-/quotes/statement/{ID}", ID, "statement"),
        (f"https://desk.example/-/quotes/statement/{ID}#n2", ID, "statement"),
        (f"https://desk.example/-/quotes/statement/{ID}#wording-{OTHER}", OTHER, "quote"),
        (f"https://desk.example/-/quotes/statement/{ID}?against={ID}#quote-{OTHER}", OTHER, "quote"),
        (f"https://desk.example/-/quotes/quote/{ID}", ID, "quote"),
        (f"https://desk.example/-/quotes/quote/{ID}99", None, "words"),
        (f"see /-/quotes/{ID}", None, "words"),
        ("We stay", None, "words"),
        ("stay", None, "words"),
        ("", None, "words"),
    ],
)
def test_what_is_meant(typed: str, identifier: str | None, names: str) -> None:
    meant = read_meant(typed)
    assert (meant.identifier, meant.names) == (identifier, names)


def test_an_address_of_a_statement_means_its_reference_wording(get: Any, ids: dict[str, str]) -> None:
    page = compare(get, f"http://localhost/-/quotes/statement/{ids['boats']}", "The small boats stay")
    assert "All words are the same" in page
    assert "Who printed the first Harbour Daily" in page


def test_a_former_id_leads_to_what_it_became(
    fetch: Any, database: Path, tmp_path: Path, ids: dict[str, str]
) -> None:
    path = tmp_path / "quotes.db"
    path.write_bytes(database.read_bytes())
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO statement_aliases VALUES (?, ?)", (ID, ids["boats"]))
    connection.commit()
    connection.close()
    assert "All words are the same" in compare(fetch(path), ID, "the small boats stay")


def test_the_form_alone(get: Any) -> None:
    response = get(PAGE)
    page = read(response)
    assert page.count("Compare two quotes") == 1
    assert "At most 3,000 characters each." in page
    assert response.text.count(f'maxlength="{MOST_CHARACTERS}"') == 2
    assert 'method="get"' in response.text
    for name in ("one", "other"):
        assert f'<label for="qd-{name}">' in response.text
        assert f'<textarea id="qd-{name}" name="{name}"' in response.text
    assert "alert" not in response.text


def test_what_cannot_be_compared_is_said(get: Any, ids: dict[str, str]) -> None:
    assert "Put something into both boxes." in compare(get, "We stay", " \0 ", 400)
    long = "We stay. " * 400
    assert "3,000 characters at most in each box." in compare(get, long, "We stay", 400)
    assert f"in this database is called {ID}." in compare(get, ID, ids["ferry"], 404)
    response = get(PAGE, params={"one": "<b>We</b> stay", "other": ""})
    assert "&lt;b&gt;We&lt;/b&gt; stay</textarea>" in response.text


def test_only_reading_is_answered(get: Any) -> None:
    assert get(PAGE, method="post").status_code in {403, 405}
    assert get(PAGE, method="head").status_code == 200


def test_the_two_may_be_turned_round(get: Any) -> None:
    html = get(PAGE, params={"one": "we & you", "other": "we"}).text
    assert f'href="{PAGE}?one=we&amp;other=we+%26+you"' in html


def test_of_several_databases_the_one_that_holds_both_is_asked(
    fetch: Any, database: Path, tmp_path: Path, ids: dict[str, str]
) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(database.read_bytes())
    connection = sqlite3.connect(other)
    connection.execute("DELETE FROM quotes WHERE id = ?", (ids["loose"],))
    connection.commit()
    connection.close()
    response = fetch(other, database)(PAGE, params={"one": ids["loose"], "other": ids["ferry"]})
    assert "An ungrouped aside" in read(response)
    assert '<input type="hidden" name="database" value="quotes">' in response.text


def test_long_quotes_answer_in_time_and_whole(
    fetch: Any, database: Path, tmp_path: Path, ids: dict[str, str]
) -> None:
    path = tmp_path / "quotes.db"
    path.write_bytes(database.read_bytes())
    connection = sqlite3.connect(path)
    long = "We will not leave it as it is and never did. " * 600
    connection.execute("UPDATE quotes SET text = ? WHERE id = ?", (long, ids["ferry"]))
    connection.execute("UPDATE quotes SET text = ? WHERE id = ?", (long + "So.", ids["ferry/1"]))
    connection.commit()
    connection.close()
    page = compare(fetch(path), ids["ferry"], ids["ferry/1"])
    assert "That cannot be told word by word." in page


def test_every_kind_of_change_has_words() -> None:
    schema = re.compile(r"CREATE TABLE changes \(.*?kind IN\s*\((.*?)\)", re.DOTALL)
    from invented_story import SCHEMA

    (kinds,) = schema.findall(SCHEMA.read_text(encoding="utf-8"))
    assert set(CHANGE_KINDS) == set(re.findall(r"'([^']+)'", kinds))


@pytest.mark.parametrize(
    ("similarity", "words"),
    [
        (0.0, "No word is"),
        (0.01, "Hardly any"),
        (0.5, "About 5 of 10"),
        (0.96, "Nearly all"),
        (1.0, "All words"),
    ],
)
def test_similarity_in_words(similarity: float, words: str) -> None:
    assert describe_similarity(similarity).startswith(words)


def test_a_page_leads_on_with_its_quote_in_the_first_box(get: Any, ids: dict[str, str]) -> None:
    for page in ("statement", "quote"):
        assert f'"{PAGE}?one={ids["ferry"]}"' in get(f"/-/quotes/{page}/{ids['ferry']}").text
    begun = get(PAGE, params={"one": ids["ferry"]})
    assert "with which other quote? Put it into the second box." in read(begun)
    assert "message-error" not in begun.text
    assert f">{ids['ferry']}</textarea>" in begun.text
    assert "message-error" in get(PAGE, params={"one": ID}).text
