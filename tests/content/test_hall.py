"""What the hall says of itself, tested like code, and found as people ask for it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from evaluation.dialogue.script import FILES
from evaluation.questions import FOLDER
from knowledge_base.hall_topics import HallTopic, TopicKind
from knowledge_base.language.tokenize import plain
from knowledge_base.library import Library
from knowledge_base.search.find import Answered, Decision
from service_hall.conversation.acts import Act
from service_hall.conversation.context import Context
from service_hall.conversation.message import Chosen
from service_hall.conversation.reply import AnswerReply, Outcome, QuestionReply
from service_hall.hall import make_hall
from service_hall.shared.clock import SHANGHAI
from tests.enquiry_desk import EnquiryDesk
from tests.fakes import FixedClock
from tests.visit_town import SetClock, VisitTown, visitor

CASES = Path(__file__).parents[1] / "dialogue" / "cases.jsonl"
MONDAY_MORNING = datetime(2026, 11, 30, 10, tzinfo=SHANGHAI)
MOST_SAID_FIRST = 110
"""Characters of what stands before the details."""


@pytest.fixture(scope="module")
def desk(real_library: Library) -> EnquiryDesk:
    return EnquiryDesk(lambda: real_library, FixedClock(MONDAY_MORNING))


def told(desk: EnquiryDesk, topic_id: str, region: str | None = None) -> AnswerReply:
    topic = desk.library().topic(topic_id, region)
    assert topic is not None
    (reply,) = desk.choose(Chosen(topic.aspect, topic_id), Context(region=region)).replies
    assert isinstance(reply, AnswerReply)
    return reply


def test_there_are_topics_of_every_kind(real_library: Library) -> None:
    topics = [real_library.topic(topic_id) for topic_id in real_library.topic_names]
    kinds = Counter(topic.kind for topic in topics if topic)
    assert kinds[TopicKind.HALL] >= 20 and kinds[TopicKind.MATTER] >= 5 and kinds[TopicKind.EVENT] >= 4


def test_no_question_that_measures_them_stands_among_those_they_are_found_by(real_library: Library) -> None:
    asked = {plain(text) for each in _topics(real_library) for text in each.asked}
    assert sorted(asked & set(_measuring())) == []


def test_no_question_belongs_to_two_topics(real_library: Library) -> None:
    asked = Counter(plain(text) for each in _topics(real_library) for text in each.asked)
    assert [text for text, count in asked.items() if count > 1] == []


def _topics(library: Library) -> list[HallTopic]:
    """Scenarios among them."""
    return [topic for each in library.topic_ids if (topic := library.topic(each))]


@pytest.mark.parametrize("region", [None, "990101", "990102", "000000"])
def test_every_topic_is_told_whole_and_short_in_every_region(desk: EnquiryDesk, region: str | None) -> None:
    for topic_id in desk.library().topic_names:
        reply = told(desk, topic_id, region)
        assert 0 < reply.lead <= MOST_SAID_FIRST, topic_id
        assert "{" not in reply.text and "适用地区" in reply.text, topic_id
        assert not any("/book" in choice.payload for choice in reply.suggestions), topic_id


def test_what_no_source_bears_out_is_said_to_be_so(desk: EnquiryDesk) -> None:
    assert "还没有逐条核对原文" in told(desk, "hall-scam").text
    assert "没有核对" not in told(desk, "hall-parking").text


def test_made_up_facts_are_marked_as_such(desk: EnquiryDesk) -> None:
    for topic_id in ("hall-parking", "hall-late", "hall-hours"):
        assert all("示例数据" in source.title for source in told(desk, topic_id).sources)


@pytest.mark.parametrize(
    ("said", "topic_id"),
    [
        ("礼拜六上午能过来办事不", "hall-saturday"),
        ("大厅中午关不关门", "hall-noon"),
        ("没约能不能直接过去", "hall-walk-in"),
        ("约好了路上堵车来晚了咋办", "hall-late"),
        ("那边有没有停车的地方", "hall-parking"),
        ("北屏大厅好停车不", "hall-parking"),
        ("轮椅进得去吗", "hall-access"),
        ("带娃过去有母婴室没", "hall-children"),
        ("大厅有免费wifi没得", "hall-wifi"),
        ("能在大厅复印身份证吗", "hall-copies"),
        ("老人瘫在床上可以上门服务不", "hall-home-visit"),
        ("热线12345一直打不进去咋办", "hall-hotline"),
        ("叫到我号的时候我没在，过号了", "hall-missed-call"),
        ("大厅里有没有储物柜存包", "hall-lockers"),
        ("伞忘在大厅了", "hall-lost-property"),
        ("工地老板欠薪不给", "labor-wage-complaint"),
        ("楼上半夜吵得人睡不着", "noise-complaint"),
        ("商家卖假货不退款", "consumer-complaint"),
        ("刚给骗子转了一万块咋办", "hall-scam"),
        ("爸爸去世了，后面要办哪些事", "hall-event-after-a-death"),
        ("刚生完孩子，手续先办哪个", "hall-event-have-a-baby"),
        ("想开家小面馆，要办哪些证", "hall-event-open-restaurant"),
        ("没结婚先生了娃，要办哪些手续", "hall-event-have-a-baby"),
    ],
)
def test_a_question_about_the_hall_is_answered_as_one(desk: EnquiryDesk, said: str, topic_id: str) -> None:
    turn = desk.respond_alone(said, Context())
    assert turn.outcome is Outcome.ANSWERED
    assert isinstance(turn.replies[0], AnswerReply) and turn.replies[0].guide_id == topic_id, turn.reason


@pytest.mark.parametrize(
    "said",
    ["周六能办身份证吗", "办结婚证要预约吗", "护照丢了要带现金吗", "房产证过户要复印几份", "社保卡上门激活要钱吗"],
)
def test_a_question_about_a_service_stays_one(real_library: Library, said: str) -> None:
    assert not _is_topic(real_library.find(said))


def test_an_item_that_was_talked_about_outlives_a_question_about_the_hall(desk: EnquiryDesk) -> None:
    first = desk.respond("身份证丢了怎么补", Act.ASK, None, Context())
    aside = desk.respond("停车方便吗", Act.ASK, None, first.context)
    assert isinstance(aside.replies[0], AnswerReply) and aside.replies[0].guide_id == "hall-parking"
    third = desk.respond("要带什么", Act.ASK, None, aside.context)
    assert isinstance(third.replies[0], AnswerReply) and third.replies[0].guide_id == "id-card-lost"


@pytest.mark.parametrize(("said", "topic_id"), [("来晚了怎么办", "hall-late"), ("能带孩子去吗", "hall-children")])
def test_what_no_service_would_answer_is_about_the_hall_though_an_item_is_talked_about(
    desk: EnquiryDesk, said: str, topic_id: str
) -> None:
    turn = desk.respond_alone(said, Context(guide_id="id-card-lost", question="补领身份证"))
    assert isinstance(turn.replies[0], AnswerReply) and turn.replies[0].guide_id == topic_id


def test_hours_are_told_of_the_item_that_is_talked_about(desk: EnquiryDesk) -> None:
    turn = desk.respond_alone("周六上班吗", Context(guide_id="id-card-lost", question="补领身份证"))
    assert isinstance(turn.replies[0], AnswerReply) and turn.replies[0].guide_id == "id-card-lost"


def test_asked_within_a_booking_it_is_answered_and_the_walk_asks_on(real_library: Library) -> None:
    town = VisitTown(library=real_library, clock=SetClock(MONDAY_MORNING))
    reception = make_hall(town.means).reception
    asked = reception.respond_alone(visitor(), "我要预约补办身份证", Context())
    aside = reception.respond_alone(visitor(), "停车方便吗", asked.context)
    assert isinstance(aside.replies[0], AnswerReply) and aside.replies[0].guide_id == "hall-parking"
    assert isinstance(aside.replies[-1], QuestionReply) and aside.context.walk == asked.context.walk


def test_a_mourner_is_comforted_first_and_what_follows_is_about_the_deceased(desk: EnquiryDesk) -> None:
    first = desk.respond_alone("我妈刚走，要办哪些手续", Context())
    assert first.replies[0].text.startswith("请节哀") and "护照" not in first.replies[0].text
    second = desk.respond_alone("户口怎么注销", first.context)
    assert "死亡" in second.replies[0].text and "企业" not in second.replies[0].text


def test_progress_is_told_by_whom_to_ask_and_never_by_how_to_apply(desk: EnquiryDesk) -> None:
    turn = desk.respond("我补领的身份证办到哪了", Act.PROGRESS, None, Context())
    assert "编号" in turn.replies[0].text and "0999-" in turn.replies[0].text and "申请：" not in turn.replies[0].text


def test_whoever_wants_a_person_gets_the_hall_s_own_telephone_and_hours(desk: EnquiryDesk) -> None:
    turn = desk.respond("转人工", Act.ASK_HUMAN, None, Context())
    assert turn.outcome is Outcome.HANDED_OVER
    assert "0999-8200100" in turn.replies[0].text and "现在开着" in turn.replies[0].text


def _is_topic(decision: Decision) -> bool:
    return isinstance(decision, Answered) and decision.hit.guide_id.startswith("hall-")


def _measuring() -> Iterator[str]:
    for path in (*FILES, *FOLDER.glob("*.jsonl"), *FILES[0].parent.glob("*.jsonl"), CASES):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            yield from (plain(row[name]) for name in ("text", "user") if name in row)
            yield from (plain(turn.get("user", "")) for turn in row.get("turns", ()))
