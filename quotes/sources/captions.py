"""Captions of recordings (.vtt, .srt) as a transcript: a paragraph after each speaker's label."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

from quotes.errors import SourceError
from quotes.sources.details import make_article
from quotes.text.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.records import Article
    from quotes.sources.place import Place, Warn

_TIMES = re.compile(r"\s{0,8}(?:\d{1,4}:)?\d{1,2}:\d\d[.,]\d{1,3}\s{1,8}-->\s{1,8}(?:\d{1,4}:)?\d{1,2}:\d\d[.,]\d{1,3}")
_NOT_SHOWN = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)\b")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,100})?\s{1,4}([^<>\n]{1,100})>")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>\n]{0,200}>|\{\\[^{}\n]{1,100}\}")
_CHANGE = re.compile(r"(?:>>|&gt;&gt;|»)\s{0,4}|[-–—]\s{1,4}(?=\S)")
_LABEL = re.compile(r"(?P<name>[^\W\d_][\w.'’-]{0,24}(?: [\w.'’-]{1,24}){0,5}):(?:\s|$)")
_MUSIC = re.compile(r"[♪♫#\s]*[♪♫][^\n]{0,300}")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}$")
_LONGEST = 600  # characters of a paragraph after which it ends with the next sentence
