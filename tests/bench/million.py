"""A whole quotes.db of a million quotes: what the pages are measured on.

    python tests/bench/million.py OUT [--size N] [--data DIR]

Words come from make_scale.py, outlets and speakers from an invented press. Grouping, statements, wordings,
changes and aggregates come from the real stages; speakers of the same name are taken for one.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from press import RECORD, divide, name_outlet, read_printings
from scale import SEED, make_quotes

from quotes import store
from quotes.pipeline.deriving import derive
from quotes.pipeline.stages import load_stages
from quotes.records import Speaker, Unreadable
from quotes.text.ids import content_id, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from press import Printing

    from quotes.records import LocalSpeaker

    Row = dict[str, Any]

_RULES = ("clause after", "clause before", "governing verb", "continued", "floating", "nearby")
_REASON = "nobody is named as the speaker near the quote"
_BEFORE = (
    "The meeting went on into the night, and those who had come for the vote stayed in their seats while the "
    "clerk read out the list. Outside it rained. Then the speaker turned to the benches. “"
)
_AFTER = (
    "” {speaker} said, to some applause and a few whistles from the back of the hall. A spokesman did not "
    "answer a request for comment by the time this went to press."
)
_CACHE = 1_000_000  # KiB


def main() -> None:
    """Write the database and print what each step took, in CPU seconds."""
    options = read_options()
    with tempfile.TemporaryDirectory() as made:
        path = make_quotes(options.size, options.data or Path(made))
        with closing(store.open_quotes(options.out)) as connection:
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")
            for step, work in (
                ("articles", lambda: write_articles(connection, path)),
                ("deriving", lambda: derive_all(connection)),
            ):
                start = time.process_time()
                work()
                tell(f"{step}: {time.process_time() - start:.1f} s")
    tell(f"{options.out.stat().st_size / 1e6:,.0f} MB")


def tell(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def read_options() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--data", type=Path, help="where the quotes are made, or lie already")
    return parser.parse_args()


def write_articles(connection: store.Connection, path: Path) -> None:
    """Write the articles that print the quotes of a file, as a job would, in one transaction."""
    run = store.start_run(connection, "2026-01-01T06:00:00+00:00", "0.1.0", "invented")
    with store.immediate(connection):
        for number, printed in enumerate(divide(read_printings(path, SEED), SEED)):
            for table, rows in list_rows(number, printed, run).items():
                insert(connection, table, rows)
        connection.execute("PRAGMA user_version = 1")
    for n in range(1000):
        store.write_skipped(connection, run, Unreadable(f"{n}.html", "no text in it"))
    counts = {"articles_read": number, "articles_added": number}
    store.finish_run(connection, run, "2026-01-01T09:00:00+00:00", counts)


def derive_all(connection: store.Connection) -> None:
    """Derive as a job does, save that names decide alone who is one speaker."""
    with (
        patch.object(store, "renew_settings", lambda _: None),
        patch.object(store.people, "read_settings", lambda _: ()),
    ):
        derive(connection, replace(load_stages(), merge_speakers=merge_by_name))


def merge_by_name(locals_: Sequence[LocalSpeaker], *_: object) -> tuple[Speaker, ...]:
    """Return the speakers: those of one name are one, an anonymous one stands for itself."""
    named = defaultdict(list)
    for local in locals_:
        named[local.id if local.kind == "anonymous" else local.name].append(local)
    return tuple(
        Speaker(
            content_id("speaker", name),
            same[0].name,
            same[0].kind,
            same[0].role,
            tuple((alias, 1) for alias in dict.fromkeys(alias for local in same for alias in local.aliases)),
            tuple(local.id for local in same),
            ("the same name",) * len(same),
        )
        for name, same in named.items()
    )


def insert(connection: store.Connection, table: str, rows: Sequence[Row]) -> None:
    """Write rows of one table, which have the same columns; an outlet may be there already."""
    if rows:
        marks = ", ".join(f":{name}" for name in rows[0])
        connection.executemany(f"INSERT OR IGNORE INTO {table} ({', '.join(rows[0])}) VALUES ({marks})", rows)


def list_rows(number: int, printed: Sequence[Printing], run: int) -> dict[str, list[Row]]:
    """Return the rows of one article, by table, in the order in which they can be written."""
    chance = random.Random(number)
    article = article_row(number, printed, run, chance)
    names = sorted({one.speaker for one in printed} - {""})
    speakers = {name: speaker_row(article["id"], name) for name in names}
    quotes = [quote_row(article, place, one, speakers, chance) for place, one in enumerate(printed)]
    outlet = {"id": article["outlet_id"], "name": printed[0].outlet}
    return {
        "outlets": [{**outlet, "domain": f"{outlet['id']}.example"}],
        "articles": [article, *list_without_quotes(article, number)],
        "article_speakers": list(speakers.values()),
        "quotes": quotes,
        "considered_speakers": [considered_row(quote) for quote in quotes if chance.random() < 0.3],
        "joint_speakers": list(list_joint(quotes, speakers, chance)),
    }


def article_row(number: int, printed: Sequence[Printing], run: int, chance: random.Random) -> Row:
    """Return an article; few were changed later, and few say that they carry another outlet's material."""
    first = printed[0]
    outlet = slug(first.outlet)
    return {
        "id": content_id("article", str(number)),
        "outlet_id": outlet,
        "title": f"What was said in the hall, part {number}",
        "url": f"https://{outlet}.example/{number}" if chance.random() < 0.95 else None,
        "byline": "Invented Desk",
        "published": first.published,
        "published_precision": first.published and ("day" if len(first.published) == 10 else "minute"),
        "language": "en",
        "word_count": 300 + 40 * len(printed),
        "quote_count": len(printed),
        "content_hash": content_id("text", str(number)),
        "revision": 2 if chance.random() < 0.02 else 1,
        "source": f"{outlet}/{number}.html",
        "stages_version": "invented",
        "first_run_id": run,
        "last_run_id": run,
        "kind": "transcript" if first.outlet == RECORD else "article",
        "credits": json.dumps([name_outlet(2)] if chance.random() < 0.02 else []),
    }


