"""HTML, as bytes from anywhere, to a tree of bounded size."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

from quotes.errors import SourceError
from quotes.text.decode import clean_text, decode, refuse_formats

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 20_000_000
"""The most bytes of a saved page, with the pictures and scripts in it."""
MOST_HTML = 5_000_000
"""The most bytes of a page without them: a long live blog has one million."""
MOST_TAGS, MOST_LINKS, MOST_ATTRIBUTES = 40_000, 10_000, 1_000
"""Tags of a page, links of a page, attributes of one tag: the time grows with their square at worst."""
OPENS_QUOTE, CLOSES_QUOTE = "\ue000", "\ue001"
"""What stands for <q> and </q> in the text of a tree: characters that no text has."""

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^<>]{1,300}?(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?([\w:.-]{2,40})", re.I
)
_READ_CHARSETS = re.compile(
    r"(?:x-)?(?:windows-?\d{3,4}|cp\d{3,4}|iso-?8859-?\d{1,2}|latin-?\d|us-ascii|ascii|utf-?8|utf-?16(?:le|be)?"
    r"|koi8-[ru]|mac(?:-?roman|intosh)|gbk?|gb2312|gb18030|big5(?:-hkscs)?|euc-(?:jp|kr)|shift[-_]jis|sjis"
    r"|iso-2022-jp|tis-620)",
    re.IGNORECASE,
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Encodings whose bytes are plain ASCII, and so UTF-8 too: only their name tells them.
_SEVEN_BITS = ("iso-2022-jp",)
_DATA_ADDRESS = re.compile(
    r"data:(?:image|font|text|application|audio|video)/[\w.+-]{1,60}(?:;[\w=.-]{1,40}){0,3},[^\s\"'<>)]*+",
    re.IGNORECASE,
)
_OPENS = re.compile(r"<(?:!--|(script|style)\b([^<>]{0,2000}))", re.IGNORECASE)
_CLOSES = {
    "": re.compile("-->"),
    "script": re.compile(r"</script\b[^<>]{0,100}>", re.IGNORECASE),
    "style": re.compile(r"</style\b[^<>]{0,100}>", re.IGNORECASE),
}
# Tags that mean nothing here, and that cost the extractor much where there are many.
_INLINE = re.compile(
    r"</?(?:em|i|b|strong|u|s|strike|small|big|font|mark|sup|sub|ins)(?:\s[^<>]{0,2000})?>", re.IGNORECASE
)
_NO_XML = re.compile(f"[{OPENS_QUOTE}{CLOSES_QUOTE}\ufffe\uffff]")
_REFERENCE = re.compile("&#(?:(x)0{0,9}([0-9a-f]{1,8})|0{0,9}([0-9]{1,8}));?", re.IGNORECASE)
_QUOTED = re.compile(r"<(/?)q(?:\s[^<>]{0,2000})?>", re.IGNORECASE)
_TAG = re.compile(r"<([a-zA-Z][^\s/<>]{0,40})")
_ATTRIBUTE = re.compile(r"[\s/]*+(?:[^\s/>=]++)?(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>]*+))?")
_KEPT = re.compile(r"application/ld\+json", re.IGNORECASE)


def decode_page(data: bytes, charset: str | None, where: str) -> str:
    """Return a page's text as clean text. Bytes that are none in its encoding become U+FFFD.

    `charset` is what the server said. Raises SourceError where it is empty, too large or binary.
    """
    if len(data) > MOST_BYTES:
        raise SourceError(
            f"{where}: larger than {MOST_BYTES // 1_000_000} MB; save the page without its pictures"
        )
    refuse_formats(data, where)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return clean_text(data[len(mark) :].decode(name, "replace"), where)
    names = [name for name in (charset, _find_charset(data)) if name and _READ_CHARSETS.fullmatch(name)]
    for name in _order_charsets(names):
        try:
            return clean_text(data.decode(name), where)
        except (UnicodeDecodeError, LookupError):
            continue
    try:
        return decode(data, where)
    except SourceError:
        return clean_text(data.decode("utf-8", "replace"), where)


def _find_charset(data: bytes) -> str | None:
    """Return the encoding that the page itself names."""
    found = _CHARSET.search(data[:4096])
    name = found[1].decode("ascii", "replace") if found else None
    return None if name and _is_wide(name) else name  # it could not have been read if that were so


def _order_charsets(names: list[str]) -> Iterator[str]:
    """Yield the encodings to try. What is UTF-8 is hardly ever anything else, whatever is said of it."""
    if any(name.lower() in _SEVEN_BITS for name in names[:1]):
        yield names[0]
    if not any(map(_is_wide, names[:1])):
        yield "utf-8"
    for name in names:
        yield "cp1252" if _is_western(name) else name


def _is_wide(name: str) -> bool:
    return name.lower().startswith(("utf-16", "utf16"))


def _is_western(name: str) -> bool:
    """Whether browsers read it as Windows' Western encoding, whose curly marks it does not have."""
    return re.sub(r"[^a-z0-9]", "", name.lower()) in ("iso88591", "latin1", "usascii", "ascii")


