"""JSON Lines: Datasette's tables, rows and queries with one JSON object a line, at `.jsonl`."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from quotes.publish.databases import known_databases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from datasette.app import Datasette
    from datasette.utils.asgi import Response

_TYPE = "application/x-ndjson; charset=utf-8"
_HEADERS = {"X-Content-Type-Options": "nosniff"}


def is_offered(datasette: Datasette, database: str) -> bool:
    """Return whether pages of `database` link to this form: those of ours do, all others answer it only."""
    return database in known_databases(datasette)


def choose_renderer(datasette: Datasette) -> Callable[..., Response]:
    """Return what this version of Datasette calls: 1.0 tells an error beside the data, 0.65 in it."""
    return _render_1_0 if hasattr(datasette, "allowed") else _render_0_65


def _render_0_65(columns: Sequence[str], rows: Iterable[Any], data: Mapping[str, Any]) -> Response:
    return answer_lines(columns, rows, data.get("next_url"), data.get("error"))


def _render_1_0(
    columns: Sequence[str], rows: Iterable[Any], data: Mapping[str, Any], error: str | None
) -> Response:
    return answer_lines(columns, rows, data.get("next_url"), error)


def answer_lines(
    columns: Sequence[str], rows: Iterable[Any], following: str | None = None, error: str | None = None
) -> Response:
    """Answer with `rows` as JSON Lines, a foreign key as its plain value, with or without its label.

    Where there are more rows, the header "Link" gives `following`, the address of the next. An error is one
    line {"ok": false, "error": …} under status 400.
    """
    from datasette.utils.asgi import Response

    if error:
        line = json.dumps({"ok": False, "error": str(error)}, ensure_ascii=False)
        return Response(f"{line}\n", status=400, headers=dict(_HEADERS), content_type=_TYPE)
    # In lower case, as Datasette 1.0 sets the same header itself.
    link = {"link": f'<{following}>; rel="next"'} if following else {}
    lines = "".join(f"{_write_line(columns, row)}\n" for row in rows)
    return Response(lines, headers={**_HEADERS, **link}, content_type=_TYPE)


def _write_line(columns: Sequence[str], row: Any) -> str:
    from datasette.utils import CustomJSONEncoder

    values = [row[column] for column in columns] if isinstance(row, dict) else tuple(row)
    shown = dict(zip(columns, map(_plain, values), strict=True))
    return json.dumps(shown, cls=CustomJSONEncoder, ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    """Return the value itself where it comes with a label; None for a number that JSON does not know."""
    if isinstance(value, dict):
        value = value["value"]
    return None if isinstance(value, float) and not math.isfinite(value) else value
