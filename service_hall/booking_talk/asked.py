"""What the questions of the booking have beside what those of every walk have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from service_hall.booking_talk import details
from service_hall.booking_talk.answers import Answers, TimeWanted
from service_hall.booking_talk.talk import Talk
from service_hall.conversation.acts import Act
from service_hall.conversation.flow import TakenOut
from service_hall.conversation.guided import way as guided
from service_hall.conversation.guided.question import Question, Step
from service_hall.conversation.message import read_command
from service_hall.conversation.reply import Choice
from service_hall.shared.ids import VisitorId
from service_hall.visits.means import Means

ANSWERS = guided.ANSWERS | {Act.BOOK, Act.RESCHEDULE}
"""约明天上午 is an answer too, in the middle of a booking."""


class BookingQuestion(Question[Talk]):
    asks_for_person: ClassVar[bool] = False
    """A word alone may be the name, and a number that is wrong was meant as one of hers."""
    shows_times: ClassVar[bool] = False
    """With openings on the table."""

    def with_person(self, talk: Talk, taken: Talk) -> Step[Talk] | None:
        """`taken`: the talk with name and numbers of the sentence. None: they stand beside the answer."""
        return None

    def is_proposal(self, wanted: TimeWanted) -> bool:
        """Whether a time proposes one here, whatever stands around it: 后天中午十二点半行吗，我午休过去."""
        return False

    def has_other_answer(self, talk: Talk) -> bool:
        """Whether somebody who steps back to it could answer it in another way: else she would be back at once."""
        return True

    def tells_place(self, talk: Talk) -> bool:
        """Whether the sentence tells the place that is asked for."""
        return False

    def noting_time(self, talk: Talk) -> Talk:
        """Another time has been told at this question."""
        return talk

    def choose_picked(self, talk: Talk, options: Sequence[Choice]) -> Step[Talk] | None:
        """Of options that bind."""
        command = read_command(picked.payload) if (picked := talk.heard.picks(options)) else None
        return self.choose(talk, command["value"]) if command else None

    def take_out(self, means: Means, visitor_id: VisitorId, text: str, answers: Answers) -> TakenOut:
        """Name and numbers, before anything else sees the message."""
        known = details.open_fields(means.safe, visitor_id, answers.person).get("name", "")
        expects = self.asks_for_person and ("name" in answers.lacks or answers.changing)
        return details.take_out(
            means, visitor_id, text, expect_name=expects, at_person=self.asks_for_person, known=known
        )
