"""The questions of the booking, in a table: how each is put, and what is an answer to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from service_hall.booking_talk import (
    beginning,
    confirm,
    item,
    office,
    openings_shown,
    proving,
    resuming,
    when,
    who,
)
from service_hall.booking_talk.another_item import restart
from service_hall.booking_talk.answers import Answers, TimeWanted
from service_hall.booking_talk.asked import BookingQuestion
from service_hall.booking_talk.bookable import is_settled, offices_of
from service_hall.booking_talk.listening import change_of_person, other_place_or_time
from service_hall.booking_talk.own_questions import CancelReally, MoveReally, Which
from service_hall.booking_talk.reading import Said, read_said
from service_hall.booking_talk.said_back import describe_wanted
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.flow import TakenOut
from service_hall.conversation.guided.question import Step
from service_hall.conversation.guided.runner import ask_again
from service_hall.conversation.message import Command
from service_hall.conversation.reply import OpeningsReply, QuestionReply
from service_hall.hearing.who.hiding import NAME_HINT
from service_hall.shared.ids import VisitorId
from service_hall.visits.means import Means


class WhichItem(BookingQuestion):
    node = item.NODE

    def ask(self, talk: Talk) -> QuestionReply:
        return item.question(talk)

    def read_first(self, talk: Talk) -> Step[Talk] | None:
        """随便: of times and places, and not of what is to be done."""
        return ask_again(talk, self, "item_is_hers") if talk.heard.sentence.leaves_choice else None

    def read(self, talk: Talk) -> Step[Talk] | None:
        if step := change_of_person(talk):
            return step
        said = read_said(talk.heard.sentence)
        talk = beginning.with_said(talk, said)
        tells_more = said.wanted or said.office or said.region or said.nearest  # which is kept for later
        tells_only_that = tells_more and not talk.heard.sentence.subject
        return item.read(talk) or (item.ask_again(self._noting(talk, said)) if tells_only_that else None)

    def _noting(self, talk: Talk, said: Said) -> Talk:
        """What is kept for later is said back."""
        region = talk.library.regions[said.region].name if said.region else ""
        where = said.office.name if said.office else region
        when_ = describe_wanted(said.wanted, talk.means.now()) if said.wanted and said.wanted.days else ""
        told = "，".join(part for part in (when_, where) if part)
        return talk.noting(talk.say("noted", what=told)) if told else talk

    def choose(self, talk: Talk, value: str) -> Step[Talk] | None:
        return restart(talk, value) if talk.answers.guide_id else item.choose(talk, value)

    def takes(self, talk: Talk, command: Command) -> bool:
        if command["value"] == item.OTHER:
            return talk.is_asking(self.node)
        return talk.answers.errand == "book" and command["value"] in talk.library.names

    def to_choose_from(self, talk: Talk) -> tuple[str, ...]:
        return tuple(each.payload for each in self.ask(talk).options if each.value != item.OTHER)

    def with_person(self, talk: Talk, taken: Talk) -> Step[Talk] | None:
        return None if talk.heard.sentence.sure_item else taken.noting(taken.say("noted_person"))

    def has_other_answer(self, talk: Talk) -> bool:
        """A walk below knows what it has led here for."""
        return not talk.stands_over_another

    def forget(self, talk: Talk) -> Talk:
        return talk.knowing(guide_id="", starts_at=None, offered=(), shown=())


class AtWhichOffice(BookingQuestion):
    node = office.NODE

    def ask(self, talk: Talk) -> QuestionReply:
        return office.question(talk)

    def read_first(self, talk: Talk) -> Step[Talk] | None:
        """都行 assents to none of them, and 最早的 means the office, too."""
        sentence, earlier = talk.heard.sentence, talk.answers.wanted
        picks_nearest = sentence.picks_nearest and not sentence.region  # 离我近的，北屏区那个
        if picks_nearest and talk.answers.nearest and not talk.answers.location:
            return ask_again(talk, self, "no_location_again")
        if picks_nearest:
            return talk.knowing(nearest=True)
        if sentence.leaves_choice:
            return office.soonest(talk)
        said = read_said(sentence)
        if said.wanted and said.wanted.is_just_soonest and not sentence.asks:
            return office.soonest(talk).knowing(wanted=earlier.model_copy(update={"soonest": True}))
        return None

    def read(self, talk: Talk) -> Step[Talk] | None:
        if talk.heard.sentence.picks_a_time:
            return ask_again(talk, self, "office_first")
        return change_of_person(talk) or office.of_region(talk) or other_place_or_time(self, talk) or office.read(talk)

    def choose(self, talk: Talk, value: str) -> Step[Talk] | None:
        return office.choose(talk, value)

    def takes(self, talk: Talk, command: Command) -> bool:
        found = talk.means.office(command["value"])
        handles = bool(found and talk.answers.guide_id and found.line_of(talk.answers.guide_id))
        return talk.books_anew and handles

    def to_choose_from(self, talk: Talk) -> tuple[str, ...]:
        return tuple(each.payload for each in self.ask(talk).options)

    def is_proposal(self, wanted: TimeWanted) -> bool:
        return wanted.has_hours

    def has_other_answer(self, talk: Talk) -> bool:
        return len(offices_of(talk)) > 1

    def tells_place(self, talk: Talk) -> bool:
        said = read_said(talk.heard.sentence)
        return bool(said.office or said.region) and not talk.heard.sentence.asks

    def noting_time(self, talk: Talk) -> Talk:
        return talk.noting(talk.say("time_noted", when=describe_wanted(talk.answers.wanted, talk.means.now())))

    def forget(self, talk: Talk) -> Talk:
        return office.leave(talk)


class When(BookingQuestion):
    node = openings_shown.NODE
    shows_times: ClassVar[bool] = True

    def ask(self, talk: Talk) -> OpeningsReply:
        return openings_shown.question(talk)

    def read_first(self, talk: Talk) -> Step[Talk] | None:
        """都行 assents to none of them."""
        return when.any_will_do(talk) if talk.heard.sentence.leaves_choice else when.earliest_told(talk)

    def read(self, talk: Talk) -> Step[Talk] | None:
        if step := change_of_person(talk) or when.way_on_named(talk):
            return step
        talk = replace(talk, heard=replace(talk.heard, sentence=talk.heard.sentence.as_day))
        said = read_said(talk.heard.sentence)
        told = when.first_shown(talk, said) or when.latest(talk, said) or other_place_or_time(self, talk, said)
        return told or when.read(talk) or (when.none_of_these(talk) if talk.heard.sentence.turns_down_place else None)

    def choose(self, talk: Talk, value: str) -> Step[Talk] | None:
        return when.choose(talk.knowing(errand="book") if talk.answers.errand == "wait" else talk, value)

    def takes(self, talk: Talk, command: Command) -> bool:
        return talk.answers.errand != "cancel" and is_settled(talk)

    def to_choose_from(self, talk: Talk) -> tuple[str, ...]:
        return tuple(each.payload for each in self.ask(talk).openings)

    def is_proposal(self, wanted: TimeWanted) -> bool:
        return True

    def forget(self, talk: Talk) -> Talk:
        back = talk.knowing(errand="book") if talk.answers.errand == "wait" else talk
        return when.at_another_time(back)


class ForWhom(BookingQuestion):
    node = who.NODE
    asks_for_person: ClassVar[bool] = True

    def ask(self, talk: Talk) -> QuestionReply:
        return who.question(talk)

    def read_first(self, talk: Talk) -> Step[Talk] | None:
        return who.left_out(talk)

    def read(self, talk: Talk) -> Step[Talk] | None:
        if talk.heard.sentence.wants_other_person:
            return who.read(talk) or who.change(talk)
        return who.read(talk) or other_place_or_time(self, talk)

    def choose(self, talk: Talk, value: str) -> Step[Talk] | None:
        return who.choose(talk, value)

    def takes(self, talk: Talk, command: Command) -> bool:
        return talk.books_anew

    def to_choose_from(self, talk: Talk) -> tuple[str, ...]:
        """With one option only, a yes is no answer: it is 跳过."""
        options = tuple(each.payload for each in self.ask(talk).options)
        return options if len(options) > 1 else ()

    def with_person(self, talk: Talk, taken: Talk) -> Step[Talk] | None:
        return taken

    def is_proposal(self, wanted: TimeWanted) -> bool:
        return wanted.has_hours

    def forget(self, talk: Talk) -> Talk:
        return who.begin_anew(talk).knowing(no_id_number=False)

    def missed(self, talk: Talk) -> str:
        return "missed_name" if "name" in talk.answers.lacks else "missed"


class IsAllRight(BookingQuestion):
    node = confirm.NODE

    def ask(self, talk: Talk) -> QuestionReply:
        return confirm.question(talk)

    def read_first(self, talk: Talk) -> Step[Talk] | None:
        """跳过: it was not asked for."""
        sentence = talk.heard.sentence
        return ask_again(talk, self) if sentence.skips or sentence.leaves_out_id_number else None

    def read(self, talk: Talk) -> Step[Talk] | None:
        return change_of_person(talk) or other_place_or_time(self, talk) or confirm.read(talk)

    def choose(self, talk: Talk, value: str) -> Step[Talk] | None:
        return confirm.choose(talk, value)

    def takes(self, talk: Talk, command: Command) -> bool:
        return talk.is_asking(self.node) and command["code"] in ("", talk.answers.hold)

    def with_person(self, talk: Talk, taken: Talk) -> Step[Talk] | None:
        is_left_open = taken.answers.person == talk.answers.person
        means_person = talk.heard.sentence.wants_other_person or NAME_HINT in talk.heard.text
        return who.change(taken) if is_left_open and means_person else taken

    def missed(self, talk: Talk) -> str:
        return "missed_confirm"

    def is_proposal(self, wanted: TimeWanted) -> bool:
        return wanted.has_hours

    def private(self, talk: Talk) -> Mapping[str, str]:
        return who.typed(talk)


class Prove(BookingQuestion):
    node = proving.NODE

    def ask(self, talk: Talk) -> QuestionReply:
        return proving.question(talk)

    def read_first(self, talk: Talk) -> Step[Talk] | None:
        return resuming.read(talk)

    def read(self, talk: Talk) -> Step[Talk] | None:
        return change_of_person(talk) or other_place_or_time(self, talk)

    def choose(self, talk: Talk, value: str) -> Step[Talk] | None:
        return resuming.choose(talk, value)

    def take_out(self, means: Means, visitor_id: VisitorId, text: str, answers: Answers) -> TakenOut:
        code = proving.take_out_code(means, visitor_id, text, answers)
        return code or super().take_out(means, visitor_id, text, answers)


QUESTIONS: Mapping[str, BookingQuestion] = {
    question.node: question
    for question in (
        WhichItem(), AtWhichOffice(), When(), ForWhom(), IsAllRight(), Prove(), Which(), CancelReally(), MoveReally(),
    )
}  # fmt: skip
