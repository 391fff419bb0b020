"""The form in which texts are compared, in both environments: runs on Python 3.10, with the standard library alone."""

from __future__ import annotations

import re
import unicodedata

RUN = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
_IS_PLAIN = re.compile(r"[a-z0-9\u3400-\u9fff]*").fullmatch


def plain(text: str) -> str:
    """Letters, digits and Han characters only, narrow and lower-case."""
    if _IS_PLAIN(text):
        return text  # most of what is asked is looked at many times in this form
    return "".join(RUN.findall(unicodedata.normalize("NFKC", text).lower()))
