"""Plain, compatible and safe mode: from a request to the XML of the message, and the answer sealed as it came."""

from __future__ import annotations

import base64
import binascii
import secrets
import struct
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import InvalidAppIdException

from channels.wechat.protocol.envelope import Fields, unwrap
from channels.wechat.protocol.faults import Foreign, Malformed
from channels.wechat.protocol.signatures import is_fresh, is_signed, signature

_KEY_BYTES = 32
_NO_MESSAGE = (ValueError, TypeError, IndexError, OverflowError, struct.error, binascii.Error)
"""What wechatpy raises over what does not decrypt."""


@dataclass(frozen=True)
class Account:
    """The official account. `aes_keys`: as the console shows them, the present one first."""

    token: str = field(repr=False)
    app_id: str
    aes_keys: tuple[str, ...] = field(default=(), repr=False)
    only_sealed: bool = False
    """Safe mode: nobody who has overheard a signature puts a body of his own below it."""


@dataclass(frozen=True)
class Opened:
    """`seal`: writes the answer as the request was written. Plain in plain mode."""

    fields: Fields
    seal: Callable[[str], str]


def check_verification(account: Account, query: Mapping[str, str], now: float | None = None) -> None:
    """Raises Foreign."""
    timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    if not is_signed(query.get("signature", ""), account.token, timestamp, nonce) or not is_fresh(
        timestamp, time.time() if now is None else now
    ):
        raise Foreign


def open_request(account: Account, query: Mapping[str, str], body: bytes, now: float | None = None) -> Opened:
    """`now`: seconds since 1970, by WeChat's clock and no set one. Raises Foreign, Malformed."""
    is_sealed = account.aes_keys and ("msg_signature" in query or query.get("encrypt_type") == "aes")
    if not is_sealed or "signature" in query:
        check_verification(account, query, now)
    if not is_sealed and account.only_sealed:
        raise Foreign
    if not is_sealed:
        return Opened(_plain(unwrap(body)), lambda answer: answer)
    timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    if not is_fresh(timestamp, time.time() if now is None else now):
        raise Foreign
    sealed = unwrap(body).get("Encrypt")
    if not isinstance(sealed, str):
        raise Malformed
    if not is_signed(query.get("msg_signature", ""), account.token, timestamp, nonce, sealed):
        raise Foreign
    xml, key = _decrypted(account, sealed)
    return Opened(_plain(unwrap(xml.encode(errors="surrogatepass"))), lambda answer: _sealed(account, key, answer))


def _plain(fields: Fields) -> Fields:
    """In compatible mode what is sealed stands beside it."""
    if "MsgType" not in fields:
        raise Malformed
    return fields


def _decrypted(account: Account, sealed: str) -> tuple[str, bytes]:
    """With the key that it was sealed with: WeChat changes over to a new one in its own time."""
    is_foreign = False
    for key in _keys(account.aes_keys):
        try:
            return PrpCrypto(key).decrypt(sealed, account.app_id), key
        except InvalidAppIdException:
            is_foreign = True
        except _NO_MESSAGE:
            continue
    raise Foreign if is_foreign else Malformed


def _keys(written: Sequence[str]) -> Iterator[bytes]:
    """The last of the 43 characters may have bits to spare that are set."""
    for each in written:
        key = base64.b64decode(f"{each}=")
        if len(key) == _KEY_BYTES:
            yield key


def _sealed(account: Account, key: bytes, answer: str) -> str:
    sealed = PrpCrypto(key).encrypt(answer, account.app_id).decode()
    timestamp, nonce = str(int(time.time())), secrets.token_hex(8)
    signed = signature(account.token, timestamp, nonce, sealed)
    return (
        f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt><MsgSignature><![CDATA[{signed}]]></MsgSignature>"
        f"<TimeStamp>{timestamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
    )
