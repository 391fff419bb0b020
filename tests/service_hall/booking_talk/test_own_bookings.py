"""Cancelling, moving, telling; the waiting list."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from service_hall.appointments import changing
from service_hall.appointments.outcomes import Booked
from service_hall.appointments.own import visits_of, wishes_of
from service_hall.appointments.places import Wanted
from service_hall.appointments.reserving import book
from service_hall.booking_talk.why_closed import why_closed
from service_hall.conversation.acts import Act
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import AppointmentReply, NoticeReply, Outcome
from service_hall.queue.arriving import check_in
from service_hall.queue.calling import call_next
from service_hall.queue.outcomes import Refused, Ticketed
from service_hall.visits.closures import Closure, ClosureId
from service_hall.visits.states import Move, Status
from service_hall.visits.visit import Visit, event_of
from tests.fakes import TOWN_HALL, WEST_HALL
from tests.service_hall.booking_talk.citizen import Citizen
from tests.visit_town import CARD, DOG, MONDAY, VisitTown, moment, request, visitor

TUESDAY, WEDNESDAY, FRIDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 4))


@pytest.fixture
def citizen() -> Citizen:
    return Citizen(VisitTown())


def booked(town: VisitTown, number: int = 1, **changed: object) -> Visit:
    outcome = book(town.means, request(number, **changed))  # type: ignore[arg-type]
    assert isinstance(outcome, Booked)
    return outcome.visit


def with_two(citizen: Citizen) -> tuple[Visit, Visit]:
    card = booked(citizen.town)
    dog = booked(citizen.town, wanted=Wanted(DOG, WEST_HALL, moment(WEDNESDAY, "10:00")), key="second")
    return card, dog


def now_of(citizen: Citizen, visit: Visit) -> Visit:
    found = citizen.town.ledger.read(lambda page: page.visit(visit.visit_id))
    assert found
    return found


class TestCancelling:
    def test_with_nothing_booked_the_enquiry_speaks(self, citizen: Citizen) -> None:
        citizen.say("取消预约", Act.CANCEL)
        assert citizen.text.startswith("好的，先不办")

    @pytest.mark.parametrize("said", ["取消我的预约", "之前约的那个不要了"])
    def test_but_a_booking_that_was_named_is_told_not_to_be_there(self, citizen: Citizen, said: str) -> None:
        citizen.say(said, Act.CANCEL)
        assert citizen.text.startswith("没有找到可以取消的预约") and citizen.context.walk is None

    @pytest.mark.parametrize("yes", ["取消", "是的", "确认", "1"])
    def test_one_is_cancelled_once_that_is_confirmed(self, citizen: Citizen, yes: str) -> None:
        visit = booked(citizen.town)
        citizen.say("取消预约", Act.CANCEL)
        assert citizen.node == "cancel" and now_of(citizen, visit).status is Status.BOOKED
        turn = citizen.say(yes, Act.AFFIRM)
        assert turn.outcome is Outcome.DONE and isinstance(turn.replies[0], AppointmentReply)
        assert now_of(citizen, visit).status is Status.CANCELLED

    @pytest.mark.parametrize("no", ["不取消", "算了", "不用了", "2"])
    def test_or_kept(self, citizen: Citizen, no: str) -> None:
        visit = booked(citizen.town)
        citizen.say("取消预约", Act.CANCEL)
        citizen.say(no, Act.CANCEL if no == "算了" else Act.DENY)
        assert citizen.context.walk is None and "没有变" in citizen.text
        assert now_of(citizen, visit).status is Status.BOOKED

    def test_of_several_the_one_that_was_named(self, citizen: Citizen) -> None:
        _, dog = with_two(citizen)
        citizen.say("把狗证的预约取消", Act.CANCEL)
        assert "犬只登记" in citizen.text and citizen.node == "cancel"
        citizen.tap("取消这个预约")
        assert now_of(citizen, dog).status is Status.CANCELLED

    def test_of_several_by_day(self, citizen: Citizen) -> None:
        with_two(citizen)
        citizen.say("取消明天的预约", Act.CANCEL)
        assert citizen.node == "cancel" and "借书证首次办理" in citizen.text

    def test_of_several_by_number(self, citizen: Citizen) -> None:
        _, dog = with_two(citizen)
        citizen.say("取消预约", Act.CANCEL)
        assert citizen.node == "which"
        citizen.say("第二个", Act.CHOOSE_OPTION)
        citizen.say("是的", Act.AFFIRM)
        assert now_of(citizen, dog).status is Status.CANCELLED

    def test_by_the_button_of_the_booking(self, citizen: Citizen) -> None:
        visit = booked(citizen.town)
        citizen.send(command_payload("cancel", code=visit.code))
        assert citizen.node == "cancel"

    def test_another_visitors_code_is_unknown(self, citizen: Citizen) -> None:
        visit = booked(citizen.town, 2)
        citizen.send(command_payload("cancel", code=visit.code))
        assert "没有找到" in citizen.text and citizen.context.walk is None

    def test_a_cancelled_one_cannot_be_moved(self, citizen: Citizen) -> None:
        visit = booked(citizen.town)
        changing.cancel(citizen.town.means, visitor(), visit.code)
        citizen.send(command_payload("reschedule", code=visit.code))
        assert "不能改时间" in citizen.text and citizen.context.walk is None

    def test_an_open_booking_and_its_place_wait_below_an_errand(self, citizen: Citizen) -> None:
        visit = booked(citizen.town)
        citizen.book("约后天十点给狗上证，去西山区")
        citizen.send(command_payload("cancel", code=visit.code))
        assert citizen.node == "cancel"
        held = [each for each in visits_of(citizen.town.means, visitor()) if each.status is Status.HELD]
        assert len(held) == 1
        citizen.tap("不取消")
        assert citizen.node == "person" and "接着刚才的预约" in citizen.text


class TestMoving:
    def test_to_the_time_that_was_said(self, citizen: Citizen) -> None:
        visit = booked(citizen.town)
        citizen.say("改到周五下午三点", Act.RESCHEDULE)
        assert citizen.node == "confirm_move" and now_of(citizen, visit).starts_at == visit.starts_at
        assert "从6月2日（明天，周二）9:00改到6月5日（周五）15:00" in citizen.text
        turn = citizen.say("确认", Act.AFFIRM)
        assert turn.outcome is Outcome.DONE and citizen.text.startswith("已改好")
        assert now_of(citizen, visit).starts_at == moment(FRIDAY, "15:00")

    @pytest.mark.parametrize("said", ["对，改到周五下午三点", "三点", "是的，改", "就改到这个时间"])
    def test_the_time_said_once_more_confirms_it(self, citizen: Citizen, said: str) -> None:
        visit = booked(citizen.town)
        citizen.say("改到周五下午三点", Act.RESCHEDULE)
        citizen.say(said, Act.AFFIRM)
        assert now_of(citizen, visit).starts_at == moment(FRIDAY, "15:00")

    def test_or_it_stays_as_it_was(self, citizen: Citizen) -> None:
        visit = booked(citizen.town)
        citizen.say("改到周五下午三点", Act.RESCHEDULE)
        citizen.tap("不改")
        assert now_of(citizen, visit).starts_at == visit.starts_at and "没有变" in citizen.text

    def test_a_tap_on_an_opening_that_is_shown_moves_it_at_once(self, citizen: Citizen) -> None:
        visit = booked(citizen.town)
        citizen.say("改个时间", Act.RESCHEDULE)
        shown = citizen.openings.openings[5]
        assert citizen.tap_opening(6).outcome is Outcome.DONE
        assert now_of(citizen, visit).starts_at == shown.starts_at

    def test_from_one_day_to_another(self, citizen: Citizen) -> None:
        _, dog = with_two(citizen)
        citizen.say("把周三的改到周五上午十点", Act.RESCHEDULE)
        citizen.say("可以", Act.AFFIRM)
        assert now_of(citizen, dog).starts_at == moment(FRIDAY, "10:00")

    def test_to_the_afternoon_is_of_the_same_day(self, citizen: Citizen) -> None:
        booked(citizen.town)
        citizen.say("改到下午", Act.RESCHEDULE)
        assert {each.starts_at.date() for each in citizen.openings.openings} == {TUESDAY}

    def test_chosen_from_the_openings(self, citizen: Citizen) -> None:
        visit = booked(citizen.town)
        citizen.say("改个时间", Act.RESCHEDULE)
        citizen.say("后天上午")
        citizen.say("2")
        assert now_of(citizen, visit).starts_at == moment(WEDNESDAY, "09:30")

    def test_what_the_hall_chose_is_confirmed_first(self, citizen: Citizen) -> None:
        visit = booked(citizen.town)
        citizen.say("改到后天随便几点", Act.RESCHEDULE)
        assert citizen.node == "confirm_move" and now_of(citizen, visit).starts_at == visit.starts_at
        citizen.say("可以", Act.AFFIRM)
        assert now_of(citizen, visit).starts_at == moment(WEDNESDAY, "09:00")

    def test_stopping_leaves_the_booking_as_it_is(self, citizen: Citizen) -> None:
        visit = booked(citizen.town)
        citizen.say("改个时间", Act.RESCHEDULE)
        citizen.say("算了", Act.CANCEL)
        assert "没有变" in citizen.text and now_of(citizen, visit).status is Status.BOOKED

    def test_a_full_time_leaves_it_as_it_is_and_offers_others(self, citizen: Citizen) -> None:
        visit = booked(citizen.town)
        for number in (2, 3):
            booked(citizen.town, number, at=moment(FRIDAY, "09:00"))
        citizen.say("改到周五九点", Act.RESCHEDULE)
        assert "约满了" in citizen.text and citizen.node == "when"
        assert now_of(citizen, visit).starts_at == visit.starts_at

    def test_the_displaced_one_is_meant_first(self, citizen: Citizen) -> None:
        _, dog = with_two(citizen)
        displaced = dog.moved(Move.DISPLACE, displaced=True)
        at = citizen.town.means.now()
        citizen.town.ledger.write(
            [], lambda page: page.save(displaced, event_of(dog, displaced, Move.DISPLACE, at, "hall"))
        )
        citizen.say("改个时间", Act.RESCHEDULE)
        assert citizen.openings.guide_id == DOG


class TestTelling:
    def test_all_that_is_ahead(self, citizen: Citizen) -> None:
        with_two(citizen)
        turn = citizen.say("我的预约", Act.MY_APPOINTMENTS)
        assert [each.guide_id for each in turn.replies if isinstance(each, AppointmentReply)] == [CARD, DOG]

    def test_nothing_lets_the_enquiry_speak(self, citizen: Citizen) -> None:
        citizen.say("我的预约", Act.MY_APPOINTMENTS)
        assert "您还没有预约" in citizen.text

    def test_in_the_middle_of_a_booking_the_question_comes_again(self, citizen: Citizen) -> None:
        booked(citizen.town)
        citizen.book("约后天十点给狗上证，去西山区")
        citizen.say("我的预约", Act.MY_APPOINTMENTS)
        assert isinstance(citizen.turn.replies[0], AppointmentReply)
        assert citizen.node == "person" and "给谁办" in citizen.turn.replies[-1].text


class TestTheWaitingList:
    @pytest.fixture
    def waiting(self, citizen: Citizen) -> Citizen:
        for number in (2, 3):
            booked(citizen.town, number)
        citizen.book("约明天九点办借书证首次办理")
        citizen.say("候补")
        citizen.say("张三 13800138000")
        return citizen

    def test_is_joined_for_what_was_wanted(self, waiting: Citizen) -> None:
        assert waiting.turn.outcome is Outcome.DONE and isinstance(waiting.turn.replies[0], NoticeReply)
        assert "6月2日（明天，周二）9:00" in waiting.text and "30分钟" in waiting.text
        [wish] = wishes_of(waiting.town.means, visitor())
        assert (wish.first_day, wish.last_day) == (TUESDAY, TUESDAY)
        assert wish.from_time <= "09:00" < wish.until_time

    def test_is_told_with_the_bookings(self, waiting: Citizen) -> None:
        waiting.say("我的预约", Act.MY_APPOINTMENTS)
        assert "候补中：借书证首次办理" in waiting.text

    def test_an_offer_is_taken_or_left(self, waiting: Citizen) -> None:
        first = next(
            visit
            for visit in waiting.town.ledger.read(lambda page: page.of_visitor(visitor(2)))
            if visit.status is Status.BOOKED
        )
        changing.cancel(waiting.town.means, visitor(2), first.code)
        [offered] = [visit for visit in visits_of(waiting.town.means, visitor()) if visit.status is Status.HELD]
        before = waiting.context
        turn = waiting.send(command_payload("give_details", node="offer", code=offered.code, value="accept"))
        assert turn.outcome is Outcome.DONE and now_of(waiting, offered).status is Status.BOOKED
        waiting.context = before
        waiting.send(command_payload("give_details", node="offer", code=offered.code, value="decline"))
        assert now_of(waiting, offered).status is Status.BOOKED

    def test_an_offer_is_left_to_the_next(self, waiting: Citizen) -> None:
        first = waiting.town.ledger.read(lambda page: page.of_visitor(visitor(2)))[0]
        changing.cancel(waiting.town.means, visitor(2), first.code)
        [offered] = [visit for visit in visits_of(waiting.town.means, visitor()) if visit.status is Status.HELD]
        waiting.send(command_payload("give_details", node="offer", code=offered.code, value="decline"))
        assert now_of(waiting, offered).status is Status.CANCELLED

    def test_there_is_no_need_to_wait_where_places_are_free(self, citizen: Citizen) -> None:
        citizen.book("约明天上午办借书证首次办理，满了就候补")
        assert "不用候补" in citizen.text and citizen.node == "when"


def test_a_closure_is_told_with_its_reason(citizen: Citizen) -> None:
    now = citizen.town.means.now()
    closure = Closure(
        ClosureId("c_1"),
        TOWN_HALL,
        "",
        moment(TUESDAY, "00:00"),
        moment(WEDNESDAY, "00:00"),
        "停电检修",
        "clerk:a",
        now,
    )
    citizen.town.ledger.write([], lambda page: page.add_closure(closure))
    assert why_closed(citizen.town.means, CARD, TOWN_HALL, TUESDAY) == "停办（停电检修）"
    citizen.book("约明天办借书证首次办理")
    assert "停办（停电检修）" in citizen.text and citizen.openings.openings
    assert replace(closure, reason="") != closure


class TestCheckedIn:
    """Whoever has a ticket is still a citizen with a booking."""

    @pytest.fixture
    def visit(self, citizen: Citizen) -> Visit:
        visit = booked(citizen.town)
        assert visit.starts_at
        citizen.town.clock.at = visit.starts_at - timedelta(minutes=10)
        assert isinstance(check_in(citizen.town.means, visit.code, "visitor", visitor()), Ticketed)
        return now_of(citizen, visit)

    @pytest.mark.parametrize("said", ["取消预约", "不去了，取消", "不去了"])
    def test_it_is_cancelled_once_that_is_confirmed(self, citizen: Citizen, visit: Visit, said: str) -> None:
        citizen.say(said, Act.CANCEL)
        assert citizen.node == "cancel" and visit.ticket in citizen.text
        assert citizen.say("是的", Act.AFFIRM).outcome is Outcome.DONE
        assert now_of(citizen, visit).status is Status.CANCELLED

    def test_its_time_stays_and_the_way_out_is_offered(self, citizen: Citizen, visit: Visit) -> None:
        citizen.say("改到明天", Act.RESCHEDULE)
        assert "已经报到" in citizen.text and citizen.context.walk is None
        citizen.tap("取消这个预约")
        assert citizen.node == "cancel"

    def test_by_its_button_too(self, citizen: Citizen, visit: Visit) -> None:
        citizen.send(command_payload("reschedule", code=visit.code))
        assert "先取消" in citizen.text and citizen.context.walk is None

    @pytest.mark.parametrize("act", [Act.CANCEL, Act.RESCHEDULE])
    def test_once_called_the_counter_is_told(self, citizen: Citizen, visit: Visit, act: Act) -> None:
        assert not isinstance(call_next(citizen.town.means, visit.office_id, "1", "clerk:1"), Refused)
        citizen.say("不去了，取消" if act is Act.CANCEL else "改到明天", act)
        assert "到窗口说一声" in citizen.text and citizen.context.walk is None

    def test_one_that_is_still_ahead_is_moved_rather_than_it(self, citizen: Citizen, visit: Visit) -> None:
        booked(citizen.town, wanted=Wanted(DOG, WEST_HALL, moment(FRIDAY, "10:00")), key="second")
        citizen.say("改时间", Act.RESCHEDULE)
        assert "犬只登记" in citizen.text and citizen.node == "when"
