"""Counts every request at `/api/`, and every search, before anything of it is read: what is refused, or makes no
sense, counts too."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from channels.limits import Caller, RateLimits
from channels.refusals import Refusal

_COUNTED = ("/api/", "/search")


class Doorman:
    def __init__(
        self,
        app: ASGIApp,
        limits: RateLimits,
        recognise: Callable[[Request], Caller | None],
        works_here: Callable[[Request], bool],
    ) -> None:
        """`works_here`: whoever is signed in is not counted; a hall's counters and its citizens share an address."""
        self._app, self._limits, self._recognise, self._works_here = app, limits, recognise, works_here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(_COUNTED):
            request = Request(scope)
            try:
                if not self._works_here(request):
                    await self._limits.admit(request, lambda: self._recognise(request))
            except Refusal as refusal:
                await refusal.response()(scope, receive, send)
                return
        await self._app(scope, receive, send)
