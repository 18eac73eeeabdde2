"""Whatever outlets do to their articles: no printing is lost, and everything leads somewhere."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from printing_house import analyse, ask, open_new, print_text, write

from quotes.text.normal import words

if TYPE_CHECKING:
    from quotes import store

WORDINGS = [
    "The pumps failed twice before January",
    "The pumps failed three times before January",
    "The pumps failed twice, before January!",
    "The pumps failed",
    "Nobody asked the fishermen what they want, and ‘never’ is what they got",
    "Nobody asked the fishermen",
    "a lie",
    "a plain lie",
]
MOUTHS = ["Ann Reed", "Reed", "Tom Vale", "Tom Vale and Ann Reed", ""]
SAID = st.tuples(st.sampled_from(WORDINGS), st.sampled_from(MOUTHS))
STATES = st.tuples(
    st.sampled_from([1, 2]),
    st.lists(SAID, max_size=4),
    st.sampled_from(["v1", "v1", "v1", "v1", "v2"]),
    st.sampled_from(["2026-03-04", "2026-03-05", None]),
)
SOUND = """
SELECT count(*) FROM quotes AS q JOIN articles AS a ON a.id = q.article_id
 LEFT JOIN quotes AS n ON n.id = q.altered_to_id
WHERE NOT (q.first_revision BETWEEN 1 AND coalesce(q.last_revision, a.revision))
   OR q.last_revision >= a.revision
   OR (q.altered_to_id IS NOT NULL AND q.last_revision IS NULL)
   OR n.article_id <> q.article_id
   OR n.last_revision <= q.last_revision
   OR q.outlet_id <> a.outlet_id
   OR (q.article_speaker_id IS NULL) <> (q.no_speaker_reason IS NOT NULL)
"""
PRINTED = "SELECT text FROM quotes WHERE article_id = ? AND inside_quote_id IS NULL AND kind <> 'scare quote'"


@settings(max_examples=60, deadline=None)
@given(st.lists(STATES, min_size=1, max_size=7))
def test_no_printing_is_lost_however_often_articles_change(
    states: list[tuple[int, list[tuple[str, str]], str, str | None]],
) -> None:
    printed: dict[int, set[tuple[str, ...]]] = defaultdict(set)
    stages: dict[int, str] = {}
    with tempfile.TemporaryDirectory() as folder, open_new(Path(folder)) as connection:
        for number, said, version, published in states:
            flat = [part for pair in said for part in pair]
            write(connection, print_text(*flat), number, stages=version, published=published)
            now = {words(text) for text, _ in said}
            # What other stages found may not be in the text for these, so that nothing is claimed of it.
            printed[number] = printed[number] | now if stages.get(number, version) == version else now
            stages[number] = version
            check(connection, number, printed[number], len(said))


def check(connection: store.Connection, number: int, printed: set[tuple[str, ...]], count: int) -> None:
    article = analyse("", number).article.id
    assert ask(connection, "PRAGMA foreign_key_check") == []
    assert ask(connection, SOUND) == [(0,)]
    assert printed <= {words(row[0]) for row in ask(connection, PRINTED, article)}
    standing = ask(connection, f"{PRINTED} AND last_revision IS NULL", article)
    assert len(standing) == count
    assert ask(connection, "SELECT count(*) FROM revisions WHERE article_id = ?", article) == ask(
        connection, "SELECT revision - 1 FROM articles WHERE id = ?", article
    )
    lost = "SELECT count(*) FROM article_speakers WHERE id NOT IN (SELECT article_speaker_id FROM quotes"
    joint = " WHERE article_speaker_id IS NOT NULL UNION SELECT article_speaker_id FROM joint_speakers)"
    assert ask(connection, lost + joint) == [(0,)]
