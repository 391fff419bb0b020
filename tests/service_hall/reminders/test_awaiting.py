"""What was not found is waited for on consent, and told once when there is an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from knowledge_base.library import Library
from service_hall.conversation.context import Context
from service_hall.conversation.reply import ChoicesReply, Outcome, Reply
from service_hall.conversation.turn import Turn
from service_hall.hall import Hall, make_hall
from service_hall.reminders.awaited import AwaitedInMemory
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.ids import VisitorId
from service_hall.visits.notices import NoticeId
from tests.fakes import CARD_LOST, build_town, document, published, statement, telling, town
from tests.visit_town import VisitTown

HER = VisitorId("v-her")
ASKED = "借书证能不能送给火星邻居养蚕"


class Door:
    def __init__(self) -> None:
        self.told: list[tuple[VisitorId, NoticeId, Reply]] = []

    def deliver(self, visitor_id: VisitorId, notice_id: NoticeId, reply: Reply, at: datetime) -> bool:
        self.told.append((visitor_id, notice_id, reply))
        return True


class Talk:
    def __init__(self) -> None:
        self.library: Library = town()
        self.town = VisitTown()
        self.records = AwaitedInMemory()
        means = replace(self.town.means, library=lambda: self.library)
        self.hall: Hall = make_hall(means, awaited=self.records)
        self.context, self.door = Context(), Door()

    def say(self, text: str) -> Turn:
        turn = self.hall.reception.respond_alone(HER, text, self.context)
        self.context = turn.context
        return turn

    def tell(self) -> int:
        return self.hall.awaiting.tell_due([self.door])


@pytest.fixture
def talk() -> Talk:
    return Talk()


def answering(question: str) -> Library:
    """The town's library where somebody has written the answer."""
    lost = telling(CARD_LOST, statement("to-mars", "note", "借书证不能送给别人。", asked=[question], aspects=["proxy"]))
    documents = {**published().documents, "library-card-lost": [document(lost)]}
    return build_town(replace(published(), documents=documents))


@pytest.mark.parametrize("agrees", ["好", "有答案了告诉我", "1", "/await"])
def test_consent_is_asked_below_what_was_not_found(talk: Talk, agrees: str) -> None:
    turn = talk.say("养蚕要办什么手续呀")
    assert turn.outcome is Outcome.NOT_FOUND
    [reply] = turn.replies
    assert isinstance(reply, ChoicesReply) and [each.label for each in reply.options] == ["有答案了告诉我"]
    assert "再告诉您" in reply.text
    assert "有了答案就在这里告诉您" in talk.say(agrees).replies[0].text
    assert [each.question for each in talk.records.open_ones()] == ["养蚕要办什么手续呀"]


def test_it_is_offered_for_an_item_that_has_no_guide_yet_and_not_for_what_is_no_service(talk: Talk) -> None:
    turn = talk.say("小渔船登记怎么办")
    assert turn.outcome is Outcome.NOT_FOUND and "再告诉您" in turn.replies[0].text
    assert "再告诉您" not in talk.say("明天会下雨吗").replies[0].text


def test_nothing_is_noted_without_consent(talk: Talk) -> None:
    talk.say("养蚕要办什么手续呀")
    talk.say("借书证丢了怎么补办")
    talk.say("好的")
    assert talk.records.open_ones() == []
    assert "再说一遍" in talk.say("/await").replies[0].text


def test_names_and_numbers_are_not_kept(talk: Talk) -> None:
    talk.say(talk.hall.reception.mask("养蚕要办什么手续呀，我电话13800138000"))
    talk.say("好")
    assert all("13800138000" not in each.question for each in talk.records.open_ones())


def test_an_answer_is_told_once_when_it_is_published(talk: Talk) -> None:
    talk.say(ASKED)
    assert talk.context.unanswered
    talk.say("好")
    assert talk.tell() == 0
    talk.library = answering(ASKED)
    assert talk.tell() == 1 and talk.tell() == 0
    [(who, notice_id, reply)] = talk.door.told
    assert who == HER and ASKED in reply.text and "现在有答案了" in reply.text
    told = talk.hall.awaiting.as_it_stands(notice_id)
    assert told is not None and told.options[0].payload.startswith("/ask_")
    other = make_hall(replace(talk.town.means, library=lambda: talk.library), awaited=talk.records)
    assert other.awaiting.tell_due([talk.door]) == 0  # another node


def test_nobody_is_woken_for_it(talk: Talk) -> None:
    talk.say("养蚕要办什么手续呀")
    talk.say("好")
    talk.library = answering("养蚕要办什么手续呀")
    talk.town.clock.at = datetime(2026, 6, 1, 23, 30, tzinfo=SHANGHAI)
    assert talk.tell() == 0
    talk.town.clock.at += timedelta(hours=10)
    assert talk.tell() == 1
