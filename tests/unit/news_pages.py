"""Invented pages of news sites: one article in many layouts, the furniture of a site around it in each."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TITLE = "Lowhaven bridge stays shut until May"
PARAGRAPHS = (
    "The road bridge over the Wend will stay shut until May, the council of Lowhaven said on Tuesday, after "
    "engineers found cracks in the third pier.",
    "“We will not open a bridge that is not safe,” said Mary Holt, the mayor. “Not for anybody.”",
    "Tom Pike, the chief engineer, said the steel was “tired” and called the paint ‘a disgrace’.",
    '"It took a month to look at all 4,000 bolts," Mr Pike told the council\'s works committee, "and I would '
    'not stand on some of them."',
    "Traders on the east bank have lost a third of their custom since the barriers went up in January, the "
    "chamber of trade said.",
    "“People used to walk across for their bread. Now they drive to Norby,” said Ines Okoro, who owns a "
    "bakery on Quay Street.",
    "“We looked at a ferry, and we looked at a second bridge.",
    "“Neither can be had before the summer,” the mayor said in a letter to residents.",
    "The repair will cost about £4m, most of it from the county, according to papers seen by this newspaper.",
    "Ms Holt's deputy, Lars Quist, said: “She told me, ‘Find the money or find a boat’, and I found the "
    "money.”",
    "The council meets again on 12 March to decide who will do the work.",
)
MENU = ("Home", "Politics", "Obituaries", "Classifieds")
RELATED = (
    "Ferry “late again”, say its passengers",
    "School roof to be mended at last",
    "Norby fair moves to June",
)
NEWSLETTER = "Get the best of our reporting in your inbox every morning with the Lowhaven Letter."
CAPTION = "The third pier of the bridge in January. Photograph: R. Vane/Harbour Pictures"
COOKIES = "We and our partners use cookies to store and access personal data such as browsing data."
COMMENT = "“They should have painted it in the nineties,” writes a reader named quayside77."
FOOTER = "Registered office: 1 Tide Lane, Lowhaven. All rights reserved."
BIOGRAPHY = "Ann Reed writes about roads and rivers for the paper."


@dataclass(frozen=True)
class Page:
    """A page, and the words on it that are not the article's."""

    html: str
    furniture: tuple[str, ...]


def wrap(lines: tuple[str, ...] = PARAGRAPHS, tag: str = "p") -> str:
    return "\n".join(f"<{tag}>{escape(line, quote=False)}</{tag}>" for line in lines)


def links(lines: tuple[str, ...] = RELATED) -> str:
    items = "".join(f'<li><a href="/{at}">{line}</a></li>' for at, line in enumerate(lines))
    return f"<ul>{items}</ul>"


def document(head: str, body: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{TITLE} | The Gull</title>'
        f"{head}</head>\n<body>{body}</body></html>"
    )


def json_ld(published: str = "2026-03-04T09:30:00+01:00", **more: str) -> str:
    extra = "".join(f', "{name}": {value}' for name, value in more.items())
    return (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@graph": ['
        '{"@type": "WebSite", "name": "The Gull"}, '
        f'{{"@type": "NewsArticle", "headline": "{TITLE}", "datePublished": "{published}", '
        f'"author": [{{"@type": "Person", "name": "Ann Reed"}}]{extra}}}]}}</script>'
    )


def broadsheet() -> Page:
    """A large site: semantic tags, figures, an aside between the paragraphs, JSON-LD."""
    body = f"""
    <header><nav>{links(MENU)}</nav></header>
    <main><article><h1>{TITLE}</h1>
      <address>By <a rel="author" href="/ann">Ann Reed</a></address>
      <time datetime="2026-03-04T09:30:00+01:00">Wed 4 Mar 2026</time>
      <figure><img src="a.jpg" alt=""><figcaption>{CAPTION}</figcaption></figure>
      {wrap(PARAGRAPHS[:5])}
      <aside class="newsletter"><h3>Letters</h3><p>{NEWSLETTER}</p><button>Sign up</button></aside>
      {wrap(PARAGRAPHS[5:])}
    </article><section><h2>More on this story</h2>{links()}</section></main>
    <footer><p>{FOOTER}</p></footer>"""
    return Page(document(json_ld(), body), (*MENU[1:], *RELATED, NEWSLETTER, CAPTION, FOOTER))


