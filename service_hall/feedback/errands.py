"""A rating, tapped or said in the talk."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import timedelta

from service_hall.conversation.acts import Act
from service_hall.conversation.choosing import choices_reply
from service_hall.conversation.flow import Errand, Heard
from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import Choice, Outcome, TextReply
from service_hall.conversation.turn import Turn
from service_hall.feedback.rating import BEST, WORST, NotRated, Rated, rate, wording
from service_hall.hearing.consent import place_alone
from service_hall.shared.clock import SHANGHAI
from service_hall.visits.ledger import Page
from service_hall.visits.means import Means
from service_hall.visits.states import Status
from service_hall.visits.visit import Code, Visit

SCORES = {str(score): score for score in range(BEST, WORST + 1)}
CONTENT_UP_TO = 3
ASKED_FOR_DAYS = 7
"""So long after a visit, words about how it was are taken for its rating."""
_ANY = "ask"
"""In the place of a score: it is asked for."""


class RatingErrand(Errand):
    def __init__(self, means: Means) -> None:
        self._means = means

    @property
    def name(self) -> str:
        return "rating"

    @property
    def acts(self) -> Set[Act]:
        return {Act.GIVE_DETAILS}

    def begin(self, heard: Heard) -> Turn | None:
        command = heard.command
        if command is None or command["node"] != "rate":
            return None
        if command["value"] == _ANY:
            return self._ask_score(heard, Code(command["code"]))
        return self._rate(heard, Code(command["code"]), SCORES.get(command["value"], 0))

    def take_up(self, heard: Heard) -> Turn | None:
        """非常满意, 给个五星, 第二个. A bare number may count stars, or the five degrees from the best on: it is asked
        which one is meant."""
        score, asks = heard.sentence.rating, heard.sentence.wants_to_rate
        if score is None and (place := self._place(heard)) is not None:
            score, asks = (place if "第" in heard.text else None), True
        if score is None and not asks:
            return None
        rated = self._to_be_rated(heard)
        if not rated:
            return None
        if len(rated) > 1:
            return self._ask_which(heard, rated, score)
        return self._ask_score(heard, rated[0].code) if score is None else self._rate(heard, rated[0].code, score)

    def _place(self, heard: Heard) -> int | None:
        """A number that is about nothing else: no list is on the table, and no question is open."""
        context = heard.context
        if context.walks or context.options or context.suggested:
            return None
        place = place_alone(heard.text)
        return place + 1 if place is not None and place < WORST else None

    def _rate(self, heard: Heard, code: Code, score: int) -> Turn:
        match rate(self._means, heard.visitor_id, code, score, comment=""):
            case Rated():
                thanks = wording.say("thanks" if score <= CONTENT_UP_TO else "sorry", degree=_degree(score))
                return Turn(Outcome.DONE, (TextReply(text=thanks),), heard.context)
            case NotRated() as refused:
                return Turn(Outcome.ANSWERED, (TextReply(text=refused.message),), heard.context)

    def _ask_score(self, heard: Heard, code: Code) -> Turn:
        options = tuple(Choice(label=_degree(score), payload=_payload(code, str(score))) for score in SCORES.values())
        return Turn(Outcome.CLARIFY, (choices_reply(wording.say("which_score"), options),), heard.context)

    def _ask_which(self, heard: Heard, visits: Sequence[Visit], score: int | None) -> Turn:
        options = tuple(
            Choice(label=self._label(visit), payload=_payload(visit.code, _ANY if score is None else str(score)))
            for visit in visits
        )
        return Turn(Outcome.CLARIFY, (choices_reply(wording.say("which_visit"), options),), heard.context)

    def _label(self, visit: Visit) -> str:
        item, office = self._means.guide_name(visit.guide_id), self._means.office(visit.office_id)
        at = (visit.starts_at or visit.created_at).astimezone(SHANGHAI)
        return f"{item}，{at.month}月{at.day}日" + (f"，{office.name}" if office else "")

    def _to_be_rated(self, heard: Heard) -> Sequence[Visit]:
        """Those that are not rated yet; else the last one, whose rating may be put right."""
        since = self._means.now().date() - timedelta(days=ASKED_FOR_DAYS)

        def work(page: Page) -> Sequence[Visit]:
            own = page.of_visitor(heard.visitor_id)
            done = [visit for visit in own if visit.status is Status.FINISHED and visit.day >= since]
            return [visit for visit in done if page.rating(visit.visit_id) is None] or done[:1]

        return self._means.ledger.read(work)


def _degree(score: int) -> str:
    return wording.say(f"score_{score}")


def _payload(code: Code, value: str) -> str:
    return command_payload("give_details", node="rate", code=code, value=value)
