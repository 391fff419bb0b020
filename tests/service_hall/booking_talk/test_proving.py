"""Above the day's budget: the page solves a puzzle without a word, or the citizen tells a code; then it goes on."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from altcha import Challenge, solve_challenge

from service_hall.appointments.changing import cancel
from service_hall.conversation.acts import Act
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import AppointmentReply, NoticeReply, Outcome, ProofAsked, QuestionReply
from service_hall.shared.origin import NOWHERE
from service_hall.visits.states import Status
from service_hall.visits.visit import Visit
from tests.proofs import HERE, NO_SCRIPTS, FakeSms
from tests.service_hall.booking_talk.citizen import Citizen, standing
from tests.visit_town import MONDAY, VisitTown, fill, moment

TUESDAY = MONDAY + timedelta(days=1)
NAMED = "帮我约明天上午九点办借书证首次办理，我叫李四，电话13912345678"


def a_citizen(sms: FakeSms | None = None, **budget: int) -> Citizen:
    town = VisitTown(sms=sms)
    town.change_rules(**{"bookings_per_address": 0, **budget})
    citizen = Citizen(town)
    citizen.origin = HERE
    return citizen


def asked(citizen: Citizen) -> ProofAsked:
    reply = citizen.reply
    assert isinstance(reply, QuestionReply) and reply.proof, citizen.text
    return reply.proof


def solve(citizen: Citizen) -> None:
    """As the page does it: what it found goes back as a payload."""
    challenge = asked(citizen).challenge
    assert challenge
    found = solve_challenge(Challenge.from_dict(challenge))
    assert found
    citizen.send(command_payload("give_details", node="proof", value=f"{found.counter}.{found.derived_key}"))


class TestThePuzzle:
    def test_is_solved_before_a_place_is_held_and_the_talk_goes_on(self) -> None:
        citizen = a_citizen()
        turn = citizen.book("帮我约明天上午九点办借书证首次办理")
        assert (turn.outcome, citizen.node, asked(citizen).kind) == (Outcome.ASKING, "proof", "puzzle")
        assert "正在确认您不是机器人" in citizen.text and "12345" in citizen.text
        assert standing(citizen) == []
        solve(citizen)
        assert citizen.node == "person" and "为您保留10分钟" in citizen.text
        assert [visit.status for visit in standing(citizen)] == [Status.HELD]
        citizen.say("李四 13912345678")
        citizen.say("跳过")
        citizen.tap("确认预约")
        assert isinstance(citizen.turn.replies[0], AppointmentReply)  # a place that is held needs no other proof

    def test_within_the_budget_nobody_hears_of_it(self) -> None:
        citizen = a_citizen(bookings_per_address=1)
        citizen.book(NAMED)
        assert citizen.node == "confirm"

    def test_is_asked_once_for_one_place_after_the_other(self) -> None:
        citizen = a_citizen()
        citizen.book(NAMED)
        solve(citizen)
        citizen.say("换个时间")
        citizen.tap_opening(3)
        assert citizen.node == "confirm"
        assert len(standing(citizen)) == 1

    def test_wrongly_solved_another_is_asked(self) -> None:
        citizen = a_citizen()
        citizen.book(NAMED)
        first = asked(citizen).challenge
        citizen.send(command_payload("give_details", node="proof", value="7.00"))
        assert citizen.node == "proof" and asked(citizen).challenge != first
        solve(citizen)
        assert citizen.node == "confirm"

    def test_solved_too_late_another_is_asked(self) -> None:
        citizen = a_citizen()
        citizen.book(NAMED)
        citizen.town.clock.at += timedelta(minutes=11)
        solve(citizen)
        assert citizen.node == "proof"

    def test_a_hold_that_ran_out_is_booked_with_another_proof(self) -> None:
        citizen = a_citizen()
        citizen.book(NAMED)
        solve(citizen)
        [kept] = standing(citizen)
        cancel(citizen.town.means, citizen.visitor_id, kept.code)
        citizen.say("确认", Act.AFFIRM)
        assert citizen.node == "proof"
        solve(citizen)
        assert [visit.status for visit in standing(citizen)] == [Status.BOOKED]

    def test_the_place_may_be_gone_by_then(self) -> None:
        citizen = a_citizen()
        citizen.book(NAMED)
        citizen.town.change_rules(bookings_per_address=1000)
        fill(citizen.town, "09:00")
        citizen.town.change_rules(bookings_per_address=0)
        solve(citizen)
        assert citizen.node == "when"

    @pytest.mark.parametrize("said", ["不约了", "算了取消"])
    def test_who_would_rather_not_is_let_go(self, said: str) -> None:
        citizen = a_citizen()
        citizen.book(NAMED)
        citizen.say(said, Act.CANCEL)
        assert citizen.context.walk is None

    def test_a_question_in_between_is_answered_and_the_puzzle_comes_again(self) -> None:
        citizen = a_citizen()
        citizen.book(NAMED)
        citizen.say("借书证丢了要多少钱", Act.ASK)
        assert citizen.turn.replies[0].type == "answer"
        solve(citizen)
        assert citizen.node == "confirm"

    def test_another_time_may_be_said_instead(self) -> None:
        citizen = a_citizen()
        citizen.book(NAMED)
        citizen.say("改成后天上午十点")
        solve(citizen)
        [kept] = standing(citizen)
        assert kept.starts_at == moment(MONDAY + timedelta(days=2), "10:00")

    def test_is_solved_before_a_wish_is_written_down(self) -> None:
        citizen = a_citizen(bookings_per_address=1000)
        fill(citizen.town, "09:00")
        citizen.town.change_rules(bookings_per_address=0)
        citizen.book("帮我约明天上午九点办借书证首次办理，我叫李四，电话13912345678，约满了就候补")
        citizen.say("候补")
        assert citizen.node == "proof"
        solve(citizen)
        assert isinstance(citizen.turn.replies[0], NoticeReply) and citizen.turn.outcome is Outcome.DONE

    def test_at_a_door_without_scripts_the_hotline_and_the_hall_are_named(self) -> None:
        citizen = a_citizen(bookings_per_device=0)
        citizen.origin = NO_SCRIPTS
        citizen.book(NAMED)
        assert citizen.context.walk is None
        assert "12345" in citizen.text and "请工作人员帮您约" in citizen.text

    def test_whence_it_was_said_is_not_kept(self) -> None:
        citizen = a_citizen()
        citizen.book(NAMED)
        assert citizen.context.origin == NOWHERE
        citizen.say("借书证丢了要多少钱", Act.ASK)
        assert "here" not in citizen.context.model_dump_json()


class TestTheCode:
    def until_the_code(self) -> tuple[Citizen, FakeSms]:
        sms = FakeSms()
        citizen = a_citizen(sms)
        citizen.book(NAMED)
        assert citizen.node == "confirm" and "先不留位置" in citizen.text
        assert standing(citizen) == [] and sms.sent == []
        citizen.tap("确认预约")
        assert (citizen.node, asked(citizen).kind, asked(citizen).phone) == ("proof", "phone_code", "139****5678")
        return citizen, sms

    def booked(self, citizen: Citizen) -> Visit:
        [visit] = standing(citizen)
        assert visit.status is Status.BOOKED
        return visit

    @pytest.mark.parametrize(
        "form", ["{}", "验证码：{}", "验证码是{}，谢谢", " {} ", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}"]
    )
    def test_told_in_any_words_books(self, form: str) -> None:
        citizen, sms = self.until_the_code()
        citizen.say(form.format(sms.digits))
        assert self.booked(citizen).phone_key

    def test_in_wide_digits_too(self) -> None:
        citizen, sms = self.until_the_code()
        citizen.say(sms.digits.translate(str.maketrans("0123456789", "０１２３４５６７８９")))
        self.booked(citizen)

    def test_is_read_by_nobody_else(self) -> None:
        citizen, sms = self.until_the_code()
        digits = sms.digits
        citizen.say(f"验证码是{digits}")
        assert citizen.masked == "验证码是〔验证码〕"
        assert digits not in citizen.context.model_dump_json()

    def test_that_is_wrong_says_how_many_tries_are_left(self) -> None:
        citizen, sms = self.until_the_code()
        citizen.say(f"{(int(sms.digits) + 1) % 10**6:06}")
        assert citizen.node == "proof" and "还可以再填2次" in citizen.text
        citizen.say(sms.digits)
        self.booked(citizen)

    def test_is_sent_again_when_asked_for_after_a_minute(self) -> None:
        citizen, sms = self.until_the_code()
        citizen.tap("再发一次")
        assert len(sms.sent) == 1
        citizen.town.clock.at += timedelta(seconds=61)
        citizen.tap("再发一次")
        assert len(sms.sent) == 2
        citizen.say(sms.digits)
        self.booked(citizen)

    def test_goes_to_another_phone_when_that_was_the_wrong_one(self) -> None:
        citizen, sms = self.until_the_code()
        citizen.tap("换个手机号")
        citizen.say("手机：13800138000")
        citizen.tap("确认预约")
        assert [phone for phone, _ in sms.sent] == ["13912345678", "13800138000"]
        citizen.say(sms.digits)
        self.booked(citizen)

    def test_keeps_the_consent_that_was_given(self) -> None:
        sms = FakeSms()
        citizen = a_citizen(sms)
        citizen.book(NAMED)
        citizen.tap("确认，并让窗口提前看到")
        citizen.say(sms.digits)
        assert self.booked(citizen).share_with_clerk

    def test_at_a_door_without_scripts_it_books_as_well(self) -> None:
        sms = FakeSms()
        citizen = a_citizen(sms, bookings_per_device=0)
        citizen.origin = NO_SCRIPTS
        citizen.book(NAMED)
        citizen.tap("确认预约")
        citizen.say(sms.digits)
        self.booked(citizen)

    def test_a_turn_that_is_run_again_sends_no_second_code_and_books_no_second_time(self) -> None:
        citizen, sms = self.until_the_code()
        before = citizen.context
        citizen.say(sms.digits)
        booking = self.booked(citizen)
        citizen.context = before
        citizen.say(sms.digits)
        assert self.booked(citizen) == booking
        assert len(sms.sent) == 1

    def test_the_text_alone_does_for_any_door(self) -> None:
        citizen, _ = self.until_the_code()
        assert citizen.reply.text.splitlines()[-3:] == ["1. 再发一次", "2. 换个手机号", "3. 不约了"]
        json.loads(citizen.reply.model_dump_json())
