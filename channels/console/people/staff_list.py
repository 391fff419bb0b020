"""`/console/staff`: who works here, what each may do, and the way back for whoever cannot get in."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, filled, read, typed
from channels.refusals import Refusal
from service_hall.hall import Hall
from service_hall.staff.accounts import Duties
from service_hall.staff.managing import Done, Made, Refused, StaffRoom
from service_hall.staff.member import Member
from service_hall.staff.roles import ROLE_NAMES, ROLE_WORK, Action, Role

_ADDRESS = "/console/staff"
_ROLES = [(role.value, ROLE_NAMES[role], ROLE_WORK[role]) for role in Role]


class DutiesIn(BaseModel):
    roles: list[Role] = Field(default=[], max_length=len(Role))
    regions: list[str] = Field(default=[], max_length=200)
    departments: str = Field(default="", max_length=400)
    disabled: bool = False

    @property
    def duties(self) -> Duties:
        words = self.departments.replace("，", " ").replace("、", " ").replace(",", " ").split()
        return Duties(frozenset(self.roles), frozenset(self.regions), frozenset(words), self.disabled)


class NewMemberIn(DutiesIn):
    name: str = Field(max_length=40)


def make_staff_router(console: Console, room: StaffRoom, hall: Hall) -> APIRouter:
    router = APIRouter(prefix=_ADDRESS, include_in_schema=False)
    manager = Depends(console.seat(Action.MANAGE_STAFF))

    def region_options() -> list[tuple[str, str, str]]:
        return [(each.code, each.name, "") for each in hall.library().regions]

    def region_names() -> dict[str, str]:
        return {each.code: each.name for each in hall.library().regions}

    def account_page(seat: Seat, name: str, form: Form | None = None, status: int = 200) -> Response:
        account = room.find(seat.member, name)
        if account is None:
            raise Refusal(404)
        return seat.show(
            "staff_member.html",
            status=status,
            account=account,
            is_herself=name == seat.member.name,
            form=form or filled(_shown(account.duties)),
            roles=_ROLES,
            regions=region_options(),
        )

    @router.get("")
    def show_all(seat: Seat = manager) -> Response:
        return seat.show(
            "staff.html",
            accounts=room.everybody(seat.member),
            role_names=ROLE_NAMES,
            region_names=region_names(),
        )

    @router.get("/new")
    def ask_new(seat: Seat = manager) -> Response:
        return seat.show("staff_new.html", form=Form(), roles=_ROLES, regions=region_options())

    @router.post("/new")
    def add(seat: Seat = manager) -> Response:
        form = typed(seat.form)
        wanted = read(form, NewMemberIn)
        if wanted:
            made = room.add(seat.member, wanted.name, wanted.duties)
            if isinstance(made, Made):
                return seat.show("staff_password.html", name=wanted.name, password=made.password, is_new=True)
            form.refuse(made.field, made.sentence)
        return seat.show("staff_new.html", status=422, form=form, roles=_ROLES, regions=region_options())

    @router.get("/accounts/{name}")
    def show(name: str, seat: Seat = manager) -> Response:
        return account_page(seat, name)

    @router.post("/accounts/{name}")
    def change(name: str, seat: Seat = manager) -> Response:
        form = typed(seat.form)
        wanted = read(form, DutiesIn)
        if wanted:
            done = room.set_duties(seat.member, name, wanted.duties)
            if isinstance(done, Done):
                return seat.go(_ADDRESS, f"{name} 的角色和范围已保存，马上生效。")
            form.refuse(done.field, done.sentence)
        return account_page(seat, name, form, 422)

    @router.post("/accounts/{name}/password")
    def reset(name: str, seat: Seat = manager) -> Response:
        made = room.reset_password(seat.member, name)
        if isinstance(made, Refused):
            return account_page(seat, name, Form().refuse("", made.sentence), 422)
        return seat.show("staff_password.html", name=name, password=made.password, is_new=False)

    errands: dict[str, tuple[Callable[[Member, str], Done | Refused], str]] = {
        "second-step-off": (room.second_step_off, "{} 的两步验证已关闭。"),
        "end-sessions": (room.end_sessions, "{} 在所有地方都已退出登录。"),
    }

    @router.post("/accounts/{name}/{errand}")
    def do(name: str, errand: str, seat: Seat = manager) -> Response:
        if errand not in errands:
            raise Refusal(404)
        deed, said = errands[errand]
        done = deed(seat.member, name)
        if isinstance(done, Refused):
            return account_page(seat, name, Form().refuse("", done.sentence), 422)
        return seat.go(f"{_ADDRESS}/accounts/{name}" if name != seat.member.name else _ADDRESS, said.format(name))

    return router


def _shown(duties: Duties) -> dict[str, object]:
    return {
        "roles": sorted(duties.roles),
        "regions": sorted(duties.regions),
        "departments": "、".join(sorted(duties.departments)),
        "disabled": "on" if duties.disabled else "",
    }