def weblog() -> Page:
    """A blog system: classes of entry and widget, comments below, a sidebar."""
    body = f"""
    <div id="page"><div class="menu-main-container">{links(MENU)}</div>
    <div id="content"><div class="post type-post"><h1 class="entry-title">{TITLE}</h1>
      <div class="entry-meta">Posted on
        <time class="entry-date published" datetime="2026-03-04T09:30:00+00:00">March 4, 2026</time>
        by <span class="author vcard">Ann Reed</span></div>
      <div class="entry-content">{wrap()}
        <div class="sharedaddy"><h3>Share this:</h3><ul><li>Facebook</li><li>Print</li></ul></div>
        <div class="jp-relatedposts"><h3>Related</h3>{links()}</div>
      </div></div>
      <div id="comments"><h2>1 thought on this</h2>
        <ol class="commentlist"><li class="comment"><p>{COMMENT}</p></li></ol></div></div>
    <div id="secondary" class="widget-area">
      <div class="widget"><h2>Subscribe</h2><p>{NEWSLETTER}</p></div></div>
    <div id="colophon" class="site-footer">{FOOTER}</div></div>"""
    head = f'<meta property="og:type" content="article"><meta property="og:title" content="{TITLE}">'
    return Page(document(head, body), (*MENU[1:], *RELATED, COMMENT, NEWSLETTER, FOOTER))


def divisions() -> Page:
    """A site that uses <div> for paragraphs, with hashed class names and advertisements between them."""
    body = f"""
    <div class="css-top"><div class="css-nav">{links(MENU)}</div></div>
    <div class="css-main"><h1>{TITLE}</h1><div class="css-by">By Ann Reed</div>
      <div class="article-body">{wrap(PARAGRAPHS[:6], "div")}
        <div class="ad-slot"><span>Advertisement</span></div>{wrap(PARAGRAPHS[6:], "div")}</div>
      <div class="css-more"><h3>Read next</h3>{links()}</div></div>
    <div class="css-foot">{FOOTER}</div>"""
    return Page(document(json_ld(), body), ("Advertisement", *MENU[1:], *RELATED, FOOTER))


def tables() -> Page:
    """A site of 2003: tables for the layout, paragraphs by two line breaks."""
    lines = "<br><br>\n".join(escape(line, quote=False) for line in PARAGRAPHS)
    body = f"""
    <table width="100%"><tr><td colspan="2"><a href="/">Home</a> | <a href="/p">Politics</a></td></tr>
    <tr><td width="120" valign="top">{links(RELATED)}</td>
      <td><h1><font size="5">{TITLE}</font></h1><font face="Times" size="3">{lines}</font></td></tr>
    <tr><td colspan="2"><small>{FOOTER}</small></td></tr></table>"""
    return Page(document("", body), (*RELATED, FOOTER))


def accelerated() -> Page:
    """An AMP page."""
    body = f"""
    <amp-sidebar id="side">{links(MENU)}</amp-sidebar><header><a href="/">The Gull</a></header>
    <article><h1>{TITLE}</h1><p class="byline">By Ann Reed</p>
      <amp-img src="a.jpg" width="1" height="1"></amp-img>
      {wrap(PARAGRAPHS[:4])}<amp-ad type=a></amp-ad>{wrap(PARAGRAPHS[4:])}</article>
    <div class="related"><h4>Related stories</h4>{links()}</div><footer>{FOOTER}</footer>"""
    head = '<link rel="canonical" href="https://www.gull.example/bridge">' + json_ld()
    return Page(document(head, body).replace("<html", "<html amp", 1), (*MENU[1:], *RELATED, FOOTER))


def consent() -> Page:
    """An article below a consent banner, with a newsletter's form inside the text."""
    body = f"""
    <div id="onetrust-banner-sdk" role="dialog"><p>{COOKIES}</p><button>Accept all</button></div>
    <nav>{links(MENU)}</nav>
    <article class="story"><h1>{TITLE}</h1><div class="story-body">{wrap(PARAGRAPHS[:3])}
      <div class="inline-newsletter"><p>{NEWSLETTER}</p>
        <form><input type="email"><button>Sign up</button></form></div>
      {wrap(PARAGRAPHS[3:])}<p class="author-bio">{BIOGRAPHY}</p></div></article>
    <footer>{FOOTER}</footer>"""
    return Page(document(json_ld(), body), (COOKIES, *MENU[1:], NEWSLETTER, BIOGRAPHY, FOOTER))


def blockquotes() -> Page:
    """Long quotes as block quotes, one pulled out of the text and shown large, subheads between."""
    body = f"""
    <header>{links(MENU)}</header><main><article><h1>{TITLE}</h1>{wrap(PARAGRAPHS[:2])}
      <blockquote class="pull-quote"><p>“Not for anybody.”</p></blockquote>
      {wrap(PARAGRAPHS[2:5])}<h2>On the east bank</h2>
      <blockquote>{wrap(PARAGRAPHS[5:6])}</blockquote>
      <figure class="quote"><blockquote>{wrap(PARAGRAPHS[6:8])}</blockquote></figure>
      {wrap(PARAGRAPHS[8:])}</article></main><footer>{FOOTER}</footer>"""
    return Page(document(json_ld(), body), (*MENU[1:], FOOTER))


