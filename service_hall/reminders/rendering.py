"""A notice of the outbox in words, from the visit as it stands when the notice is due."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from service_hall.conversation.message import command_payload
from service_hall.conversation.reply import Choice, NoticeAbout, NoticeReply
from service_hall.shared.clock import SHANGHAI
from service_hall.shared.wording import Wording
from service_hall.visits.means import Means
from service_hall.visits.notices import REMINDERS, Notice, NoticeKind
from service_hall.visits.states import Status
from service_hall.visits.visit import Visit, has_run_out

wording = Wording(Path(__file__).parent / "wording.yml")
_WEEKDAYS = "一二三四五六日"
MOST_LISTED = 5
SCORES = ("1", "2", "3", "4", "5")
_DEEDS = ("do_reschedule", "do_cancel", "do_accept", "do_decline", "do_return", "do_read_answer")
LABELS = frozenset(wording.say(name) for name in (*_DEEDS, *(f"score_{score}" for score in SCORES)))
"""Of all that can be done about a notice."""

_HOLDS_WHILE: dict[NoticeKind, frozenset[Status]] = {
    NoticeKind.DAY_BEFORE: frozenset({Status.BOOKED}),
    NoticeKind.SOON: frozenset({Status.BOOKED}),
    NoticeKind.ALMOST_CALLED: frozenset({Status.CHECKED_IN}),
    NoticeKind.CALLED: frozenset({Status.CALLED}),
    NoticeKind.MOVED: frozenset({Status.BOOKED}),
    NoticeKind.DISPLACED: frozenset({Status.BOOKED}),
    NoticeKind.RESTORED: frozenset({Status.BOOKED}),
    NoticeKind.MATERIALS_CHANGED: frozenset({Status.BOOKED, Status.CHECKED_IN}),
    NoticeKind.WAITLIST_OFFER: frozenset({Status.HELD}),
    NoticeKind.MISSED_CALL: frozenset({Status.MISSED}),
}
"""Where the visit has moved on since, there is no reason any more to say it. Kinds that are not here always hold."""


def render(means: Means, notice: Notice, visit: Visit) -> NoticeReply | None:
    """None: the reason has gone."""
    holds_while = _HOLDS_WHILE.get(notice.kind)
    if holds_while and visit.status not in holds_while:
        return None
    if notice.kind is NoticeKind.DISPLACED and not visit.displaced:
        return None
    if notice.kind in REMINDERS and (visit.displaced or visit.starts_at is None or visit.starts_at <= means.now()):
        return None
    if notice.kind is NoticeKind.WAITLIST_OFFER and has_run_out(visit, means.now()):
        return None
    about = _about(means, visit)
    facts = notice.facts
    text = wording.say(
        _sentence(notice, visit),
        item=about.guide_name,
        office=about.office_name,
        when=_moment(visit.starts_at),
        before=_moment(_read(facts.get("before"))),
        reason=_because(str(facts.get("reason") or "")),
        ticket=visit.ticket,
        counter=visit.counter,
        until=_moment(visit.held_until),
        day=_day(_read(facts.get("until"))),
        count=facts.get("count", 0),
        limit=facts.get("at", 0),
        materials=_materials(notice),
        missing=_missing(visit),
    )
    return NoticeReply(text=text, kind=notice.kind.value, about=about, options=tuple(_options(notice.kind, visit)))


def _about(means: Means, visit: Visit) -> NoticeAbout:
    office = means.office(visit.office_id)
    return NoticeAbout(
        code=visit.code,
        guide_name=means.guide_name(visit.guide_id),
        office_id=visit.office_id,
        office_name=office.name if office else visit.office_id,
        starts_at=visit.starts_at,
        ticket=visit.ticket,
        counter=visit.counter,
    )


def _sentence(notice: Notice, visit: Visit) -> str:
    """Its name in wording.yml."""
    if notice.kind is NoticeKind.APPEAL_DECIDED and notice.facts.get("granted"):
        return "appeal_granted"
    if notice.kind is NoticeKind.CLOSED and visit.starts_at is None:
        return "closed_walk_in"
    if notice.visitor_id is None and notice.kind in (NoticeKind.MATERIALS_CHANGED, NoticeKind.DISPLACED):
        return f"{notice.kind.value}_call"
    return notice.kind.value


def _options(kind: NoticeKind, visit: Visit) -> list[Choice]:
    match kind:
        case NoticeKind.MOVED | NoticeKind.DISPLACED | NoticeKind.DAY_BEFORE:
            return [_choice("do_reschedule", "reschedule", visit), _choice("do_cancel", "cancel", visit)]
        case NoticeKind.WAITLIST_OFFER:
            return [
                _choice("do_accept", "give_details", visit, node="offer", value="accept"),
                _choice("do_decline", "give_details", visit, node="offer", value="decline"),
            ]
        case NoticeKind.FINISHED:
            return [_choice(f"score_{score}", "give_details", visit, node="rate", value=score) for score in SCORES]
        case NoticeKind.MISSED_CALL:
            return [_choice("do_return", "check_in", visit)]
        case _:
            return []


def _choice(label: str, intent: str, visit: Visit, **fields: str) -> Choice:
    return Choice(label=wording.say(label), payload=command_payload(intent, code=visit.code, **fields))


def _moment(at: datetime | None) -> str:
    """The day by its date: what is read later must still be true then."""
    if at is None:
        return ""
    here = at.astimezone(SHANGHAI)
    return f"{here.month}月{here.day}日（周{_WEEKDAYS[here.weekday()]}）{here.hour}:{here.minute:02}"


def _day(at: datetime | None) -> str:
    return f"{at.month}月{at.day}日" if at else ""


def _read(written: object) -> datetime | None:
    return datetime.fromisoformat(str(written)) if written else None


def _because(reason: str) -> str:
    return f"因{reason}，" if reason else ""


def _materials(notice: Notice) -> str:
    parts = [
        wording.say(f"list_{kind}", names=_listed(names))
        for kind in ("new", "changed", "dropped")
        if (names := list(notice.facts.get(kind) or ()))
    ]
    return "；".join(parts)


def _missing(visit: Visit) -> str:
    """What is not ticked yet, of what everybody needs."""
    names = visit.pack.missing
    return wording.say("missing", names=_listed(list(names))) if names else ""


def _listed(names: list[str]) -> str:
    return "、".join(names[:MOST_LISTED]) + (f"等{len(names)}样" if len(names) > MOST_LISTED else "")
