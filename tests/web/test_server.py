"""A real server on a free port: plain Datasette with our metadata, and our own `serve`."""

from __future__ import annotations

import re
import socket
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest
from servers import running, serving

from quotes.errors import DatabaseError, QuotesError
from quotes.publish import serve
from quotes.publish.plugin import STYLES

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.web
SERVE = "import sys; from pathlib import Path; from quotes.publish import serve; serve(Path(sys.argv[1]), 0)"


def read(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_plain_datasette_serves_our_pages(database: Path, ids: dict[str, str]) -> None:
    with serving(database) as address:
        assert "ferry on 14 May" in read(f"{address}/-/quotes")[1]
        assert "Wordings in order of printing" in read(f"{address}/-/quotes/{ids['ferry/3']}")[1]
        assert read(f"{address}/-/quotes/statement/nope")[0] == 404
        assert read(f"{address}/quotes/drifted-most")[0] == 200
        styles = re.findall(r'href="(/-/static-plugins/[^"]+)"', read(f"{address}/-/quotes")[1])
        assert len(styles) == len(STYLES)
        assert "prefers-color-scheme: dark" in read(address + styles[0])[1]
        assert {read(address + style)[0] for style in styles} == {200}


def test_serve_describes_a_database_of_any_name(database: Path, tmp_path: Path) -> None:
    named = tmp_path / "march desk.db"
    named.write_bytes(database.read_bytes())
    with running("-c", SERVE, str(named)) as address:
        assert read(f"{address}/-/quotes")[0] == 200
        assert read(f"{address}/march+desk/drifted-most")[0] == 200
        assert "One row an utterance" in read(f"{address}/march+desk/statements")[1]


def test_serve_refuses_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="no such database"):
        serve(tmp_path / "quotes.db", 0)


@pytest.mark.parametrize("content", [b"", b"not a database, just text " * 100])
def test_serve_refuses_what_is_not_ours(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "quotes.db").write_bytes(content)
    with pytest.raises(DatabaseError, match="not a database of Quote Drift"):
        serve(tmp_path / "quotes.db", 0)


def test_serve_refuses_a_port_that_is_taken(database: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(QuotesError, match="Choose another port"):
            serve(database, taken.getsockname()[1])
    with pytest.raises(QuotesError, match="Choose another port"):
        serve(database, 70000)
