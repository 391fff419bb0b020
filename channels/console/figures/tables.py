"""What the page of figures shows, as tables: for the page and for a sheet alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from service_hall.figures.counts import Asked, Count, DailyCounts
from service_hall.figures.kinds import DEFINITIONS, GROUPS, Figure
from service_hall.figures.summary import DayOfFigures, Summary
from service_hall.hall import Hall

OF_REGIONS = "对话类的数字按群众说的地区算，没说的算本市；大厅类的数字按网点所在地区算，不分渠道。"
_OUTCOMES = {"clarify": "拿不准", "not_found": "没找到", "handed_over": "转人工", "degraded": "只用检索"}


@dataclass(frozen=True)
class Table:
    name: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[object]]


def tables_of(hall: Hall, counts: DailyCounts, asked: Asked, summary: Summary, where: str) -> list[Table]:
    """All of it: a page shows the first rows of some. `where`: the region that was chosen, in words."""
    items = counts.in_all(asked, Figure.ITEM)
    return [
        Table("days", "每天", _OF_DAYS, [_row(day) for day in summary.days]),
        Table(
            "whole",
            "总数",
            ("统计项", "数值", "占比", "意思"),
            [("地区", where, "", OF_REGIONS), *_whole(summary.whole)],
        ),
        Table("items", "问得多的事项", ("事项", "次数"), named(hall, items)),
        Table("themes", "主题", ("主题", "次数"), themes(hall, items)),
        Table("not-useful", "评没用的事项", ("事项", "次数"), named(hall, counts.in_all(asked, Figure.NOT_USEFUL))),
        Table("reasons", "没答上的原因", ("怎样回应", "规则", "次数"), reasons(counts.in_all(asked, Figure.REASON))),
    ]


_OF_DAYS = (
    "日期", "会话", "消息", *(DEFINITIONS[group][0] for group in GROUPS), "有用", "没用", "满意率", "预约", "取消",
    "应到", "爽约", "爽约率", "取号", "叫号", "平均等候分钟", "办完", "平均办理分钟", "评分人数", "平均评分",
    "该送的通知", "没送到",
)  # fmt: skip


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


def themes(hall: Hall, items: Sequence[Count]) -> list[tuple[str, int]]:
    theme_of = {item.id: item.theme for item in hall.library().published.catalogue}
    found: Counter[str] = Counter()
    for each in items:
        found[theme_of.get(each.thing, "其他")] += each.count
    return found.most_common()


def named(hall: Hall, items: Sequence[Count]) -> list[tuple[str, int]]:
    return [(hall.guide_name(each.thing), each.count) for each in items]


def reasons(counts: Sequence[Count]) -> list[tuple[str, str, int]]:
    """Of what was not answered: how it ended, for which reason, how often."""
    split = [(each.thing.partition("/"), each.count) for each in counts]
    return [(_OUTCOMES[outcome], reason or "—", count) for (outcome, _, reason), count in split if outcome in _OUTCOMES]


def _whole(whole: DayOfFigures) -> list[tuple[str, str, str, str]]:
    return [(DEFINITIONS[name][0], said, share, DEFINITIONS[name][1]) for name, said, share in tiles(whole)]


def _row(day: DayOfFigures) -> list[object]:
    """As _OF_DAYS."""
    groups = (day.groups[group] for group in GROUPS)
    return [
        day.day.isoformat(), day.conversations, day.messages, *groups, day.useful, day.not_useful,
        _percent(day.satisfaction), day.booked, day.cancelled, day.expected, day.no_shows, _percent(day.no_show_rate),
        day.walk_ins, day.called, _rounded(day.waiting_minutes), day.served, _rounded(day.serving_minutes),
        day.rated, _rounded(day.rating), day.notices, day.undelivered,
    ]  # fmt: skip


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.0f}%"


def _minutes(minutes: float | None) -> str:
    return "—" if minutes is None else f"{minutes:.1f} 分钟"


def _rounded(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
