"""Readable fakes of what the WeChat door keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from channels.wechat.api.parts import OpenId
from channels.wechat.api.tokens import Token
from channels.wechat.people import Contact
from service_hall.shared.ids import VisitorId, new_visitor_id


class FakeTokenShelf:
    def __init__(self) -> None:
        self._token: Token | None = None
        self._turn: tuple[str, datetime] | None = None

    def look(self) -> Token | None:
        return self._token

    def take_turn(self, holder: str, now: datetime, until: datetime) -> bool:
        if self._turn and now < self._turn[1]:
            return False
        self._turn = (holder, until)
        return True

    def end_turn(self, holder: str, token: Token | None) -> None:
        if self._turn and self._turn[0] == holder:
            self._turn = None
            self._token = token or self._token


class FakePeople:
    def __init__(self) -> None:
        self.forgotten: set[VisitorId] = set()
        self._contacts: dict[OpenId, Contact] = {}

    def visitor_of(self, openid: OpenId, at: datetime) -> VisitorId:
        known = self._contacts.get(openid)
        if known is None or known.visitor_id in self.forgotten:
            self._contacts[openid] = Contact(openid, new_visitor_id(), True, None)
        return self._contacts[openid].visitor_id

    def wrote(self, openid: OpenId, at: datetime) -> None:
        if known := self._contacts.get(openid):
            self._contacts[openid] = replace(known, wrote_at=at, follows=True)

    def unfollowed(self, openid: OpenId) -> None:
        if known := self._contacts.get(openid):
            self._contacts[openid] = replace(known, follows=False)

    def contact_of(self, visitor_id: VisitorId) -> Contact | None:
        return next((each for each in self._contacts.values() if each.visitor_id == visitor_id), None)
