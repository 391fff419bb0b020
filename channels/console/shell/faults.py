"""What the console shows where a page is refused; whoever has to sign in again loses nothing that was typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from fastapi import Request, Response

from channels.console.shell.console import CSRF_FIELD, HOME, SIGN_IN, Console, own_path, way_in
from channels.refusals import Refusal

_TITLES: Mapping[int, str] = {404: "没有这个页面", 403: "这里不能办", 429: "请稍等一会儿", 500: "系统出了点问题"}
_OTHERWISE = "没有办成"
_WORDS: Mapping[str, str] = {
    "too_large": "发来的内容太大了：一张表格最多8 MB，一个表单最多512 KB。请分成几份再来。",
    "too_slow": "内容没有收全，请检查网络后再提交一次。",
    "method_not_allowed": "这个地址不能这样打开，请从菜单里进。",
    "internal_error": "刚才的操作可能没有做成。请回到刚才的页面看一下，再试一次；还不行，请告诉系统管理员。",
    "unavailable": "系统暂时读不出、存不下数据，刚才的操作没有做成，请过一分钟再试。",
}
"""Of what the usual words say to citizens, for staff."""


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
        # Who is in haste costs no look at the database, and where that is away it is not asked again.
        is_known = refusal.status < 500 and refusal.status != 429
        response = self._console.draw(
            request,
            "fault.html",
            member=self._console.staff.at_work(request) if is_known else None,
            status=refusal.status,
            title=_TITLES.get(refusal.status, _OTHERWISE),
            message=_WORDS.get(refusal.code, refusal.message),
            back=_came_from(request),
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


def _came_from(request: Request) -> str:
    """The page of ours from which this one was asked for; empty: none that would do better than the first page."""
    sent = urlsplit(request.headers.get("referer", ""))
    if sent.netloc != request.headers.get("host"):
        return ""
    is_itself = request.method in ("GET", "HEAD") and sent.path == request.url.path
    path = own_path(sent.path + (f"?{sent.query}" if sent.query else ""))
    return "" if is_itself or path == HOME else path
