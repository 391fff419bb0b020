from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.message import Chosen, read_payload
from service_hall.conversation.reply import (
    Choice,
    HandoverReply,
    Outcome,
)
from tests import fakes
from tests.enquiry_desk import EnquiryDesk
from tests.fakes import EAST, WEST
from tests.service_hall.conversation.desk import answered, offered, offering, said, talking_of

NEW, LOST, DOG, STALL = "library-card-first", "library-card-lost", "dog-register", "night-stall"


@pytest.fixture
def desk() -> EnquiryDesk:
    return EnquiryDesk(fakes.town)


class TestAQuestion:
    def test_that_names_its_item_is_answered_with_its_guide(self, desk: EnquiryDesk) -> None:
        turn = desk.respond("狗证多少钱", Act.ASK, Aspect.FEE, Context())
        reply = answered(turn)
        assert (reply.guide_id, reply.guide_name, reply.aspect, reply.region) == (
            DOG,
            "犬只登记",
            Aspect.FEE,
            fakes.TOWN,
        )
        assert "50" in reply.text and "30" in reply.text
        assert (turn.context.guide_id, turn.context.aspect, turn.context.question) == (DOG, Aspect.FEE, "狗证多少钱")

    def test_cites_its_sources(self, desk: EnquiryDesk) -> None:
        reply = answered(desk.respond("借书证丢了补办多少钱", Act.ASK, Aspect.FEE, Context()))
        assert reply.sources[0].title == "借书证收费标准" and "《借书证收费标准》第一条" in reply.text

    def test_of_two_aspects_is_answered_with_both(self, desk: EnquiryDesk) -> None:
        reply = answered(desk.respond("狗证多少钱，要带什么材料", Act.ASK, Aspect.FEE, Context()))
        assert reply.aspect is Aspect.FEE and "登记费" in reply.text and "居民身份证" in reply.text

    def test_of_four_aspects_is_answered_with_the_first_three(self, desk: EnquiryDesk) -> None:
        text = "狗证多少钱，带什么材料，几点上班，有效期几年"
        reply = answered(desk.respond(text, Act.ASK, Aspect.FEE, Context()))
        assert "申请表" in reply.text and "09:00" in reply.text and "有效期" not in reply.text

    def test_without_an_item_is_asked_back(self, desk: EnquiryDesk) -> None:
        turn = desk.respond("多少钱", Act.ASK, Aspect.FEE, Context())
        guide_ids = offered(turn)
        assert len(guide_ids) == 4
        assert all(
            (chosen := read_payload(option.payload)) and chosen.aspect is Aspect.FEE for option in turn.context.options
        )

    def test_about_a_bare_topic_offers_what_there_is(self, desk: EnquiryDesk) -> None:
        assert set(offered(desk.respond("借书证", Act.ASK, Aspect.OVERVIEW, Context()))) == {NEW, LOST}

    def test_about_an_item_without_a_guide_says_that_it_is_known(self, desk: EnquiryDesk) -> None:
        turn = desk.respond("小渔船登记怎么办", Act.ASK, Aspect.PROCEDURE, Context())
        assert turn.outcome is Outcome.NOT_FOUND and "小渔船登记" in said(turn) and "0888-12345" in said(turn)

    def test_about_nothing_the_hall_knows_is_honestly_not_found(self, desk: EnquiryDesk) -> None:
        turn = desk.respond("量子力学", Act.ASK, None, Context())
        assert turn.outcome is Outcome.NOT_FOUND and "溪城市政务服务中心" in said(turn)

    @pytest.mark.parametrize("act", [Act.ASK, Act.AFFIRM, Act.ABUSE, Act.PROGRESS, Act.OUT_OF_SCOPE])
    def test_in_english_is_not_found_in_both_languages(self, desk: EnquiryDesk, act: Act) -> None:
        """However it was understood: what classifies learned Chinese alone."""
        turn = desk.respond("How do I renew my passport?", act, None, Context())
        assert turn.outcome is Outcome.NOT_FOUND and turn.reason == "tells_of_chinese"
        assert "Please ask in Chinese, or call 0888-12345" in said(turn) and "没有找到" in said(turn)

    @pytest.mark.parametrize(
        ("text", "act", "is_told"),
        [("passport", Act.ASK, True), ("hello", Act.GREET, False), ("wifi在哪里申请", Act.ASK, False)],
    )
    def test_of_one_english_word_as_far_as_nothing_else_takes_it(
        self, desk: EnquiryDesk, text: str, act: Act, is_told: bool
    ) -> None:
        assert ("ask in Chinese" in said(desk.respond(text, act, None, Context()))) is is_told

    @pytest.mark.parametrize("text", ["怎么走", "具体地址是什么"])
    def test_of_the_way_is_answered_with_the_place_whatever_was_understood(self, desk: EnquiryDesk, text: str) -> None:
        first = desk.respond("狗证多少钱", Act.ASK, Aspect.FEE, Context())
        turn = desk.respond(text, Act.ASK, Aspect.PROCEDURE, first.context)
        assert (answered(turn).guide_id, answered(turn).aspect) == (DOG, Aspect.LOCATION)

    def test_asked_again_is_answered_alike(self, desk: EnquiryDesk) -> None:
        first = desk.respond("狗证多少钱", Act.ASK, Aspect.FEE, Context())
        again = desk.respond("狗证多少钱", Act.ASK, Aspect.FEE, first.context)
        assert answered(first).text == answered(again).text and first.context == again.context
        assert answered(first).answer_id != answered(again).answer_id


