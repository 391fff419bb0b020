"""For whom an answer is written, where that is somebody else than whoever answers the questions of a life event."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.library import FOR_COMPANIES
from service_hall.conversation.reply import AnswerReply, Reply
from service_hall.conversation.wording import say
from service_hall.reception.arrived import Arrived

FOR_PEOPLE = "个人"


def told_for_whom(arrived: Arrived, replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """社保要怎么停, of somebody who lost her job: that it is her employer who does it is said first."""
    if not _answers_for_herself(arrived):
        return tuple(replies)
    published = arrived.staff.library().published
    theirs = {item.id for item in published.catalogue if item.audience == FOR_COMPANIES}
    said = say("done_by_companies") + "\n"
    return tuple(
        reply.led_by(said) if isinstance(reply, AnswerReply) and reply.guide_id in theirs else reply
        for reply in replies
    )


def _answers_for_herself(arrived: Arrived) -> bool:
    walk = arrived.context.walk
    scenario = arrived.staff.library().published.scenarios.get(walk.answers.get("scenario", "")) if walk else None
    return scenario is not None and scenario.audience == FOR_PEOPLE
