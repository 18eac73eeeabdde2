"""Pages of the web become articles: the text, what is said of it, and why there is none."""

from __future__ import annotations

import doctest
import json
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from news_pages import LAYOUTS, PARAGRAPHS, TITLE, Page, json_ld

from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.records import Article, Unreadable
from quotes.sources import Place, read, read_place
from quotes.sources.details import Details

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ADDRESS = "https://www.gull.example/news/bridge"
STORY = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)


def page(body: str = STORY, head: str = "", language: str = "en") -> str:
    start = f'<!DOCTYPE html><html lang="{language}"><head>{head}</head>'
    return f"{start}<body><h1>{TITLE}</h1>{body}</body></html>"


def read_one(
    html: str | bytes, address: str | None = ADDRESS, charset: str | None = None, **known: str
) -> Article | Unreadable:
    data = html.encode() if isinstance(html, str) else html
    details = Details(**{"outlet": "gull.example", **known})
    place = Place(
        address or "page.html", details, data=data, address=address, charset=charset, ending=".html"
    )
    (found,) = read_place(place)
    assert isinstance(found, Article | Unreadable)
    return found


def article(
    html: str | bytes, address: str | None = ADDRESS, charset: str | None = None, **known: str
) -> Article:
    found = read_one(html, address, charset, **known)
    assert isinstance(found, Article), found
    return found


def reason(html: str | bytes, address: str | None = ADDRESS) -> str:
    found = read_one(html, address)
    assert isinstance(found, Unreadable), found
    return found.reason


def quotes(text: str) -> list[str]:
    one = Article("id", "outlet", text, "source")
    return [quote.text for quote in find_quotes(one, paragraphs(text)) if quote.kind != "caption"]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_page_has_the_quotes_of_its_article_and_no_others(layout: Callable[[], Page]) -> None:
    found = article(layout().html)
    assert quotes(found.text) == quotes("\n\n".join(PARAGRAPHS))
    assert found.title == TITLE


def test_paragraphs_are_kept_and_furniture_is_dropped() -> None:
    kept = furniture = left = 0
    for layout in LAYOUTS:
        made = layout()
        text = article(made.html).text
        lines = text.splitlines()
        kept += sum(line in lines for line in PARAGRAPHS)
        furniture += len(made.furniture)
        left += sum(words in text for words in made.furniture)
    assert kept == len(PARAGRAPHS) * len(LAYOUTS)
    assert left <= 0.02 * furniture


def test_headings_and_items_of_lists_are_paragraphs() -> None:
    found = "<p>Three things:</p><ul><li>rust</li><li>“a crack”</li></ul>"
    last = "<p>The engineers will look again in April.</p>"
    body = f"<article>{STORY}<h2>What was found</h2>{found}{last}</article>"
    assert "\n\nWhat was found\n\nThree things:\n\nrust\n\n“a crack”\n\n" in article(page(body)).text
    assert "\n\nThree things:\n\nrust\n\n“a crack”\n\n" in article(page(f"{STORY}{found}{last}")).text


@pytest.mark.parametrize(
    ("given", "language", "printed"),
    [
        ("She said: <q>Not today.</q>", "en", "She said: “Not today.”"),
        ("<q class=x>He said <q>no</q> to me</q>, she said.", "en", "“He said ‘no’ to me”, she said."),
        ("“<q>Not today</q>”, she said.", "en", "“Not today”, she said."),
        ("<q>“Not today”</q>, she said.", "en", "“Not today”, she said."),
        ("Sie sagte: <q>Heute nicht.</q>", "de", "Sie sagte: „Heute nicht.“"),
        ("She said: <q>Not today.", "en", "She said: “Not today.”"),
        ("Not today.</q> she said.", "en", "Not today. she said."),
    ],
)
def test_quoting_tags_are_printed_as_marks(given: str, language: str, printed: str) -> None:
    text = article(page(f"{STORY}<p>{given}</p>{STORY}", language=language)).text
    assert printed in text.split("\n\n")