def shrink(page: str) -> str:
    """Return HTML without comments, scripts, styles, pictures within it and emphasis; JSON-LD stays."""
    page = "".join(_keep(_DATA_ADDRESS.sub("data:,", _NO_XML.sub(" ", page))))
    page = _REFERENCE.sub(_check_reference, _INLINE.sub("", page))
    return _QUOTED.sub(lambda tag: CLOSES_QUOTE if tag[1] else OPENS_QUOTE, page)


def _check_reference(found: re.Match[str]) -> str:
    """Return a reference to a character as it is, a space for one that no text has.

    Numbers from 128 to 159 mean Windows' marks, not the controls of Unicode: “&#147;” opens a quote.
    """
    code = int(found[2], 16) if found[1] else int(found[3])
    if 128 <= code < 160:
        return bytes([code]).decode("cp1252", "replace")
    is_text = (
        code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE002 <= code < 0xFFFE or 0xFFFF < code < 0x110000
    )
    return found[0] if is_text else " "


def _keep(page: str) -> Iterator[str]:
    """Yield what stays. What is never closed goes on to the end, as a browser has it."""
    at = 0
    while found := _OPENS.search(page, at):
        yield page[at : found.start()]
        end = _CLOSES[(found[1] or "").lower()].search(page, found.end())
        at = end.end() if end else len(page)
        if _KEPT.search(found[2] or ""):
            yield page[found.start() : at]
    yield page[at:]


def parse_page(page: str, where: str) -> Any:
    """Return the tree of HTML (an lxml element). Raises SourceError where it is too large or too deep."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    page = shrink(page)
    data = page.encode("utf-8")
    reason = f"more than {MOST_HTML:,} bytes of HTML" if len(data) > MOST_HTML else _name_excess(page)
    if reason:
        raise SourceError(f"{where}: {reason}; no article has that many")
    parser = HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(data, parser=parser)
    except ParserError as error:
        raise SourceError(f"{where}: no HTML in it") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise SourceError(f"{where}: its tags are nested too deeply to be an article")
    return tree


def _name_excess(page: str) -> str | None:
    """Return what a page has more of than an article may; None where it has not."""
    if page.count("<") > MOST_TAGS:
        return f"more than {MOST_TAGS:,} tags"
    links = attributes = 0
    at = 0
    while tag := _TAG.search(page, at):
        at = tag.end()
        links += tag[1].lower() == "a"
        attributes = 0
        while at < len(page) and page[at] != ">" and attributes <= MOST_ATTRIBUTES:
            at = max(_ATTRIBUTE.match(page, at).end(), at + 1)  # type: ignore[union-attr]
            attributes += 1
        if attributes > MOST_ATTRIBUTES:
            return f"more than {MOST_ATTRIBUTES:,} attributes on one tag"
    return f"more than {MOST_LINKS:,} links" if links > MOST_LINKS else None
