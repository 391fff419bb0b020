"""The form in which texts are compared, in both environments: runs on Python 3.10, with the standard library alone."""

from __future__ import annotations

import re
import unicodedata

RUN = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")


def plain(text: str) -> str:
    """Letters, digits and Han characters only, narrow and lower-case."""
    return "".join(RUN.findall(unicodedata.normalize("NFKC", text).lower()))
