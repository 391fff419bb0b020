"""The questions about a booking that there is: which one, and whether to cancel or move it."""

from __future__ import annotations

from service_hall.booking_talk import own_bookings
from service_hall.booking_talk.asked import BookingQuestion
from service_hall.booking_talk.listening import other_place_or_time
from service_hall.booking_talk.reading import read_said
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.guided.question import Step
from service_hall.conversation.guided.runner import ask_again
from service_hall.conversation.message import Command
from service_hall.conversation.reply import QuestionReply
from service_hall.hearing.consent import Deed, tells_only_a_time


class _OfOwn(BookingQuestion):
    """About a booking that there is."""

    def takes(self, talk: Talk, command: Command) -> bool:
        return talk.is_asking(self.node) and command["code"] in ("", talk.answers.visit)


class Which(_OfOwn):
    node = own_bookings.WHICH

    def ask(self, talk: Talk) -> QuestionReply:
        return own_bookings.which_question(talk)

    def read_first(self, talk: Talk) -> Step[Talk] | None:
        if talk.heard.sentence.assents:
            return None
        named = own_bookings.read_which(talk)
        is_still_open = talk.answers.errand == "cancel" and talk.heard.sentence.consents(Deed.CANCEL)  # 确定取消
        return named or (ask_again(talk, self) if is_still_open else None)

    def read(self, talk: Talk) -> Step[Talk] | None:
        return other_place_or_time(self, talk) if talk.answers.errand == "move" else None

    def choose(self, talk: Talk, value: str) -> Step[Talk] | None:
        return own_bookings.choose(talk, value)

    def to_choose_from(self, talk: Talk) -> tuple[str, ...]:
        return tuple(each.payload for each in self.ask(talk).options)

    def has_other_answer(self, talk: Talk) -> bool:
        return len(own_bookings.ahead(talk)) > 1

    def forget(self, talk: Talk) -> Talk:
        offered = tuple(visit.code for visit in own_bookings.ahead(talk))
        return talk.knowing(
            visit="", guide_id="", office_id="", starts_at=None, offered=offered[: own_bookings.MOST_ASKED]
        )


class CancelReally(_OfOwn):
    node = own_bookings.CANCEL

    def ask(self, talk: Talk) -> QuestionReply:
        return own_bookings.cancel_question(talk)

    def read_first(self, talk: Talk) -> Step[Talk] | None:
        """取消 says yes here, and 算了 no; 取消第二个 is about another one."""
        if talk.heard.sentence.ends_by_place:
            return own_bookings.settle(talk, talk.heard.text)
        if picked := self.choose_picked(talk, self.ask(talk).options):
            return picked
        if talk.heard.consents(Deed.CANCEL):
            return own_bookings.cancel(talk)
        sentence = talk.heard.sentence
        if talk.heard.disagrees or sentence.keeps_booking:
            return own_bookings.keep(talk)
        # 回头取消, 取消护照那个: neither this one now, nor none.
        is_about_another = sentence.asks or sentence.stops or own_bookings.names_other(talk)
        return ask_again(talk, self, self.missed(talk)) if sentence.gives_up and not is_about_another else None

    def read(self, talk: Talk) -> Step[Talk] | None:
        return None

    def choose(self, talk: Talk, value: str) -> Step[Talk] | None:
        return own_bookings.choose_cancel(talk, value)

    def missed(self, talk: Talk) -> str:
        return "missed_cancel"


class MoveReally(_OfOwn):
    node = own_bookings.CONFIRM_MOVE

    def ask(self, talk: Talk) -> QuestionReply:
        return own_bookings.move_question(talk)

    def read_first(self, talk: Talk) -> Step[Talk] | None:
        if picked := self.choose_picked(talk, self.ask(talk).options):
            return picked
        if talk.heard.disagrees or talk.heard.sentence.leaves_time_alone:
            return own_bookings.keep(talk)
        return self.choose(talk, own_bookings.YES) if talk.heard.consents(Deed.MOVE) else None

    def read(self, talk: Talk) -> Step[Talk] | None:
        """对，改到后天十点 says the same once more."""
        said = read_said(talk.heard.sentence)
        if said.wanted and talk.answers.starts_at and said.wanted.is_just(talk.answers.starts_at):
            return self._same_time(talk)
        return other_place_or_time(self, talk, said)

    def _same_time(self, talk: Talk) -> Step[Talk] | None:
        agrees = talk.heard.answers_last_question and tells_only_a_time(talk.heard.text)
        return self.choose(talk, own_bookings.YES) if agrees else ask_again(talk, self, self.missed(talk))

    def missed(self, talk: Talk) -> str:
        return "missed_move"

    def choose(self, talk: Talk, value: str) -> Step[Talk] | None:
        return own_bookings.choose_move(talk, value)
