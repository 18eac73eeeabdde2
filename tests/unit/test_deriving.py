"""What is derived after a history of changes is what a fresh index of the last state derives."""

from __future__ import annotations

import json
import random
import re
import shutil
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from fake_stages import FakeNamed, fake_stages, find_quotes

from quotes import drift, match, speakers, store
from quotes.pipeline import Wanted, index
from quotes.records import Attribution, LocalSpeaker
from quotes.sources import Source
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from quotes.pipeline import Stages
    from quotes.records import Annotated, Article, Paragraph, Quote, Span

SAID = re.compile(r"”,? (.{1,60}?) said")
WORDINGS = [
    "The dredging contract annex was signed in a hurry before the winter storm",
    "The dredging contract annex was never signed before the winter storm",
    "The dredging contract was signed in a hurry",
    "signed in a hurry",
    "The slipway lease will lapse unless the harbour council votes again in January",
    "The slipway lease may lapse unless the harbour council votes again",
    "unless the harbour council votes again in January",
    "Eight million is not enough for the storm barrier that the inspectors asked for",
    "Eighty million is not enough for the storm barrier",
    "We will see what we can do about that",
]
MOUTHS = ["Ann Reed", "Reed", "Tom Vale", "Vale", "the coach", "Ann Reed and Tom Vale", "Ann Vale"]
DAYS = ["2026-03-04", "2026-03-05T10:30:00+00:00", "2026-03-09", "2025-01-02", "2026-03", None]
DERIVED = [
    *("match_units", "match_quotes", "match_links", "match_keys", "statement_aliases", "statements"),
    *("wordings", "changes", "repeats", "speakers", "speaker_aliases", "daily_counts", "word_swaps"),
    *("outlet_stats", "outlet_pair_stats", "outlet_followers", "speaker_outlet_stats", "match_settings"),
]
OUTLETS = ["Gull", "Inland Post", "The Associated Press", "Lighthouse"]
LINES = [
    "same: Reed = Vale",
    "same: Ann Reed = Tom Vale",
    "not same: Ann Reed / Reed",
    "not same: Ann Vale / Vale",
]


def attribute(
    article: Article, _: tuple[Paragraph, ...], quotes: tuple[Quote, ...], __: Annotated
) -> tuple[Attribution, ...]:
    found = ((quote, SAID.match(article.text, quote.spans[-1][1])) for quote in quotes)
    return tuple(
        Attribution(quote.id, said.span(1), None, "after", 0.9)
        if said
        else Attribution(quote.id, reason="no")
        for quote, said in found
    )


def name_speakers(
    article: Article, _: Annotated, attributions: tuple[Attribution, ...], __: tuple[Span, ...]
) -> FakeNamed:
    named = FakeNamed((), {}, {})
    people: dict[str, LocalSpeaker] = {}
    for attribution in attributions:
        if not attribution.speaker:
            named.reasons[attribution.quote_id] = attribution.reason or ""
            continue
        first, *others = article.text[slice(*attribution.speaker)].split(" and ")
        for name in (first, *others):
            kind = "anonymous" if name.islower() else "person"
            local = LocalSpeaker(content_id("local", article.id, name), article.id, name, kind, None, (name,))
            people[name] = local
        named.speaker_of[attribution.quote_id] = people[first].id
        if others:
            named.also_of[attribution.quote_id] = tuple(people[name].id for name in others)
    return replace(named, speakers=tuple(people.values()))


def find_kinds(article: Article, paragraphs: tuple[Paragraph, ...]) -> tuple[Quote, ...]:
    """Call the quotes of an article titles where its first line says so."""
    kind = "title" if article.text.startswith("Titles") else "sentence"
    return tuple(replace(quote, kind=kind) for quote in find_quotes(article, paragraphs))


