"""The bundled metadata, as the Datasette that is installed wants it.

Datasette 0.65 takes everything as metadata. 1.0 keeps what describes apart from what configures, queries
among that, and reads it from datasette.yml. There is one source, metadata.yml; the rest is made from it.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = dict[str, Any]

# What 1.0 wants of a table, a database and of the whole in its configuration; the rest describes.
_TABLE_KEYS = (
    "allow",
    "facets",
    "fts_pk",
    "fts_table",
    "hidden",
    "label_column",
    "plugins",
    "size",
    "sort",
    "sort_desc",
    "sortable_columns",
)
_DATABASE_KEYS = ("allow", "allow_sql", "plugins", "queries")
_INSTANCE_KEYS = ("allow", "allow_sql", "plugins")


def bundled_metadata() -> Path:
    """Return the path of metadata.yml: inside the package in a wheel, else at the top of the checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "metadata.yml"
    return inside if inside.exists() else package.parent / "metadata.yml"


def read_metadata(database: str = "quotes") -> Row:
    """Return the bundled metadata for a database called `database`, read anew: Datasette changes it."""
    from datasette.utils import parse_metadata

    metadata: Row = parse_metadata(bundled_metadata().read_text(encoding="utf-8"))
    metadata["databases"] = {database: metadata["databases"]["quotes"]}
    return metadata


def split_metadata(metadata: Row) -> tuple[Row, Row]:
    """Return what of `metadata` describes, and what configures; `metadata` itself stays as it is.

    >>> split_metadata({"title": "T", "databases": {"q": {"queries": {"all": {"sql": "SELECT 1"}}}}})
    ({'title': 'T', 'databases': {'q': {}}}, {'databases': {'q': {'queries': {'all': {'sql': 'SELECT 1'}}}}})
    """
    described = copy.deepcopy(metadata)
    config = _take(described, _INSTANCE_KEYS)
    for name, database in described.get("databases", {}).items():
        taken = _take(database, _DATABASE_KEYS)
        tables = {table: _take(about, _TABLE_KEYS) for table, about in database.get("tables", {}).items()}
        if any(tables.values()):
            taken["tables"] = {table: keys for table, keys in tables.items() if keys}
        if taken:
            config.setdefault("databases", {})[name] = taken
    return described, config


def datasette_options(metadata: Row) -> Row:
    """Return `metadata` as the arguments that the installed Datasette takes it by."""
    from datasette.version import __version_info__

    if __version_info__[0] == "0":
        return {"metadata": metadata}
    described, config = split_metadata(metadata)
    return {"metadata": described, "config": config}


def _take(row: Row, keys: Iterable[str]) -> Row:
    return {key: row.pop(key) for key in keys if key in row}
