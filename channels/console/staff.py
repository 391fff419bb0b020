"""Who is at the counter: a signed session in a cookie, for the staff's own pages alone."""

from __future__ import annotations

import hashlib
from typing import Protocol

from fastapi import Request, Response
from itsdangerous import BadSignature, TimestampSigner

from channels.own_page import is_own_page
from channels.refusals import Refusal

COOKIE = "wenban_staff"
SESSION_SECONDS = 12 * 3600
"""A working day."""


class Accounts(Protocol):
    def accepts(self, name: str, password: str) -> bool:
        """Takes about as long for a name that there is not."""
        ...


class StaffDesk:
    def __init__(self, secret_key: str, secure_cookies: bool = False) -> None:
        self._signer = TimestampSigner(
            secret_key, salt="wenban.staff", key_derivation="hmac", digest_method=hashlib.sha256
        )
        self._secure = secure_cookies

    def sign_in(self, response: Response, name: str) -> None:
        response.set_cookie(
            COOKIE,
            self._signer.sign(name).decode(),
            max_age=SESSION_SECONDS,
            httponly=True,
            samesite="strict",
            secure=self._secure,
            path="/api/counter",
        )

    def sign_out(self, response: Response) -> None:
        response.delete_cookie(COOKIE, path="/api/counter")

    def is_signed_in(self, request: Request) -> bool:
        try:
            return bool(self.require(request))
        except Refusal:
            return False

    def require(self, request: Request) -> str:
        """The name; refuses (401) everybody else."""
        kept = request.cookies.get(COOKIE) if is_own_page(request) else None
        try:
            return self._signer.unsign(kept or "", max_age=SESSION_SECONDS).decode()
        except BadSignature:
            raise Refusal(401, "not_signed_in", "请先登录窗口工作台。") from None
