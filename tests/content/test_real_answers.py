"""The real content, model and reader together: what must never break. How good it is on the whole, evaluation tells."""

from __future__ import annotations

import pytest

from knowledge_base.library import Library
from knowledge_base.model import Aspect
from knowledge_base.search.find import Answered
from service_hall.conversation.context import Context
from service_hall.conversation.message import Chosen
from service_hall.conversation.reply import AnswerReply, Outcome
from service_hall.conversation.turn import Turn
from tests.enquiry_desk import EnquiryDesk


@pytest.fixture(scope="module")
def desk(real_library: Library) -> EnquiryDesk:
    return EnquiryDesk(lambda: real_library)


def answered(turn: Turn) -> AnswerReply:
    (reply,) = turn.replies
    assert turn.outcome is Outcome.ANSWERED and isinstance(reply, AnswerReply), reply.text
    return reply


def test_the_name_of_every_guide_finds_it(real_library: Library) -> None:
    found = {guide_id: real_library.find(real_library.names[guide_id]) for guide_id in real_library.guide_ids}
    assert [
        guide_id
        for guide_id, decision in found.items()
        if not (isinstance(decision, Answered) and decision.hit.guide_id == guide_id)
    ] == []


def test_every_alias_finds_its_guide_among_the_choices(real_library: Library) -> None:
    lost = []
    for guide_id in real_library.guide_ids:
        guide = real_library.guide(guide_id)
        for alias in guide.aliases if guide else ():
            if guide_id not in [hit.guide_id for hit in real_library.find(alias).hits[:4]]:
                lost.append((guide_id, alias))
    assert lost == []


def test_every_item_of_the_catalogue_has_its_guide(real_library: Library) -> None:
    assert set(real_library.names) == set(real_library.guide_ids)


@pytest.mark.parametrize(
    "text",
    [
        "😀😀",
        "？？？",
        "asdfghjkl",
        "/restart",
        "<script>alert(1)</script>",
        "今天天气怎么样",
        "帮我写一首诗",
        "喂" * 1000,
    ],
)
def test_what_belongs_to_no_service_is_never_answered(desk: EnquiryDesk, text: str) -> None:
    (reply,) = desk.respond_alone(text, Context()).replies
    assert not isinstance(reply, AnswerReply)


def test_a_conversation_about_a_lost_identity_card(desk: EnquiryDesk) -> None:
    turn = desk.respond_alone("身份证丢了怎么补办", Context())
    assert answered(turn).guide_id == "id-card-lost"
    turn = desk.respond_alone("那多少钱", turn.context)
    reply = answered(turn)
    assert (reply.guide_id, reply.aspect) == ("id-card-lost", Aspect.FEE) and "40元" in reply.text and reply.sources
    turn = desk.respond_alone("北屏区的呢，多久能拿到", turn.context)
    assert answered(turn).region == "990102" and "15个工作日" in answered(turn).text
    turn = desk.respond_alone("更正一下，是青桥区不是北屏区", turn.context)
    assert answered(turn).region == "990101"


@pytest.mark.parametrize(
    ("begun", "then", "guide_id", "aspects"),
    [
        ("补办", "社保卡", "social-security-card-lost", set(Aspect)),
        ("我想办个证", "护照", "passport-first", set(Aspect)),
        ("多少钱", "离婚", "divorce-register", {Aspect.FEE}),
    ],
)
def test_what_was_begun_is_completed(
    desk: EnquiryDesk, begun: str, then: str, guide_id: str, aspects: set[Aspect]
) -> None:
    asked = desk.respond_alone(begun, Context())
    assert asked.outcome is Outcome.CLARIFY
    answer = answered(desk.respond_alone(then, asked.context))
    assert answer.guide_id == guide_id and answer.aspect in aspects


def test_the_same_is_asked_of_something_else(desk: EnquiryDesk) -> None:
    first = desk.respond_alone("补办社保卡多少钱", Context())
    answer = answered(desk.respond_alone("那护照丢了呢", first.context))
    assert (answer.guide_id, answer.aspect) == ("passport-lost", Aspect.FEE)


@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_aspect_of_every_guide_can_be_tapped_in_both_districts(
    desk: EnquiryDesk, real_library: Library, aspect: Aspect
) -> None:
    for guide_id in real_library.guide_ids:
        for district in ("990101", "990102"):
            reply = answered(desk.choose(Chosen(aspect, guide_id), Context(region=district)))
            assert (reply.guide_id, reply.aspect, reply.region) == (guide_id, aspect, district)


def test_what_is_most_asked_is_written(real_library: Library) -> None:
    assert len(real_library.most_asked) == 4 and set(real_library.most_asked) <= set(real_library.guide_ids)


def test_what_is_typed_is_completed(real_library: Library) -> None:
    assert len(real_library.suggest("身份证", 5)) == 5 and real_library.suggest("不存在的事项", 5) == []
