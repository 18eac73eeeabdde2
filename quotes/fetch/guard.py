"""What may be asked at all: web addresses that lead to public servers.

A feed is written by somebody else, so its links may lead to a router, a printer or a cloud's metadata. A name
is looked up once, what it leads to is judged, and the connection goes to exactly that (see wire).
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

from quotes.fetch.failure import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import httpx

    Resolve = Callable[[str, int], Sequence[str]]

_LONGEST = 2_000  # characters of an address

# Beside what the standard library knows as not public: protocol assignments (a cloud's metadata among them),
# 6to4 relays, and the platform address of a cloud.
_REFUSED_V4 = tuple(map(IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")))
_PUBLIC_V6 = IPv6Network("2000::/3")
# Tunnels, which hide where they lead, and addresses for documents.
_REFUSED_V6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
# What a network without IPv4 makes of an IPv4 address.
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Return whether a numeric address leads to a public server, not to this machine or a network of its own.

    >>> is_public("192.0.43.7"), is_public("10.0.0.7"), is_public("::ffff:192.0.43.7")
    (True, False, False)
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found in _NAT64:
            return _is_public_v4(IPv4Address(int(found) & 0xFFFFFFFF))
        in_use = found in _PUBLIC_V6 and found.is_global and not found.is_multicast
        return in_use and not any(found in network for network in _REFUSED_V6)
    return _is_public_v4(found)


def _is_public_v4(found: IPv4Address) -> bool:
    in_use = found.is_global and not found.is_multicast and not found.is_reserved
    return in_use and not any(found in network for network in _REFUSED_V4)


def look_up(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a host, in the order to try them. Raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[4][0]) for place in found))


def find_addresses(host: str, port: int, *, allow_private: bool, resolve: Resolve = look_up) -> list[str]:
    """Return the numeric addresses to connect to. Raises FetchError where there is none that may be asked.

    One private address among public ones is enough to be refused: such a name is no ordinary server's.
    """
    try:
        found = list(resolve(host, port))
    except (OSError, UnicodeError) as error:
        is_unknown = isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME
        raise FetchError(
            f"no server was found under the name {host}", may_pass=not is_unknown, is_silence=True
        ) from error
    private = [address for address in found if not is_public(address)]
    if private and not allow_private:
        raise FetchError(f"leads to a private address ({private[0]}); allow it with --allow-private")
    if not found:
        raise FetchError(f"no server was found under the name {host}", is_silence=True)
    return found


def find_proxies() -> dict[str, str]:
    """Return the proxies that the environment names, by the scheme they are for; "all" is for any.

    Names are looked up by a proxy, so that the guard can only refuse what is known here to be private.
    """
    from urllib.request import getproxies

    return {kind: proxy for kind, proxy in getproxies().items() if kind in ("http", "https", "all")}


def read_address(address: str) -> httpx.URL:
    """Return a web address in its parts, without its fragment. Raises FetchError where it cannot be one."""
    import httpx

    if len(address) > _LONGEST:
        raise FetchError(f"the address has more than {_LONGEST:,} characters")
    try:
        url = httpx.URL(address)
        host = url.raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchError("not a web address: check how it is spelled") from error
    if url.scheme not in ("http", "https"):
        raise FetchError(f"only http and https addresses are fetched, not {url.scheme[:20] or 'this one'}")
    if not host or len(host) > 253 or "%" in host:
        raise FetchError("the address names no server: check how it is spelled")
    if url.port is not None and not 0 < url.port < 65536:
        raise FetchError("the address names a port that does not exist")
    if url.userinfo:
        raise FetchError("the address has a user name or password in it, which is not sent: leave it out")
    return url.copy_with(fragment=None)


def name_host(url: httpx.URL) -> str:
    """Return the server of an address, as requests are counted: its name, and its port where unusual."""
    name = url.raw_host.decode("ascii").lower().rstrip(".")
    return name if url.port is None else f"{name}:{url.port}"
