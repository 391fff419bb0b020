"""`/console/figures`: by day, channel and region, with the definition of each figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from channels.cells import CSV, XLSX, csv_of, xlsx_of
from channels.console.figures.plots import Series, lines, stacked_bars
from channels.console.figures.tables import OF_REGIONS, tables_of, tiles
from channels.console.shell.console import Console, Seat
from channels.console.shell.names import CHANNELS
from channels.console.shell.regions import choice_of_regions, regions_asked
from channels.inputs import OptionalDay, check_days
from channels.refusals import Refusal
from service_hall.figures.counts import Asked, DailyCounts
from service_hall.figures.kinds import DEFINITIONS, GROUPS
from service_hall.figures.summary import Summary, summarise
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

    def asked_of(seat: Seat, wish: Wish) -> Asked:
        today = hall.now().date()
        last = min(wish.last or today, today)
        first = wish.first or last - timedelta(days=_USUAL_DAYS - 1)
        if (last - first).days >= _MOST_DAYS:
            raise Refusal(422, "bad_days", "一次最多看一年，请把日期改近一些。")
        return Asked(min(first, last), last, wish.channel, regions_asked(seat, hall, wish.region))

    def where(seat: Seat, wish: Wish) -> str:
        places = choice_of_regions(seat, hall)
        return places.regions.get(wish.region, places.whole)

    def as_file(content: bytes, kind: str, wish: Wish, asked: Asked, name: str, seat: Seat) -> Response:
        told = {"first": str(asked.first), "last": str(asked.last), "channel": wish.channel, "region": wish.region}
        console.audit.record(seat.entry("figures.export", "figures", name, after=told))
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(content, headers=headers, media_type=kind)

    @router.get("/figures.xlsx")
    def take_xlsx(seat: Seat = reader, wish: Wish = wished) -> Response:
        """A sheet a table."""
        asked = asked_of(seat, wish)
        told = tables_of(hall, counts, asked, summarise(counts, asked), where(seat, wish))
        content = xlsx_of((each.title, each.columns, each.rows) for each in told)
        return as_file(content, XLSX, wish, asked, f"figures-{asked.first}-{asked.last}.xlsx", seat)

    @router.get("/{table}.csv")
    def take_csv(table: str, seat: Seat = reader, wish: Wish = wished) -> Response:
        asked = asked_of(seat, wish)
        told = {each.name: each for each in tables_of(hall, counts, asked, summarise(counts, asked), where(seat, wish))}
        if table not in told:
            raise Refusal(404)
        content = csv_of(told[table].columns, told[table].rows)
        return as_file(content, CSV, wish, asked, f"{table}-{asked.first}-{asked.last}.csv", seat)

    @router.get("")
    def show(seat: Seat = reader, wish: Wish = wished) -> Response:
        asked = asked_of(seat, wish)
        first, last = asked.first, asked.last
        summary = summarise(counts, asked)
        told = {each.name: each for each in tables_of(hall, counts, asked, summary, where(seat, wish))}
        return seat.show(
            "figures.html",
            wish=wish,
            first=first,
            last=last,
            periods=[(days, last - timedelta(days=days - 1)) for days in _PERIODS],
            channels=CHANNELS,
            places=choice_of_regions(seat, hall),
            counted_at=counts.counted_at(),
            summary=summary,
            tiles=tiles(summary.whole),
            definitions=DEFINITIONS,
            of_regions=OF_REGIONS,
            plots=_plots(summary),
            items=told["items"].rows[:_MOST_ITEMS],
            themes=told["themes"].rows[:_MOST_REASONS],
            unloved=told["not-useful"].rows[:_MOST_REASONS],
            reasons=told["reasons"].rows[:_MOST_REASONS],
            days=told["days"],
            tables=told.values(),
        )

    return router


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


def _hundred(share: float | None) -> float | None:
    return None if share is None else share * 100