@pytest.mark.parametrize(
    "hidden",
    ["<div hidden>{}</div>", '<div style="display: none">{}</div>', "<template>{}</template>", "<!--{}-->"],
)
def test_what_a_browser_does_not_show_is_not_read(hidden: str) -> None:
    words = "<p>“These words are nowhere to be seen on the page,” said nobody at all in the town.</p>"
    one = article(page(f"<article>{STORY}{hidden.format(words)}{STORY}</article>"))
    assert "nowhere to be seen" not in one.text
    assert PARAGRAPHS[-1] in one.text


def test_marks_stay_as_they_are_printed() -> None:
    printed = "“A”, \"b\", 'c', ‘d’, «e», „f“, ''g'', ``h''"
    assert printed in article(page(f"{STORY}<p>{printed}, she said of the lot.</p>")).text


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (page().encode("cp1252", "xmlcharrefreplace"), None),
        (page().encode("cp1252"), "iso-8859-1"),
        (page(head='<meta charset="windows-1252">').encode("cp1252"), "utf-8"),
        (page().encode("utf-16"), None),
        (page().encode("utf-16-le"), "utf-16le"),
        (b"\xef\xbb\xbf" + page().encode(), "latin-1"),
        (
            page(head='<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">').encode(),
            None,
        ),
        (page().encode(), "no-such-charset"),
        (page().encode(), "punycode"),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes, charset: str | None) -> None:
    assert article(data, charset=charset).text == article(page()).text


def test_references_to_characters_are_read_as_browsers_do() -> None:
    given = "&#147;Not today&#x94;, she said&#1;&#0;&#xFFFE;&#xD800;&#99999999;&#57344; at &#8220;noon&#8221."
    assert "“Not today”, she said at “noon”." in article(page(f"{STORY}<p>{given}</p>")).text.split("\n\n")


def test_bad_bytes_cost_no_article() -> None:
    text = article(page().encode().replace(b"Ines", b"In\xffs\x00")).text
    assert "In\ufffds  Okoro" in text or "In\ufffds Okoro" in text


def published(head: str = "", body: str = "", address: str | None = ADDRESS, **known: str) -> str | None:
    return article(page(f"{body}{STORY}", head), address, **known).published


@pytest.mark.parametrize(
    ("head", "time"),
    [
        (json_ld("2026-03-04T09:30:00+01:00"), "2026-03-04T08:30:00+00:00"),
        (json_ld("2026-03-04T09:30:00.123Z"), "2026-03-04T09:30:00+00:00"),
        (json_ld("2026-03-04T09:30:00"), "2026-03-04T09:30:00"),
        (json_ld("2026-03-04"), "2026-03-04"),
        (json_ld("2026-03-04T00:00:00+01:00"), "2026-03-04"),
        (
            '<meta property="article:published_time" content="2026-03-04T23:30:00-0500">',
            "2026-03-05T04:30:00+00:00",
        ),
        ('<meta name="pubdate" content="Wed, 04 Mar 2026 09:30:00 GMT">', "2026-03-04T09:30:00+00:00"),
        ('<meta itemprop="datePublished" content="2026-03-04 09:30">', "2026-03-04T09:30:00"),
        (
            json_ld("2026-03-04") + '<meta name="date" content="2026-03-04T09:30:00Z">',
            "2026-03-04T09:30:00+00:00",
        ),
        (json_ld("2999-03-04T09:30:00Z"), None),
        (json_ld("1970-01-01T00:00:01Z"), None),
        (json_ld("yesterday"), None),
        ('<meta property="article:modified_time" content="2026-03-04T09:30:00Z">', None),
        ('<meta name="last-modified" content="2026-03-04">', None),
        (
            '<script type="application/ld+json">{"@type": "Article", "dateModified": "2026-03-04"}</script>',
            None,
        ),
        ('<script type="application/ld+json">{"@type": "NewsArticle", broken</script>', None),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", None),
    ],
)
def test_the_time_is_as_exact_as_the_page_says_and_no_time_of_a_change(head: str, time: str | None) -> None:
    assert published(head) == time


