"""No pattern over citizens' text takes more steps than its text is long, times a constant."""

from __future__ import annotations

import re

import pytest

from evaluation.patterns.budget import cost_of
from evaluation.patterns.calls import patterns_in_calls
from evaluation.patterns.finding import every_pattern
from evaluation.patterns.found import ANYWHERE

MADE_MEANWHILE = {
    "knowledge_base.language.fragments.compiled": "of the phrases, each kept by its phrasebook",
    "knowledge_base.language.places._pattern": "of the names in places.yml, none of which goes on without end",
    "knowledge_base.language.spoken.load_spoken": "of the words of spoken.yml; made for every_pattern",
    # Of an option's label or a place or a time, looked for in a sentence of MOST_LETTERS at most.
    "service_hall.hearing.consent._beside": "of what stands beside a yes",
    "service_hall.hearing.when.lunar.lunar_days_around": "of LUNAR, which the table of spoken days holds as well",
    # A name of thirty letters at most, blanks between them: no letter but the first begins anew.
    "service_hall.hearing.who.hiding.hiding_name": "of a name",
}
"""Calls whose pattern only the moment knows → of what it is made."""


def test_every_pattern_of_the_product_stays_within_its_steps() -> None:
    patterns = every_pattern()
    costs = {found.where: cost_of(found.pattern, found.ways) for found in patterns}
    assert {where: cost for where, cost in costs.items() if cost.is_over} == {}
    assert len(patterns) > 150


def test_patterns_made_while_the_product_runs_are_known() -> None:
    _, unknown = patterns_in_calls()
    assert {each.where for each in unknown if each.function} == MADE_MEANWHILE.keys()


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:(?:帮|给)(?:我们?)?|我|想要?|要)*(?:预约|约)",
        "(?:那|就|了)*(?:跳过|不填)(?:那|就|了)*号?(?:那|就|了)*",
        "不(?:要|需要?)*填",
        "，还是(?!.*[?？])",
        r"\u200d+(?![^\x00-\x7f])",
        r"\d+\*+\d+",
        r"[A-Za-z.]+@",
        r" *[+#].*$",
        "(?:家里|临时|我)*(?:有事|没空)",
        r"\[([^\]]+)\]\(",
    ],
)
def test_patterns_that_once_froze_the_service_are_found_out(pattern: str) -> None:
    assert cost_of(re.compile(pattern), ANYWHERE).is_over


@pytest.mark.parametrize(
    "pattern", ["(?:帮我?|我|想要|想|要)*+约", "[0-9]{5,18}", "(?:早|晚)上|[^，]{0,6}号", r"\s++$"]
)
def test_patterns_that_read_each_character_a_few_times_pass(pattern: str) -> None:
    assert not cost_of(re.compile(pattern), frozenset({"match"})).is_over
