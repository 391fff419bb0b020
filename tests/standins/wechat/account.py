"""The official account of the tests. Nobody's: WeChat knows none of it."""

from __future__ import annotations

from typing import Any

APP_ID = "wx0123456789abcdef"
SECRET = "secret-of-the-tests-0123456789abc"
TOKEN = "token-of-the-tests"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
OTHER_AES_KEY = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg"


def settings_of(api: str) -> dict[str, Any]:
    """By the names of `Settings`; `api`: where the stand-in listens."""
    return {
        "wechat_token": TOKEN,
        "wechat_app_id": APP_ID,
        "wechat_secret": SECRET,
        "wechat_aes_key": AES_KEY,
        "wechat_api": api,
    }
