"""Whoever asks for all that is to be done has asked for the list: its questions begin at once, and end with a word."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from knowledge_base.search.lived import LivedReader
from service_hall.conversation.reply import AnswerReply, QuestionReply, TextReply
from service_hall.scenarios.talk.walk import english, wording
from tests.fakes import build_town, published
from tests.scenario_town import DOG_LIFE, WRITTEN, scenario_library, scenario_of
from tests.service_hall.scenarios.resident import ASKS_FOR_ALL, BEGINS, Resident, told
from tests.service_hall.scenarios.test_offering import Told
from tests.visit_town import VisitTown, town_offices


@pytest.fixture
def resident() -> Resident:
    return Resident()


@pytest.fixture
def begun(resident: Resident) -> Resident:
    resident.says(ASKS_FOR_ALL)
    return resident


def test_it_says_what_comes_first_with_its_source_and_asks(begun: Resident) -> None:
    first, question = begun.turn.replies
    assert isinstance(first, TextReply) and first.text.startswith("恭喜添了新成员！先给狗上证，再带它出门。\n依据：")
    assert isinstance(question, QuestionReply) and "不想列，说“不用了”" in question.text
    assert begun.asked == "whose" and told(begun) == {}


def test_who_only_tells_is_asked_first(resident: Resident) -> None:
    resident.says(BEGINS)
    assert not resident.context.walks and "列一张专门给您的清单" in resident.text


@pytest.mark.parametrize("no", ["不用了", "不要", "不用", "不需要", "算了", "不用了，谢谢", "直接告诉我要办什么"])
def test_a_no_ends_it_and_answers_what_was_asked(begun: Resident, no: str) -> None:
    begun.says(no)
    assert not begun.context.walks and not begun.desk.checklists.of_visitor(begun.visitor_id)
    said, answer = begun.turn.replies
    assert "不列清单" in said.text and isinstance(answer, AnswerReply) and answer.text.startswith("先给狗上证")
    assert answer.text[: answer.lead] == "先给狗上证，再带它出门。"  # 恭喜 was said when it began
    assert "列一张专门给您的清单" not in begun.text


def test_what_alone_is_asked_is_answered(begun: Resident) -> None:
    begun.says("我只问一件事，借书证丢了怎么补办")
    assert isinstance(answer := begun.turn.replies[-1], AnswerReply) and answer.guide_id == "library-card-lost"
    assert not begun.context.walks
    begun.says("多少钱")
    assert isinstance(answer := begun.turn.replies[-1], AnswerReply) and answer.guide_id == "library-card-lost"


def test_who_has_yet_to_ask_it_may(begun: Resident) -> None:
    begun.says("我只问一件事")
    assert not begun.context.walks and [reply.text for reply in begun.turn.replies] == [
        "好的，不列清单，您想问什么直接说。"
    ]


def test_once_something_was_told_a_no_is_an_answer_and_leaving_is_asked(begun: Resident) -> None:
    begun.says("自己家", "昨天", "不知道", "1只", "不用")
    assert begun.checklist.steps
    begun.says(ASKS_FOR_ALL, "单位", "不用了")
    assert begun.asked == "leave"


def test_another_question_in_the_middle_is_what_a_no_leaves(begun: Resident) -> None:
    begun.says("借书证丢了怎么补办", "不用了")
    assert [type(reply) for reply in begun.turn.replies] == [TextReply]


@pytest.mark.parametrize("asks", ["养狗该办啥手续", "养狗，要办哪些手续", "小狗都要办什么"])
def test_what_names_it_and_asks_for_all_begins_it(resident: Resident, asks: str) -> None:
    resident.says(asks)
    assert resident.asked == "whose"


@pytest.mark.parametrize(("score", "begins"), [(0.95, True), (0.6, False)])
def test_it_begins_only_where_it_is_beyond_doubt(score: float, begins: bool) -> None:
    library = replace(scenario_library(), lived=cast(LivedReader, Told(score)))
    asks = Resident(VisitTown(library=library))
    asks.says("河里的鱼，都要办什么")
    assert (asks.asked == "whose") is begins


def test_in_the_middle_of_another_walk_nothing_begins(begun: Resident) -> None:
    begun.says("单位", ASKS_FOR_ALL)
    assert begun.asked == "came-on" and len(begun.context.walks) == 1


class TestInEnglish:
    """What the walk says by itself stands in English, too; what the scenario says does not."""

    @pytest.fixture
    def keeper(self) -> Resident:
        resident = Resident()
        resident.says(BEGINS)
        resident.context = resident.context.model_copy(update={"question": "I want to keep a dog"})
        resident.says("yes")
        return resident

    def test_the_first_words_stand_in_both(self, keeper: Resident) -> None:
        assert keeper.asked == "whose" and "答不上来的可以说不知道" in keeper.text
        assert "answer with the number of the option" in keeper.text

    def test_it_stays_so_and_what_is_answered_in_english_is_read(self, keeper: Resident) -> None:
        keeper.says("option 2", "Nov 1, 2025", "what?")
        assert told(keeper) == {"whose": "firm", "came-on": "2025-11-01"}
        keeper.says("hm hm")
        assert "Please write a number." in keeper.text
        keeper.says("two")
        assert keeper.checklist.steps
        keeper.says("step 1 done")
        assert keeper.checklist.steps[0].done

    def test_back_and_leave(self, keeper: Resident) -> None:
        keeper.says("1", "back")
        assert keeper.asked == "whose"
        keeper.says("1", "leave")
        assert keeper.asked == "leave" and "Stop here?" in keeper.text

    def test_the_offer_and_what_is_said_stand_in_both(self) -> None:
        assert english.names <= wording.names
        resident = Resident()
        resident.says(BEGINS)
        assert "Reply “yes”" not in resident.text

    def test_whoever_speaks_chinese_reads_chinese_alone(self, resident: Resident) -> None:
        resident.says(BEGINS, "好的", "嘟嘟嘟")
        assert "Please" not in resident.text


@pytest.mark.parametrize("no", ["不用了", "不要", "先不用，谢谢"])
def test_of_a_list_that_was_offered_that_is_no_answer_to_its_first_question(no: str) -> None:
    """Of two options one denies: 没有 is that one, 不用了 is not."""
    asks = scenario_of(WRITTEN.replace("label: 单位养来看门", "label: 没有人养"))
    town = build_town(published(offices=town_offices(), scenarios={DOG_LIFE: asks}))
    begun = Resident(VisitTown(library=town))
    begun.says(BEGINS, "好的", no)
    assert told(begun) == {} and not begun.context.walks and "先不列清单" in begun.text


@pytest.mark.parametrize(("barred", "wished"), [("firm", False), ("family", True)])
def test_good_wishes_are_kept_from_whoever_told_what_makes_them_untrue(barred: str, wished: bool) -> None:
    said = f"opening_unless: {{answer: whose, is: {barred}}}"
    asked = WRITTEN.replace("  - 我家要养狗，都要办什么\n", "  - 单位要养狗，都要办什么\n  - 我家要养狗，都要办什么\n")
    scenario = scenario_of(asked.replace("opening: 恭喜添了新成员！\n", f"opening: 恭喜添了新成员！\n{said}\n"))
    town = build_town(published(offices=town_offices(), scenarios={DOG_LIFE: scenario}))
    resident = Resident(VisitTown(library=town))
    resident.says("单位要养狗，都要办什么")
    assert resident.asked == "whose" and ("恭喜" in resident.text) is wished


def test_which_day_a_festival_is_is_said(begun: Resident) -> None:
    begun.says("单位养来看门", "去年春节")
    assert begun.asked == "dogs" and "1月29日" in begun.text and told(begun)["came-on"] == "2025-01-29"
