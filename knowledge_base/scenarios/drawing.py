"""A scenario as a picture (SVG). Two columns of our own, no graph library: the questions as they are asked, with when;
the steps by what they wait for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from knowledge_base.scenarios.in_words import in_words
from knowledge_base.scenarios.model import Scenario, Step
from knowledge_base.scenarios.questions import Question

LOOK = (
    "rect{fill:#fff;stroke:#778a95}.question rect{fill:#eef6fa}.urgent rect{fill:#fdf4e1}"
    ".when{fill:#4a5a64}path{fill:none;stroke:#0f5a78}"
)
_LETTER, _LINE, _WIDTH, _GAP, _MARGIN = 13, 18, 420, 90, 24
_MOST_LETTERS = 30


@dataclass(frozen=True)
class DeadEnds:
    """What is never met, or leads nowhere: its id → why, told first in its box."""

    questions: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[str, str] = field(default_factory=dict)


NONE_DEAD = DeadEnds()


def drawn(scenario: Scenario, names: Mapping[str, str], dead: DeadEnds = NONE_DEAD, look: str = LOOK) -> str:
    """`names`: item → its name. `look`: style rules that go into the picture; a page that has its own gives none."""
    boxes, arrows, y = [], [], _MARGIN + 2 * _LINE
    for question in scenario.questions:
        ends = dead.questions.get(question.id, "")
        lines = _question_lines(question, scenario, ends)
        boxes.append(_box(_MARGIN, y, lines, "question dead" if ends else "question"))
        y += _height(lines) + 14
    right, places, bottom = _MARGIN + _WIDTH + _GAP, {}, _MARGIN + 2 * _LINE
    for step in _in_order(scenario):
        ends = dead.steps.get(step.id, "")
        lines = list(_step_lines(step, names, scenario, ends))
        places[step.id] = bottom
        kind = "urgent" if step.urgent else "step"
        boxes.append(_box(right, bottom, lines, f"{kind} dead" if ends else kind))
        bottom += _height(lines) + 14
    for step in scenario.steps:
        for number, earlier in enumerate(step.after):
            arrows.append(_arrow(right + _WIDTH, places[earlier], places[step.id], number))
    height, width = max(y, bottom) + _MARGIN, right + _WIDTH + _GAP
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
            f' font-family="sans-serif" font-size="{_LETTER}">',
            f"<title>{escape(scenario.title)}</title>",
            f"<style>{look}</style>" if look else "",
            '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
            ' orient="auto"><path d="M0 0 8 4 0 8" /></marker></defs>',
            f'<text x="{_MARGIN}" y="{_MARGIN + 6}" font-size="16">{escape(scenario.title)}</text>',
            *arrows,
            *boxes,
            "</svg>",
            "",
        )
    )


def _question_lines(question: Question, scenario: Scenario, ends: str) -> list[tuple[str, str]]:
    lines = [("ends", each) for each in _cut(ends)] + [("", each) for each in _cut(question.ask)]
    labels = " · ".join(option.label for option in question.options)
    lines += [("when", each) for each in _cut(labels)] if labels else []
    if question.when:
        lines += [("when", each) for each in _cut(f"问：{in_words(question.when, scenario)}")]
    return lines


def _step_lines(step: Step, names: Mapping[str, str], scenario: Scenario, ends: str) -> Iterator[tuple[str, str]]:
    yield from (("ends", each) for each in _cut(ends))
    yield from (("", each) for each in _cut(names.get(step.item or "", step.title)))
    if step.when:
        yield from (("when", each) for each in _cut(f"办：{in_words(step.when, scenario)}"))


def _in_order(scenario: Scenario) -> list[Step]:
    """Each behind what it waits for, else as written."""
    left, done, found = list(scenario.steps), set[str](), list[Step]()
    while left:
        step = next((each for each in left if set(each.after) <= done), left[0])
        left.remove(step)
        done.add(step.id)
        found.append(step)
    return found


def _cut(text: str) -> list[str]:
    return [text[at : at + _MOST_LETTERS] for at in range(0, len(text), _MOST_LETTERS)]


def _height(lines: list[tuple[str, str]]) -> int:
    return len(lines) * _LINE + 12


def _box(x: int, y: int, lines: list[tuple[str, str]], kind: str) -> str:
    texts = [
        f'<text{" class=" + chr(34) + look + chr(34) if look else ""} x="{x + 10}" y="{y + (number + 1) * _LINE}">'
        f"{escape(line)}</text>"
        for number, (look, line) in enumerate(lines)
    ]
    rect = f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_height(lines)}" rx="6" />'
    return "\n".join((f'<g class="{kind}">', rect, *texts, "</g>"))


def _arrow(x: int, top: int, bottom: int, number: int) -> str:
    out = x + 18 + 12 * number
    start, end = top + 18, bottom + 18
    return f'<path d="M{x} {start}C{out + 40} {start} {out + 40} {end} {x} {end}" marker-end="url(#head)" />'
