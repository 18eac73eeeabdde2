"""A database with the invented story, and Datasette around it, in this process or as a real server."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

import invented_story
import pytest
from chromium import Browser, find_chromium
from datasette.app import Datasette
from datasette.version import __version_info__
from servers import serving

from quotes.publish.metadata import datasette_options, read_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Get = Callable[..., Any]
IS_ALPHA = __version_info__[0] != "0"


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The story's database, read only by agreement, and the ids of what it tells."""
    path = tmp_path_factory.mktemp("story") / "quotes.db"
    return path, invented_story.build(path)


@pytest.fixture(scope="session")
def database(told: tuple[Path, dict[str, str]]) -> Path:
    return told[0]


@pytest.fixture(scope="session")
def ids(told: tuple[Path, dict[str, str]]) -> dict[str, str]:
    return told[1]


@pytest.fixture
def metadata() -> dict[str, Any]:
    """The bundled metadata, read anew: Datasette changes what it is given."""
    return read_metadata()


@pytest.fixture
def fetch() -> Callable[..., Get]:
    """Return a function from files and metadata to a function that gets an address in this process."""

    def start(*files: Path, metadata: dict[str, Any] | None = None, **options: Any) -> Get:
        options |= datasette_options(metadata or {})
        datasette = Datasette([str(file) for file in files], **options)

        def get(
            address: str, actor: dict[str, Any] | None = None, method: str = "get", **options: Any
        ) -> Any:
            if IS_ALPHA and ("sql=" in address or "sql" in options.get("params", {})):
                options["follow_redirects"] = True  # SQL has an address of its own in Datasette 1.0
            cookies = {"ds_actor": datasette.sign({"a": actor}, "actor")} if actor else {}
            return asyncio.run(datasette.client._request(method, address, cookies=cookies, **options))

        get.datasette = datasette  # type: ignore[attr-defined]
        return get

    return start


@pytest.fixture
def after(fetch: Callable[..., Get], database: Path, tmp_path: Path) -> Callable[..., Get]:
    """Return a function from statements of SQL, each with its rows, to the pages of the story after them."""

    def change(*statements: tuple[str, Sequence[Sequence[object]]]) -> Get:
        path = tmp_path / "quotes.db"
        shutil.copy(database, path)
        with closing(sqlite3.connect(path)) as connection:
            for sql, rows in statements:
                connection.executemany(sql, rows)
            connection.commit()
        return fetch(path)

    return change


@pytest.fixture(scope="session")
def address(database: Path) -> Iterator[str]:
    """The address of a real Datasette with the story."""
    with serving(database) as address:
        yield address


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium of the tests' own. Tests that ask for it are skipped where there is none."""
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    if sys.platform == "win32":
        pytest.skip("the debugging pipe needs POSIX file descriptors")
    browser = Browser(program, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()
