"""Stages small enough to foresee: no models, marks “ ” only, statements by their first two words."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.furniture import paragraphs
from quotes.pipeline import Stages
from quotes.records import (
    Annotated,
    Article,
    Attribution,
    Change,
    LocalSpeaker,
    Name,
    Paragraph,
    Place,
    Printed,
    Quote,
    Span,
    Speaker,
    Statement,
    Unit,
    Unread,
    Wording,
)
from quotes.text.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date

    from quotes.match.kept import Kept

_QUOTE = re.compile("“([^”]{1,500})”")
_SPEAKER = re.compile("”,? ([A-Z][a-z]+(?: [A-Z][a-z]+)?) (said)|” said ([A-Z][a-z]+)")


def do_nothing() -> None:
    """Do nothing, in any process."""


@dataclass
class FakeAnnotator:
    """Says what the names are; remembers every text it was given, and fails where a text says so."""

    version: str = "fake-1"
    texts: list[str] = field(default_factory=list)
    on_batch: Callable[[], None] = do_nothing

    def load(self) -> Callable[[Sequence[Unread]], list[Annotated]]:
        return self.annotate

    def annotate(self, jobs: Sequence[Unread]) -> list[Annotated]:
        self.on_batch()
        if any("break the models" in text for text, *_ in jobs):
            raise RuntimeError("the models broke\non two lines")
        self.texts += [text for text, *_ in jobs]
        names = [re.finditer("[A-Z][a-z]+", text) for text, *_ in jobs]
        return [
            Annotated((), tuple(Name(m.start(), m.end(), m.group(), "PER") for m in found)) for found in names
        ]


@dataclass
class FakeNamed:
    speakers: tuple[LocalSpeaker, ...]
    speaker_of: dict[str, str]
    reasons: dict[str, str]
    also_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sure: dict[str, float] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)


def find_quotes(article: Article, _: tuple[Paragraph, ...]) -> tuple[Quote, ...]:
    if "break the scan" in article.text:
        raise IndexError("no such mark")
    return tuple(
        Quote(
            content_id("quote", article.id, m.group(1), str(m.start())),
            article.id,
            (m.span(1),),
            m.group(1),
            "sentence",
        )
        for m in _QUOTE.finditer(article.text)
    )


def attribute(
    article: Article, _: tuple[Paragraph, ...], quotes: tuple[Quote, ...], annotated: Annotated
) -> tuple[Attribution, ...]:
    if "break the rules" in article.text:
        raise KeyError("cue")
    return tuple(_attribute(article.text, quote) for quote in quotes)


def _attribute(text: str, quote: Quote) -> Attribution:
    found = _SPEAKER.match(text, quote.spans[-1][1])
    if not found:
        return Attribution(quote.id, reason="no cue near it")
    if found.group(1):
        return Attribution(quote.id, found.span(1), found.span(2), "after", 0.9)
    return Attribution(quote.id, found.span(3), None, "after", 0.8)


def name_speakers(
    article: Article, _: Annotated, attributions: tuple[Attribution, ...], __: tuple[Span, ...]
) -> FakeNamed:
    speakers: dict[str, LocalSpeaker] = {}
    speaker_of = {}
    for attribution in attributions:
        if attribution.speaker:
            name = article.text[slice(*attribution.speaker)]
            local = content_id("local", article.id, name)
            speakers[local] = LocalSpeaker(local, article.id, name, "person", None, (name,))
            speaker_of[attribution.quote_id] = local
    reasons = {
        found.quote_id: found.reason or "" for found in attributions if found.quote_id not in speaker_of
    }
    return FakeNamed(tuple(speakers.values()), speaker_of, reasons)


def merge_speakers(local_speakers: Sequence[LocalSpeaker], *_: object) -> tuple[Speaker, ...]:
    groups: dict[str, list[LocalSpeaker]] = {}
    for local in local_speakers:
        groups.setdefault(local.name.split()[-1], []).append(local)
    return tuple(
        Speaker(
            content_id("speaker", last),
            max(local.name for local in group),
            "person",
            None,
            tuple((name, 1) for name in sorted({alias for local in group for alias in local.aliases})),
            tuple(local.id for local in group),
        )
        for last, group in sorted(groups.items())
    )


def regroup(kept: Kept, pending: Collection[str]) -> set[str]:
    """Keep each quote as a unit of its own, and those with the same first two words as one statement."""
    gone = kept.find_units(pending)
    touched = {place.statement for place in kept.read_places(gone).values()}
    contents = {unit.content for unit in kept.read_units(gone)}
    kept.delete_units(gone)
    units = [_unit(quote) for quote in kept.read_printed(pending)]
    kept.write_units(units)
    for content in sorted(contents | {unit.content for unit in units}):
        same = kept.read_units(kept.find_contents([content]))
        touched |= {place.statement for place in kept.read_places([unit.id for unit in same]).values()}
        first = min(
            same, key=lambda unit: (not unit.published, unit.published or "", unit.first), default=None
        )
        if first:
            kept.write_places({unit.id: Place(unit.id, content, first.first) for unit in same})
            touched.add(first.first)
    return touched


def _unit(quote: Printed) -> Unit:
    start = int(content_id(*quote.text.split()[:2])[:8], 16)
    id_ = int(content_id(quote.id)[:12], 16)
    return Unit(
        id_, start, start, quote.text, 0, quote.published, quote.id, (quote.article or "",), (quote.id,)
    )


def describe(quotes: Sequence[Printed], _: date | None) -> Statement:
    first = quotes[0]
    dates = [quote.published for quote in quotes if quote.published]
    earliest = min(dates, default=None)
    return Statement(
        id=first.id,
        label=first.text,
        speaker=first.speaker,
        first_published=earliest,
        last_published=max(dates, default=None),
        first_outlets=tuple(
            sorted({q.outlet for q in quotes if q.outlet and earliest and q.published == earliest})
        ),
        quote_count=len(quotes),
        outlet_count=len({quote.outlet for quote in quotes}),
        drift=0.0 if len({quote.text for quote in quotes}) == 1 else 0.5,
        worst_change="reworded",
        meaning_flags=("number",),
        disputed_speaker=len({quote.speaker for quote in quotes}) > 1,
        wordings=tuple(_wordings(quotes)),
    )


def _wordings(quotes: Sequence[Printed]) -> list[Wording]:
    texts: dict[str, list[Printed]] = {}
    for quote in quotes:
        texts.setdefault(quote.text, []).append(quote)
    reference = next(iter(texts.values()))[0]
    return [
        Wording(
            id=printed[0].id,
            text=text,
            quote_ids=tuple(quote.id for quote in printed),
            is_reference=printed[0] is reference,
            parent_id=None if printed[0] is reference else reference.id,
            change_kind="reference" if printed[0] is reference else "reworded",
            similarity=1.0 if printed[0] is reference else 0.5,
            outlet_count=len({quote.outlet for quote in printed}),
            first_published=printed[0].published,
            changes=()
            if printed[0] is reference
            else (Change("replace", reference.text.split()[-1], text.split()[-1], "substitution"),),
        )
        for text, printed in texts.items()
    ]


def encode(annotated: Annotated) -> bytes:
    return json.dumps([[name.start, name.end, name.text, name.kind] for name in annotated.names]).encode()


def decode(data: bytes) -> Annotated:
    return Annotated((), tuple(Name(*row) for row in json.loads(data)))


def fake_stages(annotator: FakeAnnotator | None = None, rules: str = "rules-1") -> Stages:
    return Stages(
        annotator=annotator or FakeAnnotator(),
        rules_version=rules,
        annotation_rules_version="all",
        paragraphs=paragraphs,
        find_quotes=find_quotes,
        encode=encode,
        decode=decode,
        attribute=attribute,
        name_speakers=name_speakers,
        merge_speakers=merge_speakers,
        derived_version="fake",
        regroup=regroup,
        describe=describe,
    )
