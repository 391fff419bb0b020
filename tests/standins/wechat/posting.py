"""What WeChat posts to us: messages and events as XML, signed, in plain, safe or compatible mode."""

from __future__ import annotations

import base64
import hashlib
import struct
from dataclasses import dataclass, field
from html import escape
from os import urandom

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tests.standins.wechat.account import AES_KEY, APP_ID, TOKEN

ACCOUNT = "gh_of_the_tests"
Fields = dict[str, str | int | float]
_BLOCK = 32


@dataclass(frozen=True)
class Post:
    """To `/wechat`."""

    query: dict[str, str]
    body: bytes
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/xml"})


def signature(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def xml(openid: str, kind: str, at: int, **fields: str | int | float) -> str:
    """As WeChat writes it: text in CDATA, numbers bare."""
    told: Fields = {"ToUserName": ACCOUNT, "FromUserName": openid, "CreateTime": at, "MsgType": kind, **fields}
    return f"<xml>{''.join(_element(name, value) for name, value in told.items())}</xml>"


def text(openid: str, said: str, msg_id: int, at: int, **more: str | int | float) -> str:
    return xml(openid, "text", at, Content=said, MsgId=msg_id, **more)


def event(openid: str, name: str, at: int, key: str | None = None, **more: str | int | float) -> str:
    keyed: Fields = {} if key is None else {"EventKey": key}
    return xml(openid, "event", at, Event=name, **keyed, **more)


def plain(message: str, at: int, token: str = TOKEN, nonce: str = "nonce") -> Post:
    query = {"signature": signature(token, str(at), nonce), "timestamp": str(at), "nonce": nonce}
    return Post(query, message.encode())


def safe(
    message: str,
    at: int,
    key: str = AES_KEY,
    token: str = TOKEN,
    app_id: str = APP_ID,
    nonce: str = "nonce",
    compatible: bool = False,
) -> Post:
    """`compatible`: the plain form beside the encrypted one."""
    closed = encrypt(message, key, app_id)
    query = {
        **plain("", at, token, nonce).query,
        "encrypt_type": "aes",
        "msg_signature": signature(token, str(at), nonce, closed),
    }
    beside = message.removeprefix("<xml>").removesuffix("</xml>") if compatible else _element("ToUserName", ACCOUNT)
    return Post(query, f"<xml>{beside}{_element('Encrypt', closed)}</xml>".encode())


def encrypt(message: str, key: str = AES_KEY, app_id: str = APP_ID) -> str:
    written = message.encode()
    framed = urandom(16) + struct.pack(">I", len(written)) + written + app_id.encode()
    left = _BLOCK - len(framed) % _BLOCK
    secret = base64.b64decode(key + "=")
    closing = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).encryptor()
    return base64.b64encode(closing.update(framed + bytes([left]) * left) + closing.finalize()).decode()


def decrypt(closed: str, key: str = AES_KEY) -> tuple[str, str]:
    """The message, and the AppID that it is for."""
    secret = base64.b64decode(key + "=")
    opening = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).decryptor()
    framed = opening.update(base64.b64decode(closed)) + opening.finalize()
    framed = framed[16 : -framed[-1]]
    [length] = struct.unpack(">I", framed[:4])
    return framed[4 : 4 + length].decode(), framed[4 + length :].decode()


def _element(name: str, value: str | float) -> str:
    if isinstance(value, str):
        return f"<{name}><![CDATA[{value}]]></{name}>" if "]]>" not in value else f"<{name}>{escape(value)}</{name}>"
    return f"<{name}>{value}</{name}>"