class TestAFollowUp:
    @pytest.mark.parametrize(
        ("text", "aspect", "shown"),
        [
            ("那多少钱", Aspect.FEE, "登记费"),
            ("要带什么", Aspect.MATERIALS, "居民身份证"),
            ("能代办吗", Aspect.PROXY, "可以委托他人"),
            ("电话呢", Aspect.CONTACT, "12345"),
        ],
    )
    def test_that_leaves_the_item_unsaid_means_the_last_one(
        self, desk: EnquiryDesk, text: str, aspect: Aspect, shown: str
    ) -> None:
        reply = answered(desk.respond(text, Act.ASK, aspect, talking_of(DOG)))
        assert reply.guide_id == DOG and reply.aspect is aspect and shown in reply.text

    @pytest.mark.parametrize("text", ["我不是本地人", "异地的呢", "户口不在这里可以办吗"])
    def test_from_elsewhere_is_answered_by_how_far_it_reaches(self, desk: EnquiryDesk, text: str) -> None:
        turn = desk.respond(text, Act.STATE_REGION, Aspect.ELIGIBILITY, talking_of(DOG))
        assert answered(turn).guide_id == DOG and answered(turn).text.startswith("全市通办。")
        assert turn.reason == "tells_whether_from_elsewhere"
        assert desk.respond(text, Act.ASK, None, Context()).reason != turn.reason

    def test_that_names_another_item_changes_to_it(self, desk: EnquiryDesk) -> None:
        assert answered(desk.respond("夜市摊位备案多少钱", Act.ASK, Aspect.FEE, talking_of(DOG))).guide_id == STALL

    def test_about_a_material_of_the_guide_stays_with_it(self, desk: EnquiryDesk) -> None:
        assert answered(desk.respond("申请表要几份", Act.ASK, Aspect.MATERIALS, talking_of(DOG))).guide_id == DOG

    def test_another_item_keeps_the_aspect_that_was_asked(self, desk: EnquiryDesk) -> None:
        reply = answered(desk.respond("那夜市摊位呢", Act.CHANGE_ITEM, None, talking_of(DOG, Aspect.FEE)))
        assert (reply.guide_id, reply.aspect) == (STALL, Aspect.FEE)

    def test_keeps_the_region_that_was_named_before(self, desk: EnquiryDesk) -> None:
        turn = desk.respond("去哪办", Act.ASK, Aspect.LOCATION, talking_of(DOG, region=EAST))
        assert answered(turn).region == EAST and "东河区犬只登记点" in answered(turn).text

    def test_about_the_one_before_goes_back_to_it(self, desk: EnquiryDesk) -> None:
        turn = desk.choose(Chosen(Aspect.MATERIALS, STALL), talking_of(DOG))
        assert answered(desk.respond("前一个要多少钱", Act.ASK, Aspect.FEE, turn.context)).guide_id == DOG

    def test_after_small_talk_still_knows_the_item(self, desk: EnquiryDesk) -> None:
        thanked = desk.respond("谢谢", Act.THANKS, None, talking_of(DOG))
        assert answered(desk.respond("多少钱", Act.ASK, Aspect.FEE, thanked.context)).guide_id == DOG

    def test_after_what_was_not_found_still_knows_the_item(self, desk: EnquiryDesk) -> None:
        lost = desk.respond("明天下雨吗", Act.OUT_OF_SCOPE, None, talking_of(DOG))
        assert lost.outcome is Outcome.NOT_FOUND
        assert answered(desk.respond("那多少钱", Act.ASK, Aspect.FEE, lost.context)).guide_id == DOG


