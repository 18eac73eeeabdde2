"""A database with the invented story, and Datasette around it, in this process or as a real server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import invented_story
import pytest
from datasette.app import Datasette
from datasette.utils import parse_metadata

from quotes.publish import bundled_metadata

if TYPE_CHECKING:
    from pathlib import Path

Get = Callable[..., Any]


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
    return parse_metadata(bundled_metadata().read_text(encoding="utf-8"))


@pytest.fixture
def fetch() -> Callable[..., Get]:
    """Return a function from files and metadata to a function that gets an address in this process."""

    def start(*files: Path, metadata: dict[str, Any] | None = None, **options: Any) -> Get:
        datasette = Datasette([str(file) for file in files], metadata=metadata, **options)

        def get(
            address: str, actor: dict[str, Any] | None = None, method: str = "get", **options: Any
        ) -> Any:
            cookies = {"ds_actor": datasette.sign({"a": actor}, "actor")} if actor else {}
            return asyncio.run(datasette.client._request(method, address, cookies=cookies, **options))

        get.datasette = datasette  # type: ignore[attr-defined]
        return get

    return start
