"""Article text is anybody's: whatever stands in any field, our pages keep their shape and run nothing."""

from __future__ import annotations

import json
import sqlite3
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import invented_story
import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.web

PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><script src=//x.example></script>',
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "` onclick=`alert(1)",
    "<svg/onload=alert(1)>",
    "<svg><script>alert&#40;1)</script></svg>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<body onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</blockquote></article></section></body></html><script>alert(1)</script>",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//https://x.example",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://x.example/\" onclick=\"alert(1)",
    "https://x.example/'><script>alert(1)</script>",
    "//x.example/<script>",
    "<form action=//x.example><input name=q>",
    "<meta http-equiv=refresh content='0;url=//x.example'>",
    "<link rel=stylesheet href=//x.example>",
    "<base href=//x.example>",
    "<style>@import '//x.example';</style>",
    "{{ 7 * 7 }}{% raw %}{{ config }}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\\u003cscript\\u003ealert(1)\\x3c/script\\x3e",
    "＜script＞alert(1)＜/script＞",
    "<scr\u0000ipt>alert(1)</scr\u0000ipt>",
    "\u202e>tpircs<\u202c",
    "<details open ontoggle=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "'; DROP TABLE quotes; --",
    "<" * 500,
    "&" * 500,
]  # fmt: skip
# Every text field that a page of ours shows. The fields left out are ids and closed lists of words.
FIELDS = {
    "outlets": ("name",),
    "articles": ("title", "url", "byline", "published"),
    "speakers": ("name", "role"),
    "statements": ("label", "first_published", "last_published", "worst_change", "meaning_flags",
                   "reference_basis"),
    "wordings": ("text", "first_published", "parent_basis"),
    "changes": ("words_before", "words_after", "flag_words"),
    "quotes": ("text", "speaker_as_printed", "cue", "attribution_rule", "published", "context_before",
               "context_after", "resolution", "credited"),
    "article_speakers": ("name", "role", "merge_evidence"),
    "considered_speakers": ("speaker_as_printed", "cue", "attribution_rule"),
    "joint_speakers": ("speaker_as_printed",),
}  # fmt: skip


