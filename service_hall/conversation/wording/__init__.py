"""Citizen-facing wording, kept out of the code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from knowledge_base.codes import ChannelKind
from knowledge_base.model import (
    Aspect,
    Duration,
    Fee,
    Material,
    Office,
    OpeningHours,
    ServiceGuide,
    Source,
)

_FOLDER = Path(__file__).parent
_CHANNELS = {
    ChannelKind.COUNTER: "窗口",
    ChannelKind.COMPUTER: "电脑",
    ChannelKind.MOBILE: "手机",
    ChannelKind.POST: "邮寄",
    ChannelKind.KIOSK: "自助机",
    ChannelKind.PHONE: "电话",
}
_WEEKDAYS = "一二三四五六日"

_replies: dict[str, Any] = yaml.safe_load((_FOLDER / "replies.yml").read_text("utf-8"))


def say(name: str, **filled: str) -> str:
    return str(_replies[name]).format(**filled)


def hall_part(name: str, **filled: str) -> str:
    """A part of a sentence about the hall."""
    return str(_replies["hall"][name]).format(**filled)


def aspect_label(aspect: Aspect) -> str:
    return str(_replies["labels"][aspect])


def statement_label(kind: str) -> str:
    """Of a statement that has no name of its own; `kind`: its class in the guide's model."""
    return str(_replies["statements"].get(kind, _replies["statements"]["other"]))


def button_label(name: str) -> str:
    return str(_replies["buttons"][name])


def describe(aspect: Aspect, guide: ServiceGuide, offices: Sequence[Office]) -> str:
    """What the guide says of that aspect, in plain text."""
    macro: Callable[..., str] = getattr(_answers, aspect.value)
    return str(macro(guide, offices)).strip()


def _material(material: Material) -> str:
    counts = [
        f"{kind}{number}份" for kind, number in (("原件", material.originals), ("复印件", material.copies)) if number
    ]
    extras = [
        f"{material.when.rstrip('。')}才要"
        if material.when and not material.when.endswith("时")
        else material.when.rstrip("。"),
        "" if material.required or material.when else "没有可不带",
        "可用电子证照代替" if material.electronic_licence else "",
        material.note.rstrip("。"),
    ]
    told = "，".join(filter(None, extras))
    return material.name + (f"，{'、'.join(counts)}" if counts else "") + (f"（{told}）" if told else "")


def _price(fee: Fee) -> str:
    if fee.amount is None:
        return "以当地公布的标准为准"
    return f"{fee.amount.normalize():f}{fee.unit or '元'}"


def hours_in_words(opening: Sequence[OpeningHours]) -> str:
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


def _basis(guide: ServiceGuide) -> list[Source]:
    return [source for name in guide.legal_basis if (source := guide.source(name))]


def _duration(duration: Duration) -> str:
    return f"{duration.value}{'个' if duration.unit == '工作日' else ''}{duration.unit}"


_environment = Environment(
    loader=FileSystemLoader(_FOLDER), autoescape=False, undefined=StrictUndefined, trim_blocks=False
)  # plain text: each door escapes for itself
_environment.filters.update(
    material=_material,
    price=_price,
    hours=hours_in_words,
    duration=_duration,
    basis=_basis,
    channel_kind=_CHANNELS.__getitem__,
    after=lambda text, said: text.removeprefix(said).lstrip("。；，"),
    bare=lambda text: text.rstrip("。；，"),
)
_answers = _environment.get_template("answers.j2").module