@pytest.mark.parametrize(
    ("body", "time"),
    [
        ('<time datetime="2026-03-04T09:30:00+01:00">4 March 2026</time>', "2026-03-04T08:30:00+00:00"),
        ('<p class="date">Wednesday 4 March 2026</p>', "2026-03-04"),
        ('<span class="post-date">March 4, 2026</span>', "2026-03-04"),
        ('<time datetime="2026-03-04T09:30Z">03/04/2026 - 09:30</time>', "2026-03-04T09:30:00+00:00"),
        ('<div>Updated: <time datetime="2026-03-05T09:30Z">5 March 2026</time></div>', None),
        ('<div><i>Last updated</i> <time datetime="2026-03-05T09:30Z">5 March 2026</time></div>', None),
        ('<div class="mod modified"><time datetime="2026-03-05T09:30Z">5 March 2026</time></div>', None),
        (
            'Published <time datetime="2026-03-04T09:30Z">4 March</time>, updated '
            '<time datetime="2026-03-05T09:30Z">5 March</time>',
            "2026-03-04T09:30:00+00:00",
        ),
        ('<span class="date">03/04/2026</span>', None),
        ('<span class="date">25/02/2026</span>', "2026-02-25"),
        ('<div class="updated">Last updated: 5 March 2026</div>', None),
        ('<time datetime="2026-03-05T09:30:00Z" class="modified">5 March 2026</time>', None),
        ("<p>The pier was built on 4 March 1998, when the old one fell.</p>", None),
    ],
)
def test_a_printed_date_counts_above_the_text_alone(body: str, time: str | None) -> None:
    assert published(body=body) == time
    assert article(page(f"{STORY}{body}")).published is None


def test_the_date_in_an_address_counts() -> None:
    assert published(address="https://www.gull.example/2026/03/04/bridge") == "2026-03-04"


def test_what_a_person_says_of_a_file_comes_first(tmp_path: Path) -> None:
    (tmp_path / "gull").mkdir()
    (tmp_path / "gull" / "a.html").write_text(page(head=json_ld()), encoding="utf-8")
    manifest = tmp_path / "m.csv"
    for given, time in (
        ("2026-03-01", "2026-03-01"),
        ("2026-03-04", "2026-03-04T08:30:00+00:00"),
        ("", "2026-03-04T08:30:00+00:00"),
    ):
        manifest.write_text(f"file,title,date,outlet\ngull/a.html,Mine,{given},The Gull\n", encoding="utf-8")
        (found,) = read([], manifest)
        assert isinstance(found, Article)
        assert (found.title, found.outlet, found.byline, found.published) == (
            "Mine",
            "The Gull",
            "Ann Reed",
            time,
        )


def test_a_page_knows_its_time_better_than_the_list_that_named_it() -> None:
    assert published(json_ld(), published="2026-03-06T00:00:01+00:00") == "2026-03-04T08:30:00+00:00"
    assert published(published="2026-03-06T00:00:01+00:00") == "2026-03-06T00:00:01+00:00"


