"""What a sentence is about: the item, once time, place, person and the booking itself are taken out."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge_base.language.asking import residue_of
from knowledge_base.library import Library
from knowledge_base.offices import Office
from knowledge_base.search.find import Answered, Decision, NotFound, Unsure
from service_hall.hearing.notions import says, without
from service_hall.hearing.when.clock import hide_hours
from service_hall.hearing.when.days import hide_days
from service_hall.hearing.when.repeated import EVERY_DAY, told_once
from service_hall.hearing.when.today import Today
from service_hall.hearing.when.words import plain

VAGUE = 0.5
SURE = 0.8
"""How likely a hit must be to prevail over the item that is being talked about."""
_DOING = re.compile(r"^(?:办理|办|弄|搞|整)(?:一下|[个张本一下])?")
_GAPS = re.compile(rf"[{EVERY_DAY}＃，,。.!！;；、\s]+")
_PARTS = re.compile(r"([，,。；;！!？?\s]+)")
_NOT_OF_THE_ITEM = ("booking_words", "place_words", "small_words")


def subject_of(text: str, library: Library, today: Today) -> str:
    """'' where nothing is left that could name an item."""
    said = without_id_number(without("person_words", text))
    said = library.without_regions(without_nearest(without_offices(said, library)))
    rest = hide_hours(hide_days(told_once(plain(said))[0], today))
    for words in _NOT_OF_THE_ITEM:
        rest = without(words, rest)
    rest = _GAPS.sub(" ", rest).strip()
    return rest if residue_of(rest) else ""


def item_in(subject: str, library: Library) -> Decision | None:
    """None where the sentence leaves the item out."""
    if not subject:
        return None
    match decision := _leaving_which_open(subject, library) or library.find_item(subject):
        case Unsure(choices, hits) if hits[0].score < VAGUE and not any(hit.named for hit in choices):
            return decision if says("sounds_like_item", subject) else None  # 人少的时候
        case NotFound(_, None):
            return decision if says("sounds_like_item", subject) else None
    return decision


def _leaving_which_open(subject: str, library: Library) -> Decision | None:
    """办护照 names the thing alone: for the first time, again or instead, all are 办."""
    thing = _DOING.sub("", subject)
    decision = library.find_item(thing) if thing != subject and len(thing) > 1 else None
    floor = library.calibration.answer_floor
    return decision if isinstance(decision, Unsure) and any(hit.score >= floor for hit in decision.choices) else None


def sure_item(decision: Decision | None) -> str:
    """The item that is named beyond doubt, or ''."""
    if isinstance(decision, Answered) and decision.hit.score >= SURE:
        return decision.hit.guide_id
    return ""


def likely_items(decision: Decision | None) -> tuple[str, ...]:
    """The item that is named, or those that may be meant; the likeliest first."""
    match decision:
        case Answered(hit):
            return (hit.guide_id,)
        case Unsure(choices):
            return tuple(hit.guide_id for hit in choices)
    return ()


def office_named_in(text: str, library: Library) -> Office | None:
    offices = library.published.offices
    named = [
        (len(name), office) for office in offices for name in _names_of(office.name, *office.aliases) if name in text
    ]
    return max(named, key=lambda each: each[0])[1] if named else None


def without_offices(text: str, library: Library) -> str:
    """北屏大厅 is an office and no region."""
    names = {name for office in library.published.offices for name in _names_of(office.name, *office.aliases)}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "，")
    return text


def without_nearest(text: str) -> str:
    """离我最近的 is no time."""
    return without("wants_nearest", text)


def without_id_number(text: str) -> str:
    """Without the part that tells that no identity number is given."""
    return "".join("，" if says("leaves_out_id_number", part) else part for part in _PARTS.split(text))


@lru_cache(maxsize=1024)
def _names_of(*written: str) -> frozenset[str]:
    """As they are written, and as they are said: 北屏公安办证中心 for 北屏区公安办证中心."""
    said = (re.sub(r"(?<=[\u3400-\u9fff]{2})[区市县](?=[\u3400-\u9fff]{2})|服务(?=中心)", "", name) for name in written)
    return frozenset(name for name in (*written, *said) if len(name) > 2)
