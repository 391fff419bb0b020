"""Part by part, one answer after the other, and what WeChat does not take is kept from where it stopped."""

from __future__ import annotations

import asyncio

import pytest

from channels.wechat import pushing
from channels.wechat.api import NO_ANSWER, Decision, OpenId, Refused
from channels.wechat.api.parts import CardPart, ImagePart, MenuPart, Part, TextPart
from channels.wechat.late import Owed
from channels.wechat.outgoing.notices import ToldLate
from channels.wechat.promises import Promises
from channels.wechat.pushing import Pusher
from channels.wechat.rendering import Picture, Shown
from channels.wechat.saying import Saying
from service_hall.shared.ids import MessageId
from tests.fake_late_answers import FakeLateAnswers
from tests.fake_wechat import FakeApi, FakeLetters
from tests.fakes import FixedClock
from tests.stand_ins import FakeSeconds

LI = OpenId("openid-of-li")
ONE = MessageId("m_1")
SENTENCE = "补领身份证要带户口簿，本人到公安窗口去办。"
LONG = SENTENCE * 80
MENU = MenuPart("请选：", (("1", "甲"), ("2", "乙")))
CHOICES = Shown("好的。\n\n请选：\n1. 甲\n2. 乙", MENU, untapped=len("好的。\n\n"))
CARD = CardPart("题", "说明", "https://hall.example/")


class At:
    def __init__(self) -> None:
        self.api, self.late, self.seconds = FakeApi(), FakeLateAnswers(), FakeSeconds()
        notices = ToldLate(FakeLetters(), lambda _: None)
        self.pusher = Pusher(self.api, Promises(self.late, FixedClock()), notices, FixedClock(), self.seconds)

    async def say(self, shown: Shown, began: asyncio.Future[bool] | None = None) -> None:
        await self.pusher.say(LI, Saying(shown, ONE), began)

    @property
    def sent(self) -> list[Part]:
        return [told for name, _, told in self.api.did if name == "send"]  # type: ignore[misc]

    @property
    def texts(self) -> list[str]:
        return [part.text for part in self.sent if isinstance(part, TextPart)]

    @property
    def owed(self) -> list[Owed]:
        return [owed for _, owed, _, _ in self.late.kept.values()]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    monkeypatch.setattr(pushing, "RETRY_SECONDS", 0.0)
    return At()


async def test_a_long_answer_goes_in_parts_in_their_order(at: At) -> None:
    await at.say(Shown(LONG, extras=(CARD, Picture(b"png"))))
    assert "".join(at.texts) == LONG and len(at.texts) == 3
    assert at.sent[-2] == CARD and isinstance(at.sent[-1], ImagePart)
    assert at.owed == []


async def test_it_is_kept_before_it_is_tried_and_no_longer_when_it_was_said(at: At) -> None:
    seen: list[list[Owed]] = []
    send = at.api.send

    async def look(openid: OpenId, part: Part) -> None:
        seen.append(at.owed)
        await send(openid, part)

    at.api.send = look  # type: ignore[method-assign]
    await at.say(Shown(SENTENCE))
    assert seen == [[Owed(ONE, 0)]] and at.owed == []


@pytest.mark.parametrize("code", [45015, 45047, 48001, 45002, 40164, NO_ANSWER])
async def test_what_is_refused_is_kept_from_there_on(at: At, code: int) -> None:
    await at.say(Shown(LONG))
    first = len(at.texts[0])
    at.api.did.clear()
    at.api.refuses = {"send": [code] * 9}
    await at.say(Shown(LONG))
    assert at.owed == [Owed(ONE, 0)]
    at.api.refuses = {}
    at.seconds.at += 2 * pushing.NOT_ALLOWED_SECONDS
    await at.pusher.say(LI, Saying(Shown(LONG), ONE, begins=first, is_kept=True))
    assert "".join(at.texts) == LONG[first:] and at.owed == []


