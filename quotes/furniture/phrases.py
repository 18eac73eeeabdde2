"""What page furniture is made of, in English: whole lines (from `en.toml`), beginnings and endings."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Final

_WORDS = tomllib.loads(files("quotes.furniture").joinpath("en.toml").read_text(encoding="utf-8"))

MENU: Final = frozenset[str](_WORDS["menu"])
RELATED: Final = frozenset[str](_WORDS["related"])
ABOUT_AUTHOR: Final = frozenset[str](_WORDS["about_author"])
DATE_WORDS: Final = frozenset[str](_WORDS["date_words"])
NAME_JOINERS: Final = frozenset[str](_WORDS["name_joiners"])
CREDIT_WORDS: Final = frozenset[str](_WORDS["credit_words"])

_ANY_CASE = re.IGNORECASE | re.VERBOSE

RULE: Final = re.compile(r"[\W_]{1,80}|[xX]\.?")
MARKUP: Final = re.compile(
    r"(?:<[^<>]{1,400}>\s?){1,8}\.?|[.#][\w-]{1,60} ?\{|[\w-]{2,40}: ?[\w#%-]{1,60};\.?|[{}]\.?"
)
SLUG: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+){1,8}")

DATE_NUMBER: Final = re.compile(
    r"""\d{1,4}(?:st|nd|rd|th)?
    |\d{1,2}[:.]\d\d(?::\d\d)?(?:[ap]\.?m)?
    |\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[\dtz:.+-]{0,20}""",
    _ANY_CASE,
)
DATE_CORE: Final = re.compile(r"\b(?:19|20)\d\d\b|\d[:.]\d\d|\d[-/]\d|\d\ ?[ap]\.?m\b", _ANY_CASE)

AGENCY: Final = re.compile(
    r"""\b(?:ap|associated\ press|afp|reuters|getty(?:\ images)?|shutterstock|epa|efe|epa-efe
    |pa\ wire|pa\ media|alamy|istock|bloomberg|xinhua|kyodo|anadolu
    |nurphoto|zuma|sipa|upi|dpa|tass|sputnik|unsplash|wikimedia)\b""",
    _ANY_CASE,
)
CREDIT_START: Final = re.compile(
    r"(?:photo(?:graph)?s?|picture|image|photo\ credit|image\ credit|credit)(?:\ by|:)\ ?[^\W_]", _ANY_CASE
)
FILE_CAPTION: Final = re.compile(r"FILE(?: PHOTO| PICTURE| IMAGE)? ?[-–—:] ?\S|\(FILE[^)]{0,20}\) ?\S")
CAPTION_START: Final = re.compile(r"(?:Photo|Picture|Image|Caption) ?\d{0,2}: ?\S")
CAPTION_END: Final = re.compile(
    r"""[(\[][^()\[\]]{0,80}
    (?:AP\ Photo|Photo\ by|Photo:|Photograph\ by|Photo\ credit|Image:|Picture:|Getty|Reuters/|AFP/|EPA/
    |via\ AP|via\ Reuters|via\ AFP|Handout|Photo\ courtesy)
    [^()\[\]]{0,120}[)\]]\.?$
    |\((?-i:[A-Z])[\w.&\ ]{1,30}/(?-i:[A-Z])[\w.'’-]{1,20}(?:\ (?-i:[A-Z])[\w.'’-]{1,20}){1,2}\)\.?$""",
    _ANY_CASE,
)
VIA: Final = re.compile(r"[(\[]via\b", re.IGNORECASE)

COPYRIGHT: Final = re.compile(
    r"""(?:^|[^\w])©|\(c\)\ ?(?:19|20)\d\d|\ball\ rights\ reserved\b
    |^copyright\b.{0,40}\b(?:19|20)\d\d\b|^The-[A-Z]{2,12}-Wire$""",
    _ANY_CASE,
)
REPORTERS: Final = re.compile(
    r"""\bcontribut(?:ed|ing)\ (?:to|reporting|research)\b
    .{0,40}\b(?:report|story|article|reporting|dispatch|research)\.?$
    |^(?:additional\ |further\ )?(?:reporting|writing|editing)\ (?:for\ .{1,40}\ )?by\b""",
    _ANY_CASE,
)
NOTICE: Final = re.compile(
    r"""comments?\ (?:threads?\ |sections?\ )?(?:are|is|will\ be)\ (?:closed|moderated|monitored|open)\b
    |sign\ up\ (?:for|to|here|now)\b|subscribe\ (?:to|for|here|now|today)\b|(?:click|tap)\ here\b
    |download\ (?:the|our)\b|like\ (?:us|our|the\ page)\b
    |get\ (?:the|our)\ .{0,40}\b(?:newsletter|app|inbox)\b
    |read\ (?:the\ (?:rest|full|entire|original|whole)\b|more:)
    |watch\ (?:the\ (?:video|full)\b|(?:below|above)\b)
    |this\ (?:article|story|post)\ (?:was|is|has\ been)\ .{0,20}\b(?:originally|first|republished)\b
    |as\ published\ in\b|support\ (?:our|independent)\ journalism\b
    |(?:story|article)\ continues\ (?:below|after)\b
    |do\ you\ .{1,60}\?\ like\ the\ page|(?:related|read\ also|see\ also)\ ?:""",
    _ANY_CASE,
)
FOLLOW: Final = re.compile(
    r"""(?:follow|e-?mail|contact|reach|write\ to|you\ can\ (?:reach|follow|contact|email|get\ in\ touch))\b
    .{0,120}(?:@|\b(?:twitter|facebook|instagram|bluesky|mastodon)\b)
    |(?:twitter|e-?mail|instagram)\ ?:\ ?\S{1,60}$""",
    _ANY_CASE,
)
BIOGRAPHY: Final = re.compile(
    r"""(?P<name>[A-Z][\w.’'-]*(?:\ [A-Z][\w.’'-]*){1,4})(?:,\ .{1,60},)?
    \ (?:(?:is|was|has\ been)\ (?:an?|the|our)\b.{0,80}
    \b(?i:reporter|correspondent|writer|editor|columnist|journalist|contributor|blogger|author)\b
    |(?:covers|writes\ about|reports\ on)\ .{1,80}\ for\b)""",
    re.VERBOSE,
)
