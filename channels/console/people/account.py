"""`/console/account`: her own password, and her second step."""

from __future__ import annotations

import segno
from anyio import to_thread
from fastapi import APIRouter, Depends, Response

from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, secret
from channels.console.signing_in import SigningIn
from channels.console.staff import Accounts
from service_hall.staff.managing import Refused, StaffRoom
from service_hall.staff.passwords import MOST, fault_of
from service_hall.staff.roles import ROLE_NAMES, Action

_ADDRESS = "/console/account"


def make_account_router(console: Console, signing_in: SigningIn, accounts: Accounts, room: StaffRoom) -> APIRouter:
    router = APIRouter(prefix=_ADDRESS, include_in_schema=False)
    herself = Depends(console.seat(Action.OWN_ACCOUNT))

    def page(seat: Seat, status: int = 200, **forms: Form) -> Response:
        member = seat.member
        return seat.show(
            "account.html",
            status=status,
            role_names=[ROLE_NAMES[role] for role in sorted(member.roles)],
            has_second_step=accounts.has_second_step(member.name),
            form=forms.get("form", Form()),
            off=forms.get("off", Form()),
        )

    def code_page(seat: Seat, form: Form, status: int = 200) -> Response:
        begun = accounts.begin_second_step(seat.member.name)
        form.said = {"sealed": [begun.sealed]}
        picture = segno.make(begun.address, error="m").svg_data_uri(scale=5, border=2)
        return seat.show("second_step.html", status=status, form=form, secret=begun.secret, picture=picture)

    async def confirm(seat: Seat, form: Form) -> None:
        """That it is she: whoever finds her page open knows no password."""
        password = secret(seat.form, "password")
        if len(password) > MOST or not await signing_in.confirms(seat.request, seat.member.name, password):
            form.refuse("password", "密码不对，请重新输入。")

    @router.get("")
    def show(seat: Seat = herself) -> Response:
        return page(seat)

    @router.post("/password")
    async def change(seat: Seat = herself) -> Response:
        name, form, new = seat.member.name, Form(), secret(seat.form, "new")
        if fault := fault_of(new, name):
            form.refuse("new", fault)
        if new != secret(seat.form, "again"):
            form.refuse("again", "两次输入的新密码不一样，请重新输入。")
        if new == secret(seat.form, "password"):
            form.refuse("new", "新密码和现在的一样，请换一个。")
        if not form.errors:
            await confirm(seat, form)
        if not form.errors:
            done = await to_thread.run_sync(room.change_own_password, seat.member, new)
            if not isinstance(done, Refused):
                response = seat.go("/console", "密码已修改，其他地方的登录都已退出。")
                signing_in.seat(seat.request, response, name, accounts.session_mark(name) or "")
                return response
            form.refuse("", done.sentence)
        return page(seat, 422, form=form)

    @router.get("/second-step")
    def begin(seat: Seat = herself) -> Response:
        return code_page(seat, Form())

    @router.post("/second-step")
    async def turn_on(seat: Seat = herself) -> Response:
        form, kept = Form(), ""
        await confirm(seat, form)
        if not form.errors:
            sealed, code = secret(seat.form, "sealed"), secret(seat.form, "code")
            kept = accounts.confirmed_second_step(seat.member.name, sealed, code)
            if not kept:
                form.refuse("code", "动态码不对或已经用过。请重新扫码，再填新出来的动态码。")
        if form.errors:
            return code_page(seat, form, 422)
        room.keep_second_step(seat.member, kept)
        return seat.go(_ADDRESS, "两步验证已开启，以后登录要填动态码。")

    @router.post("/second-step/off")
    async def turn_off(seat: Seat = herself) -> Response:
        form = Form()
        await confirm(seat, form)
        if form.errors:
            return page(seat, 422, off=form)
        room.keep_second_step(seat.member, "")
        return seat.go(_ADDRESS, "两步验证已关闭。")

    return router
