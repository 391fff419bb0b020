"""On which devices an account was signed in to before: a signed cookie that lasts, and opens nothing by itself.

Such a device has its guesses counted apart, so that nobody who tries passwords nearby stands in its way.
"""

from __future__ import annotations

import hashlib
import secrets

from fastapi import Request, Response
from itsdangerous import BadData

from channels.console.staff import signer_for

KNOWN_SECONDS = 180 * 24 * 3600
SIGN_IN_PATHS = ("/api/counter/login", "/console/sign-in")


class KnownDevices:
    def __init__(self, secret_key: str, secure_cookies: bool = False) -> None:
        self._signer = signer_for(secret_key, "wenban.staff.device")
        self._secure = secure_cookies

    def recognise(self, request: Request, name: str) -> str | None:
        """The device's id; None: nobody signed in to this account there."""
        try:
            whose, device = self._signer.loads(request.cookies.get(_cookie_of(name), ""), max_age=KNOWN_SECONDS)
        except (BadData, ValueError, TypeError):
            return None
        return str(device) if whose == name else None

    def remember(self, request: Request, response: Response, name: str) -> None:
        device = self.recognise(request, name) or secrets.token_urlsafe(12)
        for path in SIGN_IN_PATHS:
            response.set_cookie(
                _cookie_of(name),
                self._signer.dumps([name, device]),
                max_age=KNOWN_SECONDS,
                httponly=True,
                samesite="strict",
                secure=self._secure,
                path=path,
            )


def _cookie_of(name: str) -> str:
    """One for each account: clerks share a desk."""
    return f"wenban_device_{hashlib.sha256(name.encode()).hexdigest()[:12]}"
