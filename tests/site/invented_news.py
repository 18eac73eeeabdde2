"""Fifty invented articles of four outlets on this machine, as a schedule finds them hour after hour.

Each outlet is a host of its own, with a list of its articles, a robots.txt, pages that are gone, forbidden or
broken, and one slow page.
"""

from __future__ import annotations

import tomllib
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import lists
from loopback import Page, Site, status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType
    from typing import Self

FIRST_DAY = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Story:
    """What the outlets tell. `said` are the wordings in which they print one quote."""

    slug: str
    town: str
    title: str
    lead: str
    speaker: str
    role: str
    said: list[str]
    other: str
    other_role: str
    answer: str
    fact: str
    closing: str


STORIES = [
    Story(**story)
    for story in tomllib.loads(Path(__file__).with_name("stories.toml").read_text("utf-8"))["story"]
]


@dataclass(frozen=True)
class Outlet:
    """How one outlet prints: its wording of each story's quote, how many stories, and where it lists them."""

    name: str
    host: str
    stories: int
    wording: int
    list_path: str
    write_list: Callable[[str, Iterable[lists.Item]], str]
    has_etag: bool = True
    has_date: bool = True
    slow: float = 0.0


OUTLETS = (
    Outlet("Ostrand Lamp", "127.0.0.2", 13, 0, "/feed.xml", lists.rss),
    Outlet("Kestwick Post", "127.0.0.3", 13, 1, "/atom.xml", lists.atom, has_etag=False),
    Outlet("The Tarnow Bell", "127.0.0.4", 12, 2, "/rss.xml", lists.rss, has_date=False),
    Outlet("Radio Corrie", "127.0.0.5", 12, 0, "/sitemap.xml", lists.sitemap, slow=0.02),
)


@dataclass
class News:
    """The four sites while they are entered; `pages` are the addresses of the fifty articles."""

    sites: dict[str, Site] = field(default_factory=dict)
    pages: dict[tuple[str, str], str] = field(default_factory=dict)
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        for outlet in OUTLETS:
            self.sites[outlet.name] = self._open.enter_context(Site(outlet.host))
            _build(self, outlet)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    @property
    def lists(self) -> list[str]:
        """The address of each outlet's feed or sitemap."""
        return [self.sites[outlet.name].address(outlet.list_path) for outlet in OUTLETS]

    def write_opml(self) -> str:
        """Return a list of the feeds with the outlets' names; the sitemap is none of them."""
        named = zip((outlet.name for outlet in OUTLETS), self.lists, strict=True)
        return lists.opml([(name, address) for name, address in named if not address.endswith("sitemap.xml")])

    def take_log(self) -> list[tuple[str, int, int]]:
        """Return path, status and bytes of all requests since the last call, without those for robots.txt."""
        taken = [
            (one.path, one.status, one.sent) for site in self.sites.values() for one in site.list_asked()
        ]
        for site in self.sites.values():
            site.log.clear()
        return taken


def change_three(news: News) -> list[str]:
    """Change three of the articles; return their addresses.

    The first alters one quote by a word, of the same speaker. In the second only what stands around the
    quotes changes, in the third there is one quote more.
    """
    lamp, post, bell, _ = OUTLETS
    dam, well, chess = (next(s for s in STORIES if s.slug == slug) for slug in ("dam", "well", "chess"))
    changes = (
        (lamp, dam, {"said": "The wall may leak in summer, but it will not break"}),
        (post, well, {"fact": "The well serves some five thousand homes, the district found out since."}),
        (bell, chess, {"more": "We will have the clock mended first"}),
    )
    for outlet, story, new in changes:
        _put(news, outlet, story, FIRST_DAY + timedelta(days=60), **new)
    return [news.pages[outlet.name, story.slug] for outlet, story, _ in changes]


def _build(news: News, outlet: Outlet) -> None:
    site = news.sites[outlet.name]
    site.forbid("/subscribers/", "/search")
    items = [*_put_all(news, outlet), *_put_others(site, outlet)]
    body = outlet.write_list(outlet.name, items)
    site.put(outlet.list_path, body, "text/xml; charset=utf-8", modified=FIRST_DAY)


def _put_all(news: News, outlet: Outlet) -> Iterator[lists.Item]:
    for day, story in enumerate(STORIES[: outlet.stories]):
        published = FIRST_DAY + timedelta(days=day, hours=outlet.wording)
        address = _put(news, outlet, story, published)
        yield lists.Item(address, story.title, published.isoformat())


def _put_others(site: Site, outlet: Outlet) -> Iterator[lists.Item]:
    """Put what gives no article, and list it all the same."""
    site.put("/subscribers/letter", write_page(outlet, STORIES[0], FIRST_DAY, said="This is not for you"))
    site.script("/gone", status(410))
    site.script("/lost", status(404))
    site.script("/broken", status(500))
    site.put("/picture", b"\x89PNG\r\n\x1a\n", "image/png")
    for path in ("/subscribers/letter", "/gone", "/lost", "/broken", "/picture"):
        yield lists.Item(site.address(path), f"Invented: {path}", FIRST_DAY.isoformat())


def _put(news: News, outlet: Outlet, story: Story, modified: datetime, **new: str) -> str:
    published = FIRST_DAY + timedelta(days=STORIES.index(story), hours=outlet.wording)
    body = write_page(outlet, story, published, **new).encode()
    site = news.sites[outlet.name]
    page = Page(
        body,
        has_etag=outlet.has_etag,
        modified=modified if outlet.has_date else None,
        slow=outlet.slow,
    )
    address = site.script(f"/news/{story.slug}", page)
    news.pages[outlet.name, story.slug] = address
    return address


def write_page(
    outlet: Outlet,
    story: Story,
    published: datetime,
    *,
    said: str | None = None,
    fact: str | None = None,
    more: str | None = None,
) -> str:
    """Return the web page of a story, with a menu, a caption and a footer around the article."""
    said = said or story.said[outlet.wording]
    paragraphs = [
        f"{story.town.upper()} — {story.lead}",
        f"“{said},” {story.speaker} said on the day. {_last(story.speaker)}, {story.role}, was calm.",
        fact or story.fact,
        f"“{story.answer},” {story.other} said. {_last(story.other)}, {story.other_role}, spoke later.",
        *([f"“{more},” {story.speaker} said in the evening, when the hall had emptied."] if more else []),
        story.closing,
        f"Those who want to know more may write to the desk of {outlet.name} in {story.town}.",
    ]
    body = "".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs)
    title = escape(story.title)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {outlet.name}</title>
<meta property="article:published_time" content="{published.isoformat()}">
<meta name="author" content="Invented Reporter"></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article><h1>{title}</h1><p class="byline">By Invented Reporter</p>
<time datetime="{published.isoformat()}">{published:%d %B %Y}</time>
{body}</article></main>
<footer><p>© Invented text: part of Quote Drift's tests.</p></footer></body></html>
"""


def _last(name: str) -> str:
    return name.split()[-1]
