"""How servers are asked: by which name, how often, and how much is taken from them."""

from __future__ import annotations

from dataclasses import dataclass

from quotes import __version__

NAME = "QuoteDrift"
"""The name that a robots.txt may address."""


def name_agent(contact: str | None = None) -> str:
    """Return the user agent; `contact` is an address at which whoever runs it can be reached.

    >>> name_agent("desk@lamp.example").partition(" ")[2]
    '(quote tracker; robots.txt name: QuoteDrift; contact: desk@lamp.example)'
    """
    reached = f"; contact: {' '.join(contact.split())}" if contact else ""
    agent = f"{NAME}/{__version__} (quote tracker; robots.txt name: {NAME}{reached})"
    return agent.encode("ascii", "replace").decode("ascii")


@dataclass(frozen=True, slots=True)
class Manners:
    """How servers are asked. Times are in seconds.

    `delay` lies between two requests to one host; robots.txt may ask for more, up to `most_delay`. `timeout`
    is how long a server may be silent, `most_time` how long one request may take in all. A host that asks for
    a pause of at most `most_pause` is waited for; one that asks for more is left alone. `most_bytes` bounds
    what is taken of one address, packed or unpacked.
    """

    user_agent: str = name_agent()
    delay: float = 1.0
    most_delay: float = 30.0
    timeout: float = 20.0
    most_time: float = 90.0
    most_pause: float = 30.0
    most_bytes: int = 20_000_000
    hosts_at_once: int = 4
    allow_private: bool = False
    obey_robots: bool = True
