"""Notices go out over WeChat: by the way that is open, in order, again later, or told when she writes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from channels.wechat.api import OpenId, TextPart
from channels.wechat.outgoing.letters import State
from channels.wechat.outgoing.notices import LeftToStaff, ToldLate, WeChatNotices
from channels.wechat.outgoing.sending import FIRST_PAUSE, LEASE, LONGEST_PAUSE, MOST_TRIES, TOO_FAST_PAUSE, Sending
from channels.wechat.outgoing.templates import Template, Templates
from channels.wechat.outgoing.ways import Ways
from channels.wechat.people import WINDOW
from service_hall.conversation.reply import NoticeAbout, NoticeReply
from service_hall.shared.ids import VisitorId, new_visitor_id
from service_hall.visits.notices import NoticeId, NoticeKind
from tests.fake_wechat import FakeApi, FakeConsents, FakeLetters, FakePeople
from tests.fakes import TOWN_HALL, FixedClock

LI, WANG = OpenId("openid-of-li"), OpenId("openid-of-wang")
PAGE = "http://town.test/"
TEMPLATE = Template(subscription="t1", template="t2", fields={"thing1": "{item}"})


@dataclass
class Office:
    """All that stands around the letters."""

    api: FakeApi = field(default_factory=FakeApi)
    people: FakePeople = field(default_factory=FakePeople)
    letters: FakeLetters = field(default_factory=FakeLetters)
    consents: FakeConsents = field(default_factory=FakeConsents)
    clock: FixedClock = field(default_factory=FixedClock)
    templates: dict[NoticeKind, Template] = field(default_factory=dict)
    standing: dict[NoticeId, NoticeReply] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ways = Ways(self.api, self.consents, Templates(self.templates), PAGE)
        self.sending = Sending(self.letters, self.people, ways, self.standing.get, self.clock)
        self.door = WeChatNotices(self.letters, self.people)
        self.late = ToldLate(self.letters, self.standing.get)

    def knows(self, openid: OpenId = LI, wrote: bool = True) -> VisitorId:
        visitor_id = self.people.visitor_of(openid, self.clock())
        if wrote:
            self.people.wrote(openid, self.clock())
        return visitor_id

    def deliver(self, visitor_id: VisitorId, text: str, kind: NoticeKind = NoticeKind.MOVED) -> bool:
        notice_id = NoticeId(f"n_{len(self.standing)}")
        about = NoticeAbout(code="C", guide_name="借书证", office_id=TOWN_HALL, office_name="中心")
        self.standing[notice_id] = NoticeReply(text=text, kind=kind.value, about=about)
        return self.door.deliver(visitor_id, notice_id, self.standing[notice_id], self.clock())

    def counts(self) -> dict[State, int]:
        return {state: count for state, count in self.letters.counts().items() if count}

    def texts(self, openid: OpenId = LI) -> list[str]:
        return [part.text for _, to, part in self.api.did if isinstance(part, TextPart) and to == openid]

    def told_late(self, visitor_id: VisitorId) -> list[str]:
        return [reply.text for _, reply in self.late.open_for(visitor_id, self.clock())]


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def with_templates() -> Office:
    return Office(templates={NoticeKind.MOVED: TEMPLATE})


class TestTheDoor:
    async def test_who_wrote_lately_is_told_at_once_and_once(self, office: Office) -> None:
        li = office.knows()
        assert office.deliver(li, "改到九点。")
        office.door.deliver(li, NoticeId("n_0"), office.standing[NoticeId("n_0")], office.clock())
        await office.sending.send_due()
        await office.sending.send_due()
        assert office.texts() == ["改到九点。"] and office.counts() == {State.SENT: 1}

    def test_who_is_not_on_wechat_or_has_left_is_not_reached(self, office: Office) -> None:
        assert not office.deliver(new_visitor_id(), "改到九点。")
        li = office.knows()
        office.people.unfollowed(LI)
        assert not office.deliver(li, "改到九点。") and office.counts() == {}

    def test_of_the_forgotten_nothing_is_kept(self, office: Office) -> None:
        li = office.knows()
        office.letters.forget(li)
        assert not office.deliver(li, "改到九点。")

    async def test_who_leaves_meanwhile_gets_none(self, office: Office) -> None:
        office.deliver(office.knows(), "改到九点。")
        office.people.unfollowed(LI)
        await office.sending.send_due()
        assert office.api.did == [] and office.counts() == {State.IDLE: 1}

    async def test_what_no_longer_holds_is_not_said(self, office: Office) -> None:
        office.deliver(office.knows(), "请到2号窗口。")
        office.standing.clear()
        await office.sending.send_due()
        assert office.api.did == [] and office.counts() == {State.IDLE: 1}


class TestTheWays:
    async def test_out_of_the_window_whoever_agreed_gets_a_subscription_message(self, with_templates: Office) -> None:
        office = with_templates
        li = office.knows()
        office.consents.given(LI, "t1", 1, office.clock())
        office.clock.at += WINDOW
        office.deliver(li, "改到九点。")
        office.deliver(li, "改到十点。")
        await office.sending.send_due()
        assert office.api.did == [
            ("send_subscription", LI, ("t1", {"thing1": "借书证"}, PAGE)),
            ("send_template", LI, ("t2", {"thing1": "借书证"}, PAGE)),
        ]

    async def test_by_what_wechat_calls_it_its_report_finds_it(self, with_templates: Office) -> None:
        office = with_templates
        li = office.knows(wrote=False)
        office.consents.given(LI, "t1", 1, office.clock())
        for receipt in ("t1", "msg-2"):
            office.deliver(li, "改到九点。")
            await office.sending.send_due()
            assert office.letters.reported(li, [receipt], State.DEAD, office.clock())

    @pytest.mark.parametrize("code", [45015, 45047, 48001])
    async def test_where_a_message_is_not_allowed_the_next_way_is_taken(
        self, with_templates: Office, code: int
    ) -> None:
        office = with_templates
        li = office.knows()
        office.consents.given(LI, "t1", 1, office.clock())
        office.api.refuses = {"send": [code]}
        office.deliver(li, "改到九点。")
        await office.sending.send_due()
        assert office.api.names == ["send_subscription"]

    async def test_who_took_her_consent_back_is_believed(self, with_templates: Office) -> None:
        office = with_templates
        li = office.knows(wrote=False)
        office.consents.given(LI, "t1", -1, office.clock())
        office.api.refuses = {"send_subscription": [43101]}
        office.deliver(li, "改到九点。")
        await office.sending.send_due()
        assert office.api.names == ["send_template"] and not office.consents.use(LI, "t1")

    async def test_a_consent_that_was_not_used_counts_again(self, with_templates: Office) -> None:
        office = with_templates
        li = office.knows(wrote=False)
        office.consents.given(LI, "t1", 1, office.clock())
        office.api.refuses = {"send_subscription": [-1]}
        office.deliver(li, "改到九点。")
        await office.sending.send_due()
        office.clock.at += FIRST_PAUSE
        await office.sending.send_due()
        assert office.api.names == ["send_subscription"]

    async def test_where_there_is_no_way_it_is_kept_for_her_next_message(self, office: Office) -> None:
        li = office.knows(wrote=False)
        office.deliver(li, "改到九点。")
        await office.sending.send_due()
        assert office.api.did == [] and office.counts() == {State.KEPT: 1}
        [(notice_id, reply)] = office.late.open_for(li, office.clock())
        assert reply.text == "改到九点。"
        assert office.late.told(notice_id, office.clock()) and not office.late.told(notice_id, office.clock())
        assert office.told_late(li) == []

    async def test_what_is_kept_and_no_longer_holds_is_not_told(self, office: Office) -> None:
        li = office.knows(wrote=False)
        office.deliver(li, "请到2号窗口。")
        await office.sending.send_due()
        office.standing.clear()
        assert office.told_late(li) == [] and office.counts() == {State.IDLE: 1}


class TestAgain:
    @pytest.mark.parametrize("code", [-1, 45009, 40164])
    async def test_pauses_grow_until_it_is_given_up_for_dead(self, office: Office, code: int) -> None:
        li = office.knows()
        office.api.refuses = {"send": [code] * MOST_TRIES}
        began = office.clock()
        office.deliver(li, "改到九点。")
        pauses = []
        for tries in range(1, MOST_TRIES):
            await office.sending.send_due()
            [letter] = office.letters.due(office.clock() + LONGEST_PAUSE, 10)
            assert letter.tries == tries
            pauses.append(letter.next_at - office.clock())
            office.clock.at = max(letter.next_at, office.clock() + TOO_FAST_PAUSE)
        await office.sending.send_due()
        assert office.counts() == {State.DEAD: 1} and office.api.did == []
        assert office.clock() - began < WINDOW
        assert office.told_late(li) == ["改到九点。"]

    async def test_once_it_goes_it_goes_once(self, office: Office) -> None:
        office.api.refuses = {"send": [-1]}
        office.deliver(office.knows(), "改到九点。")
        for _ in range(3):
            await office.sending.send_due()
        assert office.texts() == []
        office.clock.at += FIRST_PAUSE
        await office.sending.send_due()
        assert office.texts() == ["改到九点。"] and office.counts() == {State.SENT: 1}

    async def test_what_has_to_wait_holds_up_nobody_else_and_for_a_look_what_comes_after_it(
        self, office: Office
    ) -> None:
        li, wang = office.knows(), office.knows(WANG)
        office.api.refuses = {"send": [-1]}
        office.deliver(li, "改到九点。")
        office.clock.at += timedelta(seconds=1)
        office.deliver(li, "请到2号窗口。")
        await office.sending.send_due()
        assert office.texts() == []
        office.deliver(wang, "请到3号窗口。")
        await office.sending.send_due()
        assert office.texts(WANG) == ["请到3号窗口。"]
        assert office.texts() == ["请到2号窗口。"], "a call cannot wait for long"
        office.clock.at += FIRST_PAUSE
        await office.sending.send_due()
        assert office.texts() == ["请到2号窗口。", "改到九点。"]

    @pytest.mark.parametrize("code", [45009, 45011])
    async def test_when_we_are_too_fast_nobody_is_sent_anything_for_a_minute(self, office: Office, code: int) -> None:
        office.api.refuses = {"send": [code]}
        office.deliver(office.knows(), "改到九点。")
        await office.sending.send_due()
        office.deliver(office.knows(WANG), "请到3号窗口。")
        office.clock.at += TOO_FAST_PAUSE - timedelta(seconds=1)
        await office.sending.send_due()
        assert office.api.did == []
        office.clock.at += timedelta(seconds=1)
        await office.sending.send_due()
        assert office.texts() == ["改到九点。"] and office.texts(WANG) == ["请到3号窗口。"]

    async def test_what_wechat_does_not_take_as_it_stands_is_dead_at_once(self, office: Office) -> None:
        office.api.refuses = {"send": [45002]}
        office.deliver(office.knows(), "改到九点。")
        await office.sending.send_due()
        assert office.counts() == {State.DEAD: 1}

    async def test_who_does_not_follow_any_more_is_left_alone(self, office: Office) -> None:
        li = office.knows()
        office.api.refuses = {"send": [43004]}
        office.deliver(li, "改到九点。")
        office.deliver(li, "改到十点。")
        await office.sending.send_due()
        contact = office.people.contact_of(li)
        assert contact and not contact.follows and office.counts() == {State.IDLE: 2}

    async def test_what_a_node_died_over_goes_after_its_time(self, office: Office) -> None:
        office.deliver(office.knows(), "改到九点。")
        [letter] = office.letters.due(office.clock(), 10)
        office.letters.claim(letter, office.clock() + LEASE)
        await office.sending.send_due()
        assert office.texts() == []
        office.clock.at += LEASE
        await office.sending.send_due()
        assert office.texts() == ["改到九点。"]


class TestTheEnd:
    async def test_what_is_begun_is_sent_and_nothing_after_it(self, office: Office) -> None:
        li = office.knows()
        office.deliver(li, "改到九点。")
        office.clock.at += timedelta(seconds=1)
        office.deliver(li, "改到十点。")
        office.api.on_send = office.sending.end
        await asyncio.wait_for(office.sending.go_on(), 10)
        assert office.texts() == ["改到九点。"] and office.counts() == {State.SENT: 1, State.WAITING: 1}


class TestStaff:
    async def test_they_see_what_wechat_did_not_take_and_what_would_come_too_late(self, office: Office) -> None:
        li = office.knows(wrote=False)
        for kind in (NoticeKind.MOVED, NoticeKind.DAY_BEFORE):
            office.deliver(li, kind.value, kind)
        await office.sending.send_due()
        office.people.wrote(LI, office.clock())
        office.api.refuses = {"send": [45002] * 2}
        for kind in (NoticeKind.DAY_BEFORE, NoticeKind.CALLED):
            office.deliver(li, kind.value, kind)
        await office.sending.send_due()
        staff = LeftToStaff(office.letters)
        assert [office.standing[each].kind for each in staff.at(TOWN_HALL)] == ["moved", "day_before"]
        assert staff.at("elsewhere") == []
        assert staff.told(NoticeId("n_0"), office.clock()) and not staff.told(NoticeId("n_0"), office.clock())
        assert office.told_late(li) == ["day_before", "day_before", "called"]
