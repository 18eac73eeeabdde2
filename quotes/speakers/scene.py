"""An article while it is read from start to end to find out who its mentions stand for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from quotes.speakers.people import Known, know_bodies, know_people, surname
from quotes.speakers.syntax import Place, find_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.languages import Language
    from quotes.records import Annotated, Article, Sentence, Span

_BREAK = re.compile(r"[\W\d_]{1,20}(?:[ap]\.?m\b)?[\W\d_]{0,20}", re.IGNORECASE)
_WORD = re.compile(r"[\w’'-]+?(?=[’']s\b|[^\w’'-]|$)")
WINDOW = 60  # mentions back


@dataclass(frozen=True, slots=True)
class Mention:
    """Words outside all quotes that stand for `known`, and their place in the grammar.

    `sentence` and `paragraph` count from the start of the article.
    """

    start: int
    end: int
    known: Known
    place: Place
    sentence: int
    paragraph: int
    is_pronoun: bool = False


class Scene:
    """What is known of an article up to the mention that is being read; `remember` adds to it."""

    def __init__(
        self, article: Article, annotated: Annotated, quoted: Sequence[Span], language: Language
    ) -> None:
        self.article, self.annotated, self.language = article, annotated, language
        self.people = know_people(article.text, annotated, language)
        self.bodies = know_bodies(annotated, self.people, language)
        self.quoted = sorted(quoted)
        self._quote_starts = [start for start, _ in self.quoted]
        self._sentence_starts = [sentence.start for sentence in annotated.sentences]
        self._line_starts = [0, *_line_starts(article.text)]
        self._breaks = list(accumulate(map(self._is_break, range(len(self._line_starts)))))
        self._told = list(accumulate(not self._is_inside_quote(s) for s in annotated.sentences))
        self.names = sorted(
            ((span, known) for known in (*self.people, *self.bodies) for span in known.mentions),
            key=lambda name: name[0],
        )
        self._name_starts = [span[0] for span, _ in self.names]
        self._spelled: dict[str, list[Known]] = defaultdict(list)
        self.called: dict[str, list[Known]] = defaultdict(list)
        for known in (*self.people, *self.bodies):
            for spelling in {known.name.casefold(), *([surname(known.name)] * (known.kind == "person"))}:
                self._spelled[spelling].append(known)
            for noun in known.callings if known.kind == "person" else known.name.casefold().split()[-1:]:
                self.called[noun].append(known)
        self._places: dict[Span, Place] = {}
        self.seen: list[Mention] = []
        self.speaker: Mention | None = None
        self.times: Counter[str] = Counter()
        self.opener: dict[int, str] = {}
        self._genders: dict[str, Counter[str]] = defaultdict(Counter)
        headline = f"{article.title or ''} {self.paragraph_text(0)}".casefold()
        printed = set(_WORD.findall(headline))
        self.in_headline = {known.name for known in self.people if surname(known.name) in printed}

    def mention(self, span: Span, known: Known, *, is_pronoun: bool = False) -> Mention:
        """Return `known` as mentioned at `span`."""
        return Mention(
            *span,
            known,
            self.place_of(span),
            self.sentence_at(span[0]),
            self.paragraph_at(span[0]),
            is_pronoun,
        )

    def remember(self, mention: Mention, gender: str | None = None, *, spoke: bool = False) -> None:
        """Take in what has been read; mentions come in the order of their offsets."""
        if gender:
            self._genders[mention.known.name][gender] += 1
        if spoke:
            self.speaker = mention
        if mention.known.kind != "organisation" and not self.is_quoted(mention.start):
            self.seen.append(mention)
            self.times[mention.known.name] += 1
            if mention.place.part == "main":
                self.opener.setdefault(mention.paragraph, mention.known.name)

    def is_quoted(self, offset: int) -> bool:
        """Return whether `offset` lies inside a quote."""
        index = bisect_right(self._quote_starts, offset) - 1
        return index >= 0 and offset < self.quoted[index][1]

    def names_in(self, span: Span) -> list[tuple[Span, Known]]:
        """Return the names of people and bodies that share words with `span`, in order."""
        first = max(0, bisect_left(self._name_starts, span[0]) - 1)
        last = bisect_left(self._name_starts, span[1])
        return [name for name in self.names[first:last] if name[0][1] > span[0]]

    def spelled(self, printed: str) -> Known | None:
        """Return the one person or body that `printed` names, capitals left aside."""
        alike = self._spelled.get(printed.casefold(), [])
        return alike[0] if len(alike) == 1 else None

    def bearers(self, known: Known) -> list[Known]:
        """Return those whose full names end in the lone surname `known` is called by, none for others."""
        if known.kind != "person" or " " in known.name:
            return []
        return [one for one in self.people if " " in one.name and surname(one.name) == surname(known.name)]

    def bodies_before(self, offset: int, most: int) -> list[tuple[Known, Place]]:
        """Return the organisations named outside quotes in the `most` sentences before, and their places."""
        sentence = self.sentence_at(offset)
        start = self._sentence_starts[max(0, sentence - most)] if self._sentence_starts else 0
        return [
            (known, self.place_of(span))
            for span, known in self.names_in((start, offset))[-WINDOW:]
            if known.kind == "organisation" and not self.is_quoted(span[0]) and not known.is_place
        ]

    def sentence_at(self, offset: int) -> int:
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def sentence_of(self, offset: int) -> Sentence | None:
        """Return the sentence that holds `offset`, if any was read there."""
        if not self.annotated.sentences:
            return None
        sentence = self.annotated.sentences[self.sentence_at(offset)]
        return sentence if sentence.start <= offset < sentence.end else None

    def sentences_to(self, offset: int) -> Sequence[Sentence]:
        """Return the sentences that begin before `offset`."""
        return self.annotated.sentences[: bisect_left(self._sentence_starts, offset)]

    def paragraph_at(self, offset: int) -> int:
        return bisect_right(self._line_starts, offset) - 1

    def told_between(self, first: int, last: int) -> int:
        """Return how many sentences that are not quoted lie after sentence `first`, up to and with `last`."""
        return self._told[last] - self._told[first] if self._told else 0

    def quotes_of_paragraph(self, offset: int) -> list[Span]:
        """Return the quoted spans that share a paragraph with `offset`."""
        start, end = self.paragraph_span(self.paragraph_at(offset))
        last = bisect_left(self._quote_starts, end)
        return [quote for quote in self.quoted[max(0, last - 12) : last] if quote[1] > start]

    def breaks_between(self, first: int, last: int) -> bool:
        """Return whether a line without words (a rule, a time of day) stands between two paragraphs."""
        return self._breaks[last] > self._breaks[first]

    def _is_break(self, number: int) -> bool:
        return bool(_BREAK.fullmatch(self.paragraph_text(number).strip()))

    def paragraph_text(self, number: int) -> str:
        return self.article.text[slice(*self.paragraph_span(number))][:300]

    def _is_inside_quote(self, sentence: Sentence) -> bool:
        return self.is_quoted(sentence.start + 1) and self.is_quoted(sentence.end - 2)

    def paragraph_span(self, number: int) -> Span:
        """Return where the paragraph begins and ends."""
        starts = self._line_starts
        end = starts[number + 1] if number + 1 < len(starts) else len(self.article.text)
        return starts[number], end

    def place_of(self, span: Span) -> Place:
        """Return the grammar of the words at `span`."""
        if span not in self._places:
            sentence = self.sentence_of(span[0])
            self._places[span] = find_place(sentence, span) if sentence else Place("other", -1, "")
        return self._places[span]

    def can_be(self, known: Known, gender: str | None) -> bool:
        """Return whether `known` may be a he or a she, by name and title or by pronouns already resolved."""
        if gender is None:
            return True
        other = {"male": "female", "female": "male"}[gender]
        pronouns = self._genders[known.name]
        return known.gender != other and (known.gender == gender or pronouns[other] <= pronouns[gender])

    def is_sure(self, known: Known, gender: str | None) -> bool:
        """Return whether something says that `known` is of this gender."""
        return gender is not None and (known.gender == gender or self._genders[known.name][gender] > 0)


def _line_starts(text: str) -> list[int]:
    """Return where each line with words begins, but the first."""
    starts, position = [], 0
    for line in text.split("\n"):
        if line.strip() and position:
            starts.append(position)
        position += len(line) + 1
    return starts
