"""A code that was sent by phone, in what the citizen writes back."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

CODE_HINT = "〔验证码〕"
_CODE = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})(?!\d)")


@dataclass(frozen=True)
class CodeWritten:
    """`left`: what else was written."""

    digits: str
    left: str

    def __repr__(self) -> str:
        return "CodeWritten(…)"  # must not reach a log by way of a traceback


def code_in(text: str) -> CodeWritten | None:
    said = unicodedata.normalize("NFKC", text)
    found = _CODE.search(said)
    if found is None:
        return None
    return CodeWritten(found[1] + found[2], f"{said[: found.start()]}{CODE_HINT}{said[found.end() :]}")
