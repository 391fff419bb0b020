"""From where a request comes, as far as the connection tells."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from starlette.requests import HTTPConnection

_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-real-ip")


def address_of(request: HTTPConnection) -> str:
    """What is counted as one. The server puts the client of a trusted proxy in the proxy's place."""
    return counted_as(request.client.host) if request.client else "unknown"


@lru_cache(maxsize=4096)
def counted_as(host: str) -> str:
    """IPv6 by /64: whoever has one address there has all 2**64 of them."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


def is_from_this_machine(request: HTTPConnection) -> bool:
    """A proxy on this machine speaks for the whole world: what was passed on is from elsewhere, trusted or not."""
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
