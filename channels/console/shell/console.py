"""The console: takes who comes in to her seat, and draws its pages (docs/tasks/add-a-console-page.md)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from itsdangerous import BadData
from starlette.datastructures import FormData

from channels.console.shell.forms import has_controls
from channels.console.shell.navigation import open_to
from channels.console.shell.reasons import reason_in_words
from channels.console.staff import StaffDesk, check_may, signer_for
from channels.own_page import is_same_origin
from channels.page_files import PageFolder, security_headers
from channels.refusals import Refusal
from service_hall.shared.clock import Clock
from service_hall.staff.audit import Audit, Entry
from service_hall.staff.member import ANYWHERE, Member, Place, may
from service_hall.staff.roles import Action

HOME = "/console"
SIGN_IN = "/console/sign-in"
CSRF_FIELD = "csrf"
_SAID = "wenban_said"
_SAID_SECONDS = 60
_TEMPLATES = Path(__file__).parents[1] / "templates"
_HEADERS = {
    **security_headers(),
    # With no referrer at all browsers hide from where a form was sent, too.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Console:
    def __init__(
        self,
        staff: StaffDesk,
        audit: Audit,
        clock: Clock,
        secret_key: str,
        *,
        origin: str = "",
        secure_cookies: bool = False,
    ) -> None:
        """`origin`: under which the outside reaches the service, where a proxy changes the name of the host."""
        self.staff, self.audit, self.clock = staff, audit, clock
        self._pages = PageFolder(_TEMPLATES)
        self._csrf, self._said = signer_for(secret_key, "wenban.console.form"), signer_for(secret_key, _SAID)
        self._origin, self._secure = origin, secure_cookies

    def seat(self, action: Action) -> Callable[[Request], Awaitable[Seat]]:
        """For `Depends`: who sits at the page, and may do this; what was sent came from a form of hers. Refuses (401,
        403) everybody else. Where it is done is checked by `Seat.check`, once the route knows."""

        async def sit(request: Request) -> Seat:
            member = self.staff.at_work(request)
            if member is None:
                raise Refusal(401, "not_signed_in", "请先登录。")
            form = FormData()
            if request.method not in ("GET", "HEAD"):
                form = await request.form()
                if not (self.is_own(request) and self._is_her_form(request, form)):
                    raise Refusal(403, "foreign_form", "这个表单已经过期，请回到上一页刷新后再提交。")
            check_may(member, action)
            asked = (request.url.path, *(part for pair in request.query_params.multi_items() for part in pair))
            if any(has_controls(unquote(part)) for part in asked):
                raise Refusal(422, "control_characters", "网址里有看不见的控制字符，请从列表里选，或者重新输入。")
            return Seat(self, request, member, form)

        return sit

    def is_own(self, request: Request) -> bool:
        """Sent by a page of ours."""
        return is_same_origin(request, self._origin)

    def draw(
        self, request: Request, template: str, *, member: Member | None = None, status: int = 200, **values: Any
    ) -> Response:
        """`template`: below templates/console, with what every page knows beside `values`."""
        said = self._said_before(request)
        page = self._pages.render(
            f"console/{template}",
            {
                "member": member,
                "corridors": list(open_to(member)) if member else [],
                "path": request.url.path,
                "said": said,
                "csrf": self.csrf(request),
                "why": reason_in_words,
                **values,
            },
        )
        response = HTMLResponse(page, status, _HEADERS)
        if said:
            response.delete_cookie(_SAID, path=HOME)
        return response

    def send_to(self, path: str, said: str = "") -> Response:
        """`said`: what was done, shown once on the page that comes next."""
        response = RedirectResponse(path, 303, {"Cache-Control": "no-store"})
        if said:
            response.set_cookie(
                _SAID,
                self._said.dumps(said),
                max_age=_SAID_SECONDS,
                httponly=True,
                samesite="strict",
                secure=self._secure,
                path=HOME,
            )
        return response

    def csrf(self, request: Request) -> str:
        """Good as long as the session, in all tabs; empty: there is none."""
        shown = self.staff.shown(request)
        return self.csrf_of(*shown) if shown else ""

    def csrf_of(self, name: str, mark: str) -> str:
        return str(self._csrf.dumps([name, mark]))

    def _is_her_form(self, request: Request, form: FormData) -> bool:
        try:
            said: object = self._csrf.loads(str(form.get(CSRF_FIELD, "")))
            return said == list(self.staff.shown(request) or ())
        except BadData:
            return False

    def _said_before(self, request: Request) -> str:
        try:
            return str(self._said.loads(request.cookies.get(_SAID, ""), max_age=_SAID_SECONDS))
        except BadData:
            return ""


@dataclass(frozen=True)
class Seat:
    """Who sits at a page, and what she sent with it."""

    console: Console
    request: Request
    member: Member
    form: FormData

    def show(self, template: str, *, status: int = 200, **values: Any) -> Response:
        return self.console.draw(self.request, template, member=self.member, status=status, **values)

    def go(self, path: str, said: str = "") -> Response:
        return self.console.send_to(path, said)

    def may(self, action: Action, place: Place = ANYWHERE) -> bool:
        return may(self.member, action, place)

    def check(self, action: Action, place: Place) -> None:
        """Refuses (403) whoever may not do it there."""
        check_may(self.member, action, place)

    def entry(self, what: str, kind: str, thing: str, **told: Mapping[str, Any]) -> Entry:
        """`before` and `after`: as `Entry` has them."""
        return Entry(self.member.name, what, kind, thing, self.console.clock(), **told)


def way_in(request: Request) -> str:
    """Where to sign in, to come back to this page."""
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"{SIGN_IN}?next={quote(wanted, safe='/')}" if wanted != HOME else SIGN_IN


def own_path(wanted: str) -> str:
    """A page of the console; whatever else was asked for, the first one."""
    is_page = wanted == HOME or wanted.startswith((f"{HOME}/", f"{HOME}?"))
    leads_out = "\\" in wanted or ".." in wanted or "//" in wanted  # browsers resolve /console/..//elsewhere
    return wanted if is_page and wanted.isprintable() and wanted.isascii() and not leads_out else HOME
