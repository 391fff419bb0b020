"""What is told to the assistant itself: anew, help, themes, back, and that everything is to be deleted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.reply import AnswerReply, ChoicesReply, Outcome, QuestionReply
from service_hall.conversation.turn import Turn
from service_hall.reception import Reception
from service_hall.shared.ids import VisitorId
from tests import fakes
from tests.enquiry_desk import EnquiryDesk
from tests.reasons import with_reason

WHO = VisitorId("v-commands")
LOST, DOG = "library-card-lost", "dog-register"


class Forgetting:
    def __init__(self, *booked: str) -> None:
        self.booked = booked
        self.forgotten: list[VisitorId] = []
        self.cancels: list[bool] = []

    def still_open(self, visitor_id: VisitorId) -> Sequence[str]:
        return self.booked

    def forget(self, visitor_id: VisitorId, cancels: bool) -> Sequence[str]:
        self.forgotten.append(visitor_id)
        self.cancels.append(cancels)
        return ("到访记录按规定保留30天。",)


class Hall:
    def __init__(self, forget: Forgetting | None = None) -> None:
        desk = EnquiryDesk(fakes.town)
        self.reception = Reception(fakes.town, desk.hear, desk.enquiry, (), forget)
        self.context = Context()

    def say(self, text: str, act: Act = Act.ASK) -> Turn:
        turn = with_reason(self.reception.respond(WHO, text, act, None, self.context))
        self.context = turn.context
        return turn


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.mark.parametrize("text", ["重新开始", "清空", "清空聊天记录"])
def test_anew_means_that_nothing_is_remembered(hall: Hall, text: str) -> None:
    hall.say("借书证丢了怎么补办")
    assert hall.context.guide_id == LOST
    turn = hall.say(text, Act.REPEAT)
    assert (turn.outcome, turn.reason, turn.context) == (Outcome.ANSWERED, "starts_anew", Context())
    assert hall.say("要带什么").outcome is Outcome.CLARIFY


def test_the_themes_are_there_to_choose_from_and_lead_to_their_services(hall: Hall) -> None:
    turn = hall.say("有哪些主题", Act.OUT_OF_SCOPE)
    assert turn.outcome is Outcome.CLARIFY and isinstance(turn.replies[0], ChoicesReply)
    [theme] = turn.replies[0].options
    assert theme.label == "示范"
    for said in (theme.payload, "示范", "1"):
        of_theme = Hall()
        of_theme.say("有哪些主题")
        listed = of_theme.say(said, Act.ASK if said == theme.payload else Act.CHOOSE_OPTION)
        assert isinstance(listed.replies[0], ChoicesReply) and len(listed.replies[0].options) == 5, said
        picked = of_theme.say("第三个", Act.CHOOSE_OPTION)
        assert isinstance(picked.replies[0], AnswerReply) and picked.replies[0].guide_id == DOG


def test_help_tells_what_can_be_said(hall: Hall) -> None:
    turn = hall.say("帮助", Act.OUT_OF_SCOPE)
    assert turn.outcome is Outcome.ANSWERED and "转人工" in turn.replies[0].text


def test_back_leads_to_the_item_before_or_says_that_there_is_none(hall: Hall) -> None:
    assert "没有可以返回的" in hall.say("返回").replies[0].text
    hall.say("借书证丢了怎么补办")
    hall.say("养狗登记去哪办")
    back = hall.say("返回")
    assert isinstance(back.replies[0], AnswerReply) and back.replies[0].guide_id == LOST


class TestDeleting:
    def test_it_is_asked_once_and_then_done(self) -> None:
        forget = Forgetting()
        hall = Hall(forget)
        hall.say("借书证丢了怎么补办")
        asked = hall.say("删除我的数据", Act.OUT_OF_SCOPE)
        assert asked.outcome is Outcome.ASKING and isinstance(asked.replies[0], QuestionReply)
        assert forget.forgotten == [] and "删除" in asked.replies[0].text
        done = hall.say("确认", Act.AFFIRM)
        assert (done.outcome, done.context, forget.forgotten) == (Outcome.DONE, Context(), [WHO])
        assert "保留30天" in done.replies[0].text

    @pytest.mark.parametrize("text", ["不", "算了", "2", "不删除"])
    def test_whoever_thinks_better_of_it_keeps_everything(self, text: str) -> None:
        forget = Forgetting()
        hall = Hall(forget)
        hall.say("借书证丢了怎么补办")
        hall.say("删除我的数据")
        kept = hall.say(text, Act.DENY)
        assert forget.forgotten == [] and kept.context.guide_id == LOST and kept.context.walks == ()

    def test_the_options_can_be_tapped(self) -> None:
        forget = Forgetting()
        hall = Hall(forget)
        asked = hall.say("删除我的数据").replies[0]
        assert isinstance(asked, QuestionReply)
        hall.say(asked.options[1].payload)
        assert forget.forgotten == []
        again = hall.say("删除我的数据").replies[0]
        assert isinstance(again, QuestionReply)
        hall.say(again.options[0].payload)
        assert forget.forgotten == [WHO]

    def test_a_question_in_between_is_answered_and_it_is_asked_again(self) -> None:
        hall = Hall(Forgetting())
        hall.say("删除我的数据")
        turn = hall.say("养狗登记去哪办")
        assert isinstance(turn.replies[0], AnswerReply) and isinstance(turn.replies[-1], QuestionReply)

    @pytest.mark.parametrize(
        ("answer", "cancels"),
        [
            *[(keeps, [False]) for keeps in ("确认", "1", "删除")],
            *[(cancels, [True]) for cancels in ("2", "第二个")],
            *[(no, []) for no in ("3", "取消", "算了")],
        ],
    )
    def test_what_is_booked_is_told_and_may_be_cancelled(self, answer: str, cancels: list[bool]) -> None:
        forget = Forgetting("借书证，预约码：11111 11111")
        hall = Hall(forget)
        asked = hall.say("删除我的数据").replies[0]
        assert isinstance(asked, QuestionReply) and len(asked.options) == 3 and "11111 11111" in asked.text
        hall.say(answer)
        assert forget.cancels == cancels and hall.context.walks == ()

    def test_it_is_told_again_when_it_is_asked_again(self) -> None:
        hall = Hall(Forgetting("借书证，预约码：11111 11111"))
        hall.say("删除我的数据")
        assert "11111 11111" in hall.say("养狗登记去哪办").replies[-1].text

    def test_a_hall_that_cannot_delete_says_so(self, hall: Hall) -> None:
        hall.say("删除我的数据")
        done = hall.say("好的", Act.AFFIRM)
        assert done.context == Context() and "0888-12345" in done.replies[0].text
