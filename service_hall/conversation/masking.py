"""Personal numbers are masked before anything is stored or logged."""

from __future__ import annotations

import re

# Full-width digits and spaced or dashed groups are how people paste numbers from cards and papers.
_DIGITS = str.maketrans("０１２３４５６７８９Ｘ", "0123456789X")
_GAP = r"[ \-]?"
_NOT_BEFORE, _NOT_AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"

_IDENTITY = re.compile(
    _NOT_BEFORE + r"[1-9]\d{5}" + _GAP + r"(?:18|19|20)\d{2}" + _GAP + r"(?:0[1-9]|1[0-2])\d{2}" + _GAP + r"\d{3}[\dXx]" + _NOT_AFTER
)
_OLD_IDENTITY = re.compile(_NOT_BEFORE + r"[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}" + _NOT_AFTER)
_MOBILE = re.compile(_NOT_BEFORE + r"(?:\+?86" + _GAP + r")?(1[3-9]\d)" + _GAP + r"\d{4}" + _GAP + r"(\d{4})" + _NOT_AFTER)
_CARD = re.compile(_NOT_BEFORE + r"(?:\d" + _GAP + r"){15,18}\d" + _NOT_AFTER)
_PASSPORT = re.compile(_NOT_BEFORE + r"(?:[EeGg]\d{8}|[EeDdSsPp][A-Za-z]\d{7}|[CcHhMm]\d{8,10})" + _NOT_AFTER)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")


def mask_personal_numbers(text: str) -> str:
    """Identity, mobile, bank card and travel document numbers and mail addresses, replaced by a hint."""
    plain = text.translate(_DIGITS) if not text.isascii() else text
    plain = _IDENTITY.sub("〔身份证号〕", plain)
    plain = _MOBILE.sub(lambda found: f"{found[1]}****{found[2]}", plain)
    plain = _CARD.sub("〔卡号〕", plain)
    plain = _OLD_IDENTITY.sub("〔身份证号〕", plain)
    plain = _PASSPORT.sub("〔证件号〕", plain)
    return _EMAIL.sub("〔邮箱〕", plain)
