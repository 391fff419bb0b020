"""What books, cancels, moves or deletes is agreed to by a whole sentence, as an answer to what was shown last."""

from __future__ import annotations

import pytest

from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.reply import Choice, Outcome, ask_payload
from service_hall.visits.states import Status
from tests.service_hall.booking_talk.citizen import Citizen, standing
from tests.visit_town import CARD, DOG, VisitTown

ACTS = (Act.AFFIRM, Act.CHOOSE_OPTION, Act.ASK, Act.CANCEL, Act.DENY)
NO_YES = (
    "你好", "对了", "得了", "嗯...", "拒绝确认", "反对", "not ok", "好是好", "确认一下", "回头确认", "信息核对中", "不确认预约", "确认预约吗", "确认预约？",
    "点确认预约没反应", "第一个不对", "第一个？", "1?", "除了第一个", "第一个是什么意思", "第二个是什么意思", "要么第一个要么算了", "都行", "stop", "👎",
)  # fmt: skip
NO_CANCELLING = (
    "拒绝取消", "我反对取消", "不可以取消", "谁让你取消的", "你敢取消试试", "撤销取消", "取消错了", "误点取消", "我考虑取消", "是否取消", "如果取消",
    "回头取消", "下周再取消", "明天取消", "我要取消的是借书证的", "你好", "好烦", "都行", "第一个？", "可以取消", "就这样吧",
)  # fmt: skip


@pytest.fixture
def citizen() -> Citizen:
    return Citizen(VisitTown())


def to_confirm(citizen: Citizen) -> None:
    citizen.book("约明天九点办借书证首次办理，我叫李四，电话13912345678")
    assert citizen.node == "confirm"


def to_cancel(citizen: Citizen) -> None:
    to_confirm(citizen)
    citizen.say("确认", Act.AFFIRM)
    citizen.say("取消预约", Act.CANCEL)
    assert citizen.node == "cancel"


def booked(citizen: Citizen) -> int:
    return len(standing(citizen, Status.BOOKED))


@pytest.mark.parametrize("said", NO_YES)
@pytest.mark.parametrize("act", ACTS)
def test_what_only_holds_a_yes_books_nothing(citizen: Citizen, said: str, act: Act) -> None:
    to_confirm(citizen)
    citizen.say(said, act)
    assert booked(citizen) == 0


@pytest.mark.parametrize("said", NO_CANCELLING)
@pytest.mark.parametrize("act", ACTS)
def test_what_only_speaks_of_cancelling_cancels_nothing(citizen: Citizen, said: str, act: Act) -> None:
    to_cancel(citizen)
    citizen.say(said, act)
    assert booked(citizen) == 1


@pytest.mark.parametrize(
    "said", ["不确认，全部删除", "确认，全部删除吗", "什么叫确认，全部删除", "第一个不对", "都行", "你好", "就这样吧"]
)
def test_what_only_speaks_of_deleting_deletes_nothing(citizen: Citizen, said: str) -> None:
    citizen.say("删除我的数据", Act.ASK)
    assert citizen.node == "delete_data"
    assert not citizen.say(said, Act.AFFIRM).forgets


@pytest.mark.parametrize("said", ["确认预约", "好，确认预约吧", "1", "好的，第一个", "没问题，约吧", "嗯对的就这样吧"])
def test_the_offered_label_its_place_and_a_yes_book(citizen: Citizen, said: str) -> None:
    to_confirm(citizen)
    assert citizen.say(said, Act.ASK).outcome is Outcome.DONE and booked(citizen) == 1


@pytest.mark.parametrize("said", ["取消这个预约", "取消", "对 取消", "嗯取消", "1", "是的", "麻烦取消"])
def test_the_word_for_it_cancels(citizen: Citizen, said: str) -> None:
    to_cancel(citizen)
    citizen.say(said, Act.CANCEL)
    assert booked(citizen) == 0


def test_what_is_no_answer_is_asked_again_with_what_to_answer(citizen: Citizen) -> None:
    to_confirm(citizen)
    citizen.say("拒绝确认", Act.AFFIRM)
    assert citizen.node == "confirm" and "“确认预约”" in citizen.text


