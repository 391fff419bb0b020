"""A notice in words: from the visit as it stands when it is due, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from service_hall.appointments.own import tick
from service_hall.conversation.reply import NoticeReply
from service_hall.reminders.rendering import render, wording
from service_hall.visits.notices import NoticeKind, notice
from service_hall.visits.states import Status
from service_hall.visits.visit import Visit
from tests.visit_town import MONDAY, SetClock, VisitTown, as_it_stands, booked, moment, visitor

TUESDAY = MONDAY + timedelta(days=1)
NINE = moment(TUESDAY, "09:00")
STATUS_OF: dict[NoticeKind, Status] = {
    NoticeKind.ALMOST_CALLED: Status.CHECKED_IN,
    NoticeKind.CALLED: Status.CALLED,
    NoticeKind.CLOSED: Status.CANCELLED,
    NoticeKind.WAITLIST_OFFER: Status.HELD,
    NoticeKind.WAITLIST_LAPSED: Status.CANCELLED,
    NoticeKind.NO_SHOW: Status.MISSED,
    NoticeKind.RESTRICTED: Status.MISSED,
    NoticeKind.APPEAL_DECIDED: Status.MISSED,
    NoticeKind.MISSED_CALL: Status.MISSED,
    NoticeKind.FINISHED: Status.FINISHED,
}
"""In which the visit is when it is said; otherwise booked."""
FACTS: dict[NoticeKind, dict[str, Any]] = {
    NoticeKind.MOVED: {"before": moment(MONDAY, "15:00").isoformat(), "reason": "停电"},
    NoticeKind.DISPLACED: {"reason": "停电"},
    NoticeKind.CLOSED: {"reason": "停电"},
    NoticeKind.MATERIALS_CHANGED: {"new": ["照片"], "changed": ["申请表"], "dropped": ["押金"]},
    NoticeKind.NO_SHOW: {"count": 1, "at": 3},
    NoticeKind.RESTRICTED: {"count": 3, "until": moment(TUESDAY, "23:59").isoformat()},
    NoticeKind.APPEAL_DECIDED: {"granted": False},
}


def visit_for(town: VisitTown, kind: NoticeKind) -> Visit:
    status = STATUS_OF.get(kind, Status.BOOKED)
    return replace(
        booked(town),
        status=status,
        ticket="A007",
        counter="2",
        displaced=kind is NoticeKind.DISPLACED,
        held_until=town.clock() + timedelta(minutes=30) if status is Status.HELD else None,
    )


def said(town: VisitTown, kind: NoticeKind, visit: Visit | None = None, **facts: Any) -> NoticeReply | None:
    visit = visit or visit_for(town, kind)
    [made] = notice(visit, kind, town.clock(), **{**FACTS.get(kind, {}), **facts})
    return render(town.means, made, visit)


def words(town: VisitTown, kind: NoticeKind, **facts: Any) -> str:
    reply = said(town, kind, **facts)
    assert reply is not None
    return reply.text


@pytest.fixture
def town() -> VisitTown:
    return VisitTown(clock=SetClock())


class TestTheWords:
    @pytest.mark.parametrize("kind", list(NoticeKind))
    def test_every_kind_has_its_words_and_hides_the_person(self, town: VisitTown, kind: NoticeKind) -> None:
        reply = said(town, kind)
        assert reply is not None
        assert (reply.kind, "{" in reply.text, "None" in reply.text) == (kind.value, False, False)
        assert reply.text[-1] in "。？"
        assert not any(part in reply.model_dump_json() for part in ("张一", "13800000001"))

    def test_days_stand_by_their_date(self, town: VisitTown) -> None:
        for kind in (NoticeKind.DAY_BEFORE, NoticeKind.SOON, NoticeKind.DISPLACED, NoticeKind.RESTORED):
            assert "6月2日（周二）9:00" in words(town, kind)
        assert "明天" not in words(town, NoticeKind.DAY_BEFORE)

    def test_a_move_tells_both_times_and_the_reason(self, town: VisitTown) -> None:
        text = words(town, NoticeKind.MOVED)
        assert all(part in text for part in ("因停电，", "6月1日（周一）15:00", "6月2日（周二）9:00"))

    def test_without_a_reason_none_is_told(self, town: VisitTown) -> None:
        assert "因" not in words(town, NoticeKind.DISPLACED, reason="")

    def test_a_call_tells_ticket_and_counter(self, town: VisitTown) -> None:
        assert words(town, NoticeKind.CALLED).startswith("请A007号到2号窗口")

    def test_an_offer_tells_until_when(self, town: VisitTown) -> None:
        assert "6月1日（周一）8:30" in words(town, NoticeKind.WAITLIST_OFFER)

    def test_changed_materials_are_listed_by_what_changed(self, town: VisitTown) -> None:
        text = words(town, NoticeKind.MATERIALS_CHANGED)
        assert "新增照片；要求有变的申请表；不再需要押金" in text

    def test_a_long_list_is_cut(self, town: VisitTown) -> None:
        text = words(town, NoticeKind.MATERIALS_CHANGED, new=[f"材料{number}" for number in range(9)])
        assert "材料4等9样" in text and "材料5" not in text

    def test_a_reminder_names_what_is_not_ticked_yet(self, town: VisitTown) -> None:
        visit = booked(town)
        tick(town.means, visitor(), visit.code, ["居民身份证"])
        reply = said(town, NoticeKind.DAY_BEFORE, as_it_stands(town, visit))
        assert reply and "还没有备好的材料：申请表。" in reply.text
        tick(town.means, visitor(), visit.code, ["居民身份证", "申请表"])
        reply = said(town, NoticeKind.DAY_BEFORE, as_it_stands(town, visit))
        assert reply and "还没有备好" not in reply.text

    def test_an_appeal_is_granted_or_not(self, town: VisitTown) -> None:
        assert "没有通过" in words(town, NoticeKind.APPEAL_DECIDED)
        assert "已通过" in words(town, NoticeKind.APPEAL_DECIDED, granted=True)

    def test_a_walk_in_that_was_let_go_is_told_without_a_time(self, town: VisitTown) -> None:
        walk_in = replace(visit_for(town, NoticeKind.CLOSED), starts_at=None)
        reply = said(town, NoticeKind.CLOSED, walk_in, reason="")
        assert reply and "A007号" in reply.text
        assert "原定" not in reply.text

    def test_an_office_that_is_gone_is_named_by_its_id(self, town: VisitTown) -> None:
        visit = booked(town)
        town.change_offices(())
        reply = said(town, NoticeKind.DAY_BEFORE, visit)
        assert reply and "town-hall" in reply.text


class TestWhatCanBeDone:
    @pytest.mark.parametrize(
        ("kind", "labels"),
        [
            (NoticeKind.DAY_BEFORE, ["改时间", "取消预约"]),
            (NoticeKind.MOVED, ["改时间", "取消预约"]),
            (NoticeKind.DISPLACED, ["改时间", "取消预约"]),
            (NoticeKind.WAITLIST_OFFER, ["要，帮我约上", "不要了"]),
            (NoticeKind.MISSED_CALL, ["我回来了"]),
            (NoticeKind.FINISHED, ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]),
            (NoticeKind.CALLED, []),
        ],
    )
    def test_each_kind_offers_what_fits(self, town: VisitTown, kind: NoticeKind, labels: list[str]) -> None:
        reply = said(town, kind)
        assert reply and [option.label for option in reply.options] == labels

    def test_every_choice_carries_the_code(self, town: VisitTown) -> None:
        visit = visit_for(town, NoticeKind.WAITLIST_OFFER)
        reply = said(town, NoticeKind.WAITLIST_OFFER, visit)
        assert reply and all(visit.code in option.payload for option in reply.options)


class TestTheReasonMayHaveGone:
    @pytest.mark.parametrize(
        ("kind", "status"),
        [
            (NoticeKind.DAY_BEFORE, Status.CANCELLED),
            (NoticeKind.SOON, Status.CHECKED_IN),
            (NoticeKind.MOVED, Status.CANCELLED),
            (NoticeKind.ALMOST_CALLED, Status.CALLED),
            (NoticeKind.CALLED, Status.SERVING),
            (NoticeKind.CALLED, Status.MISSED),
            (NoticeKind.MISSED_CALL, Status.CHECKED_IN),
            (NoticeKind.MATERIALS_CHANGED, Status.FINISHED),
            (NoticeKind.WAITLIST_OFFER, Status.BOOKED),
            (NoticeKind.WAITLIST_OFFER, Status.CANCELLED),
        ],
    )
    def test_a_visit_that_has_moved_on_is_not_told(self, town: VisitTown, kind: NoticeKind, status: Status) -> None:
        visit = replace(visit_for(town, kind), status=status)
        assert said(town, kind, visit) is None

    @pytest.mark.parametrize("kind", [NoticeKind.DAY_BEFORE, NoticeKind.SOON])
    def test_who_needs_another_time_is_not_reminded_of_the_old_one(self, town: VisitTown, kind: NoticeKind) -> None:
        assert said(town, kind, replace(booked(town), displaced=True)) is None

    def test_who_has_another_time_is_not_told_to_choose_one(self, town: VisitTown) -> None:
        assert said(town, NoticeKind.DISPLACED, booked(town)) is None

    @pytest.mark.parametrize("kind", [NoticeKind.DAY_BEFORE, NoticeKind.SOON])
    def test_a_reminder_that_comes_after_the_start_is_not_said(self, town: VisitTown, kind: NoticeKind) -> None:
        visit = booked(town)
        town.clock.at = NINE - timedelta(minutes=1)
        assert said(town, kind, visit)
        town.clock.at = NINE
        assert said(town, kind, visit) is None

    def test_an_offer_that_has_run_out_is_not_said(self, town: VisitTown) -> None:
        visit = visit_for(town, NoticeKind.WAITLIST_OFFER)
        town.clock.at += timedelta(minutes=30)
        assert said(town, NoticeKind.WAITLIST_OFFER, visit) is None


def test_every_kind_stands_in_the_wording() -> None:
    assert {kind.value for kind in NoticeKind} <= wording.names
