"""Personal numbers are masked before anything is stored or logged."""

from __future__ import annotations

import re

# Full-width digits and spaced or dashed groups are how people paste numbers from cards and papers.
_DIGITS = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")
_SPACE = r"[ \t\u00a0\u3000]?"
_GAP = r"[\s\u00a0\u3000\-–—.·_]{0,2}"
# A letter beside a number hides nobody: sfz1101…, tel138…. Only more digits make it another number.
_ALONE, _ENDED = r"(?<![0-9])", r"(?![0-9])"
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"

_IDENTITY = re.compile(
    _ALONE
    + r"[1-9]\d{5}"
    + _GAP
    + r"(?:18|19|20)\d{2}"
    + _GAP
    + r"(?:0[1-9]|1[0-2])"
    + _GAP
    + r"\d{2}"
    + _GAP
    + r"\d{3}[\dXx]"
    + _ENDED
)
_SPACED_IDENTITY = re.compile(_ALONE + r"[1-9]" + (_SPACE + r"\d") * 16 + _SPACE + r"[\dXx]" + _ENDED)
_OLD_IDENTITY = re.compile(_ALONE + r"[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}" + _ENDED)
_MOBILE = re.compile(
    _ALONE
    + rf"(?:\+?86{_SPACE}-?|0)?(1[3-9]\d)"
    + r"(?:[ \t\u00a0\u3000\-]?\d{4}[ \t\u00a0\u3000\-]?|[ \t\u00a0\u3000\-]\d{3}[ \t\u00a0\u3000\-]?\d)(\d{4})"
    + _ENDED
)
# Hyphens only between fours: 2026-01-01 2026-12-31 has sixteen digits too.
_CARD = re.compile(
    _ALONE + rf"(?:(?:\d{_SPACE}){{15,18}}\d|\d{{4}}(?:-\d{{4}}){{3}}(?:-\d{{1,3}})?|\d{{16,}})" + _NO_LETTER_AFTER
)
_PASSPORT = re.compile(
    _NO_LETTER_BEFORE + r"(?:[EeGg]\d{8}|[EeDdSsPp][A-Za-z]\d{7}|[CcHhMm]\d{8,10})" + _NO_LETTER_AFTER
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")


def mask_personal_numbers(text: str) -> str:
    """Identity, mobile, bank card and travel document numbers and mail addresses, replaced by a hint."""
    plain = text.translate(_DIGITS) if not text.isascii() else text
    plain = _IDENTITY.sub("〔身份证号〕", plain)
    plain = _SPACED_IDENTITY.sub("〔身份证号〕", plain)
    plain = _MOBILE.sub(lambda found: f"{found[1]}****{found[2]}", plain)
    plain = _CARD.sub("〔卡号〕", plain)
    plain = _OLD_IDENTITY.sub("〔身份证号〕", plain)
    plain = _PASSPORT.sub("〔证件号〕", plain)
    return _EMAIL.sub("〔邮箱〕", plain)
