"""Which screens may give tickets and check in: those that showed the kiosk's key.

A program shows it with every request. The touch screen's page shows it once, and keeps a signed cookie that ends with
the key.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from fastapi import Request, Response
from itsdangerous import BadSignature, Signer

from channels.addresses import address_of
from channels.guesses import Count, Guesses, Pace
from channels.own_page import is_own_page
from channels.refusals import Refusal

COOKIE = "wenban_kiosk"
KEPT_SECONDS = 400 * 24 * 3600
"""The longest that browsers keep one. Each time that the page opens it begins anew."""
AT_ONCE = Pace("the kiosk's key from an address, now", 30, 3)
BY_THE_HOUR = Pace("the kiosk's key from an address", 100, 36)


class KioskAccess:
    """`previous`: the secret before; the screens that it signed for stay set up."""

    def __init__(
        self, key: str, secret_key: str, guesses: Guesses, secure_cookies: bool = False, previous: str = ""
    ) -> None:
        self._key = key.encode()
        self._signer = Signer(
            [*filter(None, [previous]), secret_key],
            # Another key, and what was signed for this one is worth nothing.
            salt=b"wenban.kiosk." + hashlib.sha256(self._key).digest(),
            key_derivation="hmac",
            digest_method=hashlib.sha256,
        )
        self._guesses, self._secure = guesses, secure_cookies

    async def check(self, key: str, request: Request) -> bool:
        """Whether it is the key. Refuses (429) an address that was wrong too often."""
        address = address_of(request)
        async with self._guesses.guess(Count(AT_ONCE, address), Count(BY_THE_HOUR, address)) as guess:
            is_right = hmac.compare_digest(key.encode("utf-8", "replace"), self._key)
            guess.is_wrong = not is_right
            return is_right

    async def require(self, request: Request) -> str:
        """Who asks, for counting: the screen, or a program's address. Refuses (401) whoever has shown no key."""
        header = request.headers.get("authorization")
        if header is None:
            if screen := self.screen(request):
                return f"screen {screen}"
        else:
            scheme, _, key = header.partition(" ")
            if scheme.lower() == "bearer" and await self.check(key.strip(), request):
                return f"program {address_of(request)}"
        raise Refusal(
            401,
            "no_kiosk_key",
            "这台机器还没有启用，请到咨询台取号。",
            headers={"WWW-Authenticate": "Bearer"},
        )

    def screen(self, request: Request) -> str | None:
        """The id of a touch screen that was set up; None: it was not, or with another key."""
        kept = request.cookies.get(COOKIE) if is_own_page(request) else None
        try:
            return self._signer.unsign(kept or "").decode()
        except BadSignature:
            return None

    def remember(self, request: Request, response: Response) -> None:
        response.set_cookie(
            COOKIE,
            self._signer.sign(self.screen(request) or secrets.token_urlsafe(12)).decode(),
            max_age=KEPT_SECONDS,
            httponly=True,
            samesite="strict",
            secure=self._secure,
            path="/api/kiosk",
        )
