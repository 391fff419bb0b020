"""Every rule that may decide has words for staff."""

from __future__ import annotations

import re

from channels.console.shell.reasons import reason_in_words, reasons
from tests.reasons import KNOWN


def test_every_reason_is_said_in_chinese() -> None:
    assert set(reasons()) == KNOWN
    for name, words in reasons().items():
        assert re.search(r"[\u4e00-\u9fff]", words) and len(words) <= 16, name


def test_who_took_it_is_left_out_and_what_is_unknown_keeps_its_name() -> None:
    assert reason_in_words("open_walk_hears:booking.when") == "办理中的回答"
    assert reason_in_words("rule_of_last_year") == "rule_of_last_year" and reason_in_words("") == ""
