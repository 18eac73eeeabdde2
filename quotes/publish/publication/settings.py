"""How a public Datasette is set up: its limits, what nobody may do, and what it says of itself.

The folder is served as a whole (`datasette OUT`). Datasette 0.65 reads metadata.yml and settings.json there,
1.0 metadata.yml and datasette.yml; both read inspect-data.json, which makes the database immutable.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from quotes.publish.metadata import read_metadata, split_metadata
from quotes.publish.robots import PLUGIN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from quotes.store import Kept

Row = dict[str, Any]

DATABASE = "quotes"
SETTINGS: Mapping[str, int | bool] = {
    "default_allow_sql": False,
    "allow_download": False,
    "allow_csv_stream": True,
    "max_csv_mb": 50,
    "sql_time_limit_ms": 1000,
    "max_returned_rows": 1000,
    "default_page_size": 50,
    "num_sql_threads": 4,
    "default_facet_size": 20,
    "facet_time_limit_ms": 300,
    "suggest_facets": False,
    "facet_suggest_time_limit_ms": 10,
    "default_cache_ttl": 600,
    "force_https_urls": True,
    "trace_debug": False,
    "template_debug": False,
}
"""Settings that Datasette 0.65 and 1.0 both have. Every visitor of a public instance is a stranger."""
# What they ask of is not in a publication: what jobs did on the machine that made it.
_WITHHELD_QUERIES = ("last-jobs", "skipped-inputs")


def write_settings(kept: Mapping[str, Kept], file: Path, title: str | None, download: bool) -> dict[str, str]:
    """Return the text of each file that sets Datasette up for the snapshot in `file`, by name."""
    metadata = _describe(kept, title)
    settings = {**SETTINGS, "allow_download": download}
    _, config = split_metadata(metadata)
    inspected = {
        "hash": _hash(file),
        "size": file.stat().st_size,
        "file": file.name,
        "tables": {name: {"count": table.rows} for name, table in kept.items()},
    }
    return {
        "metadata.yml": _yaml(metadata),
        "datasette.yml": _yaml({"settings": settings, **config}),
        "settings.json": _json(settings),
        "inspect-data.json": _json({DATABASE: inspected}),
    }


def _describe(kept: Mapping[str, Kept], title: str | None) -> Row:
    """Return the bundled metadata of what is published, with the rules that hold in public."""
    metadata = read_metadata(DATABASE)
    database = metadata["databases"][DATABASE]
    database["tables"] = {name: about for name, about in database["tables"].items() if name in kept}
    for name, about in database["tables"].items():
        columns = about.get("columns", {})
        about["columns"] = {column: columns[column] for column in columns if column in kept[name].columns}
    for name in _WITHHELD_QUERIES:
        del database["queries"][name]
    if title:
        metadata["title"] = database["title"] = title
    database["allow_sql"] = False
    return {**metadata, "plugins": {PLUGIN: {"publication": True}}}


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _yaml(content: Row) -> str:
    import yaml

    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110)
    return text


def _json(content: Row) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
