"""Work that takes a while, done so that others are answered meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from datasette.app import Datasette

Result = TypeVar("Result")


async def work_aside(datasette: Datasette, work: Callable[..., Result], *values: object) -> Result:
    """Return what `work` makes of `values`: in a thread, or here where there are none, as in a browser."""
    if not datasette.setting("num_sql_threads"):
        return work(*values)
    return await asyncio.to_thread(work, *values)
