"""Citizen-facing wording, kept out of the code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.codes import ChannelKind
from knowledge_base.model import Aspect
from knowledge_base.offices import OpeningHours

_FOLDER = Path(__file__).parent
_WEEKDAYS = "一二三四五六日"

_replies: dict[str, Any] = yaml.safe_load((_FOLDER / "replies.yml").read_text("utf-8"))


def say(name: str, /, **filled: str) -> str:
    return str(_replies[name]).format(**filled)


def hall_part(name: str, /, **filled: str) -> str:
    """A part of a sentence about the hall."""
    return str(_replies["hall"][name]).format(**filled)


def aspect_label(aspect: Aspect) -> str:
    return str(_replies["labels"][aspect])


def button_label(name: str) -> str:
    return str(_replies["buttons"][name])


def channel_label(through: ChannelKind) -> str:
    return str(_replies["channels"][through])


def hours_in_words(opening: Sequence[OpeningHours]) -> str:
    """周一至周五 09:00—12:00、13:30—17:00."""
    by_days: dict[tuple[int, ...], list[str]] = {}
    for each in opening:
        by_days.setdefault(each.days, []).append(
            f"{each.opens}—{each.closes}" + (f"（{each.note}）" if each.note else "")
        )
    return "；".join(f"{_days(days)} {'、'.join(times)}" for days, times in by_days.items())


def weekday_in_words(weekday: int) -> str:
    """`weekday`: ISO, 1 = Monday."""
    return f"周{_WEEKDAYS[weekday - 1]}"


def _days(days: tuple[int, ...]) -> str:
    first, last = days[0], days[-1]
    if len(days) > 2 and days == tuple(range(first, last + 1)):
        return f"{weekday_in_words(first)}至{weekday_in_words(last)}"
    return "、".join(map(weekday_in_words, days))
