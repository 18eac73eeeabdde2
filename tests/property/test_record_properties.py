"""Records and pages whose fields hold anything at all give clean articles, addresses or reasons."""

from __future__ import annotations

import csv
import io
import json
import sys
import tomllib
from html import escape
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "hostile"))

from hostile_files import BODY
from reading import check

from quotes.sources import field_maps

few_shrinks = settings(
    deadline=None,
    max_examples=500,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def list_fields() -> list[str]:
    """Return every name that a field map knows, and those of parts of fields."""
    maps = tomllib.loads(Path(field_maps.__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    names = {
        "text",
        "url",
        "title",
        "published",
        "outlet",
        "byline",
        "language",
        "kind",
        "id",
        "doc",
        *maps["lists"],
    }
    for preset in maps["preset"]:
        lists = [value for value in preset.values() if isinstance(value, list)]
        names |= {part for value in lists for name in map(str, value) for part in (name, *name.split("."))}
    return sorted(names)


FIELDS = list_fields()
WORDS = [
    "2026-03-04", "2026-03-04T09:30:00+99:99", "0000-00-00", "Wed, 31 Feb 2026 25:61:61 +9999", "1772616600",
    "https://desk.example/quay", "https://[::1", "javascript:alert(1)", "//x", "en", "en-US", "transcript",
    "“The quay is shut,” Tom Pike said.", "<p>“Shut,” he said.</p>", "&#0;&#xD800;", "\ud800", "\x00\n",
    "\x1b[31m", "-1", "9" * 400,
]  # fmt: skip
LD = [
    "@type",
    "@graph",
    "@id",
    "articleBody",
    "headline",
    "datePublished",
    "author",
    "name",
    "publisher",
    "url",
]
TYPES = ["NewsArticle", "Person", "WebPage", ["Article", "x"]]
METAS = [
    "author",
    "og:title",
    "og:url",
    "og:site_name",
    "article:published_time",
    "date",
    "dc.date",
    "parsely-pub-date",
]
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(WORDS)
)


def nest(names: list[str]) -> st.SearchStrategy[object]:
    """Values of any shape, objects with these names among them."""
    return st.recursive(
        scalars,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(names), inner, max_size=4)
        ),
        max_leaves=10,
    )


records = st.lists(st.dictionaries(st.sampled_from(FIELDS), nest(FIELDS), max_size=9), max_size=4)


@few_shrinks
@given(records, st.sampled_from(["articles", "results", "", "response"]))
def test_any_records(found: list[dict[str, object]], held_in: str) -> None:
    check(".jsonl", "\n".join(map(json.dumps, found)).encode())
    check(".json", json.dumps({held_in: found} if held_in else found).encode())


@few_shrinks
@given(st.lists(st.sampled_from(FIELDS), max_size=9), st.lists(st.lists(scalars, max_size=9), max_size=4))
def test_any_table(header: list[str], rows: list[list[object]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([header, *rows])
    check(".csv", stream.getvalue().encode("utf-8", "surrogatepass"))


@few_shrinks
@given(
    st.dictionaries(st.sampled_from(LD), st.one_of(nest(LD), st.sampled_from(TYPES)), max_size=8),
    st.dictionaries(
        st.sampled_from(METAS), st.one_of(st.text(max_size=20), st.sampled_from(WORDS)), max_size=4
    ),
)
def test_any_facts_of_a_page(facts: dict[str, object], metas: dict[str, str]) -> None:
    said = "".join(
        f'<meta name="{name}" property="{name}" content="{escape(value)}">' for name, value in metas.items()
    )
    script = f'<script type="application/ld+json">{json.dumps(facts)}</script>'
    page = (
        f"<html><head><title>Quay</title>{said}{script}</head><body><article>{BODY}</article></body></html>"
    )
    check(".html", page.encode("utf-8", "surrogatepass"))
