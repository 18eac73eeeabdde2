"""The lines of an article, each told apart as body text or as furniture of the page it was copied from.

Text flattened from a page keeps its menus, captions and biographies. The rules are general and careful: body
text taken for furniture loses a quote, a menu taken for the body costs little. So a line with marks is body
text unless it is a headline, a caption, or a link, notice or biography with no more than a name in marks, and
whatever is not recognised is body text.

Roles: "body"; "headline" (quotes there are the editor's cut of ones printed below); "byline"; "date"; "menu"
(menus, section names, buttons, rules, markup); "caption"; "credit" (of a picture, or of further reporters);
"biography" (of the author, or "follow her on …"); "related" (links to others); "copyright"; "notice"
(newsletters, comment rules).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.furniture import phrases
from quotes.furniture.wrapping import Stripe, split_lines
from quotes.records import Paragraph

VERSION = "3"
"""Part of the key that annotations are kept under: to be raised when a rule here changes."""

_HEAD = 12  # lines from the top among which a headline and a byline may stand
_TAIL = 8  # lines from the bottom among which a biography may stand
_LINK_COUNT = 12  # links to other articles that may follow their heading
_MARKS = re.compile("[\"“”„«»]|''|``|(?<!\\w)['‘](?=\\w)[^'‘’]{1,400}['’](?!\\w)")
_SPEECH = re.compile(
    '[,.?!…]["”»’\'] |["”»’\'],? (?:[^\\s"“”«»]{1,40} ){0,4}(?:said|says|told|tells|asked|added|wrote)\\b'
)
_SENTENCE_END = re.compile(r"[.!?…:,;](?:[\"'”’“‘«»)\]]|[ \u00a0\u202f]»){0,3}$")
_BRACKETS = (")", "]", ").", "].")  # with which what ends a caption closes
_AROUND = ' \t\xa0.,:;!?…·•*|>»-–—[]()"“”'


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    bare: str  # in lower case, without the punctuation around it
    words: int
    marked: bool  # has quotation marks
    speechless: bool  # no mark follows a comma or stands before "said": at most names are in marks
    block: int  # lines with no blank line between them share it


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return one paragraph for each line of `text` that is not blank, in order, each with its role.

    Lines that a fixed width broke make one paragraph.

    Offsets are code points into `text`, without the white space around the line.

    >>> [p.role for p in paragraphs("Log in\\n\\nThe bridge stays shut, the mayor said.\\n© 2020 The Desk")]
    ['menu', 'body', 'copyright']
    """
    lines = _split(text)
    roles = [_role_alone(line) for line in lines]
    _mark_picture_blocks(lines, roles)
    _mark_top(lines, roles)
    _mark_links(lines, roles)
    _mark_bottom(lines, roles)
    return tuple(Paragraph(line.start, line.end, role) for line, role in zip(lines, roles, strict=True))


def _split(text: str) -> list[_Line]:
    return [_describe(text, stripe) for stripe in split_lines(text)]


def _describe(text: str, stripe: Stripe) -> _Line:
    words = text[stripe.start : stripe.end].replace("\r", " ").replace("\n", " ")
    bare = words.strip(_AROUND).casefold().replace("’", "'")
    marked, speechless = bool(_MARKS.search(words)), not _SPEECH.search(words)
    return _Line(stripe.start, stripe.end, words, bare, len(words.split()), marked, speechless, stripe.block)


def _role_alone(line: _Line) -> str:
    """Return the role that a line's own words give it."""
    if _is_caption(line):
        return "caption"
    if line.marked and line.speechless and line.words <= 40 and phrases.NOTICE.match(line.text):
        return "notice"
    if line.marked or line.words > 60:
        return "body"
    if phrases.RULE.fullmatch(line.text) or phrases.MARKUP.fullmatch(line.text) or line.bare in phrases.MENU:
        return "menu"
    if line.bare in phrases.RELATED:
        return "related"
    if _is_date(line):
        return "date"
    if _is_credit(line) or phrases.REPORTERS.search(line.text):
        return "credit"
    if phrases.COPYRIGHT.search(line.text):
        return "copyright"
    if phrases.NOTICE.match(line.text):
        return "notice"
    return "biography" if phrases.FOLLOW.match(line.text) else "body"


def _is_caption(line: _Line) -> bool:
    """Whether it begins or ends as captions do; with speech in it, only FILE or a maker's name counts."""
    if line.words > 150 or (_is_credit(line) and not line.marked):
        return False
    end = phrases.CAPTION_END.search(line.text) if line.text.endswith(_BRACKETS) else None
    if line.speechless:
        return bool(end or phrases.CAPTION_START.match(line.text) or phrases.FILE_CAPTION.match(line.text))
    names_maker = end is not None and not phrases.VIA.match(end.group())
    return names_maker or bool(phrases.FILE_CAPTION.match(line.text))


