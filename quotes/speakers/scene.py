"""The people, bodies and mentions of one article, looked up by offset while they are resolved in order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.speakers.people import Known, know_bodies, know_people

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.languages import Language
    from quotes.records import Annotated, Article, Sentence, Span


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for `known`: a name, a description, or a pronoun that is already resolved."""

    start: int
    end: int
    known: Known


class Scene:
    """An article while its mentions are resolved; `remember` adds what has been found out."""

    def __init__(
        self, article: Article, annotated: Annotated, quoted: Sequence[Span], language: Language
    ) -> None:
        self.article, self.annotated, self.language = article, annotated, language
        self.people = know_people(article.text, annotated, language)
        self.bodies = know_bodies(annotated, language)
        self.subjects, self.main_subjects = find_subjects(annotated)
        self._quoted = sorted(quoted)
        self._quote_starts = [start for start, _ in self._quoted]
        self._sentence_starts = [sentence.start for sentence in annotated.sentences]
        names = [
            Mention(start, end, known)
            for known in (*self.people, *self.bodies)
            for start, end in known.mentions
        ]
        self._names = sorted(names, key=lambda name: name.start)
        self._name_starts = [name.start for name in self._names]
        self._mentions: list[Mention] = []
        self._mention_starts: list[int] = []
        self._resolved: list[Mention] = []
        self._resolved_starts: list[int] = []
        self._genders: dict[str, set[str]] = defaultdict(set)
        self.spoke: set[str] = set()

    def add_mentions(self, mentions: Sequence[Mention]) -> None:
        """Take in the mentions in which a pronoun may find whom it stands for, quoted ones left out."""
        unquoted = [mention for mention in mentions if not self.is_quoted(mention.start)]
        self._mentions = sorted([*self._mentions, *unquoted], key=lambda mention: mention.start)
        self._mention_starts = [mention.start for mention in self._mentions]

    def remember(self, span: Span, known: Known, gender: str | None) -> None:
        """Take in that the mention at `span` is `known`; mentions come in the order of their offsets."""
        self.spoke.add(known.name)
        if gender:
            self._genders[known.name].add(gender)
        if known.kind == "person":
            self._resolved.append(Mention(*span, known))
            self._resolved_starts.append(span[0])

    def is_quoted(self, offset: int) -> bool:
        index = bisect_right(self._quote_starts, offset) - 1
        return index >= 0 and offset < self._quoted[index][1]

    def names_over(self, span: Span) -> list[Mention]:
        """The names of people and bodies that share words with `span`."""
        first = max(0, bisect_left(self._name_starts, span[0]) - 1)
        last = bisect_left(self._name_starts, span[1])
        return [name for name in self._names[first:last] if name.end > span[0]]

    def sentences_before(self, offset: int, most: int) -> list[Sentence]:
        """At most `most` sentences that begin before `offset`, the nearest first."""
        last = bisect_left(self._sentence_starts, offset)
        return list(reversed(self.annotated.sentences[max(0, last - most) : last]))

    def persons_in(self, start: int, end: int) -> Iterator[Mention]:
        """Yield the unquoted mentions of persons that begin in ``[start, end)``, in no order."""
        for mentions, starts in (
            (self._mentions, self._mention_starts),
            (self._resolved, self._resolved_starts),
        ):
            yield from mentions[bisect_left(starts, start) : bisect_left(starts, end)]

    def can_be(self, known: Known, gender: str) -> bool:
        """Whether `known` may be a he or a she, by name and title or by pronouns already resolved to them."""
        other = {"male": "female", "female": "male"}[gender]
        return known.gender != other and other not in self._genders[known.name]


def find_subjects(annotated: Annotated) -> tuple[frozenset[int], frozenset[int]]:
    """Return where the subjects of all verbs begin, and of main clauses; “Ana and Bea” are two subjects."""
    every: set[int] = set()
    main: set[int] = set()
    for sentence in annotated.sentences:
        tokens = sentence.tokens
        for token in tokens:
            subject = tokens[token.head] if token.deprel == "conj" and token.head >= 0 else token
            if subject.deprel.startswith("nsubj"):
                every.add(token.start)
                if subject.head >= 0 and tokens[subject.head].deprel == "root":
                    main.add(token.start)
    return frozenset(every), frozenset(main)