class TestChoosing:
    @pytest.mark.parametrize("text", ["第二个", "2", "选2", "丢失补办", "最后一个"])
    @pytest.mark.parametrize("act", [Act.CHOOSE_OPTION, Act.ASK])
    def test_the_second_is_answered_with_what_was_asked_before(self, desk: EnquiryDesk, text: str, act: Act) -> None:
        reply = answered(desk.respond(text, act, None, offering(NEW, LOST)))
        assert (reply.guide_id, reply.aspect) == (LOST, Aspect.FEE)

    def test_what_was_taken_leaves_no_options_on_the_table(self, desk: EnquiryDesk) -> None:
        assert desk.respond("第一个", Act.CHOOSE_OPTION, None, offering(NEW, LOST, missed=1)).context.options == ()

    def test_a_place_that_is_not_there_offers_the_same_again(self, desk: EnquiryDesk) -> None:
        turn = desk.respond("第五个", Act.CHOOSE_OPTION, None, offering(NEW, LOST))
        assert offered(turn) == [NEW, LOST] and "没有这一项" in turn.replies[0].text

    def test_with_nothing_on_the_table_there_is_nothing_to_choose(self, desk: EnquiryDesk) -> None:
        turn = desk.respond("第二个", Act.CHOOSE_OPTION, None, Context())
        assert turn.outcome is Outcome.NOT_FOUND and "没有给出选项" in said(turn)

    def test_the_number_of_the_hotline_picks_nothing(self, desk: EnquiryDesk) -> None:
        turn = desk.respond("12345", Act.CHOOSE_OPTION, None, offering(NEW, LOST, DOG, STALL))
        assert turn.outcome is not Outcome.ANSWERED

    def test_another_question_instead_of_a_choice_is_answered(self, desk: EnquiryDesk) -> None:
        assert answered(desk.respond("狗证多少钱", Act.ASK, Aspect.FEE, offering(NEW, LOST))).guide_id == DOG

    def test_the_only_option_is_taken_with_a_yes(self, desk: EnquiryDesk) -> None:
        assert answered(desk.respond("是的", Act.AFFIRM, None, offering(LOST))).guide_id == LOST

    def test_a_yes_to_several_options_asks_which(self, desk: EnquiryDesk) -> None:
        assert offered(desk.respond("是的", Act.AFFIRM, None, offering(NEW, LOST))) == [NEW, LOST]

    @pytest.mark.parametrize("act", [Act.AFFIRM, Act.ASK, Act.CHOOSE_OPTION])
    @pytest.mark.parametrize("yes", ["确认", "好的", "嗯", "可以", "同意", "成"])
    def test_a_plain_yes_picks_none_of_several_whatever_it_was_understood_as(
        self, desk: EnquiryDesk, yes: str, act: Act
    ) -> None:
        assert offered(desk.respond(yes, act, None, offering(NEW, LOST))) == [NEW, LOST]
        assert answered(desk.respond(yes, act, None, offering(LOST))).guide_id == LOST

    def test_a_no_to_all_options_ends_honestly(self, desk: EnquiryDesk) -> None:
        turn = desk.respond("都不是", Act.DENY, None, offering(NEW, LOST))
        assert turn.outcome is Outcome.NOT_FOUND and turn.context.options == ()

    def test_the_text_numbers_the_options_for_doors_without_buttons(self, desk: EnquiryDesk) -> None:
        turn = desk.respond("借书证", Act.ASK, Aspect.OVERVIEW, Context())
        lines = turn.replies[0].text.splitlines()
        assert [line[:2] for line in lines[1:]] == ["1.", "2."]

    def test_a_tapped_choice_is_answered(self, desk: EnquiryDesk) -> None:
        turn = desk.choose(Chosen(Aspect.MATERIALS, DOG), offering(NEW, LOST, region=EAST))
        reply = answered(turn)
        assert (reply.guide_id, reply.aspect, reply.region) == (DOG, Aspect.MATERIALS, EAST)
        assert "狂犬疫苗接种证明" in reply.text and turn.context.options == ()

    @pytest.mark.parametrize("guide_id", ["no-such-guide", "boat-register"])
    def test_a_tapped_choice_without_a_guide_is_not_found(self, desk: EnquiryDesk, guide_id: str) -> None:
        assert desk.choose(Chosen(Aspect.FEE, guide_id), Context()).outcome is Outcome.NOT_FOUND

    def test_options_of_another_kind_are_no_trouble(self, desk: EnquiryDesk) -> None:
        strange = Context(options=(Choice(label="取消", payload="/cancel"), Choice(label="继续", payload="")))
        assert desk.respond("第一个", Act.CHOOSE_OPTION, None, strange).outcome is Outcome.CLARIFY


