"""Draw pairs of local speakers from a quotes.db for judging by hand, and keep what merging needs of them.

Run: python tests/quality/draw_speaker_pairs.py DB [--seed N] [--write]

It prints 100 pairs that are merged and 100 that are not but might be. Judge each with the articles at hand,
and keep them in speaker_merges.tsv with a label. With --write it writes speaker_locals.jsonl.gz too: what
`merge_speakers` reads, without article text (names, roles, dates, and numbers that stand for other words).
The pairs kept here were drawn once, with seed 3: when merging changes, a new draw has other pairs.

How pairs are drawn: a local speaker by chance, then one of its partners by chance. So a person who speaks in
forty articles counts forty times, not 780 times. No pair of one article and no anonymous source is drawn.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import sys
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from zlib import crc32

from rapidfuzz import fuzz

from quotes import store
from quotes.records import LocalSpeaker, Setting
from quotes.speakers import merge_speakers
from quotes.speakers.merging.bodies import body_key
from quotes.speakers.merging.lists import load_lists
from quotes.speakers.merging.names import fold, parse_name
from quotes.speakers.merging.roles import role_words
from quotes.speakers.merging.stories import count_days
from quotes.text.traces import spell

FOLDER = Path(__file__).parent
LOCALS = FOLDER / "speaker_locals.jsonl.gz"
KINDS = ("same name", "same surname", "same first name", "similar spelling", "same letters", "same role")
EACH = 100
COLUMNS = ("drawn", "kind", "article_a", "article_b", "id_a", "id_b", "name_a", "name_b", "same", "note")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("database", type=Path)
    arguments.add_argument("--seed", type=int, default=3)
    arguments.add_argument("--write", action="store_true")
    chosen = arguments.parse_args()
    with closing(store.open_quotes(chosen.database, create=False)) as connection:
        rows = connection.execute("SELECT id, source FROM articles")
        documents = {row["id"]: row["source"].rpartition("#")[2] for row in rows}
        people = store.read_people(connection)
    locals_, settings = strip(people.locals, people.settings)
    if chosen.write:
        write_locals(locals_, settings)
    table = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    table.writerow(COLUMNS)
    for one, other, drawn, kind in draw(locals_, settings, random.Random(chosen.seed)):
        where = (documents[one.article_id], documents[other.article_id])
        table.writerow((drawn, kind, *where, one.id, other.id, one.name, other.name, "", ""))


def strip(speakers, settings):
    """Return speakers and settings without the words of articles: other words than names become numbers.

    Merging compares words, so it decides the same on both.
    """
    surnames = {word for one in speakers for word in fold(one.name).split()[-1:] if one.kind == "person"}
    runs = {name for setting in settings for name in setting.names}
    kept = {word for name in runs if set(fold(name).split()[-1:]) & surnames for word in fold(name).split()}
    times = Counter(phrase for setting in settings for phrase in setting.phrases)
    stripped = [
        replace(
            setting,
            names=frozenset(_strip_words(name, kept) for name in setting.names),
            phrases=frozenset(phrase for phrase in setting.phrases if times[phrase] > 1),
        )
        for setting in settings
    ]
    known = _list_role_words()
    speakers = [
        replace(one, role=one.role and _strip_words(one.role, known), aliases=_strip_aliases(one))
        for one in speakers
        if one.kind != "anonymous"
    ]
    return speakers, stripped


def _strip_words(words, kept):
    """Return `words` with numbers for all that are not `kept`."""
    return " ".join(word if fold(word) in kept else _number(fold(word)) for word in words.split())


def _strip_aliases(one):
    """Keep titles, pronouns and the words of the name."""
    kept = {"he", "him", "his", "she", "her", "mr", "mrs", "ms", "miss", "sir", *fold(one.name).split()}
    return tuple(sorted({_strip_words(alias, kept) for alias in one.aliases}))


def _list_role_words():
    lists = load_lists()
    callings = {word for calling in lists.fields for word in calling.split()}
    offices = {word for office in lists.single_offices for word in office.split()}
    spelled_out = {*lists.spelled_out, *lists.spelled_out.values()}
    return callings | offices | lists.offices | lists.weak_roles | lists.past_roles | spelled_out


def _number(word):
    return f"w{crc32(word.encode()):08x}"


def write_locals(locals_, settings):
    lines = [
        {
            "article": setting.article_id,
            "outlets": setting.outlets,
            "published": setting.published,
            "names": sorted(setting.names),
            "phrases": sorted(setting.phrases),
            "expansions": sorted(setting.expansions),
        }
        for setting in settings
    ]
    lines += [
        {
            "id": one.id,
            "article_id": one.article_id,
            "name": one.name,
            "kind": one.kind,
            "role": one.role,
            "aliases": one.aliases,
        }
        for one in locals_
    ]
    data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    LOCALS.write_bytes(gzip.compress(data.encode("utf-8"), mtime=0))


def read_locals():
    """Return the local speakers and settings that were kept."""
    locals_, settings = [], []
    with gzip.open(LOCALS, "rt", encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            if "article" in line:
                settings.append(
                    Setting(
                        line["article"],
                        tuple(line["outlets"]),
                        line["published"],
                        frozenset(line["names"]),
                        frozenset(line["phrases"]),
                        frozenset(map(tuple, line["expansions"])),
                    )
                )
            else:
                locals_.append(LocalSpeaker(**{**line, "aliases": tuple(line["aliases"])}))
    return locals_, settings


def draw(locals_, settings, chance):
    """Yield 100 pairs that are merged, then 100 that are not, each with how it was drawn."""
    speaker_of = {i: one.id for one in merge_speakers(locals_, settings) for i in one.local_ids}
    published = {setting.article_id: setting.published for setting in settings}
    merged, kept_apart = defaultdict(list), defaultdict(lambda: defaultdict(list))
    for one in locals_:
        for other in locals_:
            if one.article_id != other.article_id and one.kind == other.kind:
                if speaker_of[one.id] == speaker_of[other.id]:
                    merged[one.id].append(other)
                elif kind := tell_kind(one, other, published):
                    kept_apart[kind][one.id].append(other)
    by_id = {one.id: one for one in locals_}
    seen: set[frozenset[str]] = set()
    for drawn, partners in [("merged", merged), *(("not merged", kept_apart[kind]) for kind in KINDS)]:
        kind = "" if drawn == "merged" else next(k for k in KINDS if kept_apart[k] is partners)
        for one, other in _draw_pairs(by_id, partners, seen, chance, EACH if not kind else SHARES[kind]):
            yield one, other, drawn, kind


SHARES = dict(zip(KINDS, (8, 42, 15, 20, 5, 10), strict=True))
"""How many of the pairs that are not merged are of each kind; what a kind lacks is drawn of the next."""


def _draw_pairs(by_id, partners, seen, chance, wanted):
    ids, found = sorted(partners), 0
    for _ in range(100 * wanted):
        if found == wanted or not ids:
            return
        one = by_id[chance.choice(ids)]
        other = chance.choice(sorted(partners[one.id], key=lambda local: local.id))
        pair = frozenset((one.id, other.id))
        if pair not in seen:
            seen.add(pair)
            found += 1
            yield one, other


def tell_kind(one, other, published):
    """Return what makes two local speakers look like one, or None."""
    names = fold(one.name), fold(other.name)
    if names[0] == names[1]:
        return "same name"
    if one.kind == "organisation":
        keys = body_key(one.name), body_key(other.name)
        if keys[0][-1] == keys[1][-1]:
            return "same surname"
        letters = {one.name.replace(".", ""), other.name.replace(".", "")}
        if letters & (spell(one.name) | spell(other.name)):
            return "same letters"
    else:
        first, second = parse_name(one.name), parse_name(other.name)
        if first.last == second.last:
            return "same surname"
        if first.first == second.first:
            return "same first name"
    if fuzz.ratio(*names) >= 70:
        return "similar spelling"
    days = count_days(published[one.article_id], published[other.article_id])
    common = role_words(one.role) & role_words(other.role)
    return "same role" if common and days is not None and days <= 3 else None


if __name__ == "__main__":
    main()
