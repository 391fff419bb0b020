"""An answer is led by the statement that the question means, where the library can tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge_base.language.spoken import load_spoken
from knowledge_base.library import Library
from knowledge_base.model import Aspect
from knowledge_base.search.find import Weighing
from knowledge_base.search.meanings import Meanings
from knowledge_base.search.statement_reader import StatementCalibration, StatementReader, load_statement_calibration
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.reply import AnswerReply
from tests.enquiry_desk import EnquiryDesk
from tests.fake_encoder import FakeEncoder
from tests.fakes import build_town, catalogue

REWORDED = "借书证丢了的话要赔书不要"


def _answered(library: Library, sentence: str, aspect: Aspect) -> AnswerReply:
    turn = EnquiryDesk(lambda: library).respond(sentence, Act.ASK, aspect, Context())
    reply = turn.replies[0]
    assert isinstance(reply, AnswerReply)
    return reply


def _is_led_by_it(reply: AnswerReply) -> bool:
    return reply.fact is not None and reply.fact.statement_id == "library-card-lost/book-too"


@pytest.fixture(scope="module")
def reading_town() -> Library:
    # What is asked of a statement decides alone.
    weights = (0.0, 10.0, *[0.0] * (len(load_statement_calibration().weighing.weights) - 2))
    surely = StatementCalibration(Weighing(weights, -5.0), {"asked": 0.5, "overview": 0.5, "other": 0.5, "beside": 1.0})
    return replace(
        build_town(),
        statement_reader=StatementReader(catalogue(), load_spoken(), Meanings(FakeEncoder()), lambda _: {}, surely),
    )


def test_the_statement_leads_and_the_aspect_stays_what_was_asked(reading_town: Library) -> None:
    reply = _answered(reading_town, REWORDED, Aspect.PROXY)
    assert reply.aspect is Aspect.PROXY
    assert _is_led_by_it(reply) and reply.text.startswith("不用，书没丢就不用赔。")


def test_without_an_encoder_the_aspect_leads() -> None:
    assert not _is_led_by_it(_answered(build_town(), REWORDED, Aspect.FEE))


@pytest.mark.parametrize("aspect", [Aspect.OFFICE_HOURS, Aspect.LEGAL_BASIS])
def test_hours_and_the_law_are_told_whole(reading_town: Library, aspect: Aspect) -> None:
    assert not _is_led_by_it(_answered(reading_town, REWORDED, aspect))
