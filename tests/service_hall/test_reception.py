"""Who takes a message: the open flow, a flow that it begins, or the enquiry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from knowledge_base.model import Aspect, Office
from service_hall import reception
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context, OpenWalk
from service_hall.conversation.enquiry import Enquiry
from service_hall.conversation.flow import Errand, Heard, TakenOut
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import AnswerReply, Choice, ChoicesReply, Outcome, TextReply, ask_payload
from service_hall.conversation.turn import Turn
from service_hall.conversation.wording import say
from service_hall.hearing.heard import Sentence
from service_hall.reception import Reception
from tests.fakes import EAST_HALL, TOWN_HALL, WEST, WEST_HALL
from tests.reasons import with_reason
from tests.visit_town import CARD, DOG, LOST, VisitTown, town_offices, visitor

QUESTION = "红的还是蓝的？"
COLOURS = OpenWalk(name="colours", walk_id="f1", node="colour")
ASKED = Context(guide_id=CARD, walks=(COLOURS,))
TAP = command_payload("give_details", node="colour", value="red")
BROUGHT: dict[str, Any] = {"pocket": "sealed", "location": (30.0, 110.0)}
"""What comes with one message."""
STALE = say("stale_choice")


class Colours(Errand):
    """A flow with one question. Every context that it is given, it gives back."""

    def __init__(
        self,
        name: str = "colours",
        acts: Iterable[Act] = (Act.BOOK,),
        *,
        begins: bool = True,
        claimed: Act | None = None,
        question: str = QUESTION,
    ) -> None:
        self.name, self.acts = name, frozenset(acts)
        self._begins, self._claimed, self._question = begins, claimed, question
        self.begun: list[Heard] = []
        self.asked: list[Heard] = []

    def claims(self, sentence: Sentence) -> Act | None:
        return self._claimed if "颜色" in sentence.text else None

    def begin(self, heard: Heard) -> Turn | None:
        self.begun.append(heard)
        if not self._begins:
            return None
        asked = heard.context.with_walk(OpenWalk(name=self.name, walk_id="f2", node="colour"))
        return Turn(Outcome.ASKING, (TextReply(text=f"{self.name}：{self._question}"),), asked)

    def go_on(self, heard: Heard) -> Turn | None:
        self.asked.append(heard)
        is_answer = heard.text in ("红", "蓝") or bool(heard.command and heard.command["node"] == "colour")
        left = heard.context.without_walk(heard.context.walk.walk_id if heard.context.walk else "")
        return Turn(Outcome.DONE, (TextReply(text="记下了。"),), left) if is_answer else None

    def ask_again(self, context: Context) -> TextReply | None:
        return TextReply(text=self._question) if self._question else None

    def take_out_person(self, visitor_id: object, text: str, context: Context) -> TakenOut:
        return TakenOut(text.replace("张三", "〔姓名〕"), f"{self.name}:{visitor_id}")


class Desk:
    """The town's reception with these flows."""

    def __init__(self, *flows: Colours, offices: Sequence[Office] = ()) -> None:
        self.town = VisitTown()
        if offices:
            self.town.change_offices(tuple(offices))
        self.reception = Reception(lambda: self.town.library, self.town.means.hear, self.town.enquiry, flows)

    def hear(self, text: str, act: Act = Act.ASK, aspect: Aspect | None = None, context: Context | None = None) -> Turn:
        return with_reason(self.reception.respond(visitor(), text, act, aspect, context or Context()))


def texts(turn: Turn) -> list[str]:
    return [reply.text for reply in turn.replies]


def answer_of(turn: Turn) -> AnswerReply:
    [reply] = (each for each in turn.replies if isinstance(each, AnswerReply))
    return reply


def offers_booking(turn: Turn) -> bool:
    return "预约办理" in [option.label for option in answer_of(turn).suggestions]


