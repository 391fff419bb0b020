"""Conditions as staff read them."""

from __future__ import annotations

from knowledge_base.scenarios.conditions import All, AnyOf, Condition, Named, Not, Test
from knowledge_base.scenarios.model import Scenario

_TESTS = {
    "is": "是", "in": "是", "has": "选了", "has_any": "选了", "at_least": "≥", "at_most": "≤", "more_than": ">",
    "less_than": "<", "before": "早于", "since": "不早于", "years_at_least": "满年≥", "years_less_than": "满年<",
    "days_at_least": "天数≥", "days_less_than": "天数<", "answered": "答了",
}  # fmt: skip


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
