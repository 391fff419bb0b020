"""`/wechat/enter`: a page of ours opened from WeChat, by OAuth2. Whoever opens it is known on the page as on WeChat.

WeChat sends the browser back with a code, which is good once, and with the state that this browser took along: nobody
can send somebody else's browser back with a code of his own.
"""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from itsdangerous import BadSignature, TimestampSigner

from channels.page_files import PageFolder
from channels.visitors import VisitorDesk
from channels.wechat.api import Decision, Refused, WeChatApi
from channels.wechat.people import People
from service_hall.hall import Hall

AUTHORIZE = "https://open.weixin.qq.com/connect/oauth2/authorize"
ENTER, BACK = "/wechat/enter", "/wechat/enter/back"
STATE_SECONDS = 600
_COOKIE = "wenban_enter_"
_STATE_IN_NAME = 8
"""Characters: two pages that are opened at once do not take each other's state."""
_MOST_TARGET = 500
_HOTLINE = "12345"
SNAPSHOT = ("还差一步", "您看到的是微信的快照页面，还不能预约。请点右下角的“使用完整服务”，再办要办的事。")
LOST = ("请重新打开", "这个页面打开得太久，或者不是从您的微信打开的。请回到公众号，再点一次。")
AWAY = ("请稍后再试", "微信现在没有回应。请过一会儿回到公众号，再点一次。")


def entry_url(public_url: str, to: str) -> str:
    """For whatever a citizen taps in WeChat. `to`: a path of ours."""
    return f"{public_url.rstrip('/')}{ENTER}?to={quote(to, safe='/')}"


def make_entry_router(
    app_id: str,
    public_url: str,
    secret_key: str,
    secure_cookies: bool,
    api: WeChatApi,
    people: People,
    desk: VisitorDesk,
    hall: Hall,
) -> APIRouter:
    router = APIRouter(tags=["wechat"])
    signer = TimestampSigner(secret_key, salt="wenban.wechat.enter")
    pages = PageFolder(Path(__file__).parents[1] / "templates")

    def tell(request: Request, words: tuple[str, str], status_code: int) -> Response:
        library, (title, sentence) = hall.library(), words
        hotline = library.regions[library.home].hotline or _HOTLINE
        values: dict[str, Any] = {"title": title, "sentence": sentence, "hotline": hotline}
        response = pages.show(request, "told.html", status_code=status_code, **values)
        response.headers["Cache-Control"] = "no-store"
        return response

    @router.get(ENTER, response_class=HTMLResponse)
    async def enter(request: Request, to: str = "/") -> Response:
        target = _target(to)
        if "MicroMessenger" not in request.headers.get("user-agent", ""):
            return RedirectResponse(target, 302)  # a card that was passed on, opened elsewhere
        state = secrets.token_hex(16)
        asked = {
            "appid": app_id,
            "redirect_uri": f"{public_url.rstrip('/')}{BACK}",
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
        # WeChat wants them in this order, and the mark at the end.
        response = RedirectResponse(f"{AUTHORIZE}?{urlencode(asked)}#wechat_redirect", 302)
        response.headers["Cache-Control"] = "no-store"
        response.set_cookie(
            _cookie(state),
            signer.sign(f"{state} {target}").decode(),
            max_age=STATE_SECONDS,
            path=BACK,
            httponly=True,
            samesite="lax",  # WeChat sends the browser back, not a page of ours
            secure=secure_cookies,
        )
        return response

    @router.get(BACK, response_class=HTMLResponse, responses={403: {"description": "not by way of this browser"}})
    async def back(request: Request, code: str = "", state: str = "") -> Response:
        target = _read(signer, request.cookies.get(_cookie(state), ""), state)
        if not code or target is None:
            return tell(request, LOST, 403)
        try:
            person = await api.person_of(code)
        except Refused as refused:
            response = tell(request, *((LOST, 403) if refused.decision is Decision.GIVE_UP else (AWAY, 503)))
        else:
            if person.is_snapshot:
                response = tell(request, SNAPSHOT, 200)
            else:
                visitor_id = await to_thread.run_sync(people.visitor_of, person.openid, hall.now())
                response = RedirectResponse(target, 302)
                response.headers["Cache-Control"] = "no-store"
                desk.give_cookie(response.headers, desk.welcome(visitor_id))
        response.delete_cookie(_cookie(state), path=BACK, httponly=True, samesite="lax", secure=secure_cookies)
        return response

    return router


def _target(to: str) -> str:
    """A path of ours; `/` for anything else: nobody is led away from here."""
    is_path = to.startswith("/") and not to.startswith(("//", ENTER)) and to.isprintable() and "\\" not in to
    return to if is_path and len(to) <= _MOST_TARGET and to.isascii() else "/"


def _cookie(state: str) -> str:
    named = state[:_STATE_IN_NAME]
    return f"{_COOKIE}{named if named.isalnum() and named.isascii() else ''}"


def _read(signer: TimestampSigner, kept: str, state: str) -> str | None:
    """Where the browser wanted to go; None for a state that is not this browser's own, or too old."""
    try:
        own, _, target = signer.unsign(kept, max_age=STATE_SECONDS).decode().partition(" ")
    except BadSignature:
        return None
    return target if state and hmac.compare_digest(own.encode(), state.encode()) else None
