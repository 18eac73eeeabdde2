"""The text of an article's page: its paragraphs with a blank line between them, without the page around."""

from __future__ import annotations

import logging
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from quotes.languages import LANGUAGES
from quotes.sources.html import CLOSES_QUOTE, OPENS_QUOTE

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_FORMS, _MOST_PULLED = 100, 50
_PROSE = 60  # characters of an item of a list that is prose, on average
_MANY = 3  # paragraphs beside a list that belongs to a text
_PULLED_TAGS = ("aside", "blockquote", "div", "figure", "p", "section")
_PULLED = re.compile(r"\bpull(?:ed)?[-_]{0,2}quote", re.IGNORECASE)
# What begins a paragraph: the extractor's own tags, and those of HTML.
_BLOCKS = frozenset(
    ("cell", "code", "div", "head", "item", "list", "p", "quote", "row", "table",
     "article", "aside", "blockquote", "body", "center", "dd", "dl", "dt", "figcaption", "figure", "footer",
     "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "pre", "section",
     "tbody", "td", "th", "tr", "ul")
)  # fmt: skip
_BREAKS = ("lb", "br")
_AS_TYPED = ("pre", "code")
_HIDDEN = (
    "//*[@hidden and @hidden != 'until-found']|//*[contains(translate(@style, ' ', ''), 'display:none')]"
    "|//template[not(@shadowrootmode)]"
)
_PRINTED = "[“”„‟\"«»‘’‚'‹›「『]"
_QUOTED = re.compile(
    f"(?P<before>{_PRINTED})?{OPENS_QUOTE}\\s{{0,5}}(?P<after>{_PRINTED})?|(?P<close>{CLOSES_QUOTE})"
)
# What a page counts up while its article stays as it is.
_TICKING = re.compile(
    r"(?:(?:last )?(?:updated|published|posted):?\s{1,3})?(?:about |over )?(?:\d{1,4}|an?|one)"
    r" (?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?) ago\.?|just now"
    r"|\d[\d,.]{0,9}k? (?:comments?|shares?|views?|likes?|reads?)",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(r"[\W_]+")
_BLANKS = re.compile(r"[^\S\n]+")
_LINE_END = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{3,}")


def extract_text(tree: Any, language: str = "en") -> str:
    """Return the article's text in the tree of a page, which is changed; "" where there is none.

    A paragraph, heading or item of a list is a paragraph of the text. What <q> quotes gets the marks of
    `language`. Quotes that are pulled out of the text to be shown large are left out.
    """
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it would print what it gives up
    _simplify(tree)
    document = bare_extraction(tree, include_comments=False, include_formatting=False)
    return "" if document is None else _join_blocks(document.body, language)


def extract_all(tree: Any, language: str = "en") -> str:
    """Return all the text that a page shows, furniture too, in paragraphs as `extract_text` does.

    The tree is changed. Letters have no part that is the article: their layout is of tables within tables.
    """
    _drop_hidden(tree)
    for element in list(tree.iter("head", "script", "style", "title")):
        element.drop_tree()
    return _join_blocks(tree, language)


def _mark_quotes(text: str, language: str) -> str:
    """Return a paragraph with marks around what <q> quotes, as a browser shows it.

    None are added where the page prints some itself.
    """
    if OPENS_QUOTE not in text and CLOSES_QUOTE not in text:
        return text
    marks = (LANGUAGES.get(language) or LANGUAGES["en"]).marks
    open_pairs: list[tuple[str, str]] = []

    def turn(found: re.Match[str]) -> str:
        if found["close"]:
            return open_pairs.pop()[1] if open_pairs else ""
        is_marked = found["before"] or found["after"]
        pair = ("", "") if is_marked else (marks.inner if open_pairs else marks.outer)[0]
        open_pairs.append(pair)
        return f"{found['before'] or ''}{pair[0]}{found['after'] or ''}"

    return _QUOTED.sub(turn, text) + "".join(closing for _, closing in reversed(open_pairs))


def _simplify(tree: Any) -> None:
    """Take away what the extractor would stumble over."""
    from lxml.etree import strip_tags

    if sum(1 for _ in tree.iter("form")) > _MOST_FORMS:
        strip_tags(tree, "form")
    _drop_hidden(tree)
    _drop_pulled(tree)
    for items in tree.iter("ul", "ol"):
        _free_prose(items)
    for figure in tree.iter("figure"):  # the extractor drops figures, and some hold a quote, not a picture
        if figure.find(".//blockquote") is not None and figure.find(".//img") is None:
            figure.tag = "div"
            for caption in figure.iter("figcaption"):
                caption.tag = "p"


def _drop_hidden(tree: Any) -> None:
    """Drop what a browser does not show, but what a script will show: the whole page, or its headline."""
    for element in tree.xpath(_HIDDEN):
        if element.getparent() is not None and element.tag != "body" and element.find(".//h1") is None:
            element.drop_tree()


def _free_prose(items: Any) -> None:
    """Make paragraphs of a list's items where they are prose: the extractor drops some lists."""
    texts = [item.text_content() for item in items.iterchildren("li")]
    total = sum(map(len, texts))
    linked = sum(len(link.text_content()) for link in items.iter("a"))
    beside = sum(1 for _ in islice(items.getparent().iterchildren("p"), _MANY)) if linked == 0 else 0
    if texts and 2 * linked < total and (total >= _PROSE * len(texts) or beside == _MANY):
        items.tag = "div"
        for item in items.iterchildren("li"):
            item.tag = "p" if item.find(".//p") is None else "div"


def _drop_pulled(tree: Any) -> None:
    """Drop the quotes that are shown large beside the text that has them too."""
    pulled = [one for one in tree.iter(*_PULLED_TAGS) if _is_pulled(one)]
    if not pulled:
        return
    whole = _bare(tree.text_content())
    for one in pulled[:_MOST_PULLED]:
        quoted = one if one.tag == "blockquote" else one.find(".//blockquote")
        words = _bare((one if quoted is None else quoted).text_content())
        if one.getparent() is not None and whole.count(words) > 1:
            one.drop_tree()


def _is_pulled(element: Any) -> bool:
    return bool(_PULLED.search(element.get("class") or "")) or (
        element.tag == "figure" and element.find(".//blockquote") is not None
    )


def _bare(text: str) -> str:
    return _NO_WORDS.sub(" ", text).strip().casefold()


def _join_blocks(body: Any, language: str) -> str:
    blocks = (block for block in _split_blocks(body) if not _TICKING.fullmatch(block))
    return "\n\n".join(_mark_quotes(block, language) for block in blocks)


def _split_blocks(body: Any) -> Iterator[str]:
    """Yield the paragraphs of a tree: text is collected until a block begins or ends."""
    from lxml.etree import iterwalk

    parts: list[str] = []
    as_typed = 0  # how many tags are open that keep the line breaks of the source
    for event, element in iterwalk(body, events=("start", "end")):
        is_start = event == "start"
        if element.tag in _BLOCKS:
            yield from _join(parts)
            parts = []
        elif is_start and element.tag in _BREAKS:
            parts.append("\n")
        if element.tag in _AS_TYPED:
            as_typed += 1 if is_start else -1
        words = (element.text if is_start else element.tail) or ""
        parts.append(words if as_typed else words.replace("\n", " "))
    yield from _join(parts)


def _join(parts: list[str]) -> Iterator[str]:
    text = _LINE_END.sub("\n", _BLANKS.sub(" ", "".join(parts))).strip()
    if text:
        yield _BLANK_LINES.sub("\n\n", text)
