"""What is asked and said of a list that stands: its steps, its papers, its sums; a paper is there, an answer was another
one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from service_hall.conversation.reply import ChecklistReply
from service_hall.scenarios.use_cases import Scenarios
from tests.fakes import build_town, published
from tests.scenario_town import DOG_LIFE, WRITTEN, dog_life, scenario_of
from tests.service_hall.scenarios.resident import BEGINS, Resident, told
from tests.visit_town import VisitTown, town_offices


@pytest.fixture
def listed() -> Resident:
    resident = Resident()
    resident.says(BEGINS, "好的", "自己家养", "前天", "不知道", "两只", "都没有")
    assert resident.checklist
    return resident


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("第2件去哪办", "第2件：东河区政务服务中心"),
        ("第二步要带什么", "还要备："),
        ("第2件多少钱", "2. "),
        ("第9件去哪办", "清单里没有第9件"),
        ("要花多少钱", "整张清单的费用："),
        ("总共要带什么材料", "还要备："),
        ("下一步办什么", "现在可以办：\n1. 打狂犬疫苗"),
        ("先办哪个", "现在可以办："),
    ],
)
def test_it_is_asked_about_in_words(listed: Resident, said: str, wanted: str) -> None:
    listed.says(said)
    assert wanted in listed.text and not listed.context.walks, listed.text


def test_its_page_tells_nothing_that_was_reckoned(listed: Resident) -> None:
    page = Scenarios(listed.desk).kept(listed.checklist.checklist_id)
    assert page and "要备2个狗窝" in listed.text and "狗窝" not in page.text
    assert [step.step_id for step in page.steps] == [step.step_id for step in listed.checklist.steps]


def test_what_is_done_is_no_next_step(listed: Resident) -> None:
    listed.says("第1件办好了", "下一步办什么")
    assert "打狂犬疫苗" not in listed.text and "\n2. " in listed.text
    listed.says("第2件办好了", "还有哪些没办")
    assert "都办好了" in listed.text


def test_a_question_about_something_else_is_the_desks(listed: Resident) -> None:
    listed.says("借书证丢了怎么补办")
    assert "借书证" in listed.text and "清单" not in listed.text
    listed.says("多少钱")
    assert "整张清单" not in listed.text


def test_a_paper_that_is_there_is_ticked_and_stays_so(listed: Resident) -> None:
    listed.says("狂犬疫苗接种证明有了")
    [paper] = [each for each in listed.checklist.materials if each.name == "狂犬疫苗接种证明"]
    assert paper.have and "✓狂犬疫苗接种证明" in listed.text
    listed.says("我的清单")
    assert [each.name for each in listed.checklist.materials if each.have] == ["狂犬疫苗接种证明"]
    listed.says("要带什么")
    assert "狂犬疫苗接种证明" not in listed.text


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("2", "您指的是第2件"),
        ("第一个", "您指的是第1件"),
        ("100", "只说“100”"),
        ("9", "只说“9”"),
        ("三百", "只说“三百”"),
    ],
)
def test_a_bare_number_does_nothing_and_what_one_can_do_is_told(listed: Resident, said: str, wanted: str) -> None:
    before = listed.desk.checklists.of_visitor(listed.visitor_id)
    listed.says(said)
    assert wanted in listed.text and "要改回答就说“改一下回答”" in listed.text and not listed.context.walks
    assert listed.desk.checklists.of_visitor(listed.visitor_id) == before
    listed.says("改一下回答")
    assert "要改哪一问" in listed.text


def test_not_knowing_tells_what_can_be_said_of_it(listed: Resident) -> None:
    listed.says("不知道")
    assert "的清单已经列好了" in listed.text and "下一步办什么" in listed.text and not listed.context.walks


def test_how_it_comes_on_paper_is_told(listed: Resident) -> None:
    listed.says("借书证丢了怎么补办", "怎么打印清单")
    assert "打印或分享这份清单" in listed.text and not listed.context.walks


def test_its_buttons_are_understood_as_they_are_called(listed: Resident) -> None:
    listed.says("改我的回答")
    assert "要改哪一问" in listed.text
    listed.says("删掉这份清单")
    assert "的清单删掉了" in listed.text and not listed.desk.checklists.of_visitor(listed.visitor_id)


@pytest.mark.parametrize("said", ["刚抱了只小猫，手续有哪些", "家里添了只猫，从头到尾怎么弄"])
def test_another_life_event_is_not_asked_of_it(said: str) -> None:
    """Both end in what is asked of a list, and say nothing that a service is named for."""
    cat = scenario_of(WRITTEN.replace("keep-a-dog", "keep-a-cat").replace("狗", "猫"))
    scenarios = {DOG_LIFE: dog_life(), "keep-a-cat": cat}
    resident = Resident(VisitTown(library=build_town(published(offices=town_offices(), scenarios=scenarios))))
    resident.says(BEGINS, "好的", "自己家养", "前天", "不知道", "两只", "都没有")
    assert resident.checklist
    resident.says(said)
    assert "打狂犬疫苗" not in resident.text.partition("\n")[0] and "猫" in resident.text


def test_all_papers_are_there(listed: Resident) -> None:
    listed.says("材料都备齐了")
    assert all(each.have for each in listed.checklist.materials)


@pytest.mark.parametrize("said", ["其实有三只", "我说错了，是三只", "不对，是三只"])
def test_an_answer_is_put_right_and_the_list_follows(listed: Resident, said: str) -> None:
    listed.says(said)
    assert "“一共几只？”改成“3只”" in listed.text and "要备3个狗窝" in listed.text


def test_of_several_one_is_added_and_taken_away_again(listed: Resident) -> None:
    listed.says("还想摆摊")
    assert "改成“夜市卖狗粮”" in listed.text and listed.checklist.steps[-1].step_id == "stall"
    listed.says("我不摆摊了")
    assert "改成“都没有”" in listed.text and listed.checklist.steps[-1].step_id == "register"


def test_by_its_place_a_question_is_asked_anew(listed: Resident) -> None:
    listed.says("我要改一下")
    assert "要改哪一问？" in listed.text and "4. 一共几只？" in listed.text
    listed.says("改第四个问题")
    assert listed.asked == "dogs" and told(listed)["whose"] == "family"


def test_a_paper_that_is_not_wanted_is_told_so(listed: Resident) -> None:
    listed.says("户口本我有")
    assert "用不到户口本" in listed.text
    listed.says("第2件去哪办")
    assert "第2件：" in listed.text


def test_where_that_leads_to_more_questions_they_are_asked(listed: Resident) -> None:
    listed.says("我的清单", "其实是单位养来看门")
    assert isinstance(listed.turn.replies[-1], ChecklistReply)  # firms are asked less
    listed.says("其实是自己家养")
    assert "改成“自己家养”" in listed.text and (listed.asked or listed.checklist)


def test_where_to_go_stands_in_the_text(listed: Resident) -> None:
    listed.says("我的清单")
    assert "到现场去这里：\n· 第2件：东河区政务服务中心，" in listed.text


class TestAfterSomethingElseWasAsked:
    @pytest.fixture
    def aside(self, listed: Resident) -> Resident:
        listed.says("借书证丢了怎么补办")
        return listed

    @pytest.mark.parametrize("said", ["其实是三只", "刚才说错了，是三只"])
    def test_an_answer_of_the_newest_list_is_put_right(self, aside: Resident, said: str) -> None:
        aside.says(said)
        assert "“一共几只？”改成“3只”" in aside.text and aside.checklist

    @pytest.mark.parametrize("said", ["三只", "还想摆摊", "其实是借书证坏了", "其实三只要多少钱", "其实挺好的"])
    def test_what_puts_nothing_of_it_right_is_the_desks(self, aside: Resident, said: str) -> None:
        aside.says(said)
        assert "改成“" not in aside.text

    def test_what_several_questions_take_changes_none(self, aside: Resident) -> None:
        aside.says("其实是昨天")
        assert "改成“" not in aside.text

    def test_a_list_of_long_ago_is_left_alone(self, aside: Resident) -> None:
        [kept] = aside.desk.checklists.of_visitor(aside.visitor_id)
        aside.desk.checklists.keep(replace(kept, changed_at=kept.changed_at - timedelta(days=2)))
        aside.says("其实是三只")
        assert "改成“" not in aside.text

    def test_a_question_that_is_not_there_is_told_so(self, aside: Resident) -> None:
        aside.says("改一下猫那一问")
        assert "要改哪一问" in aside.text

    @pytest.mark.parametrize("said", ["改一下第四个问题", "改第4个问题"])
    def test_a_question_is_asked_anew_by_its_place(self, aside: Resident, said: str) -> None:
        aside.says(said)
        assert "这一问重新答" in aside.text and aside.asked == "dogs" and told(aside)["whose"] == "family"


class TestInTheMiddle:
    @pytest.mark.parametrize("said", ["下一步办什么", "第1件办好了", "约第2件", "怎么打印清单"])
    def test_of_a_list_that_is_not_made_yet_that_is_told(self, said: str) -> None:
        resident = Resident()
        resident.says(BEGINS, "好的", "自己家养", said)
        assert "清单还没列好" in resident.text and resident.asked == "came-on"

    def test_one_that_was_made_before_is_ticked(self, listed: Resident) -> None:
        listed.says(BEGINS, "好的", "第1件办好了")
        assert "第1件办好了，还剩" in listed.text

    def test_an_earlier_question_is_asked_again_by_its_place_and_the_others_keep_their_answers(self) -> None:
        resident = Resident()
        resident.says(BEGINS, "好的", "自己家养", "前天", "不知道", "我要改第二个问题")
        assert resident.asked == "came-on"
        resident.says("昨天")
        assert resident.asked == "dogs" and told(resident)["whose"] == "family"

    def test_one_that_was_not_asked_is_told(self) -> None:
        resident = Resident()
        resident.says(BEGINS, "好的", "自己家养", "改第八个问题")
        assert "前面只答了1个问题" in resident.text and resident.asked == "came-on"

    @pytest.mark.parametrize("said", ["除了夜市卖狗粮都打算", "不摆摊，别的都打算"])
    def test_all_but_one(self, said: str) -> None:
        resident = Resident()
        resident.says(BEGINS, "好的", "自己家养", "前天", "不知道", "两只", said)
        assert [step.step_id for step in resident.checklist.steps] == ["vaccine", "register", "card"]


class TestBookingInWords:
    @pytest.mark.parametrize("said", ["约第2件", "预约第二件", "帮我约一下第2件", "约第2件：给狗上证"])
    def test_a_step_is_booked_as_by_its_button(self, listed: Resident, said: str) -> None:
        listed.says(said)
        assert listed.context.walk and listed.context.walk.name == "booking"
        listed.says("算了")
        assert "没有约第2件" in listed.text and listed.checklist.steps

    def test_one_that_no_office_takes_and_one_that_is_not_there_are_told_so(self, listed: Resident) -> None:
        listed.says("约第1件")
        assert "第1件“打狂犬疫苗”这里不能预约" in listed.text and not listed.context.walks
        listed.says("约第9件")
        assert "清单里没有第9件" in listed.text

    def test_the_list_says_how(self, listed: Resident) -> None:
        assert "要预约就说“约第2件”" in listed.checklist.text

    def test_without_a_list_there_is_nothing_to_book(self) -> None:
        resident = Resident()
        resident.says("约第2件")
        assert "这里不能预约" not in resident.text and "清单里没有" not in resident.text