def _is_date(line: _Line) -> bool:
    if line.words > 16 or not phrases.DATE_CORE.search(line.text):
        return False
    words = (word.strip(_AROUND) for word in line.bare.replace("|", " ").split())
    return all(
        not word or word in phrases.DATE_WORDS or phrases.DATE_NUMBER.fullmatch(word) for word in words
    )


def _is_credit(line: _Line) -> bool:
    if line.words > 14:
        return False
    if phrases.CREDIT_START.match(line.text):
        return not _SENTENCE_END.search(line.text)
    if not phrases.AGENCY.search(line.text):
        return False
    left = phrases.AGENCY.sub(" ", line.text)
    if all(word.strip(_AROUND + "/").casefold() in phrases.CREDIT_WORDS | {""} for word in left.split()):
        return True
    joined = "/" in line.text or re.match(r"via\b", line.bare) or " via " in line.text
    return bool(joined) and _is_all_names(line.text.replace("/", " "), phrases.CREDIT_WORDS)


def _is_all_names(text: str, joiners: frozenset[str]) -> bool:
    words = [word.strip(_AROUND) for word in text.split()]
    return all(not word or word[0].isupper() or word.casefold() in joiners for word in words)


def _mark_picture_blocks(lines: list[_Line], roles: list[str]) -> None:
    """Mark the short lines that stand in one block with the credit of a picture, above it."""
    for last, line in enumerate(lines):
        if roles[last] != "credit" or (last + 1 < len(lines) and lines[last + 1].block == line.block):
            continue
        first = last
        while first > 0 and lines[first - 1].block == line.block and last - first < 4:
            first -= 1
        above = range(first, last)
        whole = len(above) < 4 and all(roles[i] == "body" and not lines[i].marked for i in above)
        if whole and _is_credit(line) and sum(lines[i].words for i in above) <= 80:
            roles[first:last] = ["caption"] * len(above)


def _mark_top(lines: list[_Line], roles: list[str]) -> None:
    """Mark the headline, where the first body line looks like one, and the bylines near the top."""
    body = [i for i, role in enumerate(roles[: _HEAD * 2]) if role == "body"]
    first = next((i for i in body if lines[i].words > 1), None)  # one word alone is a section's name
    if len(body) > 1 and first is not None and first < _HEAD and _is_headline(lines[first]):
        roles[first] = "headline"
    for i in body[:_HEAD]:
        if roles[i] == "body" and _is_byline(lines[i]):
            roles[i] = "byline"


def _is_headline(line: _Line) -> bool:
    if not 1 < line.words <= 25:
        return False
    if not _SENTENCE_END.search(line.text):
        return True
    long_words = [word.strip(_AROUND + "'‘’") for word in line.text.split()]
    long_words = [word for word in long_words if len(word) > 3]
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in long_words)
    return len(long_words) > 2 and capitals >= 0.8 * len(long_words)


def _is_byline(line: _Line) -> bool:
    if line.marked or line.words > 20 or not re.match(r"by:? ", line.text, re.IGNORECASE):
        return False
    return _is_all_names(line.text[3:], phrases.NAME_JOINERS)


def _mark_bottom(lines: list[_Line], roles: list[str]) -> None:
    """Mark biographies and file names below the last quotation mark of the article."""
    speaks = (
        i for i, line in enumerate(lines) if line.marked and roles[i] == "body" and not _is_biography(line)
    )
    marked = max(speaks, default=-1)
    for i in range(max(marked + 1, len(lines) - _TAIL, 1), len(lines)):
        if roles[i] != "body":
            continue
        line, above = lines[i], lines[i - 1]
        biography = phrases.BIOGRAPHY.match(line.text) if _is_biography(line) else None
        if biography or above.bare in phrases.ABOUT_AUTHOR:
            roles[i] = "biography"
            if biography and above.bare in (biography["name"].casefold(), *phrases.ABOUT_AUTHOR):
                roles[i - 1] = "biography"
        elif phrases.SLUG.fullmatch(line.text):
            roles[i] = "menu"


def _is_biography(line: _Line) -> bool:
    return line.speechless and line.words <= 120 and bool(phrases.BIOGRAPHY.match(line.text))


def _mark_links(lines: list[_Line], roles: list[str]) -> None:
    """Mark the headlines of other articles that follow "Related articles" and the like."""
    left = 0
    for i, line in enumerate(lines):
        if roles[i] == "related":
            left = _LINK_COUNT
        elif left and roles[i] == "body" and line.speechless and line.words <= 20 and _is_link(line):
            roles[i] = "related"
            left -= 1
        else:
            left = 0


def _is_link(line: _Line) -> bool:
    return not _SENTENCE_END.search(line.text) and not phrases.SLUG.fullmatch(line.text)
