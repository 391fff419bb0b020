"""A life event that leads into a booking and comes back: what is open, who is asked, and what each learns."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service_hall.appointments.reserving import book
from service_hall.conversation.acts import Act
from service_hall.conversation.reply import AppointmentReply, Outcome, QuestionReply
from service_hall.visits.states import Status
from tests.service_hall.booking_talk.citizen import Citizen, standing
from tests.service_hall.conversation.guided.moving import MovingFlow, tap_on
from tests.visit_town import MONDAY, VisitTown, moment, request, visitor

TUESDAY = MONDAY + timedelta(days=1)
WHO = "姓名：王小明\n手机：13800138000"


@pytest.fixture
def citizen() -> Citizen:
    town = VisitTown()
    return Citizen(town, visitor(), MovingFlow(town))


def names(citizen: Citizen) -> list[str]:
    return [walk.name for walk in citizen.context.walks]


def into_booking(citizen: Citizen) -> None:
    citizen.say("我要搬家", Act.ASK)
    citizen.say("2")
    citizen.tap("book")


class TestIntoABookingAndBack:
    def test_the_booking_begins_with_what_the_life_event_gave_it(self, citizen: Citizen) -> None:
        into_booking(citizen)
        assert names(citizen) == ["moving", "booking"]
        assert citizen.node == "when" and "借书证首次办理" in citizen.text
        assert citizen.text.startswith("先约办证。")
        assert citizen.turn.outcome is Outcome.ASKING

    def test_and_its_outcome_comes_back_into_the_answers(self, citizen: Citizen) -> None:
        into_booking(citizen)
        citizen.say("明天九点")
        citizen.say(WHO)
        turn = citizen.say("确认", Act.AFFIRM)
        [visit] = standing(citizen, Status.BOOKED)
        booked, *_, last = turn.replies
        assert isinstance(booked, AppointmentReply) and booked.text.startswith("约好了")
        assert last.text.splitlines() == [f"2个人搬，预约码：{visit.code}", "接着办搬家。"]
        assert (turn.outcome, names(citizen)) == (Outcome.DONE, [])

    @pytest.mark.parametrize("said", ["不约了", "上一步", "返回"])
    def test_stopped_or_stepped_out_of_in_the_middle_the_life_event_asks_on(self, citizen: Citizen, said: str) -> None:
        into_booking(citizen)
        turn = citizen.say(said, Act.DENY)
        assert isinstance(turn.replies[-1], QuestionReply)
        assert turn.replies[-1].text == "接着办搬家。\n现在就约吗？"
        assert (names(citizen), citizen.node) == (["moving"], "book_now")
        assert citizen.say("不约").replies[-1].text == "2个人搬，预约码：没有约"

    def test_the_place_held_is_let_go_on_the_way_out(self, citizen: Citizen) -> None:
        into_booking(citizen)
        citizen.say("明天九点")
        assert len(standing(citizen)) == 1
        citizen.say("返回")  # to the times, the first step of the booking
        assert citizen.node == "when"
        citizen.say("返回")
        assert citizen.node == "book_now" and standing(citizen) == []

    def test_a_restart_in_between_changes_nothing(self, citizen: Citizen) -> None:
        into_booking(citizen)
        again = Citizen(citizen.town, citizen.visitor_id, MovingFlow(citizen.town))
        again.context = citizen.context
        again.say("明天九点")
        again.say(WHO)
        again.say("确认", Act.AFFIRM)
        assert "2个人搬" in again.text and standing(again)[0].starts_at == moment(TUESDAY, "09:00")

    def test_a_question_in_between_is_answered_and_the_one_on_top_asks_on(self, citizen: Citizen) -> None:
        into_booking(citizen)
        citizen.say("谢谢", Act.THANKS)
        assert citizen.node == "when" and names(citizen) == ["moving", "booking"]

    def test_the_button_of_the_walk_below_is_stale_while_it_waits(self, citizen: Citizen) -> None:
        into_booking(citizen)
        citizen.send(tap_on("book_now", "later"))
        assert (names(citizen), citizen.node) == (["moving", "booking"], "when")

    def test_where_there_is_no_such_flow_it_asks_on(self, citizen: Citizen) -> None:
        citizen.say("我要搬家", Act.ASK)
        citizen.say("2")
        citizen.send(tap_on("book_now", "nowhere"))
        assert (names(citizen), citizen.node) == (["moving"], "book_now")

    def test_what_was_told_to_the_booking_is_not_read_again_below(self, citizen: Citizen) -> None:
        into_booking(citizen)
        citizen.say("明天九点")
        citizen.say(WHO)
        citizen.say("不约了", Act.DENY)
        assert (citizen.context.pocket, citizen.node) == ("", "book_now")


class TestLeavingByOnesOwnWords:
    def test_a_booking_begun_in_the_middle_comes_on_top_and_the_life_event_asks_on_afterwards(
        self, citizen: Citizen
    ) -> None:
        citizen.say("我要搬家", Act.ASK)
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        assert names(citizen) == ["moving", "booking"]
        turn = citizen.say("确认", Act.AFFIRM)
        assert turn.outcome is Outcome.DONE
        assert turn.replies[-1].text == "接着办搬家。\n几个人搬？"

    def test_a_life_event_begun_in_the_middle_of_a_booking_leads_back_to_it(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理")
        citizen.say("我要搬家了", Act.CHANGE_ITEM)
        assert names(citizen) == ["booking", "moving"]
        citizen.say("2")
        citizen.say("不约")
        assert names(citizen) == ["booking"] and citizen.node == "person"
        assert "接着刚才的预约" in citizen.text and len(standing(citizen)) == 1

    def test_an_errand_of_one_turn_leaves_all_open(self, citizen: Citizen) -> None:
        into_booking(citizen)
        citizen.say("我的预约", Act.MY_APPOINTMENTS)
        assert names(citizen) == ["moving", "booking"]


class TestTwoOfTheSameKind:
    def two_open(self, citizen: Citizen) -> None:
        citizen.say("我要搬家", Act.ASK)
        citizen.say("1")
        citizen.tap("again")
        assert names(citizen) == ["moving", "moving"]

    def test_each_keeps_its_own_answers(self, citizen: Citizen) -> None:
        self.two_open(citizen)
        lower, upper = citizen.context.walks
        assert (lower.answers, upper.answers) == ({"how_many": 1}, {"how_many": 3})
        turn = citizen.say("不约")
        assert [reply.text for reply in turn.replies] == [
            "3个人搬，预约码：没有约",
            "另一家3人。\n接着办搬家。\n现在就约吗？",
        ]
        assert citizen.say("不约").replies[0].text == "1个人搬，预约码：没有约"

    def test_two_bookings_each_with_its_place(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理")
        citizen.say("我要搬家了", Act.CHANGE_ITEM)
        citizen.say("2")
        citizen.tap("book")
        citizen.say("后天九点")
        assert names(citizen) == ["booking", "moving", "booking"] and len(standing(citizen)) == 2
        citizen.say("不约了", Act.CANCEL)
        assert [visit.starts_at for visit in standing(citizen)] == [moment(TUESDAY, "09:00")]

    def test_a_fourth_is_not_begun_and_nothing_is_lost(self, citizen: Citizen) -> None:
        self.two_open(citizen)
        citizen.tap("again")
        before = citizen.context.walks
        assert len(before) == 3
        citizen.tap("again")
        assert [walk.walk_id for walk in citizen.context.walks] == [walk.walk_id for walk in before]
        assert "同时在办的事有点多" in citizen.text and citizen.node == "book_now"
        citizen.book("约明天九点办借书证首次办理")
        assert len(citizen.context.walks) == 3 and "同时在办的事有点多" in citizen.text
        assert standing(citizen) == []

    def test_forgetting_the_conversation_gives_back_what_every_walk_holds(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理")
        citizen.say("我要搬家了", Act.CHANGE_ITEM)
        citizen.say("2")
        citizen.tap("book")
        citizen.say("后天九点")
        citizen.reception.let_go(citizen.visitor_id, citizen.context)
        assert standing(citizen) == []


class TestGoingBack:
    def test_to_the_question_before(self, citizen: Citizen) -> None:
        citizen.say("我要搬家", Act.ASK)
        citizen.say("2")
        citizen.say("上一步")
        assert citizen.node == "how_many" and citizen.context.walks[0].answers == {}

    def test_at_the_first_one_it_is_said_that_it_is_the_first(self, citizen: Citizen) -> None:
        citizen.say("我要搬家", Act.ASK)
        citizen.say("返回")
        assert citizen.text == "已经是第一步。\n几个人搬？"

    def test_step_by_step_through_a_whole_booking(self, citizen: Citizen) -> None:
        citizen.book("我要预约")
        citizen.say("借书证首次办理")
        citizen.say("明天九点")
        citizen.say(WHO)
        for node in ("person", "when", "item", "item"):
            citizen.say("上一步")
            assert citizen.node == node
        citizen.say("借书证首次办理")
        citizen.say("后天九点")
        assert citizen.node == "person" and len(standing(citizen)) == 1
        citizen.say(WHO)
        assert citizen.say("确认", Act.AFFIRM).outcome is Outcome.DONE

    def test_from_the_waiting_list_to_the_times(self, citizen: Citizen) -> None:
        for number in (2, 3):
            book(citizen.town.means, request(number))
        citizen.book("约明天九点办借书证首次办理")
        citizen.say("候补")
        assert citizen.node == "person"
        citizen.say("上一步")
        assert citizen.node == "when" and citizen.openings.openings

    def test_among_the_own_bookings(self, citizen: Citizen) -> None:
        for said in ("约明天九点办借书证首次办理", "约后天十点给狗上证，去西山区"):
            citizen.book(f"{said}，我叫李四，电话13912345678")
            citizen.say("确认", Act.AFFIRM)
        citizen.say("取消预约", Act.CANCEL)
        citizen.say("第二个", Act.CHOOSE_OPTION)
        assert citizen.node == "cancel"
        citizen.say("上一步")
        assert citizen.node == "which" and len(citizen.options) == 2
        assert len(standing(citizen, Status.BOOKED)) == 2


class TestMisses:
    def test_asked_again_and_at_the_third_time_with_a_way_out(self, citizen: Citizen) -> None:
        citizen.say("我要搬家", Act.ASK)
        for _ in range(2):
            citizen.say("不知道呀")
            assert citizen.text.startswith("没听懂。")
        citizen.say("不知道呀")
        assert citizen.text.startswith("不想办了")