class TestAnOpenWalk:
    @pytest.mark.parametrize("act", [Act.ASK, Act.BOOK, Act.CANCEL, Act.CHITCHAT, Act.OUT_OF_SCOPE])
    def test_is_given_each_sentence_first_whatever_it_was_taken_for(self, act: Act) -> None:
        flow = Colours(acts=(Act.BOOK, Act.CANCEL))
        turn = Desk(flow).hear("红", act, context=ASKED)
        assert (texts(turn), turn.outcome, turn.context.walk) == (["记下了。"], Outcome.DONE, None)
        assert flow.begun == []

    def test_is_given_each_tap_first(self) -> None:
        flow = Colours(acts=(Act.GIVE_DETAILS,))
        assert texts(Desk(flow).hear(TAP, context=ASKED)) == ["记下了。"]
        [heard] = flow.asked
        assert heard.command and (heard.text, heard.command["value"]) == ("", "red")

    def test_is_not_given_what_another_flow_asked(self) -> None:
        flow, other = Colours(), Colours("shapes", (Act.CANCEL,))
        Desk(other, flow).hear("红", context=ASKED)
        assert (len(flow.asked), other.asked) == (1, [])

    def test_that_a_sentence_is_no_answer_to_leaves_it_to_the_flow_that_it_begins(self) -> None:
        turn = Desk(Colours(), Colours("shapes", (Act.CANCEL,))).hear("不约了", Act.CANCEL, context=ASKED)
        assert texts(turn) == [f"shapes：{QUESTION}"]
        assert turn.context.walk and turn.context.walk.name == "shapes"

    @pytest.mark.parametrize("text", ["原车主来不了", "颜色来不了"])
    def test_what_goes_on_with_a_service_gives_no_booking_back(
        self, text: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Understood as that, or claimed by the flow."""
        monkeypatch.setattr(Enquiry, "goes_on_with_item", lambda *_: True)
        flow = Colours(acts=(Act.CANCEL,), claimed=Act.CANCEL)
        Desk(flow).hear(text, Act.CANCEL, context=Context(guide_id=LOST))
        assert flow.begun == []

    def test_a_tap_of_another_flow_is_done_all_the_same(self) -> None:
        other = Colours("shapes", (Act.CHECK_IN,))
        turn = Desk(Colours(), other).hear(command_payload("check_in"), context=ASKED)
        assert texts(turn) == [f"shapes：{QUESTION}"]
        assert other.begun[0].act is Act.CHECK_IN

    def test_of_another_release_is_as_if_there_were_none(self) -> None:
        gone = Context(walks=(OpenWalk(name="gone", walk_id="f0", node="colour"),))
        flow = Colours()
        turn = Desk(flow).hear("借书证丢了怎么补办", context=gone)
        assert (answer_of(turn).guide_id, len(turn.replies), flow.asked) == (LOST, 1, [])


class TestInBetween:
    @pytest.mark.parametrize(
        ("text", "act", "aspect"),
        [
            ("借书证丢了怎么补办", Act.ASK, Aspect.PROCEDURE),
            ("多少钱", Act.ASK, Aspect.FEE),
            ("谢谢", Act.THANKS, None),
            ("明天下雨吗", Act.OUT_OF_SCOPE, None),
            ("转人工", Act.ASK_HUMAN, None),
            (ask_payload(Aspect.FEE, LOST), Act.ASK, None),
            ("", Act.ASK, None),
        ],
    )
    def test_what_is_no_answer_is_answered_and_the_question_asked_again(
        self, text: str, act: Act, aspect: Aspect | None
    ) -> None:
        turn = Desk(Colours()).hear(text, act, aspect, ASKED)
        assert len(turn.replies) == 2
        assert texts(turn)[-1] == QUESTION and texts(turn)[0] != QUESTION
        assert turn.context.walk == COLOURS

    def test_it_is_answered_about_the_item_of_the_talk(self) -> None:
        turn = Desk(Colours()).hear("要带什么材料", Act.ASK, Aspect.MATERIALS, ASKED)
        assert answer_of(turn).guide_id == CARD

    def test_where_the_enquiry_asks_the_flow_does_not_ask_too(self) -> None:
        turn = Desk(Colours()).hear("借书证", Act.ASK, context=Context(walks=(COLOURS,)))
        assert turn.outcome is Outcome.CLARIFY
        assert [type(reply) for reply in turn.replies] == [ChoicesReply]
        assert turn.context.walk == COLOURS

    def test_a_flow_with_nothing_to_ask_says_nothing(self) -> None:
        turn = Desk(Colours(question="")).hear("谢谢", Act.THANKS, context=ASKED)
        assert len(turn.replies) == 1 and turn.context.walk == COLOURS

    def test_the_same_sentence_run_again_says_the_same(self) -> None:
        desk = Desk(Colours())
        first, again = (desk.hear("多少钱", Act.ASK, Aspect.FEE, ASKED) for _ in range(2))
        assert (texts(first), first.context) == (texts(again), again.context)


class TestBeginning:
    def test_the_act_of_a_flow_begins_it(self) -> None:
        turn = Desk(Colours()).hear("我要预约", Act.BOOK)
        assert texts(turn) == [f"colours：{QUESTION}"]

    def test_a_tap_begins_the_flow_of_its_act(self) -> None:
        flow = Colours()
        Desk(flow).hear(command_payload("book", guide_id=CARD))
        [heard] = flow.begun
        assert heard.command and (heard.act, heard.command["guide_id"], heard.text) == (Act.BOOK, CARD, "")

    def test_a_sentence_that_is_claimed_begins_it_whatever_it_was_understood_as(self) -> None:
        flow = Colours(claimed=Act.BOOK)
        Desk(Colours("shapes", (Act.CANCEL,)), flow).hear("要什么颜色", Act.CHITCHAT)
        assert [heard.act for heard in flow.begun] == [Act.BOOK]

    def test_what_was_understood_as_a_flows_act_is_not_claimed_by_another(self) -> None:
        claiming, meant = Colours(claimed=Act.BOOK), Colours("shapes", (Act.CANCEL,))
        Desk(claiming, meant).hear("取消那个颜色", Act.CANCEL)
        assert (claiming.begun, len(meant.begun)) == ([], 1)

    def test_a_claim_for_what_no_flow_does_is_nothing(self) -> None:
        flow = Colours(claimed=Act.RESCHEDULE)
        turn = Desk(flow).hear("颜色，借书证丢了怎么补办", Act.ASK)
        assert flow.begun == [] and answer_of(turn).guide_id == LOST

    def test_of_two_flows_for_one_act_the_first_that_takes_it_begins(self) -> None:
        flows = Colours("first", begins=False), Colours("second"), Colours("third")
        assert texts(Desk(*flows).hear("我要预约", Act.BOOK)) == [f"second：{QUESTION}"]
        assert [len(flow.begun) for flow in flows] == [1, 1, 0]

    def test_where_none_takes_it_the_enquiry_speaks(self) -> None:
        turn = Desk(Colours(begins=False)).hear("我要预约", Act.BOOK)
        assert turn.outcome is Outcome.ANSWERED and "0888-12345" in texts(turn)[0]

    def test_without_any_flow_the_enquiry_speaks(self) -> None:
        turn = Desk().hear("我要预约", Act.BOOK)
        assert turn.outcome is Outcome.ANSWERED and "0888-12345" in texts(turn)[0]


class TestAStaleChoice:
    def test_is_said_to_be_one(self) -> None:
        turn = Desk(Colours()).hear(TAP)
        assert (texts(turn), turn.outcome) == ([STALE], Outcome.NOT_FOUND)

    def test_of_a_flow_that_has_ended_begins_nothing(self) -> None:
        flow = Colours(acts=(Act.GIVE_DETAILS,), begins=False)
        assert texts(Desk(flow).hear(TAP)) == [STALE]

    def test_leaves_the_open_question_open(self) -> None:
        turn = Desk(Colours()).hear(command_payload("give_details", node="elsewhere"), context=ASKED)
        assert (texts(turn), turn.context.walk) == ([STALE, QUESTION], COLOURS)

    def test_of_a_guide_that_is_gone_is_answered_honestly(self) -> None:
        turn = Desk(Colours()).hear(ask_payload(Aspect.FEE, "gone"))
        assert turn.outcome is Outcome.NOT_FOUND and texts(turn)

    @pytest.mark.parametrize(
        "text", ["/restart", '/book{"guide_id":1}', '/give_details{"node":"' + "x" * 500 + '"}', "/book{", "/" * 2000]
    )
    def test_what_only_looks_like_a_tap_is_a_sentence(self, text: str) -> None:
        flow = Colours()
        turn = Desk(flow).hear(text, context=ASKED)
        assert turn.replies and flow.begun == []
        assert [heard.command for heard in flow.asked] == [None]


class TestOfferingTheBooking:
    @pytest.mark.parametrize("text", ["借书证丢了怎么补办", ask_payload(Aspect.PROCEDURE, LOST)])
    def test_an_answer_offers_it_last(self, text: str) -> None:
        offer = answer_of(Desk(Colours()).hear(text)).suggestions[-1]
        assert offer == Choice(label="预约办理", payload=command_payload("book", guide_id=LOST))

    def test_not_where_no_office_takes_bookings(self) -> None:
        offices = [each.model_copy(update={"lines": ()}) for each in town_offices()]
        assert not offers_booking(Desk(Colours(), offices=offices).hear("借书证丢了怎么补办"))

    @pytest.mark.parametrize(("bookable", "offered"), [(EAST_HALL, False), (WEST_HALL, True)])
    def test_the_region_of_the_answer_decides(self, bookable: str, offered: bool) -> None:
        offices = [
            each if each.id in (bookable, TOWN_HALL) else each.model_copy(update={"lines": ()})
            for each in town_offices()
        ]
        turn = Desk(Colours(), offices=offices).hear("多少钱", Act.ASK, Aspect.FEE, Context(guide_id=DOG, region=WEST))
        assert (answer_of(turn).region, offers_booking(turn)) == (WEST, offered)

    def test_not_where_no_flow_books(self) -> None:
        for flows in ((), (Colours(acts=(Act.CANCEL,)),)):
            assert not offers_booking(Desk(*flows).hear("借书证丢了怎么补办"))

    def test_not_below_an_open_question(self) -> None:
        assert not offers_booking(Desk(Colours()).hear("借书证丢了怎么补办", context=ASKED))

    def test_only_answers_offer_it(self) -> None:
        [reply] = Desk(Colours()).hear("谢谢", Act.THANKS).replies
        assert isinstance(reply, TextReply)


class TestWhatCarriesOver:
    @pytest.mark.parametrize("walks", [(COLOURS,), ()])
    @pytest.mark.parametrize(
        ("text", "act"),
        [
            ("红", Act.GIVE_DETAILS),
            ("我要预约", Act.BOOK),
            ("多少钱", Act.ASK),
            ("借书证", Act.ASK),
            ("我在东河区", Act.STATE_REGION),
            ("", Act.ASK),
            (TAP, Act.ASK),
            (command_payload("book"), Act.ASK),
            (command_payload("check_in"), Act.ASK),
            (ask_payload(Aspect.FEE, LOST), Act.ASK),
            (ask_payload(Aspect.FEE, "gone"), Act.ASK),
        ],
    )
    def test_pocket_and_location_never_do(self, text: str, act: Act, walks: tuple[OpenWalk, ...]) -> None:
        context = Context(guide_id=CARD, walks=walks, **BROUGHT)
        kept = Desk(Colours()).hear(text, act, context=context).context
        assert (kept.pocket, kept.location) == ("", None)

    def test_the_flow_sees_what_came_with_the_message(self) -> None:
        flow = Colours()
        desk = Desk(flow)
        desk.hear("我要预约", Act.BOOK, context=Context(**BROUGHT))
        desk.hear("红", context=ASKED.model_copy(update=BROUGHT))
        assert {(heard.context.pocket, heard.context.location) for heard in (*flow.begun, *flow.asked)} == {
            ("sealed", (30.0, 110.0))
        }

    @pytest.mark.parametrize("walks", [(COLOURS,), ()])
    def test_once_a_flow_has_spoken_older_choices_and_misses_are_off_the_table(
        self, walks: tuple[OpenWalk, ...]
    ) -> None:
        option = Choice(label="借书证丢失补办", payload=ask_payload(Aspect.FEE, LOST))
        context = Context(options=(option,), missed=1, walks=walks)
        kept = Desk(Colours()).hear("红" if walks else "我要预约", Act.BOOK, context=context).context
        assert (kept.options, kept.missed) == ((), 0)


class TestWithoutRasa:
    @pytest.mark.parametrize("context", [Context(), ASKED, Context(walks=(COLOURS,))])
    @pytest.mark.parametrize(
        "text",
        [
            "我要预约",
            "红",
            "借书证丢了怎么补办",
            "借书证",
            "多少钱",
            "谢谢",
            "要什么颜色",
            "",
            "约" * 2000,
            TAP,
            command_payload("book"),
            ask_payload(Aspect.FEE, LOST),
        ],
    )
    def test_it_goes_the_same_way(self, text: str, context: Context) -> None:
        desk = Desk(Colours(claimed=Act.BOOK))
        understood = desk.town.enquiry.understand(text) if not text.startswith("/") else (Act.ASK, None)
        alone = desk.reception.respond_alone(visitor(), text, context)
        told = desk.hear(text, *understood, context)
        assert (texts(alone), alone.outcome, alone.context) == (texts(told), told.outcome, told.context)


class TestTakingOutThePerson:
    def take(self, text: str, context: Context, *flows: Colours) -> TakenOut:
        return Desk(*flows).reception.take_out_person(visitor(), text, context)

    def test_the_open_flow_does_it(self) -> None:
        flows = Colours("shapes", (Act.CANCEL,)), Colours()
        assert self.take("我叫张三", ASKED, *flows) == TakenOut("我叫〔姓名〕", "colours:v_001")

    @pytest.mark.parametrize("text", ["张三要约明天", "给张三挂号", "张三取号"])
    def test_a_flow_that_books_does_it_where_a_booking_may_begin(self, text: str) -> None:
        taken = self.take(text, Context(), Colours("shapes", (Act.CANCEL,)), Colours())
        assert taken.sealed == "colours:v_001" and "张三" not in taken.text

    @pytest.mark.parametrize("flows", [(), (Colours("shapes", (Act.CANCEL,)),)])
    def test_without_a_flow_that_books_the_text_stays(self, flows: tuple[Colours, ...]) -> None:
        assert self.take("张三要约明天", Context(), *flows) == TakenOut("张三要约明天")

    def test_what_begins_nothing_stays(self) -> None:
        assert self.take("张三怎么补办借书证", Context(), Colours()) == TakenOut("张三怎么补办借书证")

    @pytest.mark.parametrize("flows", [(), (Colours(),)])
    def test_a_number_is_masked_whoever_has_taken_out_the_person(self, flows: tuple[Colours, ...]) -> None:
        assert self.take("我的电话是13800138000", Context(), *flows).text == "我的电话是138****8000"

    def test_what_tells_nobody_is_looked_through_for_numbers_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        looked: list[str] = []

        def mask(text: str) -> str:
            looked.append(text)
            return text

        monkeypatch.setattr(reception, "mask_personal_numbers", mask)
        self.take("借书证丢了怎么补办", Context(), Colours())
        assert looked == ["借书证丢了怎么补办"]
