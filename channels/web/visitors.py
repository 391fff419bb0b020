"""Who is asking: a signed visitor token, in the Authorization header or, for our own pages, in a cookie."""

from __future__ import annotations

import hashlib

from fastapi import Request, Response
from itsdangerous import BadSignature, Signer

from channels.own_page import is_own_page
from channels.refusals import Refusal
from service_hall.shared.ids import VisitorId, new_visitor_id

COOKIE = "wenban_visitor"
_YEAR_SECONDS = 365 * 24 * 3600


class VisitorDesk:
    def __init__(self, secret_key: str, secure_cookies: bool = False, previous: str = "") -> None:
        """`previous`: the secret before; who was known by it stays known."""
        self._signer = Signer(
            [*filter(None, [previous]), secret_key],
            salt="wenban.visitor",
            key_derivation="hmac",
            digest_method=hashlib.sha256,
        )
        self._secure = secure_cookies

    def token_for(self, visitor_id: VisitorId) -> str:
        return self._signer.sign(visitor_id).decode()

    def visitor_of(self, token: str) -> VisitorId | None:
        """None for a token that is not ours."""
        try:
            return VisitorId(self._signer.unsign(token).decode())
        except BadSignature:
            return None

    def recognise(self, request: Request) -> VisitorId | None:
        """None for a newcomer. Refuses (401) a token in the header that is not ours."""
        header = request.headers.get("authorization")
        if header is not None:
            scheme, _, token = header.partition(" ")
            visitor = self.visitor_of(token.strip()) if scheme.lower() == "bearer" else None
            if visitor is None:
                raise Refusal(401, headers={"WWW-Authenticate": "Bearer"})
            return visitor
        if is_own_page(request) and (kept := request.cookies.get(COOKIE)):
            return self.visitor_of(kept)
        return None

    def require(self, request: Request) -> VisitorId:
        visitor = self.recognise(request)
        if visitor is None:
            raise Refusal(401, headers={"WWW-Authenticate": "Bearer"})
        return visitor

    def welcome(self) -> VisitorId:
        return new_visitor_id()

    def remember(self, request: Request, response: Response, visitor_id: VisitorId) -> None:
        """Give our own page its cookie; other programs keep the token themselves."""
        if is_own_page(request):
            response.set_cookie(
                COOKIE,
                self.token_for(visitor_id),
                max_age=_YEAR_SECONDS,
                httponly=True,
                samesite="strict",
                secure=self._secure,
            )
