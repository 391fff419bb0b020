"""The code of a booking as a picture, which the kiosk's scanner reads."""

from __future__ import annotations

import io
from typing import Literal

import segno

from service_hall.visits.visit import Code

MARK = "WENBAN:"
"""Tells the scanner that the code is ours."""
_SCALE, _BORDER = 8, 4


def qr_code(code: Code, kind: Literal["svg", "png"]) -> bytes:
    """Read as `WENBAN:<code>`. SVG is scalable."""
    drawn, code_of = io.BytesIO(), segno.make_qr(MARK + code, error="m")
    if kind == "svg":
        code_of.save(drawn, kind="svg", scale=_SCALE, border=_BORDER, xmldecl=True, light="#fff")
    else:
        code_of.save(drawn, kind="png", scale=_SCALE, border=_BORDER)
    return drawn.getvalue()
