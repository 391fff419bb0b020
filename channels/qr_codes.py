"""QR codes as pictures: of a booking, which the kiosk's scanner reads, and of whatever else a telephone scans."""

from __future__ import annotations

import io
from typing import Literal

import segno

from service_hall.visits.visit import Code

MARK = "WENBAN:"
"""Tells the scanner that the code is ours."""
_SCALE, _BORDER = 8, 4


def qr_code(code: Code, kind: Literal["svg", "png"]) -> bytes:
    """Read as `WENBAN:<code>`."""
    return qr_of(MARK + code, kind)


def qr_of(text: str, kind: Literal["svg", "png"]) -> bytes:
    """SVG is scalable."""
    drawn, code_of = io.BytesIO(), segno.make_qr(text, error="m")
    if kind == "svg":
        code_of.save(drawn, kind="svg", scale=_SCALE, border=_BORDER, xmldecl=True, light="#fff")
    else:
        code_of.save(drawn, kind="png", scale=_SCALE, border=_BORDER)
    return drawn.getvalue()
