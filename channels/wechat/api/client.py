"""WeChat's API over HTTP; the contract is `channels.wechat.api.WeChatApi`."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx

from channels.wechat.api.asking import Asking, NoAnswer
from channels.wechat.api.errors import Decision, Refused
from channels.wechat.api.menus import Menu
from channels.wechat.api.messages import written
from channels.wechat.api.parts import OpenId, Part, Person, QrTicket
from channels.wechat.api.tokens import Token, Tokens, TokenShelf
from service_hall.shared.clock import Clock

log = logging.getLogger(__name__)
_SHORTEST_SECONDS = 60
"""What WeChat does not say is good for so long, at least."""


@dataclass(frozen=True)
class Account:
    app_id: str
    secret: str = field(repr=False)


class WeChatClient:
    def __init__(self, root: str, account: Account, shelf: TokenShelf, http: httpx.AsyncClient, clock: Clock) -> None:
        self._account, self._http, self._clock = account, http, clock
        self._asking = Asking(root, http)
        self.tokens = Tokens(self._ask_for_token, shelf, clock)
        self.trouble: int | None = None
        """The code of what somebody has to mend in the account's settings, as long as nothing has gone well since."""

    async def aclose(self) -> None:
        await self._http.aclose()

    async def look(self) -> None:
        """Whether WeChat takes the account. Raises Refused."""
        with self._watched():
            await self.tokens.current()

    async def send(self, openid: OpenId, part: Part) -> None:
        await self._post("/cgi-bin/message/custom/send", {"touser": openid, **written(part)})

    async def typing(self, openid: OpenId, on: bool = True) -> None:
        body = {"touser": openid, "command": "Typing" if on else "CancelTyping"}
        await self._post("/cgi-bin/message/custom/typing", body)

    async def upload_image(self, image: bytes) -> str:
        async def upload(query: Mapping[str, str]) -> dict[str, Any]:
            return await self._asking.upload("/cgi-bin/media/upload", {**query, "type": "image"}, "code.png", image)

        return _text(await self._with_token(upload), "media_id")

    async def person_of(self, code: str) -> Person:
        query = {
            "appid": self._account.app_id,
            "secret": self._account.secret,
            "code": code,
            "grant_type": "authorization_code",
        }
        with self._watched():
            answer = await self._asking.get("/sns/oauth2/access_token", query)
        # WeChat calls a stand-in 1; a person's answer does not have the field at all.
        return Person(OpenId(_text(answer, "openid")), bool(answer.get("is_snapshotuser")))

    async def qr_ticket(self, scene: str, seconds: int | None) -> QrTicket:
        kind = {"action_name": "QR_LIMIT_STR_SCENE"} if seconds is None else {"action_name": "QR_STR_SCENE"}
        for_so_long = {} if seconds is None else {"expire_seconds": seconds}
        body = {**for_so_long, **kind, "action_info": {"scene": {"scene_str": scene}}}
        answer = await self._post("/cgi-bin/qrcode/create", body)
        return QrTicket(_text(answer, "ticket"), _text(answer, "url"), seconds)

    async def put_menu(self, menu: Menu) -> None:
        await self._post("/cgi-bin/menu/create", menu.body())

    async def send_subscription(self, openid: OpenId, template_id: str, fields: Mapping[str, str], url: str) -> str:
        body = {"touser": openid, "template_id": template_id, "page": url, "data": _values(fields)}
        return _receipt(await self._post("/cgi-bin/message/subscribe/bizsend", body))

    async def send_template(self, openid: OpenId, template_id: str, fields: Mapping[str, str], url: str) -> str:
        body = {"touser": openid, "template_id": template_id, "url": url, "data": _values(fields)}
        return _receipt(await self._post("/cgi-bin/message/template/send", body))

    async def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return await self._with_token(lambda query: self._asking.post(path, query, body))

    async def _with_token(self, ask: Callable[[Mapping[str, str]], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
        """With another token once, where WeChat does not take this one."""
        with self._watched():
            token = await self.tokens.current()
            try:
                return await ask({"access_token": token.value})
            except Refused as refused:
                if refused.decision is not Decision.REFRESH_TOKEN:
                    raise
            token = await self.tokens.instead_of(token)
            return await ask({"access_token": token.value})

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except Refused as refused:
            if refused.decision is Decision.REFRESH_TOKEN:  # for the second time
                refused = Refused(refused.code, Decision.OPERATOR)
            if refused.decision is Decision.OPERATOR:
                if self.trouble != refused.code:
                    log.error("wechat refuses the account: %s (docs/tasks/wechat-account.md)", refused)
                self.trouble = refused.code
            raise refused from None
        self.trouble = None

    async def _ask_for_token(self, anew: bool) -> Token:
        body = {
            "grant_type": "client_credential",
            "appid": self._account.app_id,
            "secret": self._account.secret,
            "force_refresh": anew,
        }
        began = self._clock()
        answer = await self._asking.post("/cgi-bin/stable_token", {}, body)
        seconds = answer.get("expires_in")
        good_for = seconds if isinstance(seconds, int) and seconds > 0 else _SHORTEST_SECONDS
        return Token(_text(answer, "access_token"), began + timedelta(seconds=good_for))


def _values(fields: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {name: {"value": value} for name, value in fields.items()}


def _receipt(answer: Mapping[str, Any]) -> str:
    return str(answer.get("msgid") or "")


def _text(answer: Mapping[str, Any], name: str) -> str:
    """Raises Refused."""
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise NoAnswer(was_sent=True)
    return value