class TestTheTwoStagesOfNotUnderstanding:
    def test_first_choices_are_offered_and_then_the_end_is_honest(self, desk: EnquiryDesk) -> None:
        first = desk.respond("借书证", Act.ASK, Aspect.OVERVIEW, Context())
        assert len(offered(first)) == 2 and first.context.missed == 1
        second = desk.respond("借书证", Act.ASK, Aspect.OVERVIEW, first.context)
        assert second.outcome is Outcome.NOT_FOUND and "0888-12345" in said(second)

    def test_after_the_end_the_count_begins_anew(self, desk: EnquiryDesk) -> None:
        ended = desk.respond("借书证", Act.ASK, Aspect.OVERVIEW, offering(NEW, LOST, missed=1))
        assert (ended.context.missed, ended.context.options) == (0, ())
        assert offered(desk.respond("借书证", Act.ASK, Aspect.OVERVIEW, ended.context))

    def test_an_answer_in_between_begins_anew(self, desk: EnquiryDesk) -> None:
        assert desk.respond("狗证多少钱", Act.ASK, Aspect.FEE, offering(NEW, LOST, missed=1)).context.missed == 0


class TestCorrecting:
    def test_the_item_meant_instead_is_answered(self, desk: EnquiryDesk) -> None:
        reply = answered(desk.respond("不是补办，是首次办理", Act.CORRECT, None, talking_of(LOST, Aspect.FEE)))
        assert (reply.guide_id, reply.aspect) == (NEW, Aspect.FEE)

    def test_the_aspect_meant_instead_is_answered(self, desk: EnquiryDesk) -> None:
        reply = answered(desk.respond("不对，我问的是电话", Act.CORRECT, Aspect.CONTACT, talking_of(LOST, Aspect.FEE)))
        assert (reply.guide_id, reply.aspect) == (LOST, Aspect.CONTACT)

    @pytest.mark.parametrize("text", ["更正一下，是西山区不是东河区", "不是东河区，是西山区", "不是东河，我住西山"])
    def test_the_region_meant_instead_is_answered(self, desk: EnquiryDesk, text: str) -> None:
        reply = answered(desk.respond(text, Act.CORRECT, None, talking_of(DOG, Aspect.FEE, region=EAST)))
        assert (reply.guide_id, reply.aspect, reply.region) == (DOG, Aspect.FEE, WEST)
        assert "芯片费" not in reply.text

    def test_before_anything_was_said_it_is_a_question(self, desk: EnquiryDesk) -> None:
        assert answered(desk.respond("我说的是犬只登记", Act.CORRECT, None, Context())).guide_id == DOG


class TestRegions:
    def test_a_region_named_in_the_question_speaks(self, desk: EnquiryDesk) -> None:
        turn = desk.respond("西山区狗证多少钱", Act.ASK, Aspect.FEE, Context())
        assert answered(turn).region == WEST and "芯片费" not in answered(turn).text
        assert turn.context.region == WEST

    def test_a_region_alone_is_noted_for_what_comes(self, desk: EnquiryDesk) -> None:
        noted = desk.respond("我在东河区", Act.STATE_REGION, None, Context())
        assert noted.outcome is Outcome.ANSWERED and "东河区" in said(noted)
        assert answered(desk.respond("养狗登记去哪办", Act.ASK, Aspect.LOCATION, noted.context)).region == EAST

    def test_a_region_after_an_answer_answers_again_for_it(self, desk: EnquiryDesk) -> None:
        reply = answered(desk.respond("西山区呢", Act.STATE_REGION, None, talking_of(DOG, Aspect.FEE, region=EAST)))
        assert (reply.region, reply.aspect) == (WEST, Aspect.FEE)

    def test_offices_of_the_region_are_shown(self, desk: EnquiryDesk) -> None:
        east = answered(desk.respond("狗证去哪办", Act.ASK, Aspect.LOCATION, Context(region=EAST))).text
        assert "东河区政务服务中心" in east and "西山区政务服务中心" not in east


