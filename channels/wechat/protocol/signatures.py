"""Whether a request is WeChat's own: only WeChat and the account know the token."""

from __future__ import annotations

import hmac

from wechatpy.utils import WeChatSigner

FRESH_SECONDS = 300
"""WeChat hands a message in again within a quarter of a minute; the rest is for clocks that differ."""


def signature(token: str, *signed: str) -> str:
    """SHA-1 over all of them, sorted."""
    signer = WeChatSigner()
    signer.add_data(token, *signed)
    made: str = signer.signature
    return made


def is_signed(shown: str, token: str, *signed: str) -> bool:
    """In constant time: nobody finds a signature letter by letter."""
    return hmac.compare_digest(signature(token, *signed).encode(), shown.encode(errors="replace"))


def is_fresh(timestamp: str, now: float) -> bool:
    """`timestamp` and `now`: seconds since 1970."""
    return (
        timestamp.isascii()
        and timestamp.isdigit()
        and len(timestamp) < 12
        and abs(now - int(timestamp)) <= FRESH_SECONDS
    )
