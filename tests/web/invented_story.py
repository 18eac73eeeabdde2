"""An invented story of four invented outlets, as rows of quotes.db, without the stages that write it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from quotes.store.connect import read_sql
from quotes.text.ids import content_id

SCHEMA = Path(__file__).resolve().parents[2] / "db" / "schema.sql"
OUTLETS = {
    "harbour-daily": "Harbour Daily",
    "inland-wire": "Inland Wire",
    "the-lamp": "The Lamp",
    "quay-post": "Quay Post",
}
SPEAKERS = {
    "mayor": ("Odile Varn", "person", "mayor of Port Aster", 5),
    "engineer": ("Tam Ruck", "person", "chief engineer", 2),
    "port": ("Port Aster Authority", "organisation", None, 1),
}
BASIS = "the credited outlet printed it earlier"
FERRY = "We will stop the ferry on 14 May, and we should not have waited so long for the repairs"
SPLIT = ("We will stop the ferry on 14 May,", "and we should not have waited so long for the repairs,")


@dataclass(frozen=True)
class Told:
    """One printing: where, in which words (in several parts where it is split), when, and who is named."""

    outlet: str
    text: str
    published: str | None
    speaker: str | None = "mayor"
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Worded:
    """One wording with its printings; its changes as (op, before, after, kind, meaning flag)."""

    kind: str
    told: tuple[Told, ...]
    changes: tuple[tuple[str, str, str, str, str | None], ...] = ()


@dataclass
class Story:
    """A database being told. `ids` holds statements by name, and the wordings of each as "name/1"."""

    connection: sqlite3.Connection
    ids: dict[str, str] = field(default_factory=dict)

    def add(self, table: str, **values: object) -> None:
        marks = ", ".join("?" * len(values))
        self.connection.execute(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", [*values.values()]
        )

    def tell(
        self, name: str, wordings: tuple[Worded, ...], drift: float = 0.0, flags: str | None = None
    ) -> None:
        """Add one statement with its wordings, their changes and their printings."""
        printings = [(t, self.quote(t, n)) for n, t in enumerate(t for w in wordings for t in w.told)]
        dates = sorted(t.published for t, _ in printings if t.published)
        statement = min(printings, key=lambda printing: printing[0].published or "~")[1]
        speakers = [t.speaker for t, _ in printings if t.speaker]
        changed = [min(filter(None, (t.published for t in w.told)), default="") for w in wordings[1:]]
        self.add(
            "statements",
            id=statement,
            label=wordings[0].told[0].text,
            speaker_id=content_id(max(speakers, key=speakers.count)) if speakers else None,
            first_published=dates[0] if dates else None,
            last_published=dates[-1] if dates else None,
            first_outlets=json.dumps([t.outlet for t, _ in printings if dates and t.published == dates[0]]),
            quote_count=len(printings),
            wording_count=len(wordings),
            outlet_count=len({t.outlet for t, _ in printings}),
            drift=drift,
            worst_change=wordings[-1].kind,
            meaning_flags=flags,
            disputed_speaker=int(len(set(speakers)) > 1),
            reference_basis="the most complete of 2 wordings printed on the earliest day",
            last_changed=max(changed, default=None) or None,
        )
        self.ids[name] = statement
        quotes = dict(printings)
        for number, worded in enumerate(wordings):
            self.ids[f"{name}/{number}"] = quotes[worded.told[0]]
            self.wording(statement, quotes[wordings[0].told[0]], worded, [quotes[t] for t in worded.told])

    def wording(self, statement: str, reference: str, worded: Worded, quotes: list[str]) -> None:
        dates = sorted(t.published for t in worded.told if t.published)
        self.add(
            "wordings",
            id=quotes[0],
            statement_id=statement,
            text=worded.told[0].text,
            is_reference=int(worded.kind == "reference"),
            parent_wording_id=None if worded.kind == "reference" else reference,
            parent_basis="printed first" if worded.kind == "reference" else BASIS,
            credited_outlet_id=None if worded.kind == "reference" else "harbour-daily",
            change_kind=worded.kind,
            similarity=0.8,
            quote_count=len(quotes),
            outlet_count=len({t.outlet for t in worded.told}),
            first_published=dates[0] if dates else None,
        )
        for position, (op, before, after, kind, flag) in enumerate(worded.changes):
            self.add(
                "changes",
                id=content_id(quotes[0], str(position)),
                statement_id=statement,
                wording_id=quotes[0],
                position=position,
                op=op,
                words_before=before,
                words_after=after,
                kind=kind,
                meaning_flag=flag,
                flag_words=f"{before} {after}".strip() if flag else None,
            )
        for quote in quotes:
            place = (statement, quotes[0], quote)
            self.connection.execute("UPDATE quotes SET statement_id = ?, wording_id = ? WHERE id = ?", place)

    def quote(self, told: Told, number: int) -> str:
        article = self.article(told, number)
        quote = content_id(article, told.text)
        parts = told.parts or (told.text,)
        starts = [100 + 12 * n + sum(map(len, parts[:n])) for n in range(len(parts))]
        name = SPEAKERS[told.speaker][0] if told.speaker else None
        self.add(
            "quotes",
            id=quote,
            text=told.text,
            speaker_id=content_id(told.speaker) if told.speaker else None,
            article_speaker_id=self.local_speaker(told, article) if name else None,
            speaker_as_printed=name.split()[-1] if name else None,
            cue="said" if name else None,
            attribution_rule="speaker-cue" if name else None,
            confidence=(90 - number % 90) / 100 if name else None,
            no_speaker_reason=None if name else "no reporting word near it",
            outlet_id=told.outlet,
            article_id=article,
            published=told.published,
            kind="sentence",
            context_before="At the quay on Monday, “",
            context_after=f"” {name or 'a voice'} said to the crowd.",
            context_between=json.dumps(["” she said, “"] * (len(parts) - 1)),
            evidence=json.dumps(_list_evidence(parts, name)),
            resolution=f"“{name.split()[-1]}”: the surname of {name}" if name else None,
            spans=json.dumps([[start, start + len(part)] for start, part in zip(starts, parts, strict=True)]),
        )
        return quote

    def local_speaker(self, told: Told, article: str) -> str:
        name, kind, role, _ = SPEAKERS[told.speaker or ""]
        local = content_id("local", article, name)
        self.connection.execute(
            "INSERT OR IGNORE INTO article_speakers VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                local,
                article,
                name,
                kind,
                role,
                json.dumps([name.split()[-1]]),
                content_id(told.speaker or ""),
                f"the same name, {name}, in several articles",
            ),
        )
        return local

    def article(self, told: Told, number: int, quotes: int = 1) -> str:
        title = f"Ferry stops, part {number}"
        article = content_id(told.outlet, title, told.text)
        # One outlet gives an address that must never become a link.
        web = f"https://{told.outlet}.example/ferry?id={number}"
        self.add(
            "articles",
            id=article,
            outlet_id=told.outlet,
            title=title,
            url="javascript:x" if told.outlet == "quay-post" else web,
            byline="Invented Desk",
            published=told.published,
            published_precision=told.published and ("day" if len(told.published) == 10 else "minute"),
            language="en",
            word_count=300,
            quote_count=quotes,
            content_hash=content_id(article),
            source=f"{told.outlet}/{number}.txt",
            stages_version="1",
            first_run_id=1,
            last_run_id=1,
        )
        return article


def _list_evidence(parts: tuple[str, ...], name: str | None) -> list[tuple[str, str | None]]:
    """The pieces around a quote: its parts with “she said” between, then who said it, if anybody did."""
    pieces: list[tuple[str, str | None]] = [("At the quay on Monday, “", None)]
    for number, part in enumerate(parts):
        pieces += [("” she said, “", None)] * bool(number) + [(part, "quote")]
    if name is None:
        return [*pieces, ("” a voice said to the crowd.", None)]
    return [*pieces, ("” ", None), (name, "speaker"), (" ", None), ("said", "cue"), (" to the crowd.", None)]


def build(path: Path) -> dict[str, str]:
    """Write the story into the database at `path`; return its ids by name."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript(SCHEMA.read_text(encoding="utf-8"))
        story = Story(connection)
        _add_people(story)
        _tell_statements(story)
        _add_evidence(story)
        _add_figures(story)
        _name_ids(story)
        connection.commit()
        return story.ids
    finally:
        connection.close()