def inline_tags() -> Page:
    """Drop capitals, links and emphasis within sentences and quotes; microdata in place of JSON-LD."""
    lines = [escape(line, quote=False) for line in PARAGRAPHS]
    lines[0] = f'<span class="dropcap">{lines[0][0]}</span>{lines[0][1:]}'
    lines[1] = lines[1].replace("Mary Holt", '<a href="/holt"><strong>Mary Holt</strong></a>')
    lines[3] = lines[3].replace("4,000", "<em>4,000</em>")
    lines[5] = lines[5].replace("Norby", '<a href="/norby">Norby</a>').replace("“People", "<b>“People</b>")
    text = "".join(f"<p><span>{line}</span></p>" for line in lines)
    body = f"""
    <div role="navigation">{links(MENU)}</div>
    <div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{TITLE}</h1>
      <div itemprop="articleBody">{text}</div></div>
    <div class="recommended"><p>Recommended</p>{links()}</div><div class="footer">{FOOTER}</div>"""
    return Page(document("", body), (*MENU[1:], *RELATED, FOOTER))


def cards() -> Page:
    """The article, then cards of others, each an <article> with a picture, a headline and a teaser."""
    card = "".join(
        f'<article class="card"><a href="/{at}"><img src="x.jpg" alt=""><h3>{line}</h3></a>'
        f'<p class="teaser">The story in short, number {at}, to be read elsewhere.</p></article>'
        for at, line in enumerate(RELATED)
    )
    body = f"""
    <nav>{links(MENU)}</nav>
    <main><article class="main-story"><header><h1>{TITLE}</h1>
      <p class="standfirst">Traders fear for the spring as engineers find cracks.</p></header>
      {wrap()}</article></main>
    <section class="river"><h2>Latest</h2>{card}</section><footer>{FOOTER}</footer>"""
    return Page(document(json_ld(), body), (*MENU[1:], *RELATED, "to be read elsewhere", FOOTER))


def entities() -> Page:
    """Every mark and letter beyond ASCII written as an entity, and paragraphs never closed."""
    named = {"“": "&ldquo;", "”": "&rdquo;", "‘": "&lsquo;", "’": "&#8217;", '"': "&quot;", "£": "&pound;"}
    text = "".join(f"<p>{escape(line, quote=False)}\n" for line in PARAGRAPHS)
    for mark, entity in named.items():
        text = text.replace(mark, entity)
    body = f"""<ul class=nav>{links(MENU)}</ul><h1>{TITLE}</h1><div class=body>{text}</div>
    <div class=footer>{FOOTER}"""
    return Page(document("", body), (*MENU[1:], FOOTER))


def wire() -> Page:
    """A wire story on a portal: little of its own, much around it, a list within the text."""
    items = "".join(f"<li>{escape(line, quote=False)}</li>" for line in PARAGRAPHS[8:10])
    teasers = "".join(
        f'<div class="teaser"><a href="/{at}">{line}</a></div>' for at, line in enumerate(RELATED * 4)
    )
    body = f"""
    <div class="portal-head">{links(MENU)}</div><div class="col-left">{teasers}</div>
    <div class="col-main"><h1>{TITLE}</h1><p class="source">HARBOUR WIRE</p>
      <div id="article-text">{wrap(PARAGRAPHS[:8])}<ul>{items}</ul>{wrap(PARAGRAPHS[10:])}</div></div>
    <div class="col-right">{teasers}</div><div class="portal-foot">{FOOTER}</div>"""
    head = '<meta property="og:type" content="article">'
    return Page(document(head, body), (*MENU[1:], *RELATED, FOOTER))


def sections() -> Page:
    """A page builder: each paragraph in wrappers of its own."""
    text = "".join(
        f'<section class="block block--text"><div class="wrap"><div class="rich">{wrap((line,))}</div></div>'
        "</section>"
        for line in PARAGRAPHS
    )
    body = f"""
    <div class="hdr">{links(MENU)}</div>
    <main><section class="block block--title"><h1>{TITLE}</h1></section>{text}
      <section class="block block--related"><h2>Also read</h2>{links()}</section></main>
    <footer>{FOOTER}</footer>"""
    return Page(document(json_ld(), body), (*MENU[1:], *RELATED, FOOTER))


LAYOUTS: tuple[Callable[[], Page], ...] = (
    broadsheet, weblog, divisions, tables, accelerated, consent, blockquotes, inline_tags, cards, entities,
    wire, sections,
)  # fmt: skip
