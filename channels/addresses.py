"""From where a request comes, as far as the connection tells."""

from __future__ import annotations

from starlette.requests import HTTPConnection


def address_of(request: HTTPConnection) -> str:
    """The server puts the client of a trusted proxy in the proxy's place."""
    return request.client.host if request.client else "unknown"
