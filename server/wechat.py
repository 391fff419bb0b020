"""How the hall is on WeChat: the account's API, whom it knows, and what of it runs beside the doors."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Container
from contextlib import suppress
from types import TracebackType

import httpx

from channels.wechat.api import Refused
from channels.wechat.api.asking import http_for_wechat
from channels.wechat.api.client import Account, WeChatClient
from server.settings import Settings
from server.storage.engine import Database
from server.storage.wechat_people import PeopleStore
from server.storage.wechat_tokens import TokenStore
from service_hall.shared.clock import Clock
from service_hall.shared.ids import VisitorId
from service_hall.shared.safe import Safe

log = logging.getLogger(__name__)


class OnWeChat:
    """Entered when the service starts serving."""

    def __init__(self, api: WeChatClient, people: PeopleStore) -> None:
        self.api, self.people = api, people
        self._beside: asyncio.Task[None] | None = None

    @property
    def state(self) -> str:
        """As `/readyz` names it: `ok`, or WeChat's code for what is wrong with the account."""
        trouble = self.api.trouble
        return "ok" if trouble is None else _TROUBLES.get(trouble, f"refused_{trouble}")

    async def __aenter__(self) -> None:
        self._beside = asyncio.create_task(self._look())

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._beside:
            self._beside.cancel()
        await self.api.aclose()

    async def _look(self) -> None:
        """Whether WeChat takes the account: an operator hears of it before the first citizen does."""
        with suppress(Refused):
            await self.api.look()


_TROUBLES = {
    40164: "refused_40164_address_not_allowed",
    40001: "refused_40001_credential",
    40013: "refused_40013_app_id",
    40125: "refused_40125_secret",
}


def open_wechat(
    settings: Settings,
    engine: Database,
    safe: Safe,
    clock: Clock,
    forgotten: Container[VisitorId],
    http: httpx.AsyncClient | None = None,
) -> OnWeChat | None:
    """None without an official account."""
    if not settings.has_wechat:
        return None
    account = Account(settings.wechat_app_id, settings.wechat_secret)
    shelf = TokenStore(engine, settings.wechat_app_id, safe)
    api = WeChatClient(settings.wechat_api, account, shelf, http or http_for_wechat(), clock)
    return OnWeChat(api, PeopleStore(engine, forgotten))
