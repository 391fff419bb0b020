"""How the hall is on WeChat: the account's API, whom it knows, and what of it runs beside the doors."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any

import httpx

from channels.wechat.api import OpenId, Refused
from channels.wechat.api.asking import http_for_wechat
from channels.wechat.api.client import Account, WeChatClient
from channels.wechat.identity.entry import entry_url
from channels.wechat.identity.linking import Linking
from channels.wechat.outgoing import consents, reports
from channels.wechat.outgoing.notices import ToldLate, WeChatNotices
from channels.wechat.outgoing.sending import Sending
from channels.wechat.outgoing.templates import Templates, load_templates
from channels.wechat.outgoing.ways import Ways
from server.settings import Settings
from server.storage.engine import Database
from server.storage.forgotten_store import ForgottenVisitors
from server.storage.wechat_late import LateAnswerStore
from server.storage.wechat_letters import ConsentStore, LetterStore
from server.storage.wechat_links import LinkStore
from server.storage.wechat_people import PeopleStore
from server.storage.wechat_tokens import TokenStore
from service_hall.conversation.records import ConversationRecords
from service_hall.conversation.reply import NoticeReply
from service_hall.hall import Hall
from service_hall.reminders.awaited import is_awaited
from service_hall.shared.clock import Clock
from service_hall.shared.ids import VisitorId
from service_hall.shared.safe import Safe
from service_hall.visits.notices import NoticeId

log = logging.getLogger(__name__)
ENDING_SECONDS = 3.0


@dataclass
class OnWeChat:
    """Entered when the service starts serving."""

    api: WeChatClient
    people: PeopleStore
    letters: LetterStore
    consents: ConsentStore
    templates: Templates
    notices: WeChatNotices
    """The door of what falls due."""
    late: ToldLate
    """What did not reach her, for the answer to what she writes."""
    answers: LateAnswerStore
    """What could not be said in time, for the same."""
    sending: Sending
    links: LinkStore
    linking: Linking
    _beside: asyncio.Task[None] | None = field(default=None, init=False)

    def hear(self, openid: OpenId, event: Mapping[str, Any], at: datetime) -> None:
        """What WeChat tells of her."""
        consents.hear(self.consents, openid, event, self.templates.lasting, at)
        reports.hear(self.letters, self.people.visitor_of(openid, at), event, at)

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
        self.sending.end()
        if self._beside:
            # A letter that is cut off in the middle goes again, and may come twice.
            await asyncio.wait({self._beside}, timeout=ENDING_SECONDS)
            self._beside.cancel()
        await self.api.aclose()

    async def _look(self) -> None:
        """Whether WeChat takes the account: an operator hears of it before the first citizen does. Then what goes out
        does so."""
        with suppress(Refused):
            await self.api.look()
        await self.sending.go_on()


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
    forgotten: ForgottenVisitors,
    hall: Hall,
    records: ConversationRecords,
    http: httpx.AsyncClient | None = None,
) -> OnWeChat | None:
    """None without an official account. Raises OSError, ValueError for a file of templates that cannot be read."""
    if not settings.has_wechat:
        log.info("the WeChat door is closed: it needs WENBAN_WECHAT_TOKEN, _APP_ID and _SECRET")
        return None
    api = open_api(settings, engine, safe, clock, http)
    people, letters, agreed = PeopleStore(engine, forgotten), LetterStore(engine), ConsentStore(engine)
    templates = load_templates(settings.wechat_templates)

    def let_go(visitor_id: VisitorId) -> None:
        hall.reception.let_go(visitor_id, records.context_of(visitor_id))

    def as_it_stands(notice_id: NoticeId) -> NoticeReply | None:
        told = hall.awaiting if is_awaited(notice_id) else hall.reminders
        return told.as_it_stands(notice_id)

    ways = Ways(api, agreed, templates, entry_url(settings.public_url, "/chat"))
    return OnWeChat(
        api,
        people,
        letters,
        agreed,
        templates,
        WeChatNotices(letters, people),
        ToldLate(letters, as_it_stands),
        LateAnswerStore(engine),
        Sending(letters, people, ways, as_it_stands, clock, hall.reminders.sleeps_until),
        links := LinkStore(engine, forgotten),
        Linking(links, people, api, clock, let_go),
    )


def open_api(
    settings: Settings, engine: Database, safe: Safe, clock: Clock, http: httpx.AsyncClient | None = None
) -> WeChatClient:
    """Whoever opens it closes it."""
    account = Account(settings.wechat_app_id, settings.wechat_secret)
    shelf = TokenStore(engine, settings.wechat_app_id, safe)
    return WeChatClient(settings.wechat_api, account, shelf, http or http_for_wechat(), clock)