def real_stages(version: str = "real") -> Stages:
    """Stages that group, describe and merge speakers as those that are shipped do."""
    return replace(
        fake_stages(),
        find_quotes=find_kinds,
        attribute=attribute,
        name_speakers=name_speakers,
        merge_speakers=speakers.merge_speakers,
        regroup=match.regroup,
        describe=drift.describe,
        derived_version=version,
    )


def print_article(number: int, outlet: str, day: str | None, *said: str, **more: Any) -> dict[str, Any]:
    """Return a line of a file of articles; `said` are wordings and who said them, in turns."""
    told = zip(said[::2], said[1::2], strict=True)
    text = "\n\n".join(
        [
            f"{more.pop('first_line', 'News')} {number}",
            *(f"“{words},” {mouth} said." for words, mouth in told),
        ]
    )
    url = f"https://desk.example/{number}"
    record = {"url": url, "outlet": outlet, "date": day, "text": text, **more}
    return {name: value for name, value in record.items() if value is not None}


def run(folder: Path, articles: Iterable[Mapping[str, Any]], stages: Stages | None = None) -> None:
    file = folder / "articles.jsonl"
    folder.mkdir(exist_ok=True)
    file.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    index(Wanted((Source(file),)), folder / "quotes.db", stages=stages or real_stages())


def look(folder: Path) -> list[str]:
    """Return what the database of a folder holds, once it is found to be sound."""
    with closing(store.open_quotes(folder / "quotes.db")) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert [tuple(row) for row in connection.execute("PRAGMA integrity_check")] == [("ok",)]
        for table in ("quotes_fts", "statements_fts", "speakers_fts", "speaker_aliases_fts"):
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        kept = [str(tuple(row)) for row in connection.execute("SELECT * FROM match_settings ORDER BY 1")]
        return [*kept, *(line for line in store.dump(connection) if not line.startswith("articles "))]


