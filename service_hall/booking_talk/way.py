"""The way of a booking: what comes next, and what may be said at any question of it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from knowledge_base.search.find import NotFound
from service_hall.booking_talk import own_bookings, who
from service_hall.booking_talk.another_item import another_item
from service_hall.booking_talk.asked import ANSWERS, BookingQuestion
from service_hall.booking_talk.listening import tells_what_is_asked
from service_hall.booking_talk.next_question import proceed
from service_hall.booking_talk.questions import QUESTIONS
from service_hall.booking_talk.reading import read_said
from service_hall.booking_talk.showing import WAYS
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.acts import Act
from service_hall.conversation.guided.question import Step
from service_hall.conversation.guided.runner import ask_again
from service_hall.conversation.guided.way import Way
from service_hall.conversation.turn import Turn

_BESIDE = {
    Act.GREET, Act.THANKS, Act.GOODBYE, Act.PRAISE, Act.BOT_IDENTITY, Act.BOT_CAPABILITY, Act.ABUSE, Act.ASK_HUMAN,
    Act.PROGRESS, Act.COMPLAINT, Act.MY_APPOINTMENTS, Act.CHECK_IN, Act.QUEUE_STATE,
}  # fmt: skip


class BookingWay(Way[Talk]):
    @property
    def questions(self) -> Mapping[str, BookingQuestion]:
        return QUESTIONS

    def proceed(self, walk: Talk) -> Turn:
        return proceed(walk)

    def stop(self, walk: Talk) -> Turn:
        return walk.stopped() if walk.books_anew else walk.end_saying(walk.say("kept"))

    def stops(self, walk: Talk) -> bool:
        return walk.heard.stops

    def begins_another(self, walk: Talk) -> bool:
        """One more booking; or an errand with another one: 护照那个先取消吧."""
        if walk.heard.sentence.books_one_more:
            return True
        if walk.heard.sentence.ends_by_place and own_bookings.has_any(walk):
            return True
        if walk.heard.act not in (Act.CANCEL, Act.RESCHEDULE) or walk.heard.sentence.keeps_time:
            return False
        return walk.heard.sentence.means_earlier_booking or own_bookings.names_other(walk)

    def before(self, walk: Talk) -> str:
        earlier = list(takewhile(lambda node: not walk.is_asking(node), WAYS[walk.answers.errand]))
        return next((node for node in reversed(earlier) if QUESTIONS[node].has_other_answer(walk)), "")

    def read(self, walk: Talk) -> Step[Talk] | None:
        if another := another_item(walk):
            return another
        question = self.questions[walk.node]
        if _only_speaks_of_ending(walk):
            return ask_again(walk, question, "goes_on")
        taken = who.take_in(walk) if walk.books_anew else None
        if taken and (answered := question.with_person(walk, taken)):
            return answered
        return _answer(question, taken or walk) or taken

    def misses(self, walk: Talk) -> bool:
        act, sentence = walk.heard.act, walk.heard.sentence
        if act in _BESIDE or sentence.asks:
            return False
        if act in ANSWERS:
            return True
        found = sentence.found
        return isinstance(found, NotFound) and not found.known


def _only_speaks_of_ending(talk: Talk) -> bool:
    """别取消, 没号的话就算了, 能帮我取消吗: while the booking is being made nothing is given up by that."""
    sentence = talk.heard.sentence
    if not talk.books_anew or sentence.is_order or own_bookings.has_any(talk):
        return False
    if sentence.supposes and sentence.gives_up:
        return True
    ends = sentence.keeps_booking or (talk.heard.act is Act.CANCEL and sentence.gives_up)
    return ends and not read_said(sentence).wanted


def _answer(question: BookingQuestion, talk: Talk) -> Step[Talk] | None:
    heard, sentence = talk.heard, talk.heard.sentence
    is_beside = heard.act in _BESIDE and not heard.agrees  # 就这样吧 is no goodbye here
    asks = heard.act is Act.ASK and sentence.asks and not sentence.asks_for_places
    if (is_beside or asks) and not tells_what_is_asked(question, talk):
        return None
    return question.read(talk)
