"""Articles as the stages would analyse them: real quotes with their real ids, and speakers by “… said”."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fake_stages import fake_stages

from quotes import drift, match, speakers, store
from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.pipeline import deriving
from quotes.records import Article, Attribution, LocalSpeaker
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from pathlib import Path

_SAID = re.compile(r"”,? ([A-Z]\w+(?: [A-Z]\w+)?)(?: and ([A-Z]\w+ [A-Z]\w+))? said")


def print_text(*said: str, first_line: str = "Rain over the harbour all week.") -> str:
    """Return a text that prints `said`, wordings and who said them in turns ("" for nobody)."""
    told = zip(said[::2], said[1::2], strict=True)
    lines = [
        f"“{words},” {mouth} said." if mouth else f"There was a sign: “{words}.”" for words, mouth in told
    ]
    return "\n\n".join([first_line, *lines])


def analyse(text: str, number: int = 1, stages: str = "v1", **details: Any) -> store.Analysed:
    """Return what stages of a version found in article `number`."""
    given = {
        "outlet": "The Desk",
        "published": "2026-03-04",
        "url": f"https://desk.example/{number}",
    } | details
    article = Article(content_id("article", str(number)), text=text, source=f"{number}.txt", **given)
    found = find_quotes(article, paragraphs(text))
    speakers: dict[str, LocalSpeaker] = {}
    speaker_of, reasons, also_of, attributions = {}, {}, {}, []
    for quote in found:
        said = _SAID.match(text, quote.spans[-1][1])
        if not said or quote.inside:
            reasons[quote.id] = "no cue near it"
            attributions.append(Attribution(quote.id, reason="no cue near it"))
            continue
        names = [name for name in said.groups() if name]
        for name in names:
            local = content_id("local", article.id, name)
            speakers[name] = LocalSpeaker(local, article.id, name, "person", None, (name,))
        speaker_of[quote.id] = speakers[names[0]].id
        also = (said.span(2),) if len(names) > 1 else ()
        also_of |= {quote.id: tuple(speakers[name].id for name in names[1:])} if also else {}
        attributions.append(Attribution(quote.id, said.span(1), None, "after", 0.9, also=also))
    return store.Analysed(
        article, found, tuple(attributions), tuple(speakers.values()), speaker_of, reasons, stages, also_of
    )


def ask(connection: store.Connection, sql: str, *values: object) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(sql, values)]


def write(connection: store.Connection, text: str, number: int = 1, **more: Any) -> int:
    """Write an article in a run of its own, and return how many quotes its outlet altered."""
    run = store.start_run(connection, "2026-03-09T10:00:00+00:00", "1", "none")
    return store.write_article(connection, analyse(text, number, **more), run)


def derive(connection: store.Connection) -> None:
    """Group and describe what is written, with the stages that are shipped."""
    stages = replace(
        fake_stages(),
        merge_speakers=speakers.merge_speakers,
        regroup=match.regroup,
        describe=drift.describe,
        derived_version="shipped",
    )
    deriving.derive(connection, stages)


def open_new(folder: Path) -> closing[store.Connection]:
    return closing(store.open_quotes(folder / "quotes.db"))
