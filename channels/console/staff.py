"""Who is at the counter: a signed session in a cookie, for the staff's own pages alone.

It carries the mark of its account. A log-out, another password or the account's end changes the mark, and with it every
session of the account ends.
"""

from __future__ import annotations

import hashlib
from typing import Protocol

from fastapi import Request, Response
from itsdangerous import BadData, URLSafeTimedSerializer

from channels.own_page import is_own_page
from channels.refusals import Refusal

COOKIE = "wenban_staff"
SESSION_SECONDS = 12 * 3600
"""A working day."""


class Accounts(Protocol):
    def accepts(self, name: str, password: str) -> str | None:
        """The mark for the new session; None: refused. Slow; as slow for a name that there is not."""
        ...

    def session_mark(self, name: str) -> str | None:
        """None: no such account. Quick."""
        ...

    def end_sessions(self, name: str) -> None: ...


class StaffDesk:
    def __init__(self, secret_key: str, accounts: Accounts, secure_cookies: bool = False) -> None:
        self._signer = signer_for(secret_key, "wenban.staff")
        self._accounts, self._secure = accounts, secure_cookies

    def sign_in(self, response: Response, name: str, mark: str) -> None:
        response.set_cookie(
            COOKIE,
            self._signer.dumps([name, mark]),
            max_age=SESSION_SECONDS,
            httponly=True,
            samesite="strict",
            secure=self._secure,
            path="/api/counter",
        )

    def sign_out(self, response: Response, name: str) -> None:
        """Everybody who is signed in by this name, wherever they are."""
        self._accounts.end_sessions(name)
        response.delete_cookie(COOKIE, path="/api/counter")

    def has_session(self, request: Request) -> bool:
        """Shows one that was given here; whether it has ended since, `require` knows."""
        return self._shown(request) is not None

    def require(self, request: Request) -> str:
        """The name; refuses (401) everybody else."""
        shown = self._shown(request)
        if shown is None or self._accounts.session_mark(shown[0]) != shown[1]:
            raise Refusal(401, "not_signed_in", "请先登录窗口工作台。")
        return shown[0]

    def _shown(self, request: Request) -> tuple[str, str] | None:
        """Name and mark, as they were signed; whether they still hold the account knows."""
        kept = request.cookies.get(COOKIE) if is_own_page(request) else None
        try:
            name, mark = self._signer.loads(kept or "", max_age=SESSION_SECONDS)
        except (BadData, ValueError, TypeError):
            return None
        return str(name), str(mark)


def signer_for(secret_key: str, use: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        secret_key, salt=use, signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
    )
