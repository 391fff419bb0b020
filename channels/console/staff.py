"""Who is at the counter or in the console: a signed session in a cookie, for the staff's own pages alone.

It carries the mark of its account. A log-out, another password or the account's end changes the mark, and with it every
session of the account ends. What the account may do is read anew with each request.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Protocol

from fastapi import Request, Response
from itsdangerous import BadData, URLSafeTimedSerializer

from channels.own_page import is_own_page
from channels.refusals import Refusal, refusals
from service_hall.staff.member import ANYWHERE, Member, Place, may
from service_hall.staff.roles import Action

COOKIE = "wenban_staff"
SESSION_SECONDS = 12 * 3600
"""A working day."""
OF_STAFF = refusals({401: "not_signed_in", 403: "not_allowed, password_change_needed"})
"""For the schema of every route of staff."""


class NewSecret(Protocol):
    """`address`: what the code for the telephone says; `sealed`: the same secret, to come back with the first code."""

    @property
    def secret(self) -> str: ...

    @property
    def address(self) -> str: ...

    @property
    def sealed(self) -> str: ...


class Accounts(Protocol):
    def accepts(self, name: str, password: str, code: str = "") -> str | None:
        """The mark for the new session; None: refused. Slow; as slow for a name that there is not."""
        ...

    def at_work(self, name: str, mark: str) -> Member | None:
        """Whose session has this mark; None: it has ended. Quick."""
        ...

    def end_sessions(self, name: str) -> None: ...

    def is_password(self, name: str, password: str) -> bool:
        """Slow."""
        ...

    def session_mark(self, name: str) -> str | None:
        """None: there is no such account."""
        ...

    def has_second_step(self, name: str) -> bool: ...

    def begin_second_step(self, name: str) -> NewSecret:
        """Nothing is kept of it yet."""
        ...

    def confirmed_second_step(self, name: str, sealed: str, code: str) -> str:
        """What is to be kept, sealed; empty: the code is none of that secret."""
        ...


class StaffDesk:
    def __init__(
        self,
        secret_key: str,
        accounts: Accounts,
        secure_cookies: bool = False,
        where: Callable[[str], Place] = lambda _: ANYWHERE,
    ) -> None:
        """`where`: the place of an office, by its id."""
        self._signer = signer_for(secret_key, "wenban.staff")
        self._accounts, self._secure, self._where = accounts, secure_cookies, where

    def sign_in(self, response: Response, name: str, mark: str) -> None:
        response.set_cookie(
            COOKIE,
            self._signer.dumps([name, mark]),
            max_age=SESSION_SECONDS,
            httponly=True,
            samesite="strict",
            secure=self._secure,
        )

    def sign_out(self, response: Response, name: str) -> None:
        """Everybody who is signed in by this name, wherever they are."""
        self._accounts.end_sessions(name)
        response.delete_cookie(COOKIE)

    def has_session(self, request: Request) -> bool:
        """Shows one that was given here; whether it has ended since, `require` knows."""
        return is_own_page(request) and self.shown(request) is not None

    def at_work(self, request: Request) -> Member | None:
        """Whoever looks at a page. What is to change something has to show more than the cookie."""
        shown = self.shown(request)
        return self._accounts.at_work(*shown) if shown else None

    def require(self, request: Request) -> str:
        """The name; refuses (401) everybody else."""
        return self._signed_in(request).name

    def member_for(self, action: Action) -> Callable[[Request], Member]:
        """Refuses (401, 403) whoever may not do it, at the office that the address names."""

        def check(request: Request) -> Member:
            member = self._signed_in(request)
            check_may(member, action, self.place_of(request.path_params.get("office_id", "")))
            return member

        return check

    def allowed(self, action: Action) -> Callable[[Request], str]:
        """Like `member_for`; the name alone."""
        check = self.member_for(action)

        def name(request: Request) -> str:
            return check(request).name

        return name

    def place_of(self, office_id: str) -> Place:
        return self._where(office_id) if office_id else ANYWHERE

    def shown(self, request: Request) -> tuple[str, str] | None:
        """Name and mark, as they were signed; whether they still hold the account knows."""
        try:
            name, mark = self._signer.loads(request.cookies.get(COOKIE, ""), max_age=SESSION_SECONDS)
        except (BadData, ValueError, TypeError):
            return None
        return str(name), str(mark)

    def shown_name(self, request: Request) -> str:
        """As `shown`; '' for nobody."""
        shown = self.shown(request)
        return shown[0] if shown else ""

    def _signed_in(self, request: Request) -> Member:
        member = self.at_work(request) if is_own_page(request) else None
        if member is None:
            raise Refusal(401, "not_signed_in", "请先登录窗口工作台。")
        return member


def check_may(member: Member, action: Action, place: Place = ANYWHERE) -> None:
    """Refuses (403) whoever may not."""
    if may(member, action, place):
        return
    if member.must_change:
        raise Refusal(403, "password_change_needed", "请先到工作台（/console）修改初始密码，再接着办。")
    raise Refusal(403, "not_allowed", "您的账号没有这项权限，需要的话请找管理员开通。")


def signer_for(secret_key: str, use: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        secret_key, salt=use, signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
    )
