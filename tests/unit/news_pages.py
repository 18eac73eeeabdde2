"""Invented pages of news sites: one article in many layouts, each with the furniture of its site around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

TITLE = "Lowhaven bridge stays shut until May"
PARAGRAPHS = (
    "The road bridge over the Wend will stay shut until May, the council of Lowhaven said on Tuesday, after "
    "engineers found cracks in the third pier.",
    "“We will not open a bridge that is not safe,” said Mary Holt, the mayor. “Not for anybody.”",
    "Tom Pike, the chief engineer, said the steel was “tired” and called the paint ‘a disgrace’.",
    '"It took a month to look at all 4,000 bolts," Mr Pike told the council\'s works committee, "and I would not '
    'stand on some of them."',
    "Traders on the east bank have lost a third of their custom since the barriers went up in January, the "
    "chamber of trade said.",
    "“People used to walk across for their bread. Now they drive to Norby,” said Ines Okoro, who owns a bakery "
    "on Quay Street.",
    "“We looked at a ferry, and we looked at a second bridge.",
    "“Neither can be had before the summer,” the mayor said in a letter to residents.",
    "The repair will cost about £4m, most of it from the county, according to papers seen by this newspaper.",
    "Ms Holt's deputy, Lars Quist, said: “She told me, ‘Find the money or find a boat’, and I found the money.”",
    "The council meets again on 12 March to decide who will do the work.",
)
MENU = ("Home", "Politics", "Obituaries", "Classifieds")
RELATED = (
    "Ferry “late again”, say its passengers",
    "School roof to be mended at last",
    "Norby fair moves to June",
)
NEWSLETTER = "Get the best of our reporting in your inbox every morning with the Lowhaven Letter."
CAPTION = "The third pier of the bridge, in a picture taken in January. Photograph: R. Vane/Harbour Pictures"
COOKIES = "We and our partners use cookies to store and access personal data such as browsing data."
COMMENT = "“They should have painted it in the nineties,” writes a reader named quayside77."
FOOTER = "Registered office: 1 Tide Lane, Lowhaven. All rights reserved."
BIOGRAPHY = "Ann Reed writes about roads and rivers for the paper."


@dataclass(frozen=True)
class Page:
    """A page, and the words on it that are not the article's."""

    name: str
    html: str
    furniture: tuple[str, ...]


def _p(lines: tuple[str, ...] = PARAGRAPHS, tag: str = "p", name: str = "") -> str:
    attribute = f' class="{name}"' if name else ""
    return "\n".join(f"<{tag}{attribute}>{escape(line, quote=False)}</{tag}>" for line in lines)


def _links(lines: tuple[str, ...] = RELATED) -> str:
    items = "".join(f'<li><a href="/{at}">{line}</a></li>' for at, line in enumerate(lines))
    return f"<ul>{items}</ul>"


def _page(head: str, body: str, language: str = "en") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{TITLE} | The Gull</title>'
        f"{head}</head>\n<body>{body}</body></html>"
    )


def json_ld(published: str = "2026-03-04T09:30:00+01:00", **more: str) -> str:
    extra = "".join(f', "{name}": {value}' for name, value in more.items())
    return (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", '
        '"name": "The Gull"}, {"@type": "NewsArticle", "headline": "' + TITLE + '", "datePublished": "'
        f'{published}", "author": [{{"@type": "Person", "name": "Ann Reed"}}]{extra}}}]}}</script>'
    )


def broadsheet() -> Page:
    """A large site: semantic tags, figures, an aside between the paragraphs, JSON-LD."""
    aside = f'<aside class="newsletter"><h3>Letters</h3><p>{NEWSLETTER}</p><button>Sign up</button></aside>'
    body = (
        f'<header><nav>{_links(MENU)}</nav></header><main><article><h1>{TITLE}</h1><address>By <a rel="author" '
        'href="/ann">Ann Reed</a></address><time datetime="2026-03-04T09:30:00+01:00">Wed 4 Mar 2026</time>'
        f'<figure><img src="a.jpg" alt=""><figcaption>{CAPTION}</figcaption></figure>{_p(PARAGRAPHS[:5])}{aside}'
        f"{_p(PARAGRAPHS[5:])}</article><section><h2>More on this story</h2>{_links()}</section></main>"
        f"<footer><p>{FOOTER}</p></footer>"
    )
    furniture = (*MENU[1:], *RELATED, NEWSLETTER, CAPTION, FOOTER)
    return Page("broadsheet", _page(json_ld(), body), furniture)


