"""A rating that was tapped in the talk."""

from __future__ import annotations

from collections.abc import Set

from service_hall.conversation.acts import Act
from service_hall.conversation.flow import Errand, Heard
from service_hall.conversation.reply import Outcome, TextReply
from service_hall.conversation.turn import Turn
from service_hall.feedback.rating import NotRated, Rated, rate, wording
from service_hall.visits.means import Means
from service_hall.visits.visit import Code

SCORES = {str(score): score for score in range(1, 6)}
CONTENT_UP_TO = 3


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
        score = SCORES.get(command["value"], 0)
        match rate(self._means, heard.visitor_id, Code(command["code"]), score, comment=""):
            case Rated():
                thanks = wording.say("thanks" if score <= CONTENT_UP_TO else "sorry")
                return Turn(Outcome.DONE, (TextReply(text=thanks),), heard.context)
            case NotRated() as refused:
                return Turn(Outcome.ANSWERED, (TextReply(text=refused.message),), heard.context)
