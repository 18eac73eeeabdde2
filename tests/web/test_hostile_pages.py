"""Article text is anybody's: whatever stands in any field, our pages keep their shape and run nothing."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import invented_story
import pytest
import yaml
from our_pages import FEEDS, FILES, LEADING, MISSING, OURS, PAGES, PICTURES
from payloads import PAYLOADS
from poisoned import IN_JSON, list_fields, rename, tell_again
from servers import serving

from quotes.publish import bundled_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chromium import Browser

pytestmark = pytest.mark.web
DATABASE = yaml.safe_load(bundled_metadata().read_text(encoding="utf-8"))["databases"]["quotes"]
SHARES = 12  # tests that the payloads are dealt out to
LINKS = {"href", "src", "action", "formaction", "srcset", "srcdoc", "data", "xlink:href", "poster", "ping"}
# Every parameter of a page of ours, given whether the page knows it or not.
PARAMETERS = ("q", "flag", "kind", "against", "word", "before", "after", "one", "other", "outlet",
              "other_outlet", "by", "page")  # fmt: skip
HEADERS = {"content-type", "content-length", "content-security-policy", "x-content-type-options", "link",
           "referrer-policy", "vary", "cache-control", "location", "content-disposition", "last-modified",
           "etag"}  # fmt: skip


class Shape(HTMLParser):
    """The elements of a page with the names of their attributes, the addresses it links to, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[tuple[str, ...]] = set()
        self.addresses: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add((tag, *sorted(name for name, _ in attrs)))
        self.addresses += [value or "" for name, value in attrs if name in LINKS]

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_decl(self, decl: str) -> None:
        self.elements.add(("!", decl.lower()))

    handle_comment = handle_pi = unknown_decl = handle_decl


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    path = tmp_path_factory.mktemp("plain") / "quotes.db"
    return path, invented_story.build(path)


