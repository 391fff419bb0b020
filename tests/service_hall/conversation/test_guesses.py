"""Where only one service may be meant: asked, and to be turned down."""

from __future__ import annotations

import pytest

from knowledge_base.model import Aspect
from knowledge_base.search.find import Hit
from service_hall.conversation.acts import Act
from service_hall.conversation.choosing import opening_of
from service_hall.conversation.context import Context
from service_hall.conversation.enquiry import ends
from service_hall.conversation.enquiry.asked import at_the_desk
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import AnswerReply, ChoicesReply, Outcome, TextReply
from service_hall.conversation.turn import Turn
from tests import fakes
from tests.enquiry_desk import EnquiryDesk

DOG, STALL = "dog-register", "night-stall"


@pytest.fixture
def desk() -> EnquiryDesk:
    return EnquiryDesk(fakes.town)


def guessed(desk: EnquiryDesk, *guide_ids: str, context: Context | None = None) -> Turn:
    said = desk.hear("宠物的事")
    asked = at_the_desk(said, Act.ASK, None, context or Context(), desk.enquiry._facts)
    return ends.offer(asked, [Hit(each, 0.3, "", True, False) for each in guide_ids], Aspect.FEE, said.text)


def guide_of(turn: Turn) -> str:
    [reply] = turn.replies
    return reply.guide_id if isinstance(reply, AnswerReply) else ""


def test_the_only_one_is_asked(desk: EnquiryDesk) -> None:
    turn = guessed(desk, DOG)
    [reply] = turn.replies
    assert turn.outcome is Outcome.CLARIFY and isinstance(reply, ChoicesReply)
    told, _, options = reply.text.partition("\n1. ")
    assert told == "您是想问“犬只登记”吗？是的话：\n登记费50元。\n依据：《溪城办事办法》第三条。适用地区：溪城市。"
    assert options == "是的，就问这个\n2. 不是，换个说法"
    assert reply.options[1].payload == command_payload("turn_down")


def test_of_two_one_is_chosen(desk: EnquiryDesk) -> None:
    [reply] = guessed(desk, DOG, STALL).replies
    assert isinstance(reply, ChoicesReply) and [each.label for each in reply.options] == ["犬只登记", "夜市摊位备案"]


def test_each_of_several_tells_what_it_would_answer(desk: EnquiryDesk) -> None:
    [reply] = guessed(desk, DOG, STALL).replies
    first, *told, last = opening_of(reply).splitlines() if isinstance(reply, ChoicesReply) else ("", "", "")
    assert (first, last) == ("您问的可能是下面几件事：", "请选一个看详情：")
    assert "· 犬只登记：登记费50元。" in told


def test_who_asked_nothing_particular_is_told_the_names_alone(desk: EnquiryDesk) -> None:
    said = desk.hear("宠物")
    asked = at_the_desk(said, Act.ASK, Aspect.OVERVIEW, Context(), desk.enquiry._facts)
    hits = [Hit(each, 0.3, "", True, False) for each in (DOG, STALL)]
    [reply] = ends.offer(asked, hits, Aspect.OVERVIEW, said.text).replies
    assert isinstance(reply, ChoicesReply) and opening_of(reply) == "您问的可能是下面几件事，请选一个："


def test_the_question_that_led_to_the_choice_is_answered(desk: EnquiryDesk) -> None:
    offered = guessed(desk, DOG, STALL)
    assert offered.context.choosing == "宠物的事"
    [answered] = desk.respond("1", Act.CHOOSE_OPTION, None, offered.context).replies
    assert isinstance(answered, AnswerReply) and answered.text.startswith("登记费50元。")


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("是", Act.AFFIRM),
        ("是", Act.CORRECT),
        ("对", Act.ASK),
        ("是的", Act.CHOOSE_OPTION),
        ("1", Act.CHOOSE_OPTION),
        ("就这个", Act.ASK),
    ],
)
def test_a_yes_takes_it(desk: EnquiryDesk, said: str, act: Act) -> None:
    turn = desk.respond(said, act, None, guessed(desk, DOG).context)
    assert guide_of(turn) == DOG
    assert turn.context.question == "犬只登记" and not turn.context.options


def test_asking_more_of_it_says_yes(desk: EnquiryDesk) -> None:
    turn = desk.respond("要带什么材料", Act.ASK, Aspect.MATERIALS, guessed(desk, DOG).context)
    assert guide_of(turn) == DOG and turn.context.aspect is Aspect.MATERIALS


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("不是", Act.DENY), ("不是", Act.ASK), ("不是这个", Act.CORRECT), ("都不是", Act.DENY), ("2", Act.CHOOSE_OPTION),
        ("我不是要问这个", Act.ASK), ("换个说法", Act.ASK), ("不对", Act.OUT_OF_SCOPE), ("不是的", Act.DENY),
    ],
)  # fmt: skip
def test_a_no_turns_it_down_and_it_is_offered_no_more(desk: EnquiryDesk, said: str, act: Act) -> None:
    turn = desk.respond(said, act, None, guessed(desk, DOG).context)
    [reply] = turn.replies
    assert isinstance(reply, TextReply) and "换个说法" in reply.text
    assert not turn.context.options
    assert guessed(desk, DOG, context=turn.context).outcome is Outcome.NOT_FOUND
    [other] = guessed(desk, DOG, STALL, context=turn.context).replies
    assert other.text.startswith("您是想问“夜市摊位备案”吗？")


def test_what_is_meant_instead_is_looked_for_at_once(desk: EnquiryDesk) -> None:
    turn = desk.respond("不是，是夜市摊位备案", Act.ASK, None, guessed(desk, DOG).context)
    assert guide_of(turn) == STALL


def test_a_thing_of_its_own_is_no_answer_to_it(desk: EnquiryDesk) -> None:
    assert guide_of(desk.respond("夜市摊位备案多少钱", Act.ASK, Aspect.FEE, guessed(desk, DOG).context)) == STALL


def test_what_was_turned_down_is_forgotten_once_something_is_answered(desk: EnquiryDesk) -> None:
    turned_down = desk.respond("不是", Act.DENY, None, guessed(desk, DOG).context).context
    assert turned_down.turned_down == (DOG,)
    assert desk.respond("夜市摊位备案多少钱", Act.ASK, Aspect.FEE, turned_down).context.turned_down == ()


@pytest.mark.parametrize("said", ["第一个不对", "不是，换个说法", "不要第一个"])
@pytest.mark.parametrize("act", [Act.ASK, Act.CHOOSE_OPTION, Act.DENY, Act.AFFIRM])
def test_its_own_no_and_its_place_refused_turn_it_down(desk: EnquiryDesk, said: str, act: Act) -> None:
    turn = desk.respond(said, act, None, guessed(desk, DOG).context)
    assert not guide_of(turn) and DOG in turn.context.turned_down and turn.outcome is Outcome.ANSWERED


@pytest.mark.parametrize("said", ["随便", "都行", "你好"])
def test_what_leaves_the_choice_or_greets_takes_no_guess(desk: EnquiryDesk, said: str) -> None:
    turn = desk.respond(said, Act.AFFIRM, None, guessed(desk, DOG).context)
    assert not guide_of(turn) and turn.outcome is Outcome.CLARIFY
