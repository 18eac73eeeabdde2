"""How long every page, feed, picture, canned query and table page takes, at whatever size a database has.

    python tests/bench/measure_pages.py DATABASE [--requests N] [--only WORDS] [--out FILE]

DATABASE is one that million.py has written. A real server answers on this machine, one request at a time;
told is the wall time of a request, from asking to the last byte, after two that are not counted.
"""

from __future__ import annotations

import argparse
import http.client
import sqlite3
import statistics
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

sys.path.append(str(Path(__file__).resolve().parents[1] / "web"))

from asked import list_addresses
from scale import align, name_processor
from servers import running

if TYPE_CHECKING:
    from collections.abc import Sequence

AIM = 100  # milliseconds, for 95 of 100 requests
_WARM = 2


@dataclass(frozen=True, slots=True)
class Timed:
    """One address: milliseconds of each request in order, the status and the size of the last answer."""

    name: str
    milliseconds: tuple[float, ...]
    status: int
    size: int

    @property
    def median(self) -> float:
        """Return the milliseconds that half of the requests took at most."""
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        """Return the milliseconds that 95 of 100 requests took at most: a time that was measured."""
        return sorted(self.milliseconds)[-(-len(self.milliseconds) * 95 // 100) - 1]


def main() -> None:
    """Print a line an address, the slowest first, and say how many took longer than they should."""
    options = read_options()
    addresses = {
        name: address
        for name, address in list_addresses(options.database)
        if not options.only or any(word in name for word in options.only)
    }
    with running("-m", "quotes", "serve", "--db", str(options.database), "--port", "0") as server:
        timed = [measure(server, name, address, options.requests) for name, address in addresses.items()]
    text = tell(options, sorted(timed, key=lambda one: -one.p95))
    sys.stdout.write(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")


def read_options() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path)
    parser.add_argument("--requests", type=int, default=50)
    parser.add_argument("--only", nargs="*", help="words, one of which is in the names of what is measured")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def measure(server: str, name: str, address: str, requests: int) -> Timed:
    """Return what asking for an address again and again takes, on one connection that stays open."""
    taken = []
    with closing(http.client.HTTPConnection(urlsplit(server).netloc, timeout=60)) as connection:
        for _ in range(_WARM + requests):
            start = time.perf_counter()
            connection.request("GET", address)
            response = connection.getresponse()
            body = response.read()
            taken.append((time.perf_counter() - start) * 1000)
    return Timed(name, tuple(taken[_WARM:]), response.status, len(body))


def tell(options: argparse.Namespace, timed: Sequence[Timed]) -> str:
    """Return the figures as text."""
    with closing(sqlite3.connect(options.database)) as connection:
        quotes, statements = (
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("quotes", "statements")
        )
    slow = [one for one in timed if one.p95 > AIM]
    wrong = [one for one in timed if one.status != 200]
    rows = [("page", "median ms", "p95 ms", "KB", "status")]
    rows += [
        (t.name, f"{t.median:.1f}", f"{t.p95:.1f}", f"{t.size / 1000:.0f}", f"{t.status}") for t in timed
    ]
    return "\n".join(
        (
            f"{datetime.now(UTC).date()}, {name_processor()}; {quotes:,} quotes in {statements:,} statements",
            f"{options.requests} requests each, one at a time on this machine, wall time",
            f"{len(timed)} addresses: {len(slow)} above {AIM} ms (p95), {len(wrong)} not answered with 200",
            "",
            align(rows),
            "",
        )
    )


if __name__ == "__main__":
    main()
