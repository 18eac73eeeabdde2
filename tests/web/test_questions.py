"""The pages lead on to the canned queries, with the values that the queries need."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from quotes.publish.pages.questions import ask_of_outlet, ask_of_speaker, ask_of_statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.web


def list_questions(page: str) -> dict[str, str]:
    """Return address and title of each link after "More questions"."""
    more = page.partition('<nav class="qd-more"')[2].partition("</nav>")[0]
    return {unescape(address): title for address, title in re.findall(r'<a href="([^"]+)">([^<]+)<', more)}


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("statement/{ferry}", {f"{name}?id={{ferry}}" for name in ask_of_statement("")}),
        ("quote/{ferry/1}", {f"{name}?id={{ferry/1}}" for name in ask_of_statement("")}),
        ("speaker/{mayor}", {f"{name}?speaker={{mayor}}" for name in ask_of_speaker("")}),
        ("outlet/{the-lamp}", {f"{name}?outlet={{the-lamp}}" for name in ask_of_outlet("")}),
        ("swap?before=will&after=may", {"became?before=will&after=may"}),
        ("swaps?word=will", {"swapped-words?word=will", "became?before=will", "changed-numbers"}),
        (
            "side-by-side?outlet={harbour-daily}&other_outlet={the-lamp}",
            {
                "side-by-side?outlet={harbour-daily}&other_outlet={the-lamp}",
                "who-follows-whom?outlet={harbour-daily}",
                "outlets-in-step",
            },
        ),
    ],
)
def test_pages_lead_to_the_queries_that_go_on(
    fetch: Callable[..., Any],
    database: Path,
    metadata: dict[str, Any],
    ids: dict[str, str],
    page: str,
    asked: set[str],
) -> None:
    get = fetch(database, metadata=metadata)
    questions = list_questions(get(f"/-/quotes/{page.format_map(ids)}").text)
    assert set(questions) == {f"/quotes/{address.format_map(ids)}" for address in asked}
    for address, title in questions.items():
        answer = get(address)
        assert answer.status_code == 200
        assert title in answer.text


def test_a_query_that_is_not_allowed_is_no_question(
    fetch: Callable[..., Any], database: Path, metadata: dict[str, Any], ids: dict[str, str]
) -> None:
    queries = metadata["databases"]["quotes"]["queries"]
    queries["where-from"] = {**queries["where-from"], "allow": {"id": "root"}}
    get = fetch(database, metadata=metadata)
    address = f"/-/quotes/statement/{ids['ferry']}"
    public = [address.partition("?")[0] for address in list_questions(get(address).text)]
    assert public == ["/quotes/every-printing", "/quotes/word-by-word"]
    assert len(list_questions(get(address, actor={"id": "root"}).text)) == 3


def test_without_metadata_there_are_no_questions(
    fetch: Callable[..., Any], database: Path, ids: dict[str, str]
) -> None:
    assert "More questions" not in fetch(database)(f"/-/quotes/statement/{ids['ferry']}").text
