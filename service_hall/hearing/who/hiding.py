"""A name taken out of a text, as masking takes out numbers."""

from __future__ import annotations

import re

NAME_HINT = "〔姓名〕"


def without_name(name: str, said: str) -> str:
    """Where it stands in no form that is known, all of it may be the name."""
    if not name:
        return said
    hidden = hiding_name(name, said)
    return hidden if hidden != said else NAME_HINT


def hiding_name(name: str, said: str) -> str:
    """It may have been written with blanks or another dot."""
    loosely = r"\s*".join("[·•・‧∙●.]" if letter == "·" else re.escape(letter) for letter in name if letter != " ")
    return re.sub(loosely, NAME_HINT, said)
