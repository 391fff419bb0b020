"""What is said with choices on the table and picks none, what goes back, and what only sounds like another matter."""

from __future__ import annotations

from datetime import datetime

import pytest

from knowledge_base.library import Library
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.message import read_payload
from service_hall.conversation.reply import AnswerReply
from service_hall.conversation.turn import Turn
from service_hall.shared.clock import SHANGHAI
from tests.enquiry_desk import EnquiryDesk
from tests.fakes import FixedClock

MARRIAGE, TRANSFER, SHOP = "marriage-register", "vehicle-transfer", "individual-business-register"
BENEFIT, LOST, RENEWED = "unemployment-benefit", "id-card-lost", "passport-renew"


@pytest.fixture(scope="module")
def desk(real_library: Library) -> EnquiryDesk:
    return EnquiryDesk(lambda: real_library, FixedClock(datetime(2026, 11, 30, 10, tzinfo=SHANGHAI)))


def talk(desk: EnquiryDesk, *sentences: str) -> list[Turn]:
    turns, context = [], Context()
    for sentence in sentences:
        turns.append(desk.respond_alone(sentence, context))
        context = turns[-1].context.after_turn
    return turns


def answered_from(turn: Turn) -> str:
    reply = turn.replies[-1]
    return reply.guide_id if isinstance(reply, AnswerReply) else ""


def on_the_table(turn: Turn) -> list[str]:
    return [chosen.guide_id for option in turn.context.options if (chosen := read_payload(option.payload))]


class TestChoicesOnTheTable:
    def test_stay_while_the_hall_is_asked_about(self, desk: EnquiryDesk) -> None:
        offered, *asides, last = talk(desk, "护照", "几点下班", "停车费多少", "周六开门吗", "第一个")
        assert [answered_from(each) for each in asides] == ["hall-hours", "hall-parking", "hall-saturday"]
        assert all(on_the_table(each) == on_the_table(offered) for each in asides)
        assert answered_from(last) == on_the_table(offered)[0]

    def test_stay_beside_a_service_that_is_talked_about(self, desk: EnquiryDesk) -> None:
        *_, offered, hours = talk(desk, "身份证丢了怎么办", "护照", "几点下班")
        assert answered_from(hours) == "hall-hours" and on_the_table(hours) == on_the_table(offered)

    def test_tell_each_what_is_asked_of_them(self, desk: EnquiryDesk) -> None:
        offered, *asked = talk(desk, "护照", "有效期", "要带啥")
        assert [each.reason for each in asked] == ["asks_of_all_offered"] * 2
        assert "未满16周岁的5年" in asked[0].replies[0].text and "旧护照" in asked[1].replies[0].text
        assert on_the_table(asked[1]) == on_the_table(offered)

    def test_are_what_is_asked_of_after_an_aside(self, desk: EnquiryDesk) -> None:
        *_, last = talk(desk, "护照", "停车方便吗", "那个要带啥")
        assert last.reason == "asks_of_all_offered"

    @pytest.mark.parametrize(("before", "said"), [("养老保险", "我是45岁的女的"), ("公积金", "大概60平")])
    def test_are_offered_once_more_and_no_third_time(self, desk: EnquiryDesk, before: str, said: str) -> None:
        _, once, twice = talk(desk, before, said, said)
        assert once.reason == "tells_how_to_choose" and "用自己的话" in once.replies[0].text
        assert twice.reason != "tells_how_to_choose" and not set(on_the_table(once)) & set(on_the_table(twice))

    def test_the_same_question_tells_the_same_no_second_time(self, desk: EnquiryDesk) -> None:
        reasons = [each.reason for each in talk(desk, "护照", "要带啥", "要带啥", "要带啥")]
        assert reasons[1:3] == ["asks_of_all_offered", "tells_how_to_choose"]
        assert reasons[3] not in reasons[:3]


THREE = ("护照到期了怎么换", "身份证丢了怎么办", "结婚登记要带什么")


