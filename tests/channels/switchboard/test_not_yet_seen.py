"""What was written before a question stood there agrees to nothing in it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from channels.switchboard.bursts import Bursts
from channels.switchboard.receive import Receipt
from service_hall.appointments.own import visits_of
from service_hall.conversation.message import CitizenMessage, Door
from service_hall.conversation.reply import QuestionReply
from service_hall.hall import make_hall
from service_hall.shared.ids import VisitorId
from service_hall.visits.states import Status
from tests.channels.switchboard.test_inbox import Desk
from tests.stand_ins import UnderstandingRasa
from tests.visit_town import VisitTown

WHO = VisitorId("v_1")
BOOKING = "约明天九点办借书证首次办理"
PERSON = "姓名：李小红，手机：13812345678"


class Talking(Desk):
    """Each answer takes a second of the hall's clock."""

    def __init__(self) -> None:
        super().__init__()
        town = VisitTown()
        self.clock, self.sent = town.clock, 0
        self.rasa = UnderstandingRasa(make_hall(town.means))
        self.switchboard = self.node()
        self.rasa.before = self._a_second
        self.bursts = Bursts(self.switchboard, quiet_seconds=0)

    def written(self, text: str, after: float = 0) -> CitizenMessage:
        self.sent += 1
        at = self.clock() + timedelta(seconds=after)
        return CitizenMessage(WHO, at, text, door=Door.WECHAT, key=f"k-{self.sent}")

    async def answer(self, message: CitizenMessage) -> Receipt:
        receipt = await self.switchboard.receive(message)
        self.clock.at += timedelta(seconds=1)
        return receipt

    async def _a_second(self, _: object) -> None:
        self.clock.at += timedelta(seconds=1)

    @property
    def asked(self) -> str:
        walk = self.records.context_of(WHO).walk
        return walk.node if walk else ""

    @property
    def booked(self) -> bool:
        return any(visit.status is Status.BOOKED for visit in visits_of(self.rasa.hall.means, WHO))


@pytest.fixture
async def desk() -> Talking:
    desk = Talking()
    await desk.answer(desk.written(BOOKING))
    assert desk.asked == "person", desk.records.turns[-1]
    return desk


@pytest.mark.parametrize("yes", ["好的", "确认", "1", "第一个", "确认预约"])
async def test_a_yes_that_was_written_before_the_summary_books_nothing(desk: Talking, yes: str) -> None:
    person, early = desk.written(PERSON), desk.written(yes, 0.01)
    await desk.answer(person)
    assert desk.asked == "confirm"
    asked = (await desk.answer(early)).replies[-1]
    assert not desk.booked and desk.asked == "confirm"
    assert isinstance(asked, QuestionReply) and asked.node == "confirm", "the summary is shown once more"
    await desk.answer(desk.written("好的"))
    assert desk.booked


async def test_nor_when_they_come_together_over_wechat(desk: Talking) -> None:
    messages = [desk.written(text, n / 50) for n, text in enumerate((PERSON, "好的", "1"))]
    await asyncio.gather(*(desk.bursts.receive(message, 1, desk.admit) for message in messages))
    assert not desk.booked and desk.asked == "confirm"


async def test_what_tells_something_is_taken_all_the_same(desk: Talking) -> None:
    name, phone = desk.written("姓名：李小红"), desk.written("手机：13812345678", 0.01)
    await desk.answer(name)
    await desk.answer(phone)
    assert desk.asked in ("confirm", "person")
    assert (walk := desk.records.context_of(WHO).walk) and not {"name", "phone"} & set(walk.answers.get("lacks", ()))