def weblog() -> Page:
    """A blog system: classes of entry and widget, comments below, a sidebar."""
    body = (
        f'<div id="page"><div class="menu-main-container">{_links(MENU)}</div><div id="content"><div class="post '
        f'type-post"><h1 class="entry-title">{TITLE}</h1><div class="entry-meta">Posted on <time class="entry-date '
        'published" datetime="2026-03-04T09:30:00+00:00">March 4, 2026</time> by <span class="author vcard">Ann '
        f'Reed</span></div><div class="entry-content">{_p()}<div class="sharedaddy"><h3>Share this:</h3><ul><li>'
        'Facebook</li><li>Print</li></ul></div><div class="jp-relatedposts"><h3>Related</h3>'
        f'{_links()}</div></div></div><div id="comments"><h2>1 thought on this</h2><ol class="commentlist"><li '
        f'class="comment"><p>{COMMENT}</p></li></ol></div></div><div id="secondary" class="widget-area"><div '
        f'class="widget"><h2>Subscribe</h2><p>{NEWSLETTER}</p></div></div><div id="colophon" class="site-footer">'
        f"{FOOTER}</div></div>"
    )
    head = '<meta property="og:type" content="article"><meta property="og:title" content="' + TITLE + '">'
    return Page("weblog", _page(head, body), (*MENU[1:], *RELATED, COMMENT, NEWSLETTER, FOOTER))


def divisions() -> Page:
    """A site that uses <div> for paragraphs, with hashed class names and advertisements between them."""
    first, second = _p(PARAGRAPHS[:6], "div", "css-1a2b3c"), _p(PARAGRAPHS[6:], "div", "css-1a2b3c")
    body = (
        f'<div class="css-top"><div class="css-nav">{_links(MENU)}</div></div><div class="css-main"><h1>{TITLE}</h1>'
        f'<div class="css-by">By Ann Reed</div><div class="article-body">{first}<div class="ad-slot"><span>Advertise'
        f'ment</span></div>{second}</div><div class="css-more"><h3>Read next</h3>{_links()}</div></div><div '
        f'class="css-foot">{FOOTER}</div>'
    )
    return Page("divisions", _page(json_ld(), body), ("Advertisement", *MENU[1:], *RELATED, FOOTER))


def tables() -> Page:
    """A site of 2003: tables for the layout, paragraphs by two line breaks."""
    lines = "<br><br>\n".join(escape(line, quote=False) for line in PARAGRAPHS)
    body = (
        f'<table width="100%"><tr><td colspan="2"><a href="/">Home</a> | <a href="/p">Politics</a></td></tr><tr><td '
        f'width="120" valign="top">{_links(RELATED)}</td><td><h1><font size="5">{TITLE}</font></h1><font face="Times"'
        f' size="3">{lines}</font></td></tr><tr><td colspan="2"><small>{FOOTER}</small></td></tr></table>'
    )
    return Page("tables", _page("", body), (*RELATED, FOOTER))


def accelerated() -> Page:
    """An AMP page."""
    body = (
        f'<amp-sidebar id="side">{_links(MENU)}</amp-sidebar><header><a href="/">The Gull</a></header><article><h1>'
        f'{TITLE}</h1><p class="byline">By Ann Reed</p><amp-img src="a.jpg" width="1" height="1"></amp-img>'
        f'{_p(PARAGRAPHS[:4])}<amp-ad type=a></amp-ad>{_p(PARAGRAPHS[4:])}</article><div class="related"><h4>Related'
        f" stories</h4>{_links()}</div><footer>{FOOTER}</footer>"
    )
    head = '<link rel="canonical" href="https://www.gull.example/bridge">' + json_ld()
    return Page(
        "accelerated", _page(head, body).replace("<html", "<html amp", 1), (*MENU[1:], *RELATED, FOOTER)
    )


def consent() -> Page:
    """An article below a consent banner, with a list of newsletters inside the text."""
    body = (
        f'<div id="onetrust-banner-sdk" role="dialog"><p>{COOKIES}</p><button>Accept all</button></div><nav>'
        f'{_links(MENU)}</nav><article class="story"><h1>{TITLE}</h1><div class="story-body">{_p(PARAGRAPHS[:3])}'
        f'<div class="inline-newsletter"><p>{NEWSLETTER}</p><form><input type="email"><button>Sign up</button></form>'
        f'</div>{_p(PARAGRAPHS[3:])}<p class="author-bio">{BIOGRAPHY}</p></div></article><footer>{FOOTER}</footer>'
    )
    return Page("consent", _page(json_ld(), body), (COOKIES, *MENU[1:], NEWSLETTER, BIOGRAPHY, FOOTER))


def blockquotes() -> Page:
    """Long quotes as block quotes, one pulled out of the text and shown large, subheads between."""
    body = (
        f"<header>{_links(MENU)}</header><main><article><h1>{TITLE}</h1>{_p(PARAGRAPHS[:2])}<blockquote class="
        f'"pull-quote"><p>Not for anybody.</p></blockquote>{_p(PARAGRAPHS[2:5])}<h2>On the east bank</h2>'
        f'<blockquote>{_p(PARAGRAPHS[5:6])}</blockquote><figure class="quote"><blockquote>{_p(PARAGRAPHS[6:8])}'
        f"</blockquote></figure>{_p(PARAGRAPHS[8:])}</article></main><footer>{FOOTER}</footer>"
    )
    return Page("blockquotes", _page(json_ld(), body), (*MENU[1:], FOOTER))


