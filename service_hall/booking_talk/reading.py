"""What a sentence gives a booking: the item, the office, the region, the day and time."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.offices import Office
from knowledge_base.search.find import Decision
from service_hall.booking_talk.answers import TimeWanted, time_wanted
from service_hall.hearing.heard import Sentence
from service_hall.hearing.subject import likely_items
from service_hall.hearing.when.spoken_time import NotADay, When
from service_hall.visits.means import Means


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


def read_said(text: str, means: Means) -> Said:
    sentence = means.hear(text)
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


def subject_of(text: str, means: Means) -> str:
    return means.hear(text).subject


def item_named_in(text: str, means: Means) -> Decision | None:
    return means.hear(text).item


def item_put_right(text: str, current: str, means: Means) -> str:
    """不是到期，是丢了要补办: the other item of the same thing; '' where no other one is meant beyond doubt."""
    sentence = means.hear(text)
    meant = sentence.part(sentence.correction.meant).subject if sentence.correction else ""
    if not meant:
        return ""
    library = means.library()
    subject = library.subject(current)
    found = likely_items(library.find(meant if subject in meant else f"{subject}{meant}"))
    others = [guide_id for guide_id in found if guide_id != current]
    return others[0] if others and (found[0] != current or len(others) == 1) else ""


def _wanted(when: When, sentence: Sentence) -> TimeWanted | None:
    wanted = time_wanted(when, sentence.wants_soonest)
    if sentence.asks_which_time and not wanted.any_time:  # 最近哪天有号 would like to see some
        wanted = wanted.model_copy(update={"soonest": False})
    return wanted if wanted.is_said else None