def list_without_quotes(article: Row, number: int) -> Iterator[Row]:
    """Yield another article beside each 30th, in which nothing is quoted."""
    if number % 30 == 0:
        name = f"nothing quoted in {number}"
        texts = {"id": content_id(name), "content_hash": content_id("text", name), "source": name}
        yield {**article, **texts, "url": None, "quote_count": 0}


def speaker_row(article: str, name: str) -> Row:
    """Return a speaker as one article names them."""
    kind = "organisation" if name.endswith("Council") else "person"
    return {
        "id": content_id("local", article, name),
        "article_id": article,
        "name": name,
        "kind": "anonymous" if name == "an official" else kind,
        "role": "member of the assembly" if kind == "person" else None,
        "aliases": json.dumps([name.split()[-1]]),
    }


def quote_row(
    article: Row, place: int, one: Printing, speakers: dict[str, Row], chance: random.Random
) -> Row:
    """Return a quote, where it has a speaker with the evidence for that."""
    start = 200 + 900 * place
    end = start + len(one.text)
    known = bool(one.speaker) and one.kind in {"sentence", "fragment"}
    name = one.speaker.split()[-1] if known else None
    after = _AFTER.format(speaker=name or "somebody")
    evidence = [[_BEFORE, None], [one.text, "quote"], ["” ", None]]
    if known:
        evidence += [[name, "speaker"], [" ", None], ["said", "cue"], [after.partition("said")[2], None]]
    return {
        "id": content_id("quote", article["id"], str(place)),
        "text": one.text,
        "speaker_as_printed": name,
        "cue": "said" if known else None,
        "attribution_rule": chance.choice(_RULES) if known else None,
        "confidence": round(1 - chance.random() ** 4, 4) if known else None,
        "no_speaker_reason": None if known else _explain(one.kind),
        "outlet_id": article["outlet_id"],
        "article_id": article["id"],
        "article_speaker_id": speakers[one.speaker]["id"] if known else None,
        "published": article["published"],
        "kind": one.kind,
        "context_before": _BEFORE,
        "context_after": after,
        "context_between": "[]",
        "spans": json.dumps([[start, end]]),
        "speaker_span": json.dumps([end + 2, end + 2 + len(name)]) if name else None,
        "cue_span": json.dumps([end + 3 + len(name), end + 7 + len(name)]) if name else None,
        "evidence": json.dumps(evidence, ensure_ascii=False),
        "resolution": f"“{name}” names {one.speaker}" if known else None,
    }


def _explain(kind: str) -> str:
    return _REASON if kind in {"sentence", "fragment"} else f"a {kind}, not speech"


def considered_row(quote: Row) -> Row:
    """Return one other speaker that was considered for a quote."""
    return {
        "quote_id": quote["id"],
        "position": 0,
        "speaker_as_printed": "the clerk",
        "cue": None,
        "attribution_rule": "nearby",
        "score": 0.05,
        "speaker_span": "[90, 99]",
    }


def list_joint(quotes: Sequence[Row], speakers: dict[str, Row], chance: random.Random) -> Iterator[Row]:
    """Yield who said a few of the quotes together with their speakers."""
    for quote in quotes:
        others = [one for one in speakers.values() if one["id"] != quote["article_speaker_id"]]
        if others and quote["article_speaker_id"] and chance.random() < 0.01:
            other = chance.choice(others)
            ids = {"quote_id": quote["id"], "article_speaker_id": other["id"]}
            yield {**ids, "speaker_as_printed": other["name"].split()[-1]}


if __name__ == "__main__":
    main()
