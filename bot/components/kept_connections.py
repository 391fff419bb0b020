"""Rasa opens a session and a connection for each action call: a sixth of its time. Here they are kept.

What it calls closes idle connections after five seconds (uvicorn): ours are given up sooner, so that no call meets one
that is being closed. A call is never made twice.
"""

import asyncio
from typing import Any, Dict
from weakref import WeakKeyDictionary

import aiohttp
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.utils.endpoints import EndpointConfig

IDLE_SECONDS = 2.0
MOST_CONNECTIONS = 64


class _Kept:
    """Stands where Rasa has a new session, and stays open when Rasa is done with it."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self._session

    async def __aexit__(self, *fault: Any) -> None:
        pass


def keep_connections() -> None:
    """Calling it twice changes nothing."""
    if getattr(EndpointConfig.session, "keeps", False):
        return
    of_loops: WeakKeyDictionary[Any, Dict[int, Any]] = WeakKeyDictionary()

    def session(self: EndpointConfig) -> _Kept:
        mine = of_loops.setdefault(asyncio.get_running_loop(), {})
        if id(self) not in mine:
            mine[id(self)] = (self, _open(self))  # with the endpoint, so that its id stays its own
        return _Kept(mine[id(self)][1])

    session.keeps = True  # type: ignore[attr-defined]
    EndpointConfig.session = session


def _open(endpoint: EndpointConfig) -> aiohttp.ClientSession:
    named = endpoint.basic_auth
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=MOST_CONNECTIONS, keepalive_timeout=IDLE_SECONDS),
        headers=endpoint.headers,
        auth=aiohttp.BasicAuth(named["username"], named["password"]) if named else None,
        timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
        cookie_jar=aiohttp.DummyCookieJar(),
    )
