"""`/console/knowledge/reviews`: what waits for somebody else's eyes, with what the gate found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends, Response

from channels.console.knowledge.drafts import STATE_NAMES, draft_of, entry_of, title_in_list
from channels.console.knowledge.guides import DRAFTS
from channels.console.knowledge.where import place_of, region_name
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, typed
from service_hall.publishing.checking import UnderWay
from service_hall.publishing.differences import differences
from service_hall.publishing.documents import title_of
from service_hall.publishing.draft import DocumentKind, Draft, DraftState
from service_hall.publishing.gate import Report, Why
from service_hall.publishing.outcomes import Faulty, InUse, NotNow, Stopped
from service_hall.publishing.use_cases import Publishing
from service_hall.publishing.withdrawing import referrers
from service_hall.staff.roles import Action

REVIEWS = "/console/knowledge/reviews"
WHY_NAMES: Mapping[Why, str] = {
    Why.THEFT: "抢了别的事项的问题",
    Why.LOST: "自己的问题答不上了",
    Why.MUST_MENTION: "丢了必须提到的话",
    Why.CONTRADICTION: "和别的指南对不上",
    Why.INCONSISTENT: "一份指南里数字不一样",
    Why.FALSE_NUMBER: "原文里没有这个数",
    Why.NOT_IN_FORCE: "依据没有效力",
}
MOST_CHANGES = 100


def make_reviews_router(console: Console, publishing: Publishing) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    reviewer = Depends(console.seat(Action.REVIEW_KNOWLEDGE))
    reader = Depends(console.seat(Action.SEE_KNOWLEDGE))

    def page(
        seat: Seat,
        draft: Draft,
        checked: Report | Faulty | UnderWay,
        form: Form | None = None,
        status: int = 200,
        **more: Any,
    ) -> Response:
        library, seen = publishing.desk.library, publishing.reviewing.seen_by(draft, seat.member.name)
        return seat.show(
            "knowledge/review.html",
            status=status,
            draft=draft,
            name=title_of(library, draft.key, draft.body),
            region=region_name(library, draft.key),
            has_preview=draft.key.kind in (DocumentKind.GUIDE, DocumentKind.FACT),
            state_names=STATE_NAMES,
            differences=differences(draft.base, draft.body),
            referrers=referrers(publishing.desk, draft) if draft.is_open else None,
            report=checked if isinstance(checked, Report) else None,
            changed=checked.changed[:MOST_CHANGES] if isinstance(checked, Report) else (),
            findings=checked.findings if isinstance(checked, Faulty) else (),
            under_way=checked if isinstance(checked, UnderWay) else None,
            why_names=WHY_NAMES,
            title=library.title,
            accepted={key: why for each in seen if each.round == draft.round for key, why in each.accepted.items()},
            why_not=publishing.reviewing.why_not(draft, seat.member.name),
            may_review=seat.may(Action.REVIEW_KNOWLEDGE, place_of(library, draft.key)),
            verdicts=seen,
            form=form or Form(),
            **more,
        )

    @router.get(REVIEWS)
    def show_all(seat: Seat = reviewer) -> Response:
        library = publishing.desk.library
        waiting = publishing.reviewing.queue(seat.member.name)
        return seat.show(
            "knowledge/reviews.html",
            drafts=[each for each in waiting if seat.may(Action.REVIEW_KNOWLEDGE, place_of(library, each.key))],
            title=lambda line: title_in_list(publishing, line),
            region=lambda key: region_name(library, key),
            state_names=STATE_NAMES,
        )

    @router.get(f"{DRAFTS}/{{draft_id}}/check")
    def check(draft_id: str, seat: Seat = reader) -> Response:
        """Also for whoever writes it: before somebody else has to look."""
        draft = draft_of(publishing, draft_id)
        return page(seat, draft, publishing.checking.begin(draft))

    @router.get(f"{REVIEWS}/{{draft_id}}")
    def show(draft_id: str, seat: Seat = reviewer) -> Response:
        draft = draft_of(publishing, draft_id)
        return page(seat, draft, publishing.checking.begin(draft))

    @router.post(f"{REVIEWS}/{{draft_id}}/approve")
    def approve(draft_id: str, seat: Seat = reviewer) -> Response:
        draft, form = draft_of(publishing, draft_id), typed(seat.form)
        seat.check(Action.REVIEW_KNOWLEDGE, place_of(publishing.desk.library, draft.key))
        accepted = {
            name.removeprefix("why."): form.value(name)
            for name in form.said
            if name.startswith("why.") and form.value(name).strip()
        }
        done = publishing.reviewing.approve(draft.draft_id, seat.member.name, form.value("reason"), accepted)
        match done:
            case Draft():
                told = {"draft": draft_id, "accepted": accepted, "state": done.state.value}
                console.audit.record(entry_of(seat, draft, "approve", after=told))
                return seat.go(REVIEWS, _said(done))
            case Stopped(report=report):
                for stop in report.not_among(accepted):
                    form.refuse(f"why.{stop.key}", "要放行请写理由；不放行就退回。")
                return page(seat, draft_of(publishing, draft_id), report, form, 409)
            case Faulty():
                return page(seat, draft, done, form.refuse("", "内容现在不完整，请退回。"), 409)
            case InUse():
                return page(
                    seat,
                    draft,
                    publishing.checking.begin(draft),
                    form.refuse("", "这个事项还有人在用，不能停办。"),
                    409,
                    used=done,
                )
            case NotNow():
                return page(seat, draft, publishing.checking.begin(draft), form.refuse("", done.why), 409)

    @router.post(f"{REVIEWS}/{{draft_id}}/give-back")
    def give_back(draft_id: str, seat: Seat = reviewer) -> Response:
        draft, form = draft_of(publishing, draft_id), typed(seat.form)
        seat.check(Action.REVIEW_KNOWLEDGE, place_of(publishing.desk.library, draft.key))
        done = publishing.reviewing.give_back(draft.draft_id, seat.member.name, form.value("reason"))
        if isinstance(done, NotNow):
            return page(seat, draft, publishing.checking.begin(draft), form.refuse("reason", done.why), 422)
        console.audit.record(entry_of(seat, draft, "give_back", after={"draft": draft_id}))
        return seat.go(REVIEWS, "已退回，理由给了写的人。")

    return router


def _said(draft: Draft) -> str:
    match draft.state:
        case DraftState.PUBLISHED:
            return "已发布，群众现在问到的就是新内容。"
        case DraftState.APPROVED:
            return f"已通过，到 {draft.publish_on} 自动发布。"
        case _:
            return "您的意见已记下，还等另一位审核。"
