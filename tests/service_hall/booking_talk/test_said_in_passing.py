"""What is said besides the answer is neither lost nor taken for something else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service_hall.conversation.acts import Act
from service_hall.queue.errands import QueueErrands
from service_hall.visits.states import Status
from tests.service_hall.booking_talk.citizen import Citizen, standing
from tests.visit_town import MONDAY, VisitTown, moment, visitor

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def citizen() -> Citizen:
    town = VisitTown()
    return Citizen(town, visitor(), QueueErrands(town.means))


class TestBeforeTheItem:
    @pytest.fixture(autouse=True)
    def asked(self, citizen: Citizen) -> None:
        citizen.book("我要预约")
        assert citizen.node == "item"

    @pytest.mark.parametrize(
        ("said", "noted"),
        [
            ("后天上午", "6月3日（后天，周三）上午，记下了"),
            ("去西山区", "西山区，记下了"),
            ("张三 13800138000", "姓名和电话记下了"),
        ],
    )
    def test_what_is_kept_for_later_is_said_back(self, citizen: Citizen, said: str, noted: str) -> None:
        citizen.say(said)
        assert citizen.node == "item" and noted in citizen.text

    @pytest.mark.parametrize("said", ["随便", "随便哪个", "都行"])
    def test_what_is_to_be_done_is_not_chosen_for_her(self, citizen: Citizen, said: str) -> None:
        citizen.say(said)
        assert citizen.node == "item" and "您来定" in citizen.text


class TestAtTheOffice:
    def test_the_nearest_that_cannot_be_found_is_not_asked_for_in_a_circle(self, citizen: Citizen) -> None:
        citizen.book("约明天犬只登记")
        citizen.say("离我最近的")
        citizen.say("离我最近的")
        assert citizen.node == "office" and "还是收不到您的位置" in citizen.text

    def test_the_city_has_none_of_its_own_and_that_is_said(self, citizen: Citizen) -> None:
        citizen.book("约明天犬只登记")
        citizen.say("溪城市", Act.STATE_REGION)
        assert citizen.node == "office" and "就是下面这几个地方" in citizen.text


class TestAtTheTime:
    @pytest.fixture(autouse=True)
    def shown(self, citizen: Citizen) -> None:
        citizen.book("约明天办借书证首次办理")
        assert citizen.node == "when"

    @pytest.mark.parametrize(
        ("said", "at"), [("最晚的", "16:30"), ("越晚越好", "16:30"), ("上午最晚的", "11:30"), ("最迟的那个", "16:30")]
    )
    def test_the_last_one_is_taken(self, citizen: Citizen, said: str, at: str) -> None:
        citizen.say(said)
        assert [held.starts_at for held in standing(citizen)] == [moment(TUESDAY, at)]

    def test_of_several_days_the_last_one_of_each_is_shown(self, citizen: Citizen) -> None:
        citizen.say("后天和大后天")
        citizen.say("最晚的")
        assert {each.starts_at.strftime("%H:%M") for each in citizen.openings.openings} == {"16:30"}

    def test_a_date_without_its_last_word_is_one(self, citizen: Citizen) -> None:
        citizen.say("6月3")
        assert {each.starts_at.day for each in citizen.openings.openings} == {3}

    def test_going_on_asks_the_same_question(self, citizen: Citizen) -> None:
        citizen.say("好 那继续", Act.AFFIRM)
        assert citizen.node == "when" and "没有听明白" not in citizen.text

    def test_the_first_one_is_told_and_not_taken(self, citizen: Citizen) -> None:
        citizen.say("最快什么时候", Act.ASK)
        assert "最早能约到6月2日（明天，周二）9:00" in citizen.text and standing(citizen) == []

    def test_an_hour_that_no_day_has_is_not_kept(self, citizen: Citizen) -> None:
        citizen.say("明天凌晨三点")
        assert "3:00不办理" in citizen.text
        citizen.say("后天")
        assert "不办理" not in citizen.text and len(citizen.openings.openings) > 1


def test_an_hour_after_the_time_was_wrong_is_of_the_same_day(citizen: Citizen) -> None:
    citizen.book("约周三14:00办借书证首次办理，我叫李四，电话13912345678")
    citizen.say("时间不对", Act.RESCHEDULE)
    citizen.say("三点")
    assert [held.starts_at for held in standing(citizen)] == [moment(MONDAY + timedelta(days=2), "15:00")]


def test_a_number_of_the_queue_begins_no_booking(citizen: Citizen) -> None:
    citizen.book("约今天下午四点办借书证首次办理，我叫李四，电话13912345678")
    citizen.say("确认", Act.AFFIRM)
    citizen.book("取号")
    assert citizen.context.walk is None and "报到" in citizen.text
    assert [visit.status for visit in standing(citizen)] == [Status.BOOKED]
