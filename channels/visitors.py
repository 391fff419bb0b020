"""Who is asking: a signed visitor token, in the Authorization header or, for our own pages, in a cookie."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from fastapi import Request
from itsdangerous import BadSignature, Signer, TimestampSigner
from starlette.datastructures import MutableHeaders

from channels.limits import Caller
from channels.own_page import COOKIE, Jar, jar_of
from channels.refusals import Refusal, no_token
from service_hall.shared.ids import VisitorId, new_visitor_id

DAYS_WITHOUT_USE = 180
RENEWED_AFTER_SECONDS = 24 * 3600
"""A token that was renewed within the day is good as it is."""
_DAY_SECONDS = 24 * 3600
_SINCE = "~"


@dataclass(frozen=True)
class Known:
    """`since`: when the visitor got the first token, `renewed`: when this one was given; in seconds since 1970. 0 for a
    token of version 0.1, which bore no time."""

    visitor_id: VisitorId
    since: int
    renewed: int


class Forgotten(Protocol):
    """Visitors who wanted to be forgotten."""

    def __contains__(self, visitor_id: object) -> bool:
        """As far as this node has heard."""
        ...

    def __len__(self) -> int:
        """Another one whenever this node has heard of somebody more."""
        ...

    def refresh(self) -> None:
        """Hear of those whom other nodes have forgotten."""
        ...

    def add(self, visitor_id: VisitorId, at: datetime) -> None: ...


class VisitorDesk:
    def __init__(
        self,
        secret_key: str,
        secure_cookies: bool = False,
        previous: str = "",
        days: int = DAYS_WITHOUT_USE,
        clock: Callable[[], float] = time.time,
        forgotten: Container[VisitorId] = (),
        goes_by: Callable[[VisitorId], VisitorId] = lambda visitor_id: visitor_id,
    ) -> None:
        """`previous`: the secret before; who was known by it stays known. `days`: a token that was not used for so long
        is at its end. `forgotten`: whose tokens open nothing any more. `goes_by`: who a visitor is by now, whose
        browser was linked to somebody known from another door."""
        secrets = [*filter(None, [previous]), secret_key]
        self._signer = _ClockedSigner(
            secrets, salt="wenban.visitor.stamped", key_derivation="hmac", digest_method=hashlib.sha256
        )
        self._signer.clock = clock
        self._of_version_0_1 = Signer(
            secrets, salt="wenban.visitor", key_derivation="hmac", digest_method=hashlib.sha256
        )
        self._secure, self._seconds, self._forgotten = secure_cookies, days * _DAY_SECONDS, forgotten
        self._goes_by = goes_by

    def token_for(self, visitor_id: VisitorId, since: int | None = None) -> str:
        """`since`: None for somebody who is new."""
        return self._signer.sign(f"{visitor_id}{_SINCE}{self._now() if since is None else since}").decode()

    def read(self, token: str) -> Known | None:
        """None for a token that is not ours, was not used for too long, or is of somebody who was forgotten."""
        known = self._read(token)
        if known is None:
            return None
        known = replace(known, visitor_id=self._goes_by(known.visitor_id))
        return None if known.visitor_id in self._forgotten else known

    def _read(self, token: str) -> Known | None:
        try:
            value, stamp = self._signer.unsign(token, return_timestamp=True)
        except BadSignature:
            return self._read_of_version_0_1(token)
        visitor_id, _, since = value.decode().rpartition(_SINCE)
        known = Known(VisitorId(visitor_id), int(since), int(stamp.timestamp()))
        return known if self._age(known) <= self._seconds else None

    def visitor_of(self, token: str) -> VisitorId | None:
        known = self.read(token)
        return known.visitor_id if known else None

    def known(self, request: Request) -> Known | None:
        """None for a newcomer. Refuses (401) a token in the header that is not ours."""
        header = request.headers.get("authorization")
        if header is not None:
            scheme, _, token = header.partition(" ")
            known = self.read(token.strip()) if scheme.lower() == "bearer" else None
            if known is None:
                raise no_token()
            return known
        jar = self.jar(request)
        kept = request.cookies.get(jar.name) if jar else None
        return self.read(kept) if kept else None

    def jar(self, request: Request) -> Jar | None:
        return jar_of(request, self._secure)

    def caller(self, request: Request) -> Caller | None:
        """As the limits know visitors; None for somebody without a token of ours."""
        try:
            known = self.known(request)
        except Refusal:
            return None
        return Caller(known.visitor_id, known.since) if known else None

    def recognise(self, request: Request) -> VisitorId | None:
        known = self.known(request)
        return known.visitor_id if known else None

    def require(self, request: Request) -> VisitorId:
        visitor = self.recognise(request)
        if visitor is None:
            raise no_token()
        return visitor

    def welcome(self, visitor_id: VisitorId | None = None) -> Known:
        """`visitor_id`: of somebody whom another door knows; None: a newcomer."""
        return Known(visitor_id or new_visitor_id(), self._now(), self._now())

    def needs_renewal(self, known: Known) -> bool:
        return self._age(known) > RENEWED_AFTER_SECONDS

    def remember(self, request: Request, headers: MutableHeaders, known: Known) -> None:
        """Give our own page its cookie; other programs keep the token themselves."""
        if jar := self.jar(request):
            self._put(jar, headers, known)

    def give_cookie(self, headers: MutableHeaders, known: Known) -> None:
        """Where our own page is on its way, and cannot have asked itself."""
        self._put(Jar(COOKIE, self._secure), headers, known)

    def forget(self, request: Request, headers: MutableHeaders) -> None:
        """Our own page's cookie goes with the answer."""
        if jar := self.jar(request):
            jar.empty(headers)

    def _put(self, jar: Jar, headers: MutableHeaders, known: Known) -> None:
        jar.put(headers, self.token_for(known.visitor_id, known.since), self._seconds)

    def _read_of_version_0_1(self, token: str) -> Known | None:
        try:
            return Known(VisitorId(self._of_version_0_1.unsign(token).decode()), 0, 0)
        except BadSignature:
            return None

    def _age(self, known: Known) -> int:
        """0 for what another node, whose clock is ahead, has just given."""
        return max(0, self._now() - known.renewed)

    def _now(self) -> int:
        return self._signer.get_timestamp()


class _ClockedSigner(TimestampSigner):
    clock: Callable[[], float] = staticmethod(time.time)

    def get_timestamp(self) -> int:
        return int(self.clock())
