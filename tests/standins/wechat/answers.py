"""What WeChat answers when nothing goes wrong, and what it refuses by its own rules."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Mapping
from typing import Any

from tests.standins.wechat.account import APP_ID, SECRET

Answer = dict[str, Any]
TOKEN_SECONDS = 7200
_MOST_TEXT_BYTES = 2048


class Answers:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._token = self._next_token()
        self.codes: dict[str, Answer] = {}
        """OAuth2 code → who comes back with it; good once."""
        self.last_media = ""
        self.is_certified = True
        """Without it neither menus to tap nor customer-service messages are allowed."""

    def person(self, code: str, openid: str, is_snapshot: bool = False) -> None:
        self.codes[code] = {"openid": openid, "scope": "snsapi_base", **({"is_snapshotuser": 1} if is_snapshot else {})}

    def expire_token(self) -> None:
        """As when somebody else has asked for another one by force: what was given is refused from now on."""
        self._token = self._next_token()

    def answer(self, path: str, query: Mapping[str, str], body: Mapping[str, Any]) -> Answer:
        with self._lock:
            if path == "/cgi-bin/stable_token":
                return self._stable_token(body)
            if path == "/cgi-bin/token":
                return self._stable_token({**query, "force_refresh": True})
            if path == "/sns/oauth2/access_token":
                return self._oauth(query)
            if "access_token" not in query:
                return refusal(41001)
            return refusal(40001) if query["access_token"] != self._token else self._done(path, body)

    def _stable_token(self, body: Mapping[str, Any]) -> Answer:
        if body.get("appid") != APP_ID:
            return refusal(40013)
        if body.get("secret") != SECRET:
            return refusal(40125)
        if body.get("force_refresh"):
            self._token = self._next_token()
        return {"access_token": self._token, "expires_in": TOKEN_SECONDS}

    def _oauth(self, query: Mapping[str, str]) -> Answer:
        if (query.get("appid"), query.get("secret")) != (APP_ID, SECRET):
            return refusal(40125)
        return self.codes.pop(query.get("code", ""), None) or refusal(40029)

    def _done(self, path: str, body: Mapping[str, Any]) -> Answer:
        done = {"errcode": 0, "errmsg": "ok"}
        match path:
            case "/cgi-bin/message/custom/send":
                return done if not (code := self._fault_of(body)) else refusal(code)
            case "/cgi-bin/media/upload":
                self.last_media = f"media-{next(self._numbers)}"
                return {"type": "image", "media_id": self.last_media, "created_at": 1}
            case "/cgi-bin/qrcode/create":
                number = next(self._numbers)
                return {"ticket": f"ticket-{number}", "url": f"http://weixin.qq.com/q/{number}"}
            case "/cgi-bin/message/template/send":
                return {**done, "msgid": next(self._numbers)}
            case "/cgi-bin/message/custom/typing" | "/cgi-bin/message/subscribe/bizsend" | "/cgi-bin/menu/create":
                return done
        return refusal(40066)

    def _fault_of(self, message: Mapping[str, Any]) -> int:
        if not self.is_certified:
            return 40200 if message["msgtype"] == "msgmenu" else 48001
        if message["msgtype"] == "text":
            content = message["text"]["content"]
            return 44004 if not content else 45002 if len(content.encode()) > _MOST_TEXT_BYTES else 0
        return 0

    def _next_token(self) -> str:
        return f"access-token-{next(self._numbers)}"


def refusal(code: int) -> Answer:
    return {"errcode": code, "errmsg": "refused by the stand-in"}
