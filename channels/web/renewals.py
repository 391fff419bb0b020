"""A token is renewed by being used, at whatever door: else it would end 180 days after the last message."""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.refusals import Refusal
from channels.visitors import Known, VisitorDesk
from channels.web.pages import is_of_the_moment

TOKEN_HEADER = "X-Wenban-Visitor-Token"
"""Where other programs find the renewed one, which the chat's answer carries in any case."""


class Renewals:
    def __init__(self, app: ASGIApp, desk: VisitorDesk) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # What is published may be kept by proxies, with its headers: no token goes with it.
        request = Request(scope) if scope["type"] == "http" and is_of_the_moment(scope["path"]) else None
        known = self._due(request) if request else None
        if request is None or known is None:
            await self._app(scope, receive, send)
            return

        async def renewing(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:
                self._renew(request, MutableHeaders(scope=message), known)
            await send(message)

        await self._app(scope, receive, renewing)

    def _due(self, request: Request) -> Known | None:
        try:
            known = self._desk.known(request)
        except Refusal:
            return None  # the door will say so, if it minds
        return known if known and self._desk.needs_renewal(known) else None

    def _renew(self, request: Request, headers: MutableHeaders, known: Known) -> None:
        if self._due(request) is None:
            return  # forgotten by this very request
        if "authorization" in request.headers:
            headers[TOKEN_HEADER] = self._desk.token_for(known.visitor_id, known.since)
        elif (jar := self._desk.jar(request)) and not any(
            kept.startswith(f"{jar.name}=") for kept in headers.getlist("set-cookie")
        ):
            self._desk.remember(request, headers, known)
