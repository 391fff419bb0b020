"""A scenario in conversation: offered, begun on consent, answered by button, number or in words, left, and taken up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service_hall.conversation.reply import AnswerReply, Outcome
from tests.service_hall.scenarios.resident import BEGINS, Resident, told

FIRM = ("单位养来看门", "前天", "两只")


@pytest.fixture
def resident() -> Resident:
    return Resident()


@pytest.fixture
def begun(resident: Resident) -> Resident:
    resident.says(BEGINS, "好的")
    return resident


class TestBeginning:
    def test_it_is_offered_and_nothing_is_asked_yet(self, resident: Resident) -> None:
        resident.says(BEGINS)
        assert isinstance(resident.first, AnswerReply) and resident.first.text.startswith("恭喜添了新成员！先给狗上证")
        assert "列一张专门给您的清单" in resident.text
        assert not resident.context.walks and resident.asked == ""

    @pytest.mark.parametrize(
        "yes", ["好的", "好", "可以", "要，帮我列个清单", "嗯嗯", "要", "要的", "需要", "列吧", "列一张"]
    )
    def test_consent_begins_it(self, resident: Resident, yes: str) -> None:
        resident.says(BEGINS, yes)
        assert resident.asked == "whose" and resident.turn.outcome is Outcome.ASKING

    def test_so_does_a_tap(self, resident: Resident) -> None:
        resident.says(BEGINS)
        resident.taps("帮我列清单")
        assert resident.asked == "whose"

    @pytest.mark.parametrize("no", ["不用了", "不要", "借书证丢了怎么补办", "多少钱"])
    def test_nothing_else_does(self, resident: Resident, no: str) -> None:
        resident.says(BEGINS, no)
        assert not resident.context.walks

    def test_a_yes_to_something_else_does_not(self, resident: Resident) -> None:
        resident.says(BEGINS, "借书证丢了怎么补办", "好的")
        assert not resident.context.walks

    def test_a_list_that_is_asked_for_outright_needs_no_offer(self, resident: Resident) -> None:
        resident.says("帮我列个清单，家里添了条狗")
        assert resident.asked == "whose"

    def test_what_was_told_on_the_way_is_offered_and_not_taken_for_granted(self, resident: Resident) -> None:
        resident.says("帮我列个清单，公司要养狗")
        assert "您之前说过“单位养来看门”" in resident.text and told(resident) == {}
        resident.says("对")
        assert told(resident) == {"whose": "firm"}


class TestAnswering:
    @pytest.mark.parametrize("said", ["我要改第一个问题", "-1", "负一", "前面那个说错了"])
    def test_what_picks_no_option_picks_none(self, begun: Resident, said: str) -> None:
        begun.says(said)
        assert told(begun) == {}

    @pytest.mark.parametrize("said", ["自己家养", "1", "第一个", "家里养的", "是自己养"])
    def test_an_option_by_its_words_or_its_place(self, begun: Resident, said: str) -> None:
        begun.says(said)
        assert told(begun) == {"whose": "family"} and begun.asked == "came-on"

    def test_an_option_by_its_button(self, begun: Resident) -> None:
        begun.taps("单位")
        assert told(begun) == {"whose": "firm"}

    @pytest.mark.parametrize(
        ("said", "day"),
        [
            ("2026-05-20", "2026-05-20"),
            ("5月20号", "2026-05-20"),
            ("去年12月3日", "2025-12-03"),
            ("12月3号", "2025-12-03"),
            ("昨天", "2026-05-31"),
            ("大前天抱回来的", "2026-05-29"),
            ("上个月3号", "2026-05-03"),
            ("三天前", "2026-05-29"),
            ("上个礼拜三", "2026-05-27"),
            ("上周日", "2026-05-31"),
            ("周五", "2026-05-29"),
            ("两个月前", "2026-04-01"),
            ("前年8月1号", "2024-08-01"),
            ("2020年2月29日", "2020-02-29"),
            ("20200229", "2020-02-29"),
        ],
    )
    def test_a_day_as_people_tell_it(self, begun: Resident, said: str, day: str) -> None:
        begun.says("单位", said)
        assert told(begun)["came-on"] == day

    @pytest.mark.parametrize(
        ("said", "count"),
        [("两只", 2), ("3", 3), ("三只狗", 3), ("十来只", 10), ("养了4只，都是小狗", 4), ("１２只", 12)],
    )
    def test_a_number_as_people_tell_it(self, begun: Resident, said: str, count: int) -> None:
        begun.says("自己家", "昨天", "不知道", said)
        assert told(begun)["dogs"] == count

    def test_what_may_be_said_instead_of_a_day_has_no_number(self, begun: Resident) -> None:
        begun.says("自己家")
        begun.says("昨天")
        assert begun.asked == "born-on" and "1. " not in begun.text and "也可以回“" in begun.text

    def test_what_is_about_that_many_is_taken_so_and_said(self, begun: Resident) -> None:
        begun.says("自己家", "昨天", "不知道", "十几只")
        assert told(begun)["dogs"] == 15 and "先按大约15只算" in begun.text

    def test_one_or_the_other_is_asked_again(self, begun: Resident) -> None:
        begun.says("自己家", "昨天", "不知道", "两三只")
        assert begun.asked == "dogs"

    def test_a_letter_picks_by_its_place(self, begun: Resident) -> None:
        begun.says("B")
        assert told(begun) == {"whose": "firm"}

    @pytest.mark.parametrize(
        ("said", "chosen"),
        [
            ("1、2", ["reads", "sells"]),
            ("2", ["sells"]),
            ("带它去图书馆，还想摆摊", ["reads", "sells"]),
            ("都有", ["reads", "sells"]),
            ("不摆摊，别的都有", ["reads"]),
            ("都没有", ["none"]),
            ("没有", ["none"]),
            ("3", ["none"]),
            ("A、B", ["reads", "sells"]),
            ("不去图书馆，只摆摊", ["sells"]),
            ("不看书，也不摆摊", ["none"]),
        ],
    )
    def test_several_at_once(self, begun: Resident, said: str, chosen: list[str]) -> None:
        begun.says("自己家", "昨天", "不知道", "1只", said)
        [kept] = begun.desk.checklists.of_visitor(begun.visitor_id)
        assert kept.answers["also"] == chosen

    def test_an_impossible_answer_gets_its_sentence_and_nothing_is_lost(self, begun: Resident) -> None:
        begun.says("单位", "明天")
        assert "这一天还没到，请填狗已经到家的日子。" in begun.text
        assert begun.asked == "came-on" and told(begun) == {"whose": "firm"}

    @pytest.mark.parametrize("said", ["2月30日", "2026年4月31号", "13月5号", "2026-02-30"])
    def test_a_day_that_no_calendar_has_is_told_so(self, begun: Resident, said: str) -> None:
        begun.says("单位", said)
        assert "日历上没有这一天" in begun.text and begun.asked == "came-on" and told(begun) == {"whose": "firm"}

    def test_one_answer_is_held_against_another(self, begun: Resident) -> None:
        begun.says("自己家", "5月3号", "5月20号")
        assert "狗总是先出生再到家" in begun.text and begun.asked == "born-on"

    def test_of_a_number_that_is_not_known_roughly_does_as_well(self, begun: Resident) -> None:
        begun.says("单位", "昨天", "不知道")
        assert "说个大概也行" in begun.text and begun.asked == "dogs"

    def test_who_cannot_say_comes_to_a_list_that_names_what_to_find_out(self, begun: Resident) -> None:
        begun.says("单位", "昨天", "不知道", "记不得了")
        assert "“一共几只？”还不清楚" in begun.checklist.text and "狗窝" not in begun.text
        begun.says("其实是两只")
        assert "还不清楚" not in begun.checklist.text and "2个狗窝" in begun.checklist.text

    def test_of_several_not_knowing_picks_nothing(self, begun: Resident) -> None:
        begun.says("自己家", "昨天", "不清楚", "两只", "不知道")
        assert "先按“都没有”往下列" in begun.text and "“还打算做什么？”还不清楚" in begun.checklist.text

    def test_what_is_no_answer_is_asked_again_with_how_to_answer(self, begun: Resident) -> None:
        begun.says("单位", "嘟嘟嘟")
        assert begun.asked == "came-on"

    def test_a_question_in_the_middle_is_answered_and_it_goes_on(self, begun: Resident) -> None:
        begun.says("单位", "借书证丢了怎么补办")
        assert isinstance(begun.first, AnswerReply) and begun.first.guide_id == "library-card-lost"
        assert begun.asked == "came-on"

    def test_one_step_back_takes_the_last_answer_back(self, begun: Resident) -> None:
        begun.says("自己家", "昨天", "上一步")
        assert begun.asked == "came-on" and told(begun) == {"whose": "family"}
        begun.says("上一步")
        assert begun.asked == "whose" and told(begun) == {}
        begun.says("上一步")
        assert begun.asked == "whose" and "第一个问题" in begun.text

    def test_an_earlier_answer_is_put_right_in_words(self, begun: Resident) -> None:
        begun.says("自己家", "昨天", "不对，是单位养")
        assert told(begun)["whose"] == "firm" and begun.asked == "dogs"

    def test_a_button_of_an_earlier_question_changes_that_answer(self, begun: Resident) -> None:
        earlier = begun.turn.replies[-1].options  # type: ignore[union-attr]
        begun.says("自己家", "昨天", earlier[1].payload)
        assert told(begun)["whose"] == "firm" and begun.asked == "dogs"


class TestLeaving:
    def test_leaving_is_asked_once_and_honoured(self, begun: Resident) -> None:
        begun.says("单位", "算了")
        assert begun.asked == "leave"
        begun.says("停在这里")
        assert not begun.context.walks and "给您留着" in begun.text

    @pytest.mark.parametrize("yes", ["算了", "好的", "1", "是的"])
    def test_so_it_is_whatever_the_yes(self, begun: Resident, yes: str) -> None:
        begun.says("单位", "不办了", yes)
        assert not begun.context.walks

    def test_staying_goes_on_where_it_was(self, begun: Resident) -> None:
        begun.says("单位", "算了", "接着答")
        assert begun.asked == "came-on"

    def test_before_anything_was_told_there_is_nothing_to_ask(self, begun: Resident) -> None:
        begun.says("算了")
        assert not begun.context.walks and not begun.desk.checklists.of_visitor(begun.visitor_id)

    def test_what_was_left_is_taken_up_where_it_was(self, begun: Resident) -> None:
        begun.says("单位", "算了", "算了", "我的清单")
        assert begun.asked == "came-on" and told(begun) == {"whose": "firm"}

    def test_beginning_anew_is_asked_once(self, begun: Resident) -> None:
        begun.says("单位", "重新开始")
        assert begun.asked == "restart"
        begun.says("好的")
        assert begun.asked == "whose" and told(begun) == {}

    def test_a_no_to_that_loses_nothing(self, begun: Resident) -> None:
        begun.says("单位", "重新开始", "接着答")
        assert begun.asked == "came-on" and told(begun) == {"whose": "firm"}


class TestTheList:
    def test_it_ends_in_the_list_and_is_kept(self, begun: Resident) -> None:
        begun.says(*FIRM)
        [kept] = begun.desk.checklists.of_visitor(begun.visitor_id)
        assert begun.checklist.checklist_id == kept.checklist_id and not kept.is_draft
        assert not begun.context.walks and begun.turn.outcome is Outcome.ANSWERED

    def test_it_comes_back(self, begun: Resident) -> None:
        begun.says(*FIRM)
        before = begun.checklist
        begun.says("借书证丢了怎么补办", "我的清单")
        assert begun.checklist == before

    def test_it_comes_back_at_another_door(self, begun: Resident) -> None:
        begun.says(*FIRM)
        assert begun.another_door().says("我的清单").replies == (begun.checklist,)

    @pytest.mark.parametrize("said", ["第1件办好了", "第一步搞定了", "1办完了", "第一个已经弄好了"])
    def test_a_step_is_ticked_in_words(self, begun: Resident, said: str) -> None:
        begun.says(*FIRM, said)
        assert begun.checklist.steps[0].done and "1. ✓打狂犬疫苗" in begun.checklist.text

    def test_a_step_is_ticked_and_unticked_by_tap(self, begun: Resident) -> None:
        begun.says(*FIRM)
        begun.says(begun.checklist.steps[0].options[-1].payload)
        assert begun.checklist.steps[0].done
        begun.says(begun.checklist.steps[0].options[-1].payload)
        assert not begun.checklist.steps[0].done

    def test_two_pages_that_show_the_list_do_not_undo_each_other(self, begun: Resident) -> None:
        begun.says(*FIRM)
        here = there = begun.checklist.steps[0].options[-1].payload
        begun.says(here, there)
        assert begun.checklist.steps[0].done and "改回没办好" not in begun.text

    def test_a_tap_means_its_step_wherever_that_stands_now(self, begun: Resident) -> None:
        begun.says(*FIRM)
        step, other = begun.checklist.steps[:2]
        by_id = step.options[-1].payload
        assert f'"done.{step.step_id}"' in by_id
        begun.says(by_id.replace(step.step_id, "nobody-knows"))
        assert "没有这一件了" in begun.text and not any(each.done for each in begun.checklist.steps)
        begun.says(by_id.replace(step.step_id, other.step_id))
        assert [each.step_id for each in begun.checklist.steps if each.done] == [other.step_id]

    def test_a_tap_of_a_conversation_of_before_is_still_understood(self, begun: Resident) -> None:
        begun.says(*FIRM)
        step = begun.checklist.steps[0]
        by_place = step.options[-1].payload.replace(f"done.{step.step_id}", "tick.1")
        begun.says(by_place)
        assert begun.checklist.steps[0].done
        begun.says(by_place)
        assert not begun.checklist.steps[0].done

    def test_said_twice_it_stays_done_and_is_taken_back_in_words(self, begun: Resident) -> None:
        begun.says(*FIRM, "第1件办好了", "第1件办好了")
        assert "改回没办好" not in begun.text
        begun.says("第1件其实还没办好")
        assert "第1件改回没办好" in begun.text

    def test_a_step_that_it_does_not_have_is_told(self, begun: Resident) -> None:
        begun.says(*FIRM, "第9件办好了")
        assert "没有第9件" in begun.text

    def test_without_a_list_the_words_tick_nothing(self, resident: Resident) -> None:
        resident.says("第1件办好了")
        assert "办好了，还剩" not in resident.text

    def test_a_step_leads_into_a_booking_and_back(self, begun: Resident) -> None:
        begun.says(*FIRM)
        begun.taps("约第2件")
        assert begun.context.walk and begun.context.walk.name == "booking"
        begun.says("算了")
        assert "没有约第2件" in begun.text and begun.checklist.steps and not begun.context.walks

    def test_nobody_else_sees_or_ticks_it(self, begun: Resident) -> None:
        begun.says(*FIRM)
        tick = begun.checklist.steps[0].options[-1].payload
        stranger = Resident(begun.town)
        stranger.reception, stranger.visitor_id = begun.reception, type(begun.visitor_id)("v_stranger")
        stranger.says(tick)
        assert "找不到了" in stranger.text
        stranger.says("我的清单")
        assert "还没有清单" in stranger.text

    def test_one_that_is_still_asked_for_is_not_said_to_be_missing(self, begun: Resident) -> None:
        begun.says("我的清单")
        assert "清单还没列好" in begun.text and "还没有清单" not in begun.text
        assert begun.asked == "whose"

    def test_it_can_be_dropped(self, begun: Resident) -> None:
        begun.says(*FIRM)
        begun.taps("删掉")
        begun.says("我的清单")
        assert "还没有清单" in begun.text

    def test_its_answers_can_be_changed(self, begun: Resident) -> None:
        begun.says(*FIRM)
        begun.taps("改我的回答")
        assert begun.asked == "dogs"
        begun.says("5只")
        [kept] = begun.desk.checklists.of_visitor(begun.visitor_id)
        assert kept.answers["dogs"] == 5 and not kept.is_draft

    def test_of_several_it_is_asked_which(self, begun: Resident) -> None:
        begun.says(*FIRM, BEGINS, "好的", "自己家", "昨天", "不知道", "1只", "都没有", "我的清单")
        assert begun.turn.outcome is Outcome.CLARIFY
        begun.says("2")
        assert begun.checklist.steps

    def test_what_has_changed_in_the_papers_is_told_once(self, begun: Resident) -> None:
        begun.says(*FIRM)
        [kept] = begun.desk.checklists.of_visitor(begun.visitor_id)

        begun.desk.checklists.keep(replace(kept, papers=(*kept.papers, "狗的照片")))
        begun.says("我的清单")
        assert "材料有变化：狗的照片现在不用了。" in begun.text
        begun.says("我的清单")
        assert "材料有变化" not in begun.text


def test_nothing_is_offered_in_the_middle_of_something_else(begun: Resident) -> None:
    begun.says(BEGINS)
    assert "列一张专门给您的清单" not in begun.text and begun.asked == "whose"


class TestPuttingRight:
    """In the middle of the questions; what stands is dealt with in `test_of_list`."""

    def test_actually_gives_an_earlier_question_another_answer(self, begun: Resident) -> None:
        begun.says("自己家", "昨天", "其实是单位养来看门")
        assert told(begun)["whose"] == "firm" and begun.asked == "dogs"

    def test_an_answer_that_is_only_supposed_is_that_of_the_open_question(self, begun: Resident) -> None:
        begun.says("单位", "昨天", "应该是两只")
        assert begun.checklist.scenario_id == "keep-a-dog"

    def test_a_list_that_is_not_there_yet_is_not_asked_about(self, begun: Resident) -> None:
        begun.says("单位", "第三步要带什么")
        assert "清单还没列好" in begun.text and begun.asked == "came-on"
