"""`/console`: its first page, signing in, and signing out."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from channels.console.shell.console import HOME, Console, Seat, own_path
from channels.console.signing_in import SigningIn
from channels.refusals import Refusal
from service_hall.conversation.message import without_unseen
from service_hall.staff.roles import ROLE_NAMES, Action

_WRONG = "账号、密码或动态码不对，请核对后再试。"


def make_sign_in_router(console: Console, signing_in: SigningIn) -> APIRouter:
    router = APIRouter(prefix="/console", include_in_schema=False)
    at_home = Depends(console.seat(Action.OWN_ACCOUNT))

    @router.get("")
    def home(seat: Seat = at_home) -> Response:
        if seat.member.must_change:
            return seat.go("/console/account", "请先把初始密码改成您自己的。")
        return seat.show("home.html", role_names=[ROLE_NAMES[role] for role in sorted(seat.member.roles)])

    @router.get("/sign-in")
    def ask(request: Request, next: str = HOME) -> Response:
        if console.staff.at_work(request):
            return console.send_to(own_path(next))
        return console.draw(request, "sign_in.html", next=own_path(next), kept="", name="", wrong="")

    @router.post("/sign-in")
    async def sign_in(request: Request) -> Response:
        if not console.is_own(request):
            raise Refusal(403, "foreign_form", "请从本站的登录页登录。")
        form = await request.form()
        name, password, code, kept = (str(form.get(each, "")) for each in ("name", "password", "code", "kept"))
        path = own_path(str(form.get("next", "")))
        mark = None
        try:
            if 0 < len(name.strip()) <= 64 and len(password) <= 200 and len(code) <= 20:
                mark = await signing_in.enter(request, name.strip(), password, code.strip())
            wrong, status, headers = _WRONG, 401, {}
        except Refusal as haste:
            wrong, status, headers = haste.message, haste.status, haste.headers
        if mark is None:
            response = console.draw(
                request, "sign_in.html", status=status, next=path, kept=kept, name=name.strip(), wrong=wrong
            )
            response.headers.update(headers)
            return response
        response = console.send_to(path)
        if kept:
            # It is sent once more by hand: what it does may be seen before.
            csrf = console.csrf_of(name.strip(), mark)
            response = console.draw(request, "again.html", next=path, kept=_pairs(kept), csrf=csrf)
        signing_in.seat(request, response, name.strip(), mark)
        return response

    @router.post("/sign-out")
    async def sign_out(seat: Seat = at_home) -> Response:
        """Ends every session of the account."""
        response = console.send_to("/console/sign-in")
        console.staff.sign_out(response, seat.member.name)
        return response

    return router


def _pairs(kept: str) -> list[tuple[str, str]]:
    """What a form of ours had sent; nothing where it is none."""
    try:
        said: Any = json.loads(kept)
        return [(without_unseen(str(name)), without_unseen(str(value))) for name, value in said]
    except (ValueError, TypeError, RecursionError):
        return []
