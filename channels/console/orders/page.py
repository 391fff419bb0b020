"""`/console/orders`: the emergency notice, and the switch to the search alone."""

from __future__ import annotations

import secrets
from typing import Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from channels.console.knowledge.where import whole_hall
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, filled, read, typed
from service_hall.hall import Hall
from service_hall.orders import MOST_NOTICE_CHARACTERS, EmergencyNotice
from service_hall.staff.roles import Action

_ADDRESS = "/console/orders"


class NoticeIn(BaseModel):
    text: str = Field(max_length=MOST_NOTICE_CHARACTERS)


def make_orders_router(console: Console, hall: Hall) -> APIRouter:
    router = APIRouter(prefix=_ADDRESS, include_in_schema=False)
    at_orders = {action: Depends(console.seat(action)) for action in (Action.SET_NOTICE, Action.SWITCH_SEARCH_ONLY)}

    def for_everybody(action: Action) -> Any:
        """For `Depends`: who may do it for all citizens, not in her region or department alone."""

        def check(seat: Seat = at_orders[action]) -> Seat:
            seat.check(action, whole_hall(hall.library()))
            return seat

        return check

    speaker, switcher = Depends(for_everybody(Action.SET_NOTICE)), Depends(for_everybody(Action.SWITCH_SEARCH_ONLY))

    def page(seat: Seat, form: Form, status: int = 200) -> Response:
        may_switch = seat.may(Action.SWITCH_SEARCH_ONLY)
        return seat.show("orders.html", status=status, form=form, orders=hall.orders.now(), may_switch=may_switch)

    @router.get("")
    def show(seat: Seat = speaker) -> Response:
        notice = hall.orders.now().notice
        return page(seat, filled({"text": notice.text if notice else ""}))

    @router.post("/notice")
    def put_up(seat: Seat = speaker) -> Response:
        form = typed(seat.form)
        wanted = read(form, NoticeIn)
        if wanted is None:
            return page(seat, form, 422)
        before = hall.orders.now().notice
        notice = EmergencyNotice(secrets.token_hex(8), wanted.text, hall.now(), seat.member.name)
        told = {"before": {"text": before.text} if before else {}, "after": {"text": wanted.text}}
        hall.orders.put_up(notice, seat.entry("notice.set", "notice", notice.notice_id, **told))
        return seat.go(_ADDRESS, "通知已发出：网页、取号机和叫号屏一分钟内显示，微信里随下一次回复先说。")

    @router.post("/notice/end")
    def take_down(seat: Seat = speaker) -> Response:
        if before := hall.orders.now().notice:
            told = {"before": {"text": before.text}}
            hall.orders.take_down(seat.entry("notice.end", "notice", before.notice_id, **told))
        return seat.go(_ADDRESS, "通知已撤下。")

    @router.post("/search-only")
    def switch(seat: Seat = switcher) -> Response:
        is_on = seat.form.get("on") == "on"
        if is_on != hall.orders.now().is_search_only:
            deed = "search_only.on" if is_on else "search_only.off"
            told = {"before": {"search_only": not is_on}, "after": {"search_only": is_on}}
            hall.orders.set_search_only(is_on, seat.entry(deed, "switch", "search_only", **told))
        return seat.go(_ADDRESS, "现在只用检索回答。" if is_on else "已恢复完整对话。")

    return router
