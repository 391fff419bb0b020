"""Whence a request came, as much as the hall may know: the network address as a keyed hash."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request

from service_hall.shared.origin import Origin
from service_hall.shared.safe import Safe


def origin_of(request: Request, safe: Safe) -> Origin:
    host = request.client.host if request.client else ""
    return Origin(address_key=safe.fingerprint(f"address {network_of(host)}") if host else "", solves_puzzles=True)


def network_of(host: str) -> str:
    """An IPv6 address stands for its /64: a household has as many of them as it likes."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return str(address)