@pytest.mark.parametrize(
    ("canonical", "address", "found"),
    [
        ("https://www.gull.example/a?utm_source=x&id=2", ADDRESS, "https://www.gull.example/a?id=2"),
        ("/a", ADDRESS, "https://www.gull.example/a"),
        ("https://www.gull.example/a", "https://amp.gull.example/amp/a", "https://www.gull.example/a"),
        ("https://gull.example/a", "http://m.gull.example/a#top", "https://gull.example/a"),
        ("https://www.heron.example/a", ADDRESS, ADDRESS),
        ("https://gull.example.heron.example/a", ADDRESS, ADDRESS),
        ("https://notgull.example/a", ADDRESS, ADDRESS),
        ("https://www.gull.example/", ADDRESS, ADDRESS),
        ("javascript:alert(1)", ADDRESS, ADDRESS),
        ("https://[", ADDRESS, ADDRESS),
        ("", ADDRESS + "?fbclid=1&page=2&utm_medium=x", ADDRESS + "?page=2"),
        ("https://www.gull.example/a?gclid=3", None, "https://www.gull.example/a"),
        ("file:///home/a.html", None, None),
        ("/a", None, None),
    ],
)
def test_an_article_has_one_address_on_its_own_site(
    canonical: str, address: str | None, found: str | None
) -> None:
    one = article(page(head=f'<link rel="canonical" href="{canonical}">'), address)
    assert (one.url, one.outlet) == (found, "gull.example")
    assert article(page(head=f'<meta property="og:url" content="{canonical}">'), address).url == found


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0035)https://www.gull.example/news/bridge -->",
        "<!--\n Page saved with SingleFile \n url: https://www.gull.example/news/bridge \n saved -->",
    ],
)
def test_a_saved_page_has_the_address_that_the_browser_wrote(comment: str) -> None:
    assert article(comment + page(), address=None).url == ADDRESS
    elsewhere = page(head='<link rel="canonical" href="https://www.heron.example/a">')
    assert article(comment + elsewhere, address=None).url == ADDRESS


@pytest.mark.parametrize(
    ("html", "byline", "title"),
    [
        (page(head=json_ld()), "Ann Reed", TITLE),
        (page('<p class="byline">By Ann Reed and Tom Pike</p>' + STORY), "Ann Reed and Tom Pike", TITLE),
        (page(head='<meta name="author" content="https://www.gull.example/ann">'), None, TITLE),
        (
            page(head='<meta property="og:title" content="Bridge &quot;stays&quot; shut">'),
            None,
            'Bridge "stays" shut',
        ),
        (page(head="<title>Bridge | The Gull</title>").replace("h1>", "h4>"), None, "Bridge"),
        (page().replace(TITLE, "The <q>old</q> bridge"), None, "The “old” bridge"),
    ],
)
def test_title_and_byline_are_those_of_the_page(html: str, byline: str | None, title: str) -> None:
    one = article(html)
    assert (one.byline, one.title) == (byline, title)


@pytest.mark.parametrize(
    ("lang", "language"), [("de-AT", "de"), ("en-GB", ""), ("", ""), ("xx-klingon!", "")]
)
def test_the_language_is_left_to_the_words_where_a_page_says_english(lang: str, language: str) -> None:
    assert article(page(language=lang)).language == language


LINKS = "".join(f'<li><a href="/{n}">Story {n} of the day is a rather long one</a></li>' for n in range(40))
TEASERS = "".join(
    f'<div><h3><a href="/{n}">Story {n}</a></h3><p>{"In short, a tale. " * 3}</p></div>' for n in range(12)
)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (page(TEASERS), "lists articles"),
        (page(TEASERS, '<meta property="og:type" content="website">'), "lists articles"),
        (page("<p>The bridge stays shut.</p>", json_ld(isAccessibleForFree="false")), "to be paid for"),
        (page(f"<p>{PARAGRAPHS[0]}</p><p>Subscribe to continue reading this article.</p>"), "to be paid for"),
        (
            page("<p>We and our partners use cookies to store data. Accept all cookies to go on.</p>" * 3),
            "consent",
        ),
        (
            page("<p>Please complete the captcha. We want to be sure that you are not a robot.</p>" * 9),
            "a robot",
        ),
        (page(f"<ul>{LINKS}</ul>"), "lists articles"),
        (
            page('<div id="root"></div><noscript>You need to enable JavaScript to run this.</noscript>'),
            "JavaScript",
        ),
        ('<html><body><div id="app"></div><script src="a.js"></script></body></html>', "JavaScript"),
        (
            page(
                "<p>Not found. The page that you looked for is not here any more, but it may be one day.</p>"
            ),
            "no article",
        ),
        ("", "empty"),
        ("\0" * 1000, "binary"),
        (b"%PDF-1.7 and so on", "a PDF file"),
        ("<!-- nothing -->", "no HTML"),
    ],
)
def test_a_page_without_an_article_says_why(html: str | bytes, words: str) -> None:
    assert words in reason(html)


