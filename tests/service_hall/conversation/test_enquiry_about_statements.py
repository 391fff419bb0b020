"""A question in the words of a statement, and one about what is received."""

from __future__ import annotations

import pytest

from knowledge_base.model import Aspect
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from tests import fakes
from tests.enquiry_desk import EnquiryDesk
from tests.service_hall.conversation.desk import answered, talking_of

DOG = "dog-register"


@pytest.fixture
def desk() -> EnquiryDesk:
    return EnquiryDesk(fakes.town)


class TestAQuestion:
    def test_in_the_words_of_a_listed_question_gets_its_own_answer(self, desk: EnquiryDesk) -> None:
        reply = answered(desk.respond("借书证丢了，要赔书吗", Act.ASK, Aspect.FEE, Context()))
        assert reply.text.startswith("不用，书没丢就不用赔。") and reply.sources
        assert reply.fact and reply.fact.statement_id == "library-card-lost/book-too"

    def test_in_the_words_of_a_listed_question_is_about_what_its_statement_is_about(self, desk: EnquiryDesk) -> None:
        turn = desk.respond("补了以后旧借书证又找到了咋办", Act.ASK, Aspect.VALIDITY, Context())
        assert answered(turn).aspect is Aspect.PROCEDURE and turn.context.aspect is Aspect.PROCEDURE
        same = desk.respond("补了以后旧借书证又找到了咋办", Act.ASK, Aspect.OVERVIEW, Context())
        assert answered(same).aspect is Aspect.OVERVIEW
        assert answered(same).text.startswith("旧证找到后要交回。\n补办借书证由本人到窗口办理。")

    @pytest.mark.parametrize("act", [Act.CHANGE_ITEM, Act.GREET, Act.AFFIRM, Act.STATE_REGION, Act.OUT_OF_SCOPE])
    def test_in_the_words_of_a_listed_question_is_heard_as_one_whatever_act_it_was_taken_for(
        self, desk: EnquiryDesk, act: Act
    ) -> None:
        reply = answered(desk.respond("借书证丢了要赔书吗", act, None, Context()))
        assert reply.fact and reply.fact.statement_id == "library-card-lost/book-too"

    def test_about_an_amount_is_told_as_such(self) -> None:
        alms = fakes.statement("alms", "amount", "登记以后每月补贴10元。", name="养狗补贴", value=10, unit="元/月")
        documents = {**fakes.published().documents, DOG: [fakes.document(fakes.telling(fakes.DOG, alms))]}
        desk = EnquiryDesk(lambda: fakes.build_town(fakes.published(documents=documents)))
        reply = answered(desk.respond("养狗补贴能领多少", Act.ASK, Aspect.AMOUNT, talking_of(DOG)))
        assert reply.aspect is Aspect.AMOUNT and reply.text.startswith("登记以后每月补贴10元。")