class TestOtherActs:
    def test_what_was_answered_is_said_again(self, desk: EnquiryDesk) -> None:
        reply = answered(desk.respond("再说一遍", Act.REPEAT, None, talking_of(DOG, Aspect.FEE)))
        assert (reply.guide_id, reply.aspect) == (DOG, Aspect.FEE)

    def test_what_was_offered_is_offered_again(self, desk: EnquiryDesk) -> None:
        assert offered(desk.respond("没听清", Act.REPEAT, None, offering(NEW, LOST))) == [NEW, LOST]

    def test_where_nothing_was_said_nothing_is_repeated(self, desk: EnquiryDesk) -> None:
        assert "没有回答过" in said(desk.respond("再说一遍", Act.REPEAT, None, Context()))

    def test_asking_for_a_person_hands_over_with_the_hotline(self, desk: EnquiryDesk) -> None:
        turn = desk.respond("转人工", Act.ASK_HUMAN, None, talking_of(DOG))
        (reply,) = turn.replies
        assert turn.outcome is Outcome.HANDED_OVER and isinstance(reply, HandoverReply) and "0888-12345" in reply.text
        assert turn.context.guide_id == DOG

    @pytest.mark.parametrize(
        "act",
        [Act.GREET, Act.THANKS, Act.GOODBYE, Act.PRAISE, Act.BOT_IDENTITY, Act.BOT_CAPABILITY, Act.CHITCHAT, Act.ABUSE],
    )
    def test_small_talk_is_answered_without_a_guide(self, desk: EnquiryDesk, act: Act) -> None:
        turn = desk.respond(fakes.SPOKEN[act][0], act, None, talking_of(DOG))
        assert turn.outcome is Outcome.ANSWERED and said(turn) and turn.context.guide_id == DOG

    def test_a_greeting_with_a_question_is_a_question(self, desk: EnquiryDesk) -> None:
        assert answered(desk.respond("你好，借书证丢了怎么补办", Act.GREET, None, Context())).guide_id == LOST

    @pytest.mark.parametrize("act", [Act.BOOK, Act.CANCEL, Act.RESCHEDULE, Act.PROGRESS, Act.COMPLAINT])
    def test_an_errand_says_where_it_can_be_done(self, desk: EnquiryDesk, act: Act) -> None:
        turn = desk.respond(fakes.SPOKEN[act][0], act, None, Context())
        assert turn.outcome is Outcome.ANSWERED and ("0888-12345" in said(turn) or "政务服务中心" in said(turn))

    def test_what_is_no_service_is_not_found(self, desk: EnquiryDesk) -> None:
        assert desk.respond("推荐个饭馆", Act.OUT_OF_SCOPE, None, Context()).outcome is Outcome.NOT_FOUND

    def test_a_service_taken_for_none_is_answered_all_the_same(self, desk: EnquiryDesk) -> None:
        assert answered(desk.respond("家里新买的狗去哪里登记", Act.OUT_OF_SCOPE, None, Context())).guide_id == DOG

    @pytest.mark.parametrize("act", list(Act))
    def test_every_act_has_an_end(self, desk: EnquiryDesk, act: Act) -> None:
        for context in (Context(), talking_of(DOG), offering(NEW, LOST), offering(NEW, LOST, guide_id=DOG, missed=1)):
            turn = desk.respond("嗯", act, None, context)
            assert turn.replies and all(reply.text for reply in turn.replies)


HOSTILE = [
    "", " ", "\n\t", "？！。，", "😀🎉👍", "/restart", "//restart", "/ask_fee{}", "<script>alert(1)</script>",
    "'; DROP TABLE visitor; --", "{hotline}", "{0.__class__}", "%s%n", "\x00\x1b[31m", "\u202e狗证\u202c", "啊" * 1000,
    "狗证" * 500, "a" * 1000, "１２３", "﷽" * 100, "[[[[", "\\", "null", "NaN", "第" * 999, "不是" * 500,
]  # fmt: skip


