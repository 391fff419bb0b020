"""The openings as they are shown: all of them to tap, some with a number to answer with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from service_hall.booking_talk.free_places import openings_for
from service_hall.booking_talk.said_back import describe_day
from service_hall.booking_talk.showing import option, progress_at
from service_hall.booking_talk.talk import FORM, Talk
from service_hall.conversation.reply import Choice, OpeningOption, OpeningsReply, QuestionOption
from service_hall.shared.moments import describe_moment

NODE = "when"
MOST_NUMBERED = 12
WAIT, OTHER_DAY, OTHER_OFFICE = "waitlist", "other_day", "other_office"


def question(talk: Talk) -> OpeningsReply:
    answers = talk.answers
    office = talk.means.office(answers.office_id)
    left = _left_now(talk)
    only = answers.shown[0] if len(answers.shown) == 1 and left.get(answers.shown[0]) else None
    text = [talk.say("only_time" if only else _opening_words(talk), **place_of(talk, only))]
    text += [] if only else _listed(talk, left)
    ways = ways_on(talk)
    text += [f"{talk.say('or')}{'、'.join(each.label for each in ways)}"] if ways else []
    return OpeningsReply(
        text="\n".join(text),
        guide_id=answers.guide_id,
        guide_name=talk.means.guide_name(answers.guide_id),
        office_id=answers.office_id,
        office_name=office.name if office else answers.office_id,
        openings=tuple(
            OpeningOption(starts_at=start, left=left[start], payload=option(NODE, "", start.isoformat()).payload)
            for start in answers.shown
            if left.get(start)
        ),
        options=tuple(Choice(label=each.label, payload=each.payload) for each in ways),
        form=FORM,
        node=NODE,
        progress=progress_at(talk, NODE),
    )


def _opening_words(talk: Talk) -> str:
    if not talk.answers.shown:
        return "no_time"
    if talk.answers.errand == "move" and not talk.notes:
        return "move_time"
    return "which_time_again" if talk.is_asking(NODE) and talk.notes else "which_time"


def numbered_starts(shown: Sequence[datetime]) -> list[datetime]:
    """Those that stand in the text with a number: all, or some of every day."""
    if len(shown) <= MOST_NUMBERED:
        return list(shown)
    days = [list(starts) for _, starts in groupby(shown, key=lambda start: start.date())]
    each = max(1, MOST_NUMBERED // len(days))
    return [start for day in days for start in _spread(day, each)][:MOST_NUMBERED]


def _spread(starts: list[datetime], many: int) -> list[datetime]:
    return starts if len(starts) <= many else [starts[at * len(starts) // many] for at in range(many)]


def _listed(talk: Talk, left: dict[datetime, int]) -> list[str]:
    numbered = list(enumerate(numbered_starts(talk.answers.shown), start=1))
    lines = []
    for day, starts in groupby(numbered, key=lambda each: each[1].date()):
        told = [
            f"{number}. {start.hour}:{start.minute:02}{'' if left.get(start) else talk.say('taken_since')}"
            for number, start in starts
        ]
        lines.append(f"{describe_day(day, talk.means.now())}：{'  '.join(told)}")
    return lines


def _left_now(talk: Talk) -> dict[datetime, int]:
    answers = talk.answers
    if not answers.shown:
        return {}
    first, last = answers.shown[0].date(), answers.shown[-1].date()
    found = openings_for(talk, first, last)
    return {each.starts_at: each.left for each in found} if isinstance(found, list) else {}


def ways_on(talk: Talk) -> list[QuestionOption]:
    return [option(NODE, talk.say(f"way_{value}"), value) for value in talk.answers.offered]


def place_of(talk: Talk, starts_at: datetime | None = None) -> dict[str, str]:
    office = talk.means.office(talk.answers.office_id)
    filled = {"item": talk.means.guide_name(talk.answers.guide_id), "at": office.name if office else ""}
    return filled | ({"when": describe_moment(starts_at, talk.means.now())} if starts_at else {})