class TestGoingBack:
    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("回到第一个", RENEWED),
            ("还是说第一个", RENEWED),
            ("还是说第一个，多少钱", RENEWED),
            ("回到前面那个", LOST),
        ],
    )
    def test_with_nothing_to_choose_from(self, desk: EnquiryDesk, said: str, meant: str) -> None:
        assert answered_from(talk(desk, *THREE, said)[-1]) == meant

    def test_with_choices_the_first_of_them_is_picked(self, desk: EnquiryDesk) -> None:
        [offered] = talk(desk, "护照")
        context = offered.context.about(LOST, "身份证丢了怎么办").about(MARRIAGE, "结婚登记要带什么")
        assert answered_from(desk.respond_alone("第一个", context)) == on_the_table(offered)[0]

    def test_the_first_month_goes_nowhere(self, desk: EnquiryDesk) -> None:
        assert talk(desk, *THREE, "第一个月要交多少钱")[-1].reason != "returns_to_earlier"


def test_after_parking_the_service_is_still_talked_about(desk: EnquiryDesk) -> None:
    *_, parking, last = talk(desk, "身份证丢了怎么办", "停车费多少", "那个要带啥")
    assert (answered_from(parking), answered_from(last)) == ("hall-parking", LOST)


@pytest.mark.parametrize(
    ("current", "said"),
    [
        (SHOP, "招了两个人"),
        (SHOP, "我一个人干"),
        (SHOP, "店面是租的"),
        (TRANSFER, "原车主来不了"),
        (TRANSFER, "车是外地牌照"),
        (BENEFIT, "没买过社保"),
        (BENEFIT, "我是自己辞职的"),
        (LOST, "户口本也不在身边"),
        (MARRIAGE, "对方是外国人"),
        (MARRIAGE, "他在部队走不开"),
    ],
)
@pytest.mark.parametrize("act", [Act.ASK, Act.COMPLAINT, Act.PROGRESS])
def test_what_is_stated_of_a_service_goes_on_with_it(desk: EnquiryDesk, current: str, said: str, act: Act) -> None:
    assert answered_from(desk.respond(said, act, None, Context(guide_id=current, question=said))) == current


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (Act.COMPLAINT, "你们态度太差了"),
        (Act.COMPLAINT, "窗口的人骂我"),
        (Act.COMPLAINT, "跑了三趟都没办成"),
        (Act.COMPLAINT, "等了两个小时没人管"),
        (Act.COMPLAINT, "你们互相推来推去"),
        (Act.PROGRESS, "我的证办好了没"),
        (Act.PROGRESS, "我交的材料审到哪一步了"),
        (Act.PROGRESS, "查一下进度"),
        (Act.PROGRESS, "还没下来"),
        (Act.PROGRESS, "寄出来了没有"),
    ],
)
@pytest.mark.parametrize("current", [BENEFIT, TRANSFER])
def test_what_says_so_keeps_its_answer(desk: EnquiryDesk, current: str, act: Act, said: str) -> None:
    turn = desk.respond(said, act, None, Context(guide_id=current, question="怎么办"))
    assert turn.reason == {Act.COMPLAINT: "tells_where_to_complain", Act.PROGRESS: "tells_progress"}[act]


@pytest.mark.parametrize(
    ("said", "goes_on"),
    [
        ("原车主来不了", True),
        ("对方去不了", True),
        ("我来不了了", False),
        ("明天来不了了", False),
        ("我不去了", False),
        ("周三的预约取消吧", False),
        ("取消预约", False),
        ("社保卡的不去了", False),
        ("帮我取消", False),
        ("约好的去不了", False),
    ],
)
def test_a_booking_is_given_back_by_whoever_says_so(desk: EnquiryDesk, said: str, goes_on: bool) -> None:
    context = Context(guide_id=TRANSFER, question="二手车过户要带什么")
    assert desk.enquiry.goes_on_with_item(desk.hear(said), Act.CANCEL, context) is goes_on