@pytest.fixture(scope="module")
def hostile(plain: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that tells the story once plainly, and once with each payload in every field."""
    path = tmp_path_factory.mktemp("hostile") / "quotes.db"
    tell_again(path, plain[0], PAYLOADS)
    return path


@pytest.fixture
def shapes(fetch: Any, plain: tuple[Path, dict[str, str]], metadata: dict[str, Any]) -> set[tuple[str, ...]]:
    """The elements that our pages have where nobody is hostile, whatever is asked of them."""
    path, ids = plain
    get = fetch(path, metadata=metadata)
    pages = [*PAGES, *MISSING, "/-/quotes?q=we", "/-/quotes/quote/{loose}", "/-/quotes/statement/{boats}"]
    return set().union(*(Shape(get(page.format(**ids)).text).elements for page in pages))


def deal(share: int) -> list[tuple[int, str]]:
    return [*enumerate(PAYLOADS)][share::SHARES]


def choose_pages(number: int) -> list[str]:
    """Return one address of each page with an id, another one each time; all others for a few payloads only,
    as they show the same whatever the payload."""
    kinds: dict[str, list[str]] = {}
    for page in PAGES:
        kinds.setdefault(page.partition("{")[0] if "{" in page else "", []).append(page)
    everywhere = kinds.pop("")
    chosen = [pages[number // SHARES % len(pages)] for pages in kinds.values()]
    return chosen + (everywhere if number < SHARES else [])


def is_harmless(address: str) -> bool:
    """Whether an address on a page stays on this server, or is one http or https address."""
    if any(sign <= " " or sign in "\\\x7f" for sign in address):
        return False
    if address.startswith(("http://", "https://")):
        return bool(urlsplit(address).hostname)
    return address.startswith(("/", "#", "?")) and not address.startswith("//")


def check_headers(response: Any, payload: str) -> None:
    assert set(response.headers) <= HEADERS, (payload, set(response.headers) - HEADERS)
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    if "location" in response.headers:
        assert re.fullmatch(r"/-/quotes[!-~]*", response.headers["location"]), payload


def check_page(response: Any, known: set[tuple[str, ...]], payload: str) -> None:
    """Fail unless the page has known elements only, and harmless links."""
    check_headers(response, payload)
    shape = Shape(response.text)
    assert shape.elements <= known, (payload, response.url, shape.elements - known)
    assert [a for a in shape.addresses if not is_harmless(a)] == [], (payload, response.url)


def test_there_are_enough_payloads() -> None:
    assert len(PAYLOADS) >= 200
    assert len(set(PAYLOADS)) == len(PAYLOADS)


def test_every_field_has_every_payload(hostile: Path) -> None:
    connection = sqlite3.connect(hostile)
    fields = list_fields(connection)
    connection.text_factory = bytes
    wanted = {payload.encode("utf-8", "surrogatepass") for payload in PAYLOADS}
    for table, columns in fields.items():
        for column in columns:
            held = {row[0] for row in connection.execute(f"SELECT DISTINCT {column} FROM {table}")}
            whole = len(held) >= len(wanted) if column in IN_JSON else wanted <= held
            assert whole, (table, column)
    connection.close()


@pytest.mark.parametrize("share", range(SHARES))
def test_a_payload_in_every_field_stays_text(
    fetch: Any, hostile: Path, plain: Any, shapes: set[tuple[str, ...]], metadata: Any, share: int
) -> None:
    get = fetch(hostile, metadata=metadata)
    for number, payload in deal(share):
        ids = rename(plain[1], number)
        for page in choose_pages(number):
            response = get(page.format(**ids))
            assert response.status_code == 200, (payload, page)
            check_page(response, shapes, payload)
        if payload.isascii() and payload.isprintable() and len(payload) < 100:
            shown = "".join(Shape(get(f"/-/quotes/statement/{ids['ferry']}").text).text)
            assert payload.strip() in shown


@pytest.mark.parametrize("share", range(SHARES))
def test_a_payload_in_the_address_stays_text(
    fetch: Any, plain: Any, shapes: set[tuple[str, ...]], metadata: Any, share: int
) -> None:
    from datasette.utils import tilde_encode

    path, ids = plain
    get = fetch(path, metadata=metadata)
    paths = sorted({page.partition("?")[0] for page in OURS if page not in FILES})
    # What is no id leads nowhere: Datasette's own page says so.
    errors = Shape(get("/-/quotes/nope").text).elements
    for number, payload in deal(share):
        typed = quote(payload[:1500].encode("utf-8", "surrogatepass"), safe="")
        named = tilde_encode(payload[:300].encode("utf-8", "replace").decode())
        given = "?" + "&".join(f"{name}={typed}" for name in PARAMETERS)
        # Each payload is tried on every twelfth page, each page with every twelfth payload.
        for page in paths[number // SHARES % 12 :: 12]:
            for address in {page.format(**ids), page.format(**dict.fromkeys(ids, named))}:
                response = get(address + given)
                assert response.status_code in {200, 302, 400, 404}, (payload, address)
                if response.headers.get("content-type", "").startswith("text/html"):
                    check_page(response, errors if page in LEADING else shapes, payload)
                else:
                    check_headers(response, payload)


@pytest.mark.parametrize("share", range(SHARES))
def test_a_payload_in_a_feed_or_picture_stays_text(
    fetch: Any, hostile: Path, plain: Any, metadata: Any, share: int
) -> None:
    before, get = fetch(plain[0], metadata=metadata), fetch(hostile, metadata=metadata)
    for page in (*FEEDS, *(picture for picture in PICTURES if picture.partition("?")[0].endswith(".svg"))):
        known = {
            element.tag for element in ElementTree.fromstring(before(page.format(**plain[1])).content).iter()
        }
        for number, payload in deal(share)[: None if "{" in page else 1]:
            response = get(page.format(**rename(plain[1], number)))
            assert response.status_code == 200, (payload, page)
            check_headers(response, payload)
            root = ElementTree.fromstring(response.content)
            assert {element.tag for element in root.iter()} <= known, (payload, page)
            for element in root.iter():
                assert not [name for name in element.attrib if name.startswith("on")]
                links = [value for name, value in element.attrib.items() if name.rpartition("}")[2] in LINKS]
                assert [link for link in links if not is_harmless(link)] == [], (payload, page)


@pytest.mark.parametrize("page", [page for page in (*FILES, *PICTURES) if ".svg" not in page])
def test_payloads_break_no_file(fetch: Any, hostile: Path, plain: Any, metadata: Any, page: str) -> None:
    get = fetch(hostile, metadata=metadata)
    for number, payload in deal(0):
        response = get(page.format(**rename(plain[1], number)))
        assert response.status_code == 200, (payload, page)
        check_headers(response, payload)


@pytest.mark.parametrize("name", sorted({*DATABASE["tables"]} - {"_migrations"}))
def test_payloads_in_tables_stay_text(
    fetch: Any, hostile: Path, plain: Any, metadata: Any, name: str
) -> None:
    """All payloads at once in Datasette's own tables, where our plugin links cells."""
    before, after = fetch(plain[0], metadata=metadata), fetch(hostile, metadata=metadata)
    connection = sqlite3.connect(plain[0])
    (rows,) = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
    # Each telling has as many rows: of every so many rows, one is of another payload.
    dealt = f"&_where=rowid%25{rows}=1%25{rows}" if rows > 1 and list_fields(connection).get(name) else ""
    connection.close()
    check_cells(before(f"/quotes/{name}"), after(f"/quotes/{name}?_size=max{dealt}"))


@pytest.fixture(scope="module")
def readable(plain: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As hostile, but all of it UTF-8: a query that hands anything else to our SQL functions is refused."""
    path = tmp_path_factory.mktemp("readable") / "quotes.db"
    tell_again(path, plain[0], [p for p in PAYLOADS if p == p.encode("utf-8", "replace").decode()])
    return path


@pytest.mark.parametrize("name", sorted(DATABASE["queries"]))
def test_payloads_in_queries_stay_text(
    fetch: Any, readable: Path, plain: Any, metadata: Any, name: str
) -> None:
    before, after = fetch(plain[0], metadata=metadata), fetch(readable, metadata=metadata)
    check_cells(before(f"/quotes/{name}"), after(f"/quotes/{name}"))


def check_cells(before: Any, after: Any) -> None:
    """Fail unless the rows of a page have the elements of harmless ones, and harmless links."""
    assert (before.status_code, after.status_code) == (200, 200)
    check_headers(after, str(after.url))
    known, cells = (
        Shape(page.text.partition("<tbody>")[2].rpartition("</tbody>")[0]) for page in (before, after)
    )
    allowed = known.elements | {("a", "href"), ("a", "href", "rel"), ("em",), ("td", "class"), ("tr",)}
    assert cells.elements <= allowed, cells.elements - allowed
    # Datasette links whatever starts as a web address does, even where no host follows.
    odd = [a for a in cells.addresses if not is_harmless(a)]
    assert [a for a in odd if not re.fullmatch(r"https?://\S*", a)] == []


def test_files_hold_the_payloads_as_data(fetch: Any, hostile: Path, metadata: Any) -> None:
    get = fetch(hostile, metadata=metadata)
    rows = [*csv.DictReader(io.StringIO(get("/quotes/speakers.csv?_size=max").text))]
    assert {row["name"] for row in rows} >= {p for p in PAYLOADS if p.isprintable()}
    assert len(get("/quotes/speakers.json?_size=max").json()["rows"]) == len(rows)


@pytest.fixture(scope="module")
def hostile_address(hostile: Path) -> Iterator[str]:
    with serving(hostile) as address:
        yield address


def look(browser: Browser, host: str, page: str) -> None:
    """Fail where anything on the page ran, complained, or asked for anything elsewhere."""
    browser.forget()
    browser.open(host + page)
    assert browser.status == 200
    assert [p for p in browser.problems if "favicon" not in p] == [], page
    assert [r for r in browser.requests if not r.startswith((f"{host}/", "data:"))] == [], page
    assert browser.evaluate("location.href") == host + page
    assert browser.evaluate("document.cookie") == ""


@pytest.mark.parametrize("page", PAGES)
def test_nothing_runs_in_a_browser(browser: Browser, hostile_address: str, plain: Any, page: str) -> None:
    """A page with the payloads of every page of ours; those with an id, for a few payloads each."""
    first = PAGES.index(page)
    for number, _ in [*enumerate(PAYLOADS)][first :: len(PAYLOADS) // 8] if "{" in page else [(0, "")]:
        look(browser, hostile_address, page.format(**rename(plain[1], number)))
        assert browser.evaluate("document.scripts.length") == 0


@pytest.mark.parametrize(
    "name", ["statements", "quotes", "articles", "speakers", "every-printing", "last-jobs"]
)
def test_nothing_runs_on_tables_in_a_browser(browser: Browser, hostile_address: str, name: str) -> None:
    look(browser, hostile_address, f"/quotes/{name}?_size=max")
