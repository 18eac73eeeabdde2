"""The stages of a job, as one argument that a caller may replace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from quotes import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from quotes.match.kept import Kept
    from quotes.records import (
        Annotated,
        Article,
        Attribution,
        LocalSpeaker,
        Overrule,
        Paragraph,
        Printed,
        Quote,
        Setting,
        Span,
        Speaker,
        Statement,
        Unread,
    )


class Annotator(Protocol):
    """Runs the language models. `version` changes whenever what they say may change; asking loads none."""

    version: str

    def annotate(self, unread: Sequence[Unread], /) -> list[Annotated]:
        """Return the annotations of each text."""

    def load(self) -> Callable[[Sequence[Unread]], list[Annotated]]:
        """Return `annotate`, with the models in memory. It may be called in another process."""


class Named(Protocol):
    """The speakers of one article, and which quote is whose."""

    @property
    def speakers(self) -> tuple[LocalSpeaker, ...]:
        """Return the speakers."""

    @property
    def speaker_of(self) -> Mapping[str, str]:
        """Return the local speaker's id for each quote's id."""

    @property
    def reasons(self) -> Mapping[str, str]:
        """Return why a quote has no speaker, for each quote's id that has none."""

    @property
    def sure(self) -> Mapping[str, float]:
        """Return how likely it is, from 0 to 1, that the mention stands for the speaker found."""

    @property
    def also_of(self) -> Mapping[str, tuple[str, ...]]:
        """Return the local speakers who said a quote together with its speaker."""

    @property
    def how(self) -> Mapping[str, str]:
        """Return for a quote's id what told whom the words that name its speaker stand for."""


@dataclass(frozen=True, slots=True)
class Stages:
    """What happens to an article, in order, and then to all quotes together."""

    annotator: Annotator
    rules_version: str
    annotation_rules_version: str
    paragraphs: Callable[[str], tuple[Paragraph, ...]]
    find_quotes: Callable[[Article, tuple[Paragraph, ...]], tuple[Quote, ...]]
    encode: Callable[[Annotated], bytes]
    decode: Callable[[bytes], Annotated]
    attribute: Callable[
        [Article, tuple[Paragraph, ...], tuple[Quote, ...], Annotated], tuple[Attribution, ...]
    ]
    name_speakers: Callable[[Article, Annotated, tuple[Attribution, ...], tuple[Span, ...]], Named]
    merge_speakers: Callable[
        [Sequence[LocalSpeaker], Sequence[Setting], Sequence[Overrule]], tuple[Speaker, ...]
    ]
    derived_version: str
    regroup: Callable[[Kept, Collection[str]], set[str]]
    describe: Callable[[Sequence[Printed], date | None], Statement]

    @property
    def version(self) -> str:
        """What an article's quotes depend on beside its text: models and rules."""
        return f"{self.annotator.version} {self.rules_version}"

    def version_for(self, article: Article) -> str:
        """Return what an article's quotes depend on beside its text, with what told that from its page."""
        return f"{self.version} {article.reader}".rstrip()

    @property
    def annotation_version(self) -> str:
        """What an article's annotations depend on beside its text: models, and what these are given."""
        return f"{self.annotator.version} {self.annotation_rules_version}"


def load_stages(models: str = "embedded") -> Stages:
    """Return the stages as they are shipped. The models are loaded by the first article that needs them."""
    from quotes import annotate, attribute, drift, extract, furniture, match, speakers
    from quotes.text.credits import VERSION as CREDITS_VERSION

    return Stages(
        annotator=annotate.Annotator(models),
        rules_version=f"{__version__} "
        + ".".join(
            (
                *(rules.VERSION for rules in (furniture, extract, annotate, attribute, speakers)),
                CREDITS_VERSION,
            )
        ),
        annotation_rules_version=" ".join(
            f"{name}-{rules.VERSION}"
            for name, rules in (("furniture", furniture), ("extract", extract), ("annotate", annotate))
        ),
        paragraphs=furniture.paragraphs,
        find_quotes=extract.find_quotes,
        encode=annotate.encode,
        decode=annotate.decode,
        attribute=attribute.attribute,
        name_speakers=speakers.name_speakers,
        merge_speakers=speakers.merge_speakers,
        derived_version=f"match-{match.VERSION} drift-{drift.VERSION}",
        regroup=match.regroup,
        describe=drift.describe,
    )