def sign(path: Path) -> Path:
    """Make a story's database one that `quotes` itself opens; return its path."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE _migrations (name TEXT PRIMARY KEY) STRICT")
        names = [(file.name,) for file in (SCHEMA.parent / "migrations").glob("*.sql")]
        connection.executemany("INSERT INTO _migrations VALUES (?)", names)
    return path


def _name_ids(story: Story) -> None:
    """Name outlets by their slugs, speakers by their keys, and one article "article"."""
    story.ids |= {outlet: outlet for outlet in OUTLETS}
    story.ids |= {speaker: content_id(speaker) for speaker in SPEAKERS}
    (story.ids["article"],) = story.connection.execute(
        "SELECT article_id FROM quotes WHERE id = ?", (story.ids["ferry"],)
    ).fetchone()


def _add_people(story: Story) -> None:
    story.add(
        "runs", id=1, started_at="2026-03-09T08:00:00+00:00", quotes_version="0.1.0", models="quotes-en"
    )
    for outlet, name in OUTLETS.items():
        story.add("outlets", id=outlet, name=name, domain=f"{outlet}.example")
    for speaker, (name, kind, role, quotes) in SPEAKERS.items():
        story.add("speakers", id=content_id(speaker), name=name, kind=kind, role=role, quote_count=quotes)
        story.add("speaker_aliases", speaker_id=content_id(speaker), alias=name.split()[-1], times=quotes)


def _tell_statements(story: Story) -> None:
    first = (
        Told("harbour-daily", FERRY + ".", "2026-03-04"),
        Told("inland-wire", FERRY + ",", "2026-03-04", parts=SPLIT),
    )
    other = FERRY.replace("We will", "we may").replace("14", "15").replace(" not", "")
    substitutions = (
        ("replace", "will", "may", "substitution", "modality"),
        ("replace", "14", "15", "substitution", "number"),
        ("delete", "not", "", "deletion", "negation"),
    )
    cut = Told("quay-post", "We will stop the ferry … for the repairs", "2026-03-06T09:30:00+00:00")
    gone = ("delete", "on 14 May, and we should not have waited so long", "", "ellipsis", None)
    wordings = (
        Worded("reference", first),
        Worded("reworded", (Told("the-lamp", other, "2026-03-05"),), substitutions),
        Worded("ellipsis", (cut,), (gone,)),
        Worded("shortened", (Told("the-lamp", "waited so long", "2026-03-07", speaker="engineer"),)),
    )
    story.tell("ferry", wordings, drift=0.62, flags="modality,negation,number")
    whole = Told("harbour-daily", "The small boats stay.", "2026-03-05", speaker="engineer")
    short = Told("quay-post", "small boats", "2026-03-05", speaker="port")
    story.tell("boats", (Worded("reference", (whole,)), Worded("shortened", (short,))), drift=0.2)
    story.tell("chant", (Worded("reference", (Told("the-lamp", "Save our crossing!", None, speaker=None),)),))
    story.ids["loose"] = story.quote(Told("the-lamp", "An ungrouped aside", "2026-03-08"), 90)
    story.article(Told("quay-post", "", "2026-03-08"), 91, quotes=0)


def _add_evidence(story: Story) -> None:
    """Who else was considered for a quote, who said it too, and a quote in it that is in no statement."""
    boats = story.ids["boats"]
    words = {"quote_id": boats, "speaker_as_printed": "the harbour master", "speaker_span": "[5, 23]"}
    story.add(
        "considered_speakers", **words, position=0, cue="warned", attribution_rule="clause before", score=0.31
    )
    story.add("considered_speakers", **words, position=1, cue=None, attribution_rule="nearby", score=0.04)
    (local,) = story.connection.execute(
        "SELECT article_speaker_id FROM quotes WHERE id = ?", (story.ids["ferry"],)
    ).fetchone()
    story.add("joint_speakers", quote_id=boats, article_speaker_id=local, speaker_as_printed="the mayor")
    story.ids["inner"] = story.quote(Told("the-lamp", "Stay, boats", "2026-03-05", speaker=None), 92)
    story.connection.execute(
        "UPDATE quotes SET inside_quote_id = ?, kind = 'slogan' WHERE id = ?", (boats, story.ids["inner"])
    )


def _add_figures(story: Story) -> None:
    kinds = ("same", "shortened", "ellipsis", "inflected", "reworded", "merged")
    counts = {f"{kind}_count": 1 for kind in ("article", "quote", "attributed", "compared", "first", *kinds)}
    for outlet in OUTLETS:
        story.add("outlet_stats", outlet_id=outlet, **counts)
    story.connection.execute(f"INSERT INTO speaker_outlet_stats {read_sql('speaker_outlet_stats')}")
    pair = {"outlet_id": "harbour-daily", "other_outlet_id": "inland-wire"}
    story.add("outlet_pair_stats", **pair, statement_count=3, same_wording_count=1)
    followed = {"outlet_id": "harbour-daily", "follower_outlet_id": "the-lamp"}
    story.add("outlet_followers", **followed, statement_count=2)
    again = {"statement_id": story.ids["ferry"], "other_statement_id": story.ids["boats"]}
    story.add("repeats", **again, similarity=0.9)
    story.connection.execute(f"INSERT INTO daily_counts {read_sql('daily_counts')}")
    story.add("word_swaps", words_before="will", words_after="may", statement_count=1, outlet_count=1)
    was = {"content_hash": "before", "title": "The quay", "published": "2026-03-05", "run_id": 1}
    (article,) = story.connection.execute("SELECT min(id) FROM articles").fetchone()
    story.add("revisions", article_id=article, revision=1, word_count=90, quote_count=1, **was)
    story.add("skipped", source="blank.txt", reason="no text in it", times=1, first_run_id=1, run_id=1)
