"""Counts every request at `/api/` and at the console, and every search, before anything of it is read: what is refused,
or makes no sense, counts too."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from channels.limits import Caller, RateLimits
from channels.refusals import Refusal, Say, say_to_programs

_COUNTED, _OF_STAFF = ("/api/", "/search"), "/console"


class Doorman:
    def __init__(
        self,
        app: ASGIApp,
        limits: RateLimits,
        recognise: Callable[[Request], Caller | None],
        works_here: Callable[[Request], bool],
        staff: Callable[[Request], str],
        say: Say = say_to_programs,
    ) -> None:
        """`works_here`: whoever is signed in is not counted at `/api/`; a hall's counters and its citizens share an
        address. `staff`: who shows a session of ours; '' for nobody."""
        self._app, self._limits, self._recognise, self._works_here = app, limits, recognise, works_here
        self._staff, self._say = staff, say

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith((*_COUNTED, _OF_STAFF)):
            request = Request(scope)
            try:
                await self._admit(request)
            except Refusal as refusal:
                response = await self._say(request, refusal)
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _admit(self, request: Request) -> None:
        """Raises the refusal. The console has a count of its own, so that no rush of citizens keeps staff from signing
        in."""
        if request.url.path.startswith(_OF_STAFF):
            await self._limits.admit_to_console(request, self._staff(request))
        elif not self._works_here(request):
            await self._limits.admit(request, lambda: self._recognise(request))
