"""Plots as SVG within the page: colours come from the style sheet, and each mark says its number when pointed at."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

WIDTH, HEIGHT = 520, 190
_LEFT, _TOP, _BOTTOM = 44, 8, 24
_MOST_DATES = 8
_ROUND = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
_GAP = 0.25
"""Of a day's width, between two bars."""


@dataclass(frozen=True)
class Series:
    """`values`: one a day; None: there is none."""

    name: str
    values: Sequence[float | None]


def stacked_bars(days: Sequence[date], series: Sequence[Series], about: str) -> Markup:
    """Each day one bar, the first series at its foot."""
    sums = [sum(each.values[at] or 0 for each in series) for at in range(len(days))]
    top = nice_top(max(sums, default=0))
    step, inner = _step(days), HEIGHT - _TOP - _BOTTOM
    wide = step * (1 - _GAP)
    marks = []
    for at, day in enumerate(days):
        foot = 0.0
        for number, each in enumerate(series):
            value = each.values[at] or 0
            if not value:
                continue
            height = value / top * inner
            foot += height
            x, y = _LEFT + (at + _GAP / 2) * step, HEIGHT - _BOTTOM - foot
            marks.append(
                f'<rect class="s{number}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{height:.1f}">'
                f"<title>{day.isoformat()} {escape(each.name)} {_written(value)}</title></rect>"
            )
    return _frame(days, top, marks, about)


def lines(days: Sequence[date], series: Sequence[Series], about: str, unit: str = "") -> Markup:
    """A day without a value is a gap."""
    top = nice_top(max((value for each in series for value in each.values if value is not None), default=0))
    step, inner = _step(days), HEIGHT - _TOP - _BOTTOM
    marks = []
    for number, each in enumerate(series):
        run: list[str] = []
        for at, value in enumerate([*each.values, None]):
            if value is None:
                if len(run) > 1:
                    marks.append(f'<polyline class="s{number}" points="{" ".join(run)}"/>')
                run = []
                continue
            x, y = _LEFT + (at + 0.5) * step, HEIGHT - _BOTTOM - value / top * inner
            run.append(f"{x:.1f},{y:.1f}")
            marks.append(
                f'<circle class="s{number}" cx="{x:.1f}" cy="{y:.1f}" r="2.5">'
                f"<title>{days[at].isoformat()} {escape(each.name)} {_written(value)}{escape(unit)}</title></circle>"
            )
    return _frame(days, top, marks, about)


def nice_top(most: float) -> float:
    """The next round number; nothing at all is drawn as if one were the most."""
    if most <= 0:
        return 1
    zeros = 10 ** math.floor(math.log10(most))
    return float(next(each * zeros for each in _ROUND if each * zeros >= most))


def _frame(days: Sequence[date], top: float, marks: Sequence[str], about: str) -> Markup:
    inner, step = HEIGHT - _TOP - _BOTTOM, _step(days)
    grid = []
    for share in (0.0, 0.5, 1.0):
        y = HEIGHT - _BOTTOM - share * inner
        grid.append(f'<line x1="{_LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
        grid.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" class="of-y">{_written(share * top)}</text>')
    every = max(1, math.ceil(len(days) / _MOST_DATES))
    for at in range(0, len(days), every):
        x = _LEFT + (at + 0.5) * step
        grid.append(f'<text x="{x:.1f}" y="{HEIGHT - 6}" class="of-x">{days[at].month}/{days[at].day}</text>')
    return Markup(
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(about)}">'
        f"{''.join(grid)}{''.join(marks)}</svg>"
    )


def _step(days: Sequence[date]) -> float:
    return (WIDTH - _LEFT) / max(1, len(days))


def _written(value: float) -> str:
    return f"{value:.0f}" if value == round(value) else f"{value:.1f}"
