"""Plots as SVG, to stand inside the report."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib.figure import Figure

from evaluation.curves import Bin, CoveragePoint
from evaluation.load.blocks import Block
from evaluation.load.overload import Step
from evaluation.retrieval.sweep import SweepPoint
from evaluation.tables import Table
from knowledge_base.model import Aspect

# matplotlib knows a collection of fonts by its first face alone: the Japanese one has the Chinese characters as well.
_FONTS = ("Noto Sans CJK SC", "Noto Sans CJK JP", "WenQuanYi Zen Hei", "Source Han Sans SC", "DejaVu Sans")
_RIGHT, _OFFERED, _WRONG, _OTHER = "#1b7f5c", "#8cc7ae", "#c2413b", "#5b6b7c"


def prepare_fonts() -> None:
    there = set(font_manager.get_font_names())
    plt.rcParams["font.family"] = [name for name in _FONTS if name in there] or ["sans-serif"]
    plt.rcParams["axes.spines.top"] = plt.rcParams["axes.spines.right"] = False


def accuracy_bars(table: Table) -> str:
    """A bar a theme or style: answered by the right guide, then first among the options, then answered wrong."""
    names = [f"{row[0]} ({row[1]})" for row in table.rows]
    column = {name: [float(row[at]) for row in table.rows] for at, name in enumerate(table.columns) if at > 1}
    figure, axes = plt.subplots(figsize=(9, 0.8 + 0.34 * len(names)))
    offered = [first - right for first, right in zip(column["chat first"], column["answered right"], strict=True)]
    axes.barh(names, column["answered right"], color=_RIGHT, label="answered right")
    axes.barh(names, offered, left=column["answered right"], color=_OFFERED, label="first among the options")
    axes.barh(names, column["answered wrong"], left=column["chat first"], color=_WRONG, label="answered wrong")
    axes.plot(column["search first"], names, "D", color="black", markersize=4, label="search: first hit")
    axes.axvline(85, color=_OTHER, linewidth=0.8, linestyle=":")
    axes.invert_yaxis()
    axes.set(xlim=(0, 101), xlabel="% of in-scope questions")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=4, fontsize="small", frameon=False)
    return _svg(figure)


def sweep_lines(points: Sequence[SweepPoint], floor: float) -> str:
    figure, axes = plt.subplots(figsize=(9, 4))
    floors = [point.answer_floor for point in points]
    for name, color in (
        ("answered_right", _RIGHT),
        ("clarify", _OFFERED),
        ("answered_wrong", _WRONG),
        ("out_answered", _OTHER),
    ):
        shares = [100 * float(getattr(point, name)) for point in points]
        axes.plot(floors, shares, color=color, marker=".", label=name.replace("_", " "))
    axes.axvline(floor, color="black", linewidth=0.8, linestyle="--", label=f"as calibrated: {floor:g}")
    axes.set(xlabel="answer floor", ylabel="%", ylim=(0, 101))
    axes.legend(fontsize="small")
    return _svg(figure)


def coverage_lines(points: Sequence[CoveragePoint]) -> str:
    """From right to left the floor rises: fewer answers, and fewer of them wrong; the bands: 95 %."""
    figure, (wrong, outside) = plt.subplots(1, 2, figsize=(10, 4))
    answered = [point.answered.percent for point in points if point.answered.count]
    for axes, shares, color, name in (
        (wrong, [point.wrong for point in points if point.answered.count], _WRONG, "wrong, % of the answered"),
        (outside, [point.outside for point in points if point.answered.count], _OTHER, "out of scope: answered, %"),
    ):
        axes.plot(answered, [share.percent for share in shares], color=color)
        bounds = [share.interval for share in shares]
        axes.fill_between(answered, *zip(*bounds, strict=True), color=color, alpha=0.2, linewidth=0)
        axes.set(xlabel="answered, % of the questions in scope", ylabel=name, xlim=(0, 101), ylim=(0, None))
    return _svg(figure)


def reliability_dots(bins: Sequence[Bin]) -> str:
    figure, axes = plt.subplots(figsize=(5, 4.6))
    said = [100 * each.said for each in bins]
    right = [each.right.percent for each in bins]
    below = [share - each.right.interval.low for share, each in zip(right, bins, strict=True)]
    above = [each.right.interval.high - share for share, each in zip(right, bins, strict=True)]
    axes.plot([0, 100], [0, 100], color=_OTHER, linewidth=0.8, linestyle=":")
    axes.errorbar(said, right, yerr=(below, above), color=_RIGHT, marker="o", capsize=3)
    axes.set(xlabel="likelihood of the first hit, %", ylabel="right, % (95 %)", xlim=(0, 101), ylim=(0, 101))
    return _svg(figure)


def confusion_map(pairs: Mapping[tuple[str, str], int]) -> str:
    aspects = [str(aspect) for aspect in Aspect]
    counts = [[pairs.get((meant, answered), 0) for answered in aspects] for meant in aspects]
    shares = [[count / max(1, sum(row)) for count in row] for row in counts]
    figure, axes = plt.subplots(figsize=(8, 7))
    axes.imshow(shares, cmap="Greens", vmin=0, vmax=1)
    for down, row in enumerate(counts):
        for across, count in enumerate(row):
            if count:
                color = "white" if shares[down][across] > 0.6 else "black"
                axes.text(across, down, str(count), ha="center", va="center", color=color, fontsize="small")
    axes.set_xticks(range(len(aspects)), aspects, rotation=45, ha="right")
    axes.set_yticks(range(len(aspects)), aspects)
    axes.set(xlabel="answered", ylabel="meant")
    return _svg(figure)


def latency_bars(load: Mapping[str, Any]) -> str:
    """Medians over the blocks, for each number of visitors."""
    figure, panes = plt.subplots(1, 3, figsize=(10, 3.4))
    for pane, measure, title in zip(
        panes,
        ("per_second", "p50_ms", "p95_ms"),
        ("messages a second", "latency p50, ms", "latency p95, ms"),
        strict=True,
    ):
        for offset, system, color in ((-0.2, "ours", _RIGHT), (0.2, "stock", _OTHER)):
            heights = [
                sorted(getattr(Block(**pair[system]), measure) for pair in pairs)[len(pairs) // 2]
                for pairs in load["pairs"].values()
            ]
            bars = pane.bar([at + offset for at in range(len(heights))], heights, width=0.38, color=color, label=system)
            pane.bar_label(bars, fmt="%.0f", fontsize="small")
        pane.set_xticks(range(len(load["pairs"])), [f"{visitors} at a time" for visitors in load["pairs"]])
        pane.set_title(title, fontsize="medium")
    panes[0].legend(fontsize="small")
    return _svg(figure)


def overload_curve(steps: Sequence[Mapping[str, Any]]) -> str:
    """Against the visitors at once: how they were answered, and how long it took."""
    found = [Step(**each) for each in steps]
    visitors = [step.visitors for step in found]
    figure, (how, long) = plt.subplots(1, 2, figsize=(10, 3.6))
    rates = [
        [getattr(step, name) * step.per_second / step.messages for step in found]
        for name in ("answered", "degraded", "asked_to_come_again")
    ]
    labels = ("through Rasa", "by the search alone", "asked to come again (503)")
    how.stackplot(visitors, rates, labels=labels, colors=(_RIGHT, _OFFERED, _OTHER))
    how.set_title("messages a second", fontsize="medium")
    how.legend(loc="upper left", fontsize="small", frameon=False)
    for name, color in (("p50_ms", _RIGHT), ("p95_ms", _OFFERED), ("p99_ms", _WRONG)):
        long.plot(visitors, [getattr(step, name) for step in found], color=color, marker=".", label=name[:3])
    long.set_title("latency, ms", fontsize="medium")
    long.legend(fontsize="small", frameon=False)
    for pane in (how, long):
        pane.set_xscale("log", base=2)
        pane.set_xticks(visitors, [str(number) for number in visitors])
        pane.set(xlabel="visitors at once", ylim=(0, None))
    return _svg(figure)


def growth_lines(grown: Sequence[Mapping[str, Any]]) -> str:
    """What a search takes of the processor, and what all takes of memory, from a city to a province."""
    documents = [each["documents"] for each in grown]
    figure, (work, memory) = plt.subplots(1, 2, figsize=(9, 3))
    work.plot(documents, [each["work_ms"] for each in grown], color=_RIGHT, marker=".", label="search, p95")
    work.plot(documents, [each["suggest_p95_ms"] for each in grown], color=_OTHER, marker=".", label="suggestions, p95")
    work.set(xscale="log", xlabel="documents", ylabel="ms")
    memory.plot(documents, [each["resident_mb"] for each in grown], color=_RIGHT, marker=".", label="index")
    memory.plot(documents, [each["suggest_mb"] for each in grown], color=_OTHER, marker=".", label="suggestions")
    memory.set(xscale="log", yscale="log", xlabel="documents", ylabel="MB")
    for axes in (work, memory):
        axes.legend(fontsize="small", frameon=False)
    return _svg(figure)


def _svg(figure: Figure) -> str:
    written = io.StringIO()
    figure.savefig(written, format="svg", bbox_inches="tight", metadata={"Date": None})
    plt.close(figure)
    return written.getvalue()
