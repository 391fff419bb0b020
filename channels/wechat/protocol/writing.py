"""The answer that goes back with the request: one `<xml>`, or the word that says that none is due."""

from __future__ import annotations

from wechatpy.replies import TextReply

from channels.wechat.protocol.envelope import allowed
from channels.wechat.protocol.reading import Incoming

SUCCESS = "success"
"""Whatever else is no answer, even nothing in other words, shows the citizen that the account is broken."""


def write(text: str, to: Incoming, at: int) -> str:
    """`at`: seconds since 1970."""
    # wechatpy puts it between `<![CDATA[` and `]]>` as it is.
    safe = allowed(text).replace("]]>", "]]]]><![CDATA[>")
    written: str = TextReply(source=to.account, target=to.openid, time=at, content=safe).render()
    return written
