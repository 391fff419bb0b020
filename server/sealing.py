"""Personal data sealed at rest; the contract is `service_hall.shared.safe`."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from service_hall.shared.safe import SealBroken

_VERSION = b"\x01"
"""AES-256-GCM with a random nonce: version, nonce, then what is sealed with its tag, as URL-safe base64."""
_NONCE_BYTES = 12
_FINGERPRINT_DIGITS = 32


class AesSafe:
    """`previous`: secrets that were in use before. What they sealed still opens; what is sealed now is sealed with
    `secret_key`, and so are fingerprints: under a new secret the same text has another one."""

    def __init__(self, secret_key: str, previous: Sequence[str] = ()) -> None:
        if not all((secret_key, *previous)):
            raise ValueError("a secret is empty")
        self._ciphers = [AESGCM(_derived(secret, b"wenban seal")) for secret in (secret_key, *previous)]
        self._fingerprint_key = _derived(secret_key, b"wenban fingerprint")

    def seal(self, text: str, bound_to: str) -> str:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        closed = self._ciphers[0].encrypt(nonce, text.encode(), bound_to.encode())
        return _written(_VERSION + nonce + closed)

    def open(self, sealed: str, bound_to: str) -> str:
        nonce, closed = _parts(sealed)
        for cipher in self._ciphers:
            try:
                return cipher.decrypt(nonce, closed, bound_to.encode()).decode()
            except InvalidTag:
                continue
        raise SealBroken("does not open")

    def fingerprint(self, text: str) -> str:
        return hmac.new(self._fingerprint_key, text.encode(), hashlib.sha256).hexdigest()[:_FINGERPRINT_DIGITS]


def _derived(secret: str, use: bytes) -> bytes:
    return HKDF(hashes.SHA256(), length=32, salt=None, info=use).derive(secret.encode())


def _parts(sealed: str) -> tuple[bytes, bytes]:
    """Nonce, and what it closes."""
    try:
        kept = base64.b64decode(sealed, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise SealBroken("is not sealed") from None
    # One way to write it alone: what differs in a letter is not the same.
    if _written(kept) != sealed or kept[:1] != _VERSION or len(kept) <= 1 + _NONCE_BYTES:
        raise SealBroken("is not sealed")
    return kept[1 : 1 + _NONCE_BYTES], kept[1 + _NONCE_BYTES :]


def _written(kept: bytes) -> str:
    return base64.urlsafe_b64encode(kept).decode()
