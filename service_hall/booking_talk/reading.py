"""What a sentence gives a booking: the office, the region, the day and time."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.offices import Office
from service_hall.booking_talk.answers import TimeWanted, time_wanted
from service_hall.hearing.heard import Sentence
from service_hall.hearing.when.spoken_time import NotADay, When


@dataclass(frozen=True)
class Said:
    """What there is; None where it is left out."""

    wanted: TimeWanted | None
    not_a_day: NotADay | None
    office: Office | None
    region: str | None
    nearest: bool
    repeats: bool = False
    """Told as something that comes again."""
    is_weekday_of_today: bool = False
    """The only day is today, called 周一 and not 今天."""


def read_said(sentence: Sentence) -> Said:
    when = sentence.when
    return Said(
        wanted=_wanted(when, sentence) if isinstance(when, When) else None,
        not_a_day=when if isinstance(when, NotADay) else None,
        office=sentence.office,
        region=sentence.region,
        nearest=sentence.nearest,
        repeats=isinstance(when, When) and when.repeats,
        is_weekday_of_today=sentence.calls_today_by_weekday,
    )


def _wanted(when: When, sentence: Sentence) -> TimeWanted | None:
    wanted = time_wanted(when, sentence.wants_soonest)
    if sentence.asks_which_time and not wanted.any_time:  # 最近哪天有号 would like to see some
        wanted = wanted.model_copy(update={"soonest": False})
    return wanted if wanted.is_said else None
