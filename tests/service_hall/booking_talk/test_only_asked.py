"""A question, a condition and a denial carry nothing out: what was reached stays as it was."""

from __future__ import annotations

import pytest

from service_hall.conversation.acts import Act
from service_hall.visits.states import Status
from tests.service_hall.booking_talk.citizen import Citizen, standing
from tests.visit_town import MONDAY, VisitTown, moment

ASKED = [
    "要是我临时有事能取消吗",
    "约了不去会怎样",
    "约了不去要紧吗",
    "能取消不",
    "怎么取消预约",
    "能取消预约吗",
    "取消要扣钱吗",
    "万一不想去了可以退吗",
    "取消？",
]
DENIED = ["不要取消", "我没说要取消预约", "如果没号就算了", "没有早点的就算了", "有事的话就取消"]
NINE_ON_TUESDAY = moment(MONDAY.replace(day=2), "09:00")


@pytest.fixture
def citizen() -> Citizen:
    return Citizen(VisitTown())


def at_nine(citizen: Citizen) -> bool:
    return [visit.starts_at for visit in standing(citizen)] == [NINE_ON_TUESDAY]


class TestInTheMiddleOfABooking:
    @pytest.fixture(autouse=True)
    def held(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        assert citizen.node == "confirm"

    @pytest.mark.parametrize("said", [*ASKED, *DENIED])
    def test_nothing_is_given_up(self, citizen: Citizen, said: str) -> None:
        citizen.say(said, Act.CANCEL)
        assert citizen.node == "confirm" and at_nine(citizen)

    @pytest.mark.parametrize(
        "said", ["约好了还能改时间吗", "约了能改几次", "不用改时间", "如果去不了可以改天吗", "我要改密码"]
    )
    def test_the_time_stays(self, citizen: Citizen, said: str) -> None:
        citizen.say(said, Act.RESCHEDULE)
        assert citizen.node == "confirm" and at_nine(citizen)

    @pytest.mark.parametrize("said", ["不约了", "怎么这么慢，不约了", "我没空，取消掉"])
    def test_an_order_is_still_carried_out(self, citizen: Citizen, said: str) -> None:
        citizen.say(said, Act.CANCEL)
        assert citizen.context.walk is None and standing(citizen) == []

    def test_another_time_that_is_asked_for_is_looked_for(self, citizen: Citizen) -> None:
        citizen.say("能换个时间吗", Act.RESCHEDULE)
        assert citizen.node == "when"

    def test_the_time_before_is_taken_again(self, citizen: Citizen) -> None:
        citizen.tap("换个时间")
        citizen.say("不想改了 还是原来的时间", Act.RESCHEDULE)
        assert citizen.node == "confirm" and at_nine(citizen)


class TestWithABookingMade:
    @pytest.fixture(autouse=True)
    def booked(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        citizen.say("确认", Act.AFFIRM)

    @pytest.mark.parametrize("said", [*ASKED, "不要取消", "能帮我取消吗"])
    def test_it_stands(self, citizen: Citizen, said: str) -> None:
        citizen.say(said, Act.CANCEL)
        assert [visit.status for visit in standing(citizen)] == [Status.BOOKED]

    def test_what_a_service_changes_moves_no_booking(self, citizen: Citizen) -> None:
        citizen.say("我要改密码", Act.RESCHEDULE)
        assert citizen.context.walk is None
        citizen.say("改个时间", Act.RESCHEDULE)
        assert citizen.node == "when"


def test_the_rules_begin_no_booking(citizen: Citizen) -> None:
    for said in ("能提前几天约", "一个人最多约几个", "预约要不要钱"):
        citizen.book(said)
        assert citizen.context.walk is None
