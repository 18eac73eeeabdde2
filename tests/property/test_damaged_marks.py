"""A mark that is missing, astray or turned round costs at most the quotes of its own paragraph."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.extract import find_quotes
from quotes.furniture import paragraphs
from quotes.records import Article, Paragraph

STYLES = [("“", "”"), ('"', '"'), ("«", "»"), ("»", "«"), ("„", "“"), ("‘", "’"), ("''", "''"), ("‹", "›")]
PARAGRAPHS = [
    "{}We waited at the gate for an hour,{} Mara Roe said. {}Nobody came to open it.{}",
    "The owners called the long delay {}regrettable{} and left.",
    "{}Not one letter was sent to us,{} said Perrin, who runs the ferry.",
    "Perrin said: {}The gate was shut at nine and stayed shut.{}",
    "Nothing was said by the owners on Friday or Saturday.",
    "The clerk, who had {}no idea what to do{}, went home. {}I was tired of it all,{} she added.",
    "A notice on the door said {}closed{}. {}We are sorry,{} it went on, {}and we mean it.{}",
]
Quoted = list[list[tuple[int, int]]]


def mark_up(templates: list[str], style: tuple[str, str]) -> list[str]:
    """The paragraphs with the marks of `style` put in."""
    marks = [[style[number % 2] for number in range(one.count("{}"))] for one in templates]
    return [one.format(*pairs) for one, pairs in zip(templates, marks, strict=True)]


def list_quoted(lines: list[str]) -> Quoted:
    """For each of `lines`, a paragraph each, where its quoted words stand in it."""
    text = "\n\n".join(lines)
    body = tuple(Paragraph(line.start, line.end) for line in paragraphs(text))
    spans = [
        span for quote in find_quotes(Article("a", "Outlet", text, "a.txt"), body) if not quote.inside
        for span in quote.spans
    ]  # fmt: skip
    found: Quoted = []
    start = 0
    for line in lines:
        end = start + len(line)
        inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
        found.append([(b - len(line[a:b].lstrip("“‘«»„‹›\"'")), b) for a, b in inside])
        start = end + 2
    return found


def damage(draw: Any, line: str, style: tuple[str, str]) -> str:
    """`line` with one mark deleted, turned round or put in by mistake."""
    places = [
        at for at in range(len(line)) if line.startswith(style, at) and line[at - 1 : at] != style[0][:1]
    ]
    how = draw(st.sampled_from(["delete", "turn", "insert"]))
    if how == "insert" or not places:
        at = draw(st.integers(0, len(line)))
        return line[:at] + draw(st.sampled_from(style)) + line[at:]
    at, width = draw(st.sampled_from(places)), len(style[0])
    other = style[0] if line.startswith(style[1], at) else style[1]
    return line[:at] + (other if how == "turn" else "") + line[at + width :]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: "".join(style))
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_one_damaged_mark_costs_at_most_its_own_paragraph(style: tuple[str, str], data: Any) -> None:
    lines = mark_up(data.draw(st.lists(st.sampled_from(PARAGRAPHS), min_size=4, max_size=9)), style)
    where = data.draw(st.integers(0, len(lines) - 1))
    damaged = [*lines[:where], damage(data.draw, lines[where], style), *lines[where + 1 :]]
    before, after = list_quoted(lines), list_quoted(damaged)
    del before[where], after[where]
    assert after == before
