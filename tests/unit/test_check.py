"""`quotes check` finds every kind of damage, and `--mend` mends what it says it mends."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from sound_database import build, check, dump, index, spoil

from quotes import store
from quotes.cli.maintaining import tell_checked


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("sound"))


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    shutil.copytree(sound, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_all_is_well_after_a_job(folder: Path) -> None:
    before = dump(folder)
    checked = check(folder, thoroughly=True)
    assert checked.found == ()
    assert tell_checked(checked, "x.db") == ["x.db: all is well"]
    assert check(folder, mend=True).left == ()
    assert dump(folder) == before


FIRST = "(SELECT min(id) FROM {})"
DERIVED = {
    "counts of a statement": ("UPDATE statements SET quote_count = 9", "statements whose counts"),
    "outlets of a statement": ("UPDATE statements SET outlet_count = 9", "statements whose counts"),
    "two references": ("UPDATE wordings SET is_reference = 1", "statements whose counts"),
    "counts of a wording": ("UPDATE wordings SET quote_count = 9", "wordings whose counts"),
    "a statement of nobody": (
        "INSERT INTO statements (id, label, first_outlets, quote_count, wording_count, outlet_count, drift,"
        " worst_change, disputed_speaker) VALUES ('x', 'x', '[]', 0, 0, 0, 0, 'reference', 0)",
        "statements whose counts",
    ),
    "a quote in another wording": (
        "UPDATE quotes SET wording_id = (SELECT id FROM wordings AS w"
        " WHERE w.statement_id <> quotes.statement_id) WHERE statement_id IS NOT NULL",
        "quotes in a wording of another statement",
    ),
    "a quote in another statement": (
        "UPDATE quotes SET (statement_id, wording_id) = (SELECT statement_id, id FROM wordings AS w"
        " WHERE w.statement_id <> quotes.statement_id) WHERE statement_id IS NOT NULL",
        "quotes in another statement than they are grouped into",
    ),
    "a quote in no statement": (
        "UPDATE quotes SET statement_id = NULL, wording_id = NULL",
        "quotes in another statement than they are grouped into",
    ),
    "a group of a quote that is not": (
        "INSERT INTO match_quotes VALUES ('x', 1, 'y')",
        "quotes grouped that there are not",
    ),
    "a change of another statement": (
        "UPDATE changes SET statement_id ="
        " (SELECT id FROM statements AS s WHERE s.id <> changes.statement_id)",
        "changes of a wording of another statement",
    ),
    "no changes": ("DELETE FROM changes", "wordings that changed words, without a change"),
    "another speaker": (
        "UPDATE quotes SET speaker_id = (SELECT id FROM speakers AS s WHERE s.id <> quotes.speaker_id)",
        "quotes of another speaker",
    ),
    "a speaker of nothing": (
        "INSERT INTO speakers (id, name, kind) VALUES ('x', 'X', 'person')",
        "speakers that no article names",
    ),
    "an outlet of nothing": (
        "INSERT INTO outlets (id, name) VALUES ('x', 'X')",
        "outlets without an article",
    ),
    "a former id that leads nowhere": (
        "INSERT INTO statement_aliases VALUES ('x', 'y')",
        "rows of statement_aliases that lead to no row of statements",
    ),
    "quotes of a speaker": ("UPDATE speakers SET quote_count = 99", "rows of speakers that do not count"),
    "an outlet's figures": ("UPDATE outlet_stats SET same_count = 99", "rows of outlet_stats that do not"),
    "a lost figure": ("DELETE FROM speaker_outlet_stats", "rows of speaker_outlet_stats that do not"),
    "a pair's figures": (
        "UPDATE outlet_pair_stats SET statement_count = 99",
        "rows of outlet_pair_stats that do not",
    ),
    "a day's figures": ("INSERT INTO daily_counts VALUES ('2020-01-01', 1, 1, 1)", "rows of daily_counts"),
    "a swap": ("INSERT INTO word_swaps VALUES ('a', 'b', 1, 1)", "rows of word_swaps that do not"),
    "a search index": (
        "INSERT INTO quotes_fts (quotes_fts) VALUES ('delete-all')",
        "search index quotes_fts",
    ),
    "another search index": (
        "INSERT INTO speakers_fts (rowid, name) VALUES (77, 'nobody')",
        "search index speakers_fts",
    ),
    "considered for no quote": (
        "INSERT INTO considered_speakers VALUES ('x', 0, 'x', NULL, 'r', 0.5, '[0, 1]')",
        "rows of considered_speakers that lead to no row of quotes",
    ),
    "a statement that is not": (
        f"UPDATE quotes SET statement_id = 'x' WHERE id = {FIRST.format('quotes')}",
        "rows of quotes that lead to no row of statements",
    ),
    "a speaker that is not": (
        f"UPDATE article_speakers SET speaker_id = 'x' WHERE id = {FIRST.format('article_speakers')}",
        "rows of article_speakers that lead to no row of speakers",
    ),
}


@pytest.mark.parametrize("kind", DERIVED)
def test_what_is_derived_is_found_and_mended(folder: Path, kind: str) -> None:
    before = dump(folder)
    statement, what = DERIVED[kind]
    spoil(folder / "quotes.db", "DROP TRIGGER quotes_pending_update", statement, "DELETE FROM match_pending")
    spoil_back(folder)
    checked = check(folder)
    assert any(what in one.what for one in checked.found), checked.found
    assert all(one.can_be_mended for one in checked.found)
    assert check(folder, mend=True).left == ()
    assert dump(folder) == before


def spoil_back(folder: Path) -> None:
    """Put the trigger back that would have told of the damage."""
    with closing(store.open_quotes(Path(":memory:"))) as fresh:
        sql = fresh.execute("SELECT sql FROM sqlite_master WHERE name = 'quotes_pending_update'").fetchone()[
            0
        ]
    spoil(folder / "quotes.db", sql)


READ = {
    "the number of quotes": ("UPDATE articles SET quote_count = 9", "articles with another number of quotes"),
    "a lost quote": (
        "DELETE FROM quotes WHERE id = (SELECT max(id) FROM quotes WHERE last_revision IS NULL)",
        "articles with another number of quotes",
    ),
    "another day": (
        "UPDATE quotes SET published = '2020-01-01' WHERE last_revision IS NULL",
        "quotes of another outlet or day",
    ),
    "another outlet": ("UPDATE quotes SET outlet_id = 'south'", "quotes of another outlet or day"),
    "a span": ("UPDATE quotes SET spans = '[[2, 9]]' WHERE last_revision IS NULL", "do not stand where"),
    "a span beyond the end": (
        "UPDATE quotes SET spans = '[[2, 9999]]' WHERE last_revision IS NULL",
        "do not stand where",
    ),
    "words": ("UPDATE quotes SET text = 'other words' WHERE last_revision IS NULL", "do not stand where"),
    "context": ("UPDATE quotes SET context_after = 'x' WHERE last_revision IS NULL", "do not stand where"),
    "a speaker as printed": (
        "UPDATE quotes SET speaker_as_printed = 'x' WHERE speaker_as_printed IS NOT NULL"
        " AND last_revision IS NULL",
        "do not stand where",
    ),
    "a speaker of another article": (
        "UPDATE quotes SET article_speaker_id = (SELECT id FROM article_speakers AS s"
        " WHERE s.article_id <> quotes.article_id) WHERE article_speaker_id IS NOT NULL"
        " AND last_revision IS NULL",
        "quotes attributed to a speaker of another article",
    ),
    "a speaker that is not": (
        "UPDATE quotes SET article_speaker_id = 'x' WHERE article_speaker_id IS NOT NULL"
        " AND last_revision IS NULL",
        "rows of quotes that lead to no row of article_speakers",
    ),
    "an outlet that is not": (
        "UPDATE articles SET outlet_id = 'x' WHERE outlet_id = 'north'",
        "rows of articles that lead to no row of outlets",
    ),
}


@pytest.mark.parametrize("kind", READ)
def test_what_was_read_is_found_marked_and_read_again(folder: Path, kind: str) -> None:
    before = dump(folder)
    statement, what = READ[kind]
    spoil(folder / "quotes.db", statement)
    checked = check(folder)
    assert any(what in one.what for one in checked.found), checked.found
    left = check(folder, mend=True).left
    assert any("other models or rules" in one.what for one in left)
    index(folder)
    assert check(folder).found == ()
    assert dump(folder) == before


FOREVER = {
    "a revision that is not kept": ("DELETE FROM revisions", "former quotes whose revision is not kept"),
    "a revision to come": ("UPDATE quotes SET first_revision = 7", "revision that their article has not had"),
    "too many revisions": ("UPDATE articles SET revision = 1", "articles that have not had so many"),
    "altered into another article": (
        "UPDATE quotes SET altered_to_id ="
        " (SELECT id FROM quotes AS n WHERE n.article_id <> quotes.article_id)"
        " WHERE last_revision IS NOT NULL",
        "altered into a quote of another article",
    ),
    "altered and standing": (
        "UPDATE quotes SET altered_to_id = (SELECT id FROM quotes AS n WHERE n.article_id = quotes.article_id"
        " AND n.id <> quotes.id) WHERE last_revision IS NULL",
        "stand in their article all the same",
    ),
    "removed by nobody": ("UPDATE articles SET removed = 'gone'", "articles that are removed without a job"),
    "an article that no job read": (
        "UPDATE articles SET last_run_id = 99",
        "rows of articles that lead to no row of runs",
    ),
    "a former quote's words": (
        "UPDATE quotes SET text = 'x' WHERE last_revision IS NOT NULL",
        "in the text that was read for a former revision",
    ),
}


@pytest.mark.parametrize("kind", FOREVER)
def test_what_nobody_can_know_is_left_to_a_copy(folder: Path, kind: str) -> None:
    statement, what = FOREVER[kind]
    spoil(folder / "quotes.db", statement)
    found = [one for one in check(folder).found if what in one.what]
    assert found
    assert "restore a copy" in found[0].advice
    articles = [line for line in dump(folder) if line.startswith("articles ")]
    assert any(what in one.what for one in check(folder, mend=True).left)
    assert [line for line in dump(folder) if line.startswith("articles ")] == articles
