"""`/console/figures`: by day, channel and region, with the definition of each figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from channels.console.figures.plots import Series, lines, stacked_bars
from channels.console.shell.console import Console, Seat
from channels.console.shell.names import CHANNELS
from channels.console.shell.regions import regions_asked, regions_open_to
from channels.inputs import OptionalDay, check_days
from channels.refusals import Refusal
from service_hall.figures.counts import Asked, Count, DailyCounts
from service_hall.figures.kinds import DEFINITIONS, GROUPS, Figure
from service_hall.figures.summary import DayOfFigures, Summary, summarise
from service_hall.hall import Hall
from service_hall.staff.roles import Action

_MOST_DAYS, _USUAL_DAYS = 366, 30
_MOST_ITEMS, _MOST_REASONS = 20, 12
_PERIODS = (7, 30, 90)


@dataclass(frozen=True)
class Wish:
    first: date | None
    last: date | None
    channel: str
    region: str


def wish(
    first: OptionalDay = None,
    last: OptionalDay = None,
    channel: Annotated[str, Query(max_length=10)] = "",
    region: Annotated[str, Query(max_length=12)] = "",
) -> Wish:
    check_days(first, last)
    return Wish(first, last, channel if channel in CHANNELS else "", region)


def make_figures_router(console: Console, counts: DailyCounts, hall: Hall) -> APIRouter:
    router = APIRouter(prefix="/console/figures", include_in_schema=False)
    reader, wished = Depends(console.seat(Action.SEE_FIGURES)), Depends(wish)

    @router.get("")
    def show(seat: Seat = reader, wish: Wish = wished) -> Response:
        today = hall.now().date()
        last = min(wish.last or today, today)
        first = wish.first or last - timedelta(days=_USUAL_DAYS - 1)
        if (last - first).days >= _MOST_DAYS:
            raise Refusal(422, "bad_days", "一次最多看一年，请把日期改近一些。")
        first = min(first, last)
        asked = Asked(first, last, wish.channel, regions_asked(seat, hall, wish.region))
        summary = summarise(counts, asked)
        items = counts.in_all(asked, Figure.ITEM)
        return seat.show(
            "figures.html",
            wish=wish,
            first=first,
            last=last,
            periods=[(days, last - timedelta(days=days - 1)) for days in _PERIODS],
            channels=CHANNELS,
            regions=regions_open_to(seat, hall),
            counted_at=counts.counted_at(),
            summary=summary,
            tiles=tiles(summary.whole),
            definitions=DEFINITIONS,
            groups=GROUPS,
            plots=_plots(summary),
            items=[(hall.guide_name(each.thing), each.count) for each in items[:_MOST_ITEMS]],
            themes=_themes(hall, items),
            unloved=_named(hall, counts.in_all(asked, Figure.NOT_USEFUL, _MOST_REASONS)),
            reasons=_reasons(counts.in_all(asked, Figure.REASON)),
        )

    return router


def tiles(whole: DayOfFigures) -> list[tuple[str, str, str]]:
    """Which figure, what it says, and for some the share of all."""
    shares = [(group, f"{whole.groups[group]:,}", _percent(whole.share(group))) for group in GROUPS]
    others = (
        ("satisfaction", _percent(whole.satisfaction) or "没有人评"),
        ("booked", f"{whole.booked:,}"),
        ("cancelled", f"{whole.cancelled:,}"),
        ("no_show", _percent(whole.no_show_rate) or "没有预约"),
        ("walk_in", f"{whole.walk_ins:,}"),
        ("waiting", _minutes(whole.waiting_minutes)),
        ("serving", _minutes(whole.serving_minutes)),
        ("rating", f"{whole.rating:.1f} 星" if whole.rating is not None else "没有人评"),
        ("undelivered", f"{whole.undelivered:,} / {whole.notices:,}"),
    )
    talk = (("conversations", f"{whole.conversations:,}"), ("messages", f"{whole.messages:,}"))
    return [*((*each, "") for each in talk), *shares, *((*each, "") for each in others)]


def _plots(summary: Summary) -> list[dict[str, Any]]:
    """Each with its title, its picture and the names of its series."""
    days = summary.days
    at = [each.day for each in days]
    answers = [Series(DEFINITIONS[group][0], [each.groups[group] for each in days]) for group in GROUPS]
    visits = [
        Series("预约", [each.booked for each in days]),
        Series("现场取号", [each.walk_ins for each in days]),
    ]
    minutes = [
        Series("等候", [each.waiting_minutes for each in days]),
        Series("办理", [each.serving_minutes for each in days]),
    ]
    rates = [
        Series("满意率", [_hundred(each.satisfaction) for each in days]),
        Series("爽约率", [_hundred(each.no_show_rate) for each in days]),
    ]
    return [
        _plot("每天的消息怎样回应", answers, stacked_bars(at, answers, "每天的消息，按怎样回应分层")),
        _plot("每天的预约和取号", visits, stacked_bars(at, visits, "每天约成的预约和现场取号")),
        _plot("等候和办理的平均分钟数", minutes, lines(at, minutes, "每天的平均等候和办理分钟数", " 分钟")),
        _plot("满意率和爽约率（%）", rates, lines(at, rates, "每天的满意率和爽约率", "%")),
    ]


def _plot(title: str, series: Sequence[Series], picture: object) -> dict[str, Any]:
    return {"title": title, "picture": picture, "names": [each.name for each in series]}


def _themes(hall: Hall, items: Sequence[Count]) -> list[tuple[str, int]]:
    theme_of = {item.id: item.theme for item in hall.library().published.catalogue}
    themes: Counter[str] = Counter()
    for each in items:
        themes[theme_of.get(each.thing, "其他")] += each.count
    return themes.most_common(_MOST_REASONS)


def _named(hall: Hall, items: Sequence[Count]) -> list[tuple[str, int]]:
    return [(hall.guide_name(each.thing), each.count) for each in items]


def _reasons(reasons: Sequence[Count]) -> list[tuple[str, str, int]]:
    """Of what was not answered: how it ended, for which reason, how often."""
    split = [(each.thing.partition("/"), each.count) for each in reasons]
    wanted = {"clarify": "拿不准", "not_found": "没找到", "handed_over": "转人工", "degraded": "只用检索"}
    told = [(wanted[outcome], reason or "—", count) for (outcome, _, reason), count in split if outcome in wanted]
    return told[:_MOST_REASONS]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.0f}%"


def _minutes(minutes: float | None) -> str:
    return "—" if minutes is None else f"{minutes:.1f} 分钟"


def _hundred(share: float | None) -> float | None:
    return None if share is None else share * 100