def test_a_site_that_calls_every_page_a_website_has_articles() -> None:
    head = '<meta property="og:type" content="website"><meta property="og:site_name" content="The Gull">'
    assert article(page(head=head)).text == article(page()).text
    one = article(page(head=f'{head}<meta property="og:title" content="{TITLE} - The Gull">'))
    assert one.title == TITLE


def test_an_article_with_links_to_others_below_is_no_list() -> None:
    links = "".join(f'<h3><a href="/{at}">Another story of the day {at}</a></h3>' for at in range(7))
    assert (
        article(page(f"<article>{STORY}</article><div class=river>{links}</div>")).text
        == article(page()).text
    )


def test_an_article_about_registering_is_not_to_be_paid_for() -> None:
    news = "<p>Residents must register by Friday to keep their place, the council said on Tuesday.</p>"
    assert "register by Friday" in article(page(f"{news}<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>")).text


def test_a_short_article_that_says_so_is_one() -> None:
    short = "<p>The bridge over the Wend was shut at noon. “Nobody was hurt,” said Mary Holt, the mayor.</p>"
    assert article(page(short, json_ld())).text.endswith("the mayor.")
    assert "no article" in reason(page(short))


@pytest.mark.parametrize(
    "html",
    [
        page("<div>" * 15_000 + STORY),
        page("<span>" * 20_000 + STORY),
        page(STORY * 4_000),
        page("<p " + "a=1 " * 100_000 + ">x"),
        page("<a href=/x>y</a>" * 12_000),
        page("<p>" + "x " * 3_000_000),
    ],
    ids=["deep", "unclosed", "long", "attributes", "links", "text"],
)
def test_a_page_made_to_be_slow_gives_a_reason_at_once(html: str) -> None:
    assert "no article" in reason(html) or "to be an article" in reason(html)


def test_what_is_in_a_saved_page_beside_its_text_may_be_large() -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 6_000_000}">'
    script = f"<script>{'x = 1 < 2;' * 300_000}</script><style>{'p {} ' * 300_000}</style>"
    assert article(page(f"{picture}{STORY}", script)).text == article(page()).text


def test_a_page_saved_in_one_file_is_read(tmp_path: Path) -> None:
    html = page(head=json_ld()).replace("=", "=3D").encode("ascii", "xmlcharrefreplace").decode("ascii")
    (tmp_path / "a.mhtml").write_text(
        "From: <Saved by a browser>\nSnapshot-Content-Location: https://www.gull.example/news/bridge?utm_id=x\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="=_b"\n\n'
        "--=_b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n"
        f"--=_b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n{html}\n--=_b--\n",
        encoding="utf-8",
    )
    (tmp_path / "b.mht").write_text("Subject: x\n\nno page", encoding="utf-8")
    found, none = read([tmp_path / "a.mhtml", tmp_path / "b.mht"])
    assert isinstance(found, Article)
    assert (found.url, found.text) == (ADDRESS, article(page()).text)
    assert isinstance(none, Unreadable)
    assert none.reason == "no HTML page in it"


def test_json_ld_may_stand_in_a_graph_or_a_list() -> None:
    record = {"@type": ["NewsArticle"], "datePublished": "2026-03-04T09:30Z", "author": "Ann Reed"}
    for given in (
        [record],
        {"@graph": [{"@type": "WebPage"}, record]},
        {"@type": "WebPage", "mainEntity": record},
    ):
        script = f'<script type="application/ld+json">{json.dumps(given)}</script>'
        one = article(page(head=script))
        assert (one.published, one.byline) == ("2026-03-04T09:30:00+00:00", "Ann Reed")


@pytest.mark.parametrize("name", ["addresses", "captions", "details", "json_ld", "page_dates", "page_facts"])
def test_doctests_hold(name: str) -> None:
    result = doctest.testmod(import_module(f"quotes.sources.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