def ask(folder: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(store.open_quotes(folder / "quotes.db")) as connection:
        return [tuple(row) for row in connection.execute(sql, values)]


def say(folder: Path, *lines: str) -> None:
    (folder / "speakers.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def index_anew(tmp_path: Path, folder: Path, articles: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what a fresh index of `articles` holds, with the speakers file of `folder`."""
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    if (folder / "speakers.txt").exists():
        say(fresh, *(folder / "speakers.txt").read_text(encoding="utf-8").splitlines())
    run(fresh, articles)
    return look(fresh)


def derive_anew(tmp_path: Path, folder: Path) -> list[str]:
    """Return what the database of `folder` holds once all that was derived is forgotten and derived again."""
    fresh = tmp_path / "anew"
    shutil.copytree(folder, fresh)
    with closing(store.open_quotes(fresh / "quotes.db")) as connection, store.immediate(connection):
        for table in DERIVED:
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE quotes SET speaker_id = NULL, statement_id = NULL, wording_id = NULL")
        connection.execute("UPDATE article_speakers SET speaker_id = NULL, merge_evidence = NULL")
    run(fresh, [], real_stages("newer"))
    return look(fresh)


def invent_article(chance: random.Random, number: int) -> dict[str, Any]:
    said = [
        words
        for _ in range(chance.randint(0, 4))
        for words in (chance.choice(WORDINGS), chance.choice(MOUTHS))
    ]
    more = {
        "first_line": chance.choice(["News", "News", "News", "Titles"]),
        "kind": chance.choice([None, None, None, None, "transcript"]),
        "byline": chance.choice([None, "Associated Press"]),
    }
    return print_article(number, chance.choice(OUTLETS), chance.choice(DAYS), *said, **more)


@pytest.mark.parametrize("seed", range(8))
def test_a_history_of_changes_ends_where_a_fresh_index_begins(seed: int, tmp_path: Path) -> None:
    chance, folder = random.Random(seed), tmp_path / "desk"
    folder.mkdir()
    articles: dict[int, dict[str, Any]] = {}
    for _ in range(6):
        numbers = chance.sample(range(12), chance.randint(0, 5))
        articles |= {number: invent_article(chance, number) for number in numbers}
        say(folder, *chance.sample(LINES, chance.choice([0, 0, 1, 2])))
        run(folder, [articles[number] for number in numbers])
        look(folder)
    assert look(folder) == derive_anew(tmp_path, folder)
    standing = [line for line in look(folder) if '"last_revision": null' in line]
    assert len(standing) == sum(
        line.startswith("quotes {") for line in index_anew(tmp_path, folder, articles.values())
    )


@pytest.mark.parametrize("seed", range(8))
def test_a_growing_index_ends_where_a_fresh_one_begins(seed: int, tmp_path: Path) -> None:
    chance, folder = random.Random(seed), tmp_path / "desk"
    folder.mkdir()
    articles = [invent_article(chance, number) for number in range(12)]
    for start in range(0, 12, 3):
        say(folder, *chance.sample(LINES, chance.choice([0, 0, 1, 2])))
        run(folder, articles[: start + 3])
    assert look(folder) == index_anew(tmp_path, folder, articles)


@pytest.mark.parametrize("other", ["Zoe Moore", "Ada Moore", "Moore", "Lena Abbot", "Kit Young"])
def test_a_joint_speaker_who_is_found_to_be_another_changes_the_statement(other: str, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    articles = [
        print_article(1, "Gull", "2026-03-04", WORDINGS[0], "Ann Reed and Ines Corrigan"),
        print_article(2, "Lighthouse", "2026-03-04", WORDINGS[0], other),
        print_article(3, "Inland Post", "2026-03-02", WORDINGS[7], other),
    ]
    run(folder, articles)
    assert ask(folder, "SELECT max(disputed_speaker) FROM statements") == [(1,)]
    say(folder, f"same: Ines Corrigan = {other}")
    run(folder, articles)
    assert ask(folder, "SELECT max(disputed_speaker) FROM statements") == [(0,)]
    assert look(folder) == index_anew(tmp_path, folder, articles)


def find_none_in_first(article: Article, paragraphs: tuple[Paragraph, ...]) -> tuple[Quote, ...]:
    return () if article.url == "https://desk.example/1" else find_kinds(article, paragraphs)


def test_a_former_id_leads_on_when_its_statement_is_merged(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    first = print_article(1, "Gull", "2026-03-02", WORDINGS[0], "Ann Reed")
    second = print_article(2, "Lighthouse", "2026-03-03", WORDINGS[0], "Ann Reed")
    run(folder, [first, second])
    ((former,),) = ask(folder, "SELECT id FROM statements")
    other = replace(real_stages(), rules_version="rules-2", find_quotes=find_none_in_first)
    run(folder, [first, second], other)
    ((later,),) = ask(folder, "SELECT id FROM statements")
    assert ask(folder, "SELECT * FROM statement_aliases") == [(former, later)]
    run(folder, [print_article(3, "Inland Post", "2026-03-01", WORDINGS[0], "Ann Reed")], other)
    ((now,),) = ask(folder, "SELECT id FROM statements")
    assert now != later
    assert ask(folder, "SELECT * FROM statement_aliases") == [(former, now)]


def test_the_latest_change_is_that_of_words_and_is_dated(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    told = [("2026-03-02", WORDINGS[0]), ("2026-03-03", WORDINGS[1]), ("2026-03-05", WORDINGS[0] + "!")]
    articles = [print_article(n, OUTLETS[n], day, words, "Ann Reed") for n, (day, words) in enumerate(told)]
    run(folder, articles[::2])
    assert ask(folder, "SELECT last_changed FROM statements") == [(None,)]
    run(folder, articles)
    assert ask(folder, "SELECT last_changed FROM statements") == [("2026-03-03",)]


class CutOff(KeyboardInterrupt):
    """The job was ended from outside."""


def cut_off(*_: object) -> NoReturn:
    raise CutOff


@pytest.mark.parametrize("line", ["same: Ann Reed = Tom Vale", "not same: Ann Reed / Reed"])
def test_a_job_cut_off_between_speakers_and_statements_is_finished_by_the_next(
    line: str, tmp_path: Path
) -> None:
    folder = tmp_path / "desk"
    mouths = ["Ann Reed", "Tom Vale", "Reed"]
    articles = [print_article(i, f"Gull {i}", "2026-03-04", WORDINGS[0], m) for i, m in enumerate(mouths)]
    run(folder, articles)
    say(folder, line)
    with pytest.raises(CutOff):
        run(folder, articles, replace(real_stages(), regroup=cut_off))
    run(folder, articles)
    assert look(folder) == index_anew(tmp_path, folder, articles)


def test_an_article_written_while_another_job_derives_is_not_forgotten(tmp_path: Path) -> None:
    """One job reads all speakers; another derives and writes one more article before the first goes on."""
    folder = tmp_path / "desk"
    articles = [print_article(i, "Gull", "2026-03-04", WORDINGS[0], "Ann Reed") for i in range(3)]
    run(folder, articles[:1])
    cut = replace(real_stages(), merge_speakers=cut_off)
    with pytest.raises(CutOff):
        run(folder, articles[1:2], cut)
    with closing(store.open_quotes(folder / "quotes.db")) as connection:
        people = store.read_people(connection)
        run(folder, [])
        with pytest.raises(CutOff):
            run(folder, articles[2:], cut)
        assert not store.write_people(connection, people, (), 0)


def test_a_new_version_derives_everything_anew(tmp_path: Path) -> None:
    folder, chance = tmp_path / "desk", random.Random(5)
    articles = [invent_article(chance, number) for number in range(12)]
    run(folder, articles)
    before = look(folder)
    with closing(store.open_quotes(folder / "quotes.db")) as connection:
        for table in ("match_quotes", "match_links", "match_keys"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE match_units SET words = 'spoilt', statement_id = 'spoilt'")
        connection.execute("UPDATE statements SET label = 'spoilt'")
    run(folder, [], real_stages("newer"))
    assert look(folder) == before


def test_a_stock_phrase_repeats_those_printed_next_to_it_only(tmp_path: Path) -> None:
    folder, chance = tmp_path / "desk", random.Random(3)
    days = [f"20{year}-03-0{day}" for year in range(10, 20) for day in (1, 5, 9)]
    articles = [
        print_article(
            i, "Gull", day, "And that is what it is", chance.choice(["Ann Reed", "Tom Vale", "Ines Corrigan"])
        )
        for i, day in enumerate(days)
    ]
    order = chance.sample(articles, len(articles))
    for some in (order[:12], order[12:15], order[15:]):
        run(folder, some)
    moved = print_article(7, "Gull", "2019-06-01", "And that is what it is", "Ann Reed")
    gone = print_article(15, "Gull", days[15])
    run(folder, [moved, gone])
    assert look(folder) == derive_anew(tmp_path, folder)
    (counts,) = zip(
        *ask(folder, "SELECT count(*) FROM repeats GROUP BY statement_id ORDER BY 1 DESC"), strict=True
    )
    assert len(counts) > 20
    assert counts[0] <= 4


def test_a_date_after_the_job_gives_no_lineage(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    said = "The harbour board will open the western sluice before the summer tides"
    run(
        folder,
        [
            print_article(1, "Gull", "2026-03-04", said, "Dana Holm"),
            print_article(2, "Tern", "2962-03-05", said.replace("open", "close"), "Dana Holm"),
            print_article(3, "Wren", "2026-03-06", said.replace("summer", "spring"), "Dana Holm"),
        ],
    )
    rows = ask(
        folder, "SELECT first_published, parent_wording_id IS NULL, parent_basis FROM wordings ORDER BY 1"
    )
    assert [row[1] for row in rows] == [1, 0, 1]
    assert rows[2][2] == "dated in the future: no order can be told"
