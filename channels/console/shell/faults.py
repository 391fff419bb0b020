"""What the console shows where a page is refused; whoever has to sign in again loses nothing that was typed."""

from __future__ import annotations

import json

from fastapi import Request, Response

from channels.console.shell.console import CSRF_FIELD, HOME, SIGN_IN, Console, way_in
from channels.refusals import Refusal


class ConsoleFaults:
    def __init__(self, console: Console) -> None:
        self._console = console

    async def __call__(self, request: Request, refusal: Refusal) -> Response | None:
        """None: not a page of ours."""
        path = request.url.path
        if path != HOME and not path.startswith(f"{HOME}/"):
            return None
        if refusal.code == "not_signed_in":
            return await self._ask_to_sign_in(request)
        if refusal.code == "password_change_needed":
            return self._console.send_to(f"{HOME}/account", "请先把初始密码改成您自己的。")
        response = self._console.draw(
            request,
            "fault.html",
            member=self._console.staff.at_work(request) if refusal.status < 500 else None,
            status=refusal.status,
            refusal=refusal,
        )
        response.headers.update(refusal.headers)
        return response

    async def _ask_to_sign_in(self, request: Request) -> Response:
        if request.method in ("GET", "HEAD"):
            return self._console.send_to(way_in(request))
        if not self._console.is_own(request):
            return self._console.send_to(SIGN_IN)
        form = await request.form()
        kept = [[name, said] for name, said in form.multi_items() if isinstance(said, str) and name != CSRF_FIELD]
        return self._console.draw(
            request,
            "sign_in.html",
            status=401,
            next=request.url.path,
            kept=json.dumps(kept, ensure_ascii=False),
            name="",
            wrong="登录已经到时间了。重新登录后，刚才填写的内容还在。",
        )
