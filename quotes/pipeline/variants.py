"""Pages that say they are another page: a variant of it, as for printing, or a mistake of their site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes import sources, store

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from quotes.pipeline.job import Job
    from quotes.pipeline.wanted import Fresh, Origin
    from quotes.records import Article
    from quotes.requests import Visit
    from quotes.sources import Place


class Variants:
    """Articles whose page names the address of another page, until that one has been read.

    `asked` are the addresses that this job asks for.
    """

    def __init__(self, job: Job, asked: Container[str]) -> None:
        self._job, self._asked = job, asked
        self._held: list[tuple[Article, Origin, str, bool]] = []

    def hold(self, article: Article, origin: Origin, place: Place, visit: Visit | None) -> bool:
        """Keep an article back where its page names the address of another one; say whether that is so."""
        own = sources.normal_address(place.address or "")
        if place.suffix != ".html" or own is None or article.url is None or article.url == own:
            return False
        others = store.find_addresses(self._job.texts, article.id) - {visit.address if visit else own, own}
        if article.url not in self._asked and not others:
            return False
        self._held.append((article, origin, own, visit is not None and visit.article_id == article.id))
        return True

    def holds(self, origin: Origin) -> bool:
        """Say whether the article of an origin is kept back."""
        return any(held is origin for _, held, _, _ in self._held)

    def release(self) -> Iterator[Fresh]:
        """Yield the articles that were kept back: as the page that they name where that has the same words.

        Else as a page of its own, unless it had those words before: then it is an older copy.
        """
        for article, origin, own, was_same in self._held:
            if self._job.is_full:
                return
            is_other = self._job.recall(article.id) and not self._job.has_same_words(article)
            if is_other and not was_same:
                yield sources.move_article(article, own), origin
            elif is_other and article.id in self._job.seen:
                continue
            else:
                yield article, origin
            origin.close()