def test_what_does_not_cancel_is_asked_again_with_what_to_answer(citizen: Citizen) -> None:
    to_cancel(citizen)
    citizen.say("回头取消", Act.CANCEL)
    assert citizen.node == "cancel" and "“取消这个预约”" in citizen.text


@pytest.mark.parametrize("said", ["确认，另外取消犬只登记", "嗯，取消上一个"])
def test_what_is_said_of_another_booking_gives_up_none(citizen: Citizen, said: str) -> None:
    to_confirm(citizen)
    citizen.say(said, Act.CANCEL)
    assert citizen.node == "confirm" and len(standing(citizen)) == 1 and booked(citizen) == 0


@pytest.mark.parametrize("said", ["好的，退出", "stop", "行，算了"])
def test_who_ends_it_after_a_yes_ends_it(citizen: Citizen, said: str) -> None:
    to_confirm(citizen)
    citizen.say(said, Act.AFFIRM)
    assert citizen.context.walk is None and standing(citizen) == []


@pytest.mark.parametrize("said", ["别改", "先不改", "还是不改了"])
def test_a_booking_that_is_not_to_be_moved_stays(citizen: Citizen, said: str) -> None:
    to_confirm(citizen)
    citizen.say("确认", Act.AFFIRM)
    before = standing(citizen)[0].starts_at
    citizen.say("改到后天十点", Act.RESCHEDULE)
    assert citizen.node == "confirm_move"
    citizen.say(said, Act.RESCHEDULE)
    assert citizen.context.walk is None and standing(citizen)[0].starts_at == before


@pytest.mark.parametrize("said", ["不是改到后天十点", "改到后天十点吗", "说好的改到后天十点呢"])
def test_the_same_time_moves_only_if_it_is_all_that_is_said(citizen: Citizen, said: str) -> None:
    to_confirm(citizen)
    citizen.say("确认", Act.AFFIRM)
    before = standing(citizen)[0].starts_at
    citizen.say("改到后天十点", Act.RESCHEDULE)
    citizen.say(said, Act.RESCHEDULE)
    assert standing(citizen)[0].starts_at == before


class TestWithSomethingShownSince:
    """A guess, or a list, beside the open walk."""

    @pytest.fixture(autouse=True, params=["one", "several"])
    def offered(self, citizen: Citizen, request: pytest.FixtureRequest) -> int:
        to_confirm(citizen)
        items = (DOG,) if request.param == "one" else (DOG, CARD)
        options = [Choice(label=f"甲{each}", payload=ask_payload(Aspect.MATERIALS, each)) for each in items]
        citizen.context = citizen.context.model_copy(update={"options": tuple(options)})
        return len(items)

    @pytest.mark.parametrize("said", ["是的", "1", "第一个", "确认", "好的", "2", "5", "都行", "约吧"])
    @pytest.mark.parametrize("act", [Act.AFFIRM, Act.CHOOSE_OPTION, Act.ASK])
    def test_an_answer_to_it_does_nothing_to_the_booking(self, citizen: Citizen, said: str, act: Act) -> None:
        held = standing(citizen)
        citizen.say(said, act)
        assert booked(citizen) == 0 and standing(citizen) == held and citizen.node == "confirm"

    def test_its_first_is_told_and_the_question_comes_again(self, citizen: Citizen) -> None:
        citizen.say("1", Act.CHOOSE_OPTION)
        assert citizen.context.guide_id == DOG and "没问题就回“确认”" in citizen.reply.text
        assert citizen.say("1", Act.CHOOSE_OPTION).outcome is Outcome.DONE

    @pytest.mark.parametrize("said", ["不是", "不对", "算了"])
    def test_a_no_is_no_to_it(self, citizen: Citizen, said: str) -> None:
        held = standing(citizen)
        citizen.say(said, Act.DENY)
        assert standing(citizen) == held and "没问题就回“确认”" in citizen.reply.text
