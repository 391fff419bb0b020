"""From the first sentence to the booking."""

from __future__ import annotations

from datetime import timedelta

import pytest

from knowledge_base.model import Aspect
from service_hall.appointments.outcomes import Booked
from service_hall.appointments.reserving import book
from service_hall.conversation.acts import Act
from service_hall.conversation.reply import AppointmentReply, OpeningsReply, Outcome
from service_hall.visits.states import Status
from tests.fakes import TOWN_HALL
from tests.service_hall.booking_talk.citizen import Citizen, standing
from tests.visit_town import CARD, LOST, MONDAY, VisitTown, moment, request, visitor

TUESDAY, WEDNESDAY = (MONDAY + timedelta(days=days) for days in (1, 2))


@pytest.fixture
def citizen() -> Citizen:
    return Citizen(VisitTown())


class TestTheWholeWay:
    def test_item_time_and_person_one_after_the_other(self, citizen: Citizen) -> None:
        citizen.book("帮我约明天上午去补办借书证")
        assert citizen.node == "when"
        assert {each.starts_at.date() for each in citizen.openings.openings} == {TUESDAY}
        citizen.say("2")
        assert "为您保留10分钟" in citizen.text
        citizen.say("张三")
        citizen.say("13800138000")
        citizen.say("跳过")
        assert "张*，138****8000" in citizen.text
        turn = citizen.say("对", Act.AFFIRM)
        assert turn.outcome is Outcome.DONE
        reply = turn.replies[0]
        assert isinstance(reply, AppointmentReply)
        assert (reply.guide_id, reply.starts_at, reply.status) == (LOST, moment(TUESDAY, "09:30"), "booked")
        assert "居民身份证" in citizen.text and "8:30起可以到大厅报到" in citizen.text
        assert citizen.context.walk is None

    def test_one_sentence_that_says_everything_leaves_only_the_confirmation(self, citizen: Citizen) -> None:
        citizen.book("帮我约下周二下午三点办借书证首次办理，我叫李四，电话13912345678")
        assert citizen.node == "confirm"
        citizen.tap("确认预约")
        [visit] = standing(citizen)
        assert (visit.guide_id, visit.starts_at) == (CARD, moment(MONDAY + timedelta(days=8), "15:00"))
        assert not visit.share_with_clerk

    def test_everything_by_tapping(self, citizen: Citizen) -> None:
        citizen.book("我要预约")
        citizen.tap("借书证首次办理")
        citizen.tap_opening(1)
        citizen.say("姓名：王小明\n手机：13800138000\n身份证：")
        citizen.tap("确认，并让窗口提前看到")
        [visit] = standing(citizen)
        assert visit.share_with_clerk

    def test_the_item_that_was_talked_about_need_not_be_named_again(self, citizen: Citizen) -> None:
        citizen.say("借书证丢了怎么补办", Act.ASK, Aspect.PROCEDURE)
        citizen.book("帮我约明天上午九点")
        assert citizen.node == "person"
        assert standing(citizen)[0].guide_id == LOST

    def test_a_booking_that_is_taken_for_details(self, citizen: Citizen) -> None:
        citizen.say("办借书证首次办理，约明天九点", Act.GIVE_DETAILS)
        assert citizen.node == "person"

    def test_details_out_of_the_blue_begin_nothing(self, citizen: Citizen) -> None:
        citizen.say("明天上午", Act.GIVE_DETAILS)
        assert citizen.context.walk is None

    def test_an_answer_offers_the_booking(self, citizen: Citizen) -> None:
        answer = citizen.say("借书证丢了怎么补办", Act.ASK, Aspect.PROCEDURE).replies[0]
        offer = answer.suggestions[-1]  # type: ignore[union-attr]
        citizen.send(offer.payload)
        assert isinstance(citizen.reply, OpeningsReply) and citizen.reply.guide_id == LOST

    def test_the_same_confirmation_run_twice_books_once(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        before = citizen.context
        first = citizen.say("确认", Act.AFFIRM).replies[0]
        citizen.context = before
        again = citizen.say("确认", Act.AFFIRM).replies[0]
        assert isinstance(first, AppointmentReply) and isinstance(again, AppointmentReply)
        assert first.code == again.code
        assert len(standing(citizen)) == 1

    @pytest.mark.parametrize("act", [Act.ASK, Act.OUT_OF_SCOPE, Act.CHITCHAT, Act.CHOOSE_OPTION, Act.CORRECT])
    def test_answers_are_understood_whatever_they_were_taken_for(self, citizen: Citizen, act: Act) -> None:
        citizen.book("帮我约个号")
        for said in ("借书证首次办理", "后天上午", "第二个", "张三", "13800138000", "跳过", "确认"):
            citizen.say(said, act)
        assert citizen.turn.outcome is Outcome.DONE
        assert standing(citizen)[0].starts_at == moment(WEDNESDAY, "09:30")

    def test_who_came_last_time_is_offered(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        citizen.say("确认", Act.AFFIRM)
        citizen.book("约明天十点给狗上证，去西山区")
        assert [option.label for option in citizen.options] == ["还是给李*（139****5678）办", "给别人办"]
        citizen.say("还是他")
        assert citizen.node == "confirm" and "李*，139****5678" in citizen.text

    def test_for_somebody_else(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        citizen.say("确认", Act.AFFIRM)
        citizen.book("约明天十点给狗上证，去西山区")
        citizen.tap("给别人办")
        citizen.say("王小明 13800138000")
        assert citizen.node == "confirm" and "王*明" in citizen.text


class TestWhatToBring:
    def test_only_what_she_can_bring_is_counted_and_conditions_are_told(self, citizen: Citizen) -> None:
        citizen.town.change_materials(
            {"name": "居民身份证"},
            {"name": "申领登记表", "form": "表格", "brings": "window"},
            {"name": "监护人身份证", "when": "未满十六周岁"},
        )
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        assert "要带的材料：1样，另有1样看情况要带，约好后发给您" in citizen.text
        citizen.say("确认", Act.AFFIRM)
        told = citizen.text.splitlines()
        assert "・居民身份证" in told and "・（未满十六周岁）监护人身份证" in told
        assert "到窗口领取填写，不用自己准备：申领登记表" in told


class TestTheEnd:
    def test_a_hold_that_ran_out_is_booked_while_there_is_a_place(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        citizen.town.clock.at += timedelta(minutes=11)
        assert citizen.say("确认", Act.AFFIRM).outcome is Outcome.DONE

    def test_a_hold_that_ran_out_and_is_full_offers_alternatives(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        citizen.town.clock.at += timedelta(minutes=11)
        for number in (2, 3):
            assert isinstance(book(citizen.town.means, request(number)), Booked)
        citizen.say("确认", Act.AFFIRM)
        assert citizen.node == "when" and "约满" in citizen.text and len(citizen.openings.openings) == 3
        citizen.tap_opening(1)
        assert citizen.node == "confirm"  # the person is known
        assert citizen.say("确认", Act.AFFIRM).outcome is Outcome.DONE

    def test_one_person_books_one_item_once(self, citizen: Citizen) -> None:
        for _ in range(2):
            citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
            citizen.say("确认", Act.AFFIRM)
        assert "已经有预约" in citizen.text and citizen.context.walk is None
        assert len(standing(citizen)) == 1

    @pytest.mark.parametrize("said", ["不约了", "算了", "取消", "先不约了", "那就算了吧"])
    def test_stopping_lets_the_place_go(self, citizen: Citizen, said: str) -> None:
        citizen.book("约明天九点办借书证首次办理")
        turn = citizen.say(said, Act.CANCEL)
        assert turn.outcome is Outcome.ANSWERED and citizen.context.walk is None
        assert standing(citizen) == []

    def test_another_visitor_cannot_confirm_it(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        stranger = Citizen(citizen.town, visitor(9))
        stranger.context = citizen.context
        assert stranger.say("确认", Act.AFFIRM).outcome is not Outcome.DONE
        assert standing(stranger, Status.BOOKED) == []


class TestInBetween:
    def test_a_question_is_answered_about_the_item_and_the_way_goes_on(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理")
        turn = citizen.say("要带什么材料", Act.ASK, Aspect.MATERIALS)
        assert turn.outcome is Outcome.ANSWERED
        assert "首次办借书证要带" in turn.replies[0].text and "姓名" in turn.replies[-1].text
        assert citizen.node == "person"

    @pytest.mark.parametrize(
        ("said", "act"),
        [("你是谁", Act.BOT_IDENTITY), ("谢谢", Act.THANKS), ("周末开门吗", Act.ASK), ("多少钱", Act.ASK)],
    )
    def test_what_is_no_answer_is_not_taken_for_one(self, citizen: Citizen, said: str, act: Act) -> None:
        citizen.book("预约借书证首次办理")
        citizen.say(said, act, Aspect.FEE if act is Act.ASK else None)
        assert citizen.node == "when" and isinstance(citizen.reply, OpeningsReply)
        assert standing(citizen) == []

    def test_after_three_misses_a_way_out_is_offered(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理")
        citizen.say("张三")
        for _ in range(2):
            citizen.say("这啊那啊")
            assert "没有听明白" in citizen.text
        citizen.say("这啊那啊")
        assert "不约了" in citizen.text and "0888-12345" in citizen.text

    def test_again_repeats_the_open_question(self, citizen: Citizen) -> None:
        citizen.book("预约借书证首次办理")
        asked = citizen.reply
        citizen.say("再说一遍", Act.REPEAT)
        assert citizen.reply == asked

    def test_an_old_confirmation_books_nothing(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
        old = citizen.options[0].payload
        citizen.say("换个时间")
        citizen.send(old)
        assert citizen.node == "when" and standing(citizen, Status.BOOKED) == []

    @pytest.mark.parametrize(
        "payload",
        [
            '/give_details{"node":"when","value":"2026-13-99"}',
            '/give_details{"node":"when","value":"2026-06-02T09:00"}',
            '/give_details{"node":"office","value":"nowhere"}',
            '/give_details{"node":"item","value":"nothing"}',
            '/give_details{"node":"confirm","value":"yes"}',
            '/give_details{"node":"elsewhere"}',
            "/give_details",
        ],
    )
    def test_a_forged_tap_changes_nothing(self, citizen: Citizen, payload: str) -> None:
        citizen.book("约明天给狗上证，去西山区")
        citizen.send(payload)
        assert citizen.node == "when" and standing(citizen, Status.BOOKED) == []

    def test_a_closed_slot_that_is_tapped_is_refused_with_a_reason(self, citizen: Citizen) -> None:
        citizen.book("预约借书证首次办理")
        citizen.send('/give_details{"node":"when","value":"2026-06-06T09:00:00+08:00"}')
        assert "不上班" in citizen.text and citizen.node == "when"

    def test_answers_of_another_release_are_asked_again(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理")
        flow = citizen.context.walk
        assert flow
        citizen.context = citizen.context.model_copy(
            update={"walks": (flow.model_copy(update={"answers": {"wanted": "soon"}}),)}
        )
        citizen.say("借书证首次办理")
        assert citizen.turn.replies

    def test_hostile_text_is_survived(self, citizen: Citizen) -> None:
        citizen.book("约明天九点办借书证首次办理")
        for said in ("1" * 1000, "约" * 900, "{}[]()*+?\\", "姓名：" + "王" * 500, "〔姓名〕", "\n\n"):
            citizen.say(said)
            assert citizen.turn.replies
        assert TOWN_HALL in {visit.office_id for visit in standing(citizen)}