class TestHostileInput:
    @pytest.mark.parametrize("text", HOSTILE)
    @pytest.mark.parametrize(
        "context", [Context(), talking_of(DOG), offering(NEW, LOST)], ids=["fresh", "talking", "offering"]
    )
    def test_gets_a_reply_from_the_desk_alone(self, desk: EnquiryDesk, text: str, context: Context) -> None:
        turn = desk.respond_alone(text, context)
        assert turn.outcome in Outcome and turn.replies and all(reply.text for reply in turn.replies)

    @pytest.mark.parametrize("text", ["", "  ", "？？？", "😀😀😀", "…"])
    @pytest.mark.parametrize("act", list(Act))
    def test_that_says_nothing_is_told_so_and_keeps_the_item(self, desk: EnquiryDesk, text: str, act: Act) -> None:
        turn = desk.respond(text, act, None, talking_of(DOG))
        assert turn.outcome is Outcome.NOT_FOUND and "没有看懂" in said(turn) and turn.context.guide_id == DOG

    @pytest.mark.parametrize(
        "text", ["/restart", "<script>alert(1)</script>", "'; DROP TABLE visitor; --", "{hotline}"]
    )
    def test_is_never_answered_from_a_guide_nor_echoed(self, desk: EnquiryDesk, text: str) -> None:
        turn = desk.respond(text, Act.ASK, None, Context())
        assert turn.outcome is not Outcome.ANSWERED and text not in turn.replies[0].text

    @given(st.text(max_size=80), st.sampled_from(list(Act)))
    def test_any_text_as_any_act_gets_a_reply(self, text: str, act: Act) -> None:
        desk = EnquiryDesk(fakes.town)
        for context in (Context(), talking_of(DOG, region=EAST), offering(NEW, LOST)):
            turn = desk.respond(text, act, None, context)
            assert turn.replies and turn.context == Context.model_validate_json(turn.context.model_dump_json())


class TestWithoutRasa:
    @pytest.mark.parametrize(
        ("text", "guide_id", "aspect"),
        [("狗证要多少钱", DOG, Aspect.FEE), ("夜市摊位备案带什么材料", STALL, Aspect.MATERIALS)],
    )
    def test_the_desk_reads_the_aspect_itself(
        self, desk: EnquiryDesk, text: str, guide_id: str, aspect: Aspect
    ) -> None:
        reply = answered(desk.respond_alone(text, Context()))
        assert (reply.guide_id, reply.aspect) == (guide_id, aspect)

    def test_the_desk_reads_the_act_itself(self, desk: EnquiryDesk) -> None:
        assert desk.respond_alone("转人工", Context()).outcome is Outcome.HANDED_OVER
        assert answered(desk.respond_alone("第二个", offering(NEW, LOST))).guide_id == LOST

    def test_what_says_nothing_is_told_so(self, desk: EnquiryDesk) -> None:
        assert desk.respond_alone("😀", Context()).outcome is Outcome.NOT_FOUND


class TestWhenKnowledgeChanges:
    def test_the_next_turn_asks_the_new_library(self) -> None:
        libraries = [fakes.town(), replace(fakes.town(), home=WEST)]
        desk = EnquiryDesk(lambda: libraries.pop(0) if len(libraries) > 1 else libraries[0])
        first = desk.choose(Chosen(Aspect.FEE, DOG), Context())
        second = desk.choose(Chosen(Aspect.FEE, DOG), Context())
        assert (answered(first).region, answered(second).region) == (fakes.TOWN, WEST)

    def test_a_guide_that_is_gone_is_honestly_not_found(self) -> None:
        bare = fakes.build_town(fakes.published(documents={}))
        turn = EnquiryDesk(lambda: bare).respond("多少钱", Act.ASK, Aspect.FEE, talking_of(DOG))
        assert turn.outcome is Outcome.NOT_FOUND and "犬只登记" in said(turn)

    def test_a_region_that_is_gone_is_served_as_the_hall_s_own(self, desk: EnquiryDesk) -> None:
        turn = desk.respond("狗证多少钱", Act.ASK, Aspect.FEE, Context(region="999999"))
        assert answered(turn).region == fakes.TOWN
