"""What is said to the open question and is no answer to it: one that was given already, one that is still to be asked
for, a day that is still to come, an amount of something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge_base.scenarios.questions import Option, OwnWords, Question
from knowledge_base.search.answers import AnswerReader, AnswersCalibration
from knowledge_base.search.find import Weighing
from knowledge_base.search.meanings import Meanings
from service_hall.conversation.acts import Act
from service_hall.conversation.reply import Outcome
from service_hall.scenarios.talk.answers_said import read_said
from service_hall.scenarios.talk.other_questions import named_in
from service_hall.scenarios.talk.still_to_come import day_still_to_come
from tests.fake_encoder import FakeEncoder
from tests.scenario_town import scenario_library
from tests.service_hall.scenarios.resident import BEGINS, Resident, told
from tests.visit_town import VisitTown

TODAY = date(2026, 6, 1)
BORN = Question(
    id="born",
    kind="single",
    ask="小狗出生了吗？",
    options=(
        Option(value="not-yet", label="还没有", means=("没生",)),
        Option(value="born", label="已经出生了", means=("出生", "生了")),
    ),
)
WISHED = BORN.model_copy(update={"ask": "想不想给小狗拍照？"})


@pytest.fixture
def resident() -> Resident:
    return Resident()


@pytest.fixture
def begun(resident: Resident) -> Resident:
    resident.says(BEGINS, "好的")
    return resident


class TestAnsweredAlready:
    @pytest.mark.parametrize("said", ["自己家养", "是自己家养的", "家里养"])
    def test_an_answer_that_is_said_once_more_is_noted_and_the_next_one_asked_for(
        self, begun: Resident, said: str
    ) -> None:
        begun.says("自己家养", said)
        assert "“自己家养”记着呢" in begun.text and begun.asked == "came-on" and told(begun) == {"whose": "family"}

    @pytest.mark.parametrize("said", ["没有", "有", "是的"])
    def test_what_answers_whatever_is_asked_is_none(self, begun: Resident, said: str) -> None:
        begun.says("自己家养", "昨天", "不知道", said)
        assert "记着呢" not in begun.text and begun.asked == "dogs"

    def test_a_question_about_it_is_none(self, begun: Resident) -> None:
        begun.says("单位", "单位养要交钱吗")
        assert "记着呢" not in begun.text


class TestOfALaterQuestion:
    def test_it_is_kept_for_that_and_the_open_one_is_asked_again(self) -> None:
        calibration = AnswersCalibration((10.0, 10.0), Weighing((0.0, 0.0, 5.0), -2.0), 0.9, 0.6, 0.94)
        reader = AnswerReader(lambda text: text, Meanings(FakeEncoder()), calibration)
        resident = Resident(VisitTown(library=replace(scenario_library(), answers=reader)))
        resident.says(BEGINS, "好的", "给孩子看书")
        assert "“带它去图书馆”先记着" in resident.text and resident.asked == "whose" and told(resident) == {}
        resident.says("自己家养", "前天", "不知道", "两只")
        assert resident.asked == "also" and "您之前说过“带它去图书馆”" in resident.text

    @pytest.mark.parametrize(("said", "kept"), [("其实是三只", "3只"), ("带着看书", "带它去图书馆")])
    def test_what_answers_the_open_question_with_nothing_is_kept_for_the_one_that_it_fits(
        self, begun: Resident, said: str, kept: str
    ) -> None:
        begun.says("自己家养", said)
        assert f"“{kept}”先记着" in begun.text and begun.asked == "came-on" and told(begun) == {"whose": "family"}
        begun.says("前天", "不知道")
        if kept == "带它去图书馆":
            begun.says("两只")
        assert f"您之前说过“{kept}”" in begun.text

    @pytest.mark.parametrize("said", ["三个", "没有", "没有特殊情况", "夜市几点摆摊"])
    def test_what_fits_whatever_is_asked_or_asks_itself_is_kept_for_none(self, begun: Resident, said: str) -> None:
        begun.says("自己家养", said)
        assert "先记着" not in begun.text


class TestStillToCome:
    @pytest.mark.parametrize("said", ["2099年1月1日出生", "明年1月1日就生了", "明天生了"])
    def test_a_day_to_come_says_of_nothing_that_it_has_happened(self, resident: Resident, said: str) -> None:
        sentence = resident.desk.means.hear(said)
        assert day_still_to_come(BORN, "born", sentence, TODAY) is not None
        assert day_still_to_come(BORN, "not-yet", sentence, TODAY) is None

    @pytest.mark.parametrize("said", ["昨天出生的", "5月1号生了", "已经生了"])
    def test_one_that_may_be_over_does(self, resident: Resident, said: str) -> None:
        assert day_still_to_come(BORN, "born", resident.desk.means.hear(said), TODAY) is None


class TestAcknowledging:
    @pytest.mark.parametrize("said", ["好的", "好", "行", "可以", "没问题"])
    def test_of_what_is_so_it_only_takes_note(self, resident: Resident, said: str) -> None:
        sentence = resident.desk.means.hear(said)
        assert read_said(BORN, sentence, TODAY) is None
        assert read_said(WISHED, sentence, TODAY) == "born"

    @pytest.mark.parametrize("said", ["是的", "对", "嗯", "有", "没错"])
    def test_a_yes_says_that_it_is_so(self, resident: Resident, said: str) -> None:
        assert read_said(BORN, resident.desk.means.hear(said), TODAY) == "born"

    def test_it_is_kindly_asked_again(self, begun: Resident) -> None:
        begun.says("好的")
        assert "好，那这一问选哪一个？" in begun.text and begun.asked == "whose" and told(begun) == {}


@pytest.mark.parametrize("said", ["0个人", "三个人", "两口人"])
def test_an_amount_of_something_else_wants_nobody_to_talk_to(begun: Resident, said: str) -> None:
    begun.says("单位", "昨天", said)
    assert begun.turn.outcome is Outcome.ASKING and begun.asked == "dogs" and told(begun).keys() == {"whose", "came-on"}


def test_a_day_that_was_told_is_said_as_people_say_it(begun: Resident) -> None:
    begun.says("自己家养", "5月3号", "改第二个问题")
    assert "您之前说过“2026年5月3日”" in begun.text and begun.asked == "came-on"


class TestPutRight:
    def test_what_it_is_to_be_changes_the_earlier_answer_and_the_open_one_is_asked_again(self, begun: Resident) -> None:
        begun.says("自己家", "昨天", "改一下，是单位")
        assert told(begun)["whose"] == "firm" and begun.asked == "dogs" and "改过来了" in begun.text

    def test_a_figure_is_changed_the_same_way(self, begun: Resident) -> None:
        begun.says("自己家", "昨天", "不知道", "两只", "改一下，三只")
        assert told(begun)["dogs"] == 3 and begun.asked == "also"

    def test_actually_means_the_option_before_the_figure_beside_it(self, begun: Resident) -> None:
        begun.says("自己家", "昨天", "不知道", "其实是单位的两只")
        assert told(begun)["whose"] == "firm" and begun.asked == "dogs" and "您之前说过“2只”" in begun.text


def test_what_companies_do_is_told_so_to_whoever_answers_for_herself() -> None:
    library = scenario_library()
    catalogue = tuple(
        item.model_copy(update={"audience": "企业"}) if item.id == "library-card-lost" else item
        for item in library.published.catalogue
    )
    asks = Resident(VisitTown(library=replace(library, published=replace(library.published, catalogue=catalogue))))
    asks.says(BEGINS, "好的", "借书证丢了怎么补办")
    assert asks.turn.replies[0].text.startswith("这是单位去办的事，下面是写给单位看的：\n") and asks.asked == "whose"
    asks.says("算了", "借书证丢了怎么补办")
    assert "单位去办" not in asks.text


OWED = Question(
    id="owed",
    kind="multi",
    ask="还欠狗什么吗？",
    options=(Option(value="food", label="狗粮没买齐", means=("狗粮", "没狗粮")),),
    none=OwnWords(label="都不欠", means=("没有",)),
)


@pytest.mark.parametrize(("said", "kept"), [("还没狗粮", ["food"]), ("有三袋狗粮", None), ("没有别的情况", None)])
def test_what_lacks_nothing_is_kept_for_nothing_that_is_lacking(said: str, kept: list[str] | None) -> None:
    assert named_in(OWED, Resident().desk.means.hear(said), TODAY) == kept


def test_what_tells_the_life_event_itself_once_more_is_an_answer_that_was_none(begun: Resident) -> None:
    begun.says("刚抱了只小狗")
    assert "没听明白" in begun.text and "先给狗上证" not in begun.text and begun.asked == "whose"


def test_what_asks_nothing_is_not_told_all_of_it_from_the_start(begun: Resident) -> None:
    """The walk leaves to the desk what sounds like the state of a case, and the desk knows nothing but the event."""
    begun.say("狗的事都说好了", Act.PROGRESS)
    assert "没听明白，先接着答这一问" in begun.text and "先给狗上证" not in begun.text and begun.asked == "whose"
    begun.say("养狗要办什么手续？", Act.PROGRESS)
    assert "先给狗上证" in begun.text and begun.asked == "whose"