class Shape(HTMLParser):
    """The elements of a page with the names of their attributes, and the addresses it links to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[tuple[str, ...]] = set()
        self.addresses: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add((tag, *sorted(name for name, _ in attrs)))
        self.addresses += [
            value or "" for name, value in attrs if name in {"href", "src", "action", "srcdoc"}
        ]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def poison(path: Path, payload: str) -> None:
    """Put `payload` into every shown text field of the story at `path`."""
    connection = sqlite3.connect(path)
    for table, columns in FIELDS.items():
        for column in columns:
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} IS NOT NULL", (payload,))
    connection.execute(
        "UPDATE quotes SET no_speaker_reason = ? WHERE no_speaker_reason IS NOT NULL", (payload,)
    )
    connection.execute(
        "UPDATE quotes SET context_between = ? WHERE context_between <> '[]'", (json.dumps([payload]),)
    )
    pieces = [[payload, role] for role in ("quote", "cue", "speaker", "gap", None)]
    connection.execute(
        "UPDATE quotes SET evidence = ? WHERE speaker_as_printed IS NOT NULL", (json.dumps(pieces),)
    )
    connection.execute("UPDATE statements SET first_outlets = ?", (json.dumps([payload, payload]),))
    connection.execute("UPDATE articles SET credits = ?", (json.dumps([payload]),))
    connection.commit()
    connection.close()


def test_the_fields_are_all_fields(tmp_path: Path) -> None:
    """A text column that joins the schema joins this test, or is named here as one that needs none."""
    closed = {
        "wordings": {"change_kind"},
        "changes": {"op", "kind", "meaning_flag"},
        "quotes": {
            "kind",
            "context_between",
            "spans",
            "no_speaker_reason",
            "evidence",
            "speaker_span",
            "cue_span",
        },
        "article_speakers": {"kind", "aliases"},
        "considered_speakers": {"speaker_span"},
        "articles": {
            "kind",
            "credits",
            "published_precision",
            "language",
            "content_hash",
            "source",
            "stages_version",
        },
        "outlets": {"domain"},
        "speakers": {"kind"},
        "statements": {"first_outlets"},
    }
    invented_story.build(tmp_path / "quotes.db")
    connection = sqlite3.connect(tmp_path / "quotes.db")
    for table, fields in FIELDS.items():
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[2] == "TEXT"}
        ids = {column for column in columns if column == "id" or column.endswith("_id")}
        assert columns - ids == set(fields) | closed.get(table, set()), table
    connection.close()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    path = tmp_path_factory.mktemp("plain") / "quotes.db"
    return path, invented_story.build(path)


def addresses(ids: dict[str, str]) -> list[str]:
    statements = (f"/-/quotes/statement/{ids[name]}" for name in ("ferry", "boats", "chant"))
    quotes = (f"/-/quotes/quote/{ids[name]}" for name in ("ferry", "boats", "chant", "inner"))
    return ["/-/quotes", *statements, *quotes]


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 30


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_payload_in_every_field_stays_text(
    fetch: Any, plain: tuple[Path, dict[str, str]], tmp_path: Path, payload: str
) -> None:
    path, ids = plain
    poisoned = tmp_path / "quotes.db"
    poisoned.write_bytes(path.read_bytes())
    poison(poisoned, payload)
    before, after = fetch(path), fetch(poisoned)
    known = set().union(*(Shape(before(page).text).elements for page in addresses(ids)))
    for page in addresses(ids):
        response = after(page)
        assert response.status_code == 200
        shape = Shape(response.text)
        assert shape.elements <= known, shape.elements - known
        assert {a for a in shape.addresses if not a.startswith(("/", "#", "https://", "http://"))} == set()
        assert not [a for a in shape.addresses if a.startswith("//")]
        assert payload.split("\0")[0] in "".join(shape.text)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_payload_in_the_address_stays_text(
    fetch: Any, plain: tuple[Path, dict[str, str]], payload: str
) -> None:
    from datasette.utils import tilde_encode

    path, ids = plain
    get = fetch(path)
    known = set().union(*(Shape(get(page).text).elements for page in [*addresses(ids), "/-/quotes?q=ferry"]))
    known |= (
        Shape(get("/-/quotes/statement/nope").text).elements | Shape(get("/-/quotes?q=nope").text).elements
    )
    for response in (
        get("/-/quotes", params={"q": payload}),
        get(f"/-/quotes/statement/{tilde_encode(payload)}"),
    ):
        assert response.status_code in {200, 404}
        shape = Shape(response.text)
        assert shape.elements <= known, shape.elements - known
        assert {a for a in shape.addresses if not a.startswith(("/", "#", "https://", "http://"))} == set()


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_payload_in_a_cell_stays_text(
    fetch: Any, plain: tuple[Path, dict[str, str]], tmp_path: Path, payload: str, metadata: dict[str, Any]
) -> None:
    path, _ = plain
    poisoned = tmp_path / "quotes.db"
    poisoned.write_bytes(path.read_bytes())
    poison(poisoned, payload)
    before, after = fetch(path, metadata=metadata), fetch(poisoned, metadata=metadata)
    for page in ("/quotes/quotes", "/quotes/statements", "/quotes/articles", "/quotes/every-printing"):
        cells = Shape(after(page).text.partition("<tbody>")[2].partition("</tbody>")[0])
        known = Shape(before(page).text.partition("<tbody>")[2].partition("</tbody>")[0]).elements
        allowed = known | {("a", "href"), ("a", "href", "rel"), ("em",)}
        assert cells.elements <= allowed, (page, cells.elements - allowed)
        assert {a for a in cells.addresses if not a.startswith(("/", "https://", "http://"))} == set()