def inline_tags() -> Page:
    """Drop capitals, links and emphasis within sentences and quotes, and what a reader opens by a click."""
    lines = [escape(line, quote=False) for line in PARAGRAPHS]
    lines[0] = f'<span class="dropcap">{lines[0][0]}</span>{lines[0][1:]}'
    lines[1] = lines[1].replace("Mary Holt", '<a href="/holt"><strong>Mary Holt</strong></a>')
    lines[3] = lines[3].replace("4,000", "<em>4,000</em>")
    lines[5] = lines[5].replace("Norby", '<a href="/norby">Norby</a>').replace("“People", "<b>“People</b>")
    text = "".join(f"<p><span>{line}</span></p>" for line in lines)
    body = (
        f'<div role="navigation">{_links(MENU)}</div><div itemscope itemtype="https://schema.org/NewsArticle"><h1 '
        f'itemprop="headline">{TITLE}</h1><div itemprop="articleBody">{text}</div></div><div class="recommended">'
        f'<p>Recommended</p>{_links()}</div><div class="footer">{FOOTER}</div>'
    )
    return Page("inline tags", _page("", body), (*MENU[1:], *RELATED, FOOTER))


def cards() -> Page:
    """The article, then cards of others, each an <article> with a picture, a headline and a teaser."""
    card = "".join(
        f'<article class="card"><a href="/{at}"><img src="x.jpg" alt=""><h3>{line}</h3></a><p class="teaser">The story '
        f"in short, number {at}, to be read elsewhere.</p></article>"
        for at, line in enumerate(RELATED)
    )
    body = (
        f'<nav>{_links(MENU)}</nav><main><article class="main-story"><header><h1>{TITLE}</h1><p class="standfirst">'
        f"Traders fear for the spring as engineers find cracks.</p></header>{_p()}</article></main><section class="
        f'"river"><h2>Latest</h2>{card}</section><footer>{FOOTER}</footer>'
    )
    return Page("cards", _page(json_ld(), body), (*MENU[1:], *RELATED, "to be read elsewhere", FOOTER))


def entities() -> Page:
    """Every mark and letter beyond ASCII written as an entity, and paragraphs never closed."""
    named = {"“": "&ldquo;", "”": "&rdquo;", "‘": "&lsquo;", "’": "&#8217;", '"': "&quot;", "£": "&pound;"}
    lines = [escape(line, quote=False) for line in PARAGRAPHS]
    for mark, entity in named.items():
        lines = [line.replace(mark, entity) for line in lines]
    text = "".join(f"<p>{line}\n" for line in lines)
    body = f"<ul class=nav>{_links(MENU)}</ul><h1>{TITLE}</h1><div class=body>{text}</div><div class=footer>{FOOTER}"
    return Page("entities", _page("", body), (*MENU[1:], FOOTER))


def wire() -> Page:
    """A wire story on a portal: little of its own, much around it, a list within the text."""
    items = "".join(f"<li>{escape(line, quote=False)}</li>" for line in PARAGRAPHS[8:10])
    teasers = "".join(
        f'<div class="teaser"><a href="/{at}">{line}</a></div>' for at, line in enumerate(RELATED * 4)
    )
    body = (
        f'<div class="portal-head">{_links(MENU)}</div><div class="col-left">{teasers}</div><div class="col-main"><h1>'
        f'{TITLE}</h1><p class="source">HARBOUR WIRE</p><div id="article-text">{_p(PARAGRAPHS[:8])}<ul>{items}</ul>'
        f'{_p(PARAGRAPHS[10:])}</div></div><div class="col-right">{teasers}</div><div class="portal-foot">{FOOTER}</div>'
    )
    return Page(
        "wire", _page('<meta property="og:type" content="article">', body), (*MENU[1:], *RELATED, FOOTER)
    )


def sections() -> Page:
    """A page builder: each paragraph in wrappers of its own."""
    text = "".join(
        f'<section class="block block--text"><div class="wrap"><div class="rich"><p>{escape(line, quote=False)}</p>'
        "</div></div></section>"
        for line in PARAGRAPHS
    )
    body = (
        f'<div class="hdr">{_links(MENU)}</div><main><section class="block block--title"><h1>{TITLE}</h1></section>'
        f'{text}<section class="block block--related"><h2>Also read</h2>{_links()}</section></main><footer>{FOOTER}'
        "</footer>"
    )
    return Page("sections", _page(json_ld(), body), (*MENU[1:], *RELATED, FOOTER))


LAYOUTS: tuple[Callable[[], Page], ...] = (
    broadsheet, weblog, divisions, tables, accelerated, consent, blockquotes, inline_tags, cards, entities, wire, sections,
)  # fmt: skip
