"""Personal numbers are masked before anything is stored, sent on or logged (docs/adr/0017)."""

from __future__ import annotations

from service_hall.hearing.who.personal.finding import find_personal
from service_hall.hearing.who.personal.found import Found


def mask_personal_numbers(text: str, any_of: int = 0) -> str:
    """Each replaced by a hint; all else stays as it was written. `any_of`: every other number of so many digits is
    masked too, where somebody is asked for the own."""
    return _replaced(text, [(found, found.hint) for found in find_personal(text, any_of)])


def write_numbers_plainly(text: str, any_of: int) -> str:
    """一三八…, 1️⃣3️⃣8️⃣, 0086-138·0013/8000: each that masking would take, in plain digits for whoever reads them."""
    return _replaced(text, [(found, found.said) for found in find_personal(text, any_of) if found.said])


def _replaced(text: str, parts: list[tuple[Found, str]]) -> str:
    pieces, done = [], 0
    for found, written in parts:
        pieces += [text[done : found.start], written]
        done = found.end
    return "".join((*pieces, text[done:]))
