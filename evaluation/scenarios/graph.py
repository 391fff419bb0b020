"""`python -m evaluation.scenarios.graph`: draws each scenario into `docs/scenarios/` as SVG, and the page that shows
them; `--check`: are they up to date?

Two columns of our own, no graph library: the questions as they are asked, with when; the steps by what they wait for.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

from knowledge_base.content_files import load_content
from knowledge_base.scenarios.conditions import All, AnyOf, Condition, Named, Not, Test
from knowledge_base.scenarios.model import Scenario, Step
from knowledge_base.scenarios.questions import Question
from server.settings import ROOT

FOLDER = ROOT / "docs" / "scenarios"
_LETTER, _LINE, _WIDTH, _GAP, _MARGIN = 13, 18, 420, 90, 24
_MOST_LETTERS = 30
_TESTS = {
    "is": "是", "in": "是", "has": "选了", "has_any": "选了", "at_least": "≥", "at_most": "≤", "more_than": ">",
    "less_than": "<", "before": "早于", "since": "不早于", "years_at_least": "满年≥", "years_less_than": "满年<",
    "days_at_least": "天数≥", "days_less_than": "天数<", "answered": "答了",
}  # fmt: skip


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true")
    content = load_content()
    names = {item.id: item.name for item in content.catalogue}
    files = {f"{each.id}.svg": drawn(each, names) for each in content.scenarios.values()}
    files["README.md"] = page(content.scenarios.values())
    if options.parse_args().check:
        stale = [name for name, text in files.items() if _written(FOLDER / name) != text]
        print("\n".join(f"out of date: {name}; draw it with `make scenario-graphs`" for name in stale), file=sys.stderr)
        return 1 if stale else 0
    FOLDER.mkdir(exist_ok=True)
    for name, text in files.items():
        (FOLDER / name).write_text(text, "utf-8")
    return 0


def page(scenarios: Iterable[Scenario]) -> str:
    lines = [
        "# The scenarios",
        "",
        "Drawn by `make scenario-graphs` from `knowledge_base/content/scenarios/`: left the questions in the order of",
        "asking, right the steps, each behind what it waits for; what is urgent is tinted. How to write one:",
        "[write-a-scenario](../tasks/write-a-scenario.md).",
        "",
    ]
    lines += [f"- [{each.title}]({each.id}.svg)" for each in scenarios]
    return "\n".join(lines) + "\n"


def drawn(scenario: Scenario, names: Mapping[str, str]) -> str:
    boxes, arrows, y = [], [], _MARGIN + 2 * _LINE
    for question in scenario.questions:
        lines = _question_lines(question, scenario)
        boxes.append(_box(_MARGIN, y, lines, "question"))
        y += _height(lines) + 14
    right, places, bottom = _MARGIN + _WIDTH + _GAP, {}, _MARGIN + 2 * _LINE
    for step in _in_order(scenario):
        lines = list(_step_lines(step, names, scenario))
        places[step.id] = bottom
        boxes.append(_box(right, bottom, lines, "urgent" if step.urgent else "step"))
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
            "<style>rect{fill:#fff;stroke:#778a95}.question rect{fill:#eef6fa}.urgent rect{fill:#fdf4e1}"
            ".when{fill:#4a5a64}path{fill:none;stroke:#0f5a78}</style>",
            '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
            ' orient="auto"><path d="M0 0 8 4 0 8" /></marker></defs>',
            f'<text x="{_MARGIN}" y="{_MARGIN + 6}" font-size="16">{escape(scenario.title)}</text>',
            *arrows,
            *boxes,
            "</svg>",
            "",
        )
    )


def in_words(condition: Condition, scenario: Scenario) -> str:
    """A condition as staff read it; named ones by what they stand for."""
    match condition:
        case Named(name):
            return in_words(scenario.conditions[name], scenario)
        case All(parts):
            return "，且".join(_bracketed(part, scenario) for part in parts)
        case AnyOf(parts):
            return "，或".join(_bracketed(part, scenario) for part in parts)
        case Not(part):
            return f"不是（{in_words(part, scenario)}）"
        case Test():
            return _test_in_words(condition, scenario)


def _bracketed(part: Condition, scenario: Scenario) -> str:
    meant = scenario.conditions[part.name] if isinstance(part, Named) else part
    words = in_words(meant, scenario)
    return f"（{words}）" if isinstance(meant, All | AnyOf) else words


def _test_in_words(test: Test, scenario: Scenario) -> str:
    question = None if test.is_computed else scenario.question(test.subject)
    labels = {each.value: each.label for each in question.options} if question else {}
    if question and question.unsure:
        labels["unsure"] = question.unsure.label
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    told = "/".join(labels.get(str(value), str(value)) for value in values)
    return f"{question.ask if question else test.subject} {_TESTS[test.kind]} {told}"


def _question_lines(question: Question, scenario: Scenario) -> list[tuple[str, str]]:
    lines = [("", each) for each in _cut(question.ask)]
    labels = " · ".join(option.label for option in question.options)
    lines += [("when", each) for each in _cut(labels)] if labels else []
    if question.when:
        lines += [("when", each) for each in _cut(f"问：{in_words(question.when, scenario)}")]
    return lines


def _step_lines(step: Step, names: Mapping[str, str], scenario: Scenario) -> Iterator[tuple[str, str]]:
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


def _written(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