async def test_it_stops_in_the_middle_and_goes_on_there(at: At) -> None:
    send, calls = at.api.send, iter((None, 45047))

    async def once(openid: OpenId, part: Part) -> None:
        if code := next(calls):
            raise Refused(code)
        await send(openid, part)

    at.api.send = once  # type: ignore[method-assign]
    await at.say(Shown(LONG))
    assert at.owed == [Owed(ONE, len(at.texts[0]))]


async def test_a_busy_wechat_is_asked_again(at: At) -> None:
    at.api.refuses = {"send": [-1, 45009]}
    await at.say(Shown(SENTENCE))
    assert at.texts == [SENTENCE] and at.owed == []


async def test_an_answer_that_nobody_confirmed_is_not_sent_again_at_once(at: At) -> None:
    async def uncertain(*_: object) -> None:
        raise Refused(NO_ANSWER, Decision.UNCERTAIN)

    at.api.send = uncertain  # type: ignore[method-assign, assignment]
    await at.say(Shown(SENTENCE))
    assert at.owed == [Owed(ONE, 0)]


async def test_only_what_beautifies_may_be_missing(at: At) -> None:
    send = at.api.send

    async def no_cards(openid: OpenId, part: Part) -> None:
        if isinstance(part, CardPart):
            raise Refused(45047)
        await send(openid, part)

    at.api.send = no_cards  # type: ignore[method-assign]
    await at.say(Shown(SENTENCE, extras=(CARD,)))
    assert at.texts == [SENTENCE] and at.owed == []


async def test_a_menu_that_may_not_be_sent_becomes_numbered_lines(at: At) -> None:
    send = at.api.send

    async def no_menus(openid: OpenId, part: Part) -> None:
        if isinstance(part, MenuPart):
            raise Refused(40200)
        await send(openid, part)

    at.api.send = no_menus  # type: ignore[method-assign]
    await at.say(CHOICES)
    assert at.texts == ["好的。", "请选：\n1. 甲\n2. 乙"] and at.owed == []
    assert not at.pusher.may_offer_menus and at.pusher.may_push
    at.seconds.at += pushing.NOT_ALLOWED_SECONDS
    assert at.pusher.may_offer_menus


async def test_who_waits_for_the_beginning_is_told_and_nothing_is_kept_where_there_was_none(at: At) -> None:
    loop = asyncio.get_running_loop()
    for codes, is_begun in (([], True), ([45047], False), ([-1], False), ([40200], False)):
        at.api.refuses, began = {"send": list(codes)}, loop.create_future()
        await at.say(CHOICES, began)
        assert began.result() is is_begun and at.owed == []


async def test_nothing_is_tried_by_an_account_that_may_not_for_an_hour(at: At) -> None:
    at.api.refuses = {"send": [48001]}
    await at.say(Shown(SENTENCE))
    await at.say(Shown(SENTENCE))
    await at.pusher.show_typing(LI)
    assert at.api.did == [] and at.api.refuses == {"send": []}
    at.seconds.at += pushing.NOT_ALLOWED_SECONDS
    await at.say(Shown(SENTENCE))
    assert at.texts == [SENTENCE]


async def test_whoever_is_gone_is_owed_nothing(at: At) -> None:
    at.api.refuses = {"send": [43004]}
    await at.say(Shown(SENTENCE))
    assert at.owed == []


async def test_two_answers_of_one_citizen_do_not_mix(at: At) -> None:
    send = at.api.send

    async def slowly(openid: OpenId, part: Part) -> None:
        await asyncio.sleep(0)
        await send(openid, part)

    at.api.send = slowly  # type: ignore[method-assign]
    other = "换领身份证要带旧证，本人到公安窗口去办。" * 80
    await asyncio.gather(at.say(Shown(LONG)), at.pusher.say(LI, Saying(Shown(other), MessageId("m_2"))))
    assert "".join(at.texts) == LONG + other
