"""Readable fakes of what the WeChat door keeps."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from channels.wechat.api import Menu, OpenId, Part, Person, QrTicket, Refused
from channels.wechat.api.tokens import Token
from channels.wechat.identity.links import MOST_TRIES, Offer, OfferId
from channels.wechat.outgoing.consents import LASTING
from channels.wechat.outgoing.letters import OPEN, Letter, State
from channels.wechat.people import Contact
from service_hall.shared.errors import VisitorForgotten
from service_hall.shared.ids import VisitorId, new_visitor_id
from service_hall.visits.notices import NoticeId


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
        self._since: dict[OpenId, datetime] = {}
        self._contacts: dict[OpenId, Contact] = {}

    def visitor_of(self, openid: OpenId, at: datetime) -> VisitorId:
        known = self._contacts.get(openid)
        if known is None or known.visitor_id in self.forgotten:
            self._contacts[openid] = Contact(openid, new_visitor_id(), True, None)
            self._since[openid] = at
        return self._contacts[openid].visitor_id

    def wrote(self, openid: OpenId, at: datetime) -> None:
        if known := self._contacts.get(openid):
            self._contacts[openid] = replace(known, wrote_at=at, follows=True)

    def unfollowed(self, openid: OpenId) -> None:
        if known := self._contacts.get(openid):
            self._contacts[openid] = replace(known, follows=False)

    def drop(self, before: datetime) -> int:
        gone = [
            openid
            for openid, each in self._contacts.items()
            if not each.follows and (each.wrote_at or self._since[openid]) < before
        ]
        for openid in gone:
            del self._contacts[openid]
        return len(gone)

    def contact_of(self, visitor_id: VisitorId) -> Contact | None:
        return next((each for each in self._contacts.values() if each.visitor_id == visitor_id), None)


class FakeLetters:
    def __init__(self) -> None:
        self.forgotten: set[VisitorId] = set()
        self._kept: dict[NoticeId, Letter] = {}
        self._sent: dict[NoticeId, tuple[str, datetime]] = {}

    def post(self, letter: Letter) -> None:
        if letter.visitor_id in self.forgotten:
            raise VisitorForgotten
        self._kept.setdefault(letter.notice_id, letter)

    def due(self, now: datetime, limit: int) -> Sequence[Letter]:
        return [each for each in self._those(State.WAITING) if each.next_at <= now][:limit]

    def claim(self, letter: Letter, until: datetime) -> bool:
        if self._kept.get(letter.notice_id) != letter:
            return False
        self._kept[letter.notice_id] = replace(letter, next_at=until, tries=letter.tries + 1)
        return True

    def put_off(self, notice_id: NoticeId, until: datetime, code: int) -> None:
        self._kept[notice_id] = replace(self._kept[notice_id], next_at=until, code=code)

    def settle(self, notice_id: NoticeId, state: State, at: datetime, code: int = 0, receipt: str = "") -> bool:
        known = self._kept.get(notice_id)
        if known is None or known.state not in (State.WAITING, *(() if state in OPEN else OPEN)):
            return False
        self._kept[notice_id] = replace(known, state=state, code=code)
        self._sent[notice_id] = receipt, at
        return True

    def reported(
        self, visitor_id: VisitorId, receipts: Collection[str], state: State, at: datetime, code: int = 0
    ) -> bool:
        known = {receipt for receipt in receipts if receipt}
        found = [each.notice_id for each in self._those(State.SENT) if each.visitor_id == visitor_id]
        last = max(
            (each for each in found if self._sent[each][0] in known), key=lambda each: self._sent[each][1], default=None
        )
        if last is None:
            return False
        self._kept[last] = replace(self._kept[last], state=state, code=code)
        return True

    def open_for(self, visitor_id: VisitorId) -> Sequence[Letter]:
        return [each for each in self._those(*OPEN) if each.visitor_id == visitor_id]

    def open_at(self, office_id: str) -> Sequence[Letter]:
        return [each for each in self._those(*OPEN) if each.office_id == office_id]

    def counts(self) -> dict[State, int]:
        return {state: len(self._those(state)) for state in State}

    def drop(self, before: datetime) -> int:
        old = [each for each in self._kept.values() if each.posted_at < before]
        for each in old:
            del self._kept[each.notice_id]
        return len(old)

    def forget(self, visitor_id: VisitorId) -> None:
        self.forgotten.add(visitor_id)
        self._kept = {key: each for key, each in self._kept.items() if each.visitor_id != visitor_id}

    def _those(self, *states: State) -> list[Letter]:
        found = [each for each in self._kept.values() if each.state in states]
        return sorted(found, key=lambda each: (each.posted_at, each.notice_id))


class FakeConsents:
    def __init__(self) -> None:
        self._times: dict[tuple[OpenId, str], int] = {}

    def given(self, openid: OpenId, template_id: str, times: int, at: datetime) -> None:
        before = self._times.get((openid, template_id), 0)
        self._times[openid, template_id] = LASTING if LASTING in (before, times) else before + times

    def withdrawn(self, openid: OpenId, template_id: str) -> None:
        self._times.pop((openid, template_id), None)

    def use(self, openid: OpenId, template_id: str) -> bool:
        left = self._times.get((openid, template_id), 0)
        if left > 0:
            self._times[openid, template_id] = left - 1
        return left != 0

    def give_back(self, openid: OpenId, template_id: str) -> None:
        if self._times.get((openid, template_id), LASTING) != LASTING:
            self._times[openid, template_id] += 1


@dataclass
class FakeApi:
    """Takes everything, but for what it is told to refuse: method by method, one call after the other."""

    refuses: dict[str, list[int]] = field(default_factory=dict)
    did: list[tuple[str, OpenId, object]] = field(default_factory=list)
    on_send: Callable[[], object] = lambda: None

    async def send(self, openid: OpenId, part: Part) -> None:
        self.on_send()
        self._do("send", openid, part)

    async def typing(self, openid: OpenId, on: bool = True) -> None:
        self._do("typing", openid, on)

    async def upload_image(self, image: bytes) -> str:
        self._do("upload_image", OpenId(""), image)
        return f"media-{len(self.did)}"

    async def person_of(self, code: str) -> Person:
        self._do("person_of", OpenId(""), code)
        return Person(OpenId(f"openid-of-{code}"))

    async def qr_ticket(self, scene: str, seconds: int | None) -> QrTicket:
        self._do("qr_ticket", OpenId(""), scene)
        return QrTicket("ticket", f"http://weixin.qq.com/q/{scene}", seconds)

    async def put_menu(self, menu: Menu) -> None:
        self._do("put_menu", OpenId(""), menu)

    async def send_subscription(self, openid: OpenId, template_id: str, fields: Mapping[str, str], url: str) -> str:
        self._do("send_subscription", openid, (template_id, dict(fields), url))
        return ""

    async def send_template(self, openid: OpenId, template_id: str, fields: Mapping[str, str], url: str) -> str:
        self._do("send_template", openid, (template_id, dict(fields), url))
        return f"msg-{len(self.did)}"

    def _do(self, what: str, openid: OpenId, told: object) -> None:
        if codes := self.refuses.get(what):
            raise Refused(codes.pop(0))
        self.did.append((what, openid, told))

    @property
    def names(self) -> list[str]:
        return [name for name, _, _ in self.did]


class FakeLinks:
    """Moves nothing: it says who goes by whom."""

    def __init__(self) -> None:
        self._goes_by: dict[VisitorId, VisitorId] = {}
        self._offers: dict[VisitorId, Offer] = {}
        self.parted: list[VisitorId] = []

    def goes_by(self, visitor_id: VisitorId) -> VisitorId:
        return self._goes_by.get(visitor_id, visitor_id)

    def has_browsers(self, visitor_id: VisitorId) -> bool:
        return visitor_id in self._goes_by.values()

    def link(self, visitor_id: VisitorId, to: VisitorId, at: datetime) -> None:
        self._goes_by[visitor_id] = to

    def part(self, visitor_id: VisitorId, at: datetime) -> None:
        self.parted.append(visitor_id)

    def offer(self, offer: Offer) -> None:
        self._offers[offer.visitor_id] = offer

    def scanned(self, offer_id: OfferId, openid: OpenId, code: str, now: datetime) -> str | None:
        found = next((each for each in self._offers.values() if each.offer_id == offer_id and each.is_open(now)), None)
        if found is None:
            return None
        holds = found.code if found.openid == openid else code
        self.offer(replace(found, openid=openid, code=holds))
        return holds

    def offer_of(self, visitor_id: VisitorId) -> Offer | None:
        return self._offers.get(visitor_id)

    def note_try(self, offer: Offer) -> bool:
        if self._offers.get(offer.visitor_id) != offer or offer.tries >= MOST_TRIES:
            return False
        self.offer(replace(offer, tries=offer.tries + 1))
        return True

    def drop_offer(self, offer_id: OfferId) -> bool:
        found = [each.visitor_id for each in self._offers.values() if each.offer_id == offer_id]
        for visitor_id in found:
            del self._offers[visitor_id]
        return bool(found)
