"""Where in a scenario something stands, as staff say it."""

from __future__ import annotations

from knowledge_base.scenarios.model import Scenario
from knowledge_base.yaml_lines import Place


def place_in_words(place: Place, scenario: Scenario) -> str:
    """'' for what concerns the whole."""
    match place:
        case ("questions", int(at), *_):
            return f"问题“{scenario.questions[at].ask}”"
        case ("steps", int(at), *_):
            step = scenario.steps[at]
            return f"步骤“{step.title or step.item}”（{step.id}）"
        case ("papers", int(at), *_):
            return f"材料“{scenario.papers[at].name}”"
        case ("calculated", int(at), *_):
            return f"计算 {scenario.calculated[at].id}"
        case ("notes", int(at), *_):
            return f"提醒“{scenario.notes[at].says}”"
        case ("conditions", str(name), *_):
            return f"条件 {name}"
        case ("first" | "opening_unless", *_):
            return "开头的话"
    return ""
